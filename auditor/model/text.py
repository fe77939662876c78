"""Texts with holes: joining, converting and combining alternatives."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import cast

from auditor.model.carried import Keys
from auditor.model.span import Location
from auditor.model.value import (
    NO_DEPENDENCIES,
    NONE,
    NOTHING_ASSUMED,
    UNDEFINED,
    Assumed,
    Choice,
    Constant,
    Dependencies,
    Hole,
    Instance,
    Lazy,
    List,
    Symbol,
    Text,
    Undefined,
    Unknown,
    Value,
    now,
)

TOO_LONG = "the text is too long to follow"
_TRAIL = 12  # places kept per text
_LETTERS = 10_000  # of one text that is followed
_PARTS = 400  # pieces of one text before the rest becomes a hole


def join(pieces: Iterable[Text]) -> Text:
    """The concatenation; adjacent static pieces are merged, trails united, softness inherited."""
    parts: list[str | Hole] = []
    trail: list[Location] = []
    soft = False
    defaults, when = NO_DEPENDENCIES, NOTHING_ASSUMED
    for piece in pieces:
        soft = soft or piece.soft
        defaults |= piece.defaults
        when |= piece.when
        for location in piece.trail:
            if location not in trail and len(trail) < _TRAIL:
                trail.append(location)
        for part in piece.parts:
            if isinstance(part, str) and parts and isinstance(parts[-1], str):
                parts[-1] = parts[-1] + part
            elif part != "":
                parts.append(part)
    if sum(len(part) for part in parts if isinstance(part, str)) > _LETTERS:
        parts = [Hole(TOO_LONG)]
    if len(parts) > _PARTS:
        parts = [*parts[:_PARTS], Hole(TOO_LONG)]
    return Text(tuple(parts), tuple(trail), soft, defaults, when)


def concatenate(values: Sequence[Value]) -> Value:
    """Concatenates values as text: one text, or a choice where pieces have alternatives."""
    alternatives = [as_texts(value) for value in values]
    if all(len(options) == 1 for options in alternatives):
        return join([options[0] for options in alternatives])
    while (ways := _ways(alternatives)) is None:  # the piece with most alternatives is the one to give up
        most = max(range(len(alternatives)), key=lambda place: len(alternatives[place]))
        alternatives[most] = (_merged(alternatives[most]),)
    return choice([join(pieces) for pieces in ways])


def _ways(alternatives: Sequence[Sequence[Text]]) -> list[tuple[Text, ...]] | None:
    """The ways to take one alternative of each that may hold together; None if they are too many."""
    ways: list[tuple[Text, ...]] = [()]
    for options in alternatives:
        longer = [
            (*way, option) for way in ways for option in options if all(agree(one.when, option.when) for one in way)
        ]
        ways = longer or [(*way, option) for way in ways for option in options]
        if len(ways) > Choice.LIMIT:
            return None
    return ways


def agree(one: Assumed, other: Assumed) -> bool:
    """Whether two things that were assumed can hold together."""
    if not one or not other:
        return True
    known = dict(one)
    return all(known.get(thing, what) == what for thing, what in other)


def distinct(texts: Iterable[Text]) -> tuple[Text, ...]:
    """Texts without repetitions; what one of several equal texts assumes is not needed for that text."""
    found: dict[Text, Text] = {}
    for one in texts:
        known = found.get(one)
        if known is None:
            found[one] = one
        elif known.when - one.when:
            found[one] = replace(known, when=known.when & one.when)
    return tuple(found.values())


def as_texts(value: Value) -> tuple[Text, ...]:
    """A value as text, one per alternative; what is not a text becomes a hole."""
    match value:
        case Text():
            return (value,)
        case Constant(constant):
            return (Text((_printed(constant),), (), value.soft),)
        case Unknown(reason, dependencies, environment):
            return (Text((Hole(reason, dependencies, environment),)),)
        case Choice(options):
            options = tuple(o for o in options if o not in (NONE, UNDEFINED)) or options
            return distinct(text for option in options for text in as_texts(option))[: Choice.LIMIT]
        case Undefined():
            return (Text((Hole("undefined"),)),)
        case Symbol(name):
            return (Text((Hole(name),)),)
        case Instance(kind="URLSearchParams"):
            return (query_text(value),)
        case Instance(fields=fields) if "value" in fields and not isinstance(fields["value"], Lazy):
            return as_texts(fields["value"])
        case Instance(kind="URL", fields=fields):
            added = fields.get("searchParams")
            query = query_text(added) if isinstance(added, Instance) and (added.fields or added.state) else Text(())
            return tuple(join((text, query)) for text in as_texts(fields["whole"]))
        case _:
            return (Text((Hole(f"not a text: {type(value).__name__.lower()}", dependencies_of(value)),)),)


def query_text(pairs: Instance) -> Text:
    """A `URLSearchParams` as text: a hole that knows the names."""
    names = tuple(sorted(name for name, value in pairs.fields.items() if not isinstance(value, Undefined)))
    reason = "what else the query has" if pairs.state or pairs.born < now() else ""
    place = (pairs.location,) if pairs.location is not None else ()
    return Text((Hole("a query string", environment="?", query=Keys(names, reason, place)),))


def choice(options: Iterable[Value]) -> Value:
    """One of the options, flattened, without repetitions; `Unknown` if there are none.

    An unknown that only says "the environment decides" gives way to a known default.
    """
    options = list(options)
    if len(options) == 1:
        return options[0]
    flat: list[Value] = []
    for option in options:
        for single in option.options if isinstance(option, Choice) else (option,):
            if single not in flat:
                flat.append(single)
            elif isinstance(single, Text):
                place = flat.index(single)
                flat[place] = distinct([cast(Text, flat[place]), single])[0]
    if not flat:
        return Unknown("no value reaches this place")
    if len(flat) > 1:
        known = [option for option in flat if not isinstance(option, Undefined | Unknown)]
        if known:
            runtime = [option for option in flat if isinstance(option, Unknown) and not option.environment][:1]
            flat = [option for option in flat if option in known or option in runtime]
    return flat[0] if len(flat) == 1 else Choice(tuple(flat[: Choice.LIMIT]))


def dependencies_of(value: Value | None, depth: int = 2) -> Dependencies:
    """The parameters a value depends on, looking a little into lists and records."""
    found: set[str] = set()
    _add_dependencies(value, depth, found)
    return frozenset(found) if found else NO_DEPENDENCIES


def _add_dependencies(value: Value | None, depth: int, found: set[str]) -> None:
    match value:
        case Constant():
            pass
        case Text(parts):
            for part in parts:
                if not isinstance(part, str):
                    found.update(part.dependencies)
        case Unknown():
            found.update(value.dependencies)
        case Choice(options):
            for option in options:
                _add_dependencies(option, depth, found)
        case List(items=items) if depth:
            for item in items[:20]:
                _add_dependencies(item, depth - 1, found)


def softened(value: Value) -> Value:
    """A value that the environment may override."""
    match value:
        case Text(parts, trail):
            return Text(parts, trail, soft=True)
        case Constant(constant):
            return Constant(constant, soft=True)
        case Choice(options):
            return Choice(tuple(softened(option) for option in options))
        case _:
            return value


def _merged(options: tuple[Text, ...]) -> Text:
    dependencies = frozenset().union(*(dependencies_of(option) for option in options))
    return Text((Hole("one of many texts", dependencies),))


def _printed(constant: int | float | bool | None) -> str:
    match constant:
        case None:
            return "null"
        case bool():
            return "true" if constant else "false"
        case float() if constant.is_integer():
            return str(int(constant))
        case _:
            return str(constant)
