"""Which messages does the code that receives frames tell apart, and does it hand frames to anybody else?"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from auditor.link.channels.carrying import carried, fields_read, received, within
from auditor.link.channels.classes import discriminators
from auditor.link.channels.constants import constants, keys_of
from auditor.link.channels.names import ITERATING, PARSING, QUIET
from auditor.link.channels.origins import Origins
from auditor.link.channels.payloads import KEYS
from auditor.link.channels.tables import Scope
from auditor.link.channels.values import Code, Const, Event, Origin, Raw, Received, Setter, Type
from auditor.link.channels.written import last_name
from auditor.link.evaluate.walk import called_name
from auditor.model import form
from auditor.model.channel import Message, Parsed
from auditor.model.span import Location

_FUNCTIONS = 400
_WORD = re.compile(r"[A-Za-z][\w.-]{1,30} ?")  # a command at the beginning of a text


@dataclass
class Handled:
    """What one channel's receiving code tells apart, and by which comparisons; `otherwise`: in another way too."""

    messages: set[Message] = field(default_factory=set)
    open: set[str] = field(default_factory=set)
    prefixes: set[str] = field(default_factory=set)
    parsed: set[Parsed] = field(default_factory=set)
    tests: dict[form.Binary, Scope] = field(default_factory=dict)
    otherwise: bool = False
    touched: bool = False


class Receivers:
    """The functions that frames of a channel reach, and what they do with them."""

    def __init__(self, origins: Origins) -> None:
        self._origins = origins
        self.handled: dict[str, Handled] = {}
        self._done: dict[form.Function, set[str]] = {}

    def follow(self, function: form.Function, keys: Iterable[str]) -> None:
        """Looks at a function that frames of these channels reach, and at what it calls with them."""
        queue = [function]
        wanted = set(keys)
        while queue and len(self._done) < _FUNCTIONS:
            current = queue.pop()
            known = self._done.setdefault(current, set())
            if wanted <= known:
                continue
            known |= wanted
            queue += self._look(current, wanted)

    @property
    def functions(self) -> tuple[form.Function, ...]:
        """The functions that frames reach."""
        return tuple(self._done)

    def again(self, functions: Iterable[form.Function], keys: Iterable[str]) -> None:
        """Looks at functions and those in them, once more if need be: more is known of what they are given. What they
        call is not followed."""
        wanted = set(keys)
        queue = list(functions)
        for function in queue:
            inside = self._origins.index.inside.get(self._origins.index.scopes[function], ())
            queue += (one for one in inside if isinstance(one, form.Function))
            deque(self._look(function, wanted), 0)

    def _look(self, function: form.Function, wanted: set[str]) -> Iterator[form.Function]:
        scope = self._origins.index.scopes.get(function)
        if scope is None:
            return
        inside = self._origins.index.inside.get(scope, [])
        for node in inside:
            match node:
                case form.Function():
                    yield node
                case form.Call():
                    yield from self._call(node, scope, wanted)
                case form.Binary("==" | "!=" | "in" | "not in"):
                    self._compare(node, scope, wanted)
                case form.Opaque(reason, parts) if reason.startswith("jsx:") and parts:
                    yield from self._shown(reason.removeprefix("jsx:"), parts[0], scope, wanted)
                case form.Index(owner, key):
                    self._table(owner, key, scope, wanted, node)
                case _:
                    pass
        yield from self._given_on(function, scope, wanted)

    def _shown(self, name: str, properties: form.Node, scope: Scope, wanted: set[str]) -> Iterator[form.Function]:
        """`<Log lines={lines} />` hands what came in to the component."""
        for element, given, _ in self._origins.index.shown.get(name, ()):
            values = [entry.value for entry in given.entries] if given is properties else []
            if any(carried(self._origins, value, scope, wanted) for value in values):
                yield from functions_of(self._origins.of(element, scope))

    def _contained(
        self,
        owner: form.Expression,
        item: form.Expression,
        owners: list[Received | Raw | Event],
        scope: Scope,
        wanted: set[str],
    ) -> None:
        """`["start", "stop"].includes(message.type)`, `types.has("start")` where all types are gathered."""
        for one in owners if _is_key(owners) else ():
            self._add(one, constants(self._origins, item, scope), (), scope)
        for one in () if owners else received(self._origins, item, scope, wanted):
            if isinstance(one, Received):
                self._add(one, constants(self._origins, owner, scope), (), scope)

    def _given_on(self, function: form.Function, scope: Scope, wanted: set[str]) -> Iterator[form.Function]:
        """Who calls a function that returns or yields frames."""
        index = self._origins.index
        given = [*index.yields.get(function, ()), *index.returns.get(function, ())]
        given += [entry.value for one in given if isinstance(one, form.Object) for entry in one.entries]
        if any(received(self._origins, one, scope, wanted) for one in given):
            for _, inside in self._origins.callers(function):
                if inside.function is not None:
                    yield inside.function

    def _of(self, key: str) -> Handled:
        found = self.handled.setdefault(key, Handled())
        found.touched = True
        return found

    def _compare(self, node: form.Binary, scope: Scope, wanted: set[str]) -> None:
        for subject, other in ((node.left, node.right), (node.right, node.left)):
            if isinstance(subject, form.Literal):
                continue
            found = received(self._origins, subject, scope, wanted)
            if not found:
                continue
            own = {one.value for one in self._origins.of(subject, scope) if isinstance(one, Const)}
            values = constants(self._origins, other, scope)
            then = self._origins.index.comparisons.get(node, (scope, ()))[1]
            for one in found:
                self._add(one, values, then if node.operator in ("==", "in") else (), scope, own)
                if isinstance(one, Received) and one.path and one.path[-1] in KEYS:
                    self._of(one.key).tests[node] = scope
            return

    def _add(
        self,
        one: Received | Raw | Event,
        values: Iterable[Const],
        then: tuple[form.Statement, ...],
        scope: Scope,
        own: AbstractSet[str] = frozenset(),
    ) -> None:
        """`own` are texts that this side may have put there itself: their handlers are not dead."""
        if isinstance(one, Event):
            return
        key = ".".join(one.path) if isinstance(one, Received) else ""
        if isinstance(one, Received) and not one.path:
            return
        handled = self._of(one.key)
        for value in values:
            if value.value:
                fields = fields_read(self._origins, one.key, then, scope)
                sure = (not isinstance(one, Received) or one.sure) and value.value not in own
                handled.messages.add(Message(value.value, key, value.location, fields, True, echoed=not sure))

    def _table(
        self, owner: form.Expression, key: form.Expression, scope: Scope, wanted: set[str], node: form.Node
    ) -> None:
        """`HANDLERS[kind]`, `handlers.get(kind)`: the keys of the table are handled."""
        if isinstance(key, form.Literal):
            return
        if isinstance(key, form.Template):
            self._made(key, scope, wanted)
            return
        for one in received(self._origins, key, scope, wanted):
            if isinstance(one, Event) or (isinstance(one, Received) and not one.path):
                continue
            keys = keys_of(self._origins, owner, scope)
            self._add(one, keys, (), scope)
            self._of(one.key).otherwise = True
            if not keys and not (isinstance(one, Received) and one.path[-1] not in KEYS):
                self._of(one.key).open.add(f"a table of handlers, {last_name(owner) or '?'}, that could not be read")

    def _kinds(self, subject: form.Expression, kinds: form.Expression, scope: Scope, wanted: set[str]) -> None:
        """`isinstance(message, Start)`: the class says which type that is."""
        found = [one for one in received(self._origins, subject, scope, wanted) if isinstance(one, Received)]
        for kind in kinds.items if found and isinstance(kinds, form.Array) else (kinds,) if found else ():
            for made in self._origins.of(kind, scope):
                for key, value in discriminators(self._origins, made):
                    for one in found:
                        path = ".".join((*one.path, key))
                        self._of(one.key).otherwise = True
                        self._of(one.key).messages.add(Message(value.value, path, value.location, (), True))

    def _made(self, name: form.Template, scope: Scope, wanted: set[str]) -> None:
        """`getattr(self, f"handle_{kind}")`: a name that is made of the type finds its handler at run time."""
        for part in name.parts:
            for one in () if isinstance(part, str) else received(self._origins, part, scope, wanted):
                self._of(one.key).open.add("handlers that are found by a name made at run time")

    def _call(self, node: form.Call, scope: Scope, wanted: set[str]) -> Iterator[form.Function]:
        name = called_name(node)
        for argument in node.arguments[1:2] if name in ("getattr", "hasattr") else ():
            if isinstance(argument.value, form.Template):
                self._made(argument.value, scope, wanted)
        if isinstance(node.callee, form.Member):
            named = [one.value for one in node.arguments[:1] if isinstance(one.value, form.Name) and name in ITERATING]
            if named and carried(self._origins, node.callee.object, scope, wanted):
                yield from functions_of(self._origins.of(named[0], scope))
            owner = received(self._origins, node.callee.object, scope, wanted)
            if owner and name in ("startsWith", "startswith", "includes") and not _is_key(owner):
                values = (
                    [one.value for one in constants(self._origins, node.arguments[0].value, scope)]
                    if node.arguments
                    else []
                )
                place = Location(scope.file, node.span)
                for one in owner:
                    if isinstance(one, Raw):
                        self._of(one.key).prefixes.update(values)
                        words = [text for text in values if _WORD.fullmatch(text)]
                        self._of(one.key).messages |= {Message(text.strip(), "", place, (), True) for text in words}
                    elif isinstance(one, Received) and one.path and (values or one.path[-1] in KEYS):
                        self._of(one.key).open.add(f"a {one.path[-1]} that is told by its beginning")
                return
            if name in ("has", "includes", "indexOf") and node.arguments:
                self._contained(node.callee.object, node.arguments[0].value, owner, scope, wanted)
            if name in ("get", "has") and node.arguments and not owner:
                self._table(node.callee.object, node.arguments[0].value, scope, wanted, node)
                return
        if name == "isinstance" and len(node.arguments) == 2:
            self._kinds(node.arguments[0].value, node.arguments[1].value, scope, wanted)
            return
        passed: list[tuple[form.Argument, list[Received | Raw | Event]]] = [
            (argument, found)
            for argument in node.arguments
            if (found := carried(self._origins, argument.value, scope, wanted))
            or (found := within(self._origins, argument, scope, wanted))
        ]
        if not passed:
            return
        yield from self._kept(node, scope)
        for setter in self._origins.of(node.callee, scope):
            if isinstance(setter, Setter) and setter.scope.function is not None:
                yield setter.scope.function  # the component reads it
        callees, known = self._origins.callees(node, scope)
        for function in functions_of(callees):
            self._origins.also_called(function, name)
            yield function
        for built in callees:
            if isinstance(built, Type) and isinstance(built.node, form.Class):
                for _, found in passed:
                    for item in found:
                        made = Parsed(f"{built.file}:{built.node.name}", Location(scope.file, node.span))
                        self._of(item.key).parsed.add(made)
        if known or name in QUIET or name in PARSING or isinstance(node.callee, form.Index):
            return
        for _, found in passed:
            for item in found:
                if isinstance(item, Event | Raw) or not item.path or item.path[-1] in KEYS:
                    self._of(item.key).open.add(f"frames are handed to {name or 'a function'}")

    def _kept(self, node: form.Call, scope: Scope) -> Iterator[form.Function]:
        """The methods of a class that keeps the frames: one of them may give them on."""
        match node.callee:
            case form.Member(form.Member(form.Name("this" | "self")), "push" | "append" | "put" | "unshift"):
                methods = scope.owner.body if scope.owner is not None else ()
                yield from (one.function for one in methods if isinstance(one, form.Def))
            case _:
                return


def _is_key(found: Iterable[Origin]) -> bool:
    """Whether something that tells messages apart is among some origins."""
    return any(isinstance(one, Received) and one.path and one.path[-1] in KEYS for one in found)


def functions_of(found: Iterable[Origin]) -> Iterator[form.Function]:
    """The functions among some origins."""
    for one in found:
        if isinstance(one, Code):
            yield one.node
