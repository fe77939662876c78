"""Enters what names, attributes and containers are bound to into the tables."""

from __future__ import annotations

from auditor.link.channels.names import KEEPING
from auditor.link.channels.tables import Binding, Index, Scope, attribute_key
from auditor.link.channels.written import bound_names, last_name
from auditor.link.evaluate.walk import called_name
from auditor.model import form


def bind_target(index: Index, target: form.Node, value: form.Expression, scope: Scope, declares: bool) -> None:
    """`target = value`, in one scope. `declares`: the name is of this scope, whatever is around it."""
    match target:
        case form.Member(form.Name("self" | "this" | "cls"), name) if scope.owner is not None:
            index.attributes.setdefault((attribute_key(scope), name), []).append(Binding("value", value, scope))
            if isinstance(value, form.Function):
                index.names.setdefault(value, set()).add(name)
        case form.Member(form.Name(owner), "current"):
            assign(scope, owner, Binding("value", value, scope))
        case form.Index(object=form.Name(id), index=form.Literal(value=str(name))):
            assign(scope, id, Binding("member", value, scope, (), 0, name))
        case form.Index(object=owner, index=key):
            bind_added(index, owner, value, scope)
            index.keyed.setdefault(last_name(owner), []).append((key, value, scope))
        case form.Member(form.Name(id), name) if not name.startswith("on"):
            assign(scope, id, Binding("member", value, scope, (), 0, name))
        case form.Name(id):
            if isinstance(value, form.Object):
                index.objects[value] = (scope, id)
            if isinstance(value, form.Function):
                index.names.setdefault(value, set()).add(id)
            elif isinstance(value, form.Call) and (called := called_name(value)).startswith("use"):
                index.hooks.append((id, value, scope))
                if called in KEEPING and value.arguments and isinstance(value.arguments[0].value, form.Function):
                    index.names.setdefault(value.arguments[0].value, set()).add(id)
            (bind if declares else assign)(scope, id, Binding("value", value, scope))
        case _:
            bind_pattern(index, target, Binding("value", value, scope))
    if isinstance(target, form.Member) and target.name.startswith("on"):
        index.handlers.append((target.object, target.name, value, scope))


def bind_added(index: Index, owner: form.Node, value: form.Expression, scope: Scope) -> None:
    """`owner[key] = value`, `owner.append(value)`."""
    match owner:
        case form.Member(form.Name("self" | "this" | "cls"), name) if scope.owner is not None:
            index.attributes.setdefault((attribute_key(scope), name), []).append(Binding("added", value, scope))
        case form.Name(id):
            assign(scope, id, Binding("added", value, scope))
        case form.Index(object=inner) | form.Call(callee=form.Member(object=inner)):
            bind_added(index, inner, value, scope)
        case form.Member(form.Name(id), "current"):
            assign(scope, id, Binding("added", value, scope))
        case form.Member(name=name):
            index.loose.setdefault(name, []).append(Binding("added", value, scope))
        case _:
            pass


def bind_pattern(index: Index, target: form.Node, binding: Binding, scope: Scope | None = None) -> None:
    """Every name of a pattern, with the keys taken of the value."""
    for name, path in bound_names(target):
        inner = Binding(binding.kind, binding.value, binding.scope, (*binding.path, *path))
        bind(scope or binding.scope, name, inner)


def assign(scope: Scope, name: str, binding: Binding) -> None:
    """Binds a name where it was declared: an inner function may assign to a variable around it."""
    around: Scope | None = scope
    while around is not None:
        if name in around.bindings:
            bind(around, name, binding)
            return
        around = around.parent
    bind(scope, name, binding)


def bind(scope: Scope, name: str, binding: Binding) -> None:
    """One more value of a name."""
    scope.bindings.setdefault(name, []).append(binding)
