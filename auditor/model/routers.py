"""Which requests are meant for a router that nothing includes?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from auditor.model.graph import CallSite, Kind, Missing, ProjectGraph, RouterDecl
from auditor.model.segments import agree, is_generic, is_hole, segments

_MARKS = re.compile(r"[-_.]")


def waiting(graph: ProjectGraph, router: RouterDecl) -> tuple[CallSite, ...]:
    """Calls that no route answers and the router would, under whatever prefix, in the order of the graph."""
    return tuple(
        call
        for call in graph.calls
        if isinstance(call.target, Missing)
        and call.kind is not Kind.WEBSOCKET
        and would_serve(router.name, router.location.file, router.routes, call.label)
    )


def would_serve(name: str, file: str, routes: Iterable[str], label: str) -> bool:
    """Whether one of a router's routes ends the path of a request (`GET /api/v1/audit/logs`) and belongs to it.

    It does if a written segment agrees and nothing stands before it but `/api/v1` and what the router or its file is
    called: `/logs` alone ends too many paths.
    """
    method, _, path = label.partition(" ")
    asked = segments(path)
    called = {_plain(name), *map(_plain, file.removesuffix(".py").split("/")[-2:])}
    for route in routes:
        served_method, _, served = route.partition(" ")
        below = segments(served)
        start = len(asked) - len(below)
        if served_method != method or not below or start < 0 or not all(map(agree, asked[start:], below)):
            continue
        before = {_plain(one) for one in asked[:start] if not is_generic(one) and not is_hole(one)}
        if before <= called and _agree_in_writing(asked[start:], below):
            return True
    return False


def _agree_in_writing(asked: Sequence[str], served: Sequence[str]) -> bool:
    pairs = zip(asked, served, strict=True)
    return any(one == other and not is_generic(one) and not is_hole(one) for one, other in pairs)


def _plain(text: str) -> str:
    return _MARKS.sub("", text.lower())
