"""Which generated clients and documents list what the backend does not serve, or lack what it does?

Types are compared too (`fields`): one client is told once, with all its differences.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from auditor.link.documents.document import Document
from auditor.link.generated.fields import redrawn
from auditor.link.generated.operations import VERBS, Listed, document_operations, generated_operations
from auditor.link.targets import Server, asked
from auditor.model.facts import FileFacts
from auditor.model.finding import Side
from auditor.model.generated import Redrawn, Stale, Unserved
from auditor.model.graph import Kind, Missing, Route, answering
from auditor.model.segments import is_hole, is_under, segments, shared
from auditor.model.shape import Model
from auditor.model.span import Location

_OF_THIS = 0.6  # of the operations that a backend must serve before they are taken to be its own
_WHOLE = 5  # of so many routes of the schema one may be lacking before the client was made of a part of it
_FEWEST = 3  # operations
# Frameworks whose schema lists every route that is not hidden; of the others only what extensions know is there.
_WITH_SCHEMA = frozenset({"fastapi", "litestar"})
_ABOUT = frozenset({"docs", "redoc", "swagger", "schema", "openapi", "openapi.json"})


def stale_clients(
    facts: Mapping[str, FileFacts],
    documents: Iterable[Document],
    servers: Sequence[Server],
    models: Mapping[str, Model],
) -> tuple[Stale, ...]:
    """By name. A client whose files stand in one folder is one; what no backend serves most of says nothing."""
    listed: dict[str, list[Listed]] = {}
    for file, found in generated_operations(facts):
        listed.setdefault(_folder(file), []).extend(found)
    described = {document.file: document_operations(document) for document in documents}
    types: dict[str, list[Redrawn]] = {}
    for one in redrawn(facts, models):
        types.setdefault(_folder(one.location.file), []).append(one)
    groups = sorted({*listed, *types, *described})
    return tuple(
        stale
        for group in groups
        for stale in _compared(group, described.get(group) or listed.get(group, []), types.get(group, []), servers)
    )


def _folder(file: str) -> str:
    return file.rpartition("/")[0] + "/"


def _compared(group: str, listed: list[Listed], types: list[Redrawn], servers: Sequence[Server]) -> Iterator[Stale]:
    """What is told of one client or document: nothing where it says what the code says."""
    unserved: tuple[Unserved, ...] = ()
    lacking: tuple[tuple[str, Location], ...] = ()
    ranked = [(_reached(one, listed), one) for one in servers] if len(listed) >= _FEWEST else []
    if ranked:
        (share, prefix), server = max(ranked, key=lambda entry: entry[0][0])
        if share >= _OF_THIS:
            unserved, lacking = tuple(_unserved(server, prefix, listed)), tuple(_lacking(server, prefix, listed))
    if not (unserved or lacking or types):
        return
    places = [one.location for one in unserved] + [one.location for one in types]
    first = [*places, *(one.location for one in listed)]
    files = {place.file for place in places or first}
    is_folder = group.endswith("/")
    yield Stale(
        name=min(files) if len(files) == 1 else group.rstrip("/"),
        side=Side.FRONTEND if is_folder else Side.DOCUMENT,
        operations=len(listed),
        first=first[0],
        unserved=unserved,
        lacking=lacking,
        redrawn=tuple(types),
    )


def _reached(server: Server, listed: Sequence[Listed]) -> tuple[float, str]:
    """The share of operations that a backend serves behind the prefix that serves most of them, and that prefix."""
    by_end: dict[tuple[str, ...], list[Route]] = {}
    for route in server.routes:
        names = _names(route.path)
        for start in range(len(names)):
            by_end.setdefault(names[start:], []).append(route)
    found: Counter[tuple[str, ...]] = Counter()
    for one in listed:
        names = _names(one.path)
        routes = [route for route in by_end.get(names, ()) if route.method == one.method]
        found.update({_names(route.path)[: len(_names(route.path)) - len(names)] for route in routes})
    if not found:
        return 0.0, ""
    most = max(found.values())
    prefix = min((prefix for prefix, count in found.items() if count == most), key=lambda one: (len(one), one))
    return most / len(listed), "".join(f"/{segment}" for segment in prefix)


def _unserved(server: Server, prefix: str, listed: Iterable[Listed]) -> Iterator[Unserved]:
    said: set[str] = set()
    for one in listed:
        path = prefix + one.path
        label = f"{one.method} {path}"
        if label in said or not _ABOUT.isdisjoint(segments(one.path)):
            continue
        if not isinstance(asked(server, Kind.HTTP, one.method, path, ""), Missing):
            continue
        said.add(label)
        nearest = _nearest(server.routes, one.method, path)
        yield Unserved(label, one.location, nearest.label if shared(path, nearest.path) else "", nearest.location)


def _nearest(routes: Sequence[Route], method: str, path: str) -> Route:
    wanted = len(segments(path))
    return max(
        routes,
        key=lambda route: (
            shared(path, route.path),
            -abs(wanted - len(segments(route.path))),
            route.method == method,
            -route.order,
        ),
    )


def _lacking(server: Server, prefix: str, listed: Iterable[Listed]) -> Iterator[tuple[str, Location]]:
    """Routes of the schema below the prefix that nothing listed reaches, where nearly all are reached."""
    reached: set[tuple[str, Location]] = set()
    for one in listed:
        target = asked(server, Kind.HTTP, one.method, prefix + one.path, "")
        reached.update((route.label, route.location) for route in answering(target))
    schema = [route for route in server.routes if _is_in_schema(route) and is_under(route.path, prefix)]
    lacking = [route for route in schema if (route.label, route.location) not in reached]
    if len(lacking) * _WHOLE <= len(schema):
        yield from ((route.label, route.location) for route in lacking if not route.conditional)


def _is_in_schema(route: Route) -> bool:
    """Whether a generator of the framework's schema lists a route: views of plain Django are in none, nor are the
    pages that show the schema."""
    return (
        route.kind in (Kind.HTTP, Kind.SSE)
        and route.in_schema
        and route.method in VERBS
        and route.shadowed_by is None
        and not route.tail
        and route.framework in _WITH_SCHEMA
        and not route.page
        and _ABOUT.isdisjoint(segments(route.path))
    )


def _names(path: str) -> tuple[str, ...]:
    return tuple("{}" if is_hole(segment) else segment for segment in segments(path))
