"""Containers of Python's library: `defaultdict`, `OrderedDict`, `deque`, `namedtuple`, and classes that are dicts.

Library reference: https://docs.python.org/3/library/collections.html and
https://docs.python.org/3/reference/datamodel.html#emulating-container-types (3.13).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.link.evaluate.python_builtins import BUILTINS, RECORD
from auditor.model import form
from auditor.model.span import NOWHERE, Location
from auditor.model.value import (
    NONE,
    UNDEFINED,
    Arguments,
    Class,
    Closure,
    Instance,
    List,
    Model,
    Native,
    Record,
    Scope,
    Symbol,
    Text,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from auditor.link.evaluate.machine import Machine

DICT = "builtins.dict"
"""The kind of objects whose class of the project is a `dict`; their state is the record of their entries."""


def entry(machine: Machine, container: Value, key: Value) -> Value | None:
    """`container[key]` of a `defaultdict`, which makes what it lacks, and of objects that are dicts."""
    name = key.literal if isinstance(key, Text) else None
    record = _record(container)
    if name is None or record is None:
        return None
    if record.factory is not None and name not in record.entries and not record.open:
        empty = Arguments((), {}, None, Location(machine.file, NOWHERE))
        machine.write(record.entries, name, machine.call(record.factory, (), empty), record.born)
    return machine.member(record, name) if record is not container or record.factory is not None else None


def set_entry(machine: Machine, container: Value, key: Value, value: Value) -> bool:
    """`container[key] = value` of objects that are dicts or say themselves what it does; whether it is one."""
    if not isinstance(container, Instance) or container.cls is None:
        return False
    own = machine.member(container, "__setitem__")
    if not isinstance(own, Closure | Native) or container.location is None:
        return False
    machine.call_value(own, Arguments((key, value), {}, None, container.location))
    return True


def _record(container: Value | None) -> Record | None:
    state = container.state if isinstance(container, Instance) and container.kind == DICT else container
    return state if isinstance(state, Record) else None


def _defaultdict(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    made = _plain(machine, Arguments(arguments.positional[1:], arguments.named, None, arguments.location), None)
    factory = machine.argument(arguments, 0)
    if isinstance(made, Record) and factory not in (None, NONE):
        made.factory = factory
    return made


def _plain(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    return BUILTINS["dict"](machine, arguments, this)


def _make(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """An object of a class of the project that is a dict."""
    made = _plain(machine, arguments, None)
    if not isinstance(this, Instance):
        return made
    this.state = made
    return this


def _of_record(name: str) -> Model:
    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        record = _record(this)
        return RECORD[name](machine, arguments, record) if record is not None else Unknown("a method of a table")

    return model


def _get_item(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    found = entry(machine, this or NONE, machine.argument(arguments, 0) or UNDEFINED)
    return found if found is not None else Unknown("an entry of a table")


def _set_item(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    record, key = _record(this), machine.argument(arguments, 0)
    if record is not None and isinstance(key, Text) and key.literal is not None:
        machine.write(record.entries, key.literal, machine.argument(arguments, 1) or NONE, record.born)
    elif record is not None:
        record.open = True
    return NONE


def _named_tuple(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`namedtuple("Point", ["x", "y"])` or `"x y"`: a class whose instances have these fields, in order."""
    name, given = machine.argument(arguments, 0, "typename"), machine.argument(arguments, 1, "field_names")
    parts = [machine.force(one) for one in given.items] if isinstance(given, List) and not given.open else []
    names = [one.literal for one in parts if isinstance(one, Text) and one.literal]
    if isinstance(given, Text) and given.literal:
        names = given.literal.replace(",", " ").split()
    if not isinstance(name, Text) or not name.literal or not names or arguments.scope is None:
        return Unknown("a class that is made")
    span = arguments.location.span
    written = tuple(form.Field(one, form.Name("object", span), None, False, span) for one in names)
    node = form.Class(name.literal, (), written, span)
    return Class(node, Scope({}, arguments.scope, arguments.scope.file), (Symbol("typing.NamedTuple"),), {})


def _deque(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    return BUILTINS["list"](machine, arguments, this)


CONTAINERS: dict[str, Model] = {
    DICT: _make,
    "collections.defaultdict": _defaultdict,
    "collections.OrderedDict": _plain,
    "collections.deque": _deque,
    "collections.namedtuple": _named_tuple,
}
CONTAINER_METHODS: dict[str, dict[str, Model]] = {
    DICT: {
        **{name: _of_record(name) for name in RECORD},
        "__getitem__": _get_item,
        "__setitem__": _set_item,
        "__iter__": _of_record("keys"),
    }
}
