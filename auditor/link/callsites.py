"""Call sites of the graph: what reaches the backend from each place of a frontend."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from auditor.adapter import Requested
from auditor.link.around import Promised
from auditor.link.promised import Promises
from auditor.link.receivers import Receivers
from auditor.link.schema_arguments import given_schema
from auditor.link.sites import Sent, Unsent
from auditor.link.spell import spell
from auditor.link.types.objects import span_of
from auditor.link.types.resolve import Types
from auditor.link.urls import Address, address, flattened, path_of, placeholders
from auditor.link.usage import Usage
from auditor.model.carried import either
from auditor.model.finding import Confidence, Step
from auditor.model.graph import CallSite, External, Kind, Target, Unknown
from auditor.model.shape import AnyShape, FieldType, Inline, Ref, Shape, UnknownShape
from auditor.model.span import Location
from auditor.model.text import TOO_LONG
from auditor.model.value import Hole, Text

_OWN_PAGE = "location."
_STATUS = re.compile(r"[1-5]\d\d")

FrontendOf: TypeAlias = Callable[[str], str]
"""The frontend that a file belongs to, by the root of its folder."""


@dataclass(frozen=True, slots=True)
class Call:
    """A call before it meets a route: everything but its target, why its base is not certain, whether the
    frontend's own server gets it, and whether a protocol owns its endpoint."""

    site: CallSite
    open_head: str
    same_origin: bool
    protocol: bool


def calls_of(
    sent: Sequence[Sent],
    frontend_of: FrontendOf,
    types: Types,
    usage: Usage,
    promises: Promises,
    receivers: Receivers,
) -> list[Call]:
    """One call per site, method and path; the target is still open, external ones excepted.

    Where one alternative of a URL has a written path and another is only known at run time, or is the
    end of it behind something only known at run time, the written one is kept. So is that with a segment
    where another has nothing (`/users/${id ?? ""}/posts`): the empty text is there for the type.
    """
    groups: dict[tuple[str, int], list[tuple[Sent, Address]]] = {}
    for one in sent:
        groups.setdefault((one.site.file, id(one.site.node)), []).append((one, address(one.url)))
    found: dict[tuple[object, ...], Call] = {}
    for group in groups.values():
        known = [pair for pair in group if _is_written(pair[1]) and not _is_tail(pair, group)]
        known = [pair for pair in known if not _lacks_segment(pair, group)]
        for one, where in known or group:
            call = _call(one, where, frontend_of, types, usage, promises, receivers)
            site = call.site
            key = (site.location, site.kind, site.method, site.path)
            previous = found.get(key)
            if previous is not None:
                call, previous = _alike(call, previous)
                found[key] = previous
            if previous is not None and previous.site.origin != site.origin:
                call, previous = _anywhere(call), _anywhere(previous)
                found[key] = previous
            if previous is None or (call.open_head and not previous.open_head):
                found[key] = call  # one alternative with an unknown base makes the base unknown
    return sorted(found.values(), key=lambda call: (call.site.location, call.site.method, call.site.path))


def unresolved_calls(unsent: Iterable[Unsent], frontend_of: FrontendOf) -> Iterator[CallSite]:
    """Client calls whose URL nobody decides."""
    for one in unsent:
        effect = one.effect
        yield CallSite(
            kind=_kind(effect),
            method=_method(effect.method[0]) if effect.method else "GET",
            path=path_of(address(one.url).parts),
            location=one.site.location,
            client=effect.client,
            frontend=frontend_of(one.site.file),
            target=Unknown(f"the URL is {one.reason}" if one.reason else "the URL is unknown"),
            base=effect.base_name,
            base_location=effect.base,
            confidence=Confidence.LOW,
        )


def _is_written(where: Address) -> bool:
    """Whether the path begins with something written, or is at least not just run-time text."""
    if where.origin != "?":
        return not isinstance(where.parts[0], Hole)
    return where.environment != "" or not isinstance(where.parts[0], Hole)


def _lacks_segment(pair: tuple[Sent, Address], group: Sequence[tuple[Sent, Address]]) -> bool:
    """Whether another URL of the place has a run-time segment where this one has nothing."""
    one, where = pair
    flat = flattened(where.parts)
    filled = flat.replace("//", "/{}/")
    wanted = {
        filled,
        f"{filled}{{}}" if filled.endswith("/") else filled,
        f"{flat}{{}}" if flat.endswith("/") else flat,
    }
    return any(
        other.method == one.method and flattened(there.parts) in wanted - {flat}
        for other, there in group
        if other is not one
    )


def _is_tail(pair: tuple[Sent, Address], group: Sequence[tuple[Sent, Address]]) -> bool:
    """Whether a URL whose beginning is not known at all is the end of another one of the place that is written."""
    one, where = pair
    if where.origin != "?" or where.environment:
        return False
    end = path_of(where.parts)
    return any(
        other.method == one.method and there.origin != "?" and path_of(there.parts).endswith(end)
        for other, there in group
        if other is not one and len(path_of(there.parts)) > len(end)
    )


def _call(
    one: Sent,
    where: Address,
    frontend_of: FrontendOf,
    types: Types,
    usage: Usage,
    promises: Promises,
    receivers: Receivers,
) -> Call:
    effect = one.effect
    expected = promises.expected(one.chain) or given_schema(one.chain, types)
    sends = promises.body(one.chain)
    symbol = usage.owner(one.site.node)
    target: Target = External(where.host) if where.external else effect_target(effect)
    site = CallSite(
        kind=_kind(effect),
        method=_method(one.method),
        path=path_of(placeholders(where.parts)),
        location=one.site.location,
        client=effect.client,
        frontend=frontend_of(one.site.file),
        target=target,
        base=effect.base_name,
        base_location=effect.base,
        type=spell(expected.type) if expected is not None else "",
        expects=_shape(expected, types, receivers, one.receivers),
        sends=_shape(sends, types, receivers, one.receivers),
        symbol=symbol,
        used=usage.is_used(one.site.node),
        confidence=Confidence.MEDIUM if one.url.soft else Confidence.HIGH,
        provenance=tuple(_steps(one)),
        origin=_origin(where),
        carried=one.carried,
        reads=promises.reads(one.site),
        reads_below=promises.reads_below(one.site),
        operation=effect.operation,
        inherited=any(receivers.stands_for(name, one.site.file, one.site.node.span) for name in one.receivers),
    )
    same_origin = where.origin == "" or where.environment.startswith(_OWN_PAGE)
    return Call(site, _open_head(where), same_origin, bool(effect.protocol))


def _anywhere(call: Call) -> Call:
    """A call that goes to one of several servers."""
    return replace(call, site=replace(call.site, origin="?"))


def _alike(one: Call, other: Call) -> tuple[Call, Call]:
    """Two calls of one place, which carry what either of them does."""
    known = [carried for call in (one, other) if (carried := call.site.carried) is not None]
    both = either(*known) if len(known) > 1 else None
    return replace(one, site=replace(one.site, carried=both)), replace(other, site=replace(other.site, carried=both))


def _origin(where: Address) -> str:
    if where.environment.startswith(_OWN_PAGE):
        return ""
    return f"${where.environment}" if where.origin == "?" and where.environment else where.origin


def effect_target(effect: Requested) -> Target:
    """Unknown, with the reason if the client speaks a protocol whose endpoints are not routes."""
    return Unknown(effect.protocol or "not matched yet")


def _kind(effect: Requested) -> Kind:
    return Kind(effect.kind)


def _method(text: Text) -> str:
    return text.literal or "*"


def _open_head(where: Address) -> str:
    """Why the base of a URL is not certain; "" if it is."""
    if any(isinstance(part, Hole) and part.reason == TOO_LONG for part in where.parts):
        return "the path is too long to follow"
    if where.environment.startswith(_OWN_PAGE) or where.host_only:
        return ""
    if where.origin == "?":
        if where.environment:
            return f"the base URL comes from {where.environment}, which no settings file defines"
        return "the base URL is only known at run time"
    if isinstance(where.parts[0], Hole):
        return f"the path begins with {where.parts[0].reason}"
    return ""


def _shape(promised: Promised | None, types: Types, receivers: Receivers, classes: frozenset[str]) -> Shape | None:
    """The shape of the whole body: what stands below keys of it is a part of an object that has others. Not known
    where it depends on which of several objects sends the request."""
    if promised is None:
        return None
    span = span_of(promised.type)
    bound = [receivers.stands_for(one, promised.file, span) for one in sorted(classes)]
    shapes = dict.fromkeys(types.shape(promised.file, promised.type, one) for one in bound)
    shape = next(iter(shapes)) if len(shapes) == 1 else UnknownShape("objects of several classes send it")
    shape = _of_success(shape, types)
    if promised.beside is not None:
        shape = _with_keys(shape, promised.beside, types, Location(promised.file, span))
    for name in reversed(promised.path):
        place = Location(promised.file, span)
        shape = Inline((FieldType(name, name, shape, True, False, place),), open=True)
    return shape


def _with_keys(shape: Shape, names: Sequence[str], types: Types, place: Location) -> Shape:
    """What is spread with further keys beside it: those may be of any type, also where they replace others."""
    model = types.models.get(shape.key) if isinstance(shape, Ref) else None
    known = model or (shape if isinstance(shape, Inline) else None)
    if known is None:
        return UnknownShape("what is spread is no object that is known")
    own = tuple(field for field in known.fields if field.wire not in names)
    beside = tuple(FieldType(name, name, AnyShape(), True, False, place) for name in names)
    return Inline((*own, *beside), known.open)


def _of_success(shape: Shape, types: Types) -> Shape:
    """The body of a success, of a type that has one body for each status: `{ 200: User }`.

    https://heyapi.dev/openapi-ts/output: `get<ReadUserResponses, ReadUserErrors>(…)`.
    """
    model = types.models.get(shape.key) if isinstance(shape, Ref) else None
    if model is None or not model.fields or not all(_STATUS.fullmatch(field.wire) for field in model.fields):
        return shape
    bodies = [field.shape for field in model.fields if field.wire.startswith("2")]
    return bodies[0] if len(bodies) == 1 else UnknownShape("the body of several statuses")


def _steps(one: Sent) -> Iterator[Step]:
    for location in one.url.trail:
        yield Step(location, "a piece of the URL")
    for site in one.chain[1:]:
        yield Step(site.location, "calls on")
    if one.effect.base is not None:
        yield Step(one.effect.base, "the client is configured here")
