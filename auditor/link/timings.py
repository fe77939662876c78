"""Which times does the client give its queries?

TanStack Query 4 and 5: https://tanstack.com/query/latest/docs/framework/react/guides/important-defaults
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from auditor.link.contents.names import Names, Written
from auditor.link.evaluate.walk import called_name, walk
from auditor.model import form
from auditor.model.facts import Dialect, FileFacts
from auditor.model.span import Location, Span
from auditor.model.timing import Timing

_KINDS = {"staleTime": "fresh", "refetchInterval": "poll"}
_CLIENTS = frozenset(("QueryClient", "createQueryClient"))
_DEPTH = 12


def timings(facts: Mapping[str, FileFacts], files: Iterable[str], names: Names) -> tuple[Timing, ...]:
    """The times that are constants, by place."""
    found: list[Timing] = []
    for file in sorted(files):
        if facts[file].dialect is Dialect.PYTHON:
            continue
        encoded = msgspec.msgpack.encode(facts[file].body)
        if not any(name.encode() in encoded for name in _KINDS):
            continue
        defaults = {id(entry) for entry in _defaults(facts[file].body)}
        for statement in facts[file].body:
            for node in walk(statement):
                if not isinstance(node, form.Entry):
                    continue
                kind = _KINDS.get(key_of(node.key), "")
                number = number_of(names, Written(file, node.value), 0) if kind else None
                if number:
                    place = Location(file, getattr(node.key, "span", Span(1, 1, 1, 1)))
                    found.append(Timing(kind, round(number), id(node) in defaults, place))
    return tuple(sorted(found, key=lambda one: one.location))


def _defaults(body: Iterable[form.Statement]) -> Iterator[form.Entry]:
    """The entries of `new QueryClient({ defaultOptions: { queries: {…} } })`."""
    for statement in body:
        for node in walk(statement):
            if isinstance(node, form.Call) and called_name(node) in _CLIENTS:
                for argument in node.arguments:
                    yield from _below(argument.value, ("defaultOptions", "queries"))


def _below(value: form.Expression, path: tuple[str, ...]) -> Iterator[form.Entry]:
    entries = value.entries if isinstance(value, form.Object) else ()
    for entry in entries:
        if not path:
            yield entry
        elif key_of(entry.key) == path[0]:
            yield from _below(entry.value, path[1:])


def number_of(names: Names, written: Written, depth: int) -> float | None:
    """The value of a number, a product or a sum of them, or a name bound to one."""
    if depth > _DEPTH:
        return None
    match written.node:
        case form.Literal(int() | float() as value) if not isinstance(value, bool):
            return value
        case form.Binary("*" | "+" as operator, left, right):
            one = number_of(names, written.other(left), depth + 1)
            other = number_of(names, written.other(right), depth + 1)
            if one is None or other is None:
                return None
            return one * other if operator == "*" else one + other
        case form.Cast(inner, _):
            return number_of(names, written.other(inner), depth + 1)
        case form.Member(owner, name):
            holder = names.value(written.other(owner))
            inner = holder.node.value if isinstance(holder.node, form.Cast) else holder.node
            for entry in inner.entries if isinstance(inner, form.Object) else ():
                if key_of(entry.key) == name:
                    return number_of(names, holder.other(entry.value), depth + 1)
            return None
        case form.Name():
            bound = names.value(written)
            return None if bound.node is written.node else number_of(names, bound, depth + 1)
        case _:
            return None


def key_of(node: form.Expression | None) -> str:
    """The name of a key; "" for one that is computed."""
    if isinstance(node, form.Name):
        return node.id
    return node.value if isinstance(node, form.Literal) and isinstance(node.value, str) else ""
