"""Members and items of what a value may come from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from auditor.link.channels.declared import declared, members_declared
from auditor.link.channels.results import returned
from auditor.link.channels.tables import Binding, Scope, attribute_key
from auditor.link.channels.values import (
    MADE,
    Built,
    Code,
    Const,
    Declared,
    Each,
    Event,
    Found,
    Made,
    Module,
    Origin,
    Raw,
    Received,
    Socket,
    Type,
    Unknown,
)
from auditor.link.channels.written import text_of
from auditor.model import form

if TYPE_CHECKING:
    from auditor.link.channels.origins import Origins


_SENDERS = ("send", "sendMessage", "sendJsonMessage")
_GENERATIONS = 3
_MOST = 60


def items_of(origins: Origins, one: Origin) -> Iterable[Origin]:
    """What iterating over a value gives."""
    match one:
        case Each(made):
            return (made,)
        case Made(form.Array(items=items), scope):
            if not any(isinstance(item, form.Spread) for item in items):
                return [inner for item in items for inner in origins.of(item, scope)]
            question = (id(one.node), id(scope), "items")  # `lines = [...lines, line]` asks for itself
            known = origins.known(question)
            return origins.asked(question, lambda: _listed(origins, items, scope)) if known is None else known
        case Made(form.Object(entries=entries), scope):
            return [inner for entry in entries for inner in origins.of(entry.value, scope)]
        case _:
            return (one,)


def _listed(origins: Origins, items: Iterable[form.Expression], scope: Scope) -> Iterator[Origin]:
    """The items of a list as written, with those of lists that are spread into it."""
    for item in items:
        if isinstance(item, form.Spread):
            yield from origins.items(origins.of(item.value, scope))
        else:
            yield from origins.of(item, scope)


def each_of(origins: Origins, one: Origin) -> Iterable[Origin]:
    """What a loop over a value gives: the keys of a Python dict."""
    if origins.index.python and isinstance(one, Made) and isinstance(one.node, form.Object) and one.node.entries:
        return items_of(origins, Made(origins.listed(one.node, keys=True), one.scope))
    return items_of(origins, one)


def frames_of(origins: Origins, binding: Binding, found: Found) -> Found:
    """`async for message in connection`: going through the connection that a handler is given gives what comes in."""
    if not origins.index.python or not isinstance(binding.value, form.Name):
        return found
    given = [one for one in binding.scope.bindings.get(binding.value.id, ()) if one.kind == "parameter"]
    rooted = any(isinstance(one.value, form.Function) and (one.value, one.position) in origins.roots for one in given)
    return tuple(Raw(one.key) if isinstance(one, Socket) else one for one in found) if rooted else found


def item_of(origins: Origins, owners: Found, key: form.Expression, scope: Scope) -> Iterator[Origin]:
    """What `owner[key]` gives."""
    text = text_of(key)
    names = {text} if text is not None else {one.value for one in origins.of(key, scope) if isinstance(one, Const)}
    for owner in owners:
        match owner:
            case Received() | Built() | Event() if names:
                for name in sorted(names):
                    yield from member_of(origins, owner, name)
            case Made(form.Object()) if text is not None:
                yield from member_of(origins, owner, text)
            case Made(form.Array(kind="tuple")) if isinstance(key, form.Literal) and type(key.value) is int:
                yield from member_of(origins, owner, f"[{key.value}]")
            case _:
                yield from items_of(origins, owner)


def member_of(origins: Origins, owner: Origin, name: str) -> Iterator[Origin]:
    """What `owner.name` gives."""
    match owner:
        case Received(key, path, sure):
            if name.startswith("[") or name in ("length", "current", "value"):
                yield owner
            elif len(path) < 4:
                yield Received(key, (*path, name), sure)
        case Declared():
            yield from members_declared(origins, owner, name)
        case Raw():
            yield owner
        case Event(key) if name in ("data", "detail"):
            yield Raw(key)
        case Event(key) if name in ("event", "type"):
            yield Received(key, ("event",))
        case Each(made):
            yield from member_of(origins, made, name)
        case Made(form.Object(entries=entries) as node, scope):
            question = (id(node), id(scope), name)
            known = origins.known(question)
            if known is None:
                known = origins.asked(question, lambda: _entry(origins, entries, name, scope))
            yield from known
        case Made(form.Array() as array, scope) if name.startswith("[") and name[1:-1].isdigit():
            if int(name[1:-1]) < len(array.items):
                yield from origins.of(array.items[int(name[1:-1])], scope)
        case Type(form.Enum(members=members), file):
            for member in members:
                if member.name == name:
                    yield from origins.of(member.value, origins.index.modules[file])
        case Type(form.Class() as node, file):
            yield from _attribute(origins, node, file, name)
        case Built(call=form.Call(arguments=arguments), scope=Scope() as scope) if given := [
            one.value for one in arguments if one.name == name
        ]:  # a field that is given to the constructor
            yield from origins.of(given[0], scope)
        case Built(node, file) if name == "current" and not any(
            _declares(origins, one, origins.index.classes[one], name) for one in lineage(origins, node, file)
        ):  # a ref that keeps the object
            yield owner
        case Built(node, file, call):
            yield from _of_instance(origins, owner, _attribute(origins, node, file, name))
            if call is None:
                for heir, place in _heirs(origins, node, 0):
                    yield from _own(origins, heir, place, name)
        case Const() if name == "value":
            yield owner
        case Const():
            return
        case Socket() if name in ("current", "socket", "ws", *_SENDERS):
            yield owner
        case Socket(key) if name in (
            "lastMessage",
            "data",
        ):  # what hooks give: `.data` of the last event, vueuse's text
            yield Event(key) if name == "lastMessage" else Raw(key)
        case Socket(key) if name == "lastJsonMessage":
            yield Received(key)
        case Module(file):
            yield from origins.defined(file, name)
        case Made() | Code() if name in ("current", "value"):
            yield owner
        case _:
            foreign = isinstance(owner, Unknown) and owner.foreign
            yield Unknown(f"{name} of something that is not followed", foreign)


def _entry(origins: Origins, entries: tuple[form.Entry, ...], name: str, scope: Scope) -> Iterator[Origin]:
    spread: list[form.Entry] = []
    for entry in entries:
        if entry.key is None:
            spread.append(entry)
        elif text_of(entry.key) == name:
            yield from origins.of(entry.value, scope)
            return
    for entry in spread:
        for one in origins.of(entry.value, scope):
            yield from member_of(origins, one, name)


def constructing(origins: Origins, owner: form.Class) -> Iterator[tuple[form.Call, Scope]]:
    """The calls that run the constructor of a class: those of the class, and of the constructor by its heirs'."""
    for call, scope in origins.index.calls.get(owner.name, ()):
        if any(isinstance(one, Type) and one.node is owner for one in origins.of(call.callee, scope)):
            yield call, scope
    for call, scope in origins.index.calls.get("__init__" if origins.index.python else "super", ()):
        match call.callee:
            case form.Member(form.Call(form.Name("super"))) | form.Name("super") if scope.owner not in (None, owner):
                if scope.owner is not None and owner in lineage(origins, scope.owner, scope.file):
                    yield call, scope
            case _:
                pass


def lineage(origins: Origins, node: form.Class, file: str) -> Iterator[form.Class]:
    """A class and its bases in the project."""
    seen = {node}
    queue = [(node, file)]
    while queue:
        current, place = queue.pop()
        yield current
        scope = origins.index.classes.get(current)
        for base in current.bases:
            for one in origins.of(base, scope.parent if scope and scope.parent else origins.index.modules[place]):
                if isinstance(one, Type) and isinstance(one.node, form.Class) and one.node not in seen:
                    seen.add(one.node)
                    queue.append((one.node, one.file))


def _attribute(origins: Origins, node: form.Class, file: str, name: str) -> Iterator[Origin]:
    scope = origins.index.classes.get(node)
    if scope is None:
        yield Unknown(f"{name} of a class that is not followed")
        return
    found = False
    for one in _own(origins, node, file, name):
        found = True
        yield one
    if found or _declares(origins, node, scope, name):
        return
    for base in node.bases:
        for one in origins.of(base, scope.parent or scope):
            if isinstance(one, Type) and isinstance(one.node, form.Class) and one.node is not node:
                yield from _attribute(origins, one.node, one.file, name)
                return
    yield from list(_of_field(origins, node, file, name)) or _injected(origins, node, scope, name)


def _of_field(origins: Origins, node: form.Class, file: str, name: str) -> Iterator[Origin]:
    """What an attribute is declared to be, where nothing is seen to be given to it."""
    for statement in node.body:
        if isinstance(statement, form.Field) and statement.name == name and statement.value is None:
            yield from declared(origins, statement.annotation, file)


def _of_instance(origins: Origins, owner: Built, found: Iterable[Origin]) -> Iterator[Origin]:
    """What a class makes for itself is another one in each instance: told for servers and clients of Socket.IO."""
    for one in found:
        if isinstance(one, Socket) and one.key.startswith(MADE) and "@" not in one.key and owner.call and owner.scope:
            file, line = one.key.removeprefix(MADE).rsplit(":", 2)[:2]
            for own in lineage(origins, owner.node, owner.file):
                within = own.span.start_line <= int(line) <= own.span.end_line
                if within and origins.index.classes[own].file == file:
                    start = owner.call.span
                    one = Socket(f"{one.key}@{owner.scope.file}:{start.start_line}:{start.start_column}")
                    break
        yield one


def _own(origins: Origins, node: form.Class, file: str, name: str) -> Iterator[Origin]:
    """What the body of a class gives to an attribute, not its bases."""
    scope = origins.index.classes[node]
    bindings = origins.index.attributes.get((attribute_key(scope), name), [])
    if bindings:  # `room.members.append(x)` adds to the attribute of whatever class has one of this name
        bindings = [*bindings, *origins.index.loose.get(name, ())]
    for binding in bindings:
        yield from origins.bound(binding)
    for statement in node.body:
        if isinstance(statement, form.Def) and statement.function.name == name:
            if statement.kind == "get" or any(_is_property(one) for one in statement.decorators):
                yield from returned(origins, statement.function)
            else:
                yield Code(statement.function, scope)


def _declares(origins: Origins, node: form.Class, scope: Scope, name: str) -> bool:
    """Whether a class has an attribute of its own, if only one that gives nothing."""
    return (attribute_key(scope), name) in origins.index.attributes or any(
        isinstance(one, form.Def) and one.function.name == name for one in node.body
    )


def _heirs(origins: Origins, node: form.Class, depth: int) -> Iterator[tuple[form.Class, str]]:
    """The classes that inherit from a class: `self` in its methods may be one of them."""
    named = origins.index.heirs.get(node.name, ())
    if depth > _GENERATIONS or len(named) > _MOST:
        return
    for heir, file in named:
        scope = origins.index.classes[heir]
        for base in heir.bases:
            if any(isinstance(one, Type) and one.node is node for one in origins.of(base, scope.parent or scope)):
                yield heir, file
                yield from _heirs(origins, heir, depth + 1)


def _injected(origins: Origins, node: form.Class, scope: Scope, name: str) -> Iterator[Origin]:
    """A TypeScript parameter property."""
    for statement in node.body:
        if isinstance(statement, form.Def) and statement.kind == "constructor":
            for position, parameter in enumerate(statement.function.parameters):
                if parameter.field and isinstance(parameter.target, form.Name) and parameter.target.id == name:
                    yield from origins.parameter(statement.function, position)
                    return
    yield Unknown(f"attribute {name}")


def _is_property(decorator: form.Expression) -> bool:
    return isinstance(decorator, form.Name) and decorator.id in ("property", "cached_property")
