"""Expressions: the value of each kind of node."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from auditor.link.evaluate.calls import make_arguments
from auditor.link.evaluate.changing import is_flag
from auditor.link.evaluate.classes import make_class
from auditor.link.evaluate.conditions import assumed, under
from auditor.link.evaluate.control import yielded
from auditor.link.evaluate.displays import evaluate_array, evaluate_comprehension, evaluate_object
from auditor.link.evaluate.functions import make_closure, span_of
from auditor.link.evaluate.operators import augmented, binary, logical, negated, truth
from auditor.link.evaluate.patterns import assign, item_at, old_value
from auditor.model import form
from auditor.model.span import Location, Span
from auditor.model.text import choice, concatenate, dependencies_of
from auditor.model.value import (
    FALSE,
    NONE,
    TRUE,
    UNDEFINED,
    Arguments,
    Choice,
    Class,
    Closure,
    Constant,
    Instance,
    List,
    Native,
    Record,
    Scope,
    Symbol,
    Text,
    Undefined,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from auditor.link.evaluate.machine import Machine


def _literal(machine: Machine, node: form.Literal, scope: Scope) -> Value:
    value = node.value
    if type(value) is str:
        return Text((value,) if value else (), (Location(scope.file, node.span),))
    if value is None:
        return NONE
    if value is True:
        return TRUE
    if value is False:
        return FALSE
    assert not isinstance(value, str)
    return Constant(value)


def _template(machine: Machine, node: form.Template, scope: Scope) -> Value:
    location = (Location(scope.file, node.span),)
    parts = [
        Text((part,), location)
        if isinstance(part, str)
        else machine.language.printed(machine, machine.evaluate(part, scope))
        for part in node.parts
    ]
    if node.tag is not None:
        tag = machine.evaluate(node.tag, scope)
        name = tag.name if isinstance(tag, Symbol) else "a template tag"
        if name == "String.raw":
            return concatenate(parts)
        if name in machine.symbols:
            return machine.call_value(tag, Arguments((concatenate(parts),), {}, None, location[0]))
        return Unknown(f"what {name} makes of a template", label=name)
    return concatenate(parts)


def _name(machine: Machine, node: form.Name, scope: Scope) -> Value:
    value = scope.lookup(node.id)
    if value is None:
        return machine.language.name(machine, node.id, scope)
    return machine.now(node, scope, value) if is_flag(value) else value


def _member(machine: Machine, node: form.Member, scope: Scope) -> Value:
    value = machine.evaluate(node.object, scope)
    if isinstance(value, Symbol):
        model = machine.values.get(value.name)
        if model is not None:
            return model(machine, node.name, Location(scope.file, node.span))
    found = machine.member(value, node.name)
    return machine.now(node, scope, found) if is_flag(found) or found is UNDEFINED else found


def _index(machine: Machine, node: form.Index, scope: Scope) -> Value:
    container = machine.evaluate(node.object, scope)
    key = machine.evaluate(node.index, scope)
    special = machine.language.index(machine, container, key)
    if special is not None:
        return special
    return index(machine, container, key, Location(scope.file, span_of(node.index)))


def index(machine: Machine, container: Value, key: Value, location: Location) -> Value:
    """`container[key]`; an unknown key of a closed table gives a choice of its entries."""
    if isinstance(container, Choice):
        return choice([index(machine, option, key, location) for option in container.options])
    if isinstance(key, Choice):
        return choice([index(machine, container, option, location) for option in key.options])
    if isinstance(key, Instance) and "value" in key.fields:
        key = machine.force(key.fields["value"])
    if isinstance(key, Constant) and isinstance(key.value, int) and not isinstance(key.value, bool):
        if isinstance(container, Record):
            return machine.force(container.entries.get(str(key.value)))
        return item_at(machine, container, key.value)
    if isinstance(key, Text) and key.literal is not None:
        if isinstance(container, Symbol):
            model = machine.values.get(container.name)
            if model is not None:
                return model(machine, key.literal, location)
        if isinstance(container, List):
            return Unknown("an item of a list", dependencies_of(key))
        return machine.member(container, key.literal)
    if isinstance(container, List) and not container.open and 0 < len(container.items) <= Choice.LIMIT:
        return choice([machine.force(item) for item in container.items])
    if isinstance(container, Record) and not container.open and 0 < len(container.entries) <= Choice.LIMIT:
        return choice([machine.member(container, name) for name in container.entries])
    return Unknown("an entry whose key is unknown", dependencies_of(key) | dependencies_of(container))


def _call(machine: Machine, node: form.Call, scope: Scope) -> Value:
    function = machine.evaluate(node.callee, scope)
    return machine.call_value(function, make_arguments(machine, node, scope))


def _function(machine: Machine, node: form.Function, scope: Scope) -> Value:
    closure = make_closure(machine, node, scope)
    if node.arrow:
        this = scope.lookup("this")
        closure.this = this
    return closure


def _conditional(machine: Machine, node: form.Conditional, scope: Scope) -> Value:
    known = truth(machine.evaluate(node.test, scope))
    if known is not None:
        return machine.evaluate(node.then if known else node.other, scope)
    return choice(
        [
            under(machine.evaluate(node.then, scope), assumed(node.test, True, scope)),
            under(machine.evaluate(node.other, scope), assumed(node.test, False, scope)),
        ]
    )


def _binary(machine: Machine, node: form.Binary, scope: Scope) -> Value:
    left = machine.evaluate(node.left, scope)
    if node.operator in ("and", "or", "??"):
        return logical(node.operator, left, lambda: machine.evaluate(node.right, scope))
    right = machine.evaluate(node.right, scope)
    special = machine.language.operate(machine, node.operator, left, right)
    return special if special is not None else binary(node.operator, left, right)


def _unary(machine: Machine, node: form.Unary, scope: Scope) -> Value:
    value = machine.evaluate(node.operand, scope)
    if node.operator == "not":
        return negated(value)
    if node.operator == "-" and isinstance(value, Constant) and value.value is not None:
        return Constant(-value.value)
    if node.operator == "void":
        return UNDEFINED
    if node.operator == "typeof":
        return _typeof(value)
    return Unknown(f"the result of {node.operator}", dependencies_of(value))


def _typeof(value: Value) -> Value:
    match value:
        case Text():
            return Text(("string",))
        case Undefined():
            return Text(("undefined",))
        case Symbol("window" | "document" | "navigator" | "location" | "localStorage"):
            return Text(("object",))
        case Closure() | Class() | Native():
            return Text(("function",))
        case Record() | List() | Instance():
            return Text(("object",))
        case _:
            return Unknown("the type of a run-time value", dependencies_of(value))


def _spread_alone(machine: Machine, node: form.Spread, scope: Scope) -> Value:
    return machine.evaluate(node.value, scope)


def _regex(machine: Machine, node: form.Regex, scope: Scope) -> Value:
    return Instance(None, "RegExp", {"source": Text((node.pattern,)), "flags": Text((node.flags,))})


def _assign(machine: Machine, node: form.Assign, scope: Scope) -> Value:
    if node.operator:
        value = augmented(machine, node.operator, old_value(machine, node.target, scope), node.value, scope)
    else:
        value = machine.evaluate(node.value, scope)
    assign(machine, node.target, value, scope)
    return value


def _cast(machine: Machine, node: form.Cast, scope: Scope) -> Value:
    return machine.evaluate(node.value, scope)


def _opaque(machine: Machine, node: form.Opaque, scope: Scope) -> Value:
    values = [machine.evaluate(part, scope) for part in node.parts]
    if node.reason == "sequence" and values:
        return values[-1]
    if node.reason == "slice":
        return List(values, kind="slice")
    if node.reason in ("yield", "yield-from"):
        yielded(machine, values, node.reason == "yield-from")
    if machine.gathers and node.reason.startswith("jsx:") and values:
        _gather(machine, node.reason[4:], node.span, values[0], scope)
    return Unknown(f"a {node.reason.partition(':')[0]} expression")


def _gather(machine: Machine, tag: str, span: Span, props: Value, scope: Scope) -> None:
    """Remembers the props of an element that models ask for."""
    owner, _, last = tag.rpartition(".")
    if any(name.rpartition(".")[2] == last for name in machine.elements):
        shown: form.Expression = form.Member(form.Name(owner, span), last, span) if owner else form.Name(tag, span)
        component = machine.evaluate(shown, scope)
        if isinstance(component, Symbol) and component.name in machine.elements:
            machine.elements[component.name].append(props)
        elif isinstance(component, Instance) and component.kind in machine.elements and "." not in owner:
            component.state.append(props)


def _type_only(machine: Machine, node: form.Shape | form.Apply, scope: Scope) -> Value:
    if isinstance(node, form.Apply):
        return machine.evaluate(node.target, scope)
    return Unknown("a type")


def _class(machine: Machine, node: form.ClassExpression, scope: Scope) -> Value:
    return make_class(machine, node.definition, scope)


EXPRESSIONS: dict[type, Callable[[Machine, Any, Scope], Value]] = {
    form.Literal: _literal,
    form.Template: _template,
    form.Name: _name,
    form.Member: _member,
    form.Index: _index,
    form.Call: _call,
    form.Object: evaluate_object,
    form.Array: evaluate_array,
    form.Function: _function,
    form.Conditional: _conditional,
    form.Binary: _binary,
    form.Unary: _unary,
    form.Spread: _spread_alone,
    form.Comprehension: evaluate_comprehension,
    form.Regex: _regex,
    form.Assign: _assign,
    form.Cast: _cast,
    form.Opaque: _opaque,
    form.Shape: _type_only,
    form.Apply: _type_only,
    form.ClassExpression: _class,
}
