"""Which fields does a serializer of Django REST framework send and take?

Django REST framework 3.14 to 3.16: https://www.django-rest-framework.org/api-guide/fields/ and /serializers/. The
fields of a `ModelSerializer` come from its `Meta` and from the Django model. What is removed or added in
`to_representation`, or of `self.fields` in `__init__`, cannot be told: such a serializer is open.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from auditor.link.evaluate.walk import walk
from auditor.link.types.constants import constant
from auditor.link.types.djangomodels import Column, choices_of, columns_of, is_true, named
from auditor.link.types.scope import Found, Scope, last, words, written_class
from auditor.link.types.unions import NULL, STRING, name_constants, one_of, without_null
from auditor.model import form
from auditor.model.shape import AnyShape, FieldType, ListOf, MapOf, Model, Scalar, Shape, UnknownShape

SERIALIZERS = words("Serializer ModelSerializer HyperlinkedModelSerializer ListSerializer BaseSerializer")
INPUT = " (input)"
"""What follows the key of the model that a request carries: fields that are only read are not in it."""

_DYNAMIC = frozenset({"to_representation", "get_fields", "__init__", "to_internal_value"})
_SCALARS: Mapping[str, Shape] = {
    **dict.fromkeys(
        words(
            "CharField EmailField URLField SlugField RegexField FilePathField IPAddressField FileField ImageField "
            "StringRelatedField HyperlinkedRelatedField HyperlinkedIdentityField"
        ),
        STRING,
    ),
    "UUIDField": Scalar("string", "uuid"),
    "DateTimeField": Scalar("string", "date-time"),
    "DateField": Scalar("string", "date"),
    "TimeField": Scalar("string", "time"),
    "DurationField": Scalar("string", "duration"),
    "DecimalField": Scalar("string", "decimal"),
    "IntegerField": Scalar("integer"),
    "FloatField": Scalar("number"),
    "BooleanField": Scalar("boolean"),
    "NullBooleanField": one_of((Scalar("boolean"), NULL)),
    "DictField": MapOf(AnyShape()),
    "HStoreField": MapOf(AnyShape()),
    "JSONField": AnyShape(),
}


@dataclass(frozen=True, slots=True)
class _Collected:
    """Declared fields by name, base first; the names and the model of `Meta`; `names` is None for all of the model.
    `dropped` are those that a constructor may take away."""

    declared: dict[str, tuple[Found, form.Field]] = field(default_factory=dict)
    methods: dict[str, tuple[Found, form.Function]] = field(default_factory=dict)
    meta: tuple[Found, form.Class] | None = None
    open: bool = False
    dropped: frozenset[str] = frozenset()


def serializer_model(scope: Scope, found: Found, suffix: str) -> Model:
    """The fields of a serializer: all that are sent, or with `suffix` INPUT all that are taken."""
    collected = _collect(scope, found, frozenset())
    columns, names, known = _selected(scope, collected)
    optional = _listed(scope, collected, "read_only_fields") or ()
    fields: list[FieldType] = []
    # A `ModelSerializer` that lists its fields has these and no others, also of those that it inherits.
    further = () if _lists_fields(collected) else (one for one in collected.declared if one not in names)
    for name in (*names, *further):
        made = _field(scope, found, collected, columns, name)
        if made is None:
            continue
        one, access = made
        if name in optional:
            access = "read"
        if access == ("read" if suffix else "write"):
            continue
        fields.append(one if suffix else replace(one, required=name not in collected.dropped))
    return Model(
        key=found.key + suffix,
        name=found.name,
        side=scope.project.side(found.file),
        location=found.location,
        fields=tuple(fields),
        open=collected.open or not known,
        framework="drf",
    )


def _lists_fields(collected: _Collected) -> bool:
    if collected.meta is None or _setting(collected.meta[1], "model") is None:
        return False
    chosen = _setting(collected.meta[1], "fields")
    return chosen is not None and not (isinstance(chosen, form.Literal) and chosen.value == "__all__")


def _collect(scope: Scope, found: Found, seen: frozenset[str]) -> _Collected:
    statement = found.statement
    if not isinstance(statement, form.Class) or found.key in seen:
        return _Collected(open=True)
    result = _Collected()
    for base in map(written_class, reversed(statement.bases)):
        inner = scope.project.member(found.file, base)
        if inner is None:
            name = last(scope.project.library(found.file, base))
            result = replace(result, open=result.open or name not in (SERIALIZERS | {"object"}))
            continue
        above = _collect(scope, inner, seen | {found.key})
        result = _Collected(
            result.declared | above.declared,
            result.methods | above.methods,
            above.meta or result.meta,
            result.open or above.open,
            result.dropped | above.dropped,
        )
    for part in statement.body:
        match part:
            case form.Field(name, _, form.Call()):
                result.declared[name] = (found, part)
            case form.Field(name, _, form.Literal(None)):
                result.declared.pop(name, None)
            case form.Def(function):
                result.methods[function.name] = (found, function)
                if function.name in _DYNAMIC:
                    dropped = _dropped(function) if function.name == "__init__" else None
                    result = replace(result, open=result.open or dropped is None)
                    result = replace(result, dropped=result.dropped | (dropped or frozenset()))
            case form.Class("Meta"):
                result = replace(result, meta=(found, part))
            case _:
                pass
    return result


def _dropped(function: form.Function) -> frozenset[str] | None:
    """The names that a constructor may take away from `self.fields`; None where it does something else to them."""
    names: set[str] = set()
    nodes = [node for part in function.body for node in walk(part)]
    known: list[form.Node] = []
    for node in nodes:
        match node:
            case form.Call(
                form.Member(form.Member(_, "fields") as fields, "pop"), (form.Argument(form.Literal(str(name))), *_)
            ):
                names.add(name)
                known.append(fields)
            case _:
                pass
    others = [node for node in nodes if isinstance(node, form.Member) and node.name == "fields"]
    return frozenset(names) if all(any(node is one for one in known) for node in others) else None


def _selected(scope: Scope, collected: _Collected) -> tuple[dict[str, Column], tuple[str, ...], bool]:
    """The columns of the model, the names that `Meta` selects, and whether all of both are known."""
    if collected.meta is None:
        return {}, (), True
    model = _setting(collected.meta[1], "model")
    owner = scope.project.member(collected.meta[0].file, model) if model is not None else None
    columns, whole = columns_of(scope, owner) if owner is not None else ({}, False)
    chosen = _setting(collected.meta[1], "fields")
    if chosen is not None and not (isinstance(chosen, form.Literal) and chosen.value == "__all__"):
        names = _names(scope, collected.meta[0], chosen)
        return columns, names or (), names is not None
    excluded = _listed(scope, collected, "exclude")
    sent = tuple(name for name in columns if name not in (excluded or ()) and not columns[name].virtual)
    return columns, sent, whole and (chosen is not None or excluded is not None)


def _field(
    scope: Scope, found: Found, collected: _Collected, columns: Mapping[str, Column], name: str
) -> tuple[FieldType, str] | None:
    """A field, and whether it is only read or only written ("read", "write", "")."""
    key, title = f"{found.key}.{name}", f"{found.name}.{name}"
    if name not in collected.declared:
        column = columns.get(name)
        place = collected.meta[0].location if collected.meta else found.location
        if column is None:
            # A property or method of the model, or a key of its own.
            return FieldType(name, name, UnknownShape("not a column"), False, False, place), "read"
        shape = name_constants(scope.project, column.shape, key, title, column.location, "choices")
        made = FieldType(name, name, shape, column.required, column.nullable, column.location)
        return made, "read" if column.automatic else ""
    owner, statement = collected.declared[name]
    call = statement.value
    assert isinstance(call, form.Call)
    inner = scope.at(owner.file, {})
    options = named(call)
    place = inner.place(statement.span)
    kind = last(scope.project.library(owner.file, call.callee))
    if kind == "HiddenField":
        return None
    if scope.project.member(owner.file, call.callee) is None and not kind.endswith("Field") and kind not in SERIALIZERS:
        return None  # a constant that a call makes, not a field
    shape = _shape(inner, owner, call, collected, name)
    shape, nullable = without_null(name_constants(scope.project, shape, key, title, place, "choices"))
    reading = is_true(options.get("read_only")) or kind in ("SerializerMethodField", "ReadOnlyField")
    access = "read" if reading else "write" if is_true(options.get("write_only")) else ""
    given = "default" in options or ("required" in options and not is_true(options["required"]))
    nullable = nullable or is_true(options.get("allow_null"))
    return FieldType(name, name, shape, not reading and not given, nullable, place), access


def _shape(scope: Scope, owner: Found, call: form.Call, collected: _Collected, name: str) -> Shape:
    options = named(call)
    nested = scope.project.member(owner.file, call.callee)
    if nested is not None:
        shape = scope.shape(call.callee)
        return ListOf(shape) if is_true(options.get("many")) else shape
    kind = last(scope.project.library(owner.file, call.callee))
    if kind == "SerializerMethodField":
        method = options.get("method_name") or (call.arguments[0].value if call.arguments else None)
        wanted = str(method.value) if isinstance(method, form.Literal) else f"get_{name}"
        at, function = collected.methods.get(wanted, (owner, None))
        returns = function.returns if function is not None else None
        return scope.at(at.file, {}).shape(returns) if returns is not None else UnknownShape("a method gives it")
    if kind == "ListField":
        child = options.get("child")
        item = _shape(scope, owner, child, collected, "") if isinstance(child, form.Call) else AnyShape()
        return ListOf(item)
    if kind in ("ChoiceField", "MultipleChoiceField"):
        choices = options.get("choices") or (call.arguments[0].value if call.arguments else None)
        chosen = choices_of(scope, choices) if choices is not None else None
        item = chosen or UnknownShape("choices that cannot be told")
        return ListOf(item) if kind == "MultipleChoiceField" else item
    if is_true(options.get("many")):
        return ListOf(UnknownShape("keys of other rows"))
    return _SCALARS.get(kind, UnknownShape(f"`{kind}` is not known"))


def _setting(meta: form.Class, name: str) -> form.Expression | None:
    return next((one.value for one in meta.body if isinstance(one, form.Field) and one.name == name), None)


def _listed(scope: Scope, collected: _Collected, name: str) -> tuple[str, ...] | None:
    chosen = _setting(collected.meta[1], name) if collected.meta is not None else None
    return _names(scope, collected.meta[0], chosen) if collected.meta is not None and chosen is not None else None


def _names(scope: Scope, owner: Found, value: form.Expression) -> tuple[str, ...] | None:
    """The texts of a list, a tuple, a sum of them, or the `Meta.fields` of another serializer."""
    match value:
        case form.Array(items):
            parts = [_items(scope, owner, item) for item in items]
            return tuple(name for part in parts for name in part or ()) if None not in parts else None
        case form.Binary("+", left, right):
            first, second = _names(scope, owner, left), _names(scope, owner, right)
            return (*first, *second) if first is not None and second is not None else None
        case form.Member(form.Member(base, "Meta"), name):
            found = scope.project.member(owner.file, base)
            collected = _collect(scope, found, frozenset()) if found is not None else None
            return _listed(scope, collected, name) if collected is not None else None
        case form.Name():
            bound = scope.project.member(owner.file, value, values=True)
            if bound is not None and isinstance(bound.statement, form.Bind) and bound.statement.value is not None:
                return _names(scope, bound, bound.statement.value)
            return None
        case _:
            return None


def _items(scope: Scope, owner: Found, item: form.Expression) -> tuple[str, ...] | None:
    if isinstance(item, form.Spread):
        return _names(scope, owner, item.value)
    known = constant(scope.at(owner.file, {}), item)
    return (str(known.value),) if known is not None and isinstance(known.value, str) else None
