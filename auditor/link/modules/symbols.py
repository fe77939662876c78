"""Where is a name defined, once imports, re-exports and aliases are followed?

Nothing is evaluated: a name that only running the code would bind is not found.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from auditor.link.modules.importers import Importer, ImporterIndex, importer_index
from auditor.link.modules.python import Located, PythonModules, python_modules
from auditor.link.modules.tables import DECLARATIONS, Defining, Entry, Imported, Local, Table, global_names, table_of
from auditor.link.modules.typescript import TypeScriptModules
from auditor.model.facts import Dialect, FileFacts
from auditor.model.form import Bind, Cast, Class, Def, Enum, Expression, Field, Member, Name, TypeDefinition

_COMPONENTS = (Dialect.VUE, Dialect.SVELTE)


@dataclass(frozen=True, slots=True)
class Definition:
    """Where a name leads: the file, the name it has there and the statement that defines it.

    A module has the name "" and no statement; a Python package has its `folder`, and one without
    `__init__.py` no file (""). `name` is dotted inside a class ("Order.Status") and inside a namespace of TypeScript,
    which has a name and no statement.
    """

    file: str
    name: str
    statement: Defining | Field | None
    folder: str = ""


@dataclass(frozen=True, slots=True)
class _Question:
    """One search: whether a type is wanted, and what was tried, so that a cycle ends where it closes.

    `steps` are those of the current hop, `aliases` the hops themselves.
    """

    types: bool
    steps: set[tuple[str, str]] = field(default_factory=set)
    aliases: set[tuple[str, str]] = field(default_factory=set)

    def hop(self) -> _Question:
        """The same search from a new start."""
        return _Question(self.types, set(), self.aliases)


class Symbols:
    """The names of all files. Tables are built when asked for, answers are kept."""

    def __init__(
        self, facts: Mapping[str, FileFacts], typescript: TypeScriptModules, python: PythonModules | None = None
    ) -> None:
        self.facts = facts
        self.typescript = typescript
        self.python = python or python_modules(facts)
        self._tables: dict[str, Table] = {}
        self._members: dict[tuple[str, str, bool], Definition | None] = {}
        self._origins: dict[tuple[str, str], tuple[str, str] | None] = {}
        self._importers: ImporterIndex | None = None
        self._globals: Mapping[str, tuple[str, ...]] | None = None

    def definition(self, file: str, name: str, types: bool = False) -> Definition | None:
        """The definition that `name` leads to from the top level of `file`; None outside the project.

        In TypeScript also what the file only re-exports, and "default". Where a value and a type share
        the name, the value is meant, or with `types` the type.
        """
        return self.member(file, name, types)

    def member(self, file: str, expression: Expression | str, types: bool = False) -> Definition | None:
        """The definition of a dotted name (`module.Name`, `ns.Name`, `Outer.Inner`) seen from `file`."""
        path = expression if isinstance(expression, str) else _dotted(expression)
        if not path:
            return None
        key = (file, path, types)
        if key not in self._members:
            self._members[key] = self._member(_Question(types), file, path)
        return self._members[key]

    def imported(self, file: str, module: str, level: int, name: str) -> Definition | None:
        """What an import anywhere in a file brings in: one that stands in a function is not of the file's names."""
        return self._imported(_Question(False), file, Imported(module, level, name))

    def importers(self, file: str, name: str = "") -> tuple[Importer, ...]:
        """The places that import a module, or with `name` a symbol that it defines, by file and place.

        Through barrels too. `import *` and `export *` use a module but none of its symbols.
        """
        if self._importers is None:
            self._importers = importer_index(self.facts, self._origin)
        return self._importers.get((file, name), ())

    def _member(self, question: _Question, file: str, path: str) -> Definition | None:
        first, *rest = path.split(".")
        hop = question.hop()
        start = self._local(hop, file, first) or self._exported(hop, file, first) or self._global(question, first)
        found = self._unaliased(question, start)
        for name in rest:
            if found is None:
                return None
            found = self._unaliased(question, self._inside(question.hop(), found, name))
        return found

    def _local(self, question: _Question, file: str, name: str) -> Definition | None:
        """What a name means inside a file."""
        if file not in self.facts or (file, name) in question.steps:
            return None
        question.steps.add((file, name))
        table = self._table(file)
        entry = _chosen(table.names.get(name, ()), question.types)
        if isinstance(entry, Imported):
            return self._imported(question, file, entry)
        if entry is not None:
            return Definition(file, name, entry)
        if name in table.namespaces:
            return Definition(file, name, None)
        if self._is_python(file) and not name.startswith("_"):
            for star in reversed(table.stars):
                located = self.python.locate(file, star.module, star.level)
                found = self._local(question, located.file, name) if located and located.file else None
                if found is not None:
                    return found
        return None

    def _exported(self, question: _Question, file: str, name: str) -> Definition | None:
        """What a TypeScript file gives to others under a name."""
        if self._is_python(file):
            return None
        if file not in self.facts:  # JSON
            return Definition(file, "", None) if name == "default" and file in self.typescript.files else None
        if (file, f"export {name}") in question.steps:
            return None
        question.steps.add((file, f"export {name}"))
        table = self._table(file)
        match table.exports.get(name):
            case Local(local):
                found = self._local(question, file, local)
                return self._unaliased(question, found) if name == "default" else found
            case Imported() as other:
                return self._imported(question, file, other)
            case None if name in table.namespaces:
                return Definition(file, name, None)
            case None:
                pass
        if name == "default":
            whole = table.common_js or self.facts[file].dialect in _COMPONENTS
            return Definition(file, "", None) if whole else None
        for star in table.stars:
            found = self._imported(question, file, Imported(star.module, 0, name))
            if found is not None:
                return found
        # A declaration file exports whatever it declares: handbook, "Modules .d.ts".
        declared = file.endswith(DECLARATIONS) and not isinstance(table.names.get(name, (None,))[-1], Imported)
        return self._local(question, file, name) if declared else None

    def _global(self, question: _Question, name: str) -> Definition | None:
        """What the one declaration file without imports and exports that has such a type gives to all others
        (https://www.typescriptlang.org/docs/handbook/declaration-files/templates/global-d-ts.html)."""
        if not question.types:
            return None
        if self._globals is None:
            self._globals = global_names(self.facts, self._table)
        files = self._globals.get(name, ())
        return self._local(question.hop(), files[0], name) if len(files) == 1 else None

    def _imported(self, question: _Question, file: str, entry: Imported) -> Definition | None:
        if self._is_python(file):
            located = self.python.locate(file, entry.module, entry.level)
            if located is None:
                return None
            return self._attribute(question, located, entry.name, file) if entry.name else _module(located)
        target = self.typescript.locate(file, entry.module)
        if target is None:
            return None
        return self._exported(question, target, entry.name) if entry.name else Definition(target, "", None)

    def _attribute(self, question: _Question, located: Located, name: str, importer: str = "") -> Definition | None:
        """What `from package import name` gives: an attribute, else a submodule."""
        # `from . import name` in the package's own `__init__` can only mean the submodule.
        if located.file is not None and located.file != importer:
            found = self._local(question, located.file, name)
            if found is not None:
                return found
        submodule = self.python.submodule(located, name)
        return None if submodule is None else _module(submodule)

    def _inside(self, question: _Question, owner: Definition, name: str) -> Definition | None:
        """A member of a module or class."""
        if isinstance(owner.statement, Class):
            inner = _in_class(owner.statement, name)
            return None if inner is None else Definition(owner.file, f"{owner.name}.{name}", inner)
        if owner.name:
            return self._local(question, owner.file, f"{owner.name}.{name}") if owner.statement is None else None
        if owner.folder or self._is_python(owner.file):
            return self._attribute(question, Located(owner.file or None, owner.folder), name)
        return self._exported(question, owner.file, name)

    def _unaliased(self, question: _Question, found: Definition | None) -> Definition | None:
        """The definition behind `X = Y` and `X = module.Y`; X itself where Y is none of the project's."""
        if found is None or not isinstance(found.statement, Bind) or "." in found.name:
            return found
        path = _dotted(found.statement.value) if isinstance(found.statement.target, Name) else ""
        if not path or (found.file, found.name) in question.aliases:
            return found
        question.aliases.add((found.file, found.name))
        return self._member(question, found.file, path) or found

    def _origin(self, file: str, module: str, level: int, name: str) -> tuple[str, str] | None:
        """The file and the name that an import leads to, aliases not followed."""
        if self._is_python(file):
            located = self.python.locate(file, module, level)
            place = None if located is None else located.file or located.folder
        else:
            place = self.typescript.locate(file, module)
        if place is None:
            return None
        if not name:
            return (place, "")
        key = (place, name)
        if key not in self._origins or place == file:
            entry = Imported(module, level, name)
            found = self._imported(_Question(False), file, entry)
            self._origins[key] = None if found is None else (found.file or found.folder, found.name)
        return self._origins[key]

    def _table(self, file: str) -> Table:
        if file not in self._tables:
            self._tables[file] = table_of(self.facts[file])
        return self._tables[file]

    def _is_python(self, file: str) -> bool:
        return file in self.python.files


def _module(located: Located) -> Definition:
    return Definition(located.file or "", "", None, located.folder if located.package else "")


def _chosen(entries: tuple[Entry, ...], types: bool) -> Entry | None:
    """The entry that counts: the last one of the wanted kind, else the last one."""
    unwanted = Bind | Def if types else TypeDefinition
    return next(
        (entry for entry in reversed(entries) if not isinstance(entry, unwanted)), entries[-1] if entries else None
    )


def _in_class(owner: Class, name: str) -> Defining | Field | None:
    found: Defining | Field | None = None
    for statement in owner.body:
        match statement:
            case Class(name=inner) | Enum(name=inner) | TypeDefinition(name=inner) | Field(name=inner) if inner == name:
                found = statement
            case Def(function=function) if function.name == name:
                found = statement
            case _:
                pass
    return found


def _dotted(expression: Expression | None) -> str:
    """`a.b.c` of names and members, casts passed over; "" for anything else."""
    match expression:
        case Name(id):
            return id
        case Member(owner, name):
            outer = _dotted(owner)
            return f"{outer}.{name}" if outer else ""
        case Cast(value):
            return _dotted(value)
        case _:
            return ""
