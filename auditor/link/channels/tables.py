"""Names and what is bound to them, calls by name, returns and yields: the tables that origins are looked up in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from auditor.model import form
from auditor.model.facts import FileFacts


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
    iterated: dict[form.Function, tuple[form.Expression, Scope]] = field(default_factory=dict)
    heirs: dict[str, list[tuple[form.Class, str]]] = field(default_factory=dict)
    decorated: list[tuple[form.Expression, form.Function, Scope]] = field(default_factory=list)
    effects: set[form.Function] = field(default_factory=set)
    renamed: dict[str, set[str]] = field(default_factory=dict)
    annotated: dict[form.Node, form.Expression] = field(default_factory=dict)
    setting: dict[str, list[tuple[str, Scope]]] = field(default_factory=dict)
    branches: list[tuple[form.If, Scope]] = field(default_factory=list)
    contexts: dict[form.Function, form.Expression] = field(default_factory=dict)
    shown: dict[str, list[tuple[form.Name, form.Object, Scope]]] = field(default_factory=dict)
    handed: dict[str, list[tuple[form.Expression, form.Expression, Scope]]] = field(default_factory=dict)
    provided: dict[str, list[tuple[form.Expression, Scope]]] = field(default_factory=dict)
    hooks: list[tuple[str, form.Call, Scope]] = field(default_factory=list)
    globals: set[str] = field(default_factory=set)
    written: set[str] = field(default_factory=set)
    elements: list[tuple[form.Expression, form.Object, Scope]] = field(default_factory=list)
    inside: dict[Scope, list[form.Node]] = field(default_factory=dict)


def class_key(file: str, owner: form.Class) -> str:
    """The key of a class, by which its attributes are found."""
    return f"{file}:{owner.name}"


def owner_of(scope: Scope) -> form.Class | None:
    """The class whose instance is `self`: the body of a class in a method says the method's."""
    inside = scope
    while inside.function is None and inside.owner is not None and inside.parent is not None:
        inside = inside.parent
    return inside.owner or scope.owner


def attribute_key(scope: Scope) -> str:
    """The key of the class around a scope."""
    return class_key(scope.file, scope.owner) if scope.owner is not None else ""


def aliases(index: Index) -> dict[str, set[str]]:
    """The keywords that functions are passed by, and the names they are imported as, by the name of the function:
    `emit` for `Session(emit=emit_here)`."""
    found = {name: set(others) for name, others in index.renamed.items()}
    for calls in index.calls.values():
        for argument in (argument for call, _ in calls for argument in call.arguments):
            if argument.name and isinstance(argument.value, form.Name | form.Member):
                given = argument.value.id if isinstance(argument.value, form.Name) else argument.value.name
                if given in index.methods and given != argument.name:
                    found.setdefault(given, set()).add(argument.name)
    return found
