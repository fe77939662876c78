"""Which files are no tests although they are called so, because code that ships imports them?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from posixpath import dirname, join

from auditor.engine.places import is_test
from auditor.model import form
from auditor.model.facts import Dialect, FileFacts
from auditor.model.inventory import Inventory, SourceFile


def promoted(inventory: Inventory, facts: Mapping[str, FileFacts]) -> tuple[Inventory, tuple[SourceFile, ...]]:
    """The inventory without the tests that are imported, and those files: Python modules outside of folders of tests.

    `oauth_test.py` may hold the test of a login, or a router that logs somebody in on trial.
    """
    named = [one for one in inventory.tests if one.dialect is Dialect.PYTHON and not is_test(_beside(one.path))]
    if not named:
        return inventory, ()
    wanted = {module for file, one in facts.items() if one.dialect is Dialect.PYTHON for module in _imported(file, one)}
    found = tuple(one for one in named if _is_wanted(one.path.removesuffix(".py"), wanted))
    if not found:
        return inventory, ()
    rest = tuple(one for one in inventory.tests if one not in found)
    skipped = Counter(inventory.skipped)
    skipped["test"] -= len(found)
    return replace(inventory, tests=rest, skipped={name: count for name, count in skipped.items() if count}), found


def _beside(path: str) -> str:
    """A plain file of the same folder."""
    return join(dirname(path), "plain.py")


def _imported(file: str, one: FileFacts) -> Iterator[str]:
    """The paths, without ending, of the modules that a file may import; from where the project begins, or from it."""
    for node in one.body:
        if not isinstance(node, form.Import):
            continue
        folder = dirname(file)
        for _ in range(node.level - 1):
            folder = dirname(folder)
        module = node.module.replace(".", "/")
        start = join(folder, module).rstrip("/") if node.level else module
        yield start
        yield from (f"{start}/{item.name}".lstrip("/") for item in node.names if item.name not in ("", "*"))


def _is_wanted(path: str, wanted: set[str]) -> bool:
    """Whether a module is imported under its whole path or the end of it."""
    parts = path.split("/")
    return any("/".join(parts[start:]) in wanted for start in range(len(parts)))
