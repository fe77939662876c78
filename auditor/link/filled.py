"""Which fields of its objects does the frontend fill in from an answer of their own?

`const shares = await readShares(id); update({ shares: shares.data })`: a type may hold what several requests bring, so
that no single answer has to bring it. Likewise `{ rules: JSON.parse(text) }` puts an object where the type says text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from auditor.link.evaluate.walk import children
from auditor.link.stepping import BODY, Names, steps_to
from auditor.model import form
from auditor.model.facts import Dialect, FileFacts
from auditor.model.finding import Confidence
from auditor.model.graph import TypePair
from auditor.model.shape import Model, Scalar

PARSED = "parsed"
WHOLE = "whole"
PART = "part"


def filled_in(
    facts: Mapping[str, FileFacts], pairs: tuple[TypePair, ...], models: Mapping[str, Model]
) -> Mapping[str, frozenset[str]]:
    """By name, what is put there: the "whole" body of an answer, the "part" of it that has the name, or what was
    "parsed" from a text. Only names of fields that an answer lacks, or a request has as text, are looked for."""
    wanted = frozenset((*_lacking(pairs, models), *_texts(pairs, models)))
    found: dict[str, frozenset[str]] = {}
    marks = [name.encode() for name in wanted]
    for file in sorted(facts) if marks else ():
        one = facts[file]
        if one.dialect is Dialect.PYTHON or one.generated:
            continue
        encoded = msgspec.msgpack.encode(one.body)
        if not any(mark in encoded for mark in marks):
            continue
        for name, how in _in(list(one.body), wanted, {}):
            found[name] = found.get(name, frozenset()) | {how}
    return found


def _lacking(pairs: tuple[TypePair, ...], models: Mapping[str, Model]) -> Iterator[str]:
    for pair in pairs:
        backend, frontend = models.get(pair.backend), models.get(pair.frontend)
        if pair.confidence is Confidence.LOW or pair.direction == "request" or backend is None or frontend is None:
            continue
        served = {field.wire for field in backend.fields}
        yield from (field.wire for field in frontend.fields if field.required and field.wire not in served)


def _texts(pairs: tuple[TypePair, ...], models: Mapping[str, Model]) -> Iterator[str]:
    for pair in pairs:
        backend, frontend = models.get(pair.backend), models.get(pair.frontend)
        if pair.confidence is Confidence.LOW or pair.direction == "response" or backend is None or frontend is None:
            continue
        taken = {field.wire for field in backend.fields if not isinstance(field.shape, Scalar)}
        yield from (one.wire for one in frontend.fields if isinstance(one.shape, Scalar) and one.wire in taken)


def _in(body: list[form.Node], wanted: frozenset[str], names: Names) -> Iterator[tuple[str, str]]:
    for node in body:
        match node:
            case form.Function():
                yield from _in(children(node), wanted, dict(names))
                continue
            case form.Bind(form.Name(id), value) if value is not None:
                yield from _in([value], wanted, names)
                steps = steps_to(value, names, _no_function)
                if steps is not None:
                    names[id] = steps
                else:
                    names.pop(id, None)
                continue
            case form.Bind(form.ObjectPattern(items), value) if value is not None:
                yield from _in([value], wanted, names)
                steps = steps_to(value, names, _no_function)
                for item in items:
                    if isinstance(item.target, form.Name):
                        names.pop(item.target.id, None)
                        if steps is not None and isinstance(item.key, form.Literal):
                            names[item.target.id] = (steps[0], (*steps[1], str(item.key.value)))
                continue
            case form.Object(entries):
                yield from (found for entry in entries if (found := _entry(entry, wanted, names)))
            case _:
                pass
        yield from _in(children(node), wanted, names)


def _entry(entry: form.Entry, wanted: frozenset[str], names: Names) -> tuple[str, str] | None:
    key = entry.key.value if isinstance(entry.key, form.Literal) else None
    if not isinstance(key, str) or key not in wanted:
        return None
    match entry.value:
        case form.Call(form.Member(form.Name("JSON"), "parse")):
            return key, PARSED
        case _:
            steps = steps_to(entry.value, names, _no_function)
    path = steps[1] if steps is not None else ()
    if path[:1] and path[0] in BODY and (len(path) == 1 or path[1:] == (key,)):
        return key, WHOLE if len(path) == 1 else PART
    return None


def _no_function(callee: form.Expression) -> None:
    return None
