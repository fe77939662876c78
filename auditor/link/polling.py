"""Which requests are repeated on a timer, and how often do handlers say that they should be asked?

Timers: `setInterval`, `useInterval`, a function that calls itself through `setTimeout`, and the options of queries
(https://tanstack.com/query/latest/docs/framework/react/guides/polling, https://swr.vercel.app/docs/revalidation, RTK
Query, Apollo). Suggestions: `Retry-After` in seconds (https://www.rfc-editor.org/rfc/rfc9110#field.retry-after),
`retry:` of an event stream in milliseconds (https://html.spec.whatwg.org/multipage/server-sent-events.html), keys of an
answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from auditor.link.called import function_of
from auditor.link.contents.names import Names, Written
from auditor.link.evaluate.walk import called_name, children, walk
from auditor.link.modules.python import PythonModules
from auditor.link.stubs import functions_in
from auditor.link.timings import key_of, number_of
from auditor.model import form
from auditor.model.facts import Dialect, FileFacts
from auditor.model.graph import CallSite, Kind, Matched, Route
from auditor.model.shape import Model, Ref
from auditor.model.span import Location, Span
from auditor.model.timing import Poll, Suggestion

_TIMERS = frozenset({"setInterval", "useInterval", "useIntervalFn"})
_OPTIONS = frozenset({"refetchInterval", "refreshInterval", "pollingInterval", "pollInterval"})
_CALLS = _TIMERS | {"setTimeout", "useQuery", "useSWR", "queryOptions", "createQuery", "useInfiniteQuery"}
_KEY = re.compile(
    r"(?:poll(?:ing)?_?(?:interval|after|every)|next_?poll|retry_?after|refresh_?interval|interval)"
    r"(_?(?:ms|millis|milliseconds))?(_?(?:s|secs?|seconds))?",
    re.IGNORECASE,
)
_RETRY = re.compile(r"^retry: ?(\d+)", re.MULTILINE)
_BUSY = (429, 503)  # there the header says when the server has time again, not how often to ask


def polls(facts: Mapping[str, FileFacts], calls: Iterable[CallSite], names: Names) -> tuple[Poll, ...]:
    """The calls with a timer of a constant interval, by place."""
    sites: dict[str, list[CallSite]] = {}
    for call in calls:
        if isinstance(call.target, Matched) and call.kind is not Kind.WEBSOCKET:
            sites.setdefault(call.location.file, []).append(call)
    found: set[tuple[Location, int, Location]] = set()
    for file, one in facts.items():
        if one.dialect is Dialect.PYTHON or _CALLS.isdisjoint(one.called):
            continue
        for regions, milliseconds, place in _timers(file, one.body, names):
            for where, region in regions:
                for site in sites.get(where, ()):
                    if _within(site.location.span, region):
                        found.add((site.location, milliseconds, place))
    return tuple(Poll(*one) for one in sorted(found))


_Region = tuple[str, Span]


def _timers(file: str, body: Sequence[form.Statement], names: Names) -> Iterator[tuple[list[_Region], int, Location]]:
    """What runs on each timer, how often, and where that is said."""
    functions: dict[str, form.Function] = {}
    for statement in body:
        for node in walk(statement):
            match node:
                case form.Def(function):
                    functions[function.name] = function
                case form.Bind(form.Name(name), form.Function() as function):
                    functions[name] = function
                case form.Bind(form.Name(name), form.Call(_, (form.Argument(form.Function() as function), *_))):
                    functions[name] = function  # useCallback(() => …)
                case _:
                    pass
    for statement in body:
        yield from _in_node(file, statement, names, functions, ())


def _in_node(
    file: str,
    node: form.Node,
    names: Names,
    functions: Mapping[str, form.Function],
    around: tuple[form.Function, ...],
) -> Iterator[tuple[list[_Region], int, Location]]:
    if isinstance(node, form.Function):
        around = (node, *around)
    if isinstance(node, form.Call):
        name, given = called_name(node), node.arguments
        if name in _TIMERS and len(given) > 1:
            run = _run(given[0].value, functions)
            milliseconds = _constant(file, given[1].value, names)
            if run is not None and milliseconds:
                yield _regions(file, run, names), milliseconds, Location(file, node.span)
        elif name == "setTimeout" and len(given) > 1:
            again = _again(given[0].value, around, functions)
            milliseconds = _constant(file, given[1].value, names)
            if again is not None and milliseconds:
                yield _regions(file, again, names), milliseconds, Location(file, node.span)
        for argument in given:
            for entry in argument.value.entries if isinstance(argument.value, form.Object) else ():
                milliseconds = _constant(file, entry.value, names) if key_of(entry.key) in _OPTIONS else 0
                if milliseconds:
                    yield _regions(file, node, names), milliseconds, Location(file, _span(entry.key, node.span))
    for child in children(node):
        yield from _in_node(file, child, names, functions, around)


def _run(value: form.Expression, functions: Mapping[str, form.Function]) -> form.Function | None:
    if isinstance(value, form.Function):
        return value
    return functions.get(value.id) if isinstance(value, form.Name) else None


def _again(
    value: form.Expression, around: Sequence[form.Function], functions: Mapping[str, form.Function]
) -> form.Function | None:
    """The function that starts itself again: by name, or in an arrow that calls it."""
    run = _run(value, functions)
    if run is None:
        return None
    if run in around and not isinstance(value, form.Function):
        return run
    called = {called_name(one) for statement in run.body for one in walk(statement) if isinstance(one, form.Call)}
    return next((one for name in sorted(called) if (one := functions.get(name)) is not None and one in around), None)


def _regions(file: str, node: form.Function | form.Call, names: Names) -> list[_Region]:
    """The places where something runs: its own, and those of the functions of the project that it calls or names."""
    found = [(file, node.span)]
    for inner in walk(node):
        callee = inner.callee if isinstance(inner, form.Call) else inner if isinstance(inner, form.Name) else None
        function = function_of(names.symbols, file, None, callee) if callee is not None else None
        if function is not None:
            found.append((function[0], function[1].span))
    return found


def _constant(file: str, value: form.Expression, names: Names) -> int:
    return round(number_of(names, Written(file, value), 0) or 0)


def _span(node: form.Expression | None, otherwise: Span) -> Span:
    return node.span if isinstance(node, form.Literal | form.Name) else otherwise


def _within(inner: Span, outer: Span) -> bool:
    start = (outer.start_line, outer.start_column) <= (inner.start_line, inner.start_column)
    return start and (inner.end_line, inner.end_column) <= (outer.end_line, outer.end_column)


# -- what handlers say -----------------------------------------------------------------------------------


def suggestions(
    facts: Mapping[str, FileFacts], modules: PythonModules, routes: Sequence[Route], models: Mapping[str, Model]
) -> tuple[Suggestion, ...]:
    """The constant suggestions of handlers and of the models that they answer with, by route."""
    handlers: dict[tuple[str, str], list[Route]] = {}
    for route in routes:
        module, _, name = route.handler.partition(":")
        handlers.setdefault((module, name), []).append(route)
    found: list[Suggestion] = []
    for file in sorted(facts):
        dotted = modules.dotted(file) if file in modules.files else None
        for name, function in functions_in(facts[file].body, "") if dotted is not None else ():
            for route in handlers.get((dotted or "", name), ()):
                found += _said(file, function, route)
    for route in routes:
        model = models.get(route.response.key) if isinstance(route.response, Ref) else None
        for field in model.fields if model is not None else ():
            if not isinstance(field.default, str | bool | None) and (meant := _meant(field.wire, field.default)):
                found.append(Suggestion(route.location, f"'{field.wire}'", meant, field.location))
    return tuple(sorted(set(found), key=lambda one: (one.route, one.location, one.what)))


def _said(file: str, function: form.Function, route: Route) -> Iterator[Suggestion]:
    for key, value, span in _keyed(function.body):
        number = _number_in(value)
        if number is None:
            continue
        meant = (round(number * 1000),) if key.lower() == "retry-after" else _meant(key, number)
        if meant:
            yield Suggestion(route.location, f"'{key}'", meant, Location(file, span))
    if route.kind is Kind.SSE or route.streams:
        for statement in function.body:
            for node in walk(statement):
                match = _RETRY.search(_beginning(node))
                if match is not None:
                    place = Location(file, getattr(node, "span", function.span))
                    yield Suggestion(route.location, "'retry:'", (int(match[1]),), place)


def _beginning(node: form.Node) -> str:
    """The text of a literal, or the first piece of a template."""
    match node:
        case form.Literal(str() as text) | form.Template((str() as text, *_)):
            return text
        case _:
            return ""


def _keyed(nodes: Sequence[form.Node]) -> Iterator[tuple[str, form.Expression, Span]]:
    """Constant keys with their values, but for those of errors."""
    for node in nodes:
        match node:
            case form.Stop():
                continue
            case form.Call(arguments=arguments) if any(_is_busy(one.value) for one in arguments):
                continue
            case form.Entry(form.Literal(str() as key) as place, value):
                yield key, value, place.span
            case form.Bind(form.Index(_, form.Literal(str() as key) as place), value) if value is not None:
                yield key, value, place.span
            case form.Argument(value, name) if name:
                yield name, value, getattr(value, "span", Span(1, 1, 1, 1))
            case _:
                pass
        yield from _keyed(children(node))


def _is_busy(value: form.Expression) -> bool:
    return (isinstance(value, form.Literal) and value.value in _BUSY) or (
        isinstance(value, form.Member) and any(str(status) in value.name for status in _BUSY)
    )


def _number_in(value: form.Expression) -> float | None:
    if not isinstance(value, form.Literal) or isinstance(value.value, bool) or value.value is None:
        return None
    try:
        return float(value.value)
    except ValueError:
        return None


def _meant(key: str, number: float) -> tuple[int, ...]:
    """The readings of a number under a key, in milliseconds; none for a key that says no interval."""
    match = _KEY.fullmatch(key)
    if match is None or number <= 0:
        return ()
    if match[1]:
        return (round(number),)
    return (round(number * 1000),) if match[2] else tuple(sorted({round(number * 1000), round(number)}))
