"""Small projects from source strings, read by the real readers, for the tests of own paths and proxies."""

from __future__ import annotations

from collections.abc import Mapping

from auditor.adapter import Adapter
from auditor.adapters.frontend import fetch
from auditor.extract import extract
from auditor.link.environment import environment
from auditor.link.evaluate.machine import Machine
from auditor.link.evaluate.typescript import TypeScriptLanguage
from auditor.link.modules.typescript import typescript_modules
from auditor.model.facts import Dialect, FileFacts
from auditor.model.span import Location, Span

_DIALECTS = {"py": Dialect.PYTHON, "ts": Dialect.TYPESCRIPT, "vue": Dialect.VUE, "svelte": Dialect.SVELTE}
_SOURCES = ("py", "ts", "tsx", "js", "jsx", "mjs", "cjs", "vue", "svelte")
_ADAPTERS: tuple[Adapter, ...] = (fetch.ADAPTER,)


def facts_of(files: Mapping[str, str]) -> dict[str, FileFacts]:
    """The facts of the source files."""
    return {
        file: extract(text.encode(), _DIALECTS.get(ending, Dialect.TSX))
        for file, text in files.items()
        if (ending := file.rpartition(".")[2]) in _SOURCES
    }


def texts_of(files: Mapping[str, str]) -> dict[str, str]:
    """The texts of the settings files."""
    return {file: text for file, text in files.items() if file.rpartition(".")[2] not in _SOURCES}


def machine_of(files: Mapping[str, str]) -> Machine:
    """The evaluator of the frontend's files."""
    facts, variables = facts_of(files), environment(texts_of(files))

    def lookup(name: str, file: str) -> tuple[str, Location] | None:
        found = variables.lookup(name, file)
        return None if found is None or found.value is None else (found.value, Location(found.file, Span(1, 1, 1, 1)))

    frontend = {file: one for file, one in facts.items() if one.dialect is not Dialect.PYTHON}
    return Machine(frontend, TypeScriptLanguage(typescript_modules(facts, texts_of(files))), _ADAPTERS, lookup)
