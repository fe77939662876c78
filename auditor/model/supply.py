"""Where else may a field come from that one answer lacks?

One frontend type often stands for the answers of several routes, and several types have a field of one name: where
code reads such a name, it need not be the lacking one.
"""

from __future__ import annotations

from collections import defaultdict

from auditor.model.finding import Confidence
from auditor.model.graph import Matched, ProjectGraph
from auditor.model.shape import ListOf, MapOf, OneOf, Ref, Shape


class Supply:
    """The fields that answers are known to bring, by the frontend type that they are read as."""

    def __init__(self, graph: ProjectGraph) -> None:
        self._brought: dict[str, set[str]] = defaultdict(set)  # names by the key of the frontend type
        self._readers: dict[str, set[str]] = defaultdict(set)  # keys of frontend types by name
        self._vague: set[str] = set()  # types of answers whose fields are not all known
        for pair in graph.pairs:
            backend, frontend = graph.models.get(pair.backend), graph.models.get(pair.frontend)
            if pair.confidence is Confidence.LOW or pair.direction == "request" or not (backend and frontend):
                continue
            if backend.open:
                self._vague.add(pair.frontend)
            served, expected = {one.wire for one in backend.fields}, {one.wire for one in frontend.fields}
            self._brought[pair.frontend] |= served
            for name in served & expected:
                self._readers[name].add(pair.frontend)
        for call in graph.calls:
            if isinstance(call.target, Matched) and call.target.route.response is None and call.expects is not None:
                self._vague |= set(_keys(call.expects))

    def elsewhere(self, frontend: str, name: str) -> bool:
        """Whether another answer that is read as the same type has the field, or may have it."""
        return frontend in self._vague or name in self._brought[frontend]

    def of_others(self, frontend: str, name: str) -> bool:
        """Whether answers that are read as other types have a field of this name."""
        return bool(self._readers[name] - {frontend})


def _keys(shape: Shape) -> tuple[str, ...]:
    match shape:
        case Ref(key):
            return (key,)
        case ListOf(inner) | MapOf(inner):
            return _keys(inner)
        case OneOf(options):
            return tuple(key for option in options for key in _keys(option))
        case _:
            return ()
