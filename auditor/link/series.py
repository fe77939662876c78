"""Which requests does a function of the frontend send one after the other, whatever happens?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from auditor.link.evaluate.walk import called_name, children, walk
from auditor.model import form
from auditor.model.facts import Dialect, FileFacts
from auditor.model.graph import CallSite, Series
from auditor.model.span import Location

_SHORTEST = 4  # letters of a function's name that is looked for by name alone


def series(facts: Mapping[str, FileFacts], calls: Sequence[CallSite]) -> tuple[Series, ...]:
    """The functions that send at least two requests on the same straight way, by place.

    A request counts where it is written and where the one function that sends it is called by a name that nothing else
    has. What stands in a branch, a loop or a function of its own is left out.
    """
    places = {
        (call.location.file, call.location.span.start_line, call.location.span.start_column): call for call in calls
    }
    senders = _senders(calls)
    found: list[Series] = []
    for file in sorted(facts):
        if facts[file].dialect is Dialect.PYTHON:
            continue
        for statement in facts[file].body:
            for node in walk(statement):
                if isinstance(node, form.Function):
                    steps = tuple(_steps(node.body, file, places, senders))
                    if len(steps) > 1:
                        found.append(Series(Location(file, node.span), steps))
    return tuple(sorted(found, key=lambda one: one.location))


def _senders(calls: Iterable[CallSite]) -> dict[str, CallSite]:
    """The functions that send one request, by the last part of their names."""
    named: dict[str, dict[tuple[str, str], list[CallSite]]] = {}
    for call in calls:
        if call.symbol:
            name = call.symbol.rpartition(".")[2]
            named.setdefault(name, {}).setdefault((call.location.file, call.symbol), []).append(call)
    return {
        name: next(iter(owners.values()))[0]
        for name, owners in named.items()
        if len(owners) == 1 and len(name) >= _SHORTEST and len(next(iter(owners.values()))) == 1
    }


def _steps(
    body: Sequence[form.Statement],
    file: str,
    places: Mapping[tuple[str, int, int], CallSite],
    senders: Mapping[str, CallSite],
) -> Iterator[tuple[CallSite, Location]]:
    for statement in body:
        if isinstance(statement, form.Block) and statement.kind in ("", "try", "with"):
            yield from _steps(statement.body, file, places, senders)
        elif isinstance(statement, form.Bind | form.Do | form.Return):
            for call in _calls(statement):
                known = places.get((file, call.span.start_line, call.span.start_column))
                sent = known or senders.get(called_name(call))
                if sent is not None:
                    yield sent, Location(file, call.span)
            if isinstance(statement, form.Return):
                return


def _calls(node: form.Node) -> Iterator[form.Call]:
    """The calls of a statement in the order in which they are made, but for those in functions and branches."""
    for child in children(node):
        if isinstance(child, form.Function | form.Conditional | form.Class):
            continue
        if isinstance(child, form.Binary) and child.operator in ("and", "or", "??"):
            continue
        yield from _calls(child)
        if isinstance(child, form.Call):
            yield child
