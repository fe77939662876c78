"""Where does a type name lead, and what has been resolved so far?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TypeAlias

from auditor.link.modules.symbols import Definition, Symbols
from auditor.model import form
from auditor.model.facts import Dialect, FileFacts
from auditor.model.finding import Side
from auditor.model.shape import EnumType, Model, Ref, Shape, UnknownShape
from auditor.model.span import Location, Span

_DEPTH = 40


Named: TypeAlias = form.TypeDefinition | form.Class | form.Enum | form.Bind
"""Statements that can give a type or a constant."""


@dataclass(frozen=True, slots=True)
class Found:
    """A definition. `name` is dotted for a class inside a class (`Order.Status`)."""

    file: str
    name: str
    statement: Named

    @property
    def key(self) -> str:
        """The key of the model or enum it may become."""
        return f"{self.file}:{self.name}"

    @property
    def location(self) -> Location:
        """The definition's own place."""
        return Location(self.file, self.statement.span)


Build: TypeAlias = Callable[[], Model]


class Project:
    """All files, and the models and enums found so far.

    Models are built when somebody asks for their fields, or by `finish`: a reference to a model
    never waits for the model, so cycles need no care.
    """

    def __init__(self, facts: Mapping[str, FileFacts], symbols: Symbols) -> None:
        self.facts = facts
        self.symbols = symbols
        self.models: dict[str, Model] = {}
        self.enums: dict[str, EnumType] = {}
        self.memo: dict[str, Shape] = {}
        self._promised: set[str] = set()
        self._pending: dict[str, Build] = {}
        self._declarations = cache(self._read_declarations)
        self._imports = cache(self._read_imports)

    def side(self, file: str) -> str:
        """Python is the backend, everything else the frontend."""
        return Side.BACKEND if self.facts[file].dialect is Dialect.PYTHON else Side.FRONTEND

    def lookup(self, file: str, name: str, values: bool = False) -> Found | None:
        """The definition a name leads to, as a type or (`values`) as a constant; None outside the project."""
        return _found(self.symbols.definition(file, name, types=not values))

    def member(self, file: str, expression: form.Expression, values: bool = False) -> Found | None:
        """The same for a dotted name: through a module or namespace, or a class inside a class."""
        return _found(self.symbols.member(file, expression, types=not values))

    def library(self, file: str, expression: form.Expression) -> str:
        """The dotted name of something outside the project ("pydantic.BaseModel"), "" if it has none."""
        match expression:
            case form.Name(id):
                return self._imports(file).get(id, id)
            case form.Member(object, name):
                owner = self.library(file, object)
                return f"{owner}.{name}" if owner else ""
            case _:
                return ""

    def imported(self, file: str, name: str) -> bool:
        """Whether a file imports something under this name."""
        return name in self._imports(file)

    def imported_names(self, file: str) -> Mapping[str, str]:
        """What a file imports, by local name."""
        return self._imports(file)

    def imports(self, file: str, package: str) -> bool:
        """Whether a file imports anything from a package."""
        return any(name.partition(".")[0] == package for name in self._imports(file).values())

    def declarations(self, file: str) -> Iterator[Found]:
        """Everything named at the top of a file, in source order."""
        for name, statements in self._declarations(file).items():
            for statement in statements:
                yield Found(file, name, statement)

    def promise(self, key: str, build: Build) -> Ref:
        """A reference to a model that will be built when needed."""
        if key not in self._promised:
            self._promised.add(key)
            self._pending[key] = build
        return Ref(key)

    def model(self, key: str) -> Model | None:
        """A model with its fields; None for an enum, and for a model that is being built right now."""
        build = self._pending.pop(key, None)
        if build is not None:
            self.models[key] = build()
        return self.models.get(key)

    def finish(self) -> None:
        """Build every promised model."""
        while self._pending:
            self.model(next(iter(self._pending)))

    def _read_declarations(self, file: str) -> dict[str, tuple[Named, ...]]:
        found: dict[str, tuple[Named, ...]] = {}
        for statement in _flat(self.facts[file].body):
            match statement:
                case form.TypeDefinition(name) | form.Class(name) | form.Enum(name) | form.Bind(form.Name(name)):
                    found[name] = (*found.get(name, ()), statement)
                case _:
                    pass
        return found

    def _read_imports(self, file: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for statement in _flat(self.facts[file].body):
            if not isinstance(statement, form.Import):
                continue
            for item in statement.names:
                if item.name == "*":
                    continue
                whole = statement.module if item.local != statement.module.partition(".")[0] else item.local
                found[item.local] = f"{statement.module}.{item.name}" if item.name else whole
        return found


Reader: TypeAlias = "Callable[[Scope, form.Expression], Shape]"


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a type expression stands: the file, and what its type parameters stand for.

    `owner` is the key of the class around it, for `Self`.
    """

    project: Project
    file: str
    reader: Reader
    substitutions: Mapping[str, Shape] = field(default_factory=dict)
    depth: int = 0
    owner: str = ""
    anchor: Span | None = None

    def shape(self, expression: form.Expression) -> Shape:
        """The shape of a type expression in this scope."""
        if self.depth >= _DEPTH:
            return UnknownShape("types are nested too deeply")
        return self.reader(replace(self, depth=self.depth + 1), expression)

    def at(self, file: str, substitutions: Mapping[str, Shape], owner: str = "") -> Scope:
        """The scope of a definition that this one leads to."""
        return replace(self, file=file, substitutions=substitutions, depth=self.depth + 1, owner=owner, anchor=None)

    def fresh(self, found: Found, substitutions: Mapping[str, Shape]) -> Scope:
        """The scope of a promised model: a generic one goes on counting, so that it cannot grow for ever."""
        depth = self.depth + 1 if substitutions else 0
        return Scope(self.project, found.file, self.reader, substitutions, depth, found.key)

    def place(self, span: Span) -> Location:
        """A place in this file; inside a forward reference it is that of the whole text."""
        return Location(self.file, self.anchor or span)


def _found(definition: Definition | None) -> Found | None:
    match definition:
        case Definition(file, name, form.TypeDefinition() | form.Class() | form.Enum() | form.Bind() as statement):
            return Found(file, name, statement)
        case _:
            return None


def written_class(base: form.Expression) -> form.Expression:
    """The class that a base names: `Model` of `Model[T]`."""
    return base.object if isinstance(base, form.Index) else base


def words(text: str) -> frozenset[str]:
    """The words of a text: long lists of names read better so."""
    return frozenset(text.split())


def last(name: str) -> str:
    """The last part of a dotted name."""
    return name.rpartition(".")[2]


def _flat(body: Iterable[form.Statement]) -> Iterator[form.Statement]:
    for statement in body:
        match statement:
            case form.If(_, then, otherwise):
                yield from _flat(then)
                yield from _flat(otherwise)
            case form.Block(inner):
                yield from _flat(inner)
            case _:
                yield statement
