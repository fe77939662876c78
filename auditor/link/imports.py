"""Which Python files a file imports, directly and in all: what belongs to one application, and what is loaded first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from auditor.link.modules.folders import ancestors, folder_of
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


def loading_order(facts: Mapping[str, FileFacts], modules: PythonModules) -> list[str]:
    """The files in an order in which each comes behind what it imports at its top level; those that import each other
    in the order given.

    What a module registers when it is loaded is there for whoever imports it. The method is Tarjan's, without recursion
    (https://en.wikipedia.org/wiki/Tarjan%27s_strongly_connected_components_algorithm).
    """
    place = {file: number for number, file in enumerate(facts)}
    graph = {file: sorted(_needed(file, facts[file], modules) & place.keys(), key=place.__getitem__) for file in facts}
    order: list[str] = []
    index: dict[str, int] = {}
    lowest: dict[str, int] = {}
    waiting: list[str] = []
    held: set[str] = set()
    for start in facts:
        path = [] if start in index else [(start, iter(graph[start]))]
        while path:
            file, further = path[-1]
            if file not in index:
                index[file] = lowest[file] = len(index)
                waiting.append(file)
                held.add(file)
            for other in further:
                if other not in index:
                    path.append((other, iter(graph[other])))
                    break
                if other in held:
                    lowest[file] = min(lowest[file], index[other])
            else:
                path.pop()
                if path:
                    lowest[path[-1][0]] = min(lowest[path[-1][0]], lowest[file])
                if lowest[file] == index[file]:
                    ring = waiting[waiting.index(file) :]
                    del waiting[waiting.index(file) :]
                    held.difference_update(ring)
                    order += sorted(ring, key=place.__getitem__)
    return order


def _needed(file: str, facts: FileFacts, modules: PythonModules) -> set[str]:
    """What is loaded before a file; the packages that it stands in are being loaded already."""
    above = {f"{folder}/__init__.py" for folder in ancestors(folder_of(file))}
    return {one for one in _imports(file, facts, modules, functions=False) if one not in above}


def _imports(file: str, facts: FileFacts, modules: PythonModules, functions: bool = True) -> Iterable[str]:
    for node in imports_in(facts.body, functions):
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
