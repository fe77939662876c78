"""Types as they travel over the wire, whichever language declared them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from auditor.model.span import Location


@dataclass(frozen=True, slots=True)
class Scalar:
    """A JSON scalar. `kind` is "string", "number", "integer", "boolean" or "null"; `format` refines a
    string ("date-time", "date", "uuid", "binary", "decimal"), "" if plain."""

    kind: str
    format: str = ""


@dataclass(frozen=True, slots=True)
class Values:
    """One of a few constants, written in place (`Literal["a", "b"]`, `"a" | "b"`)."""

    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Ref:
    """A declared model or enum: key into `ProjectGraph.models` or `ProjectGraph.enums`."""

    key: str


@dataclass(frozen=True, slots=True)
class ListOf:
    """A JSON array of one item type."""

    item: Shape


@dataclass(frozen=True, slots=True)
class MapOf:
    """A JSON object with arbitrary keys."""

    value: Shape


@dataclass(frozen=True, slots=True)
class OneOf:
    """A union; `null` is a member of its own (`Scalar("null")`)."""

    options: tuple[Shape, ...]


@dataclass(frozen=True, slots=True)
class Inline:
    """An object type written in place."""

    fields: tuple[FieldType, ...]
    open: bool = False


@dataclass(frozen=True, slots=True)
class AnyShape:
    """`Any`, `any`, `unknown`, `object`: declared to be anything."""


@dataclass(frozen=True, slots=True)
class UnknownShape:
    """A type that could not be resolved, and why."""

    reason: str


Shape: TypeAlias = Scalar | Values | Ref | ListOf | MapOf | OneOf | Inline | AnyShape | UnknownShape


@dataclass(frozen=True, slots=True)
class Value:
    """A constant of an enum or literal union: its wire value, its member name ("" in a union), its place."""

    value: str | int | float | bool
    name: str
    location: Location


@dataclass(frozen=True, slots=True)
class FieldType:
    """A field of a model.

    `name` is as declared, `wire` as serialised (after aliases). `required`: the key must be there
    when sent to the server; `nullable`: JSON null is allowed. `default` is the constant default, if
    one is known, else None. `computed` fields are sent by the server and never taken. `taken` are the names under
    which a server takes the field, where they are others than `wire`; `absent`: an answer may leave it out.
    """

    name: str
    wire: str
    shape: Shape
    required: bool
    nullable: bool
    location: Location
    default: str | int | float | bool | None = None
    computed: bool = False
    taken: tuple[str, ...] = ()
    absent: bool = False


@dataclass(frozen=True, slots=True)
class Model:
    """A class or interface whose fields travel. Fields include inherited ones, base first.

    `key` is unique in the project (`file:name`). `open`: further fields are possible (index
    signature, `extra="allow"`, a base that could not be resolved). `framework` is "pydantic",
    "dataclass", "typeddict", "interface", "alias", "class", "zod"…; "inline" for an object type written in place,
    "dict" for an object that a function writes. `casing` is the alias generator that renames all fields:
    "camel", "pascal", "snake", "" for none. `declared` is the key of the model as it is declared, where this one is how
    a route writes it (`Writing`), else "".
    """

    key: str
    name: str
    side: str
    location: Location
    fields: tuple[FieldType, ...]
    open: bool
    framework: str
    bases: tuple[str, ...] = ()
    casing: str = ""
    declared: str = ""


@dataclass(frozen=True, slots=True)
class EnumType:
    """A named closed set of constants: a Python enum, a TypeScript enum, a named literal union, an
    `as const` object or array, a zod enum. `open`: a member could not be resolved."""

    key: str
    name: str
    side: str
    location: Location
    values: tuple[Value, ...]
    open: bool
    framework: str
