"""Which file does a TypeScript or JavaScript import name?

Follows bundler resolution (https://www.typescriptlang.org/docs/handbook/modules/reference.html#bundler),
and where only code would tell (bundler aliases that nobody passed in) the common conventions, if the file exists.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from auditor.link.modules.folders import ancestors, folder_of, holds, join
from auditor.link.modules.packages import Package, nearest, package_name, packages_in
from auditor.link.modules.patterns import matching
from auditor.link.modules.tsconfig import Aliases, aliases_in

_EXTENSIONS = (
    ".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs", ".vue", ".svelte",
    ".d.ts", ".d.mts", ".d.cts", ".json",
)  # fmt: skip
_WRITTEN_AS = {
    ".js": (".ts", ".tsx", ".d.ts"),
    ".jsx": (".tsx",),
    ".mjs": (".mts", ".d.mts"),
    ".cjs": (".cts", ".d.cts"),
}


@dataclass(frozen=True)
class TypeScriptModules:
    """The importable modules of a project's TypeScript and JavaScript."""

    files: frozenset[str]
    packages: Mapping[str, Package]
    settings: Mapping[str, tuple[Aliases, ...]]
    aliases: Mapping[str, Mapping[str, str]]
    _cache: dict[tuple[str, str], str | None] = field(default_factory=dict, repr=False, compare=False)

    def locate(self, importer: str, specifier: str) -> str | None:
        """The file that `specifier` names in the file `importer`; None for packages outside the project."""
        key = (folder_of(importer), specifier)
        if key not in self._cache:
            self._cache[key] = self._locate(*key)
        return self._cache[key]

    def package_of(self, file: str) -> str:
        """The folder of the nearest package.json above a file; "" if there is none."""
        return next((folder for folder in ancestors(folder_of(file)) if folder in self.packages), "")

    def _locate(self, folder: str, specifier: str) -> str | None:
        # A bundler's loader prefix (`raw!./x`) and query (`./x?worker`) say how to load, not what.
        bare = specifier.rpartition("!")[2].partition("?")[0]
        if not bare or ":" in bare:
            return None
        if bare.split("/")[0] in (".", ".."):
            path = join(folder, bare)
            return None if path is None else self._file(path)
        if bare.startswith("/"):
            return self._file(_under(self.package_of(_under(folder, "x")), bare.lstrip("/")))
        return next((file for path in self._candidates(folder, bare) if (file := self._file(path)) is not None), None)

    def _candidates(self, folder: str, specifier: str) -> Iterator[str]:
        """Paths the specifier may stand for, what is declared before what is guessed."""
        around = nearest(self.packages, folder)
        settings = [one for above in ancestors(folder) for one in self.settings.get(above, ())]
        yield from self._aliased(folder, specifier)
        for one in settings:
            yield from _through(one.paths, specifier, catch_all=False)
        if specifier.startswith("#"):
            for package in around:
                yield from package.internal(specifier)
        name, subpath = package_name(specifier)
        for package in self._named(name, folder):
            yield from package.sources(subpath)
        if any(name in package.dependencies for package in around):
            return
        for one in settings:
            if one.base is not None:
                yield _under(one.base, specifier)
            yield from _through(one.paths, specifier, catch_all=True)
        yield from _conventional(folder, around[0].folder if around else "", specifier)

    def _aliased(self, folder: str, specifier: str) -> Iterator[str]:
        for above in ancestors(folder):
            declared = self.aliases.get(above, {})
            for target, star in matching(declared, specifier):
                yield target.replace("*", star)
            for alias in sorted(declared, key=len, reverse=True):
                prefix = alias.rstrip("/") + "/"
                if "*" not in alias and specifier.startswith(prefix):
                    yield _under(declared[alias].rstrip("/"), specifier[len(prefix) :])

    def _named(self, name: str, folder: str) -> list[Package]:
        """The packages of that name in this repository, the nearest first."""

        def distance(package: Package) -> tuple[int, str]:
            return (-next(len(one) for one in ancestors(package.folder) if holds(one, folder)), package.folder)

        return sorted((package for package in self.packages.values() if package.name == name), key=distance)

    def _file(self, path: str) -> str | None:
        """The module at a path with or without extension: the file itself, else a folder's index."""
        if path in self.files:
            return path
        for written, sources in _WRITTEN_AS.items():
            if path.endswith(written):
                stem = path.removesuffix(written)
                for ending in sources:
                    if stem + ending in self.files:
                        return stem + ending
        found = self._with_extension(path)
        if found is None and path in self.packages:
            entries = self.packages[path].sources("")
            found = next((file for entry in entries if (file := self._with_extension(entry)) is not None), None)
        return found or self._with_extension(_under(path, "index"))

    def _with_extension(self, path: str) -> str | None:
        if path in self.files:
            return path
        return next((path + ending for ending in _EXTENSIONS if path + ending in self.files), None)


def typescript_modules(
    files: Iterable[str], texts: Mapping[str, str], aliases: Mapping[str, Mapping[str, str]] | None = None
) -> TypeScriptModules:
    """The module index of the files.

    `texts` holds the settings (package.json, tsconfig*.json, jsconfig*.json) by path; other texts are
    passed over. `aliases` are bundler aliases by the folder they hold below: `{"web": {"@": "web/src"}}`,
    with targets relative to the project; a `*` in both stands for the same text.
    """
    packages = packages_in(texts)
    known = frozenset(files) | {file for file in texts if file.endswith(".json")}
    return TypeScriptModules(known, packages, aliases_in(texts, packages), aliases or {})


def _through(paths: Mapping[str, tuple[str, ...]], specifier: str, *, catch_all: bool) -> Iterator[str]:
    chosen = {pattern: targets for pattern, targets in paths.items() if (pattern == "*") == catch_all}
    for targets, star in matching(chosen, specifier):
        for target in targets:
            yield target.replace("*", star)


def _conventional(folder: str, package: str, specifier: str) -> Iterator[str]:
    """Where the usual aliases of templates and frameworks point, for projects whose own cannot be read."""
    head, _, rest = specifier.partition("/")
    source = _under(package, "src")
    inner = [above for above in reversed(ancestors(folder)) if above != package and holds(package, above)]
    match head:
        case "@" | "~" | "#" | "$":  # Vite and Vue templates, Nuxt, Next
            for start in (source, package, _under(package, "app"), *inner):
                yield _under(start, rest)
        case "@@" | "~~":  # Nuxt
            yield _under(package, rest)
        case "$lib":  # SvelteKit
            yield _under(source, f"lib/{rest}".rstrip("/"))
        case _ if rest:  # `src/…`, `client/…`, `@components/…`
            inside = f"{head.lstrip('@~#$')}/{rest}"
            for start in (package, source):
                yield _under(start, inside)
        case _:
            pass


def _under(folder: str, path: str) -> str:
    return f"{folder}/{path}" if folder and path else folder or path
