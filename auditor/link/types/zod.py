"""What does a zod schema accept?

Source: https://zod.dev/api (3.x and 4.x).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from auditor.link.types.constants import constant, key_of
from auditor.link.types.enums import constant_members, typescript_enum
from auditor.link.types.objects import literal_keys, model_of, property_of
from auditor.link.types.scope import Found, Scope, words
from auditor.link.types.unions import NULL, STRING, Fields, fields_of, merged, one_of, without_null
from auditor.model import form
from auditor.model.shape import (
    AnyShape,
    EnumType,
    FieldType,
    Inline,
    ListOf,
    MapOf,
    OneOf,
    Ref,
    Scalar,
    Shape,
    UnknownShape,
    Value,
    Values,
)
from auditor.model.span import NOWHERE

_SCALARS: dict[str, Shape] = {
    **dict.fromkeys(words("string email url uuid cuid ulid nanoid base64 jwt guid"), STRING),
    **dict.fromkeys(("number", "float32", "float64", "nan"), Scalar("number")),
    **dict.fromkeys(("int", "int32", "bigint"), Scalar("integer")),
    **dict.fromkeys(("boolean", "stringbool"), Scalar("boolean")),
    "date": Scalar("string", "date-time"),
    **dict.fromkeys(("null", "undefined", "void"), NULL),
    **dict.fromkeys(("any", "unknown", "json"), AnyShape()),
}
_OBJECTS = frozenset({"object", "strictObject", "looseObject", "interface"})
_SAME = words(
    "datetime date time "
    "min max length nonempty email url uuid cuid ulid regex includes startsWith endsWith trim toLowerCase "
    "toUpperCase int positive negative nonnegative nonpositive finite safe multipleOf gt gte lt lte "
    "refine superRefine check brand describe readonly meta strict strip register overwrite normalize ip "
    "emoji step size and_"
)

_ANYTHING = ("any", "unknown")


@dataclass(frozen=True, slots=True)
class Schema:
    """What a schema accepts, and what it says about the key it stands under."""

    shape: Shape
    optional: bool = False
    default: str | int | float | bool | None = None


def named_schema(scope: Scope, found: Found) -> Shape | None:
    """The shape of a constant that holds a schema; None if it holds none. Its object or enum takes its name."""
    value = found.statement.value if isinstance(found.statement, form.Bind) else None
    if not isinstance(value, form.Call):
        return None
    memo, key = scope.project.memo, f"{found.key}()"
    if key in memo:
        return memo[key]
    memo[key] = UnknownShape(f"`{found.name}` refers to itself")
    read = _schema(scope, value)
    if read is None:
        del memo[key]
        return None
    memo[key] = _declared(scope, found, read.shape)
    return memo[key]


def _declared(scope: Scope, found: Found, shape: Shape) -> Shape:
    project = scope.project
    plain, nullable = without_null(shape)
    match plain:
        case Inline(fields, open):
            project.models[found.key] = model_of(
                scope, found.key, found.name, found.location, Fields(fields, open), "zod"
            )
        case Values(values) if len(values) > 1:
            side = project.side(found.file)
            project.enums[found.key] = EnumType(found.key, found.name, side, found.location, values, False, "zod")
        case _:
            return shape
    return one_of((Ref(found.key), NULL)) if nullable else Ref(found.key)


def _schema(scope: Scope, expression: form.Expression) -> Schema | None:
    """The schema an expression builds; None if it has nothing to do with zod."""
    match expression:
        case form.Name() | form.Member(form.Name(), _):
            found = scope.project.member(scope.file, expression, values=True)
            if found is not None and isinstance(found.statement, form.Bind):
                shape = named_schema(scope.at(found.file, {}), found)
                return None if shape is None else _with_marks(scope, found, shape)
            return _part(scope, expression)
        case form.Member():
            return _part(scope, expression)
        case form.Call(form.Member(owner, method), arguments):
            given = tuple(argument.value for argument in arguments)
            if _is_zod(scope, owner):
                return _constructed(scope, method, given)
            inner = _schema(scope, owner)
            return None if inner is None else _modified(scope, inner, method, given)
        case _:
            return None


def _with_marks(scope: Scope, found: Found, shape: Shape) -> Schema:
    value = found.statement.value if isinstance(found.statement, form.Bind) else None
    marked = isinstance(value, form.Call) and isinstance(value.callee, form.Member)
    last = (
        value.callee.name if marked and isinstance(value, form.Call) and isinstance(value.callee, form.Member) else ""
    )
    return Schema(shape, last in ("optional", "nullish", "default", "catch", *_ANYTHING))


def _part(scope: Scope, expression: form.Expression) -> Schema | None:
    """`schema.shape.name`, `schema.element`."""
    match expression:
        case form.Member(form.Member(owner, "shape"), name):
            outer = _schema(scope, owner)
            return None if outer is None else Schema(property_of(scope, outer.shape, name))
        case form.Member(owner, "element"):
            outer = _schema(scope, owner)
            return Schema(outer.shape.item) if outer is not None and isinstance(outer.shape, ListOf) else None
        case _:
            return None


def _is_zod(scope: Scope, owner: form.Expression) -> bool:
    root = owner.object if isinstance(owner, form.Member) and owner.name in ("coerce", "iso") else owner
    name = scope.project.library(scope.file, root)
    return isinstance(root, (form.Name, form.Member)) and (name.startswith("zod") or "zod-openapi" in name)


def _inner(scope: Scope, expression: form.Expression | None) -> Shape:
    read = None if expression is None else _schema(scope, expression)
    return UnknownShape("a schema that cannot be told") if read is None else read.shape


def _constructed(scope: Scope, method: str, given: tuple[form.Expression, ...]) -> Schema:
    first = given[0] if given else None
    if method in _SCALARS:
        return Schema(_SCALARS[method], method in _ANYTHING)  # what takes anything takes a key that is not there
    if method in _OBJECTS:
        return Schema(_object(scope, first, method == "looseObject"))
    if method in ("enum", "nativeEnum", "literal"):
        return Schema(_constants(scope, first))
    if method in ("union", "discriminatedUnion", "tuple", "xor"):
        options = given[1] if method == "discriminatedUnion" and len(given) > 1 else first
        items = options.items if isinstance(options, form.Array) else ()
        joined = one_of(_inner(scope, item) for item in items)
        return Schema(ListOf(joined) if method == "tuple" else joined)
    if method == "intersection" and len(given) > 1:
        both = merged(fields_of(scope.project, _inner(scope, part)) for part in given)
        return Schema(Inline(both.fields, both.open))
    if method in ("array", "set"):
        return Schema(ListOf(_inner(scope, first)))
    if method in ("record", "map", "partialRecord"):
        return Schema(MapOf(_inner(scope, given[-1] if given else None)))
    if method in ("optional", "nullable", "nullish"):
        return _modified(scope, Schema(_inner(scope, first)), method, ())
    if method == "preprocess" and len(given) > 1:
        return Schema(_inner(scope, given[1]))
    if method in ("date", "datetime", "time"):
        return Schema(STRING)
    if method == "lazy":
        match first:
            case form.Function(body=(form.Return(value),)) if value is not None:
                return Schema(_inner(scope, value))
            case _:
                pass
    return Schema(UnknownShape(f"z.{method}"))


def _modified(scope: Scope, inner: Schema, method: str, given: tuple[form.Expression, ...]) -> Schema:
    first = given[0] if given else None
    if method in _SAME:
        return inner
    if method in ("optional", "exactOptional"):
        return replace(inner, optional=True)
    if method == "nullable":
        return replace(inner, shape=one_of((inner.shape, NULL)))
    if method == "nullish":
        return Schema(one_of((inner.shape, NULL)), True)
    if method in ("default", "catch", "prefault"):
        known = None if first is None else constant(scope, first)
        return replace(inner, optional=True, default=known.value if known else None)
    if method == "array":
        return Schema(ListOf(inner.shape))
    if method == "or":
        return Schema(one_of((inner.shape, _inner(scope, first))))
    if method in ("extend", "safeExtend", "merge", "and"):
        other = _object(scope, first, False) if isinstance(first, form.Object) else _inner(scope, first)
        return Schema(_joined(scope, inner.shape, other))
    if method in ("passthrough", "loose", "catchall"):
        return Schema(_changed(scope, inner.shape, lambda field: field, True))
    if method in ("partial", "required", "deepPartial"):
        return Schema(_changed(scope, inner.shape, lambda field: replace(field, required=method == "required")))
    if method in ("pick", "omit") and isinstance(first, form.Object):
        names = {key_of(entry) for entry in first.entries}
        keep = method == "pick"
        return Schema(_changed(scope, inner.shape, lambda field: field if (field.name in names) is keep else None))
    if method in ("exclude", "extract") and first is not None:
        names = set(literal_keys(scope, _constants(scope, first)) or ())
        keep = method == "extract"
        if isinstance(inner.shape, Values) and names:
            return Schema(Values(tuple(v for v in inner.shape.values if (v.value in names) is keep)))
    if method == "unwrap":
        return Schema(without_null(inner.shape)[0])
    return Schema(UnknownShape(f"a schema's .{method}()"))


def _object(scope: Scope, expression: form.Expression | None, open: bool) -> Shape:
    if not isinstance(expression, form.Object):
        return Inline((), True)
    fields: dict[str, FieldType] = {}
    for entry in expression.entries:
        name = key_of(entry)
        if entry.key is None:
            # `...base.shape`
            base = entry.value.object if isinstance(entry.value, form.Member) and entry.value.name == "shape" else None
            spread = fields_of(scope.project, _inner(scope, base))
            open = open or spread is None or spread.open
            fields |= {field.name: field for field in (spread.fields if spread else ())}
        elif name is None:
            open = True
        else:
            read = _schema(scope, entry.value) or Schema(UnknownShape("a schema that cannot be told"))
            shape, nullable = without_null(read.shape)
            place = scope.place(entry.key.span if isinstance(entry.key, form.Literal) else expression.span)
            fields[name] = FieldType(name, name, shape, not read.optional, nullable, place, read.default)
    return Inline(tuple(fields.values()), open)


def _constants(scope: Scope, expression: form.Expression | None) -> Shape:
    if expression is None:
        return UnknownShape("an enum without members")
    found = scope.project.member(scope.file, expression, values=True)
    if found is not None and isinstance(found.statement, form.Enum):
        scope.project.enums[found.key] = typescript_enum(scope, found, found.statement)
        return Ref(found.key)
    known = constant_members(scope, expression)
    if known is not None:
        constants = one_of(Values((value,)) for value in known[0])
        return OneOf((constants, UnknownShape("a member that is no constant"))) if known[1] else constants
    single = constant(scope, expression)
    if single is not None and single.value is not None:
        span = expression.span if isinstance(expression, form.Literal) else NOWHERE
        return Values((Value(single.value, "", scope.place(span)),))
    return NULL if single is not None else UnknownShape("an enum whose members cannot be told")


def _joined(scope: Scope, left: Shape, right: Shape) -> Shape:
    both = merged((fields_of(scope.project, left), fields_of(scope.project, right)))
    return Inline(both.fields, both.open)


def _changed(scope: Scope, shape: Shape, change: Callable[[FieldType], FieldType | None], open: bool = False) -> Shape:
    known = fields_of(scope.project, shape)
    if known is None:
        return UnknownShape("a change of a schema that is no object")
    kept = (change(field) for field in known.fields)
    return Inline(tuple(field for field in kept if field is not None), open or known.open)
