"""What a rewrite is: which paths it takes, and where they come out."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TypeAlias

from auditor.link.urls import address
from auditor.model.graph import External, Own, Unknown
from auditor.model.span import Location
from auditor.model.text import as_texts, join
from auditor.model.value import Hole, Text, Value

SEGMENT = "a segment of the path"
"""The reason of the holes that stand for `{}` in a path."""


class Phase(IntEnum):
    """When a rewrite is asked, relative to the frontend's own files and handlers.

    Order of Next: https://nextjs.org/docs/app/api-reference/config/next-config-js/rewrites (15). The
    proxy of a dev server comes before all files.
    """

    FIRST = 0
    AFTER_FILES = 1
    HANDLER = 2
    LAST = 3


@dataclass(frozen=True, slots=True)
class Inside:
    """A rewrite to another path of the same frontend."""

    path: str


Outcome: TypeAlias = str | Inside | Own | External | Unknown
"""The path that reaches the backend, or what becomes of the request instead."""


@dataclass(frozen=True, slots=True)
class PathRewrite:
    """One rule of one frontend.

    `source` is as written ("/api", "^/(a|b)", "/api/:path*"), `target` the path prefix on the other
    side, where it is the same for all paths. `catch_all`: it takes everything below its source.
    `external`: the other side is a written host of the internet. `matches` takes a path and
    `outcome` a method and a path, both with `{}` for run-time segments.
    """

    frontend: str
    source: str
    target: str
    location: Location
    catch_all: bool
    phase: Phase
    matches: Callable[[str], bool] = field(compare=False, repr=False)
    outcome: Callable[[str, str], Outcome] = field(compare=False, repr=False)
    external: bool = False
    what: str = "the proxy"


def rewrite(
    frontend: str,
    source: str,
    location: Location,
    matches: Callable[[str], bool],
    outcome: Callable[[str, str], Outcome],
    *,
    probe: str,
    phase: Phase = Phase.FIRST,
    catch_all: bool = True,
    what: str = "the proxy",
) -> PathRewrite:
    """A rewrite whose target is found by sending `probe` through it, a path that it takes."""
    found = outcome("GET", probe)
    if isinstance(found, Inside):
        found = found.path
    target = (found.removesuffix("/{}") or "/") if isinstance(found, str) else ""
    external = isinstance(found, External)
    return PathRewrite(frontend, source, target, location, catch_all, phase, matches, outcome, external, what)


def as_text(path: str, stem: str = "") -> Text:
    """A path as the evaluator sees it.

    A `{}` in the first segment behind `stem` is a hole: it may be whatever a condition asks for. One
    further back stays as written: it stands for values, not for the names that conditions look for.
    """
    start = len(stem) + (path[len(stem) : len(stem) + 1] == "/")
    end = path.find("/", start)
    end = len(path) if end < 0 else end
    parts: list[str | Hole] = []
    for number, piece in enumerate(path[start:end].split("{}")):
        parts += [Hole(SEGMENT, frozenset({SEGMENT}))] if number else []
        parts.append(piece)
    return join([Text((part,)) for part in (path[:start], *parts, path[end:]) if part])


def depends(text: Text) -> bool:
    """Whether a text is made of the path that was given."""
    return any(isinstance(part, Hole) and SEGMENT in part.dependencies for part in text.parts)


def as_path(value: Value, doubt: str) -> str | External | Unknown:
    """The path of a URL or path that was computed from one; `doubt` says whose result it is."""
    return agreed([_path(text, doubt) for text in as_texts(value)], doubt)


def agreed(found: Sequence[str | External | Unknown], doubt: str) -> str | External | Unknown:
    """The one result that all alternatives have."""
    distinct = list(dict.fromkeys(found))
    if len(distinct) == 1:
        return distinct[0]
    shown = " or ".join(one for one in distinct if isinstance(one, str))
    return Unknown(f"{doubt} gives {shown}" if shown else f"{doubt} cannot be read")


def prefix_of(target: Value, doubt: str) -> tuple[str | Unknown, str]:
    """The path that a proxy's target puts before every path ("" for a bare origin), and its external host."""
    prefixes: list[str | External | Unknown] = []
    hosts: list[str] = []
    for text in as_texts(target):
        where = address(text)
        hosts.append(where.host if where.external else "")
        bare = len(text.parts) == 1 and isinstance(text.parts[0], Hole)
        prefixes.append("" if bare else _written(where.parts, doubt))
    host = hosts[0] if hosts and all(hosts) else ""
    found = agreed([one.rstrip("/") if isinstance(one, str) else one for one in prefixes], doubt)
    return (found if isinstance(found, str | Unknown) else ""), host


def place_of(value: Value, default: Location) -> Location:
    """Where a text was written, if that is in the file of `default`."""
    places = [place for text in as_texts(value) for place in text.trail if place.file == default.file]
    return places[0] if places else default


def under(prefix: str, path: str) -> str:
    """`path` below `prefix`, with one slash between them."""
    return re.sub(r"/{2,}", "/", f"{prefix}/{path}") if prefix or not path.startswith("/") else path


def _path(text: Text, doubt: str) -> str | External | Unknown:
    where = address(text)
    return External(where.host) if where.external else _written(where.parts, doubt)


def _written(parts: Sequence[str | Hole], doubt: str) -> str | Unknown:
    strange = next((part for part in parts if isinstance(part, Hole) and SEGMENT not in part.dependencies), None)
    if strange is not None:
        return Unknown(f"{doubt} depends on {strange.reason}")
    path = "".join(part if isinstance(part, str) else "{}" for part in parts)
    return re.sub(r"/{2,}", "/", "/" + path.lstrip("/"))
