"""Where does the value of an expression come from?

Asked backwards, on demand: a name leads to everything bound to it, a parameter to the arguments of all callers, a call
to what the function returns. What cannot be followed is `Unknown`, never nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeAlias

from auditor.link.channels.declared import declared
from auditor.link.channels.given import callers, given, sets
from auditor.link.channels.members import each_of, frames_of, item_of, items_of, member_of
from auditor.link.channels.results import kept_in, result_of, set_by
from auditor.link.channels.tables import Binding, Index, Scope, owner_of
from auditor.link.channels.values import Built, Code, Const, Found, Made, Module, Origin, Setter, Type, Unknown, once
from auditor.link.channels.written import is_near
from auditor.link.modules.symbols import Definition, Symbols
from auditor.model import form
from auditor.model.span import Location

_Key: TypeAlias = tuple[object, ...]
Model: TypeAlias = "Callable[[Origins, form.Call, Scope], Iterable[Origin] | None]"

_DEPTH = 400
_STEPS = 400_000
_ASKED = 12_000  # steps for one question: the answers that are found real ones with take 8,000 at most
_MANY = 250
_TOO_MUCH = Unknown("too much to follow")


@dataclass
class Origins:
    """Answers for one side; they are kept."""

    index: Index
    symbols: Symbols
    model: Model
    roots: dict[tuple[form.Function, int], Found] = field(default_factory=dict)
    typed: dict[form.TypeDefinition, Found] = field(default_factory=dict)
    _kept: dict[_Key, Found] = field(default_factory=dict)
    _asking: dict[_Key, int] = field(default_factory=dict)
    _until: dict[_Key, tuple[int, Found]] = field(default_factory=dict)
    _alive: list[object] = field(default_factory=list)
    _made: dict[form.Call, form.Object] = field(default_factory=dict)
    _listed: dict[tuple[form.Object, bool], form.Array] = field(default_factory=dict)
    _pending: list[_Key] = field(default_factory=list)
    aliases: dict[str, set[str]] | None = None
    _lowest: int = _DEPTH + 1
    _steps: int = 0
    _limit: int = _STEPS

    def of(self, node: form.Node | None, scope: Scope) -> Found:
        """Everything the value of an expression may come from."""
        if node is None:
            return ()
        key = (id(node), id(scope))
        found = self.known(key)
        if found is not None:
            return found
        self._limit = self._limit if self._asking else min(self._steps + _ASKED, _STEPS)
        self._steps += 1
        if self._steps > self._limit:
            return (_TOO_MUCH,)
        self._alive.append(node)
        return self.asked(key, lambda: self._of(node, scope))

    def known(self, key: _Key) -> Found | None:
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

    def asked(self, key: _Key, answer: Callable[[], Iterable[Origin]]) -> Found:
        """The answer to a question. One that depends on a question still open holds until that is answered."""
        depth, outer, before = len(self._asking), self._lowest, len(self._pending)
        self._asking[key], self._lowest = depth, _DEPTH + 1
        found = once(answer())
        if len(found) > _MANY:  # a table of everything, by a key that is not known
            found = (*found[:_MANY], _TOO_MUCH)
        del self._asking[key]
        if self._steps > self._limit:  # given up: it is not asked again
            found = once((*found, _TOO_MUCH))
            self._lowest = depth
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

    @contextmanager
    def rooted(self, given: Mapping[tuple[form.Function, int], Found]) -> Iterator[None]:
        """For a while, these parameters are given these values and nothing else."""
        before = dict(self.roots)
        self.forget()
        self.roots.update(given)
        try:
            yield
        finally:
            self.forget()
            self.roots.clear()
            self.roots.update(before)

    def also_called(self, function: form.Function, name: str) -> None:
        """A function is called by another name than its own: what it is given there counts from now on."""
        names = self.index.names.setdefault(function, set())
        if name and name not in names:
            names.add(name)
            self.forget()

    def keep(self, made: form.Object, call: form.Call) -> form.Object:
        """The object that a call stands for, the same one each time it is asked for."""
        return self._made.setdefault(call, made)

    def listed(self, node: form.Object, keys: bool) -> form.Array:
        """The keys of an object, or its pairs of key and value, the same list each time it is asked for."""
        if (node, keys) not in self._listed:
            own = [entry for entry in node.entries if entry.key is not None]
            items: list[form.Expression] = []
            for entry in own:
                if entry.key is not None:
                    pair = form.Array((entry.key, entry.value), "tuple", node.span)
                    items.append(entry.key if keys else pair)
            self._listed[node, keys] = form.Array(tuple(items), "list", node.span)
        return self._listed[node, keys]

    def below(self, found: Iterable[Origin], path: Iterable[str]) -> Found:
        """What stands under keys of these values."""
        current = once(found)
        for name in path:
            current = once(inner for one in current for inner in member_of(self, one, name))
        return current

    def callees(self, call: form.Call, scope: Scope) -> tuple[Found, bool]:
        """The functions and classes a call may call, and whether any was found."""
        found = once(one for one in self.of(call.callee, scope) if isinstance(one, Code | Type))
        return found, bool(found)

    def callers(self, function: form.Function) -> Iterator[tuple[form.Call, Scope]]:
        """The calls of a function, as far as its names lead to them."""
        return callers(self, function)

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
                    yield from member_of(self, one, name)
            case form.Index(owner, key):
                yield from item_of(self, self.of(owner, scope), key, scope)
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
            case form.Comprehension(kind="dict", iterable=form.Call(callee=form.Member(owner, "items" | "entries"))):
                yield from self.of(owner, scope)  # the same keys, with values that are made anew
            case form.Comprehension(body=body):
                yield from self.of(body, scope)
            case form.ClassExpression(definition):
                yield Type(definition, scope.file)
            case form.Call():
                yield from result_of(self, node, scope)
            case form.Binary() | form.Unary():
                return
            case _:
                yield Unknown("an expression that is not followed")

    def _name(self, name: str, scope: Scope) -> Iterator[Origin]:
        if name in ("self", "this", "cls") and (owner := owner_of(scope)) is not None:
            yield Built(owner, scope.file)
            return
        if name in ("undefined", "None"):
            return
        around: Scope | None = scope
        while around is not None:
            bindings = around.bindings.get(name)
            if bindings is not None and not (around.owner is not None and around.function is None):
                values = [binding for binding in bindings if binding.kind != "member"]
                for binding in values:
                    yield from self.bound(binding)
                if around.parent is None or values:
                    return
            around = around.parent
        yield from self.defined(scope.file, name)

    def defined(self, file: str, name: str) -> Iterator[Origin]:
        """What a name means at the top level of a file."""
        yield from self._meant(self.symbols.definition(file, name), file, name)

    def _meant(self, found: Definition | None, file: str, name: str) -> Iterator[Origin]:
        if found is None or found.file not in self.index.modules:
            yield Unknown(f"{name} is not of this project", not is_near(self.index.facts[file].body, name))
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
                        yield from self.bound(binding)
            case _:
                yield Unknown(f"{name} is not a value")

    def bound(self, binding: Binding) -> Found:
        """What a binding gives its name."""
        match binding:
            case Binding("function", form.Function() as function):
                return (Code(function, binding.scope),)
            case Binding("class", form.Class() as node):
                return (Type(node, binding.scope.file),)
            case Binding("parameter", form.Function() as function):
                return self.below(self.parameter(function, binding.position, binding.name), binding.path)
            case Binding("state", name=setter):
                return once(
                    inner
                    for call, scope in self.index.calls.get(setter, ())
                    if scope.file == binding.scope.file or sets(self, call, scope, binding.scope)
                    for argument in call.arguments[:1]
                    for inner in set_by(self, argument.value, scope)
                )
            case Binding("atom", form.Name() | form.Member() as atom):
                return once(kept_in(self, atom))
            case Binding("value", value=value) if value in self.index.annotated:
                found = self.of(value, binding.scope)
                if all(isinstance(one, Unknown) for one in found):
                    found = once(declared(self, self.index.annotated[value], binding.scope.file)) or found
                return self.below(found, binding.path)
            case Binding("import", form.Import() as node, name=name):
                file = binding.scope.file
                return once(self._meant(self.symbols.imported(file, node.module, node.level, name), file, name))
            case Binding("setter", name=state):
                return (Setter(binding.scope, state),)
            case Binding("item"):
                found = frames_of(self, binding, self.of(binding.value, binding.scope))
                return self.below((inner for one in found for inner in each_of(self, one)), binding.path)
            case _:
                return self.below(self.of(binding.value, binding.scope), binding.path)

    def parameter(self, function: form.Function, position: int, kind: str = "") -> Found:
        """What callers give to a parameter."""
        root = self.roots.get((function, position))
        if root is not None:
            return root
        key = (id(function), -1 - position)
        found = self.known(key)
        return found if found is not None else self.asked(key, lambda: given(self, function, position))

    def items(self, found: Iterable[Origin]) -> Found:
        """What going through these values gives."""
        return once(inner for one in found for inner in items_of(self, one))

    def item(self, owners: Found, key: form.Expression, scope: Scope) -> Iterator[Origin]:
        """What `owner[key]` gives."""
        return item_of(self, owners, key, scope)
