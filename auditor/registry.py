"""The folder is the registry: every module of a package holds one typed constant."""

from __future__ import annotations

from importlib import import_module
from pkgutil import walk_packages
from typing import Protocol, TypeVar


class Registered(Protocol):
    """Anything with an `id`."""

    @property
    def id(self) -> str: ...


T = TypeVar("T", bound=Registered)


def load(package: str, constant: str, kind: type[T]) -> tuple[T, ...]:
    """All constants named `constant` of the modules below `package`, sorted by id.

    Modules and packages whose name begins with "_" are helpers and are passed over. Raises TypeError
    for a module without the constant and ValueError for an id that is taken: both are bugs of the
    pack, and name the module.
    """
    root = import_module(package)
    found: dict[str, T] = {}
    for info in walk_packages(root.__path__, package + "."):
        if info.ispkg or info.name.rpartition(".")[2].startswith("_"):
            continue
        plugin = getattr(import_module(info.name), constant, None)
        if not isinstance(plugin, kind):
            raise TypeError(f"{info.name} must define {constant}: {kind.__name__}")
        if plugin.id in found:
            raise ValueError(f"{info.name}: id {plugin.id!r} is taken")
        found[plugin.id] = plugin
    return tuple(found[key] for key in sorted(found))
