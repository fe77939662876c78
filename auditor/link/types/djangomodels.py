"""Which columns does a Django model have, as a serializer sends them?

Django 4.2 to 5.2: https://docs.djangoproject.com/en/stable/ref/models/fields/.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from auditor.link.types.constants import constant
from auditor.link.types.scope import Found, Scope, last, words
from auditor.link.types.unions import STRING
from auditor.model import form
from auditor.model.shape import AnyShape, ListOf, Ref, Scalar, Shape, UnknownShape, Value, Values
from auditor.model.span import Location

_TEXTS = words(
    "CharField TextField EmailField URLField SlugField FileField ImageField FilePathField IPAddressField "
    "GenericIPAddressField"
)
_NUMBERS = words(
    "IntegerField BigIntegerField SmallIntegerField PositiveIntegerField PositiveSmallIntegerField "
    "PositiveBigIntegerField AutoField BigAutoField SmallAutoField"
)
_SCALARS: Mapping[str, Shape] = {
    **dict.fromkeys(_TEXTS, STRING),
    **dict.fromkeys(_NUMBERS, Scalar("integer")),
    "FloatField": Scalar("number"),
    "DecimalField": Scalar("string", "decimal"),
    "BooleanField": Scalar("boolean"),
    "NullBooleanField": Scalar("boolean"),
    "UUIDField": Scalar("string", "uuid"),
    "DateTimeField": Scalar("string", "date-time"),
    "DateField": Scalar("string", "date"),
    "TimeField": Scalar("string", "time"),
    "DurationField": Scalar("string", "duration"),
    "JSONField": AnyShape(),
}
_BASES = words("Model object")


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `automatic`: the database or Django fills it; `virtual`: not among all fields of a serializer."""

    shape: Shape
    required: bool
    nullable: bool
    location: Location
    automatic: bool = False
    virtual: bool = False


def columns_of(scope: Scope, found: Found, seen: frozenset[str] = frozenset()) -> tuple[dict[str, Column], bool]:
    """The columns by name, base first, and whether all of them are known."""
    statement = found.statement
    if not isinstance(statement, form.Class) or found.key in seen:
        return {}, False
    inner = scope.at(found.file, {})
    columns: dict[str, Column] = {}
    whole = True
    for base in reversed(statement.bases):
        above = scope.project.member(found.file, base)
        if above is None:
            whole = whole and last(scope.project.library(found.file, base)) in _BASES
            continue
        inherited, known = columns_of(scope, above, seen | {found.key})
        columns, whole = columns | inherited, whole and known
    own = {}
    for part in statement.body:
        if isinstance(part, form.Field) and isinstance(part.value, form.Call):
            column = _column(inner, part, part.value, (found.name, statement))
            if column is not None:
                own[part.name] = column
    columns |= own
    if not seen and not any(_is_key(part) for part in statement.body) and "id" not in columns:
        columns = {"id": Column(UnknownShape("the default key"), False, False, found.location, True), **columns}
    return columns, whole


def named(call: form.Call) -> dict[str, form.Expression]:
    """The named arguments of a call."""
    return {one.name: one.value for one in call.arguments if one.name is not None}


def is_true(value: form.Expression | None) -> bool:
    """Whether an expression is the constant True."""
    return isinstance(value, form.Literal) and value.value is True


def choices_of(scope: Scope, choices: form.Expression) -> Shape | None:
    """The values of `Status.choices`, of a list of pairs, or of a list of values."""
    match choices:
        case form.Member(owner, "choices" | "values"):
            shape = scope.shape(owner)
            return shape if isinstance(shape, Ref) and shape.key in scope.project.enums else None
        case form.Array(items):
            values = [
                constant(scope, one.items[0] if isinstance(one, form.Array) and one.items else one) for one in items
            ]
            known = [one.value for one in values if one is not None and one.value is not None]
            if len(known) != len(items):
                return None
            return Values(tuple(Value(one, "", scope.place(choices.span)) for one in known))
        case form.Name() | form.Member():
            found = scope.project.member(scope.file, choices, values=True)
            bound = found.statement if found is not None else None
            if found is not None and isinstance(bound, form.Bind) and bound.value is not None:
                return choices_of(scope.at(found.file, {}), bound.value)
            shape = scope.shape(choices)
            return shape if isinstance(shape, Ref) and shape.key in scope.project.enums else None
        case _:
            return None


def _in_class(choices: form.Expression, owner: tuple[str, form.Class]) -> form.Expression:
    """What names mean in the body of a class: a list or an enum that stands in it."""
    name, cls = owner
    match choices:
        case form.Name(id):
            for part in cls.body:
                if isinstance(part, form.Field) and part.name == id and part.value is not None:
                    return part.value
                if isinstance(part, form.Class) and part.name == id:
                    return form.Member(form.Name(name, choices.span), id, choices.span)
            return choices
        case form.Member(form.Name() as inner, attribute):
            return form.Member(_in_class(inner, owner), attribute, choices.span)
        case _:
            return choices


def _column(scope: Scope, part: form.Field, call: form.Call, owner: tuple[str, form.Class]) -> Column | None:
    kind = last(scope.project.library(scope.file, call.callee))
    options = named(call)
    nullable = is_true(options.get("null"))
    automatic = kind.endswith("AutoField") or any(is_true(options.get(one)) for one in ("auto_now", "auto_now_add"))
    automatic = automatic or (options.get("editable") is not None and not is_true(options["editable"]))
    required = not (nullable or "default" in options or is_true(options.get("blank")) or automatic)
    place = scope.place(part.span)
    if kind in ("ForeignKey", "OneToOneField"):
        return Column(UnknownShape("the key of another row"), required, nullable, place)
    if kind == "ManyToManyField":
        return Column(ListOf(UnknownShape("the key of another row")), False, False, place)
    if not kind.endswith("Field"):
        return None
    shape: Shape = _SCALARS.get(kind, UnknownShape(f"`{kind}` is not known"))
    if "choices" in options:
        choices = _in_class(options["choices"], owner)
        shape = choices_of(scope, choices) or UnknownShape("choices that cannot be told")
    return Column(shape, required, nullable, place, automatic)


def _is_key(part: form.Statement) -> bool:
    call = part.value if isinstance(part, form.Field) else None
    return isinstance(call, form.Call) and is_true(named(call).get("primary_key"))
