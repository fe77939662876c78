"""Which aliases do the TypeScript settings around a folder declare?

`paths`, `baseUrl` and `extends` as in https://www.typescriptlang.org/tsconfig/ (5.9).
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from auditor.link.modules.folders import folder_of, join
from auditor.link.modules.jsonc import mapping, read_object, strings
from auditor.link.modules.packages import Package, package_name

_HERE = "${configDir}"


@dataclass(frozen=True, slots=True)
class Aliases:
    """What one settings file says: `paths` patterns with targets relative to the project, and `baseUrl`."""

    paths: Mapping[str, tuple[str, ...]]
    base: str | None


@dataclass(frozen=True, slots=True)
class _Options:
    """Raw `paths` and `baseUrl`, each with the folder it is relative to (those may come from different files)."""

    paths: Mapping[str, object] | None = None
    paths_folder: str = ""
    base: str | None = None
    base_folder: str = ""


def aliases_in(texts: Mapping[str, str], packages: Mapping[str, Package]) -> Mapping[str, tuple[Aliases, ...]]:
    """By folder, what its settings files declare: tsconfig.json, jsconfig.json, then those beside them.

    `tsconfig.app.json` and the like count for their folder because a main file often holds nothing but
    references to them; a reference to a file in another folder counts too if it names the file.
    """
    files: dict[str, list[str]] = {}
    for file in sorted(texts, key=_rank):
        if _is_settings(file):
            files.setdefault(folder_of(file), []).append(file)
    named = {package.name: package.folder for package in packages.values() if package.name}
    found = {}
    for folder, configs in files.items():
        referenced = [target for config in configs for target in _referenced(config, texts) if target not in configs]
        options = [(folder, _options(config, texts, named, ())) for config in [*configs, *referenced]]
        found[folder] = tuple(_resolved(*one) for one in options if one[1].paths is not None or one[1].base is not None)
    return found


def _is_settings(file: str) -> bool:
    name = posixpath.basename(file)
    return name.startswith(("tsconfig", "jsconfig")) and name.endswith(".json")


def _rank(file: str) -> tuple[int, str]:
    order = ("tsconfig.json", "jsconfig.json", "tsconfig.app.json", "tsconfig.base.json")
    name = posixpath.basename(file)
    return (order.index(name) if name in order else len(order), file)


def _referenced(config: str, texts: Mapping[str, str]) -> Iterator[str]:
    references = read_object(texts[config]).get("references")
    for reference in references if isinstance(references, list) else ():
        path = mapping(reference).get("path")
        target = join(folder_of(config), path) if isinstance(path, str) and path.endswith(".json") else None
        if target is not None and target in texts:
            yield target


def _options(config: str, texts: Mapping[str, str], named: Mapping[str, str], seen: tuple[str, ...]) -> _Options:
    """The options of a file over those it extends; a cycle ends where it closes."""
    if config in seen:
        return _Options()
    settings = read_object(texts[config])
    merged = _Options()
    for base in strings(settings.get("extends")):
        target = _extended(folder_of(config), base, texts, named)
        if target is not None:
            merged = _over(_options(target, texts, named, (*seen, config)), merged)
    compiler = mapping(settings.get("compilerOptions"))
    paths, base_url = compiler.get("paths"), compiler.get("baseUrl")
    own = _Options(
        paths=paths if isinstance(paths, dict) else None,
        paths_folder=folder_of(config),
        base=base_url if isinstance(base_url, str) else None,
        base_folder=folder_of(config),
    )
    return _over(own, merged)


def _over(upper: _Options, lower: _Options) -> _Options:
    paths = upper if upper.paths is not None else lower
    base = upper if upper.base is not None else lower
    return _Options(paths.paths, paths.paths_folder, base.base, base.base_folder)


def _extended(folder: str, target: str, texts: Mapping[str, str], named: Mapping[str, str]) -> str | None:
    if target.startswith("."):
        path = join(folder, target)
    else:
        name, inside = package_name(target)
        path = join(named[name], inside) if name in named else None
    if path is None:
        return None
    choices = (path, f"{path}.json", f"{path}/tsconfig.json".lstrip("/"))
    return next((choice for choice in choices if choice in texts), None)


def _resolved(folder: str, options: _Options) -> Aliases:
    base = _place(folder, options.base_folder, options.base) if options.base is not None else None
    start = base if base is not None else options.paths_folder
    paths = {
        pattern: tuple(place for target in strings(targets) if (place := _place(folder, start, target)) is not None)
        for pattern, targets in (options.paths or {}).items()
    }
    return Aliases(paths, base)


def _place(leaf: str, folder: str, target: str) -> str | None:
    if target.startswith(_HERE):
        return join(leaf, target.removeprefix(_HERE).lstrip("/"))
    return join(folder, target)
