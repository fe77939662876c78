"""What a request carries, read from the values that a client is given: query, body, headers, credentials."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.adapter import Machine
from auditor.model.carried import COLLECTIONS, NO_KEYS, Body, Carried, Keys, united
from auditor.model.query import names_in
from auditor.model.span import Location
from auditor.model.text import choice
from auditor.model.value import (
    NONE,
    UNDEFINED,
    Choice,
    Constant,
    Instance,
    List,
    Record,
    Text,
    Undefined,
    Unknown,
    Value,
)

_JSON, _FORM, _URLENCODED = "json", "form", "urlencoded"
_KINDS = {"json": _JSON, "FormData": _FORM, "URLSearchParams": _URLENCODED}
_TYPES = {"json": _JSON, "multipart/form-data": _FORM, "x-www-form-urlencoded": _URLENCODED, "text/plain": "text"}
_FURTHER = "the options may have more than is written"


def given(machine: Machine, options: Value | None, *names: str) -> Value | None:
    """The first of some entries of an options object, None if it certainly has none, else an unknown."""
    match options:
        case None | Undefined():
            return None
        case Record():
            for name in names:
                found = machine.force(options.entries[name]) if name in options.entries else UNDEFINED
                if not isinstance(found, Undefined):
                    return found
            return Unknown(_FURTHER) if options.open else None
        case Choice(options=several):
            values = [given(machine, one, *names) for one in several]
            known = [value for value in values if value is not None]
            missing = [UNDEFINED] if len(known) < len(values) else []
            return Choice((*known, *missing)) if len(known) > 1 or missing else choice(known)
        case Constant():
            return None
        case _:
            return Unknown(_FURTHER)


def carried(
    machine: Machine,
    location: Location,
    *,
    query: tuple[Value | None, ...] = (),
    body: Value | None = None,
    headers: tuple[Value | None, ...] = (),
    credentials: Value | None = None,
    objects: str = _JSON,
    may_add: str = "",
) -> Carried:
    """What a client that is given all this sends.

    `objects` is the kind of body that a plain object becomes, "" where the client does not send objects. `may_add`
    says why something else may add headers.
    """
    names = united(keys(machine, one, location) for one in headers)
    lower = tuple(sorted({name.lower() for name in names.names}))
    return Carried(
        query=united(keys(machine, one, location) for one in query),
        body=_body(machine, body, headers, objects, location),
        headers=Keys(lower, names.open or may_add, names.places),
        credentials=_credentials(credentials),
    )


def keys(machine: Machine, value: Value | None, location: Location) -> Keys:
    """The names of an object, a collection, a list of pairs or a query string; what is `undefined` is not sent."""
    match value:
        case None | Undefined():
            return NO_KEYS
        case Record():
            names = [name for name, one in value.entries.items() if not isinstance(one, Undefined)]
            names += value.getters or ()
            is_open = value.open or machine.is_exposed(value)
            return Keys(tuple(sorted({*names})), "further entries are possible" if is_open else "", (location,))
        case Instance(kind="json", fields=fields):
            return keys(machine, machine.force(fields["source"]), value.location or location)
        case Instance(kind=kind) if kind in COLLECTIONS:
            sent = tuple(sorted(name for name, one in value.fields.items() if not isinstance(one, Undefined)))
            is_open = bool(value.state) or machine.is_exposed(value)
            reason = "further entries are possible" if is_open else ""
            return Keys(sent, reason, (value.location or location,))
        case Choice(options):
            return united(keys(machine, one, location) for one in options)
        case Text(parts):
            found = names_in(parts)
            plain = tuple(name.removeprefix("?") for name in found.names)
            return Keys(plain, found.open, value.trail[-1:] or (location,))
        case Constant(value=constant):
            return NO_KEYS if not constant else Keys((), "it is no object", (location,))
        case Unknown(reason):
            return Keys((), reason or "it is not known", (location,))
        case List():
            return Keys((), "it is a list", (location,))
        case _:
            return Keys((), "its entries are not known", (location,))


def _body(
    machine: Machine, value: Value | None, headers: tuple[Value | None, ...], objects: str, location: Location
) -> Body | None:
    options = [one for one in _alternatives(value) if not (isinstance(one, Undefined) or one == NONE)]
    sent = [one for one in options if not (isinstance(one, Constant) and one.value is False)]
    if not sent:
        return None
    kinds = {_kind(machine, one, headers, objects) for one in sent}
    missing = len(sent) < len([*_alternatives(value)])
    found = united(Keys((), "it is a text") if isinstance(one, Text) else keys(machine, one, location) for one in sent)
    return Body(kinds.pop() if len(kinds) == 1 else "", found, missing)


def _alternatives(value: Value | None) -> Iterator[Value]:
    match value:
        case None:
            return
        case Choice(options):
            yield from options
        case _:
            yield value


def _kind(machine: Machine, value: Value, headers: tuple[Value | None, ...], objects: str) -> str:
    """The kind of a body: that of what is sent, for a plain object what the content type says.

    What is not known may be a form, which overrules the content type of a client (the headers behind the first).
    """
    if isinstance(value, Instance) and value.kind in _KINDS:
        return _KINDS[value.kind]
    telling = headers[:1] if isinstance(value, Unknown) else headers
    said = [kind for one in telling if (kind := content_type(machine, one))]
    if said:
        return said[0] if "?" not in said else ""
    return objects if isinstance(value, Record) else ""


def content_type(machine: Machine, headers: Value | None) -> str:
    """The kind of body that headers announce, "" if they announce none, "?" if it is not known."""
    match headers:
        case None | Undefined() | Constant():
            return ""
        case Record(entries=entries) | Instance(fields=entries):
            for name, value in entries.items():
                if name.lower() == "content-type":
                    texts = machine.texts(machine.force(value))
                    literal = texts[0].literal if len(texts) == 1 else None
                    known = [kind for part, kind in _TYPES.items() if literal and part in literal]
                    return known[0] if known else "?"
            return ""
        case _:
            return "?"


def _credentials(value: Value | None) -> str:
    match value:
        case None | Undefined():
            return ""
        case Text() if value.literal is not None:
            return value.literal
        case Constant(value=constant):
            return "include" if constant else ""
        case _:
            return "?"
