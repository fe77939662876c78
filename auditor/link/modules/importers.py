"""Who imports a module or a symbol, directly or through re-exports?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeAlias

from auditor.link.modules.imports import calls_for_modules, imports_in
from auditor.model.facts import FileFacts
from auditor.model.form import Export, Import
from auditor.model.span import Span


class Importer(NamedTuple):
    """A place that imports: the span is that of the statement for a module, of the name for a symbol.

    `type_only` vanishes when compiled; `dynamic` is a `require("…")` or `import("…")` call.
    """

    file: str
    span: Span
    type_only: bool = False
    dynamic: bool = False


ImporterIndex: TypeAlias = Mapping[tuple[str, str], tuple[Importer, ...]]
"""Importers by the file and the name of what they import; the name is "" for the module."""

Resolve: TypeAlias = Callable[[str, str, int, str], tuple[str, str] | None]
"""From importer, module, level and name ("" for the module) to the file and name of the definition."""


def importer_index(facts: Mapping[str, FileFacts], resolve: Resolve) -> ImporterIndex:
    """All imports of all files by what they lead to, sorted by file and place."""
    found: dict[tuple[str, str], set[Importer]] = {}
    for file, one in facts.items():
        for statement in imports_in(one.body):
            for target, importer in _imported(file, statement, resolve):
                found.setdefault(target, set()).add(importer)
        if {"import", "require"} & set(one.called):
            for specifier, span in calls_for_modules(one.body):
                module = resolve(file, specifier, 0, "")
                if module is not None:
                    found.setdefault(module, set()).add(Importer(file, span, dynamic=True))
    return {target: tuple(sorted(importers)) for target, importers in found.items()}


def _imported(file: str, statement: Import | Export, resolve: Resolve) -> list[tuple[tuple[str, str], Importer]]:
    level = statement.level if isinstance(statement, Import) else 0
    module = statement.module or ""
    whole = Importer(file, statement.span, statement.type_only)
    target = resolve(file, module, level, "")
    found = [] if target is None else [(target, whole)]
    for item in statement.names:
        if item.name in ("", "*"):
            continue
        symbol = resolve(file, module, level, item.name)
        if symbol is None:
            continue
        # Through a barrel, the module that defines the symbol is imported as well.
        found.append(((symbol[0], ""), whole))
        if symbol[1]:
            found.append((symbol, Importer(file, item.span, statement.type_only)))
    return found
