"""Which file does a Python import name?

Nobody says where the package roots of a repository are (`src/`, `backend/`, several services), so the
imports vote: `import a.b.c` is a vote for every folder that contains `a/b/c.py`. Search order and
package rules follow https://docs.python.org/3/reference/import.html (3.13).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from auditor.link.modules.folders import ancestors, folder_of, holds
from auditor.link.modules.imports import imports_in
from auditor.model.facts import Dialect, FileFacts
from auditor.model.form import Export

_CARRIED = frozenset({"lib", "libs", "vendor", "vendored", "_vendor", "third_party", "thirdparty", "extern"})
_DISTINCT_MODULES = 3  # a package voted for by fewer different imports is a namesake of a library


@dataclass(frozen=True, slots=True)
class Located:
    """A module of the project: its file (None for a folder without `__init__.py`) and, for packages,
    the folder of its submodules (for a plain module, its path without the suffix)."""

    file: str | None
    folder: str

    @property
    def package(self) -> bool:
        """Whether it can have submodules."""
        return self.file is None or self.file.endswith("__init__.py")


@dataclass(frozen=True, slots=True)
class Root:
    """A folder on the search path. `votes` counts the imports that need it; `package` marks one that is
    imported as a package as well, and so comes last."""

    folder: str
    votes: int
    package: bool


@dataclass(frozen=True)
class PythonModules:
    """The importable modules of a project."""

    files: frozenset[str]
    folders: frozenset[str]
    roots: tuple[Root, ...]
    packages: frozenset[str]
    """Folders that imports treat as packages, with or without `__init__.py`."""
    libraries: frozenset[str] = frozenset()
    """Packages that are a library's even if the project carries a copy of them."""
    _cache: dict[tuple[str, str, int], Located | None] = field(default_factory=dict, repr=False, compare=False)
    _searches: dict[str, tuple[Root, ...]] = field(default_factory=dict, repr=False, compare=False)

    def locate(self, importer: str, module: str, level: int = 0) -> Located | None:
        """The module that `import module` in the file `importer` gives; None outside the project.

        `level` counts the leading dots of a relative import.
        """
        key = (folder_of(importer), module, level)
        if key not in self._cache:
            self._cache[key] = self._relative(*key) if level else self._absolute(key[0], module)
        return self._cache[key]

    def submodule(self, located: Located, name: str) -> Located | None:
        """The module `name` directly below a package."""
        return self._at(_below(located.folder, name)) if located.package else None

    def dotted(self, file: str) -> str:
        """The qualified name of a file's module relative to its root: "app.api.main"."""
        folder = folder_of(file)
        above = [root for root in self.roots if holds(root.folder, folder)]
        best = min(above, key=lambda root: (root.package, not root.votes, -len(root.folder)), default=None)
        path = file.removesuffix(".py").removesuffix("/__init__")
        return path[len(best.folder) :].strip("/").replace("/", ".") if best else path.replace("/", ".")

    def _relative(self, folder: str, module: str, level: int) -> Located | None:
        above = ancestors(folder)
        if level > len(above):
            return None
        return self._at(_below(above[level - 1], module.replace(".", "/")))

    def _absolute(self, folder: str, module: str) -> Located | None:
        parts = module.split(".")
        namespace: Located | None = None
        for root in self._search(folder):
            top = _below(root.folder, parts[0])
            found = self._at(_below(root.folder, "/".join(parts)))
            if found is None or (parts[0] in self.libraries and _is_carried(root.folder)):
                continue
            if len(parts) == 1 and found.file == f"{top}.py" and not holds(root.folder, folder):
                # Another service's `config.py` is not on this one's path; a package of it may be.
                continue
            if found.file is not None:
                return found
            # `alembic/versions/…` beside the code is no package `alembic`: the installed one wins.
            if namespace is None and (top in self.packages or f"{top}/__init__.py" in self.files):
                namespace = found
        return namespace

    def _search(self, folder: str) -> tuple[Root, ...]:
        """The roots above a folder, and those elsewhere that imports need, in the order to try them."""
        if folder not in self._searches:
            wanted = (root for root in self.roots if root.votes or holds(root.folder, folder))
            self._searches[folder] = tuple(sorted(wanted, key=lambda root: _distance(root, folder)))
        return self._searches[folder]

    def _at(self, path: str) -> Located | None:
        """The package or module at a path without suffix. The package wins, as in Python."""
        package = _below(path, "__init__.py")
        if package in self.files:
            return Located(package, path)
        if f"{path}.py" in self.files:
            return Located(f"{path}.py", path)
        return Located(None, path) if path in self.folders else None


def _is_carried(folder: str) -> bool:
    """Whether a folder holds copies of libraries."""
    return folder.rpartition("/")[2] in _CARRIED


def python_modules(facts: Mapping[str, FileFacts], libraries: frozenset[str] = frozenset()) -> PythonModules:
    """The module index of the Python files among the facts (keys are paths); the rest is passed over.

    `libraries` are the top-level packages that adapters know: a copy of one (`lib/bottle.py`) is not looked into.
    """
    python = {file: one for file, one in facts.items() if one.dialect is Dialect.PYTHON and file.endswith(".py")}
    files = frozenset(python)
    folders = frozenset(folder for file in files for folder in ancestors(folder_of(file)))
    votes, through = _count(python)
    voted = {folder: sum(by_module.values()) for folder, by_module in votes.items()}
    regular = {folder for folder in folders if _below(folder, "__init__.py") in files}

    def package(folder: str) -> bool:
        return folder in regular or through[folder] > 0

    sound = {folder for folder in voted if not package(folder) or voted[folder] > through[folder] + (folder in regular)}
    explained = {module for folder in sound for module in votes[folder]}
    # A folder used both as root and as package is a root only for what no sound root explains.
    double = {folder for folder in voted if len(votes[folder].keys() - explained) >= _DISTINCT_MODULES}

    # Without votes: the first folder above a file that is no package, as for a script's own folder.
    unvoted = {next((above for above in ancestors(folder_of(file)) if not package(above)), "") for file in files}
    roots = unvoted | sound | double
    return PythonModules(
        files=files,
        folders=folders,
        roots=tuple(Root(folder, voted.get(folder, 0), package(folder)) for folder in sorted(roots)),
        packages=frozenset(folder for folder in folders if through[folder]),
        libraries=libraries,
    )


def _count(facts: Mapping[str, FileFacts]) -> tuple[Mapping[str, Counter[str]], Counter[str]]:
    """Votes per root and module, and how many imports pass through each folder as a package."""
    absolute: Counter[str] = Counter()
    through: Counter[str] = Counter()
    for file, one in facts.items():
        modules: set[str] = set()
        for statement in imports_in(one.body):
            if isinstance(statement, Export):
                continue
            if statement.level:
                through.update(ancestors(folder_of(file))[: statement.level])
                continue
            modules.add(statement.module)
            # `from a import b` may name the module a.b.
            modules.update(f"{statement.module}.{name.name}" for name in statement.names if name.name not in ("", "*"))
        absolute.update(modules)

    by_ending: dict[tuple[str, ...], list[tuple[str, ...]]] = defaultdict(list)
    for path in _module_paths(facts):
        by_ending[path[-2:]].append(path)
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for module, count in absolute.items():
        parts = tuple(module.split("."))
        if len(parts) < 2:
            continue
        for path in by_ending.get(parts[-2:], ()):
            if path[-len(parts) :] != parts:
                continue
            start = len(path) - len(parts)
            votes["/".join(path[:start])][module] += count
            for end in range(start + 1, len(path)):
                through["/".join(path[:end])] += count
    return votes, through


def _module_paths(files: Iterable[str]) -> Iterator[tuple[str, ...]]:
    for file in files:
        parts = tuple(file.removesuffix(".py").split("/"))
        yield parts[:-1] if parts[-1] == "__init__" else parts


def _distance(root: Root, folder: str) -> tuple[bool, bool, int, int, str]:
    """Sort key: roots above the importer first, the deepest first, then the nearest and most wanted."""
    above = holds(root.folder, folder)
    shared = next(len(one) for one in ancestors(root.folder) if holds(one, folder))
    return (not above, root.package, -shared, -root.votes, root.folder)


def _below(folder: str, path: str) -> str:
    return f"{folder}/{path}" if folder and path else folder or path
