"""Routers with routes of their own that no served application includes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.adapter import RouteAdded
from auditor.link.applications import is_sideline
from auditor.link.backend import BackendRun
from auditor.link.routes import written
from auditor.link.services import Candidate
from auditor.model.graph import RouterDecl
from auditor.model.value import ABSENT


def unmounted(run: BackendRun, served: Sequence[Candidate]) -> tuple[RouterDecl, ...]:
    """Routers below the folders of the served backends that none of the project's applications reaches.

    A router is left out where something unresolved was included: it may be this one.
    """
    reached = {router for backend in run.backends for router in backend.application.reached}
    reached |= {r for backend in run.backends for other in backend.extensions for r in other.application.reached}
    gaps = [gap for one in served for gap in one.backend.application.gaps]
    # What a missing module would have given is no router of another file.
    reason = next((gap.reason for gap in gaps if not gap.reason.startswith(ABSENT)), "")
    return tuple(sorted(_unmounted(run, served, reached, reason), key=lambda one: one.location))


def _unmounted(run: BackendRun, served: Sequence[Candidate], reached: set[int], reason: str) -> Iterator[RouterDecl]:
    applications = {id(made.application) for made in run.registrations.made}
    added_by = {
        key: [effect for effect in effects if isinstance(effect, RouteAdded)]
        for key, effects in run.registrations.by_router.items()
    }
    # A function that makes routers may be called for several applications: one of them reaches what it made.
    seen = {effect.router.location for key in reached & added_by.keys() for effect in added_by[key]}
    for key, added in added_by.items():
        if key in reached or key in applications or not added:
            continue
        router = added[0].router
        location = router.location or added[0].location
        if location in seen or is_sideline(location.file):
            continue
        if not any(one.root == "." or location.file.startswith(f"{one.root}/") for one in served):
            continue
        seen.add(location)
        labels = tuple(
            f"{method} {written(path) or '/'}" for one in added for method in one.methods for path in one.path[:1]
        )
        yield RouterDecl(location.file.rpartition("/")[2].removesuffix(".py"), location, labels, reason)
