"""What do the `rewrites()` of a Next configuration do to paths?

https://nextjs.org/docs/app/api-reference/config/next-config-js/rewrites (Next 15).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from auditor.link.forwarding.rewrite import Inside, Outcome, PathRewrite, Phase, as_path, place_of, rewrite
from auditor.link.forwarding.runner import Runner
from auditor.model.finding import Unresolved
from auditor.model.graph import External, Unknown
from auditor.model.span import Location
from auditor.model.text import as_texts
from auditor.model.value import Choice, Closure, List, Record, Text, Undefined, Value

_PARAMETER = re.compile(
    r"(?P<slash>/?):(?P<name>\w+)(?P<pattern>\([^()]*(?:\([^()]*\)[^()]*)*\))?(?P<many>[*+?]?)|(?P<group>\([^()]*\))"
)
_PHASES = {"beforeFiles": Phase.FIRST, "afterFiles": Phase.AFTER_FILES, "fallback": Phase.LAST}


def next_rewrites(
    runner: Runner, configuration: Value, frontend: str, location: Location
) -> Iterator[PathRewrite | Unresolved]:
    """The rewrites of one configuration object."""
    function = runner.entry(configuration, "rewrites")
    if not isinstance(function, Closure):
        return
    value, _ = runner.call(function, (), location.file)
    for table in value.options if isinstance(value, Choice) else (value,):
        if isinstance(table, Record):
            for name, phase in _PHASES.items():
                yield from _listed(runner, runner.entry(table, name), phase, frontend, location)
        else:
            yield from _listed(runner, table, Phase.AFTER_FILES, frontend, location)


def _listed(
    runner: Runner, table: Value, phase: Phase, frontend: str, location: Location
) -> Iterator[PathRewrite | Unresolved]:
    if isinstance(table, Undefined):
        return
    if not isinstance(table, List) or table.open:
        yield Unresolved("proxy", location, "an entry of rewrites() cannot be read")
    for item in runner.items(table):
        source = runner.literal(runner.entry(item, "source"))
        if not isinstance(item, Record) or source is None:
            yield Unresolved("proxy", location, "an entry of rewrites() cannot be read")
            continue
        pattern = compiled(source)
        if pattern is None:
            yield Unresolved("proxy", location, f"the source {source} of rewrites() cannot be read")
            continue
        destination = runner.entry(item, "destination")
        conditional = "has" in item.entries or "missing" in item.entries
        yield rewrite(
            frontend,
            source,
            place_of(destination, location),
            _matcher(pattern),
            _outcome(pattern, destination, location, conditional),
            probe=example(source),
            phase=phase,
            catch_all=source.endswith(("*", "+", ")")),
            what="rewrites()",
        )


def compiled(source: str) -> re.Pattern[str] | None:
    """A source pattern of Next (path-to-regexp 6) as a regular expression over whole paths, None if it has none."""
    pieces: list[str] = []
    end = unnamed = 0
    for found in _PARAMETER.finditer(source):
        pieces.append(re.escape(source[end : found.start()]))
        end = found.end()
        if found["group"]:
            pieces.append(f"(?P<_{unnamed}>{found['group'][1:-1]})")
            unnamed += 1
            continue
        inner = found["pattern"][1:-1] if found["pattern"] else ".+" if found["many"] in ("*", "+") else "[^/]+"
        piece = f"{re.escape(found['slash'])}(?P<{found['name']}>{inner})"
        pieces.append(f"(?:{piece})?" if found["many"] in ("*", "?") else piece)
    pieces.append(re.escape(source[end:]))
    try:
        return re.compile("".join(pieces))
    except re.error:
        return None


def example(source: str) -> str:
    """A path that a source takes: every parameter is `{}`."""
    return _PARAMETER.sub(lambda found: f"{found['slash'] or ''}{{}}", source)


def _matcher(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda path: pattern.fullmatch(_bare(path)) is not None


def _outcome(
    pattern: re.Pattern[str], destination: Value, location: Location, conditional: bool
) -> Callable[[str, str], Outcome]:
    inside = all(_is_inside(text) for text in as_texts(destination))

    def outcome(method: str, path: str) -> Outcome:
        if conditional:
            return Unknown(f"a rewrite of {location.file} takes it under conditions")
        found = pattern.fullmatch(_bare(path))
        values = found.groupdict(default="") if found else {}
        target = as_path(destination, f"a rewrite of {location.file}")
        if isinstance(target, External | Unknown):
            return target
        filled = _filled(target, values)
        return Inside(filled) if inside else filled

    return outcome


def _filled(target: str, values: dict[str, str]) -> str:
    """The destination with its parameters; an empty one goes with the slash before it."""

    def value(found: re.Match[str]) -> str:
        text = values.get(found["name"] or "", found[0])
        return f"{found['slash']}{text}" if text else ""

    return _PARAMETER.sub(value, target) or "/"


def _is_inside(text: Text) -> bool:
    return bool(text.parts) and isinstance(text.parts[0], str) and re.match(r"/(?!/)", text.parts[0]) is not None


def _bare(path: str) -> str:
    # Next redirects to the path without the trailing slash before anything else happens.
    return path.rstrip("/") or "/"
