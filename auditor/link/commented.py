"""Which calls and which handlers stand only in comments, while the other half is alive?

What stands before a commented path (base URL, prefixes, proxies) is read off the living calls or routes of the same
file that are written with the same receiver; without such a sibling nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from auditor.link.evaluate.walk import walk
from auditor.model import form
from auditor.model.commented import CommentedOut
from auditor.model.facts import Dialect, FileFacts
from auditor.model.finding import Side
from auditor.model.graph import CallSite, Kind, Missing, Route, answering
from auditor.model.segments import is_hole, segments
from auditor.model.span import Location, Span

T = TypeVar("T")

_VERBS = frozenset({"get", "post", "put", "patch", "delete", "head", "options"})
_PARAMETER = re.compile(r"<(?:[^:<>]+:)?(\w+)>|\{(\w+):[^{}]*\}")


def commented_out(
    facts: Mapping[str, FileFacts], routes: Sequence[Route], calls: Sequence[CallSite]
) -> tuple[CommentedOut, ...]:
    """The halves in comments whose other half has no living partner, by place."""
    files = [file for file in facts if facts[file].commented]
    found = [
        one
        for file in files
        for one in (
            _handlers(file, facts[file], routes, calls)
            if facts[file].dialect is Dialect.PYTHON
            else _calls(file, facts[file], routes, calls)
        )
    ]
    return tuple(sorted(found, key=lambda one: (one.location, one.label, one.live)))


@dataclass(frozen=True, slots=True)
class _Written:
    """A call with a path, as it is written: `receiver` and `head` say by what and behind what, `way` is the name of
    what is called where that is no method of HTTP, `method` is "" where the call does not say it."""

    receiver: str
    way: str
    head: str
    path: str
    method: str
    span: Span


# -- calls in comments -------------------------------------------------------------------------------


def _calls(file: str, facts: FileFacts, routes: Sequence[Route], calls: Sequence[CallSite]) -> Iterator[CommentedOut]:
    siblings = {call.location.span: call for call in calls if call.location.file == file and call.kind is Kind.HTTP}
    if not siblings:
        return
    live = _by_receiver(facts.body, siblings)
    reached = {(route.location, route.label) for call in calls for route in answering(call.target)}
    for written, place in _in_comments(facts, file):
        near = [
            (other, call)
            for other, call in live.get((written.receiver, written.way, written.head), ())
            if other.path and call.path.endswith(other.path)
        ]
        prefixes = {call.path.removesuffix(other.path) for other, call in near}
        methods = {written.method} if written.method else {call.method for other, call in near if not other.method}
        if len(prefixes) != 1 or len(methods) != 1 or not written.path:
            continue
        method, path = min(methods), min(prefixes) + written.path
        served = [route for route in routes if route.kind is not Kind.WEBSOCKET and _meet(method, path, route)]
        if len(served) == 1 and (served[0].location, served[0].label) not in reached:
            route, sibling = served[0], near[0][1]
            yield CommentedOut(Side.FRONTEND, f"{method} {path}", place, route.label, route.location, sibling.location)


# -- handlers in comments ----------------------------------------------------------------------------


def _handlers(
    file: str, facts: FileFacts, routes: Sequence[Route], calls: Sequence[CallSite]
) -> Iterator[CommentedOut]:
    siblings = {route.location.span: route for route in routes if route.location.file == file}
    missed = [call for call in calls if isinstance(call.target, Missing) and call.kind is Kind.HTTP]
    if not siblings or not missed:
        return
    live = _by_receiver(facts.body, siblings)
    for written, place in _in_comments(facts, file):
        for other, route in live.get((written.receiver, written.way, written.head), ()):
            if not route.path.endswith(other.path):
                continue
            method = written.method or ("*" if other.method else route.method)
            would = replace(route, method=method, path=route.path.removesuffix(other.path) + written.path)
            called = next((call for call in missed if _meet(call.method, call.path, would)), None)
            if called is not None:
                yield CommentedOut(Side.BACKEND, would.label, place, called.label, called.location, route.location)
                break


def _meet(method: str, path: str, route: Route) -> bool:
    """Whether a call means this route: names stand where it has names, and holes where it has parameters."""
    asked, served = segments(path), segments(route.path)
    return (
        (route.method == "*" or method == route.method)
        and len(asked) == len(served)
        and all((is_hole(one) and is_hole(other)) or one == other for one, other in zip(asked, served, strict=True))
        and any(not is_hole(one) for one in asked)
    )


# -- what is written ---------------------------------------------------------------------------------


def _in_comments(facts: FileFacts, file: str) -> Iterator[tuple[_Written, Location]]:
    for comment in facts.commented:
        for statement in comment.body:
            for node in walk(statement):
                written = _written(node) if isinstance(node, form.Call) else None
                if written is not None:
                    span, column = written.span, comment.span.start_column
                    if facts.dialect is Dialect.PYTHON:  # read without what stands before it
                        span = Span(span.start_line, column, span.end_line, column + span.end_column + 1)
                    yield written, Location(file, span)


def _by_receiver(
    body: Sequence[form.Statement], siblings: Mapping[Span, T]
) -> dict[tuple[str, str, str], list[tuple[_Written, T]]]:
    """The living calls of a file that are siblings, by receiver, way and head."""
    found: dict[tuple[str, str, str], list[tuple[_Written, T]]] = {}
    for statement in body:
        for node in walk(statement):
            if isinstance(node, form.Call) and node.span in siblings:
                written = _written(node)
                if written is not None:
                    key = (written.receiver, written.way, written.head)
                    found.setdefault(key, []).append((written, siblings[node.span]))
    return found


def _written(node: form.Call) -> _Written | None:
    """A call with a path in it, None for any other."""
    if isinstance(node.callee, form.Member):
        receiver, way = _dotted(node.callee.object), node.callee.name
    elif isinstance(node.callee, form.Name):
        receiver, way = "", node.callee.id
    else:
        return None
    options = [argument.value for argument in node.arguments if isinstance(argument.value, form.Object)]
    first = next((argument.value for argument in node.arguments if not argument.spread), None)
    url = _entry(first, "url") if isinstance(first, form.Object) else first
    text = _text(url)
    if text is None or receiver is None:
        return None
    head, path = text
    said = [entry for entry in (_entry(one, "method") for one in options) if entry is not None]
    said += [argument.value for argument in node.arguments if argument.name in ("methods", "method")]
    verb = isinstance(node.callee, form.Member) and way.lower() in _VERBS
    methods = [way.upper()] if verb else _constants(said)
    if said and not verb and len(methods) != 1:
        return None
    return _Written(receiver, "" if verb else way, head, path, methods[0] if methods else "", node.span)


def _constants(nodes: Sequence[form.Expression]) -> list[str]:
    items = [item for node in nodes for item in (node.items if isinstance(node, form.Array) else (node,))]
    return [item.value.upper() for item in items if isinstance(item, form.Literal) and isinstance(item.value, str)]


def _entry(node: form.Expression | None, name: str) -> form.Expression | None:
    for entry in node.entries if isinstance(node, form.Object) else ():
        key = entry.key
        if (isinstance(key, form.Literal) and key.value == name) or (isinstance(key, form.Name) and key.id == name):
            return entry.value
    return None


def _text(node: form.Expression | None) -> tuple[str, str] | None:
    """What stands before a path, as a name, and the path with `{}` in place of what varies; None for no text."""
    pieces = _pieces(node)
    if pieces is None or not any(isinstance(piece, str) for piece in pieces):
        return None
    head: str | None = ""
    if not isinstance(pieces[0], str):
        head = _dotted(pieces[0])
        pieces = pieces[1:]
    path = "".join(piece if isinstance(piece, str) else "{}" for piece in pieces).partition("?")[0]
    return None if head is None else (head, _PARAMETER.sub(lambda found: f"{{{found[1] or found[2]}}}", path))


def _pieces(node: form.Expression | None) -> list[str | form.Expression] | None:
    match node:
        case form.Literal(str() as value):
            return [value]
        case form.Template(parts, _, None) if parts:
            return list(parts)
        case form.Binary("+", left, right):
            one, other = _pieces(left), _pieces(right)
            return [*(one or [left]), *(other or [right])] if one or other else None
        case _:
            return None


def _dotted(node: form.Expression) -> str | None:
    match node:
        case form.Name(name):
            return name
        case form.Member(owner, name):
            inner = _dotted(owner)
            return None if inner is None else f"{inner}.{name}"
        case _:
            return None
