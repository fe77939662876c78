"""Which source file does the name of a package of this repository stand for?

Published entry points name built files (`dist/index.js`); the source they are built from is what an
audit reads. Fields follow https://nodejs.org/api/packages.html (v22).
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from auditor.link.modules.folders import ancestors, folder_of, join
from auditor.link.modules.jsonc import leaves, mapping, read_object
from auditor.link.modules.patterns import matching

_BUILT = frozenset({"dist", "lib", "build", "out", "es", "esm", "cjs", "output", "types", "_esm", "_cjs"})
_SOURCE_FIRST = ("source", "development", "import", "module", "browser", "default", "node", "require", "types")
_DEPENDENCIES = ("dependencies", "devDependencies", "peerDependencies", "optionalDependencies")


@dataclass(frozen=True, slots=True)
class Package:
    """A folder with a package.json. `dependencies` are the names it declares, of every kind."""

    folder: str
    name: str
    dependencies: frozenset[str]
    exports: Mapping[str, object]
    imports: Mapping[str, object]
    entries: tuple[str, ...]

    def sources(self, subpath: str) -> Iterator[str]:
        """Paths without promise of existence that `name/subpath` may stand for, best first."""
        key = f"./{subpath}" if subpath else "."
        for target, star in matching(self.exports, key):
            for leaf in _by_condition(target):
                yield from self._unbuilt(leaf.replace("*", star))
        if subpath:
            yield from self._unbuilt(subpath)
            yield from self._inside(f"src/{subpath}")
            return
        for entry in self.entries:
            yield from self._unbuilt(entry)
        for entry in ("src/index", "index", "src/main", "lib/index", "src"):
            yield from self._inside(entry)

    def internal(self, specifier: str) -> Iterator[str]:
        """Paths that a `#name` import of this package may stand for."""
        for target, star in matching(self.imports, specifier):
            for leaf in _by_condition(target):
                if leaf.startswith("."):
                    yield from self._unbuilt(leaf.replace("*", star))

    def _unbuilt(self, target: str) -> Iterator[str]:
        """The target itself, then where its source would stand: `dist/esm/a.d.ts` is `src/a`."""
        yield from self._inside(target)
        parts = posixpath.normpath(target).split("/")
        while parts and parts[0] in _BUILT:
            parts = parts[1:]
            bare = _without_extension("/".join(parts))
            yield from self._inside(f"src/{bare}")
            yield from self._inside(bare)

    def _inside(self, target: str) -> Iterator[str]:
        path = join(self.folder, target)
        if path is not None:
            yield path


def packages_in(texts: Mapping[str, str]) -> Mapping[str, Package]:
    """The packages by folder, from the texts of all package.json files."""
    found = {}
    for file in sorted(texts):
        if posixpath.basename(file) == "package.json" and "node_modules" not in file.split("/"):
            found[folder_of(file)] = _package(folder_of(file), read_object(texts[file]))
    return found


def package_name(specifier: str) -> tuple[str, str]:
    """The package and the path inside it: "@scope/name/sub/file" is ("@scope/name", "sub/file")."""
    parts = specifier.split("/")
    size = 2 if specifier.startswith("@") else 1
    return "/".join(parts[:size]), "/".join(parts[size:])


def nearest(packages: Mapping[str, Package], folder: str) -> tuple[Package, ...]:
    """The packages around a folder, innermost first."""
    return tuple(packages[above] for above in ancestors(folder) if above in packages)


def _package(folder: str, manifest: Mapping[str, object]) -> Package:
    name = manifest.get("name")
    exports = manifest.get("exports")
    if not isinstance(exports, dict) or not any(key.startswith(".") for key in exports):
        exports = {".": exports} if exports else {}
    fields = (manifest.get(key) for key in ("source", "module", "main", "types", "typings"))
    return Package(
        folder=folder,
        name=name if isinstance(name, str) else "",
        dependencies=frozenset(key for kind in _DEPENDENCIES for key in mapping(manifest.get(kind))),
        exports=exports,
        imports=mapping(manifest.get("imports")),
        entries=tuple(entry for entry in fields if isinstance(entry, str)),
    )


def _by_condition(target: object) -> Iterator[str]:
    """The paths of a conditional target, those nearest to the source first."""
    if not isinstance(target, dict):
        yield from leaves(target)
        return
    known = [condition for condition in _SOURCE_FIRST if condition in target]
    for condition in [*known, *(other for other in target if other not in known)]:
        yield from _by_condition(target[condition])


def _without_extension(path: str) -> str:
    for ending in (".d.ts", ".d.mts", ".d.cts"):
        if path.endswith(ending):
            return path.removesuffix(ending)
    return posixpath.splitext(path)[0]
