"""How do shapes combine: unions, nullability, the fields behind a shape, a text for a shape?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from auditor.link.types.scope import Project
from auditor.model.shape import (
    AnyShape,
    EnumType,
    FieldType,
    Inline,
    ListOf,
    MapOf,
    Model,
    OneOf,
    Ref,
    Scalar,
    Shape,
    UnknownShape,
    Value,
    Values,
)
from auditor.model.span import Location

NULL = Scalar("null")
STRING = Scalar("string")


def one_of(shapes: Iterable[Shape]) -> Shape:
    """A union: flat, without repetitions, its constants in one `Values`."""
    options: list[Shape] = []
    constants: list[Value] = []
    for shape in _flatten(shapes):
        if isinstance(shape, Values):
            if not constants:
                options.append(shape)
            constants += [v for v in shape.values if (type(v.value), v.value) not in _keys(constants)]
        elif shape not in options:
            options.append(shape)
    joined: list[Shape] = [Values(tuple(constants)) if isinstance(o, Values) else o for o in options]
    if not joined:
        return UnknownShape("an empty union")
    return joined[0] if len(joined) == 1 else OneOf(tuple(joined))


def without_null(shape: Shape) -> tuple[Shape, bool]:
    """The shape without null, and whether null was an option. Null alone stays."""
    if not isinstance(shape, OneOf) or NULL not in shape.options:
        return shape, shape == NULL
    return one_of(option for option in shape.options if option != NULL), True


def substituted(shape: Shape, old: Shape, new: Shape) -> Shape:
    """The shape with one option of its union replaced."""
    if shape == old:
        return new
    if isinstance(shape, OneOf):
        return OneOf(tuple(new if option == old else option for option in shape.options))
    return shape


def constants_of(project: Project, shape: Shape) -> tuple[tuple[Value, ...], bool] | None:
    """The constants a shape allows and whether others are possible too; None if it is no set of constants.

    A union of constants with plain strings (`'a' | (string & {})`) is open.
    """
    match shape:
        case Values(values):
            return values, False
        case Ref(key) if key in project.enums:
            enum = project.enums[key]
            return enum.values, enum.open
        case OneOf(options):
            parts = [constants_of(project, option) for option in options if option != NULL]
            values = tuple(value for part in parts if part is not None for value in part[0])
            if not values or any(isinstance(option, (ListOf, MapOf, Inline)) for option in options):
                return None
            if any(isinstance(o, Ref) and o.key not in project.enums for o in options):
                return None
            return values, any(part is None or part[1] for part in parts)
        case _:
            return None


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields behind a shape; `open`: further ones are possible."""

    fields: tuple[FieldType, ...]
    open: bool


def fields_of(project: Project, shape: Shape) -> Fields | None:
    """The fields of an object shape, also behind a reference; None for anything else."""
    match shape:
        case Inline(fields, open):
            return Fields(fields, open)
        case Ref(key) if key not in project.enums:
            model = project.model(key)
            return Fields(model.fields, model.open) if model else Fields((), True)
        case MapOf():
            return Fields((), True)
        case _:
            return None


def merged(parts: Iterable[Fields | None]) -> Fields:
    """All fields of several shapes, later ones over earlier ones; open if one could not be resolved."""
    found: dict[str, FieldType] = {}
    open = False
    for part in parts:
        if part is None:
            open = True
            continue
        open = open or part.open
        for entry in part.fields:
            found[entry.name] = entry
    return Fields(tuple(found.values()), open)


def as_enum(project: Project, shape: Shape, key: str, name: str, place: Location, framework: str) -> Shape:
    """A set of constants with a name of its own, declared as an enum; any other shape as it is."""
    plain, nullable = without_null(shape)
    known = None if isinstance(plain, Ref) else constants_of(project, plain)
    if known is None:
        return shape
    project.enums[key] = EnumType(key, name, project.side(place.file), place, known[0], known[1], framework)
    return one_of((Ref(key), NULL)) if nullable else Ref(key)


def name_constants(project: Project, shape: Shape, key: str, name: str, place: Location, framework: str) -> Shape:
    """The shape with a literal union of at least two constants made a declared enum named after its field."""
    match shape:
        case Values(values) if len(values) > 1:
            project.enums[key] = EnumType(key, name, project.side(place.file), place, values, False, framework)
            return Ref(key)
        case ListOf(item):
            return ListOf(name_constants(project, item, key, name, place, framework))
        case OneOf(options) if any(isinstance(option, Values) for option in options):
            constants = next(option for option in options if isinstance(option, Values))
            loose = any(isinstance(option, (Scalar, UnknownShape, AnyShape)) and option != NULL for option in options)
            if len(constants.values) < 2:
                return shape
            named = name_constants(project, constants, key, name, place, framework)
            project.enums[key] = replace(project.enums[key], open=loose)
            return OneOf(tuple(named if option == constants else option for option in options))
        case _:
            return shape


def name_objects(project: Project, shape: Shape, key: str, name: str, place: Location) -> Shape:
    """The shape with an object type that is written in place made a model, named after its field."""
    match shape:
        case Inline(fields, open) if fields:
            project.models[key] = Model(key, name, project.side(place.file), place, fields, open, "inline")
            return Ref(key)
        case ListOf(item):
            return ListOf(name_objects(project, item, key, name, place))
        case OneOf(options) if sum(isinstance(option, Inline) for option in options) == 1:
            return OneOf(tuple(name_objects(project, option, key, name, place) for option in options))
        case _:
            return shape


def name_of_fields(fields: tuple[FieldType, ...]) -> str:
    """A name for people for an object type without one: `{id, name, …}`."""
    names = [field.name for field in fields[:3]] + ["…"] * (len(fields) > 3)
    return "{" + ", ".join(names) + "}"


def describe(shape: Shape, short: bool = False) -> str:
    """A text that tells shapes apart; `short` leaves the files of references out."""
    match shape:
        case Scalar(kind, format):
            return format or kind
        case Values(values):
            return "|".join(repr(value.value) for value in values)
        case Ref(key):
            return key.rpartition(":")[2] if short else key
        case ListOf(item):
            return f"{describe(item, short)}[]"
        case MapOf(value):
            return f"map<{describe(value, short)}>"
        case OneOf(options):
            return "|".join(describe(option, short) for option in options)
        case Inline(fields):
            return "{" + ",".join(f"{f.wire}:{describe(f.shape, short)}" for f in fields) + "}"
        case AnyShape():
            return "any"
        case UnknownShape():
            return "?"


def _flatten(shapes: Iterable[Shape]) -> Iterable[Shape]:
    for shape in shapes:
        if isinstance(shape, OneOf):
            yield from _flatten(shape.options)
        else:
            yield shape


def _keys(constants: Iterable[Value]) -> set[tuple[type, object]]:
    return {(type(value.value), value.value) for value in constants}
