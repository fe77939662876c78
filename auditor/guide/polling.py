"""Is a request repeated on a timer?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from auditor.model import form
from auditor.model.facts import FileFacts
from auditor.model.span import Location, Span

_TIMERS = ("setInterval", "useInterval", "useIntervalFn")
_OPTIONS = ("refetchInterval", "refreshInterval", "pollingInterval", "pollInterval")


def polled(facts: Mapping[str, FileFacts], place: Location) -> int | None:
    """The interval in milliseconds of the timer or query around a request; 0 if it is not constant, None without one.

    Known are `setInterval`, `useInterval` and the options of TanStack Query, SWR, RTK Query and Apollo.
    """
    one = facts.get(place.file)
    if one is None or not set(_TIMERS) | {"useQuery", "useSWR", "queryOptions", "createQuery"} & set(one.called):
        return None
    for statement in one.body:
        for node in _nodes(statement):
            if isinstance(node, form.Call) and _within(place.span, node.span):
                found = _interval(node)
                if found is not None:
                    return found
    return None


def _interval(call: form.Call) -> int | None:
    name = call.callee.name if isinstance(call.callee, form.Member) else getattr(call.callee, "id", "")
    if name in _TIMERS and len(call.arguments) > 1:
        return _number(call.arguments[1].value)
    for argument in call.arguments:
        if isinstance(argument.value, form.Object):
            for entry in argument.value.entries:
                if isinstance(entry.key, form.Literal) and entry.key.value in _OPTIONS:
                    return _number(entry.value)
    return None


def _number(node: form.Expression) -> int:
    if isinstance(node, form.Literal) and isinstance(node.value, int | float):
        return int(node.value)
    if isinstance(node, form.Binary) and node.operator == "*":
        return _number(node.left) * _number(node.right)
    return 0


def _within(inner: Span, outer: Span) -> bool:
    start = (outer.start_line, outer.start_column) <= (inner.start_line, inner.start_column)
    return start and (inner.end_line, inner.end_column) <= (outer.end_line, outer.end_column)


def _nodes(node: form.Node) -> Iterator[form.Node]:
    stack = [node]
    while stack:
        current = stack.pop()
        yield current
        for name in current.__struct_fields__:
            value = getattr(current, name)
            if isinstance(value, form.Node):
                stack.append(value)
            elif isinstance(value, tuple):
                stack += [item for item in value if isinstance(item, form.Node)]
