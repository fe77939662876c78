"""The further responses that a route declares: `responses={404: {"model": Error}}`.

https://fastapi.tiangolo.com/advanced/additional-responses/
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.link.contents.names import Names, Written
from auditor.link.contents.status import status_of
from auditor.model import form
from auditor.model.operation import Answer
from auditor.model.shape import Shape

_DEPTH = 8


def responses_of(written: Written, names: Names, depth: int = 0) -> Iterator[Answer]:
    """The entries of a dict, through names, `{**common, 404: …}` and `common | {…}`; what is computed is left out."""
    value = names.value(written)
    match value.node:
        case form.Object(entries) if depth < _DEPTH:
            for entry in entries:
                if entry.key is None:
                    yield from responses_of(value.other(entry.value), names, depth + 1)
                elif status := _status(entry.key):
                    yield _answer(status, names.value(value.other(entry.value)), names)
        case form.Binary("|", left, right) if depth < _DEPTH:
            yield from responses_of(value.other(left), names, depth + 1)
            yield from responses_of(value.other(right), names, depth + 1)
        case _:
            pass


def _status(key: form.Expression) -> int:
    if isinstance(key, form.Literal) and isinstance(key.value, str) and key.value.isdigit():
        return int(key.value)
    return status_of(key)


def _answer(status: int, written: Written, names: Names) -> Answer:
    shape: Shape | None = None
    description = ""
    for entry in written.node.entries if isinstance(written.node, form.Object) else ():
        word = entry.key.value if isinstance(entry.key, form.Literal) else None
        if word == "model" and not (isinstance(entry.value, form.Literal) and entry.value.value is None):
            shape = names.types.shape(written.file, entry.value)
        elif word == "description" and isinstance(entry.value, form.Literal) and isinstance(entry.value.value, str):
            description = entry.value.value
    return Answer(status, shape, description)
