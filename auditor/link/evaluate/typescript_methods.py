"""Methods of JavaScript's text, arrays, objects, functions and promises, as models.

A promise is its value here, because `await` is transparent: `.then(f)` calls `f` with it.
Reference: https://developer.mozilla.org/en-US/docs/Web/JavaScript/Reference/Global_Objects
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from auditor.link.evaluate.classes import bound
from auditor.link.evaluate.typescript_arrays import ARRAY, each
from auditor.link.evaluate.typescript_text import ADDRESSES, REPLACING, TEXT
from auditor.model.text import as_texts, choice, dependencies_of
from auditor.model.value import (
    UNDEFINED,
    Arguments,
    Closure,
    Constant,
    Instance,
    List,
    Model,
    Module,
    Native,
    Record,
    Text,
    Undefined,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from auditor.link.evaluate.machine import Machine


def attribute(machine: Machine, value: Value, name: str) -> Value | None:
    """A method or property of a built-in type, bound to its receiver."""
    tables: tuple[Mapping[str, Model], ...]
    match value:
        case Text():
            if name == "length":
                return Constant(len(value.literal)) if value.literal is not None else None
            tables = (TEXT, _PROMISE)
        case List():
            if name == "length":
                uncertain = value.open or value.unsure or machine.may_grow(value)
                return Unknown("the length of an open list") if uncertain else Constant(len(value.items))
            tables = (ARRAY, _PROMISE)
        case Record():
            tables = (_OBJECT, _PROMISE)
        case Closure() | Native():
            tables = (_FUNCTION, _PROMISE)
        case Unknown(environment=environment) if (page := ADDRESSES.get(environment)) and name in REPLACING:
            return Native(name, TEXT[name], page)
        case Unknown():
            tables = (_UNKNOWN, _PROMISE)
        case Instance(kind="URL") if name == "href":
            return choice(as_texts(value))
        case Instance():
            tables = (_OBJECT, _PROMISE)
        case Module():
            tables = (_PROMISE,)
        case _:
            return None
    for table in tables:
        if name in table:
            return Native(name, table[name], value)
    return None


# -- text ------------------------------------------------------------------------------------------


# -- arrays ----------------------------------------------------------------------------------------


# -- objects, functions, promises --------------------------------------------------------------------


def _object_text(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    if isinstance(this, Instance) and this.kind == "URL":
        return choice(as_texts(this))
    if isinstance(this, Instance) and "value" in this.fields:
        return machine.force(this.fields["value"])
    return Unknown("an object as text", dependencies_of(this))


def _bind(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    receiver = machine.argument(arguments, 0)
    rest = arguments.positional[1:]
    function = bound(this, receiver) if isinstance(this, Closure) and receiver is not None else this
    if not rest or function is None:
        return function or UNDEFINED

    def model(machine: Machine, inner: Arguments, _: Value | None) -> Value:
        return machine.call(function, (*rest, *inner.positional), inner)

    return Native("bound", model)


def _call(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    receiver = machine.argument(arguments, 0)
    function = bound(this, receiver) if isinstance(this, Closure) and receiver is not None else this
    return machine.call_value(
        function or UNDEFINED, Arguments(arguments.positional[1:], {}, arguments.site, arguments.location)
    )


def _apply(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    given = machine.argument(arguments, 1)
    positional = tuple(given.items) if isinstance(given, List) else ()
    is_open = not isinstance(given, List) or given.open
    receiver = machine.argument(arguments, 0)
    function = bound(this, receiver) if isinstance(this, Closure) and receiver is not None else this
    return machine.call_value(
        function or UNDEFINED, Arguments(positional, {}, arguments.site, arguments.location, open=is_open)
    )


def _then(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    function = machine.argument(arguments, 0)
    failed = machine.argument(arguments, 1)
    if isinstance(failed, Closure):
        machine.call(failed, (Unknown("an error"),), arguments)
    if function is None or isinstance(function, Undefined):
        return this or UNDEFINED
    return machine.call(function, (this or UNDEFINED,), arguments)


def _catch(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    function = machine.argument(arguments, 0)
    if function is not None:
        machine.call(function, (Unknown("an error"),), arguments)
    return this or UNDEFINED


_OBJECT: dict[str, Model] = {"toString": _object_text, "toJSON": _object_text}
_FUNCTION: dict[str, Model] = {"bind": _bind, "call": _call, "apply": _apply}
_PROMISE: dict[str, Model] = {"then": _then, "catch": _catch, "finally": _catch}
_UNKNOWN: dict[str, Model] = {
    name: each({"forEach": "none", "some": "test", "every": "test"}.get(name, "map"))
    for name in ("map", "forEach", "filter", "flatMap", "some", "every")
}
