"""What is marked as deprecated, and who still imports it?

Marks: `@deprecated` in doc comments of TypeScript; in Python the decorator of PEP 702
(https://peps.python.org/pep-0702/), a `.. deprecated::` directive in a docstring, and a module that warns
with a `DeprecationWarning` when it is imported.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from auditor.link.evaluate.walk import called_name
from auditor.link.modules.importers import Importer
from auditor.link.modules.imports import imports_in
from auditor.link.modules.symbols import Symbols
from auditor.model.facts import Deprecation, Dialect, FileFacts
from auditor.model.finding import Side
from auditor.model.form import Call, Class, Def, Do, Export, Expression, Literal, Member, Name, Statement, Template
from auditor.model.graph import DeprecatedImport
from auditor.model.span import Location, Span

_DIRECTIVE = re.compile(
    r"^[ \t]*\.\. deprecated::[ \t]*(?P<version>[^\n]*)(?P<text>(?:\n[ \t]+\S[^\n]*)*)", re.MULTILINE
)
_WARNINGS = frozenset({"DeprecationWarning", "PendingDeprecationWarning", "FutureWarning"})


def deprecated_imports(facts: Mapping[str, FileFacts], symbols: Symbols) -> tuple[DeprecatedImport, ...]:
    """The marks that somebody imports, by place; of a module that is marked as a whole, the module alone.

    A file that only re-exports is no importer; those that import through it are. Where nobody does,
    the re-export counts.
    """
    found: list[DeprecatedImport] = []
    for file in sorted(facts):
        one = facts[file]
        python = one.dialect is Dialect.PYTHON
        marks = {mark.name: mark for mark in reversed(tuple(_python_marks(one.body)) if python else one.deprecations)}
        if "" in marks:
            marks = {"": marks[""]}
        for name, mark in marks.items():
            importers = _using(facts, symbols.importers(file, name), file)
            if "." in name or not importers:
                continue
            places = tuple(Location(importer.file, importer.span) for importer in importers)
            side = Side.BACKEND if python else Side.FRONTEND
            found.append(DeprecatedImport(name, mark.message, Location(file, mark.span), places, side))
    return tuple(sorted(found, key=lambda entry: (entry.location, entry.name)))


def _using(facts: Mapping[str, FileFacts], importers: Iterable[Importer], home: str) -> tuple[Importer, ...]:
    """One importer per statement or name, re-exports left out where there are others. What belongs to a deprecated
    package (`__init__.py`) imports nothing that it is no part of."""
    inside = home.removesuffix("__init__.py") if home.endswith("/__init__.py") else home
    others = [importer for importer in importers if not importer.file.startswith(inside)]
    passing = {file: _reexports(facts[file].body) for file in {importer.file for importer in others}}
    using = tuple(importer for importer in others if importer.span not in passing[importer.file])
    return using or tuple(others)


def _reexports(body: tuple[Statement, ...]) -> frozenset[Span]:
    """The spans of re-exports and of their names."""
    exports = [statement for statement in imports_in(body) if isinstance(statement, Export)]
    return frozenset({one.span for one in exports} | {name.span for one in exports for name in one.names})


def _python_marks(body: tuple[Statement, ...]) -> Iterator[Deprecation]:
    for statement in body:
        match statement:
            case Do(value=Call() as call) if called_name(call) == "warn" and _warns(call):
                yield Deprecation("", _message(call), call.span)
            case Def(function=function, decorators=decorators, span=span):
                yield from _declared(function.name, function.doc, decorators, span)
            case Class(name=name, doc=doc, decorators=decorators, span=span):
                yield from _declared(name, doc, decorators, span)
            case _:
                pass


def _declared(name: str, doc: str, decorators: Iterable[Expression], span: Span) -> Iterator[Deprecation]:
    for decorator in decorators:
        target = decorator.callee if isinstance(decorator, Call) else decorator
        if isinstance(target, Name | Member) and _last(target) == "deprecated":
            yield Deprecation(name, _message(decorator) if isinstance(decorator, Call) else "", span)
            return
    directive = _DIRECTIVE.search(doc)
    if directive is not None:
        yield Deprecation(name, " ".join((directive["text"].strip() or directive["version"]).split()), span)


def _warns(call: Call) -> bool:
    return any(isinstance(one.value, Name | Member) and _last(one.value) in _WARNINGS for one in call.arguments)


def _last(node: Name | Member) -> str:
    return node.id if isinstance(node, Name) else node.name


def _message(call: Call) -> str:
    for argument in call.arguments:
        if argument.name not in (None, "message", "reason"):
            continue
        match argument.value:
            case Literal(value=str() as text):
                return " ".join(text.split())
            case Template(parts=parts):
                return " ".join("".join(part if isinstance(part, str) else "…" for part in parts).split())
            case _:
                pass
    return ""
