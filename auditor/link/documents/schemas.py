"""What do the schemas of an API document say: models, enums and shapes.

JSON Schema as OpenAPI 3.0 and 3.1 use it: https://spec.openapis.org/oas/v3.1.0#schema-object.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.link.documents.document import Document, objects_of, text_of
from auditor.link.types.unions import NULL, one_of, without_null
from auditor.model.finding import Side
from auditor.model.shape import (
    AnyShape,
    EnumType,
    FieldType,
    Inline,
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
from auditor.model.span import Location
from auditor.syntax.documents import Located

_FORMATS = {"date-time", "date", "time", "duration", "uuid", "uri", "email", "binary", "decimal", "path"}
_SCALARS = ("string", "number", "integer", "boolean")
_NAMED = ("#/components/schemas/", "#/definitions/")
_DEPTH = 30


class DocumentSchemas:
    """The schemas of one document; `models` and `enums` are those that were met, by key (`file:Name`)."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self.models: dict[str, Model] = {}
        self.enums: dict[str, EnumType] = {}
        self._known: dict[str, Shape] = {}

    def shape(self, schema: object, place: Location, depth: int = 0) -> Shape:
        """The shape of a schema that stands at a place; its own place counts where it is an object."""
        if depth > _DEPTH:
            return UnknownShape("schemas are nested too deeply")
        if not isinstance(schema, Located):
            return AnyShape()
        reference = schema.get("$ref")
        if isinstance(reference, str):
            return self._referred(reference, depth)
        place = self._document.place(schema)
        found = self._plain(schema, place, depth)
        return one_of((found, NULL)) if schema.get("nullable") is True or schema.get("x-nullable") is True else found

    def body(self, name: str, schema: object, place: Location) -> Shape:
        """The shape of a whole body; an object that is written in place becomes a model of its own."""
        found = self.shape(schema, place)
        match found:
            case Inline(fields, open) if fields:
                at = self._document.place(schema)
                key = f"{at.file}:{at.line}:{name}"
                self.models[key] = Model(key, name, Side.BACKEND, at, fields, open, "inline")
                return Ref(key)
            case ListOf(Inline()) if isinstance(schema, Located):
                return ListOf(self.body(name, schema.get("items"), place))
            case _:
                return found

    def all(self) -> None:
        """Every named schema of the document."""
        root = self._document.root
        named = self._document.at("#/components/schemas") if not self._document.swagger else root.get("definitions")
        for name, _ in objects_of(named):
            self._referred((_NAMED[1] if self._document.swagger else _NAMED[0]) + name, 0)

    def _referred(self, reference: str, depth: int) -> Shape:
        known = self._known.get(reference)
        if known is not None:
            return known
        schema = self._document.at(reference)
        if not isinstance(schema, Located):
            inside = reference.startswith("#")
            return UnknownShape(f"`{reference}` is {'not in the document' if inside else 'in another document'}")
        name = reference.rpartition("/")[2].replace("~1", "/").replace("~0", "~")
        key, place = f"{self._document.file}:{name}", self._document.place(schema)
        if reference.startswith(_NAMED) and self._is_object(schema):
            self._known[reference] = Ref(key)  # it may refer to itself
            fields, open = self._fields(schema, depth)
            self.models[key] = Model(key, name, Side.BACKEND, place, tuple(fields), open, "openapi")
            nullable = schema.get("nullable") is True or _types(schema)[1]
            self._known[reference] = one_of((Ref(key), NULL)) if nullable else Ref(key)
            return self._known[reference]
        self._known[reference] = UnknownShape(f"`{name}` refers to itself")
        shape = self.shape(schema, place, depth + 1)
        plain, nullable = without_null(shape)
        if isinstance(plain, Values) and reference.startswith(_NAMED):
            self.enums[key] = EnumType(key, name, Side.BACKEND, place, plain.values, False, "openapi")
            shape = one_of((Ref(key), NULL)) if nullable else Ref(key)
        self._known[reference] = shape
        return shape

    def _is_object(self, schema: Located) -> bool:
        if isinstance(schema.get("properties"), Located):
            return True
        if "$ref" in schema or "oneOf" in schema or "anyOf" in schema:
            return False
        parts = schema.get("allOf")
        inner = [self._document.follow(one) for one in parts] if isinstance(parts, list) else []
        return len(inner) > 1 and any(one is not None and self._is_object(one) for one in inner)

    def _plain(self, schema: Located, place: Location, depth: int) -> Shape:
        for word in ("oneOf", "anyOf"):
            options = schema.get(word)
            if isinstance(options, list) and options and "properties" not in schema:
                return one_of(self.shape(option, place, depth + 1) for option in options)
        if "const" in schema or isinstance(schema.get("enum"), list):
            return _constants(schema, place)
        parts = schema.get("allOf")
        if isinstance(parts, list) and parts and "properties" not in schema and not self._is_object(schema):
            shapes = [self.shape(part, place, depth + 1) for part in parts]
            told = [shape for shape in shapes if not isinstance(shape, AnyShape)]
            return told[0] if told else AnyShape()
        types, nullable = _types(schema)
        found = one_of(self._typed(schema, type_, depth) for type_ in types) if types else AnyShape()
        return one_of((found, NULL)) if nullable else found

    def _typed(self, schema: Located, type_: str, depth: int) -> Shape:
        place = self._document.place(schema)
        if type_ == "array":
            return ListOf(self.shape(schema.get("items"), place, depth + 1))
        if type_ == "object":
            if self._is_object(schema):
                fields, open = self._fields(schema, depth)
                return Inline(tuple(fields), open)
            return MapOf(self.shape(schema.get("additionalProperties"), place, depth + 1))
        if type_ == "null":
            return NULL
        if type_ == "file":
            return Scalar("string", "binary")
        if type_ in _SCALARS:
            format = text_of(schema.get("format")) or ("binary" if schema.get("contentMediaType") else "")
            return Scalar(type_, format if format in _FORMATS and type_ == "string" else "")
        return UnknownShape(f"a schema of the type '{type_}'")

    def _fields(self, schema: Located, depth: int) -> tuple[list[FieldType], bool]:
        """The fields of an object, those of what it is made of first, and whether it may have more."""
        found: dict[str, FieldType] = {}
        extra = schema.get("additionalProperties")
        open = extra is True or isinstance(extra, Located)
        required = set(_names(schema))
        for part in _list(schema.get("allOf")):
            inner = self._document.follow(part)
            if inner is None or depth > _DEPTH:
                open = True
                continue
            fields, more = self._fields(inner, depth + 1)
            found.update((field.wire, field) for field in fields)
            open = open or more or any(word in inner for word in ("oneOf", "anyOf"))
        for name, property in _properties(schema):
            found[name] = self._field(name, property, name in required, self._document.place(schema), depth)
        return [
            field if field.wire not in required or field.required or _is_read_only(schema, field.wire)
            else FieldType(field.name, field.wire, field.shape, True, field.nullable, field.location, field.default)
            for field in found.values()
        ], open  # fmt: skip

    def _field(self, name: str, property: object, required: bool, place: Location, depth: int) -> FieldType:
        schema = property if isinstance(property, Located) else Located()
        shape, nullable = without_null(self.shape(property, place, depth + 1))
        default = schema.get("default")
        return FieldType(
            name=name,
            wire=name,
            shape=shape,
            required=required and schema.get("readOnly") is not True,
            nullable=nullable,
            location=self._document.place(schema) if isinstance(property, Located) else place,
            default=default if isinstance(default, str | int | float | bool) else None,
        )


def _is_read_only(schema: Located, name: str) -> bool:
    return any(
        isinstance(one, Located) and one.get("readOnly") is True for key, one in _properties(schema) if key == name
    )


def _properties(schema: Located) -> Iterator[tuple[str, object]]:
    properties = schema.get("properties")
    yield from properties.items() if isinstance(properties, Located) else ()


def _types(schema: Located) -> tuple[list[str], bool]:
    """The types that a schema names or is clearly meant to have, and whether null is one of them."""
    given = schema.get("type")
    names = [text_of(one) for one in given] if isinstance(given, list) else [text_of(given)] if given else []
    if not names and ("properties" in schema or "additionalProperties" in schema):
        names = ["object"]
    if not names and "items" in schema:
        names = ["array"]
    if not names and "allOf" in schema:
        names = ["object"]
    return [name for name in names if name != "null"] or (["null"] if names == ["null"] else []), "null" in names


def _constants(schema: Located, place: Location) -> Shape:
    listed = [schema["const"]] if "const" in schema else _list(schema.get("enum"))
    values = [Value(one, "", place) for one in listed if isinstance(one, str | int | float | bool)]
    shapes: list[Shape] = [Values(tuple(values))] if values else []
    if None in listed or _types(schema)[1]:
        shapes.append(NULL)
    return one_of(shapes) if shapes else AnyShape()


def _names(schema: Located) -> Iterator[str]:
    return (one for one in _list(schema.get("required")) if isinstance(one, str))


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
