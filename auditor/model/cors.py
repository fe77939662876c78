"""Which pages may call a backend from another origin, and where the pages of a frontend come from in development."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.model.span import Location


@dataclass(frozen=True, slots=True)
class Cors:
    """One place that says which origins may call. `origins` are as written ("*" for all), complete unless `open` says
    why not. `credentials`: cookies are accepted with them."""

    origins: tuple[str, ...]
    open: str
    credentials: bool
    location: Location


@dataclass(frozen=True, slots=True)
class DevOrigin:
    """The port at which a frontend's development server listens. `written`: a file says so, at `location`; else it is
    the default of its tool."""

    frontend: str
    port: int
    written: bool
    location: Location
