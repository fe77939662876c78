"""What do the `reverse_proxy` lines of a Caddyfile do to paths?

https://caddyserver.com/docs/caddyfile/directives/reverse_proxy, `handle_path`, `uri`, `rewrite` and
https://caddyserver.com/docs/caddyfile/matchers (Caddy 2).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from auditor.link.forwarding.rewrite import PathRewrite, Phase, rewrite, under
from auditor.model.span import Location, Span

_WORD = re.compile(r"\"(?:\\.|[^\"\\])*\"|`[^`]*`|\S+")
_INTERFACE = re.compile(r"front|next|nuxt|vite|\bui\b", re.IGNORECASE)
_BLOCKS = frozenset({"handle", "handle_path", "route"})


@dataclass(slots=True)
class _Directive:
    words: list[str]
    line: int
    inner: list[_Directive] = field(default_factory=list)


def caddy_rewrites(file: str, text: str, frontend: str) -> tuple[PathRewrite, ...]:
    """The proxied paths of a file, longer ones first. What is proxied whatever its path is left out."""
    found = [one for site in _parsed(text) for one in _proxies(file, frontend, site.inner, _Below("", "", ""))]
    return tuple(sorted(found, key=lambda one: -len(one.source)))


@dataclass(frozen=True, slots=True)
class _Below:
    """Where a directive stands: the path that leads to it, what is taken off and what is put in front."""

    path: str
    strip: str
    prefix: str


def _proxies(file: str, frontend: str, body: list[_Directive], below: _Below) -> Iterator[PathRewrite]:
    named = {
        one.words[0]: list(paths)
        for one in body
        if one.words[0].startswith("@") and (paths := _paths_of_matcher(one)) is not None
    }
    for one in body:
        name, rest = one.words[0], one.words[1:]
        if name == "uri" and rest[-2:-1] == ["strip_prefix"]:
            below = _Below(below.path, rest[-1], below.prefix)
        elif name == "rewrite" and rest and (added := re.fullmatch(r"(/[^{]*?)/?\{(?:uri|path)\}", rest[-1])):
            below = _Below(below.path, below.strip, added[1])
        elif name in _BLOCKS:
            for path in _paths(rest, named):
                inner = path or below.path
                strip = _stem(inner) if name == "handle_path" else below.strip
                yield from _proxies(file, frontend, one.inner, _Below(inner, strip, below.prefix))
        elif name == "reverse_proxy":
            hosts = [word for word in rest if not word.startswith(("/", "@", "*"))]
            if any(_INTERFACE.search(host) for host in hosts):
                continue
            for path in _paths(rest, named):
                if source := path or below.path:
                    yield _rewrite(file, frontend, one.line, source, below)


def _rewrite(file: str, frontend: str, line: int, source: str, below: _Below) -> PathRewrite:
    stem, exact = _stem(source), not source.endswith("*")

    def outcome(method: str, path: str) -> str:
        inner = path[len(below.strip) :] if below.strip and path.startswith(below.strip) else path
        return under(below.prefix, inner or "/") if below.prefix else under("", "/" + inner.lstrip("/"))

    return rewrite(
        frontend,
        source,
        Location(file, Span(line, 1, line, 1)),
        source.__eq__ if exact else lambda path: path.startswith(source.rstrip("*")) or path == stem,
        outcome,
        probe=source if exact else under(stem, "/{}"),
        phase=Phase.LAST,
        catch_all=not exact,
        what="Caddy",
    )


def _stem(path: str) -> str:
    return path.rstrip("*").rstrip("/")


def _paths(words: list[str], named: Mapping[str, list[str]]) -> list[str]:
    """The paths of a directive's matcher; "" where it has none, nothing where it cannot be read."""
    first = words[0] if words else ""
    if first.startswith("@"):
        return named.get(first, [])
    if first.startswith("/") and "*" not in first[:-1]:
        return [first]
    return [] if first.startswith("/") else [""]


def _paths_of_matcher(one: _Directive) -> list[str] | None:
    """The paths of a named matcher that asks for nothing else; None for others."""
    parts = [one.words[1:]] if len(one.words) > 1 else [inner.words for inner in one.inner]
    if len(parts) != 1 or parts[0][:1] != ["path"]:
        return None
    return [path for path in parts[0][1:] if path.startswith("/") and "*" not in path[:-1]]


def _parsed(text: str) -> list[_Directive]:
    """The site blocks of a file. Directives at the top are one site, as Caddy takes them without braces."""
    top = _Directive([""], 1)
    stack = [top]
    for number, written in enumerate(text.split("\n"), 1):
        words = [word.strip('"`') for word in _WORD.findall(re.sub(r"(^|\s)#.*", "", written))]
        if words == ["}"]:
            if len(stack) > 1:
                stack.pop()
            continue
        opens = words[-1:] == ["{"]
        words = words[:-1] if opens else words
        one = _Directive(words or [""], number)
        if words or opens:
            stack[-1].inner.append(one)
        if opens:
            stack.append(one)
    sites = [one for one in top.inner if one.inner and one.words[0] not in _BLOCKS | {"reverse_proxy"}]
    return [top, *(one for one in sites if not one.words[0].startswith("@"))]
