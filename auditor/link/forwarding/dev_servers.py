"""What do the proxies of development servers do to paths?

Vite 6 (https://vite.dev/config/server-options.html#server-proxy), webpack-dev-server 5 and everything
else built on http-proxy-middleware 3 (https://github.com/chimurai/http-proxy-middleware): Vue CLI,
Angular's proxy.conf, Create React App's setupProxy, @nuxtjs/proxy; Nitro 2 `devProxy` and `routeRules`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from auditor.link.forwarding.rewrite import (
    Outcome,
    PathRewrite,
    Phase,
    as_path,
    as_text,
    place_of,
    prefix_of,
    rewrite,
    under,
)
from auditor.link.forwarding.runner import MIDDLEWARE, Runner
from auditor.model.finding import Unresolved
from auditor.model.graph import External, Unknown
from auditor.model.span import NOWHERE, Location
from auditor.model.value import (
    Arguments,
    Choice,
    Closure,
    Constant,
    Instance,
    List,
    Native,
    Record,
    Text,
    Undefined,
    Value,
)
from auditor.model.value import Unknown as UnknownValue


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a proxy table was found, and how it is read.

    `strips`: the matched prefix is taken off before the target is put in front.
    """

    frontend: str
    location: Location
    phase: Phase = Phase.FIRST
    strips: bool = False


def table_rewrites(runner: Runner, table: Value, origin: Origin) -> Iterator[PathRewrite | Unresolved]:
    """The rewrites of a proxy table: an object by path, a list of entries, or one target for everything."""
    match table:
        case Undefined():
            return
        case Choice(options):
            for option in options:
                yield from table_rewrites(runner, option, origin)
        case Record(entries=entries, open=is_open):
            for key, value in entries.items():
                yield from _entry(runner, [key], runner.machine.force(value), origin)
            if is_open:
                yield _unread(origin, "an entry of the proxy table cannot be read")
        case List(items=items, open=is_open):
            for item in items:
                yield from _listed(runner, runner.machine.force(item), origin)
            if is_open:
                yield _unread(origin, "an entry of the proxy table cannot be read")
        case Text():
            yield from _entry(runner, ["/"], table, replace(origin, phase=Phase.LAST))
        case UnknownValue(reason=reason):
            yield _unread(origin, f"the proxy table cannot be read: {reason}")
        case Constant():
            return
        case _:
            yield _unread(origin, "the proxy table cannot be read")


def setup_rewrites(runner: Runner, file: str, frontend: str, *, strips: bool) -> Iterator[PathRewrite | Unresolved]:
    """The rewrites of `setupProxy.js`: a function that mounts middleware on the development server.

    `strips`: http-proxy-middleware 3 and later see the path without the mount point.
    """
    used: list[tuple[Value, ...]] = []

    def use(machine: object, arguments: Arguments, this: Value | None) -> Value:
        used.append(tuple(runner.machine.force(value) for value in arguments.positional))
        return Undefined()

    setup = runner.exported(file)
    runner.call(setup, (Record({"use": Native("use", use)}, open=True),), file)
    origin = Origin(frontend, Location(file, NOWHERE))
    if not used and isinstance(setup, Closure):
        yield _unread(origin, "what it mounts cannot be read")
    for given in used:
        mounted = given[0] if isinstance(given[0], Text | List) else None
        for middleware in given:
            if not isinstance(middleware, Instance) or middleware.kind != MIDDLEWARE:
                continue
            inner = runner.items(middleware.fields["given"])
            options = next((value for value in inner if isinstance(value, Record)), Undefined())
            own = inner[0] if inner and isinstance(inner[0], Text | List) else None
            context = own or mounted or runner.entry(options, "pathFilter")
            where = replace(origin, location=middleware.location or origin.location, strips=strips and own is None)
            contexts = _contexts(runner, context) if not isinstance(context, Undefined) else ["/"]
            yield from _entry(runner, contexts, options, where)


def rule_rewrites(runner: Runner, rules: Value, origin: Origin) -> Iterator[PathRewrite | Unresolved]:
    """The rewrites among Nuxt's `routeRules`: `"/api/**": {proxy: "http://host/**"}`."""
    for key, rule in rules.entries.items() if isinstance(rules, Record) else ():
        proxy = runner.entry(runner.machine.force(rule), "proxy")
        target = runner.entry(proxy, "to") if isinstance(proxy, Record) else proxy
        if isinstance(target, Undefined):
            continue
        stem, takes_rest = key.removesuffix("/**"), key.endswith("/**")
        yield rewrite(
            origin.frontend,
            key,
            place_of(target, origin.location),
            _below(stem) if takes_rest else stem.__eq__,
            _rule_outcome(target, stem),
            probe=under(stem, "/{}") if takes_rest else stem,
            catch_all=takes_rest,
        )


def _rule_outcome(target: Value, stem: str) -> Callable[[str, str], Outcome]:
    def outcome(method: str, path: str) -> Outcome:
        prefix, host = prefix_of(target, "the proxy rule")
        if host:
            return External(host)
        if isinstance(prefix, Unknown) or not prefix.endswith("**"):
            return prefix or "/"
        return under(prefix.removesuffix("**"), path[len(stem) :]) or "/"

    return outcome


def _listed(runner: Runner, item: Value, origin: Origin) -> Iterator[PathRewrite | Unresolved]:
    match item:
        case Record():
            context = runner.entry(item, "context")
            found = _contexts(runner, context if not isinstance(context, Undefined) else runner.entry(item, "path"))
            if not found:
                yield _unread(origin, "the paths of a proxy entry cannot be read")
            yield from _entry(runner, found, item, origin)
        case List(items=[context, options]):  # @nuxtjs/proxy
            yield from _entry(
                runner, _contexts(runner, runner.machine.force(context)), runner.machine.force(options), origin
            )
        case Text():
            path = as_path(item, "the proxy entry")
            yield from _entry(runner, [path] if isinstance(path, str) else [], item, origin)
        case _:
            yield _unread(origin, "a proxy entry cannot be read")


def _contexts(runner: Runner, value: Value) -> list[str]:
    values = runner.items(value) if isinstance(value, List) else (value,)
    return [found for one in values if (found := runner.literal(one)) is not None]


def _entry(runner: Runner, contexts: list[str], options: Value, origin: Origin) -> Iterator[PathRewrite | Unresolved]:
    target = options if isinstance(options, Text) else runner.entry(options, "target")
    if isinstance(options, Choice):
        target = next(
            (one for one in options.options if isinstance(one, Text)), runner.entry(options.options[0], "target")
        )
    rest = options if isinstance(options, Record) else Record({})
    for context in contexts:
        matches = _matcher(context)
        if matches is None:
            continue
        stem = context if context.startswith("/") else ""
        stem = re.sub(r"/?\*.*$", "", stem) if "*" in stem else stem
        outcome = _outcome(runner, target, rest, stem, origin)
        probe = under(stem.rstrip("/"), "/{}") if stem else _example(context)
        place = place_of(target, origin.location)
        one = rewrite(origin.frontend, context, place, matches, outcome, probe=probe, phase=origin.phase)
        # A pattern with alternatives has a target for each.
        yield replace(one, target="") if context.startswith("^") and "|" in context else one


def _outcome(
    runner: Runner, target: Value, options: Record, stem: str, origin: Origin
) -> Callable[[str, str], Outcome]:
    change = runner.entry(options, "rewrite")
    if isinstance(change, Undefined):
        change = runner.entry(options, "pathRewrite")
    file = origin.location.file

    def outcome(method: str, path: str) -> Outcome:
        prefix, host = prefix_of(target, f"the proxy of {file}")
        if host:
            return External(host)
        if isinstance(prefix, Unknown):
            return prefix
        inner: Outcome = (path[len(stem.rstrip("/")) :] or "/") if origin.strips else path
        if isinstance(change, Closure | Native):
            given = as_text(str(inner), stem)
            value, _ = runner.call(change, (given, Record({}, open=True)), file)
            inner = as_path(value, f"the path function of {file}")
        elif isinstance(change, Record):
            inner = _replaced(runner, change, str(inner))
        elif not isinstance(change, Undefined):
            return Unknown(f"the path function of {file} cannot be read")
        return under(prefix, inner) if isinstance(inner, str) else inner

    return outcome


def _replaced(runner: Runner, table: Record, path: str) -> str:
    """`pathRewrite`: the first pattern that is found counts."""
    for pattern, value in table.entries.items():
        new = runner.literal(runner.machine.force(value))
        try:
            compiled = re.compile(pattern.replace("\\/", "/"))
        except re.error:
            continue
        if new is not None and compiled.search(path):
            return under("", "/" + compiled.sub(re.sub(r"\$(\d)", r"\\\1", new), path, count=1).lstrip("/"))
    return path


def _matcher(context: str) -> Callable[[str], bool] | None:
    """Whether a path is proxied; None for keys that match no path."""
    if context.startswith("^"):
        try:
            compiled = re.compile(context.replace("\\/", "/"))
        except re.error:
            return None
        return lambda path: compiled.search(path) is not None
    if not context.startswith(("/", "*")):
        return None
    if "*" in context:
        pattern = re.escape(context).replace(r"/\*\*", r"(?:/.*)?").replace(r"\*\*", ".*").replace(r"\*", "[^/]*")
        glob = re.compile(pattern)
        return lambda path: glob.fullmatch(path) is not None
    return lambda path: path.startswith(context)


def _below(stem: str) -> Callable[[str], bool]:
    return lambda path: path == stem or path.startswith(stem + "/")


def _example(context: str) -> str:
    """A path that a regular expression takes, if it is simple: `^/(a|b)` gives `/a/{}`."""
    bare = re.sub(r"\(\??:?([^()|]*)[^()]*\)", r"\1", context.lstrip("^").replace("\\/", "/"))
    return under(re.split(r"[\[\\.*+?$(|]", bare)[0].rstrip("/"), "/{}")


def _unread(origin: Origin, reason: str) -> Unresolved:
    return Unresolved("proxy", origin.location, reason)
