"""Which backends and frontends the project has, and which belong together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from auditor.link.applications import is_sideline
from auditor.link.backend import Backend
from auditor.link.modules.python import PythonModules
from auditor.link.modules.typescript import TypeScriptModules
from auditor.model.facts import Dialect, FileFacts
from auditor.model.finding import Side
from auditor.model.graph import Service

_MANIFEST = re.compile(r"pyproject\.toml|requirements[^/]*\.txt|Pipfile|setup\.cfg|Procfile|.*Dockerfile.*")
_INTERFACES = (Dialect.TSX, Dialect.VUE, Dialect.SVELTE)
_LIBRARIES = {
    "next": "Next.js", "nuxt": "Nuxt", "@sveltejs/kit": "SvelteKit", "@remix-run/react": "Remix",
    "@angular/core": "Angular", "vue": "Vue", "svelte": "Svelte", "react": "React", "solid-js": "Solid",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Candidate:
    """A backend with the name under which the graph knows it."""

    root: str
    backend: Backend


def backend_candidates(
    backends: Sequence[Backend],
    modules: PythonModules,
    chosen: Sequence[str],
    settings: Collection[str] = (),
) -> tuple[Candidate, ...]:
    """The backends that serve something, the likeliest first; of the chosen folders if there are any.

    Applications of tests, documentation, examples and scripts count only when they are chosen or
    there is no other. Where a server is told to serve one, others of the same folder that none is told to serve do
    not count; a folder with packages or commands of its own (among the paths of `settings`) is another service.
    """
    serving = [backend for backend in backends if backend.application.routes or backend.application.gaps]
    if chosen:
        serving = [backend for backend in serving if any(_is_below(backend.entry, folder) for folder in chosen)]
    else:
        serving = [backend for backend in serving if not is_sideline(backend.entry)] or serving
    homes = {root_of(backend.entry, modules) for backend in serving if backend.started}
    serving = [one for one in serving if one.started or not _is_decoy(one.entry, homes, settings)]
    serving = list(_without_copies(serving))
    found: list[Candidate] = []
    taken: set[str] = set()
    for backend in serving:
        root = root_of(backend.entry, modules)
        name = root if root not in taken else backend.entry
        if name in taken:
            name = f"{backend.entry}:{backend.application.location.line}"
        taken.add(name)
        found.append(Candidate(name, backend))
    return tuple(found)


def _without_copies(serving: Iterable[Backend]) -> Iterator[Backend]:
    """Of several files that have the same application made, and get the same of it, the likeliest one."""
    seen: set[object] = set()
    for backend in serving:
        made = backend.application
        routes = frozenset((one.effect.kind, one.effect.methods, one.path) for one in made.routes)
        if (made.location, routes) not in seen:
            seen.add((made.location, routes))
            yield backend


def _is_decoy(entry: str, homes: Collection[str], settings: Collection[str]) -> bool:
    """Whether an application that nobody starts stands beside one that is started."""
    above = [home for home in homes if _is_below(entry, home)]
    nearest = max(above, key=len, default=None)
    if nearest is None:
        return False
    parts = entry.split("/")[:-1]
    depth = 0 if nearest == "." else nearest.count("/") + 1
    between = {"/".join(parts[:end]) for end in range(depth + 1, len(parts) + 1)}
    return not any(
        path.rpartition("/")[0] in between and _MANIFEST.fullmatch(path.rpartition("/")[2]) for path in settings
    )


def root_of(entry: str, modules: PythonModules) -> str:
    """The folder a backend is started in: that of its outermost package, "." for the audited path."""
    depth = len(modules.dotted(entry).split("."))
    parts = entry.split("/")
    if parts[-1] == "__init__.py":
        depth += 1
    return "/".join(parts[:-depth]) or "."


class Frontends:
    """The folders that are frontends, and the one each file belongs to."""

    def __init__(
        self,
        facts: Mapping[str, FileFacts],
        modules: TypeScriptModules,
        texts: Mapping[str, str],
        calling: Iterable[str],
        chosen: Sequence[str],
    ) -> None:
        self._modules = modules
        self._chosen = tuple(sorted(chosen, key=len, reverse=True))
        self._texts = texts
        roots = Counter(self.of(file) for file in calling)
        if not roots:
            roots = Counter(self.of(file) for file in facts if facts[file].dialect in _INTERFACES)
            roots = Counter(dict(roots.most_common(1)))
        self.roots = tuple(sorted(root for root in roots if root))

    def of(self, file: str) -> str:
        """The root of the frontend a file belongs to; "" for a file outside the chosen folders."""
        if self._chosen:
            return next((folder for folder in self._chosen if _is_below(file, folder)), "")
        return self._modules.package_of(file) or "."

    def framework(self, root: str) -> str:
        """The user interface library that the package names."""
        manifest = self._texts.get("package.json" if root == "." else f"{root}/package.json", "")
        return next((name for package, name in _LIBRARIES.items() if f'"{package}"' in manifest), "JavaScript")


def services(
    candidates: Sequence[Candidate], frontends: Frontends, pairs: Mapping[str, Sequence[str]]
) -> tuple[Service, ...]:
    """All services with what they are paired with, backends first."""
    clients: dict[str, list[str]] = {}
    for frontend, backends in pairs.items():
        for backend in backends:
            clients.setdefault(backend, []).append(frontend)
    found = [
        Service(one.root, Side.BACKEND, one.backend.application.framework, one.backend.entry,
                pairs=tuple(sorted(clients.get(one.root, ()))))
        for one in candidates
    ]  # fmt: skip
    found += [
        Service(root, Side.FRONTEND, frontends.framework(root), pairs=tuple(pairs.get(root, ())))
        for root in frontends.roots
    ]
    return tuple(found)


def stem_of(prefix: str) -> str:
    """The part of a path before the first piece that is not written."""
    return re.split(r"[{]", prefix)[0].rstrip("/")


def _is_below(file: str, folder: str) -> bool:
    return folder in ("", ".") or file == folder or file.startswith(folder.rstrip("/") + "/")
