"""Fills the tables that origins are looked up in, in one walk over the files of a side.

Nothing is run, and the order of statements does not count: a name stands for everything that is ever bound to it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from auditor.link.channels.names import KEEPING
from auditor.link.channels.tables import Binding, Index, Scope, attribute_key, class_key
from auditor.link.channels.written import bound_names, handler_names, last_name, text_of
from auditor.link.evaluate.walk import called_name, children
from auditor.model import form
from auditor.model.facts import Dialect, FileFacts

_ITERATING = frozenset({"forEach", "map", "filter", "some", "every", "find", "flatMap"})
_EFFECTS = frozenset({"useEffect", "useLayoutEffect", "onMounted", "onMount", "watchEffect", "onBeforeMount"})
"""What runs its argument when a component appears."""

_ADDING = frozenset({"append", "add", "push", "appendleft", "put", "put_nowait", "extend", "unshift"})


def index_of(facts: Mapping[str, FileFacts], python: bool) -> Index:
    """The tables of the Python files, or of the others."""
    index = Index({file: one for file, one in facts.items() if (one.dialect is Dialect.PYTHON) is python}, python)
    for file, one in index.facts.items():
        scope = Scope(file, None, None, None)
        index.modules[file] = scope
        for statement in one.body:
            _visit(index, statement, scope)
    return index


def _visit(index: Index, node: form.Node, scope: Scope) -> None:
    kind = type(node)
    if kind in _KEPT:
        index.inside.setdefault(scope, []).append(node)
    enter = _ENTERING.get(kind)
    if enter is not None and enter(index, node, scope):
        return
    for child in children(node):
        kind = type(child)
        if kind is form.Literal:
            _literal(index, child, scope)
        elif kind is not form.Name:
            _visit(index, child, scope)


def _literal(index: Index, node: Any, scope: Scope) -> None:
    if type(node.value) is str:
        index.written.add(node.value)


def _def(index: Index, node: form.Def, scope: Scope) -> None:
    function = node.function
    if not node.kind and not _in_class_body(scope, node):
        _bind(scope, function.name, Binding("function", function, scope))
    index.names.setdefault(function, set()).add(function.name)
    index.methods.setdefault(function.name, []).append((function, scope))
    index.written |= handler_names(function.name)
    index.decorated += ((decorator, function, scope) for decorator in node.decorators)


def _bound(index: Index, node: form.Bind, scope: Scope) -> None:
    match node:
        case form.Bind(
            form.ArrayPattern((form.ArrayPatternItem(form.Name(state)), form.ArrayPatternItem(form.Name(set_it)))),
            form.Call() as call,
        ) if called_name(call) in ("useState", "useReducer"):
            _bind(scope, state, Binding("state", None, scope, (), 0, set_it))
        case form.Bind(target=form.Name(id), value=None):
            scope.bindings.setdefault(id, [])
        case form.Bind(target=target, value=value, kind=kind) if value is not None:
            _target(index, target, value, scope, index.python or kind != "assign")


def _assigned(index: Index, node: form.Assign, scope: Scope) -> None:
    _target(index, node.target, node.value, scope, index.python)


def _loop(index: Index, node: form.For | form.Comprehension, scope: Scope) -> None:
    _pattern(index, node.target, Binding("item", node.iterable, scope))


def _returned(index: Index, node: form.Return, scope: Scope) -> None:
    if node.value is not None and scope.function is not None:
        index.returns.setdefault(scope.function, []).append(node.value)


def _opaque(index: Index, node: form.Opaque, scope: Scope) -> None:
    """`yield x`; `<Context.Provider value={x}>`."""
    if node.reason.startswith("jsx:") and node.reason.endswith(".Provider") and isinstance(node.parts[0], form.Object):
        name = node.reason.removeprefix("jsx:").removesuffix(".Provider")
        given = [entry.value for entry in node.parts[0].entries if text_of(entry.key) == "value"]
        index.provided.setdefault(name, []).extend((value, scope) for value in given)
    elif node.reason.startswith("jsx:") and node.parts and isinstance(node.parts[0], form.Object):
        name = node.reason.removeprefix("jsx:")
        if name[:1].isupper() and "." not in name:
            index.elements.append((form.Name(name, node.span), node.parts[0], scope))
    if node.reason.startswith("yield") and scope.function is not None:
        index.yields.setdefault(scope.function, []).extend(node.parts[:1])


def _branch(index: Index, node: form.If, scope: Scope) -> None:
    if node.test is not None:
        _test(index, node.test, node.then, scope)


def _conditional(index: Index, node: form.Conditional, scope: Scope) -> None:
    _test(index, node.test, (), scope)


def _entry(index: Index, node: form.Entry, scope: Scope) -> None:
    if type(node.value) is form.Function and (name := text_of(node.key)) is not None:
        index.names.setdefault(node.value, set()).add(name)


def _compared(index: Index, node: form.Binary, scope: Scope) -> None:
    if node.operator in ("==", "in", "!=", "not in"):
        index.comparisons.setdefault(node, (scope, ()))


def _looked_up(index: Index, node: form.Index, scope: Scope) -> None:
    index.lookups.append((node, scope))


def _member(index: Index, node: form.Member, scope: Scope) -> None:
    if type(node.object) is form.Name and node.object.id in ("window", "globalThis"):
        index.globals.add(node.name)


def _in_class_body(scope: Scope, node: form.Def) -> bool:
    return (scope.owner is not None and scope.function is None) or (
        scope.owner is not None and any(item is node for item in scope.owner.body)
    )


def _function(index: Index, node: form.Function, outer: Scope) -> bool:
    scope = Scope(outer.file, node, outer, outer.owner)
    index.scopes[node] = scope
    for position, parameter in enumerate(node.parameters):
        for name, path in bound_names(parameter.target):
            _bind(scope, name, Binding("parameter", node, scope, path, position, parameter.kind))
        if parameter.default is not None:
            _visit(index, parameter.default, outer)
            _pattern(index, parameter.target, Binding("value", parameter.default, outer), scope)
    for statement in node.body:
        _visit(index, statement, scope)
    return True


def _class(index: Index, node: form.Class, outer: Scope) -> bool:
    _bind(outer, node.name, Binding("class", node, outer))
    scope = Scope(outer.file, None, outer, node)
    index.classes[node] = scope
    for base in node.bases:
        index.heirs.setdefault(last_name(base), []).append((node, outer.file))
    for statement in node.body:
        match statement:
            case form.Field(name=name, value=value) if value is not None:
                index.attributes.setdefault((class_key(outer.file, node), name), []).append(
                    Binding("value", value, scope)
                )
                if isinstance(value, form.Function):
                    index.names.setdefault(value, set()).add(name)
                    index.methods.setdefault(name, []).append((value, scope))
            case form.Bind(target=form.Name(name), value=value) if value is not None:
                index.attributes.setdefault((class_key(outer.file, node), name), []).append(
                    Binding("value", value, scope)
                )
            case _:
                pass
        _visit(index, statement, scope)
    return True


def _target(index: Index, target: form.Node, value: form.Expression, scope: Scope, declares: bool) -> None:
    match target:
        case form.Member(form.Name("self" | "this" | "cls"), name) if scope.owner is not None:
            index.attributes.setdefault((attribute_key(scope), name), []).append(Binding("value", value, scope))
            if isinstance(value, form.Function):
                index.names.setdefault(value, set()).add(name)
        case form.Member(form.Name(owner), "current"):
            _assign(scope, owner, Binding("value", value, scope))
        case form.Index(object=form.Name(id), index=form.Literal(value=str(name))):
            _assign(scope, id, Binding("member", value, scope, (), 0, name))
        case form.Index(object=owner, index=key):
            _add(index, owner, value, scope)
            index.keyed.setdefault(last_name(owner), []).append((key, value, scope))
        case form.Member(form.Name(id), name) if not name.startswith("on"):
            _assign(scope, id, Binding("member", value, scope, (), 0, name))
        case form.Name(id):
            if isinstance(value, form.Object):
                index.objects[value] = (scope, id)
            if isinstance(value, form.Function):
                index.names.setdefault(value, set()).add(id)
            elif isinstance(value, form.Call) and (called := called_name(value)).startswith("use"):
                index.hooks.append((id, value, scope))
                if called in KEEPING and value.arguments and isinstance(value.arguments[0].value, form.Function):
                    index.names.setdefault(value.arguments[0].value, set()).add(id)
            (_bind if declares else _assign)(scope, id, Binding("value", value, scope))
        case _:
            _pattern(index, target, Binding("value", value, scope))
    if isinstance(target, form.Member) and target.name.startswith("on"):
        index.handlers.append((target.object, target.name, value, scope))


def _add(index: Index, owner: form.Node, value: form.Expression, scope: Scope) -> None:
    """`owner[key] = value`, `owner.append(value)`."""
    match owner:
        case form.Member(form.Name("self" | "this" | "cls"), name) if scope.owner is not None:
            index.attributes.setdefault((attribute_key(scope), name), []).append(Binding("added", value, scope))
        case form.Name(id):
            _assign(scope, id, Binding("added", value, scope))
        case form.Index(object=inner) | form.Call(callee=form.Member(object=inner)):
            _add(index, inner, value, scope)
        case form.Member(form.Name(id), "current"):
            _assign(scope, id, Binding("added", value, scope))
        case form.Member(name=name):
            index.loose.setdefault(name, []).append(Binding("added", value, scope))
        case _:
            pass


def _pattern(index: Index, target: form.Node, binding: Binding, scope: Scope | None = None) -> None:
    for name, path in bound_names(target):
        inner = Binding(binding.kind, binding.value, binding.scope, (*binding.path, *path))
        _bind(scope or binding.scope, name, inner)


def _assign(scope: Scope, name: str, binding: Binding) -> None:
    """Binds a name where it was declared: an inner function may assign to a variable around it."""
    around: Scope | None = scope
    while around is not None:
        if name in around.bindings:
            _bind(around, name, binding)
            return
        around = around.parent
    _bind(scope, name, binding)


def _bind(scope: Scope, name: str, binding: Binding) -> None:
    scope.bindings.setdefault(name, []).append(binding)


def _call(index: Index, node: form.Call, scope: Scope) -> None:
    name = called_name(node)
    index.calls.setdefault(name, []).append((node, scope))
    if name in _EFFECTS and node.arguments and type(node.arguments[0].value) is form.Function:
        index.effects.add(node.arguments[0].value)
    if isinstance(node.callee, form.Member) and node.arguments:
        if name in _ADDING:
            _add(index, node.callee.object, node.arguments[-1].value, scope)
        elif name == "update" and isinstance(node.callee.object, form.Name):
            _assign(scope, node.callee.object.id, Binding("member", node.arguments[0].value, scope))
        elif name in ("set", "setdefault", "insert") and len(node.arguments) == 2:
            _add(index, node.callee.object, node.arguments[1].value, scope)
            keyed = index.keyed.setdefault(last_name(node.callee.object), [])
            keyed.append((node.arguments[0].value, node.arguments[1].value, scope))
        elif name in _ITERATING and type(node.arguments[0].value) is form.Function:
            index.iterated[node.arguments[0].value] = (node.callee.object, scope)
        elif name == "addEventListener" and len(node.arguments) >= 2:
            event = text_of(node.arguments[0].value)
            index.handlers.append((node.callee.object, f"on:{event}", node.arguments[1].value, scope))


def _test(index: Index, test: form.Expression, then: tuple[form.Statement, ...], scope: Scope) -> None:
    """Remembers the comparisons of a condition, with what runs when it holds."""
    match test:
        case form.Binary("and" | "or", left, right):
            _test(index, left, then, scope)
            _test(index, right, then, scope)
        case form.Unary("not", operand):
            _test(index, operand, (), scope)
        case form.Binary("==" | "in" | "!=" | "not in"):
            index.comparisons.setdefault(test, (scope, then))
        case _:
            pass


_KEPT = frozenset({form.Call, form.Index, form.Binary, form.Function, form.Bind})

_ENTERING: dict[type, Callable[[Index, Any, Scope], bool | None]] = {
    form.Literal: _literal,
    form.Function: _function,
    form.Def: _def,
    form.Class: _class,
    form.Bind: _bound,
    form.Assign: _assigned,
    form.For: _loop,
    form.Comprehension: _loop,
    form.Call: _call,
    form.Return: _returned,
    form.Opaque: _opaque,
    form.If: _branch,
    form.Conditional: _conditional,
    form.Entry: _entry,
    form.Binary: _compared,
    form.Index: _looked_up,
    form.Member: _member,
}
"""What each kind of node enters into the tables; True: what is below it was entered too."""
