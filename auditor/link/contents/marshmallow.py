"""What do the schemas of marshmallow send and take?

marshmallow 3 and 4: https://marshmallow.readthedocs.io/en/stable/marshmallow.fields.html. Also the schemas of
flask-marshmallow and APIFlask, and the plain dicts of fields that webargs takes.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.link.contents.marshmallow_kinds import field_kind, is_extension, is_package
from auditor.link.contents.names import Callee, Names, Written, place_of
from auditor.link.types.serializers import INPUT
from auditor.model import form
from auditor.model.finding import Side
from auditor.model.shape import (
    AnyShape,
    FieldType,
    ListOf,
    MapOf,
    Model,
    Ref,
    Scalar,
    Shape,
    UnknownShape,
    Value,
    Values,
)

_SCALARS = {
    "Str": Scalar("string"), "String": Scalar("string"), "Int": Scalar("integer"), "Integer": Scalar("integer"),
    "Float": Scalar("number"), "Number": Scalar("number"), "Bool": Scalar("boolean"), "Boolean": Scalar("boolean"),
    "Decimal": Scalar("string", "decimal"), "UUID": Scalar("string", "uuid"), "Email": Scalar("string", "email"),
    "Url": Scalar("string", "uri"), "URL": Scalar("string", "uri"), "DateTime": Scalar("string", "date-time"),
    "NaiveDateTime": Scalar("string", "date-time"), "AwareDateTime": Scalar("string", "date-time"),
    "Date": Scalar("string", "date"), "Time": Scalar("string", "time"), "File": Scalar("string", "binary"),
    "TimeDelta": Scalar("integer"), "IP": Scalar("string"), "IPv4": Scalar("string"), "Slug": Scalar("string"),
}  # fmt: skip
_SCHEMAS = ("Schema", "BaseSchema")
_AUTOMATIC = ("SQLAlchemyAutoSchema", "SQLAlchemySchema", "ModelSchema")
_DEPTH = 8


def schema_shape(written: Written, names: Names, takes: bool, depth: int = 0) -> Shape | None:
    """The shape of `UserSchema`, `UserSchema(many=True)` or `{"q": fields.Str()}`; None if it is no schema.

    `takes`: as a request carries it, without what is only sent.
    """
    written = names.value(written)
    many, narrowed, cls = False, False, written
    if isinstance(written.node, form.Call):
        cls = written.other(written.node.callee)
        many = any(one.name == "many" and _is(one.value, True) for one in written.node.arguments)
        narrowed = any(one.name in ("only", "exclude", "partial") for one in written.node.arguments)
    model = _of_dict(written, names, takes, depth) if isinstance(written.node, form.Object) else None
    callee = names.callee(cls) if model is None else None
    if callee is not None and isinstance(callee.node, form.Class):
        model = _of_class(callee, names, takes, depth, written if narrowed else None)
    if model is None:
        return None
    reference = names.types.enter(model)
    return ListOf(reference) if many else reference


def fields_of(shape: Shape | None, names: Names) -> tuple[FieldType, ...]:
    """The fields of a schema's shape."""
    return names.types.models[shape.key].fields if isinstance(shape, Ref) and shape.key in names.types.models else ()


def _of_class(callee: Callee, names: Names, takes: bool, depth: int, narrowed: Written | None) -> Model | None:
    line = list(names.bases(callee))
    roots = {name for cls in line for name in _library_bases(cls, names)}
    if not roots & {*_SCHEMAS, *_AUTOMATIC} or depth > _DEPTH:
        return None
    key = f"{callee.file}:{callee.name}{INPUT if takes else ''}"
    if narrowed is not None:
        key += f"@{place_of(narrowed).line}"
    known = names.types.models.get(key)
    if known is not None:
        return known
    open = bool(roots & {*_AUTOMATIC})
    model = Model(key, callee.name, Side.BACKEND, callee.location, (), True, "marshmallow")
    names.types.enter(model)  # it may hold itself
    fields: dict[str, FieldType] = {}
    for cls in reversed(line):
        assert isinstance(cls.node, form.Class)
        for part in cls.node.body:
            if isinstance(part, form.Field) and part.value is not None:
                made = _field(part.name, Written(cls.file, part.value), names, takes, depth)
                if made is not None:
                    fields[part.name] = made
                elif part.name in fields and not _is_field(Written(cls.file, part.value), names):
                    del fields[part.name]
    wanted = _narrowed(narrowed)
    if wanted is None:
        open = True
    elif narrowed is not None:
        fields = {name: field for name, field in fields.items() if _is_kept(name, wanted)}
    return Model(key, callee.name, Side.BACKEND, callee.location, tuple(fields.values()), open, "marshmallow")


def _narrowed(written: Written | None) -> dict[str, tuple[str, ...]] | None:
    """`only` and `exclude` of a schema's construction; None where they cannot be told."""
    found: dict[str, tuple[str, ...]] = {}
    if written is None or not isinstance(written.node, form.Call):
        return found
    for one in written.node.arguments:
        if one.name in ("only", "exclude"):
            items = one.value.items if isinstance(one.value, form.Array) else ()
            texts = [item.value for item in items if isinstance(item, form.Literal) and isinstance(item.value, str)]
            if not items or len(texts) != len(items):
                return None
            found[one.name] = tuple(texts)
        elif one.name == "partial":
            return None
    return found


def _is_kept(name: str, wanted: dict[str, tuple[str, ...]]) -> bool:
    return ("only" not in wanted or name in wanted["only"]) and name not in wanted.get("exclude", ())


def _of_dict(written: Written, names: Names, takes: bool, depth: int) -> Model | None:
    assert isinstance(written.node, form.Object)
    fields: list[FieldType] = []
    for entry in written.node.entries:
        name = entry.key.value if isinstance(entry.key, form.Literal) else None
        if not isinstance(name, str):
            return None
        made = _field(name, written.other(entry.value), names, takes, depth)
        if made is None:
            return None
        fields.append(made)
    place = place_of(written)
    return Model(f"{place.file}:{place.line}:fields", "fields", Side.BACKEND, place, tuple(fields), False, "inline")


def _field(name: str, written: Written, names: Names, takes: bool, depth: int) -> FieldType | None:
    call = written.node
    if not isinstance(call, form.Call) or not _is_field(written, names):
        return None
    options = {one.name: one.value for one in call.arguments if one.name}
    if _is(options.get("dump_only" if takes else "load_only"), True):
        return None
    wire = options.get("data_key")
    missing = options.get("load_default", options.get("missing"))
    default = missing.value if isinstance(missing, form.Literal) else None
    required = _is(options.get("required"), True) if takes else True
    nullable = _is(options.get("allow_none"), True) or (isinstance(missing, form.Literal) and missing.value is None)
    return FieldType(
        name=name,
        wire=wire.value if isinstance(wire, form.Literal) and isinstance(wire.value, str) else name,
        shape=_shape(written, options, names, takes, depth),
        required=required,
        nullable=nullable,
        location=place_of(written),
        default=default,
    )


def _shape(written: Written, options: dict[str, form.Expression], names: Names, takes: bool, depth: int) -> Shape:
    assert isinstance(written.node, form.Call)
    kind = field_kind(written, names)
    first = next((one.value for one in written.node.arguments if one.name is None and not one.spread), None)
    chosen = _choices(options.get("validate"), written)
    if chosen is not None:
        return chosen
    if kind == "Nested" and first is not None:
        many = _is(options.get("many"), True)
        inner = _behind_lambda(first)
        shape = schema_shape(written.other(inner), names, takes, depth + 1) if inner is not None else None
        found: Shape = shape or UnknownShape("a nested schema that cannot be read")
        return ListOf(found) if many else found
    if kind in ("List", "DelimitedList") and first is not None:
        inner_call = first if isinstance(first, form.Call) else form.Call(first, (), written.node.span)
        inside = {one.name: one.value for one in inner_call.arguments if one.name}
        return ListOf(_shape(written.other(inner_call), inside, names, takes, depth + 1))
    if kind in ("Dict", "Mapping"):
        return MapOf(AnyShape())
    if kind == "Enum" and first is not None:
        return names.types.shape(written.file, first)
    if kind == "Raw":
        return AnyShape()
    return _SCALARS.get(kind, UnknownShape(f"what a field of the kind {kind} holds"))


def _behind_lambda(node: form.Expression) -> form.Expression | None:
    if not isinstance(node, form.Function):
        return node
    first = node.body[0] if node.body else None
    return first.value if isinstance(first, form.Return) else None


def _choices(validate: form.Expression | None, written: Written) -> Shape | None:
    """`validate.OneOf(["a", "b"])`."""
    if not isinstance(validate, form.Call) or _last(validate.callee) != "OneOf" or not validate.arguments:
        return None
    items = validate.arguments[0].value
    texts = [one.value for one in items.items if isinstance(one, form.Literal)] if isinstance(items, form.Array) else []
    if not isinstance(items, form.Array) or len(texts) != len(items.items):
        return None
    place = place_of(written)
    values = tuple(Value(one, "", place) for one in texts if one is not None)
    return Values(values) if values else None


def _is_field(written: Written, names: Names) -> bool:
    return bool(field_kind(written, names))


def _library_bases(cls: Callee, names: Names) -> Iterator[str]:
    assert isinstance(cls.node, form.Class)
    for base in cls.node.bases:
        full = names.types.library(cls.file, base)
        extension = isinstance(base, form.Member) and is_extension(Written(cls.file, base.object), names)
        if is_package(full) or extension:
            yield _last(base)


def _last(node: form.Expression) -> str:
    return node.name if isinstance(node, form.Member) else node.id if isinstance(node, form.Name) else ""


def _is(node: form.Expression | None, value: bool) -> bool:
    return isinstance(node, form.Literal) and node.value is value
