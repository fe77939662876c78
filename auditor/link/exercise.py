"""Which routes, handlers and message types do tests exercise?

Read are the test files of either side: requests that a client sends to a constant path (`client.get(f"/users/{id}")`,
`fetch`, handlers of a mock server), calls of imported handlers, and constants that are message types.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from auditor.link.evaluate.walk import called_name, walk
from auditor.model import form
from auditor.model.channel import Channel
from auditor.model.exercise import Exercised
from auditor.model.facts import Dialect, FileFacts
from auditor.model.graph import Kind, Route
from auditor.model.segments import is_hole, segments
from auditor.model.span import Location, Span

_VERBS = ("get", "post", "put", "patch", "delete", "options", "head")
_SOCKETS = ("websocket_connect", "WebSocket", "connect")
_ANY = ("request", "fetch", "route", "intercept", "open", "EventSource")
_KEYS = ("type", "event", "kind", "action", "name", "op")
_MOCKED = re.compile(r"on(Get|Post|Put|Patch|Delete|Options|Head)")


def exercised(
    tests: Mapping[str, FileFacts], routes: Sequence[Route], channels: Sequence[Channel]
) -> tuple[Exercised, ...]:
    """One entry per route and per message type with some evidence, in the order of routes and types."""
    uses = [use for file in sorted(tests) for use in _uses(file, tests[file])]
    served = [route for route in routes if route.kind is not Kind.MOUNT]
    first: dict[tuple[str, Location], Exercised] = {}
    handlers: dict[str, list[Route]] = {}
    for route in served:
        handlers.setdefault(route.handler.rpartition(":")[2], []).append(route)
    for use in uses:
        for route in _reached(use, handlers.get(use.name, ()) if use.kind == "call" else served):
            how = "handler" if use.kind == "call" else "request"
            first.setdefault((route.label, route.location), Exercised(route.label, route.location, how, use.place))
    found = [first[key] for route in served if (key := (route.label, route.location)) in first]
    types = {kind for one in channels for side in _sides(one) for kind in side if len(kind) > 2}
    texts: dict[str, Location] = {}
    for use in uses:
        if use.kind == "text" and use.name in types:
            texts.setdefault(use.name, use.place)
    return (*found, *(Exercised(kind, None, "message", texts[kind]) for kind in sorted(texts)))


def kinds_of(facts: FileFacts) -> Iterator[str]:
    """The texts that a test file gives or expects as the kind of a message."""
    for statement in facts.body:
        for node in walk(statement):
            yield from (str(text.value) for text in _kinds(node))


@dataclass(frozen=True, slots=True)
class _Use:
    """Something a test does. `kind` is "request" (`name` is the method, "" for any, `path` the path), "call" (`name`
    is the function, `path` the module it comes from) or "text"."""

    kind: str
    name: str
    path: str
    place: Location


def _reached(use: _Use, routes: Sequence[Route]) -> list[Route]:
    """The routes that a use exercises (of those with a handler of its name, if it calls one): of those that a path
    fits, the ones with most of its written segments."""
    if use.kind == "call":
        return [route for route in routes if _one_module(use.path, route.handler.rpartition(":")[0])]
    if use.kind != "request":
        return []
    ranked = [(shared, -len(route.path), route) for route in routes if (shared := _fit(use, route)) > 0]
    best = max((rank[:2] for rank in ranked), default=None)
    return [route for shared, length, route in ranked if (shared, length) == best]


def _one_module(told: str, own: str) -> bool:
    """Whether two module names mean one, seen from different folders: `backend.api` and `api`."""
    left, right = told.strip(".").split("."), own.split(".")
    common = min(len(left), len(right))
    return bool(told.strip(".")) and left[-common:] == right[-common:]


def _fit(use: _Use, route: Route) -> int:
    """How many written segments a request and a route have in common, plus one; 0 if it does not fit.

    A hole at the start of the path stands for a base URL of any length; something written has to agree then.
    """
    if use.name not in ("", "WS" if route.kind is Kind.WEBSOCKET else route.method):
        return 0
    told, served = segments(use.path), segments(route.path)
    based = bool(told) and told[0] == "{}"
    if based:
        told = told[1:]
        served = served[len(served) - len(told) :] if len(told) <= len(served) else ()
    if len(told) != len(served) or not told:
        return 0
    pairs = list(zip(told, served, strict=True))
    if not all(one == other or is_hole(other) for one, other in pairs):
        return 0
    shared = sum(one == other and not is_hole(one) for one, other in pairs)
    return 0 if based and not shared else shared + 1


def _uses(file: str, facts: FileFacts) -> Iterator[_Use]:
    constants = dict(_constants(facts.body))
    modules = {
        name.local or name.name: statement.module
        for statement in facts.body
        if isinstance(statement, form.Import) and facts.dialect is Dialect.PYTHON
        for name in statement.names
        if name.name not in ("", "*")
    }
    for statement in facts.body:
        for node in walk(statement):
            if isinstance(node, form.Call):
                yield from _call(file, node, constants, modules)
            for text in _kinds(node):
                yield _Use("text", str(text.value), "", Location(file, text.span))


def _call(
    file: str, node: form.Call, constants: Mapping[str, form.Expression], modules: Mapping[str, str]
) -> Iterator[_Use]:
    name, place = called_name(node), Location(file, _line(node.span))
    if name in modules and isinstance(node.callee, form.Name):
        yield _Use("call", name, modules[name], place)
    texts = [text for argument in node.arguments[:2] if (text := _path(argument.value, constants)) is not None]
    paths = [text for text in texts if text.startswith(("/", "{}/")) and len(text) > 1]
    mocked = _MOCKED.fullmatch(name)
    if not paths:
        return
    if name.lower() in _VERBS and isinstance(node.callee, form.Member):
        yield _Use("request", name.upper(), paths[0], place)
    elif mocked:
        yield _Use("request", mocked[1].upper(), paths[0], place)
    elif name in _SOCKETS:
        yield _Use("request", "WS", paths[0], place)
    elif name in _ANY:
        method = next((text for text in texts if text.lower() in _VERBS), "") or _method_option(node)
        yield _Use("request", method.upper(), paths[0], place)


def _method_option(node: form.Call) -> str:
    """`method: "POST"` in an argument; a `fetch` without one is a GET."""
    for argument in node.arguments:
        if isinstance(argument.value, form.Object):
            for entry in argument.value.entries:
                if (
                    isinstance(entry.key, form.Literal)
                    and entry.key.value == "method"
                    and isinstance(entry.value, form.Literal)
                ):
                    return str(entry.value.value)
    return "GET" if called_name(node) in ("fetch", "EventSource") else ""


def _path(node: form.Expression, constants: Mapping[str, form.Expression], depth: int = 0) -> str | None:
    """The text of an expression with `{}` for what is not constant, without host and query."""
    match node:
        case form.Literal(value=str(text)):
            return _bare(text)
        case form.Template(parts=parts):
            texts = [part if isinstance(part, str) else (_path(part, constants, depth + 1) or "{}") for part in parts]
            return _bare("".join(texts))
        case form.Binary(operator="+", left=left, right=right) if depth < 5:
            return _bare((_path(left, constants, depth + 1) or "{}") + (_path(right, constants, depth + 1) or "{}"))
        case form.Name(id=name) if name in constants and depth < 5:
            return _path(constants[name], constants, depth + 1)
        case _:
            return None


def _bare(text: str) -> str:
    plain = re.sub(r"^(?:https?|wss?)://[^/{]+", "", text.partition("?")[0])
    return re.sub(r"^(?:\*|\*\*)(?=/)", "{}", plain)


def _constants(body: Sequence[form.Statement]) -> Iterator[tuple[str, form.Expression]]:
    for statement in body:
        if isinstance(statement, form.Bind) and isinstance(statement.target, form.Name) and statement.value is not None:
            yield statement.target.id, statement.value


def _sides(channel: Channel) -> Iterator[tuple[str, ...]]:
    for side in (channel.backend_sends, channel.backend_handles, channel.frontend_sends, channel.frontend_handles):
        yield side.types


def _kinds(node: form.Node) -> Iterator[form.Literal]:
    """The texts that a node gives or expects as the kind of a message: `{"type": "x"}`, `== "x"`."""
    match node:
        case form.Object(entries=entries):
            for entry in entries:
                named = isinstance(entry.key, form.Literal) and entry.key.value in _KEYS
                if named and isinstance(entry.value, form.Literal):
                    yield entry.value
        case form.Binary(operator="==", left=left, right=right):
            yield from (side for side in (left, right) if isinstance(side, form.Literal))
        case _:
            pass


def _line(span: Span) -> Span:
    return Span(span.start_line, span.start_column, span.start_line, span.start_column)
