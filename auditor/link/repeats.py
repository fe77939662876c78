"""Which requests are sent once for each entry of a list that another request gave?

A loop counts where all of it is written out: the list is (a part of) the answer of one call, and what is called for
each entry takes a value of that entry into its path. What runs later (on a click) is not called in the loop.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from auditor.link.bodies import Bodies
from auditor.link.called import function_of
from auditor.link.evaluate.walk import called_name, children, walk
from auditor.link.modules.symbols import Symbols
from auditor.link.stepping import Names, Steps, steps_to
from auditor.model import form
from auditor.model.facts import Dialect, FileFacts
from auditor.model.graph import CallSite, Kind, Matched, Repeat, Route
from auditor.model.segments import is_hole, segments
from auditor.model.span import Location, Span

_LOOPS = frozenset({"map", "forEach", "flatMap"})
_SAME_ENTRIES = frozenset({"filter", "sort", "toSorted", "reverse", "toReversed"})
_LISTING = frozenset({"GET", "POST"})


def repeats(facts: Mapping[str, FileFacts], symbols: Symbols, calls: Iterable[CallSite]) -> tuple[Repeat, ...]:
    """Each once, by the place in the loop."""
    sites = [one for one in calls if one.kind is Kind.HTTP and isinstance(one.target, Matched)]
    ends = _Ends(facts, symbols, sites)
    found: dict[tuple[Location, Location], Repeat] = {}
    for file, one in facts.items():
        if one.dialect is not Dialect.PYTHON and (file in ends.by_file or not ends.names.isdisjoint(one.called)):
            for repeat in _Looker(file, ends, Bodies(symbols)).look(one.body):
                found.setdefault((repeat.location, repeat.item.location), repeat)
    return tuple(found[key] for key in sorted(found))


class _Ends:
    """Which request a call leads to: its own, or the only one of the function that it calls."""

    def __init__(self, facts: Mapping[str, FileFacts], symbols: Symbols, sites: Sequence[CallSite]) -> None:
        self._symbols = symbols
        self.by_file: dict[str, list[CallSite]] = {}
        for site in sites:
            self.by_file.setdefault(site.location.file, []).append(site)
        self.names = {name for file in self.by_file for name in _functions(facts[file].body)}

    def of(
        self, file: str, owner: form.Class | None, call: form.Call
    ) -> tuple[CallSite, Route, str, form.Function | None] | None:
        """The request, its route, and the file and function that it stands in where that is not the caller's."""
        place = Location(file, call.span)
        own = [one for one in self.by_file.get(file, ()) if one.location == place]
        if own:
            return self._only(own, file, None)
        where = function_of(self._symbols, file, owner, call.callee)
        if where is None:
            return None
        other, function = where
        inside = [one for one in self.by_file.get(other, ()) if _within(one.location.span, function.span)]
        return self._only(inside, other, function)

    def _only(
        self, sites: Sequence[CallSite], file: str, function: form.Function | None
    ) -> tuple[CallSite, Route, str, form.Function | None] | None:
        routes = {one.target.route.label: one.target.route for one in sites if isinstance(one.target, Matched)}
        return (sites[0], next(iter(routes.values())), file, function) if len(routes) == 1 else None


def _functions(body: Sequence[form.Statement]) -> Iterator[str]:
    """The names of functions, methods and entries that hold a function."""
    for statement in body:
        for node in walk(statement):
            match node:
                case form.Def(function):
                    yield function.name
                case form.Bind(form.Name(name), form.Function()) | form.Field(name, value=form.Function()):
                    yield name
                case form.Entry(form.Literal(str() as name), form.Function()):
                    yield name
                case _:
                    pass


def _within(inner: Span, outer: Span) -> bool:
    return (outer.start_line, outer.start_column) <= (inner.start_line, inner.start_column) and (
        inner.end_line,
        inner.end_column,
    ) <= (outer.end_line, outer.end_column)


@dataclass(slots=True)
class _Looker:
    file: str
    ends: _Ends
    bodies: Bodies
    owner: form.Class | None = None

    def look(self, body: Sequence[form.Statement]) -> Iterator[Repeat]:
        names: Names = {}
        for statement in body:
            yield from self._visit(statement, names)

    def _visit(self, node: form.Node, names: Names) -> Iterator[Repeat]:
        match node:
            case form.Class():
                outer, self.owner = self.owner, node
                for child in children(node):
                    yield from self._visit(child, dict(names))
                self.owner = outer
                return
            case form.Function():
                names = dict(names)
                for name in _bound(*(one.target for one in node.parameters)):
                    names.pop(name, None)
            case form.For(target, iterable, inner, False) if not _ends_early(inner):
                yield from self._loop(iterable, target, inner, names)
            case form.Call(form.Member(iterable, method), (form.Argument(form.Function() as each), *_)) if (
                method in _LOOPS and each.parameters
            ):
                yield from self._loop(iterable, each.parameters[0].target, each.body, names)
            case form.Bind(target, value) if value is not None:
                yield from self._visit(value, names)
                self._bind(target, value, names)
                return
            case _:
                pass
        for child in children(node):
            yield from self._visit(child, names)

    def _bind(self, target: form.Pattern, value: form.Expression, names: Names) -> None:
        steps = self._steps(value, names)
        for name in _bound(target):
            names.pop(name, None)
        if steps is None:
            return
        if isinstance(target, form.Name):
            names[target.id] = steps
        elif isinstance(target, form.ObjectPattern):
            for item in target.items:
                if isinstance(item.target, form.Name) and isinstance(item.key, form.Literal):
                    names[item.target.id] = (steps[0], (*steps[1], str(item.key.value)))

    def _steps(self, value: form.Expression, names: Names) -> Steps | None:
        plain = value
        while True:
            match plain:
                case form.Cast(inner, _) | form.Binary("or" | "??", inner, form.Array(())):
                    plain = inner
                case form.Call(form.Member(inner, method)) if method in _SAME_ENTRIES:
                    plain = inner
                case _:
                    break
        return steps_to(plain, names, lambda callee: self.bodies.read(self.file, self.owner, callee))

    def _loop(
        self, iterable: form.Expression, target: form.Pattern, body: Sequence[form.Statement], names: Names
    ) -> Iterator[Repeat]:
        steps = self._steps(iterable, names)
        source = None if steps is None else self.ends.of(self.file, self.owner, steps[0])
        if steps is None or source is None or source[0].method not in _LISTING:
            return
        listing, route, _, _ = source
        for call in _called(body):
            end = self.ends.of(self.file, self.owner, call)
            if end is None or end[0].method != "GET" or not any(map(is_hole, segments(end[0].path))):
                continue
            item, item_route, where, function = end
            taken = set(_bound(target)) | _derived(body, set(_bound(target)))
            apart = item_route.label != route.label and item_route.service == route.service
            if apart and _takes(call, taken, function, item if where == item.location.file else None):
                yield Repeat(
                    Location(self.file, call.span), item, item_route, Location(self.file, steps[0].span), listing, route
                )


def _takes(call: form.Call, taken: set[str], function: form.Function | None, item: CallSite | None) -> bool:
    """Whether a call takes a value of an entry into the path: it stands in what the URL is made of."""
    if function is None:
        return bool(call.arguments) and _names(call.arguments[0].value, taken)
    if item is None:
        return False
    given = {
        name
        for parameter, argument in zip(function.parameters, call.arguments, strict=False)
        if not argument.spread and _names(argument.value, taken)
        for name in _bound(parameter.target)
    }
    sending = [
        node
        for statement in function.body
        for node in walk(statement)
        if isinstance(node, form.Call) and node.span == item.location.span
    ]
    given |= _derived(function.body, given)
    return any(one.arguments and _names(one.arguments[0].value, given) for one in sending)


def _derived(body: Sequence[form.Node], names: set[str]) -> set[str]:
    """Names that are bound to what is made of some names, in source order."""
    found: set[str] = set()
    for node in _running(body):
        if not isinstance(node, form.Bind) or node.value is None or not _names(node.value, names | found):
            continue
        if not any(isinstance(one, form.Call) for one in walk(node.value)):
            found |= set(_bound(node.target))
    return found


def _names(node: form.Node, names: set[str]) -> bool:
    return any(isinstance(one, form.Name) and one.id in names for one in walk(node))


def _bound(*patterns: form.Pattern) -> Iterator[str]:
    for pattern in patterns:
        match pattern:
            case form.Name(id):
                yield id
            case form.ObjectPattern(items) | form.ArrayPattern(items):
                yield from _bound(*(one.target for one in items if one.target is not None))
            case _:
                pass


def _called(body: Sequence[form.Node]) -> Iterator[form.Call]:
    return (node for node in _running(body) if isinstance(node, form.Call))


def _running(body: Sequence[form.Node]) -> Iterator[form.Node]:
    """What runs with a body: functions that are only made there are left out, but for those that `then` calls."""
    for node in body:
        yield node
        if isinstance(node, form.Call) and called_name(node) in ("then", "catch", "finally"):
            yield from _running([node.callee])
        elif not isinstance(node, form.Function | form.Class | form.Def):
            yield from _running(children(node))


def _ends_early(body: Sequence[form.Node]) -> bool:
    """Whether a loop looks for one entry and stops there."""
    return any(isinstance(node, form.Return) or _is_break(node) for node in _running(body))


def _is_break(node: form.Node) -> bool:
    return isinstance(node, form.Stop) and node.kind == "break"
