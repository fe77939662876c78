"""Which fields of a message are lost where its object is built anew, and read of the new one?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from auditor.link.channels.branches import written
from auditor.link.channels.origins import Origins
from auditor.link.channels.tables import Scope
from auditor.link.channels.values import Code, Const, Received
from auditor.link.channels.written import text_of
from auditor.link.evaluate.walk import children, walk
from auditor.model import form
from auditor.model.channel import Channel, Dropped, Message
from auditor.model.span import Location

_FEWEST = 3  # fields taken over from the same object: fewer are no copy of it


@dataclass(frozen=True, slots=True, eq=False)
class Copy:
    """An object literal most of which is taken from one other, `source`, in a branch with a condition. `keys` are all
    of its keys."""

    node: form.Object
    scope: Scope
    source: str
    test: form.Expression
    keys: frozenset[str]


def copies(origins: Origins) -> tuple[Copy, ...]:
    """All such objects of the frontend."""
    found: list[Copy] = []
    for node, scope in origins.index.branches:
        if node.test is not None and _compares(node.test):
            for inner in (one for part in node.then for one in _own(part)):
                taken = _taken(inner) if isinstance(inner, form.Object) else None
                if taken is not None and isinstance(inner, form.Object):
                    found.append(Copy(inner, scope, taken[0], node.test, taken[1]))
    return tuple(found)


def rebuilt(origins: Origins, channel: Channel, copied: Sequence[Copy]) -> tuple[Dropped, ...]:
    """The fields that are sent on a channel, left out of a copy, and read of that copy; by place.

    Only objects without spreads, in a branch that tells the kind by the discriminator, and readers that are called
    (or rendered) with the copy right there.
    """
    keys = {one.key for one in channel.backend_sends.entries} | {channel.protocol.key if channel.protocol else ""}
    found: list[Dropped] = []
    for key in sorted(keys - {"", "event"}) if copied else ():
        for copy in copied:
            for source, kind in _told(copy.test, key, origins, copy.scope):
                if written(source) != copy.source or not _is_of(origins, channel, source, kind, copy.scope):
                    continue
                sent = dict(_sent(channel, key, kind))
                names = sent.keys() - copy.keys
                for name, place in sorted(_read(origins, copy, names).items()):
                    here = Location(copy.scope.file, copy.node.span)
                    found.append(Dropped(kind, name, here, place, sent[name]))
    return tuple(sorted(found, key=lambda one: (one.location, one.field)))


def _sent(channel: Channel, key: str, kind: str) -> Iterator[tuple[str, Message]]:
    """The fields that messages of a kind, or a part of a library's history, get from the backend."""
    protocol = channel.protocol
    part = protocol.part(kind) if protocol is not None and protocol.key == key else None
    for message in channel.backend_sends.entries:
        if message.key == key and message.type == kind:
            yield from ((name, message) for name in message.fields)
        elif protocol is not None and part is not None and message.key == key:
            demanded = protocol.required.get(protocol.entry(message.type) or "", ())
            own = protocol.parts[part]
            begins = part.removesuffix("*")
            if protocol.entry(message.type) is not None and message.type.startswith(begins):
                yield from ((name, message) for name in demanded if name in own and name in message.fields)


def _compares(test: form.Expression) -> bool:
    match test:
        case form.Binary("and", left, right):
            return _compares(left) or _compares(right)
        case form.Binary("==", form.Member()) | form.Call(callee=form.Member(form.Member(), "startsWith")):
            return True
        case _:
            return False


def _own(node: form.Node) -> Iterator[form.Node]:
    """What stands below a node, not in functions of its own."""
    stack = [node]
    while stack:
        current = stack.pop()
        yield current
        stack.extend(one for one in reversed(children(current)) if not isinstance(one, form.Function))


def _told(test: form.Expression, key: str, origins: Origins, scope: Scope) -> Iterator[tuple[form.Expression, str]]:
    """`x.type == "tool"`, `x.type.startsWith("tool-")`: the object and the kind that a condition says it is of."""
    match test:
        case form.Binary("and", left, right):
            yield from _told(left, key, origins, scope)
            yield from _told(right, key, origins, scope)
        case form.Binary("==", form.Member(source, name), other) if name == key:
            yield from ((source, one.value) for one in origins.of(other, scope) if isinstance(one, Const))
        case form.Call(callee=form.Member(form.Member(source, name), "startsWith"), arguments=(first, *_)) if (
            name == key
        ):
            text = text_of(first.value)
            if text:
                yield source, f"{text}*"
        case _:
            return


def _is_of(origins: Origins, channel: Channel, source: form.Expression, kind: str, scope: Scope) -> bool:
    """Whether an object is a part of the library's history, by its kind, or came in on the channel."""
    protocol = channel.protocol
    if protocol is not None and protocol.has_part(kind):
        known = {place for one in channel.branches for place in (one.location.file,)}
        return scope.file in known
    clients = {f"{one.file}:{one.line}:{one.span.start_column}" for one in channel.clients}
    return any(isinstance(one, Received) and one.key in clients for one in origins.of(source, scope))


def _taken(node: form.Object) -> tuple[str, frozenset[str]] | None:
    """The object that most of an object is taken from under the same names, and all keys of the new one."""
    names = [text_of(entry.key) if entry.key is not None else None for entry in node.entries]
    sources = [
        written(entry.value.object)
        for name, entry in zip(names, node.entries, strict=True)
        if isinstance(entry.value, form.Member) and entry.value.name == name
    ]
    if len(sources) < _FEWEST or len(sources) * 2 <= len(names) or len(set(sources)) > 1:
        return None
    known = frozenset(name for name in names if name is not None)
    return (sources[0], known) if len(known) == len(names) else None


def _read(origins: Origins, copy: Copy, names: Sequence[str] | set[str]) -> Mapping[str, Location]:
    """Which of these names are read of the copy by what it is given to, and where first."""
    found: dict[str, Location] = {}
    if not names:
        return found
    index = origins.index
    held = {name for name, bindings in copy.scope.bindings.items() for one in bindings if one.value is copy.node}
    if any(one.kind == "member" for name in held for one in copy.scope.bindings[name]):
        return found  # something is added to it later
    for element, props, scope in index.elements:
        for entry in props.entries if scope is copy.scope else ():
            if _is_copy(entry.value, copy, held):
                for one in origins.of(element, scope):
                    if isinstance(one, Code) and one.node.parameters:
                        _reads(one, 0, text_of(entry.key) or "", names, found)
    for calls in index.calls.values():
        for call, scope in calls:
            for position, argument in enumerate(call.arguments if scope is copy.scope else ()):
                if _is_copy(argument.value, copy, held):
                    for one in origins.callees(call, scope)[0]:
                        if isinstance(one, Code) and position < len(one.node.parameters):
                            _reads(one, position, "", names, found)
    return found


def _is_copy(value: form.Expression, copy: Copy, held: set[str]) -> bool:
    return value is copy.node or (isinstance(value, form.Name) and value.id in held)


def _reads(code: Code, position: int, under: str, names: Sequence[str] | set[str], found: dict[str, Location]) -> None:
    """What a function reads of its parameter, or of what stands under a key of it."""
    target = code.node.parameters[position].target
    local, path = _local(target, under)
    for statement in code.node.body if local else ():
        for node in walk(statement):
            match node:
                case form.Member(owner, name, span) if name in names and written(owner) == f"{local}{path}":
                    found.setdefault(name, Location(code.scope.file, span))
                case form.Bind(form.ObjectPattern(items), form.Name() | form.Member() as value, span):
                    for item in items if written(value) == f"{local}{path}" else ():
                        name = text_of(item.key) or (item.key.id if isinstance(item.key, form.Name) else "")
                        if name in names:
                            found.setdefault(name, Location(code.scope.file, span))
                case _:
                    pass


def _local(target: form.Pattern, under: str) -> tuple[str, str]:
    """The variable that has the value, and what is behind it: `props` and `.item`."""
    match target:
        case form.Name(id):
            return id, f".{under}" if under else ""
        case form.ObjectPattern(items) if under:
            for item in items:
                key = text_of(item.key) or (item.key.id if isinstance(item.key, form.Name) else "")
                if key == under and isinstance(item.target, form.Name):
                    return item.target.id, ""
    return "", ""
