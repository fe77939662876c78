"""Which keys has the body of an error, and which of them does the client read?

Backend: FastAPI and Starlette, whose own errors are `{"detail": …}`
(https://fastapi.tiangolo.com/tutorial/handling-errors/), with the objects that handlers of exceptions, middleware and
routes answer in their place. Frontend: what stands behind `error.response.data`
(https://axios-http.com/docs/handling_errors).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import replace

import msgspec

from auditor.link.errors.kinds import error_kinds
from auditor.link.evaluate.walk import called_name, walk
from auditor.model import form
from auditor.model.errors import ErrorBodies, ErrorRead
from auditor.model.facts import Dialect, FileFacts
from auditor.model.span import Location, Span

_KNOWN = frozenset(("fastapi", "starlette"))
_JSON = frozenset(("JSONResponse", "ORJSONResponse", "UJSONResponse"))
_REGISTERING = frozenset(("add_exception_handler", "exception_handler"))
_ARRAYS = frozenset(("length", "map", "filter", "forEach", "toString", "join", "find", "some", "reduce"))


def error_bodies(facts: Mapping[str, FileFacts], files: Iterable[str], frameworks: Set[str]) -> ErrorBodies:
    """The keys of all errors, and the places that surely answer one."""
    listed = tuple(files)
    return replace(_all_bodies(facts, listed, frameworks), kinds=error_kinds(facts, listed, frameworks))


def _all_bodies(facts: Mapping[str, FileFacts], files: Iterable[str], frameworks: Set[str]) -> ErrorBodies:
    """Open where a framework or a handler is not understood."""
    if not frameworks or not frameworks <= _KNOWN:
        return ErrorBodies((), f"errors of {', '.join(sorted(frameworks)) or 'no backend'} are not read")
    keys: dict[str, Location | None] = {"detail": None}
    handlers: set[str] = set()
    declared: set[str] = set()
    for file in sorted(files):
        if facts[file].dialect is not Dialect.PYTHON:
            continue
        for statement in facts[file].body:
            for node in walk(statement):
                match node:
                    case form.Def(function=function, decorators=decorators):
                        declared.add(function.name)
                        if any(isinstance(one, form.Call) and called_name(one) in _REGISTERING for one in decorators):
                            handlers.add(function.name)
                    case form.Call() if called_name(node) in _JSON:
                        made = _keys(file, node)
                        if made is None:
                            return ErrorBodies((), f"what {file}:{node.span.start_line} answers is not known")
                        for key, place in made:
                            keys.setdefault(key, place)
                    case form.Call() if called_name(node) == "add_exception_handler":
                        handlers.add(_last(node.arguments[1].value) if len(node.arguments) > 1 else "")
                    case form.Call() if called_name(node) == "Response" and _is_error(node) and node.arguments:
                        return ErrorBodies((), f"{file}:{node.span.start_line} answers an error in its own way")
                    case form.Bind(form.Member(_, "status_code")):
                        return ErrorBodies((), f"{file} sets the status of an answer by hand")
                    case _:
                        pass
    unknown = sorted(handlers - declared)
    if unknown:
        return ErrorBodies((), f"the handler {unknown[0] or 'of an exception'} is not of this project")
    return ErrorBodies(tuple(sorted(keys.items())), "")


def error_reads(facts: Mapping[str, FileFacts], files: Iterable[str]) -> tuple[ErrorRead, ...]:
    """One entry per outermost function, or rest of a file, that reads keys of an error's body, by place."""
    found: list[ErrorRead] = []
    listed = sorted(file for file in files if facts[file].dialect is not Dialect.PYTHON)
    imported = Counter(name for file in listed for name in _imported(facts[file]))
    for file in listed:
        one = facts[file]
        if b"response" not in msgspec.msgpack.encode(one.body):
            continue
        for statement in one.body:
            read: dict[str, Span] = {}
            bodies = 0
            for node in walk(statement):
                match node:
                    case form.Member(form.Member(form.Member(_, "response"), "data"), name, span):
                        read.setdefault(name, span)
                        bodies -= 1
                    case form.Member(form.Member(_, "response"), "data"):
                        bodies += 1
                    case _:
                        pass
            keys = tuple(name for name in read if name not in _ARRAYS)
            if keys:
                name = _declared(statement)
                place = Location(file, read[keys[0]])
                found.append(ErrorRead(keys, place, name, whole=bodies > 0, importers=imported[name] if name else 0))
    return tuple(found)


def _imported(one: FileFacts) -> Iterator[str]:
    """The names that a file imports from other files, each once."""
    names = {item.name for node in one.body if isinstance(node, form.Import) for item in node.names}
    yield from sorted(names - {"", "*", "default"})


def _declared(statement: form.Statement) -> str:
    match statement:
        case form.Def(function=function):
            return function.name
        case form.Bind(target=form.Name(name), value=form.Function()):
            return name
        case _:
            return ""


def _keys(file: str, call: form.Call) -> tuple[tuple[str, Location], ...] | None:
    """The keys of what a response is made of; none for a success, None where they cannot be told."""
    content = next((one.value for one in call.arguments if one.name in (None, "content")), None)
    match content:
        case form.Object(entries, span):
            texts = [entry.key.value if isinstance(entry.key, form.Literal) else None for entry in entries]
            if all(isinstance(text, str) for text in texts):
                return tuple((str(text), Location(file, span)) for text in texts)
        case _:
            pass
    return None if _is_error(call) else ()


def _is_error(call: form.Call) -> bool:
    """Whether a response may have the status of an error: it is not said, or not known, to be below 400."""
    status = next((one.value for one in call.arguments if one.name == "status_code"), None)
    if status is None:
        return False
    return not (isinstance(status, form.Literal) and isinstance(status.value, int) and status.value < 400)


def _last(node: form.Expression) -> str:
    return node.name if isinstance(node, form.Member) else node.id if isinstance(node, form.Name) else ""
