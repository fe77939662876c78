"""What a parameter holds of which only the type is known: a client of a library, or an object with clients in it.

`(client: AxiosInstance)`, `({ api }: Props)` where `interface Props { api: Client }`, and
`type Client = ReturnType<typeof createClient>`, which is what that function gives. Types that lead to no client
tell nothing here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from auditor.adapter import Adapter
from auditor.link.evaluate.frame import OutOfFuel
from auditor.link.modules.symbols import Symbols
from auditor.model import form
from auditor.model.span import NOWHERE, Location
from auditor.model.value import UNDEFINED, Arguments, Closure, Instance, Lazy, Record, Unknown, Value

if TYPE_CHECKING:
    from auditor.link.evaluate.machine import Machine

_WRAPPERS = frozenset({"Awaited", "Promise", "Readonly", "Partial", "Required", "NonNullable", "PropsWithChildren"})
_DEPTH = 6
_NOTHING: Value = UNDEFINED
_OPEN = Unknown("the base URL of a client that is handed over", frozenset({"a client that is handed over"}))


class Typed:
    """Values by type. Answers are kept: a type is looked at once."""

    def __init__(self, machine: Machine, symbols: Symbols, adapters: Sequence[Adapter]) -> None:
        self._machine = machine
        self._symbols = symbols
        self._clients = {name: make for adapter in adapters for name, make in adapter.types.items()}
        self._known: dict[tuple[str, str], Value] = {}
        self._imports: dict[str, dict[str, str]] = {}

    def value(self, file: str, annotation: form.Expression | None, depth: int = 0) -> Value | None:
        """A value of a type that is written in `file`, None where the type leads to no client."""
        if annotation is None or depth > _DEPTH:
            return None
        match annotation:
            case form.Name() | form.Member():
                return self._named(file, annotation, depth)
            case form.Apply(form.Name("ReturnType"), (form.Unary("typeof", made),)):
                return self._returned(file, made)
            case form.Apply(form.Name(id), (inner, *_)) if id in _WRAPPERS:
                return self.value(file, inner, depth + 1)
            case form.Apply(target):
                return self.value(file, target, depth + 1)
            case form.Binary("|", left, right):
                return self.value(file, left, depth + 1) or self.value(file, right, depth + 1)
            case form.Binary("&", left, right):
                return _merged([self.value(file, left, depth + 1), self.value(file, right, depth + 1)])
            case form.Unary("typeof", value):
                found = self._evaluated(file, value)
                return found if isinstance(found, Instance) or _leads_on(found) else None
            case form.Shape(members):
                entries = {one.name: self.value(file, one.type, depth + 1) for one in members}
                return _record({name: value for name, value in entries.items() if value is not None})
            case _:
                return None

    def _named(self, file: str, annotation: form.Name | form.Member, depth: int) -> Value | None:
        name = _dotted(annotation)
        key = (file, name)
        if key not in self._known:
            self._known[key] = _NOTHING  # a type that contains itself
            found = self._defined(file, annotation, name, depth)
            self._known[key] = found if found is not None else _NOTHING
        known = self._known[key]
        return None if known is _NOTHING else known

    def _defined(self, file: str, annotation: form.Name | form.Member, name: str, depth: int) -> Value | None:
        definition = self._symbols.member(file, annotation, types=True)
        if definition is None:
            make = self._clients.get(self._library(file, name))
            return make(_OPEN) if make is not None else None
        statement = definition.statement
        if not isinstance(statement, form.TypeDefinition):
            return None
        bases = [self.value(definition.file, base, depth + 1) for base in statement.extends]
        return _merged([*bases, self.value(definition.file, statement.value, depth + 1)])

    def _library(self, file: str, name: str) -> str:
        if file not in self._imports:
            self._imports[file] = {
                item.local: node.module if item.name in ("default", "*", "") else f"{node.module}.{item.name}"
                for node in self._machine.facts[file].body
                if isinstance(node, form.Import)
                for item in node.names
            }
        first, dot, rest = name.partition(".")
        return self._imports[file].get(first, first) + dot + rest

    def _returned(self, file: str, made: form.Expression) -> Value | None:
        """What a function of the project gives, whatever it is given."""
        machine, function = self._machine, self._evaluated(file, made)
        if not isinstance(function, Closure):
            return None
        needed = [one for one in function.node.parameters if one.default is None and not one.optional and not one.kind]
        given: list[Lazy | Value] = [_OPEN for _ in needed]
        created, machine.created = machine.created, []
        effects = len(machine.effects)
        try:
            result = machine.call_value(function, Arguments(tuple(given), {}, None, Location(file, NOWHERE)))
        except OutOfFuel:
            return None
        finally:
            machine.created = created
            del machine.effects[effects:]
        return result if isinstance(result, Instance) or _leads_on(result) else None

    def _evaluated(self, file: str, value: form.Expression) -> Value:
        machine = self._machine
        return machine.evaluate(value, machine.module(file).scope)


def _leads_on(value: Value) -> bool:
    return isinstance(value, Record) and bool(value.entries)


def _merged(parts: list[Value | None]) -> Value | None:
    known = [part for part in parts if part is not None]
    records = [part for part in known if isinstance(part, Record)]
    if len(known) > 1 and len(records) == len(known):
        return _record({name: value for part in records for name, value in part.entries.items()})
    return known[0] if known else None


def _record(entries: dict[str, Value]) -> Value | None:
    return Record(entries, open=True) if entries else None


def _dotted(node: form.Expression) -> str:
    match node:
        case form.Name(id):
            return id
        case form.Member(object, name):
            return f"{_dotted(object)}.{name}"
        case _:
            return ""
