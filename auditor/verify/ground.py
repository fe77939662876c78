"""What the claims of a report are held against: the graph, the facts of each file, and the files themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from auditor.model import form
from auditor.model.facts import Dialect, FileFacts
from auditor.model.finding import Finding, Side
from auditor.model.graph import CallSite, External, Kind, Missing, Own, ProjectGraph, Route, Verdict
from auditor.model.segments import is_generic, is_hole, is_under, segments
from auditor.model.shape import EnumType, Model
from auditor.model.span import Location, Span
from auditor.report.excerpt import Sources


@dataclass(frozen=True)
class Ground:
    """The audited project. `files` are all paths below it, tests and documents included."""

    graph: ProjectGraph
    facts: Mapping[str, FileFacts]
    files: Sequence[str]
    lines: Sources
    findings: Sequence[Finding] = ()

    def matching(self, name: str) -> tuple[str, ...]:
        """The files that a name in a report may mean: the path itself, else all paths that end with it."""
        if name in self._paths:
            return (name,)
        return tuple(file for file in self.files if file.endswith(f"/{name}"))

    def side(self, file: str) -> Side | None:
        """The side a file is on, which its language decides; None for other files."""
        facts = self.facts.get(file)
        if facts is None:
            return None
        return Side.BACKEND if facts.dialect is Dialect.PYTHON else Side.FRONTEND

    def routes(self, method: str, path: str, socket: bool = False) -> tuple[Route, ...]:
        """The routes a path in a report means: exactly it, or it below a general prefix (`/api/v1`)."""
        served = [route for route in self.graph.routes if route.kind is not Kind.MOUNT]
        if socket or method == "WS":
            served = [route for route in served if route.kind is Kind.WEBSOCKET]
        elif method:
            served = [route for route in served if route.method == method]
        exact = [route for route in served if same_path(path, route.path)]
        return tuple(exact or (route for route in served if _below_general(path, route.path)))

    def calls(self, method: str, path: str) -> tuple[CallSite, ...]:
        """The requests whose path, as the backend sees it, is this one."""
        return tuple(
            call
            for call in self.graph.calls
            if call.path
            and (not method or call.method == method)
            and (same_path(path, call.path) or _below_general(path, call.path))
            and not isinstance(call.target, External | Own)
        )

    def meant(self, route: Route) -> tuple[CallSite, ...]:
        """The requests that are written for a route and miss it."""
        return tuple(
            call
            for call in self.graph.calls
            if isinstance(call.target, Missing)
            and call.target.verdict is Verdict.PREFIX
            and call.target.answered
            and any(
                near.route.label == route.label and near.route.location == route.location
                for near in call.target.nearest
            )
        )

    def open_reason(self, path: str) -> str:
        """Why there may be further routes at or below a path; "" if all are known."""
        for entry in self.graph.unresolved:
            stem = re.match(r"below (\S+): ", entry.reason) if entry.kind == "mount" else None
            if stem and is_under(path, "" if stem[1] == "/" else stem[1]):
                return entry.reason
        return ""

    def enums(self, name: str, side: Side | None = None) -> tuple[EnumType, ...]:
        """The enumerations of that name."""
        found = (one for one in self.graph.enums.values() if one.name == name)
        return tuple(one for one in found if side is None or one.side == side)

    def fields_with_values(self, owner: str) -> tuple[EnumType, ...]:
        """The constants written at fields (`type: 'a' | 'b'`) of the models of that name."""
        return tuple(one for one in self.graph.enums.values() if one.name.startswith(f"{owner}."))

    def models(self, name: str, side: Side | None = None) -> tuple[Model, ...]:
        """The models of that name."""
        found = (one for one in self.graph.models.values() if one.name == name)
        return tuple(one for one in found if side is None or one.side == side)

    @cached_property
    def declared(self) -> Mapping[str, tuple[Location, ...]]:
        """Where classes, functions, types, enums and variables are declared, by name."""
        found: dict[str, list[Location]] = {}
        for file in sorted(self.facts):
            for name, span in declarations(self.facts[file].body):
                found.setdefault(name, []).append(Location(file, span))
        return {name: tuple(places) for name, places in found.items()}

    @cached_property
    def _paths(self) -> frozenset[str]:
        return frozenset(self.files)


def declarations(body: Sequence[form.Statement]) -> Iterator[tuple[str, Span]]:
    """The names that statements declare, with those of methods and of what stands in branches."""
    for statement in body:
        match statement:
            case form.Class(name=name, span=span, body=inner):
                yield name, span
                yield from declarations(inner)
            case form.Def(function=function, span=span):
                yield function.name, span
            case form.Enum(name=name, span=span) | form.TypeDefinition(name=name, span=span):
                yield name, span
            case form.Bind(target=form.Name(id=name), span=span):
                yield name, span
            case form.Field(name=name, span=span):
                yield name, span
            case form.If(then=then, otherwise=otherwise):
                yield from declarations((*then, *otherwise))
            case form.Block(body=inner):
                yield from declarations(inner)
            case _:
                pass


def same_path(told: str, served: str) -> bool:
    """Whether two paths are one: parameters stand for parameters, whatever they are called."""
    left, right = segments(told), segments(served)
    return len(left) == len(right) and all(map(_same_segment, left, right))


def _below_general(told: str, served: str) -> bool:
    left, right = segments(told), segments(served)
    extra = len(right) - len(left)
    if not left or extra <= 0 or not all(is_generic(part) for part in right[:extra]):
        return False
    return all(map(_same_segment, left, right[extra:]))


def _same_segment(left: str, right: str) -> bool:
    return left == right or (is_hole(left) and is_hole(right))
