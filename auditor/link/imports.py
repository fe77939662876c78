"""Which Python files a file imports, directly and in all: what belongs to one application."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from auditor.link.modules.imports import imports_in
from auditor.link.modules.python import PythonModules
from auditor.model.facts import FileFacts
from auditor.model.form import Export


def import_graph(facts: Mapping[str, FileFacts], modules: PythonModules) -> dict[str, frozenset[str]]:
    """The files each file imports anywhere, also inside functions; a submodule's packages count too."""
    return {file: frozenset(_imports(file, facts[file], modules)) for file in facts}


def closure(graph: Mapping[str, frozenset[str]], start: str) -> frozenset[str]:
    """A file and everything it imports, directly or not."""
    found = {start}
    queue = [start]
    while queue:
        for file in graph.get(queue.pop(), ()):
            if file not in found:
                found.add(file)
                queue.append(file)
    return frozenset(found)


def _imports(file: str, facts: FileFacts, modules: PythonModules) -> Iterable[str]:
    for node in imports_in(facts.body):
        if isinstance(node, Export):
            continue
        located = modules.locate(file, node.module, node.level)
        if located is None:
            continue
        if located.file is not None:
            yield located.file
        for item in node.names:
            child = modules.submodule(located, item.name) if item.name not in ("", "*") else None
            if child is not None and child.file is not None:
                yield child.file
        parts = node.module.split(".")
        for length in range(1, len(parts)):
            package = modules.locate(file, ".".join(parts[:length]), node.level)
            if package is not None and package.file is not None:
                yield package.file
