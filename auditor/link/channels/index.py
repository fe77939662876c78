"""Names and what is bound to them, calls by name, returns and yields: the tables that origins are looked up in.

Nothing is run, and the order of statements does not count: a name stands for everything that is ever bound to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from auditor.link.channels.written import bound_names, handler_names, last_name, text_of
from auditor.link.evaluate.walk import called_name, children
from auditor.model import form
from auditor.model.facts import Dialect, FileFacts

_ADDING = frozenset({"append", "add", "push", "appendleft", "put", "put_nowait", "extend", "unshift"})


@dataclass(eq=False, slots=True)
class Scope:
    """A module, or a function in it. `owner` is the class around it."""

    file: str
    function: form.Function | None
    parent: Scope | None
    owner: form.Class | None
    bindings: dict[str, list[Binding]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Binding:
    """One way a name gets its value: `path` are the keys taken of the value, `kind` is "value", "item"
    (what iterating over it gives), "parameter", "function" or "class"."""

    kind: str
    value: form.Node | None
    scope: Scope
    path: tuple[str, ...] = ()
    position: int = 0
    name: str = ""


@dataclass(slots=True)
class Index:
    """The tables of all files of one side."""

    facts: Mapping[str, FileFacts]
    python: bool
    modules: dict[str, Scope] = field(default_factory=dict)
    scopes: dict[form.Function, Scope] = field(default_factory=dict)
    classes: dict[form.Class, Scope] = field(default_factory=dict)
    calls: dict[str, list[tuple[form.Call, Scope]]] = field(default_factory=dict)
    comparisons: dict[form.Binary, tuple[Scope, tuple[form.Statement, ...]]] = field(default_factory=dict)
    lookups: list[tuple[form.Index, Scope]] = field(default_factory=list)
    returns: dict[form.Function, list[form.Expression]] = field(default_factory=dict)
    yields: dict[form.Function, list[form.Expression]] = field(default_factory=dict)
    attributes: dict[tuple[str, str], list[Binding]] = field(default_factory=dict)
    loose: dict[str, list[Binding]] = field(default_factory=dict)
    names: dict[form.Function, set[str]] = field(default_factory=dict)
    methods: dict[str, list[tuple[form.Function, Scope]]] = field(default_factory=dict)
    handlers: list[tuple[form.Expression, str, form.Expression, Scope]] = field(default_factory=list)
    objects: dict[form.Object, tuple[Scope, str]] = field(default_factory=dict)
    keyed: dict[str, list[tuple[form.Expression, form.Expression, Scope]]] = field(default_factory=dict)
    decorated: list[tuple[form.Expression, form.Function, Scope]] = field(default_factory=list)
    written: set[str] = field(default_factory=set)
    inside: dict[Scope, list[form.Node]] = field(default_factory=dict)


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
    if isinstance(node, form.Call | form.Index | form.Binary | form.Function | form.Bind):
        index.inside.setdefault(scope, []).append(node)
    if type(node) in _TELLING and _enter(index, node, scope):
        return
    for child in children(node):
        if type(child) is form.Literal:
            if isinstance(child.value, str):
                index.written.add(child.value)
        elif type(child) is not form.Name:
            _visit(index, child, scope)


def _enter(index: Index, node: form.Node, scope: Scope) -> bool:
    """Enters a node into the tables; whether what is below it was entered too."""
    match node:
        case form.Literal(value=str(text)):
            index.written.add(text)
        case form.Function():
            _function(index, node, scope)
            return True
        case form.Def(function=function):
            kind = "class-function" if node.kind or _in_class_body(scope, node) else "function"
            if kind == "function":
                _bind(scope, function.name, Binding("function", function, scope))
            index.names.setdefault(function, set()).add(function.name)
            index.methods.setdefault(function.name, []).append((function, scope))
            index.written |= handler_names(function.name)
            index.decorated += ((decorator, function, scope) for decorator in node.decorators)
        case form.Class():
            _class(index, node, scope)
            return True
        case form.Bind(
            form.ArrayPattern((form.ArrayPatternItem(form.Name(state)), form.ArrayPatternItem(form.Name(set_it)))),
            form.Call() as call,
        ) if called_name(call) in ("useState", "useReducer"):
            _bind(scope, state, Binding("state", None, scope, (), 0, set_it))
        case form.Bind(target=form.Name(id), value=None):
            scope.bindings.setdefault(id, [])
        case form.Bind(target=target, value=value, kind=kind) if value is not None:
            _target(index, target, value, scope, index.python or kind != "assign")
        case form.Assign(target=target, value=value):
            _target(index, target, value, scope, index.python)
        case form.For(target=target, iterable=iterable):
            _pattern(index, target, Binding("item", iterable, scope))
        case form.Comprehension(target=target, iterable=iterable):
            _pattern(index, target, Binding("item", iterable, scope))
        case form.Call():
            _call(index, node, scope)
        case form.Return(value=value) if value is not None and scope.function is not None:
            index.returns.setdefault(scope.function, []).append(value)
        case form.Opaque(reason=reason, parts=parts) if reason.startswith("yield") and scope.function is not None:
            index.yields.setdefault(scope.function, []).extend(parts[:1])
        case form.If(test=test, then=then) if test is not None:
            _test(index, test, then, scope)
        case form.Conditional(test=test):
            _test(index, test, (), scope)
        case form.Entry(key=key, value=form.Function() as function) if (name := text_of(key)) is not None:
            index.names.setdefault(function, set()).add(name)
        case form.Binary("==" | "in" | "!=" | "not in"):
            index.comparisons.setdefault(node, (scope, ()))
        case form.Index():
            index.lookups.append((node, scope))
        case _:
            pass
    return False


_TELLING = (
    *(form.Literal, form.Function, form.Def, form.Class, form.Bind, form.Assign, form.For, form.Comprehension),
    *(form.Call, form.Return, form.Opaque, form.If, form.Conditional, form.Entry, form.Binary, form.Index),
)


def _in_class_body(scope: Scope, node: form.Def) -> bool:
    return (scope.owner is not None and scope.function is None) or (
        scope.owner is not None and any(item is node for item in scope.owner.body)
    )


def _function(index: Index, node: form.Function, outer: Scope) -> None:
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


def _class(index: Index, node: form.Class, outer: Scope) -> None:
    _bind(outer, node.name, Binding("class", node, outer))
    scope = Scope(outer.file, None, outer, node)
    index.classes[node] = scope
    for statement in node.body:
        match statement:
            case form.Field(name=name, value=value) if value is not None:
                index.attributes.setdefault((_key(outer.file, node), name), []).append(Binding("value", value, scope))
                if isinstance(value, form.Function):
                    index.names.setdefault(value, set()).add(name)
                    index.methods.setdefault(name, []).append((value, scope))
            case form.Bind(target=form.Name(name), value=value) if value is not None:
                index.attributes.setdefault((_key(outer.file, node), name), []).append(Binding("value", value, scope))
            case _:
                pass
        _visit(index, statement, scope)


def _key(file: str, owner: form.Class) -> str:
    return f"{file}:{owner.name}"


def attribute_key(scope: Scope) -> str:
    """The key of the class around a scope."""
    return _key(scope.file, scope.owner) if scope.owner is not None else ""


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
    if isinstance(node.callee, form.Member) and node.arguments:
        if name in _ADDING:
            _add(index, node.callee.object, node.arguments[-1].value, scope)
        elif name == "update" and isinstance(node.callee.object, form.Name):
            _assign(scope, node.callee.object.id, Binding("member", node.arguments[0].value, scope))
        elif name in ("set", "setdefault", "insert") and len(node.arguments) == 2:
            _add(index, node.callee.object, node.arguments[1].value, scope)
            keyed = index.keyed.setdefault(last_name(node.callee.object), [])
            keyed.append((node.arguments[0].value, node.arguments[1].value, scope))
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
