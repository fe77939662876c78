"""Fills the tables that origins are looked up in, in one walk over the files of a side.

Nothing is run, and the order of statements does not count: a name stands for everything that is ever bound to it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from auditor.link.channels.binding import assign, bind, bind_added, bind_pattern, bind_target
from auditor.link.channels.names import ATOM_SETTERS, ATOMS, ITERATING
from auditor.link.channels.tables import Binding, Index, Scope, class_key
from auditor.link.channels.written import bound_names, handler_names, last_name, text_of
from auditor.link.evaluate.walk import called_name, children
from auditor.model import form
from auditor.model.facts import Dialect, FileFacts

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
        bind(scope, function.name, Binding("function", function, scope))
    index.names.setdefault(function, set()).add(function.name)
    index.methods.setdefault(function.name, []).append((function, scope))
    index.written |= handler_names(function.name)
    index.decorated += ((decorator, function, scope) for decorator in node.decorators)


def _bound(index: Index, node: form.Bind, scope: Scope) -> None:
    if node.annotation is not None and node.value is not None:
        into: dict[Any, form.Expression] = index.contexts if type(node.value) is form.Function else index.annotated
        into[node.value] = node.annotation
    match node:
        case form.Bind(
            form.ArrayPattern((form.ArrayPatternItem(form.Name(state)), form.ArrayPatternItem(form.Name(set_it)))),
            form.Call() as call,
        ) if called_name(call) in ("useState", "useReducer"):
            bind(scope, state, Binding("state", None, scope, (), 0, set_it))
            bind(scope, set_it, Binding("setter", None, scope, (), 0, state))
        case form.Bind(
            form.ArrayPattern((form.ArrayPatternItem(first), form.ArrayPatternItem(form.Name(set_it)))),
            form.Call(arguments=(atom, *_)) as call,
        ) if called_name(call) in ATOMS:
            if isinstance(first, form.Name):
                bind(scope, first.id, Binding("atom", atom.value, scope))
            index.setting.setdefault(last_name(atom.value), []).append((set_it, scope))
        case form.Bind(form.Name(set_it), form.Call(arguments=(atom, *_)) as call) if called_name(call) in ATOM_SETTERS:
            index.setting.setdefault(last_name(atom.value), []).append((set_it, scope))
        case form.Bind(target=form.Name(id), value=None):
            scope.bindings.setdefault(id, [])
        case form.Bind(target=target, value=value, kind=kind) if value is not None:
            bind_target(index, target, value, scope, index.python or kind != "assign")


def _imported(index: Index, node: form.Import, scope: Scope) -> None:
    """`import … as …`; an import in a function names something there alone."""
    for item in node.names:
        if item.name not in ("", "*", "default", item.local):
            index.renamed.setdefault(item.name, set()).add(item.local)
        if scope.function is not None and index.python and item.name != "*":
            bind(scope, item.local, Binding("import", node, scope, (), 0, item.name))


def _assigned(index: Index, node: form.Assign, scope: Scope) -> None:
    bind_target(index, node.target, node.value, scope, index.python)


def _loop(index: Index, node: form.For | form.Comprehension, scope: Scope) -> None:
    bind_pattern(index, node.target, Binding("item", node.iterable, scope))


def _returned(index: Index, node: form.Return, scope: Scope) -> None:
    if node.value is not None and scope.function is not None:
        index.returns.setdefault(scope.function, []).append(node.value)


def _opaque(index: Index, node: form.Opaque, scope: Scope) -> None:
    """`yield x`; `<Context.Provider value={x}>`; `<List items={x} />` calls a component."""
    if node.reason[:4] == "jsx:" and isinstance(node.parts[0], form.Object):
        name = node.reason[4:]
        if name.endswith(".Provider"):
            given = [entry.value for entry in node.parts[0].entries if text_of(entry.key) == "value"]
            index.provided.setdefault(name.removesuffix(".Provider"), []).extend((value, scope) for value in given)
        elif name[:1].isupper() and "." not in name:
            element = (form.Name(name, node.span), node.parts[0], scope)
            index.elements.append(element)
            index.shown.setdefault(name, []).append(element)
    if node.reason.startswith("yield") and scope.function is not None:
        index.yields.setdefault(scope.function, []).extend(node.parts[:1])


def _branch(index: Index, node: form.If, scope: Scope) -> None:
    if scope.function is not None:
        index.branches.append((node, scope))
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
            bind(scope, name, Binding("parameter", node, scope, path, position, parameter.kind))
        if parameter.default is not None:
            _visit(index, parameter.default, outer)
            bind_pattern(index, parameter.target, Binding("value", parameter.default, outer), scope)
    for statement in node.body:
        _visit(index, statement, scope)
    return True


def _class(index: Index, node: form.Class, outer: Scope) -> bool:
    bind(outer, node.name, Binding("class", node, outer))
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


def _call(index: Index, node: form.Call, scope: Scope) -> None:
    name = called_name(node)
    index.calls.setdefault(name, []).append((node, scope))
    if name in _EFFECTS and node.arguments and type(node.arguments[0].value) is form.Function:
        index.effects.add(node.arguments[0].value)
    if isinstance(node.callee, form.Member) and node.arguments:
        if name in _ADDING:
            bind_added(index, node.callee.object, node.arguments[-1].value, scope)
        elif name == "update" and isinstance(node.callee.object, form.Name):
            assign(scope, node.callee.object.id, Binding("member", node.arguments[0].value, scope))
        elif name in ("set", "setdefault", "insert") and len(node.arguments) == 2:
            bind_added(index, node.callee.object, node.arguments[1].value, scope)
            keyed = index.keyed.setdefault(last_name(node.callee.object), [])
            keyed.append((node.arguments[0].value, node.arguments[1].value, scope))
        elif name in ITERATING and type(node.arguments[0].value) is form.Function:
            index.iterated[node.arguments[0].value] = (node.callee.object, scope)
        elif name in ITERATING and type(node.arguments[0].value) is form.Name:
            given = node.arguments[0].value
            index.handed.setdefault(given.id, []).append((given, node.callee.object, scope))
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


_KEPT = frozenset({form.Cast, form.Opaque, form.Call, form.Index, form.Binary, form.Function, form.Bind})

_ENTERING: dict[type, Callable[[Index, Any, Scope], bool | None]] = {
    form.Literal: _literal,
    form.Function: _function,
    form.Def: _def,
    form.Class: _class,
    form.Bind: _bound,
    form.Assign: _assigned,
    form.Import: _imported,
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
