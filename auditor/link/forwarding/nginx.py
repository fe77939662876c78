"""What do the `proxy_pass` lines of an nginx configuration do to paths?

https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_pass and
https://nginx.org/en/docs/http/ngx_http_core_module.html#location (nginx 1.27).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from auditor.link.forwarding.rewrite import Outcome, PathRewrite, Phase, rewrite, under
from auditor.model.span import Location, Span

_TOKEN = re.compile(
    r"#[^\n]*|\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|(?P<mark>[{};](?=[\s}]|$))|(?:\$\{\w+\}|[^\s{};\"'#]|[{}](?=\S))+",
    re.DOTALL,
)
_INTERFACE = re.compile(r"front|next|nuxt|vite|\bui\b", re.IGNORECASE)


@dataclass(slots=True)
class _Directive:
    words: list[str]
    line: int
    inner: list[_Directive] = field(default_factory=list)


def nginx_rewrites(file: str, text: str, frontend: str) -> tuple[PathRewrite, ...]:
    """The proxied locations of a file, in the order in which nginx tries them.

    `location /` is left out: it leads to the frontend itself, or everything comes through unchanged.
    """
    found = sorted(_locations(_parsed(text)), key=_rank)
    return tuple(one for directive in found for one in _rewrites(file, frontend, directive))


def _rewrites(file: str, frontend: str, directive: _Directive) -> Iterator[PathRewrite]:
    modifier, pattern = (
        (directive.words[1], directive.words[2]) if len(directive.words) > 2 else ("", directive.words[-1])
    )
    passed = next((one for one in directive.inner if one.words[0] == "proxy_pass" and len(one.words) > 1), None)
    if passed is None or pattern == "/":
        return
    host, uri = _target(passed.words[1])
    if _INTERFACE.search(host):
        return
    regular = modifier in ("~", "~*")
    changes = [one.words for one in directive.inner if one.words[0] == "rewrite" and len(one.words) > 2]
    try:
        matcher = re.compile(pattern, re.IGNORECASE if modifier == "~*" else 0) if regular else None
        rules = [(re.compile(words[1]), re.sub(r"\$(\d)", r"\\\1", words[2]).partition("?")[0]) for words in changes]
    except re.error:
        return
    probe = under(
        re.split(r"[\[\\.*+?$(|]", pattern.lstrip("^"))[0].rstrip("/") if regular else pattern.rstrip("/"), "/{}"
    )
    span = Span(directive.line, 1, directive.line, 1)
    yield rewrite(
        frontend,
        pattern,
        Location(file, span),
        _matches(pattern, matcher, exact=modifier == "="),
        _outcome(pattern, matcher, uri, rules),
        probe=pattern if modifier == "=" else probe,
        phase=Phase.LAST,
        catch_all=modifier != "=",
        what="nginx",
    )


def _matches(pattern: str, matcher: re.Pattern[str] | None, *, exact: bool) -> Callable[[str], bool]:
    if matcher is not None:
        return lambda path: matcher.search(path) is not None
    return pattern.__eq__ if exact else lambda path: path.startswith(pattern)


def _outcome(
    pattern: str, matcher: re.Pattern[str] | None, uri: str, rules: list[tuple[re.Pattern[str], str]]
) -> Callable[[str, str], Outcome]:
    def outcome(method: str, path: str) -> Outcome:
        for rule, new in rules:
            if rule.search(path):
                return rule.sub(new, path, count=1)
        if matcher is not None:
            found = matcher.search(path)
            if not uri or found is None:
                return path
            return re.sub(r"\$(\d)", lambda number: _group(found, int(number[1])), uri) or "/"
        # With a URI, the part of the path that the location matched is replaced by it.
        return (uri + path[len(pattern) :]).replace("//", "/") if uri else path

    return outcome


def _group(found: re.Match[str], number: int) -> str:
    return (found[number] or "") if number <= len(found.groups()) else ""


def _target(written: str) -> tuple[str, str]:
    """Host and URI of a `proxy_pass`; the URI is "" where none is given, so that the path goes on as it is."""
    bare = re.sub(r"\$is_args\$args$|\$request_uri$|\?\$args$", "", written)
    host, slash, path = re.sub(r"^\w+://", "", bare).partition("/")
    if "$" in host and "://" not in bare:
        return host, ""
    return host, slash + path


def _rank(directive: _Directive) -> tuple[int, int]:
    modifier = directive.words[1] if len(directive.words) > 2 else ""
    return {"=": 0, "^~": 1, "~": 2, "~*": 2}.get(modifier, 3), -len(directive.words[-1]) if modifier[:1] != "~" else 0


def _locations(directives: list[_Directive]) -> Iterator[_Directive]:
    for one in directives:
        if one.words[0] == "location" and len(one.words) > 1:
            yield one
        yield from _locations(one.inner)


def _parsed(text: str) -> list[_Directive]:
    top: list[_Directive] = []
    stack = [top]
    words: list[str] = []
    start = 1
    for found in _TOKEN.finditer(text):
        token = found[0]
        if token.startswith("#"):
            continue
        if not found["mark"]:
            start = start if words else text.count("\n", 0, found.start()) + 1
            words.append(token.strip("\"'"))
            continue
        directive = _Directive(words, start)
        if words:
            stack[-1].append(directive)
        words = []
        if token == "{":
            stack.append(directive.inner)
        elif token == "}" and len(stack) > 1:
            stack.pop()
    return top
