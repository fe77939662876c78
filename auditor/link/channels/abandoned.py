"""Which classes of the frontend open a socket and offer to close it, and nobody does?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from auditor.link.channels.members import constructing, lineage
from auditor.link.channels.names import KEEPING, QUIET
from auditor.link.channels.origins import Origins
from auditor.link.channels.protocols import calls_of_libraries
from auditor.link.channels.tables import Scope
from auditor.link.channels.values import Built, Code, Made, Origin, Socket, Unknown
from auditor.link.channels.written import text_of
from auditor.link.evaluate.walk import walk
from auditor.model import form
from auditor.model.channel import Abandoned
from auditor.model.span import Location

_CLOSING = ("close", "destroy", "disconnect", "dispose", "stop")
_REACT = frozenset({"useState", "useEffect", "useLayoutEffect", "useReducer", "useImperativeHandle", *KEEPING})
_FAR = 3  # functions between a component and the place that builds the object


@dataclass(frozen=True, slots=True)
class _Closer:
    """A method that closes the socket which its class opened."""

    owner: form.Class
    method: form.Function
    key: str
    file: str


def abandoned(origins: Origins, opened: Mapping[str, Location]) -> dict[str, Abandoned]:
    """Objects that a component builds, whose method that closes their socket is called nowhere, by the socket's key.

    Silent as soon as one call of a method of that name is on something that may be such an object, or as one is handed
    to code that may call it.
    """
    found: dict[str, Abandoned] = {}
    for closer in _closers(origins, opened):
        built = [(call, scope) for call, scope in constructing(origins, closer.owner) if call.new]
        shown = [place for call, scope in built if (place := _rendered(origins, call, scope)) is not None]
        if shown and not _is_called(origins, closer) and not _escapes(origins, closer):
            place = Location(closer.file, closer.method.span)
            found[closer.key] = Abandoned(closer.owner.name, closer.method.name, place, opened[closer.key], shown[0])
    return found


def _closers(origins: Origins, opened: Mapping[str, Location]) -> Iterator[_Closer]:
    index = origins.index
    for owner in index.classes:
        file = index.classes[owner].file
        own = {key for key, place in opened.items() if place.file == file and _within(place, owner)}
        for one in owner.body if own else ():
            if not isinstance(one, form.Def) or one.function.name not in _CLOSING or one.kind == "static":
                continue
            scope = index.scopes[one.function]
            for node in walk(one):
                if isinstance(node, form.Call) and isinstance(node.callee, form.Member) and node.callee.name == "close":
                    for value in origins.of(node.callee.object, scope):
                        if isinstance(value, Socket) and value.key in own:
                            yield _Closer(owner, one.function, value.key, file)


def _within(place: Location, owner: form.Class) -> bool:
    return owner.span.start_line <= place.line <= owner.span.end_line


def _rendered(origins: Origins, call: form.Call, scope: Scope) -> Location | None:
    """The place of a construction, if it runs whenever a component or hook does."""
    waiting, seen = [(scope, 0)], set[int]()
    while waiting:
        current, depth = waiting.pop()
        around: Scope | None = current
        while around is not None and around.function is not None:
            name = around.function.name or next(iter(origins.index.names.get(around.function, ())), "")
            if name[:1].isupper() or (name.startswith("use") and name[3:4].isupper()):
                return Location(scope.file, call.span)
            if id(around) not in seen and depth < _FAR:
                seen.add(id(around))
                waiting += [(inside, depth + 1) for _, inside in origins.callers(around.function)]
            around = around.parent
    return None


def _is_called(origins: Origins, closer: _Closer) -> bool:
    """Whether something may call the method: a call of that name on such an object or on what could not be told, or
    the method taken as a value."""
    index, name = origins.index, closer.method.name
    called = set[int]()
    for call, scope in index.calls.get(name, ()):
        called.add(id(call.callee))
        if not isinstance(call.callee, form.Member):
            continue
        if _is_name(call.callee.object, "this", "super") and scope.owner is not closer.owner:
            continue
        if any(_may_be(origins, one, closer) for one in origins.of(call.callee.object, scope)):
            return True
    for facts in index.facts.values():
        for statement in facts.body:
            for node in walk(statement):
                if isinstance(node, form.Member) and node.name == name and id(node) not in called:
                    return True
                if isinstance(node, form.ObjectPattern) and any(text_of(item.key) == name for item in node.items):
                    return True
    return False


def _escapes(origins: Origins, closer: _Closer) -> bool:
    """Whether such an object is given to code that is not of the project and may close it."""
    index = origins.index
    harmless = calls_of_libraries()
    for name, calls in index.calls.items():
        if name in QUIET or name in _REACT:
            continue
        for call, scope in calls:
            if not any(_holds(origins, argument.value, scope, closer, 0) for argument in call.arguments):
                continue
            if origins.callees(call, scope)[1]:
                continue
            methods = harmless.get(_package(index.facts[scope.file].body, call))
            if methods is None or closer.method.name in methods:
                return True
    for element, props, scope in index.elements:
        known = any(isinstance(one, Code) for one in origins.of(element, scope))
        if not known and any(_holds(origins, entry.value, scope, closer, 0) for entry in props.entries):
            return True
    return False


def _holds(origins: Origins, value: form.Expression, scope: Scope, closer: _Closer, depth: int) -> bool:
    if not isinstance(value, form.Name | form.Member | form.Object | form.Call | form.Cast):
        return False
    return any(_is_or_holds(origins, one, closer, depth) for one in origins.of(value, scope))


def _is_or_holds(origins: Origins, one: Origin, closer: _Closer, depth: int) -> bool:
    match one:
        case Built(node, file):
            return closer.owner in lineage(origins, node, file) and one.call is not None
        case Made(form.Object(entries=entries), scope) if depth < 2:
            return any(_holds(origins, entry.value, scope, closer, depth + 1) for entry in entries)
        case _:
            return False


def _may_be(origins: Origins, one: Origin, closer: _Closer) -> bool:
    match one:
        case Built(node, file):
            return closer.owner in lineage(origins, node, file)
        case Unknown():
            return not one.foreign
        case _:
            return False


def _package(body: Iterable[form.Statement], call: form.Call) -> str:
    """The package that the called name is imported from."""
    name = call.callee.id if isinstance(call.callee, form.Name) else ""
    for one in body:
        if isinstance(one, form.Import) and name and any(item.local == name for item in one.names):
            return one.module
    return ""


def _is_name(node: form.Node, *names: str) -> bool:
    return isinstance(node, form.Name) and node.id in names
