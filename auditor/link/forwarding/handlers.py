"""What does a catch-all handler of the frontend's own server do with a path: answer it, or pass it on?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

from auditor.adapter import Requested
from auditor.link.forwarding.rewrite import (
    Outcome,
    PathRewrite,
    Phase,
    agreed,
    as_path,
    as_text,
    depends,
    rewrite,
)
from auditor.link.forwarding.runner import Runner
from auditor.link.own import METHODS, OwnRoute
from auditor.link.urls import address
from auditor.model import form
from auditor.model.graph import External, Own, Unknown
from auditor.model.span import NOWHERE, Location
from auditor.model.text import join
from auditor.model.value import Closure, Hole, Instance, List, Native, Record, Symbol, Text, Undefined, Value
from auditor.model.value import Unknown as UnknownValue

_ORIGIN = Text((Hole("the frontend's own origin", environment="location.origin"),))
_QUERY = UnknownValue("a query string", environment="?")
_SENDING = frozenset(
    {"fetch", "request", "proxyRequest", "sendProxy", "httpProxyMiddleware", "createProxyMiddleware", "rewrite"}
)


def handler_rewrite(runner: Runner, frontend: str, route: OwnRoute) -> PathRewrite:
    """A catch-all as a rewrite. Its outcome is found by running the handler on each path that is asked for.

    Where it sends no request it answers by itself (`Own`); where the request cannot be read, calls
    that go through it are `Unknown`.
    """
    handler = _handler(runner, route, "")
    return rewrite(
        frontend,
        route.stem,
        Location(route.file, handler.node.span if isinstance(handler, Closure) else NOWHERE),
        lambda path: route.parameters(path) is not None,
        _outcome(runner, route),
        probe=_probe(route),
        phase=Phase.HANDLER,
        what="the handler",
    )


def _outcome(runner: Runner, route: OwnRoute) -> Callable[[str, str], Outcome]:
    @cache
    def forwarding(method: str) -> tuple[frozenset[int], bool]:
        """The client calls that send on what was asked for, and whether there may be others."""
        sent = _sent(runner, route, method, _probe(route))
        known = frozenset(id(_node(one)) for one in sent if any(depends(url) for url in one.url))
        vague = any(_is_vague(url) for one in sent for url in one.url)
        called = set(runner.machine.facts[route.file].called)
        return known, vague or (not sent and not called.isdisjoint(_SENDING))

    @cache
    def outcome(method: str, path: str) -> Outcome:
        if route.methods and method in METHODS and method not in route.methods and method not in ("HEAD", "OPTIONS"):
            return Unknown(f"{route.file} does not answer {method}")
        doubt = Unknown(f"goes through the proxy {route.file}")
        known, vague = forwarding(method)
        if not known:
            return doubt if vague else Own(route.file)
        sent = [one for one in _sent(runner, route, method, path) if id(_node(one)) in known]
        found: list[str | External | Unknown] = [
            as_path(url, f"{doubt.reason}, which") for one in sent for url in one.url
        ]
        if not found:
            return doubt
        return agreed(found, f"{doubt.reason}, which")

    return outcome


def _node(request: Requested) -> form.Call | None:
    return request.chain[-1].node if request.chain else None


def _is_vague(url: Text) -> bool:
    return not any(isinstance(part, str) and part.strip("/") for part in address(url).parts)


def _stem(route: OwnRoute, path: str) -> str:
    """The part of a path in front of what the catch-all takes."""
    return "/" + "/".join(path.strip("/").split("/")[: len(route.segments) - 1])


def _probe(route: OwnRoute) -> str:
    parts = [("{}" if segment.startswith("[") else segment) for segment in route.segments]
    return "/" + "/".join(parts)


def _sent(runner: Runner, route: OwnRoute, method: str, path: str) -> tuple[Requested, ...]:
    parameters = route.parameters(path)
    handler = _handler(runner, route, method)
    if parameters is None or not isinstance(handler, Closure | Native):
        return ()
    _, sent = runner.call(handler, _ARGUMENTS[route.kind](route, parameters, method, path), route.file)
    return sent


def _handler(runner: Runner, route: OwnRoute, method: str) -> Value:
    names = {"pages": ("default",), "nitro": ("default",)}.get(route.kind, ())
    if route.kind == "resource":
        names = ("loader",) if method in ("GET", "HEAD", "") else ("action",)
    for name in names or (method or "GET", *sorted(route.methods), "fallback"):
        value = runner.exported(route.file, name)
        if not isinstance(value, Undefined):
            return value
    return Undefined()


# -- what each framework hands to its handlers -------------------------------------------------------


def _request(method: str, path: str, stem: str) -> Record:
    """A web `Request` (with Next's `nextUrl`)."""
    url = _url(path, stem)
    return Record(
        {
            "url": url.fields["whole"],
            "nextUrl": url,
            "method": Text((method or "GET",)),
            "headers": Record({}, open=True),
        },
        open=True,
    )


def _url(path: str, stem: str) -> Instance:
    pathname = as_text(path, stem)
    href = join([_ORIGIN, pathname])
    fields: dict[str, Value] = {"whole": href, "pathname": pathname, "search": _QUERY, "origin": _ORIGIN}
    return Instance(None, "URL", {**fields, "searchParams": Instance(None, "URLSearchParams", {}, state=True)})


def _texts(route: OwnRoute, parameters: Mapping[str, tuple[str, ...]], *, lists: bool) -> Record:
    """Parameters as a handler sees them: a catch-all is a list in Next, a text with slashes elsewhere."""
    many = {segment.strip("[.]") for segment in route.segments if "..." in segment}
    entries: dict[str, Value] = {
        name: List([as_text(one, "" if number == 0 else one) for number, one in enumerate(values)])
        if lists and name in many
        else as_text("/".join(values))
        for name, values in parameters.items()
    }
    return Record(entries)


def _next(route: OwnRoute, parameters: Mapping[str, tuple[str, ...]], method: str, path: str) -> tuple[Value, ...]:
    return _request(method, path, _stem(route, path)), Record({"params": _texts(route, parameters, lists=True)})


def _pages(route: OwnRoute, parameters: Mapping[str, tuple[str, ...]], method: str, path: str) -> tuple[Value, ...]:
    query = Record(_texts(route, parameters, lists=True).entries, open=True)
    request = Record(
        {"query": query, "url": as_text(path, _stem(route, path)), "method": Text((method or "GET",))}, open=True
    )
    return request, Record({}, open=True)


def _nitro(route: OwnRoute, parameters: Mapping[str, tuple[str, ...]], method: str, path: str) -> tuple[Value, ...]:
    named = _texts(route, parameters, lists=False).entries
    named["_"] = next(reversed(named.values()), Text(()))
    entries: dict[str, Value] = {
        "path": as_text(path, _stem(route, path)),
        "method": Text((method or "GET",)),
        "url": _url(path, _stem(route, path)),
        "context": Record({"params": Record(named)}, open=True),
        "node": Record({"req": Record({"url": as_text(path, _stem(route, path))}, open=True)}, open=True),
    }
    return (Record(entries, open=True),)


def _svelte(route: OwnRoute, parameters: Mapping[str, tuple[str, ...]], method: str, path: str) -> tuple[Value, ...]:
    entries: dict[str, Value] = {
        "params": _texts(route, parameters, lists=False),
        "url": _url(path, _stem(route, path)),
        "request": _request(method, path, _stem(route, path)),
        "fetch": Symbol("fetch"),
    }
    return (Record(entries, open=True),)


def _resource(route: OwnRoute, parameters: Mapping[str, tuple[str, ...]], method: str, path: str) -> tuple[Value, ...]:
    named = _texts(route, parameters, lists=False)
    return (Record({"params": named, "request": _request(method, path, _stem(route, path))}, open=True),)


_ARGUMENTS: Mapping[str, Callable[[OwnRoute, Mapping[str, tuple[str, ...]], str, str], tuple[Value, ...]]] = {
    "next": _next,
    "pages": _pages,
    "nitro": _nitro,
    "svelte": _svelte,
    "resource": _resource,
}
