"""Which shape does a type expression of the project have, and which models and enums are there?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

from auditor.link.modules.symbols import Symbols
from auditor.link.types.constants import constant
from auditor.link.types.declarations import declared_shape
from auditor.link.types.enums import constant_members
from auditor.link.types.objects import model_of
from auditor.link.types.produced import unsent_values
from auditor.link.types.python import declared_annotation, read_annotation
from auditor.link.types.scope import Found, Project, Scope
from auditor.link.types.typescript import read_type
from auditor.link.types.unions import Fields, name_of_fields
from auditor.link.types.zod import named_schema
from auditor.model import form
from auditor.model.facts import Dialect, FileFacts
from auditor.model.shape import EnumType, Inline, ListOf, Model, OneOf, Ref, Shape
from auditor.model.span import NOWHERE, Location, Span


class Types:
    """The types of both sides.

    `models` and `enums` hold what was asked for so far; `declared` asks for everything. Keys are
    `file:name`, with the arguments of a generic behind (`api.ts:Page<api.ts:User>`). A field's shape
    has no null in it: `nullable` says so.
    """

    def __init__(self, facts: Mapping[str, FileFacts], symbols: Symbols) -> None:
        self._project = Project(facts, symbols)

    @property
    def models(self) -> Mapping[str, Model]:
        """Models by key."""
        return self._project.models

    @property
    def enums(self) -> Mapping[str, EnumType]:
        """Enums by key."""
        return self._project.enums

    def shape(self, file: str, expression: form.Expression, substitutions: Mapping[str, Shape] | None = None) -> Shape:
        """The shape of a type expression that stands in `file`.

        `substitutions` say what its type parameters stand for. An object type written in place
        becomes a model without a name of its own, at its place.
        """
        scope = self._scope(file, substitutions or {})
        shape = scope.shape(expression)
        shape = self._anonymous(scope, shape, expression)
        self._project.finish()
        return shape

    def declared_in(self, file: str, name: str) -> Shape:
        """The shape of a class or alias by the name it has at the top of a file."""
        return self.shape(file, form.Name(name, NOWHERE))

    def constant(self, file: str, expression: form.Expression) -> str | int | float | bool | None:
        """The constant that an expression of a file stands for, through names and members of enums; None for none."""
        known = constant(self._scope(file, {}), expression)
        return known.value if known is not None else None

    def library(self, file: str, expression: form.Expression) -> str:
        """The dotted name of something outside the project ("fastapi.Query"), "" if it has none."""
        return self._project.library(file, expression)

    def enter(self, model: Model) -> Ref:
        """A reference to a model that stands nowhere as a type."""
        self._project.models[model.key] = model
        return Ref(model.key)

    def enter_enum(self, enum: EnumType) -> Ref:
        """A reference to an enum that stands in no source file."""
        self._project.enums[enum.key] = enum
        return Ref(enum.key)

    def unsent(self, enum: EnumType) -> frozenset[str]:
        """Values of an enum of the backend that its code never makes, or names only to leave them out."""
        return unsent_values(self._project, enum)

    def declared(self) -> tuple[Model | EnumType, ...]:
        """All models and enums of the project, sorted by key.

        Generic models stand for themselves, with unknown type parameters. Classes with methods and
        interfaces with functions are not data and are only resolved where a call or route uses them.
        """
        for file in sorted(self._project.facts):
            scope = self._scope(file, {})
            derived = frozenset(_typeof_names(self._project.facts[file].body))
            for found in self._project.declarations(file):
                self._declare(scope, found, derived)
        self._project.finish()
        return tuple(sorted(chain(self.models.values(), self.enums.values()), key=lambda item: item.key))

    def _scope(self, file: str, substitutions: Mapping[str, Shape]) -> Scope:
        is_python = self._project.facts[file].dialect is Dialect.PYTHON
        return Scope(self._project, file, read_annotation if is_python else read_type, substitutions)

    def _declare(self, scope: Scope, found: Found, derived: frozenset[str]) -> None:
        if self._project.facts[scope.file].dialect is Dialect.PYTHON:
            declared_annotation(scope, found)
            return
        match found.statement:
            case form.TypeDefinition() as definition if not _has_functions(definition):
                declared_shape(scope, found, ())
            case form.Enum():
                declared_shape(scope, found, ())
            case form.Class() as definition if not _has_methods(definition):
                declared_shape(scope, found, ())
            case form.Bind(_, value) if value is not None and found.name not in derived:
                if named_schema(scope, found) is None:
                    self._declare_constants(scope, found, value)
            case _:
                pass

    def _declare_constants(self, scope: Scope, found: Found, value: form.Expression) -> None:
        """`as const` arrays and objects that hold nothing but at least two constants."""
        match value:
            case form.Cast(form.Array() | form.Object(), form.Name("const")):
                known = constant_members(scope, value)
                if known is None or known[1] or len(known[0]) < 2 or found.key in self.enums:
                    return
                side = self._project.side(found.file)
                enum = EnumType(found.key, found.name, side, found.location, known[0], False, "const")
                self._project.enums[found.key] = enum
            case _:
                pass

    def _anonymous(self, scope: Scope, shape: Shape, expression: form.Expression) -> Shape:
        match shape:
            case Inline(fields, open) if fields:
                span = _span_of_object(expression)
                if span is None:
                    return shape
                key = f"{scope.file}:{span.start_line}:{span.start_column}"
                place = Location(scope.file, span)
                model = model_of(scope, key, name_of_fields(fields), place, Fields(fields, open), "inline")
                self._project.models[key] = model
                return Ref(key)
            case ListOf(item):
                return ListOf(self._anonymous(scope, item, expression))
            case OneOf(options) if sum(isinstance(option, Inline) for option in options) == 1:
                return OneOf(tuple(self._anonymous(scope, option, expression) for option in options))
            case _:
                return shape


def _span_of_object(expression: form.Expression) -> Span | None:
    match expression:
        case form.Shape(_, span):
            return span
        case form.Apply(_, arguments):
            spans = (_span_of_object(part) for part in arguments)
            return next((span for span in spans if span is not None), None)
        case form.Binary(_, left, right):
            return _span_of_object(left) or _span_of_object(right)
        case form.Index(object, _) | form.Unary(_, object):
            return _span_of_object(object)
        case _:
            return None


def _has_functions(definition: form.TypeDefinition) -> bool:
    if not isinstance(definition.value, form.Shape):
        return False
    kinds = ("function-type", "constructor-type")
    return any(isinstance(m.type, form.Opaque) and m.type.reason in kinds for m in definition.value.members)


def _has_methods(definition: form.Class) -> bool:
    fields = [part for part in definition.body if isinstance(part, form.Field) and not part.static]
    methods = [part for part in definition.body if isinstance(part, form.Def) and part.kind != "constructor"]
    return bool(methods) or not fields


def _typeof_names(body: tuple[form.Statement, ...]) -> Iterator[str]:
    """Constants that a type alias of the same file is made of: the alias stands for them."""
    for statement in body:
        if isinstance(statement, form.TypeDefinition):
            yield from _typeof_in(statement.value)


def _typeof_in(expression: form.Expression) -> Iterator[str]:
    match expression:
        case form.Unary("typeof", form.Name(id)):
            yield id
        case form.Index(object, _):
            yield from _typeof_in(object)
        case _:
            pass
