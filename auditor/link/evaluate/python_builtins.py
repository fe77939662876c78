"""Built-in functions of Python and the methods of its text, lists and dicts, as models.

Library reference: https://docs.python.org/3/library/stdtypes.html (3.13).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from auditor.link.evaluate.control import iterate
from auditor.link.evaluate.operators import truth
from auditor.link.evaluate.patterns import item_at
from auditor.link.evaluate.python_format import printed
from auditor.link.evaluate.python_iteration import ITERATION
from auditor.link.evaluate.python_reflection import REFLECTION
from auditor.link.evaluate.python_text import TEXT
from auditor.model.text import as_texts, choice, dependencies_of
from auditor.model.value import (
    NONE,
    Arguments,
    Class,
    Closure,
    Constant,
    Instance,
    List,
    Model,
    Module,
    Native,
    Record,
    Symbol,
    Text,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from auditor.link.evaluate.machine import Machine


def attribute(machine: Machine, value: Value, name: str) -> Value | None:
    """A method of a built-in type, bound to its receiver."""
    match value:
        case Text():
            methods: Mapping[str, Model] = TEXT
        case List():
            methods = _LIST
        case Record():
            methods = RECORD
        case Closure() | Class() if name in ("__name__", "__qualname__"):
            return Text((value.node.name,))
        case Class() if name == "__subclasses__":
            return Native(name, _subclasses, value)
        case _:
            return None
    return Native(name, methods[name], value) if name in methods else None


def _append(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    assert isinstance(this, List)
    value = machine.argument(arguments, 0)
    if value is not None:
        machine.append(this, value)
    return NONE


def _extend(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    assert isinstance(this, List)
    value = machine.argument(arguments, 0)
    if isinstance(value, List):
        for item in value.items:
            machine.append(this, machine.force(item))
        this.open = this.open or value.open
    else:
        this.open = True
    return NONE


def _copy(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    if isinstance(this, List):
        return List(list(this.items), this.open, this.kind)
    assert isinstance(this, Record)
    return Record(dict(this.entries), this.open, kind=this.kind)


def _insert(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    assert isinstance(this, List)
    place, value = machine.argument(arguments, 0), machine.argument(arguments, 1)
    before = list(this.items)
    if value is not None:
        machine.append(this, value)
        if isinstance(place, Constant) and isinstance(place.value, int) and len(this.items) > len(before):
            before.insert(place.value, value)
            this.items[:] = before
    return NONE


_LIST: dict[str, Model] = {
    "append": _append,
    "add": _append,
    "insert": _insert,
    "extend": _extend,
    "update": _extend,
    "copy": _copy,
}


def _get(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    assert isinstance(this, Record)
    key = machine.argument(arguments, 0)
    default = machine.argument(arguments, 1, "default")
    name = key.literal if isinstance(key, Text) else None
    if name is not None and name in this.entries:
        return machine.force(this.entries[name])
    fallback = default if default is not None else NONE
    if name is not None and not this.open:
        return fallback
    return choice([Unknown("an entry of a table"), fallback])


def _setdefault(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    assert isinstance(this, Record)
    key = machine.argument(arguments, 0)
    value = machine.argument(arguments, 1, "default") or NONE
    if not isinstance(key, Text) or key.literal is None:
        this.open = True
        return choice([Unknown("an entry of a table"), value])
    if key.literal not in this.entries and not this.open:
        machine.write(this.entries, key.literal, value, this.born)
    return _get(machine, arguments, this)


def _items(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    assert isinstance(this, Record)
    pairs: list[Value] = [List([Text((k,)), machine.force(v)], kind="tuple") for k, v in this.entries.items()]
    return List(pairs, this.open)


def _values(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    assert isinstance(this, Record)
    return List([machine.force(value) for value in this.entries.values()], this.open)


def _keys(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    assert isinstance(this, Record)
    return List([Text((key,)) for key in this.entries], this.open)


def _update(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    assert isinstance(this, Record)
    other = machine.argument(arguments, 0)
    if isinstance(other, Record):
        for key, value in other.entries.items():
            machine.write(this.entries, key, value)
        this.open = this.open or other.open
    elif other is not None:
        pairs, uncertain = iterate(machine, other)
        this.open = this.open or uncertain
        for pair in pairs:
            name = item_at(machine, pair, 0)
            if isinstance(name, Text) and name.literal is not None:
                machine.write(this.entries, name.literal, item_at(machine, pair, 1))
            else:
                this.open = True
    for key, lazy in arguments.named.items():
        machine.write(this.entries, key, machine.force(lazy))
    return NONE


RECORD: dict[str, Model] = {
    "get": _get,
    "items": _items,
    "values": _values,
    "keys": _keys,
    "update": _update,
    "copy": _copy,
    "pop": _get,
    "setdefault": _setdefault,
}


def _subclasses(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    assert isinstance(this, Class)
    return List([cls for cls in machine.classes if this in cls.bases])


def _str(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    value = machine.argument(arguments, 0)
    return choice(as_texts(printed(machine, value))) if value is not None else Text(())


def _dict(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    record = Record({}, arguments.open, kind="dict")
    _update(machine, arguments, record)
    return record


def _bool(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    value = machine.argument(arguments, 0)
    known = truth(value) if value is not None else False
    return Constant(known) if known is not None else Unknown("the truth of something unknown")


def _isinstance(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    value, kind = machine.argument(arguments, 0), machine.argument(arguments, 1)
    options = kind.items if isinstance(kind, List) else [kind]
    if isinstance(value, Instance):
        from auditor.link.evaluate.classes import linearised

        classes, libraries = linearised(value.cls) if value.cls is not None else ([], [])
        known = {id(cls) for cls in classes}
        names = {symbol.name for symbol in libraries} | {value.kind}
        if any(id(option) in known or (isinstance(option, Symbol) and option.name in names) for option in options):
            return Constant(True)
        if all(isinstance(option, Class) for option in options):
            return Constant(False)
    modelled = machine.methods.keys() | machine.symbols.keys()
    if all(isinstance(option, Symbol) and option.name in modelled for option in options):
        plain = isinstance(value, Text | Constant | List | Record | Closure | Class | Module | Native)
        if plain or (isinstance(value, Symbol) and value.name in machine.symbols):
            return Constant(False)
    simple = {"str": Text, "list": List, "tuple": List, "dict": Record}
    for option in options:
        if isinstance(option, Native) and option.name in simple and not isinstance(value, Unknown):
            return Constant(isinstance(value, simple[option.name]))
    return Unknown("the type of a value")


def _type(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    value = machine.argument(arguments, 0)
    if isinstance(value, Instance) and value.cls is not None:
        return value.cls
    name = _TYPES.get(type(value)) if not isinstance(value, List) else value.kind
    if name in BUILTINS:
        return Native(name, BUILTINS[name])
    return Unknown("the type of a value", dependencies_of(value))


_TYPES: dict[type, str] = {Text: "str", Record: "dict", Class: "type"}


BUILTINS: dict[str, Model] = {
    **ITERATION,
    "str": _str,
    "dict": _dict,
    "bool": _bool,
    "type": _type,
    **REFLECTION,
    "isinstance": _isinstance,
}
