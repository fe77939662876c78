"""Classes: how they are made, where a member is found, how an instance comes to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.link.evaluate.calls import invoke
from auditor.link.evaluate.functions import decorate
from auditor.model import form
from auditor.model.span import Location
from auditor.model.text import as_texts
from auditor.model.value import (
    NONE,
    UNDEFINED,
    Arguments,
    Choice,
    Class,
    Closure,
    Instance,
    Native,
    Scope,
    Super,
    Symbol,
    Text,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from auditor.link.evaluate.machine import Machine

_PROPERTIES = {"property", "cached_property", "computed_field", "hybrid_property"}
_ENUMS = {"enum.Enum", "enum.StrEnum", "enum.IntEnum", "enum.Flag", "enum.IntFlag"}


def make_class(machine: Machine, node: form.Class, scope: Scope) -> Value:
    """Runs a class body and applies the class decorators."""
    bases = tuple(_base(machine, base, scope) for base in node.bases)
    cls = Class(node, scope, bases, {})
    inner = Scope(cls.attributes, scope, scope.file, False)
    static = Scope({"this": cls, node.name: cls}, scope, scope.file) if machine.language.blocks else inner
    fields: list[form.Field] = []
    for statement in node.body:
        match statement:
            case form.Def():
                _method(machine, cls, statement, inner)
            case form.Field(static=False):
                fields.append(statement)
            case form.Field():
                if statement.value is not None:
                    cls.attributes[statement.name] = machine.evaluate(statement.value, static)
            case _:
                machine.run((statement,), static)
    cls.fields = tuple(fields)
    if len(machine.frames) == 1:
        machine.classes.append(cls)
    hook = super_member(machine, Super(cls, cls), "__init_subclass__") if not machine.language.blocks else None
    if isinstance(hook, Closure | Native):
        named = {one.name: machine.evaluate(one.value, scope) for one in node.keywords if one.name}
        named.pop("metaclass", None)
        further = any(one.name is None for one in node.keywords)
        arguments = Arguments((), named, None, Location(scope.file, node.span), scope=scope, open=further)
        machine.call_value(hook, arguments)
    return decorate(machine, cls, node.decorators, scope)


def _base(machine: Machine, node: form.Expression, scope: Scope) -> Value:
    if type(node) in (form.Apply, form.Index):
        inner = node.target if isinstance(node, form.Apply) else node.object  # type: ignore[union-attr]  # by type
        return machine.evaluate(inner, scope)
    return machine.evaluate(node, scope)


def _method(machine: Machine, cls: Class, node: form.Def, scope: Scope) -> None:
    kind = node.kind
    for decorator in node.decorators:
        name = getattr(decorator, "id", "") or getattr(decorator, "name", "")
        if name in _PROPERTIES:
            kind = "get"
        if name in ("setter", "deleter"):
            return
    key = "constructor" if kind == "constructor" and machine.language.blocks else node.function.name
    if kind == "set" and key in cls.attributes:
        return
    closure = Closure(node.function, cls.scope, owner=cls, kind=kind, decorated=node.decorators)
    value: Value = closure
    if node.decorators and kind != "get":
        value = decorate(machine, closure, node.decorators, scope)
    cls.attributes[key] = value


def linearised(cls: Class) -> tuple[list[Class], list[Symbol]]:
    """A class and its bases in the project in the order of lookup, and the library bases."""
    order = _resolution(cls) if cls.bases else [cls]
    return [one for one in order if isinstance(one, Class)], [one for one in order if isinstance(one, Symbol)]


def _resolution(cls: Class) -> list[Class | Symbol]:
    """A class and all its bases in the order of lookup.

    A base that several derive from comes behind all of them, as in Python's method resolution order.
    """
    found: list[Class | Symbol] = []
    queue: list[Value] = [cls]
    while queue and len(found) < 50:
        current = queue.pop(0)
        if isinstance(current, Choice):
            queue = [*current.options, *queue]
        elif isinstance(current, Class) and current not in found:
            if any(isinstance(later, Class) and _derives(later, current) for later in queue):
                continue
            found.append(current)
            queue = [*current.bases, *queue]
        elif isinstance(current, Symbol) and current not in found:
            found.append(current)
        elif isinstance(current, Native) and current.name == "dict":
            found.append(Symbol(f"builtins.{current.name}"))
        elif isinstance(current, Instance) and current.kind:
            found.append(Symbol(current.kind))
    return found


def _derives(cls: Class, base: Class, depth: int = 12) -> bool:
    """Whether a class other than `base` has it above itself."""
    above = [option for one in cls.bases for option in _classes(one)]
    return cls is not base and depth > 0 and (base in above or any(_derives(one, base, depth - 1) for one in above))


def find_attribute(cls: Class, name: str) -> Value | None:
    """A static member or method, from the class or the nearest base that has it."""
    for candidate in linearised(cls)[0]:
        if name in candidate.attributes:
            return candidate.attributes[name]
    return None


def library_kind(machine: Machine, cls: Class) -> str:
    """The qualified name of the first library base that an adapter knows, else of the first one."""
    libraries = linearised(cls)[1]
    for symbol in libraries:
        if symbol.name in machine.methods or symbol.name in machine.symbols:
            return symbol.name
    return libraries[0].name if libraries else ""


def is_enum(cls: Class) -> bool:
    """Whether a Python class is an enumeration."""
    return any(symbol.name in _ENUMS for symbol in linearised(cls)[1])


def is_closed(cls: Class) -> bool:
    """Whether all bases of a class are known: what is not found in it does not exist."""
    classes, libraries = linearised(cls)
    return not libraries and all(isinstance(base, Class) for known in classes for base in known.bases)


def bound(closure: Closure, this: Value) -> Closure:
    """A method bound to its receiver."""
    return Closure(
        closure.node, closure.scope, closure.owner, this, closure.chain, closure.kind, closure.decorated,
        closure.attributes,
    )  # fmt: skip


def enum_member(cls: Class, name: str, value: Value) -> Instance:
    """A member of a Python enumeration; `auto()` gives the lower-case name, as `StrEnum` does."""
    if isinstance(value, Instance) and value.cls is cls:
        return value
    known = value if isinstance(value, Text) or not _is_auto(value) else Text((name.lower(),))
    return Instance(cls, "", {"value": known, "name": Text((name,))})


def _member_of_value(machine: Machine, cls: Class, value: Value) -> Value:
    """`Colour("red")`: the member with that value."""
    members = [machine.member(cls, name) for name in cls.attributes]
    found = [one for one in members if isinstance(one, Instance) and one.fields.get("value") == value]
    return found[0] if found else Unknown("a member of an enumeration")


def _is_auto(value: Value) -> bool:
    return any(
        getattr(part, "reason", "") == "what enum.auto returns" for text in as_texts(value) for part in text.parts
    )


def instantiate(machine: Machine, cls: Class, arguments: Arguments) -> Value:
    """Makes an instance of a class of the project and runs its constructor."""
    if not machine.language.blocks and arguments.positional and is_enum(cls):
        return _member_of_value(machine, cls, machine.force(arguments.positional[0]))
    chain = machine.chain(arguments)
    instance = Instance(cls, library_kind(machine, cls), location=arguments.location, chain=chain)
    machine.observe(instance)
    if machine.language.blocks:
        construct(machine, cls, instance, arguments)
        return instance
    initialiser = find_attribute(cls, "__init__")
    if isinstance(initialiser, Closure):
        invoke(machine, bound(initialiser, instance), arguments)
        return instance
    model = machine.symbols.get(instance.kind)
    if model is not None:
        model(machine, arguments, instance)
        return instance
    names = [
        field.name
        for known in reversed(linearised(cls)[0])
        for field in known.node.body
        if isinstance(field, form.Field) and field.annotation is not None
    ]
    for name, value in zip(names, arguments.positional, strict=False):
        instance.fields[name] = machine.force(value)
    for name, value in arguments.named.items():
        instance.fields[name] = value
    return instance


def construct(machine: Machine, cls: Class, instance: Instance, arguments: Arguments) -> None:
    """Runs a JavaScript constructor: base class first, then the fields, then the body."""
    constructor = cls.attributes.get("constructor")
    base = next((option for base in cls.bases for option in _classes(base)), None)
    if base is None:
        for symbol in linearised(cls)[1][:1]:
            model = machine.symbols.get(symbol.name)
            if model is not None and constructor is None:
                model(machine, arguments, instance)
        initialise_fields(machine, cls, instance)
    elif not isinstance(constructor, Closure):
        construct(machine, base, instance, arguments)
        initialise_fields(machine, cls, instance)
    if isinstance(constructor, Closure):
        invoke(machine, bound(constructor, instance), arguments)


def construct_base(machine: Machine, parent: Super, arguments: Arguments) -> None:
    """`super(…)` in a JavaScript constructor."""
    if not isinstance(parent.this, Instance):
        return
    base = next((option for base in parent.owner.bases for option in _classes(base)), None)
    if base is not None:
        construct(machine, base, parent.this, arguments)
        initialise_fields(machine, parent.owner, parent.this)
        return
    for symbol in parent.owner.bases:
        model = machine.symbols.get(symbol.name) if isinstance(symbol, Symbol) else None
        if model is not None:
            model(machine, arguments, parent.this)


def initialise_fields(machine: Machine, cls: Class, instance: Instance) -> None:
    """Evaluates the instance fields of one class."""
    scope = Scope({"this": instance, "super": Super(cls, instance)}, cls.scope, cls.scope.file)
    for field in cls.fields:
        if field.value is not None:
            value = settled_later(machine.evaluate(field.value, scope))
            machine.write(instance.fields, field.name, value)


def settled_later(value: Value) -> Value:
    """The value of a variable or field that starts out as nothing: something else may be set by now."""
    return Unknown("a value that is set later") if value in (NONE, UNDEFINED) else value


def _classes(base: Value) -> list[Class]:
    if isinstance(base, Choice):
        return [option for option in base.options if isinstance(option, Class)]
    return [base] if isinstance(base, Class) else []


def super_member(machine: Machine, parent: Super, name: str) -> Value:
    """`super().name` or `super.name`."""
    order = _resolution(_class_of(parent))
    start = order.index(parent.owner) if parent.owner in order else -1
    for candidate in order[start + 1 :]:
        if isinstance(candidate, Class):
            if name in candidate.attributes:
                value = candidate.attributes[name]
                return bound(value, parent.this) if isinstance(value, Closure) else value
        elif (model := machine.methods.get(candidate.name, {}).get(name)) is not None:
            return Native(f"{candidate.name}.{name}", model, parent.this)
        elif name == "__init__" and candidate.name in machine.symbols:
            return Native(candidate.name, machine.symbols[candidate.name], parent.this)
    return Native(f"super.{name}", _nothing)


def _class_of(parent: Super) -> Class:
    """The class whose order of lookup `super` follows: that of the receiver."""
    this = parent.this
    known = this if isinstance(this, Class) else this.cls if isinstance(this, Instance) else None
    return known if known is not None and parent.owner in linearised(known)[0] else parent.owner


def _nothing(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    return UNDEFINED
