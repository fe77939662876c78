"""What do errors of the backend surely look like, whatever else it may answer?

FastAPI and Starlette: `raise HTTPException(404, "…")` answers `{"detail": "…"}`
(https://fastapi.tiangolo.com/tutorial/handling-errors/), unless a handler of `HTTPException` answers in its place;
a JSON response with the status of an error answers what is written in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Set

from auditor.link.evaluate.walk import called_name, walk
from auditor.model import form
from auditor.model.facts import Dialect, FileFacts
from auditor.model.span import Location

DETAIL = "detail"
TEXT = ""
"""The kind of a body that is a JSON text, without any key."""

_KNOWN = frozenset(("fastapi", "starlette"))
_RAISED = "HTTPException"
_JSON = frozenset(("JSONResponse", "ORJSONResponse", "UJSONResponse"))
_REGISTERING = frozenset(("add_exception_handler", "exception_handler"))
_NAMED_STATUS = re.compile(r"HTTP_([45]\d\d)_")


def error_kinds(
    facts: Mapping[str, FileFacts], files: Iterable[str], frameworks: Set[str]
) -> tuple[tuple[str, tuple[Location, ...]], ...]:
    """The places that surely answer an error, by the key of what they answer; those of `TEXT` have none.

    One entry per key, by key, places in the order of files.
    """
    if not frameworks or not frameworks <= _KNOWN:
        return ()
    found: dict[str, list[Location]] = {}
    replaced = False
    for file in sorted(files):
        one = facts[file]
        if one.dialect is not Dialect.PYTHON:
            continue
        imported = _imports_exception(one)
        for statement in one.body:
            for node in walk(statement):
                replaced = replaced or _replaces(node)
                match node:
                    case form.Stop(value=form.Call() as made) if imported and called_name(made) == _RAISED:
                        found.setdefault(DETAIL, []).append(Location(file, made.span))
                    case form.Call() if called_name(node) in _JSON and _fails(node):
                        for key in _written(node):
                            found.setdefault(key, []).append(Location(file, node.span))
                    case _:
                        pass
    if replaced:
        found.pop(DETAIL, None)
    return tuple((key, tuple(places)) for key, places in sorted(found.items()))


def _imports_exception(facts: FileFacts) -> bool:
    return any(
        isinstance(node, form.Import)
        and node.module.partition(".")[0] in _KNOWN
        and any(item.name == _RAISED and item.local == _RAISED for item in node.names)
        for statement in facts.body
        for node in walk(statement)
    )


def _replaces(node: form.Node) -> bool:
    """Whether it makes something answer an `HTTPException` without its `detail`."""
    match node:
        case form.Def(function=function, decorators=decorators):
            handles = any(isinstance(one, form.Call) and _handles(one) for one in decorators)
            return handles and not any(_is_detail(below) for one in function.body for below in walk(one))
        case form.Call() if called_name(node) == "add_exception_handler":
            return _handles(node)
        case _:
            return False


def _handles(call: form.Call) -> bool:
    first = call.arguments[0].value if call.arguments else None
    name = first.id if isinstance(first, form.Name) else first.name if isinstance(first, form.Member) else ""
    return called_name(call) in _REGISTERING and name.endswith(_RAISED)


def _is_detail(node: form.Node) -> bool:
    return isinstance(node, form.Entry) and isinstance(node.key, form.Literal) and node.key.value == DETAIL


def _fails(call: form.Call) -> bool:
    status = next((one.value for one in call.arguments if one.name == "status_code"), None)
    match status:
        case form.Literal(value=int(number)):
            return number >= 400
        case form.Member(_, name) | form.Name(name):
            return _NAMED_STATUS.match(name) is not None
        case _:
            return False


def _written(call: form.Call) -> Iterator[str]:
    match next((one.value for one in call.arguments if one.name in (None, "content")), None):
        case form.Object(entries):
            yield from (str(one.key.value) for one in entries if isinstance(one.key, form.Literal))
        case form.Literal(value=str()) | form.Template() | form.Call(callee=form.Name("str")):
            yield TEXT
        case _:
            pass
