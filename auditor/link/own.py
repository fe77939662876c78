"""Which paths does a frontend's own server answer: route handlers and public files?

Follows Next 15 (https://nextjs.org/docs/app/api-reference/file-conventions/route), Nitro 2
(https://nitro.build/guide/routing), SvelteKit 2 (https://svelte.dev/docs/kit/routing#server) and
React Router 7 resource routes (https://reactrouter.com/how-to/resource-routes).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from auditor.link.modules.folders import folder_of, holds
from auditor.model.facts import Dialect, FileFacts
from auditor.model.form import Export, Import

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")

_APP = re.compile(r"(?:^|/)app/(?:(?P<path>.*)/)?route\.[cm]?[jt]sx?$")
_PAGES = re.compile(r"(?:^|/)pages/(?P<path>api/.*|api)\.[cm]?[jt]s$")
_NITRO = re.compile(r"(?:^|/)server/(?P<kind>api|routes)/(?P<path>.*)\.[cm]?[jt]s$")
_SVELTE = re.compile(r"(?:^|/)src/routes/(?:(?P<path>.*)/)?\+server\.[jt]s$")
_RESOURCE = re.compile(r"(?:^|/)app/routes/(?P<path>[^/]+)\.[jt]s$")
_PUBLIC = re.compile(r"(?:^|.*?/)(?:public|static)/(?P<path>.+)$|(?:^|.*?/)src/(?P<assets>assets/.+)$")
_NITRO_METHOD = re.compile(r"\.(get|head|post|put|patch|delete|options|connect|trace)$")


@dataclass(frozen=True, slots=True)
class OwnRoute:
    """A handler file. `segments` are texts, "[name]" for one run-time segment and, last, "[...name]"
    for one or more or "[[...name]]" for any number. `methods` is empty where all are answered.

    `kind` is "next", "pages", "nitro", "svelte" or "resource".
    """

    file: str
    kind: str
    segments: tuple[str, ...]
    methods: frozenset[str]

    @property
    def catch_all(self) -> bool:
        """Whether it takes everything below a path."""
        return bool(self.segments) and "..." in self.segments[-1]

    @property
    def dynamic(self) -> bool:
        """Whether a segment is only known at run time."""
        return any(segment.startswith("[") for segment in self.segments)

    @property
    def stem(self) -> str:
        """The path up to the last segment of a catch-all, its own path for others: "/api"."""
        return "/" + "/".join(self.segments[:-1] if self.catch_all else self.segments)

    def parameters(self, path: str) -> Mapping[str, tuple[str, ...]] | None:
        """The run-time segments by name, in a path with `{}` for what is unknown; None if it does not match."""
        given = [segment for segment in path.split("/") if segment]
        found: dict[str, tuple[str, ...]] = {}
        for position, segment in enumerate(self.segments):
            if "..." in segment:
                rest = tuple(given[position:])
                return {**found, segment.strip("[.]"): rest} if rest or segment.startswith("[[") else None
            if position >= len(given) or (not segment.startswith("[") and segment != given[position]):
                return None
            if segment.startswith("["):
                found[segment.strip("[]")] = (given[position],)
        return found if len(given) == len(self.segments) else None


@dataclass(frozen=True, slots=True)
class OwnPaths:
    """What the own servers of all frontends answer, by the frontend's root.

    `catch_alls` are handlers that may pass on what they get: whether they do, running them tells.
    """

    routes: Mapping[str, tuple[OwnRoute, ...]]
    files: Mapping[str, Mapping[str, str]]
    catch_alls: Mapping[str, tuple[OwnRoute, ...]]

    def owner(self, frontend: str, method: str, path: str, dynamic: bool = True) -> str | None:
        """The file that answers, catch-alls left out; without `dynamic` only files and constant paths.

        Without a method any will do.
        """
        if method in ("GET", "HEAD", ""):
            file = self.files.get(frontend, {}).get(path)
            if file is not None:
                return file
        return next(
            (
                route.file
                for route in self.routes.get(frontend, ())
                if (dynamic or not route.dynamic) and _allows(route, method) and route.parameters(path) is not None
            ),
            None,
        )


def own_paths(facts: Mapping[str, FileFacts], public: Sequence[str], roots: Iterable[str]) -> OwnPaths:
    """The own paths of the frontends. `public` are files that their servers deliver as they are."""
    nitro = {folder_of(file) for file in facts if re.search(r"(?:^|/)(?:nuxt|nitro)\.config\.", file)}
    next_ = {folder_of(file) for file in facts if re.search(r"(?:^|/)next\.config\.", file)}
    found = [
        route
        for file, one in facts.items()
        if one.dialect is not Dialect.PYTHON and (route := _route(file, one, next_, nitro)) is not None
    ]
    found.sort(key=_precedence)
    routes: dict[str, tuple[OwnRoute, ...]] = {}
    files: dict[str, dict[str, str]] = {}
    catch_alls: dict[str, tuple[OwnRoute, ...]] = {}
    for root in roots:
        folder = "" if root == "." else root
        own = [route for route in found if holds(folder, route.file)]
        routes[root] = tuple(route for route in own if not route.catch_all)
        catch_alls[root] = tuple(route for route in own if route.catch_all)
        files[root] = dict(_published(folder, file) for file in sorted(public) if holds(folder, file))
    return OwnPaths(routes, files, catch_alls)


def _route(file: str, facts: FileFacts, next_: set[str], nitro: set[str]) -> OwnRoute | None:
    exported = frozenset(item.local for one in facts.body if isinstance(one, Export) for item in one.names)
    methods = exported & frozenset(METHODS)
    if (found := _APP.search(file)) and methods:
        return OwnRoute(file, "next", _folders(found["path"] or ""), methods)
    if (found := _SVELTE.search(file)) and (methods or "fallback" in exported):
        return OwnRoute(
            file, "svelte", _folders(found["path"] or ""), frozenset() if "fallback" in exported else methods
        )
    if (found := _PAGES.search(file)) and "default" in exported and (_below(file, next_) or _imports(facts, "next")):
        return OwnRoute(file, "pages", _folders(_without_index(found["path"])), frozenset())
    if (found := _NITRO.search(file)) and "default" in exported and _below(file, nitro):
        path, verb = found["path"], _NITRO_METHOD.search(found["path"])
        path = _without_index(path[: verb.start()] if verb else path)
        prefix = "api/" if found["kind"] == "api" else ""
        return OwnRoute(file, "nitro", _folders(prefix + path), frozenset({verb[1].upper()} if verb else ()))
    resource = bool(exported & {"loader", "action"}) and "default" not in exported
    if (
        (found := _RESOURCE.search(file))
        and resource
        and _imports(facts, "@remix-run/", "react-router", "@react-router/")
    ):
        return OwnRoute(file, "resource", _dotted(found["path"]), _resource_methods(exported))
    return None


def _folders(path: str) -> tuple[str, ...]:
    """Segments of a folder path; groups `(x)` and slots `@x` are none, SvelteKit's matchers `[id=int]` go."""
    parts = [part for part in path.split("/") if part and not re.fullmatch(r"\(.*\)|@.*", part)]
    return tuple(re.sub(r"=\w+(?=\]+$)", "", part) if part.startswith("[") else part for part in parts)


def _dotted(name: str) -> tuple[str, ...]:
    """Segments of a flat route name: `api.users.$id` is api, users, [id]; `$` at the end takes the rest."""
    found: list[str] = []
    for part in re.split(r"\.(?![^\[]*\])", name):
        if part.startswith("_"):
            continue
        if part == "$":
            found.append("[...*]")
        elif part.startswith("$"):
            found.append(f"[{part[1:]}]")
        else:
            found.append(re.sub(r"[\[\]]", "", part).rstrip("_"))
    return tuple(found)


def _resource_methods(exported: frozenset[str]) -> frozenset[str]:
    reading = {"GET", "HEAD"} if "loader" in exported else set()
    return frozenset(reading | ({"POST", "PUT", "PATCH", "DELETE"} if "action" in exported else set()))


def _without_index(path: str) -> str:
    return path.removesuffix("index").rstrip("/") if path.rpartition("/")[2] == "index" else path


def _allows(route: OwnRoute, method: str) -> bool:
    if not route.methods or not method or method in route.methods or "{" in method:
        return True
    return method == "OPTIONS" or (method == "HEAD" and "GET" in route.methods)


def _below(file: str, folders: set[str]) -> bool:
    return any(holds(folder, file) for folder in folders)


def _imports(facts: FileFacts, *packages: str) -> bool:
    modules = [statement.module for statement in facts.body if isinstance(statement, Import)]
    return any(module.startswith(package) for module in modules for package in packages)


def _precedence(route: OwnRoute) -> tuple[tuple[tuple[int, str], ...], str]:
    """Constant segments before run-time ones before catch-alls, from the left."""
    ranks = {"": 0, "[": 1, "...": 2}
    kinds = (("..." if "..." in one else "[" if one.startswith("[") else "", one) for one in route.segments)
    return tuple((ranks[kind], one) for kind, one in kinds), route.file


def _published(folder: str, file: str) -> tuple[str, str]:
    found = _PUBLIC.match(file[len(folder) :].lstrip("/"))
    path = (found["path"] or found["assets"]) if found else file
    return f"/{path}", file
