"""Which names does one file define, import and export at its top level?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from auditor.link.modules.imports import required
from auditor.model.facts import FileFacts
from auditor.model.form import (
    ArrayPattern,
    Bind,
    Block,
    Class,
    Def,
    Enum,
    Export,
    Expression,
    For,
    If,
    Import,
    ImportName,
    Literal,
    Member,
    Name,
    Object,
    ObjectPattern,
    Pattern,
    Statement,
    TypeDefinition,
)

DECLARATIONS = (".d.ts", ".d.mts", ".d.cts")

Defining: TypeAlias = Class | TypeDefinition | Enum | Bind | Def
"""Statements that give a name its meaning."""


@dataclass(frozen=True, slots=True)
class Imported:
    """A name from another module; `name` is the one it has there, "" for the module itself.

    `level` counts the leading dots of a Python relative import.
    """

    module: str
    level: int
    name: str


@dataclass(frozen=True, slots=True)
class Local:
    """An export that stands for a name of the same file."""

    name: str


Entry: TypeAlias = Defining | Imported


@dataclass(frozen=True, slots=True)
class Table:
    """The names of one file.

    `names` has the entries of each name, the one that counts last. `exports` are those of TypeScript and
    of CommonJS (every Python name is exported). `stars` are the modules of `from x import *` and `export *`.
    `common_js` marks a file that assigns to `exports`. `namespaces` are those of TypeScript that hold types; their
    types are among `names`, dotted ("API.User").
    """

    names: Mapping[str, tuple[Entry, ...]]
    exports: Mapping[str, Local | Imported]
    stars: tuple[Imported, ...]
    common_js: bool = False
    namespaces: frozenset[str] = frozenset()


def global_names(facts: Mapping[str, FileFacts], table: Callable[[str], Table]) -> dict[str, tuple[str, ...]]:
    """The declaration files that are no modules, by the names of what they declare for all files."""
    found: dict[str, tuple[str, ...]] = {}
    for file, one in facts.items():
        if not file.endswith(DECLARATIONS) or any(isinstance(statement, Import | Export) for statement in one.body):
            continue
        declared = table(file)
        for name in {*declared.names, *declared.namespaces}:
            found[name] = (*found.get(name, ()), file)
    return found


def table_of(facts: FileFacts) -> Table:
    """The table of a file. Branches that are a way out (`else`, `except`) count less than the main one."""
    names: dict[str, list[tuple[int, Entry]]] = {}
    exports: dict[str, Local | Imported] = {}
    stars: list[Imported] = []
    common_js = False
    for rank, statement in _ranked(facts.body, 0):
        match statement:
            case Import(module, imported, _, level):
                for item in imported:
                    if item.name == "*":
                        stars.append(Imported(module, level, "*"))
                    else:
                        names.setdefault(item.local, []).append((rank, _imported(module, level, item)))
            case Export(exported, _, source):
                for item in exported:
                    if item.name == "*" and source is not None:
                        stars.append(Imported(source, 0, "*"))
                    elif source is not None:
                        exports[item.local] = Imported(source, 0, item.name)
                    else:
                        exports[item.local] = Local(item.name)
            case Bind(target=Member()):
                for name, found in _common_js(statement):
                    common_js = True
                    if isinstance(found, Bind):
                        names.setdefault(name, []).append((rank, found))
                    exports.setdefault(name, found if isinstance(found, Local) else Local(name))
            case _:
                for name, entry in _defined(statement):
                    names.setdefault(name, []).append((rank, entry))
    # A stable sort: among equals the last definition counts, as at run time.
    ordered = {name: tuple(entry for _, entry in sorted(found, key=_by_rank)) for name, found in names.items()}
    return Table(ordered, exports, tuple(stars), common_js, frozenset(_namespaces(names)))


def _namespaces(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        parts = name.split(".")
        yield from (".".join(parts[:count]) for count in range(1, len(parts)))


def _by_rank(entry: tuple[int, Entry]) -> int:
    return -entry[0]


def _ranked(body: tuple[Statement, ...], rank: int) -> Iterator[tuple[int, Statement]]:
    for statement in body:
        match statement:
            case If(test, then, otherwise):
                yield from _ranked(then, rank + (test is None))
                yield from _ranked(otherwise, rank + 1)
            case Block(inner, kind):
                yield from _ranked(inner, rank + (kind == "except"))
            case For(body=inner):
                yield from _ranked(inner, rank + 1)
            case _:
                yield rank, statement


def _imported(module: str, level: int, item: ImportName) -> Imported:
    # `import a.b` binds "a", `import a.b as c` binds a.b to "c".
    top = module.partition(".")[0]
    return Imported(top if not item.name and not level and item.local == top else module, level, item.name)


def _defined(statement: Statement) -> Iterator[tuple[str, Entry]]:
    match statement:
        case Class(name=name) | Enum(name=name) | TypeDefinition(name=name):
            yield name, statement
        case Def(function=function):
            yield function.name, statement
        case Bind(target=target, value=value, operator=""):
            specifier = required(value)
            if specifier is not None and isinstance(target, (Name, ObjectPattern)):
                yield from _required(target, specifier)
            else:
                for name in _bound(target):
                    yield name, statement
        case _:
            pass


def _required(target: Name | ObjectPattern, specifier: str) -> Iterator[tuple[str, Entry]]:
    """`const x = require("m")`, `const {a: b} = require("m")`."""
    match target:
        case Name(id):
            yield id, Imported(specifier, 0, "default")
        case ObjectPattern(items):
            for item in items:
                if isinstance(item.key, Literal) and isinstance(item.target, Name):
                    yield item.target.id, Imported(specifier, 0, str(item.key.value))


def _bound(target: Pattern) -> Iterator[str]:
    match target:
        case Name(id):
            yield id
        case ObjectPattern(items):
            for item in items:
                yield from _bound(item.target)
        case ArrayPattern(elements):
            for element in elements:
                if element.target is not None:
                    yield from _bound(element.target)
        case _:
            pass


def _common_js(statement: Bind) -> Iterator[tuple[str, Local | Bind]]:
    """What `module.exports = …` and `exports.name = …` export."""
    match statement.target:
        case Member(Name("module"), "exports"):
            yield "default", statement
            if isinstance(statement.value, Object):
                for entry in statement.value.entries:
                    if isinstance(entry.key, Literal) and isinstance(entry.value, Name):
                        yield str(entry.key.value), Local(entry.value.id)
        case Member(owner, name) if _is_exports(owner):
            yield name, Local(statement.value.id) if isinstance(statement.value, Name) else statement
        case _:
            pass


def _is_exports(expression: Expression) -> bool:
    match expression:
        case Name("exports") | Member(Name("module"), "exports"):
            return True
        case _:
            return False
