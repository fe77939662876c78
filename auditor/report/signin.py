"""The table of the authentication flow: steps, what carries credentials, the shape of the token, roles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from auditor.model.finding import Side
from auditor.model.graph import ProjectGraph
from auditor.model.roles import role_sets
from auditor.model.shape import Model, Ref, Shape
from auditor.model.signin import FlowStep, Reach, Step, flow
from auditor.model.span import Location


@dataclass(frozen=True, slots=True)
class AuthRow:
    """One line: what it is about, what each side has with the places, and in a word how that fits."""

    topic: str
    backend: tuple[str, ...]
    frontend: tuple[str, ...]
    status: str
    places: tuple[tuple[Side, Location], ...] = ()


def auth_table(graph: ProjectGraph) -> tuple[AuthRow, ...]:
    """Steps first, then the shape of the token, then what carries credentials, then roles and permissions.

    Empty where no side has anything to do with signing in.
    """
    steps = flow(graph)
    return (*map(_step, steps), *_token(graph, steps), *_carriers(graph), *_roles(graph))


def _step(row: FlowStep) -> AuthRow:
    calls = row.calls or row.vain
    return AuthRow(
        topic=row.step,
        backend=tuple(dict.fromkeys(route.label for route in row.routes)),
        frontend=tuple(dict.fromkeys(f"{call.label} ({call.location.file}:{call.location.line})" for call in calls)),
        status=row.reach,
        places=(
            *((Side.BACKEND, route.location) for route in row.routes),
            *((Side.FRONTEND, call.location) for call in calls),
        ),
    )


def _token(graph: ProjectGraph, steps: tuple[FlowStep, ...]) -> Iterator[AuthRow]:
    """The keys of what signing in gives, and those of the type that the client expects."""
    for row in steps:
        if row.step is not Step.LOGIN:
            continue
        for route in row.routes:
            given = _model(graph, route.response)
            calls = [call for call in row.calls if call in graph.callers_of(route)]
            if given is None:
                continue
            ours = _keys(given)
            models = [model for call in calls if (model := _model(graph, call.expects)) is not None]
            # A type without any of the keys is something around the answer.
            expected = next((model for model in models if not set(ours).isdisjoint(_keys(model))), None)
            theirs = _keys(expected) if expected is not None else ()
            lacking = [key for key in theirs if key not in ours]
            status = ("differs" if lacking else "agrees") if expected is not None else "not declared"
            places = [(Side.BACKEND, given.location)]
            places += [(Side.FRONTEND, expected.location)] if expected is not None else []
            yield AuthRow("token", ours, theirs, status, tuple(places))


def _carriers(graph: ProjectGraph) -> Iterator[AuthRow]:
    """Headers, cookies and parameters, by name in lower case."""
    names = dict.fromkeys((one.carrier, one.name.lower()) for one in graph.credentials)
    for carrier, name in sorted(names):
        found = [one for one in graph.credentials if (one.carrier, one.name.lower()) == (carrier, name)]
        found = [one for one in found if one.act != "names" or all(other.act != "sends" for other in found)]
        ours = [one for one in found if one.side is Side.BACKEND]
        theirs = [one for one in found if one.side is Side.FRONTEND]
        if name == "*":  # stands for every cookie of the backend
            ours = [one for one in graph.credentials if one.side is Side.BACKEND and one.carrier == "cookie"]
        schemes = sorted({one.scheme for one in found if one.scheme})
        written = found[0].name + (f": {' or '.join(schemes)}" if schemes else "")
        yield AuthRow(
            topic=f"{carrier} {'of the browser' if name == '*' else written}",
            backend=tuple(dict.fromkeys(f"{one.act} {one.name if name == '*' else 'it'}" for one in ours)),
            frontend=tuple(dict.fromkeys(f"{one.act} it" for one in theirs)),
            status="both" if ours and theirs else f"not seen in the {Side.FRONTEND if ours else Side.BACKEND}",
            places=tuple((one.side, one.location) for one in found),
        )


def _roles(graph: ProjectGraph) -> Iterator[AuthRow]:
    for one in role_sets(graph):
        yield AuthRow(
            topic=one.backend.name,
            backend=tuple(str(value.value) for value in one.backend.values),
            frontend=tuple(other.name for other in one.mirrors),
            status=Reach.BOTH if one.mirrors else Reach.UNUSED,
            places=(
                (Side.BACKEND, one.backend.location),
                *((Side.FRONTEND, other.location) for other in one.mirrors),
            ),
        )


def _model(graph: ProjectGraph, shape: Shape | None) -> Model | None:
    return graph.models.get(shape.key) if isinstance(shape, Ref) else None


def _keys(model: Model) -> tuple[str, ...]:
    return tuple(field.wire for field in model.fields)
