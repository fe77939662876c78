"""The browser's collections of names and values: `URLSearchParams`, `FormData`, `Headers`.

https://url.spec.whatwg.org/#interface-urlsearchparams, https://xhr.spec.whatwg.org/#interface-formdata,
https://fetch.spec.whatwg.org/#headers-class. The names are the fields of an instance; its state is true where there
may be others.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from auditor.link.evaluate.control import iterate
from auditor.link.evaluate.patterns import item_at
from auditor.model.carried import COLLECTIONS
from auditor.model.query import names_in
from auditor.model.text import as_texts
from auditor.model.value import (
    NONE,
    UNDEFINED,
    Arguments,
    Choice,
    Instance,
    List,
    Model,
    Record,
    Text,
    Undefined,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from auditor.link.evaluate.machine import Machine


def make_pairs(kind: str) -> Model:
    """`new URLSearchParams(init)`, `new FormData(form)`, `new Headers(init)`."""

    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        made = Instance(None, kind, {}, location=arguments.location)
        given = machine.argument(arguments, 0)
        for one in given.options if isinstance(given, Choice) else (given,):
            _fill(machine, made, one)
        return made

    return model


def _fill(machine: Machine, made: Instance, given: Value | None) -> None:
    match given:
        case None | Undefined():
            return
        case Record():
            made.fields.update(given.entries)
            made.state = made.state or given.open or machine.is_exposed(given)
        case Instance(kind=kind) if kind in COLLECTIONS:
            made.fields.update(given.fields)
            made.state = made.state or given.state
        case Text(parts):
            keys = names_in(parts)
            made.fields.update({name.removeprefix("?"): Unknown("a value") for name in keys.names})
            made.state = made.state or bool(keys.open)
        case List():
            items, uncertain = iterate(machine, given)
            made.state = made.state or uncertain
            for item in items:
                if not (uncertain and isinstance(item, Unknown)):
                    _put(machine, made, item_at(machine, item, 0), item_at(machine, item, 1))
        case _:
            made.state = made.state or given != NONE


def _put(machine: Machine, this: Instance, key: Value, value: Value) -> None:
    for name in as_texts(key):
        if name.literal is None:
            this.state = True
        else:
            machine.write(this.fields, name.literal, value, this.born)


def _set(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    if isinstance(this, Instance):
        key, value = machine.argument(arguments, 0) or UNDEFINED, machine.argument(arguments, 1) or Unknown("a value")
        _put(machine, this, key, value)
    return UNDEFINED


def _delete(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    key = machine.argument(arguments, 0)
    if isinstance(this, Instance) and isinstance(key, Text) and key.literal in this.fields:
        machine.write(this.fields, key.literal or "", UNDEFINED, this.born)
    return UNDEFINED


def _text(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    return as_texts(this)[0] if this is not None else UNDEFINED


_METHODS: dict[str, Model] = {"set": _set, "append": _set, "delete": _delete}

METHODS: Mapping[str, Mapping[str, Model]] = {
    "URLSearchParams": {**_METHODS, "toString": _text},
    "FormData": _METHODS,
    "Headers": _METHODS,
}
"""Methods of the three."""
