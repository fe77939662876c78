"""What the tables of a report claim: which endpoints have a client, which names have a counterpart, and counts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from auditor.model.document import Row, Table
from auditor.model.finding import Side
from auditor.verify.claim import Called, Claim, Counted, Declared, Served, Unit
from auditor.verify.wording import endpoints, identifiers, is_empty, number, side_of

_COUNT = re.compile(r"\((?:\D*?)(\d+)\s+(?:values|members|entries)")
_STATUS = re.compile(r"status|notes?|%|severity|impact|coverage", re.IGNORECASE)


def table_claims(table: Table, about: str) -> Iterator[Claim]:
    """The claims of a table. `about` is the title it stands under."""
    sides = [_side(cell) for cell in table.head]
    for row in table.rows:
        if len(row.cells) < 2:
            continue
        yield from _endpoint_claims(row, sides, table.head, about)
        yield from _name_claims(row, sides)
        yield from _value_counts(row)


def _endpoint_claims(row: Row, sides: Sequence[Side | None], head: Sequence[str], about: str) -> Iterator[Claim]:
    columns = dict(_by_side(row, sides))
    served, called = columns.get(Side.BACKEND), columns.get(Side.FRONTEND)
    text = " | ".join(row.cells)
    socket = "websocket" in f"{about} {head[0]}".lower()
    if served is not None:
        for method, path in endpoints(served):
            yield Claim(row.line, text, Served(method, path, True, socket), central=True)
            if called is not None:
                yield Claim(row.line, text, Called(method, path, not _says_none(called)), central=True)
        if called is not None and is_empty(served):
            for method, path in endpoints(called):
                yield Claim(row.line, text, Served(method, path, False), central=True)
    elif Side.FRONTEND not in columns:
        method = next(
            (cell for cell in row.cells if cell.strip("`* ") in ("GET", "POST", "PUT", "PATCH", "DELETE")), ""
        )
        for verb, path in [found for cell in row.cells[:3] for found in endpoints(cell)][:1]:
            negative = any(is_empty(cell) and "❌" in cell for cell in row.cells)
            subject = Served(verb or method.strip("`* "), path, not negative)
            yield Claim(row.line, text, subject, central=True)


def _name_claims(row: Row, sides: Sequence[Side | None]) -> Iterator[Claim]:
    """A name of one side whose cell on the other side is empty."""
    text = " | ".join(row.cells)
    columns = list(_by_side(row, sides))
    for side, cell in columns:
        names = identifiers(cell)
        if len(names) != 1 or any(endpoints(cell)):
            continue
        others = [(other, content) for other, content in columns if other is not side]
        for other, content in others:
            if is_empty(content):
                yield Claim(row.line, text, Declared(names[0], side, True), central=False)
                yield Claim(row.line, text, Declared(names[0], other, False), central=True)


def _value_counts(row: Row) -> Iterator[Claim]:
    for cell in row.cells:
        found, names = _COUNT.search(cell), identifiers(cell)
        if found and len(names) == 1 and names[0][:1].isupper():
            yield Claim(row.line, cell, Counted(number(found[1]), Unit.VALUES, names[0]), central=True)


def _by_side(row: Row, sides: Sequence[Side | None]) -> Iterator[tuple[Side, str]]:
    seen: set[Side] = set()
    for cell, side in zip(row.cells, sides, strict=False):
        if side is not None and side not in seen:
            seen.add(side)
            yield side, cell


def _side(head: str) -> Side | None:
    if _STATUS.search(head) and not re.search(r"coverage|implementation", head, re.IGNORECASE):
        return None
    return side_of(head)


def _says_none(cell: str) -> bool:
    return is_empty(cell) or "❌" in cell
