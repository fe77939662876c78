"""Where does the value of an expression come from?

Asked backwards, on demand: a name leads to everything bound to it, a parameter to the arguments of all callers, a call
to what the function returns. What cannot be followed is `Unknown`, never nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from auditor.link.channels.index import Binding, Index, Scope, attribute_key, text_of
from auditor.link.channels.names import KEEPING, PARSING, PASSING
from auditor.link.evaluate.walk import called_name
from auditor.link.modules.symbols import Symbols
from auditor.model import form
from auditor.model.span import Location


@dataclass(frozen=True, slots=True)
class Const:
    """A constant text."""

    value: str
    location: Location


@dataclass(frozen=True, slots=True)
class Made:
    """An object, list, template or sum as written."""

    node: form.Object | form.Array | form.Template | form.Binary
    scope: Scope


@dataclass(frozen=True, slots=True)
class Code:
    """A function."""

    node: form.Function
    scope: Scope


@dataclass(frozen=True, slots=True)
class Type:
    """A class or a TypeScript enum."""

    node: form.Class | form.Enum
    file: str


@dataclass(frozen=True, slots=True)
class Built:
    """An instance of a class; `call` is where it was made, None for `self`."""

    node: form.Class
    file: str
    call: form.Call | None = None
    scope: Scope | None = None


@dataclass(frozen=True, slots=True)
class Socket:
    """An open connection of a channel. `key` names the channel."""

    key: str


@dataclass(frozen=True, slots=True)
class Event:
    """The event object that a client's listener is given. `name`: the event it was registered for."""

    key: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Raw:
    """The text or bytes that came in on a channel, before they are parsed."""

    key: str


@dataclass(frozen=True, slots=True)
class Received:
    """What came in on a channel, or what stands below `path` in it."""

    key: str
    path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Module:
    """A file of the project."""

    file: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """It cannot be told."""

    reason: str


Origin: TypeAlias = Const | Made | Code | Type | Built | Socket | Event | Raw | Received | Module | Unknown
Found: TypeAlias = tuple[Origin, ...]
_Key: TypeAlias = tuple[object, ...]
Model: TypeAlias = "Callable[[Origins, form.Call, Scope], Iterable[Origin] | None]"

_DEPTH = 400
_STEPS = 400_000


@dataclass
class Origins:
    """Answers for one side; they are kept."""

    index: Index
    symbols: Symbols
    model: Model
    roots: dict[tuple[form.Function, int], Found] = field(default_factory=dict)
    _kept: dict[_Key, Found] = field(default_factory=dict)
    _asking: dict[_Key, int] = field(default_factory=dict)
    _until: dict[_Key, tuple[int, Found]] = field(default_factory=dict)
    _alive: list[object] = field(default_factory=list)
    _made: dict[form.Call, form.Object] = field(default_factory=dict)
    _pending: list[_Key] = field(default_factory=list)
    _lowest: int = _DEPTH + 1
    _steps: int = 0

    def of(self, node: form.Node | None, scope: Scope) -> Found:
        """Everything the value of an expression may come from."""
        if node is None:
            return ()
        key = (id(node), id(scope))
        found = self._known(key)
        if found is not None:
            return found
        self._steps += 1
        if self._steps > _STEPS:
            return (Unknown("too much to follow"),)
        self._alive.append(node)
        return self._asked(key, lambda: self._of(node, scope))

    def _known(self, key: _Key) -> Found | None:
        """What is known of a question: for good, while a question it depends on is open, or nothing more
        as it depends on itself."""
        if key in self._kept:
            return self._kept[key]
        if key in self._asking or len(self._asking) > _DEPTH:
            self._lowest = min(self._lowest, self._asking.get(key, 0))
            return ()
        if key in self._until:
            lowest, found = self._until[key]
            self._lowest = min(self._lowest, lowest)
            return found
        return None

    def _asked(self, key: _Key, answer: Callable[[], Iterable[Origin]]) -> Found:
        """The answer to a question. One that depends on a question still open holds until that is answered."""
        depth, outer, before = len(self._asking), self._lowest, len(self._pending)
        self._asking[key], self._lowest = depth, _DEPTH + 1
        found = _once(answer())
        del self._asking[key]
        if self._lowest >= depth:
            self._kept[key] = found
            for one in self._pending[before:]:
                del self._until[one]
            del self._pending[before:]
            self._lowest = outer
        else:
            self._until[key] = self._lowest, found
            self._pending.append(key)
            self._lowest = min(outer, self._lowest)
        return found

    def forget(self) -> None:
        """Forgets all answers: the roots have changed."""
        self._kept.clear()

    def keep(self, made: form.Object, call: form.Call) -> form.Object:
        """The object that a call stands for, the same one each time it is asked for."""
        return self._made.setdefault(call, made)

    def below(self, found: Iterable[Origin], path: Iterable[str]) -> Found:
        """What stands under keys of these values."""
        current = _once(found)
        for name in path:
            current = _once(inner for one in current for inner in self._member(one, name))
        return current

    def texts(self, node: form.Node, scope: Scope) -> tuple[frozenset[str], bool]:
        """The texts an expression may have, and whether these are all."""
        texts: set[str] = set()
        complete = True
        found = self.of(node, scope)
        for one in found:
            match one:
                case Const(value):
                    texts.add(value)
                case Made(form.Template(parts=parts), inner):
                    made, whole = self._filled(parts, inner)
                    texts |= made
                    complete &= whole
                case _:
                    complete = False
        return frozenset(texts), complete and bool(found)

    def callees(self, call: form.Call, scope: Scope) -> tuple[Found, bool]:
        """The functions and classes a call may call, and whether any was found."""
        found = _once(one for one in self.of(call.callee, scope) if isinstance(one, Code | Type))
        return found, bool(found)

    def callers(self, function: form.Function, position: int) -> Iterator[tuple[form.Call, Scope]]:
        """The calls of a function, as far as its names lead to them."""
        names = self.index.names.get(function, set())
        for name in sorted(names):
            for call, scope in self.index.calls.get(name, ()):
                found = self.of(call.callee, scope)
                known = any(isinstance(one, Code) and one.node is function for one in found)
                if known or self._by_name(name, call, found):
                    yield call, scope
        if names & {"__init__", "constructor"}:
            owner = self.index.scopes[function].owner
            for call, scope in self.index.calls.get(owner.name, ()) if owner is not None else ():
                if any(isinstance(one, Type) and one.node is owner for one in self.of(call.callee, scope)):
                    yield call, scope

    def _by_name(self, name: str, call: form.Call, found: Found) -> bool:
        """A method that only one class has, called on something that could not be told."""
        if any(isinstance(one, Code) for one in found) or not isinstance(call.callee, form.Member):
            return False
        return len(name) > 4 and len(self.index.methods.get(name, ())) == 1

    def _filled(self, parts: tuple[str | form.Expression, ...], scope: Scope) -> tuple[frozenset[str], bool]:
        texts, complete = frozenset([""]), True
        for part in parts:
            if isinstance(part, str):
                texts = frozenset(text + part for text in texts)
                continue
            inner, whole = self.texts(part, scope)
            complete &= whole
            pieces = inner if inner and whole else {*inner, "{}"}
            texts = frozenset(text + piece for text in texts for piece in pieces)
            if len(texts) > 64:
                return frozenset(), False
        return texts, complete

    def _of(self, node: form.Node, scope: Scope) -> Iterator[Origin]:
        match node:
            case form.Literal(value=str(value), span=span):
                yield Const(value, Location(scope.file, span))
            case form.Literal():
                return
            case form.Template() | form.Object() | form.Array():
                yield Made(node, scope)
            case form.Function():
                yield Code(node, scope)
            case form.Name(id):
                yield from self._name(id, scope)
            case form.Member(owner, name):
                for one in self.of(owner, scope):
                    yield from self._member(one, name)
            case form.Index(owner, key):
                yield from self._item(self.of(owner, scope), key, scope)
            case form.Conditional(_, then, other):
                yield from self.of(then, scope)
                yield from self.of(other, scope)
            case form.Binary("and", _, right):
                yield from self.of(right, scope)
            case form.Binary("or" | "??", left, right):
                yield from self.of(left, scope)
                yield from self.of(right, scope)
            case form.Binary("+"):
                yield Made(node, scope)
            case form.Cast(value) | form.Assign(value=value) | form.Spread(value) | form.Apply(value):
                yield from self.of(value, scope)
            case form.Comprehension(body=body):
                yield from self.of(body, scope)
            case form.ClassExpression(definition):
                yield Type(definition, scope.file)
            case form.Call():
                yield from self._call(node, scope)
            case form.Binary() | form.Unary():
                return
            case _:
                yield Unknown("an expression that is not followed")

    def _name(self, name: str, scope: Scope) -> Iterator[Origin]:
        if name in ("self", "this", "cls") and scope.owner is not None:
            yield Built(scope.owner, scope.file)
            return
        if name in ("undefined", "None"):
            return
        around: Scope | None = scope
        while around is not None:
            bindings = around.bindings.get(name)
            if bindings is not None and not (around.owner is not None and around.function is None):
                values = [binding for binding in bindings if binding.kind != "member"]
                for binding in values:
                    yield from self._bound(binding)
                if around.parent is None or values:
                    return
            around = around.parent
        yield from self._defined(scope.file, name)

    def _defined(self, file: str, name: str) -> Iterator[Origin]:
        found = self.symbols.definition(file, name)
        if found is None or found.file not in self.index.modules:
            yield Unknown(f"{name} is not of this project")
            return
        module = self.index.modules[found.file]
        match found.statement:
            case None:
                yield Module(found.file)
            case form.Def(function=function):
                yield Code(function, module)
            case form.Class() | form.Enum() as statement:
                yield Type(statement, found.file)
            case form.Bind(value=value) if value is not None and (found.file, found.name) != (file, name):
                for binding in module.bindings.get(found.name, ()):
                    if binding.kind != "member":
                        yield from self._bound(binding)
            case _:
                yield Unknown(f"{name} is not a value")

    def _bound(self, binding: Binding) -> Found:
        match binding:
            case Binding("function", form.Function() as function):
                return (Code(function, binding.scope),)
            case Binding("class", form.Class() as node):
                return (Type(node, binding.scope.file),)
            case Binding("parameter", form.Function() as function):
                return self.below(self.parameter(function, binding.position, binding.name), binding.path)
            case Binding("state", name=setter):
                return _once(
                    inner
                    for call, scope in self.index.calls.get(setter, ())
                    if scope.file == binding.scope.file
                    for argument in call.arguments[:1]
                    for inner in self.of(argument.value, scope)
                    if not isinstance(inner, Code)
                )
            case Binding("item"):
                found = self.of(binding.value, binding.scope)
                return self.below((inner for one in found for inner in self._items(one)), binding.path)
            case _:
                return self.below(self.of(binding.value, binding.scope), binding.path)

    def parameter(self, function: form.Function, position: int, kind: str = "") -> Found:
        """What callers give to a parameter."""
        root = self.roots.get((function, position))
        if root is not None:
            return root
        key = (id(function), -1 - position)
        found = self._known(key)
        return found if found is not None else self._asked(key, lambda: self._given(function, position))

    def _given(self, function: form.Function, position: int) -> Iterator[Origin]:
        called = False
        for call, scope in self.callers(function, position):
            called = True
            argument = argument_of(call, function, position)
            if argument is not None:
                yield from self.of(argument, scope)
            elif any(one.spread for one in call.arguments):
                yield Unknown("arguments that are spread")
        if not called:
            yield Unknown("a function whose callers are not known")

    def _items(self, one: Origin) -> Iterable[Origin]:
        match one:
            case Made(form.Array(items=items), scope):
                return [inner for item in items for inner in self.of(item, scope)]
            case Made(form.Object(entries=entries), scope):
                return [inner for entry in entries for inner in self.of(entry.value, scope)]
            case _:
                return (one,)

    def _item(self, owners: Found, key: form.Expression, scope: Scope) -> Iterator[Origin]:
        text = text_of(key)
        names = {text} if text is not None else {one.value for one in self.of(key, scope) if isinstance(one, Const)}
        for owner in owners:
            match owner:
                case Received() | Built() | Event() if names:
                    for name in sorted(names):
                        yield from self._member(owner, name)
                case Made(form.Object()) if text is not None:
                    yield from self._member(owner, text)
                case _:
                    yield from self._items(owner)

    def _member(self, owner: Origin, name: str) -> Iterator[Origin]:
        match owner:
            case Received(key, path):
                if name.startswith("[") or name in ("length", "current", "value"):
                    yield owner
                elif len(path) < 4:
                    yield Received(key, (*path, name))
            case Raw():
                yield owner
            case Event(key) if name in ("data", "detail"):
                yield Raw(key)
            case Event(key) if name in ("event", "type"):
                yield Received(key, ("event",))
            case Made(form.Object(entries=entries) as node, scope):
                question = (id(node), id(scope), name)
                known = self._known(question)
                if known is None:
                    known = self._asked(question, lambda: self._entry(entries, name, scope))
                yield from known
            case Made(form.Array() as array, scope) if name.startswith("[") and name[1:-1].isdigit():
                if int(name[1:-1]) < len(array.items):
                    yield from self.of(array.items[int(name[1:-1])], scope)
            case Type(form.Enum(members=members), file):
                for member in members:
                    if member.name == name:
                        yield from self.of(member.value, self.index.modules[file])
            case Type(form.Class() as node, file):
                yield from self._attribute(node, file, name)
            case Built(node, file):
                yield from self._attribute(node, file, name)
            case Const() if name == "value":
                yield owner
            case Const():
                return
            case Socket() if name in ("current", "socket", "ws"):
                yield owner
            case Module(file):
                yield from self._defined(file, name)
            case Made() | Code() if name in ("current", "value"):
                yield owner
            case _:
                yield Unknown(f"{name} of something that is not followed")

    def _entry(self, entries: tuple[form.Entry, ...], name: str, scope: Scope) -> Iterator[Origin]:
        spread: list[form.Entry] = []
        for entry in entries:
            if entry.key is None:
                spread.append(entry)
            elif text_of(entry.key) == name:
                yield from self.of(entry.value, scope)
                return
        for entry in spread:
            for one in self.of(entry.value, scope):
                yield from self._member(one, name)

    def _attribute(self, node: form.Class, file: str, name: str) -> Iterator[Origin]:
        scope = self.index.classes.get(node)
        if scope is None:
            yield Unknown(f"{name} of a class that is not followed")
            return
        bindings = self.index.attributes.get((attribute_key(scope), name), ())
        found = False
        for binding in bindings:
            found = True
            yield from self._bound(binding)
        for statement in node.body:
            if isinstance(statement, form.Def) and statement.function.name == name:
                found = True
                if statement.kind == "get" or any(_is_property(one) for one in statement.decorators):
                    yield from self._returned(statement.function)
                else:
                    yield Code(statement.function, scope)
        if found:
            return
        for base in node.bases:
            for one in self.of(base, scope.parent or scope):
                if isinstance(one, Type) and isinstance(one.node, form.Class) and one.node is not node:
                    yield from self._attribute(one.node, one.file, name)
                    return
        yield from self._injected(node, scope, name)

    def _injected(self, node: form.Class, scope: Scope, name: str) -> Iterator[Origin]:
        """A TypeScript parameter property."""
        for statement in node.body:
            if isinstance(statement, form.Def) and statement.kind == "constructor":
                for position, parameter in enumerate(statement.function.parameters):
                    if parameter.field and isinstance(parameter.target, form.Name) and parameter.target.id == name:
                        yield from self.parameter(statement.function, position)
                        return
        yield Unknown(f"attribute {name}")

    def _call(self, node: form.Call, scope: Scope) -> Iterator[Origin]:
        known = self.model(self, node, scope)
        if known is not None:
            yield from known
            return
        name = called_name(node)
        found, _ = self.callees(node, scope)
        for one in found:
            match one:
                case Code(function):
                    yield from self._returned(function)
                case Type(form.Class() as built, file):
                    yield Built(built, file, node, scope)
                case _:
                    pass
        if found:
            return
        if name == "get" and isinstance(node.callee, form.Member) and node.arguments:
            yield from self._item(self.of(node.callee.object, scope), node.arguments[0].value, scope)
            for default in node.arguments[1:2]:
                yield from self.of(default.value, scope)
        elif name in ("dict", "Object") and node.arguments and all(one.name for one in node.arguments):
            entries = tuple(
                form.Entry(form.Literal(one.name, node.span), one.value) for one in node.arguments if one.name
            )
            yield Made(self.keep(form.Object(entries, node.span), node), scope)
        elif name in PARSING:
            for argument in node.arguments[:1]:
                for one in self.of(argument.value, scope):
                    yield Received(one.key) if isinstance(one, Raw) else one
        elif isinstance(node.callee, form.Member) and (
            raw := [one for one in self.of(node.callee.object, scope) if isinstance(one, Raw)]
        ):
            yield from (Received(one.key) for one in raw) if name == "json" else raw
        elif name in PASSING:
            values = [one.value for one in node.arguments[:1]]
            owner = node.callee.object if isinstance(node.callee, form.Member) else None
            passed = _once(inner for value in values for inner in self.of(value, scope) if not isinstance(inner, Const))
            own = self.of(owner, scope) if owner is not None else ()
            own = _once(one for one in own if not isinstance(one, Unknown))
            yield from own or passed or [Unknown(f"the result of {name}")]
        elif node.new and name in ("Map", "Set"):
            for argument in node.arguments:
                yield from self.of(argument.value, scope)
        elif name in KEEPING:
            for argument in node.arguments[:1]:
                yield from self.of(argument.value, scope)
        else:
            yield Unknown(f"the result of {name or 'a call'}")

    def _returned(self, function: form.Function) -> Iterator[Origin]:
        scope = self.index.scopes.get(function)
        if scope is None:
            return
        given = self.index.yields.get(function) or self.index.returns.get(function, [])
        for value in given:
            yield from self.of(value, scope)


def _once(found: Iterable[Origin]) -> Found:
    return tuple(dict.fromkeys(found))


def argument_of(call: form.Call, function: form.Function, position: int) -> form.Expression | None:
    """The argument for a parameter: by keyword, else by position (`self` is not passed)."""
    parameter = function.parameters[position]
    name = parameter.target.id if isinstance(parameter.target, form.Name) else ""
    for argument in call.arguments:
        if argument.name is not None and argument.name == name:
            return argument.value
    first = function.parameters[0].target if function.parameters else None
    bound = isinstance(first, form.Name) and first.id in ("self", "cls")
    place = position - (1 if bound else 0)
    positional = [argument for argument in call.arguments if argument.name is None]
    if any(argument.spread for argument in positional[: place + 1]):
        return None
    if 0 <= place < len(positional):
        return positional[place].value
    return None


def _is_property(decorator: form.Expression) -> bool:
    return isinstance(decorator, form.Name) and decorator.id in ("property", "cached_property")
