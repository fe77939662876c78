"""Python's looks at objects: `getattr`, `hasattr`, `setattr`, `dir`, `vars`, `callable`, `inspect.getmembers`.

Library reference: https://docs.python.org/3/library/functions.html and
https://docs.python.org/3/library/inspect.html#inspect.getmembers (3.13).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.link.evaluate.operators import truth
from auditor.model import form
from auditor.model.text import choice
from auditor.model.value import (
    NONE,
    Arguments,
    Choice,
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
    Undefined,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from auditor.link.evaluate.machine import Machine


_OF_FUNCTIONS = frozenset(
    f"__{name}__"
    for name in ("annotations", "call", "closure", "code", "defaults", "dict", "doc", "func", "get", "globals",
                 "kwdefaults", "module", "name", "qualname", "self", "wrapped")
)  # fmt: skip


def _getattr(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    target, name = machine.argument(arguments, 0), machine.argument(arguments, 1)
    default = machine.argument(arguments, 2)
    if target is None or not isinstance(name, Text) or name.literal is None:
        return Unknown("an attribute with a computed name")
    found = machine.member(target, name.literal)
    if default is None:
        return found
    options = found.options if isinstance(found, Choice) else (found,)
    return choice([default if isinstance(one, Unknown | Undefined) else one for one in options])


def _hasattr(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    target, name = machine.argument(arguments, 0), machine.argument(arguments, 1)
    if target is None or not isinstance(name, Text) or name.literal is None:
        return Unknown("an attribute with a computed name")
    if isinstance(target, Closure) and name.literal not in _OF_FUNCTIONS:
        return Constant(name.literal in (target.attributes or {}))
    if isinstance(target, Text | Constant | List | Record) and not name.literal.startswith("__"):
        return Constant(False) if machine.language.attribute(machine, target, name.literal) is None else Constant(True)
    if not isinstance(target, Module | Class | Instance):
        return Unknown("whether an attribute exists")
    found = machine.member(target, name.literal)
    if not isinstance(found, Unknown):
        return Constant(True)
    absent = isinstance(target, Module) and _lacks(machine, target, name.literal)
    return Constant(False) if absent else Unknown("whether an attribute exists")


def _lacks(machine: Machine, module: Module, name: str) -> bool:
    """Whether a module surely has no such name: it is evaluated, and takes nothing over from a library at large."""
    state = machine.modules.get(module.file)
    if state is None or not state.done or name in state.scope.names:
        return False
    imports = (node for node in machine.facts[module.file].body if isinstance(node, form.Import))
    return not any(item.name == "*" for node in imports for item in node.names)


def _setattr(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    target, name, value = (machine.argument(arguments, position) for position in range(3))
    if not isinstance(name, Text) or name.literal is None or value is None:
        return NONE
    if isinstance(target, Instance):
        machine.write(target.fields, name.literal, value)
    elif isinstance(target, Class):
        machine.write(target.attributes, name.literal, value)
    elif isinstance(target, Closure):
        target.attributes = {**(target.attributes or {}), name.literal: value}
    return NONE


def _callable(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    match machine.argument(arguments, 0):
        case Closure() | Native() | Class():
            return Constant(True)
        case Text() | Constant() | List() | Record() | Module():
            return Constant(False)
        case _:
            return Unknown("whether something can be called")


def _names(machine: Machine, value: Value | None) -> list[str] | None:
    """The names that the project's own modules, classes and objects have, sorted; None where that cannot be told."""
    from auditor.link.evaluate.classes import linearised

    if isinstance(value, Module) and value.file:
        return sorted(machine.module(value.file).scope.names)
    cls = value.cls if isinstance(value, Instance) else value
    if not isinstance(cls, Class):
        return None
    names = {name for known in linearised(cls)[0] for name in known.attributes}
    return sorted(names | (set(value.fields) if isinstance(value, Instance) else set()))


def _dir(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    names = _names(machine, machine.argument(arguments, 0))
    return List([Text((name,)) for name in names]) if names is not None else Unknown("the names of something")


def _vars(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    value = machine.argument(arguments, 0)
    known = dictionary(machine, value)
    return known if known is not None else Unknown("the attributes of something")


def dictionary(machine: Machine, value: Value | None) -> Value | None:
    """`value.__dict__` of a module, class, object or function of the project."""
    match value:
        case Module(file=file) if file:
            return Record(dict(machine.module(file).scope.names), kind="dict")
        case Class(attributes=attributes):
            return Record(dict(attributes), kind="dict")
        case Instance(cls=cls, fields=fields) if cls is not None:
            return Record(dict(fields), kind="dict")
        case Closure(attributes=attributes):
            return Record(dict(attributes or {}), kind="dict")
        case _:
            return None


def _getmembers(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`inspect.getmembers(value, predicate)`: pairs of name and value."""
    value, predicate = machine.argument(arguments, 0), machine.argument(arguments, 1, "predicate")
    names = _names(machine, value)
    if names is None or value is None:
        return Unknown("the members of something")
    pairs: list[Value] = []
    for name in names:
        found = machine.member(value, name)
        if predicate is None or predicate == NONE or truth(machine.call(predicate, (found,), arguments)) is not False:
            pairs.append(List([Text((name,)), found], kind="tuple"))
    return List(pairs)


def _is_function(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    value = machine.argument(arguments, 0)
    return Unknown("the type of a value") if isinstance(value, Unknown) else Constant(isinstance(value, Closure))


def _issubclass(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`issubclass(cls, types)`; a class that has all that is known of a library's type counts as one of that type."""
    from auditor.link.evaluate.classes import is_closed, linearised

    cls, kind = machine.argument(arguments, 0), machine.argument(arguments, 1)
    if isinstance(cls, Closure):
        return Constant(False)
    if not isinstance(cls, Class):
        return Unknown("the bases of a class")
    classes, libraries = linearised(cls)
    options = [machine.force(one) for one in kind.items] if isinstance(kind, List) else [kind]
    for option in options:
        methods = machine.methods.get(option.name, {}) if isinstance(option, Symbol) else {}
        inherits = option in libraries or any(option is known for known in classes)
        if inherits or (methods and all(isinstance(machine.member(cls, name), Closure | Native) for name in methods)):
            return Constant(True)
    return Constant(False) if is_closed(cls) else Unknown("the bases of a class")


def _is_class(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    value = machine.argument(arguments, 0)
    return Unknown("the type of a value") if isinstance(value, Unknown) else Constant(isinstance(value, Class))


REFLECTION: dict[str, Model] = {
    "getattr": _getattr,
    "hasattr": _hasattr,
    "setattr": _setattr,
    "callable": _callable,
    "dir": _dir,
    "vars": _vars,
    "issubclass": _issubclass,
}
REFLECTION_SYMBOLS: dict[str, Model] = {
    "inspect.getmembers": _getmembers,
    **dict.fromkeys(("inspect.isfunction", "inspect.ismethod", "inspect.iscoroutinefunction"), _is_function),
    "inspect.isclass": _is_class,
}
