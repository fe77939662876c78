"""What a route takes besides its path, and how it answers besides its model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from auditor.model.shape import Shape
from auditor.model.span import Location


@dataclass(frozen=True, slots=True)
class Taken:
    """A parameter. `place` is "path", "query", "header" or "cookie"; `name` is as it is sent. A parameter
    that is not `required` has a default; `default` is it where it is a constant, else None."""

    name: str
    place: str
    shape: Shape
    required: bool
    location: Location
    default: str | int | float | bool | None = None
    in_schema: bool = True


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of a body, under its name. `kind` is "json", "form" or "file"; `embedded` pieces stand under
    their name even where they are alone."""

    name: str
    kind: str
    shape: Shape
    required: bool
    location: Location
    embedded: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """A response that is declared for a status; `shape` is None where its body is not said."""

    status: int
    shape: Shape | None = None
    description: str = ""


@dataclass(frozen=True, slots=True)
class Scheme:
    """A way to prove who asks: its name in the document, its place, and what OpenAPI says of it, as JSON values."""

    name: str
    location: Location
    definition: Mapping[str, object] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class Operation:
    """What a route takes and how it answers.

    `status` is that of success. `raises` are the status codes of errors that its handler raises by itself or
    through what it depends on. `security` names the schemes that its dependencies ask for, with the place of
    each. `unknown` says what could not be read: what is listed is then not all. `untyped`: the handler says
    nothing about what it returns, and makes no response object itself. `reads`: the handler or something it depends
    on looks into the request itself, so that it may take more than is listed. `answers` are the responses that are
    declared. `schemes` describe those of `security` that a document can describe, `scopes` what they must allow.
    """

    parameters: tuple[Taken, ...] = ()
    body: tuple[Part, ...] = ()
    status: int = 200
    raises: tuple[int, ...] = ()
    security: tuple[tuple[str, Location], ...] = ()
    unknown: tuple[str, ...] = ()
    untyped: bool = False
    reads: bool = False
    answers: tuple[Answer, ...] = ()
    schemes: tuple[Scheme, ...] = ()
    scopes: tuple[str, ...] = ()
