"""What is TypeScript's own: globals, ES and CommonJS modules, methods of built-in types."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from auditor.link.evaluate.classes import construct_base
from auditor.link.evaluate.typescript_builtins import SYMBOLS, VALUES
from auditor.link.evaluate.typescript_globals import Globals
from auditor.link.evaluate.typescript_methods import attribute
from auditor.link.evaluate.typescript_pairs import METHODS
from auditor.link.modules.typescript import TypeScriptModules
from auditor.model import form
from auditor.model.span import Location
from auditor.model.value import (
    UNDEFINED,
    Arguments,
    Constant,
    Lazy,
    Model,
    Module,
    Native,
    Record,
    Scope,
    Super,
    Symbol,
    Text,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from auditor.link.evaluate.machine import Machine

_STARS = 40  # re-exports followed for one name


class TypeScriptLanguage:
    """TypeScript and JavaScript: block scopes, `this`, arguments evaluated before a call."""

    blocks = True
    receiver = False
    eager = True
    symbols: Mapping[str, Model] = SYMBOLS
    methods: Mapping[str, Mapping[str, Model]] = METHODS
    values: Mapping[str, Callable[[Machine, str, Location], Value]] = VALUES

    def __init__(self, modules: TypeScriptModules) -> None:
        self.modules = modules
        self._globals: Globals | None = None

    def shared(self, machine: Machine, name: str) -> Value | None:
        """A name that another script of the project puts on the page."""
        if name in machine.symbols:
            return None
        if self._globals is None:
            self._globals = Globals(machine.facts)
        return self._globals.value(machine, name)

    def name(self, machine: Machine, name: str, scope: Scope) -> Value:
        """A global."""
        if name == "undefined":
            return UNDEFINED
        if name == "NaN":
            return Constant(0)
        if name in ("require", "import"):
            importer = scope.file
            return Native(name, lambda machine, arguments, this: self._require(machine, importer, arguments))\
                if name == "require" else Symbol("import")  # fmt: skip
        if name in ("module", "exports"):
            return self._common(machine, scope, name)
        if name == "this":
            return Unknown("this")
        return self.shared(machine, name) or machine.symbol(name)

    # -- imports ---------------------------------------------------------------------------------

    def bind_import(self, machine: Machine, node: form.Import, scope: Scope) -> None:
        """Binds imported names; each is looked up at its first use."""
        if node.type_only:
            return
        located = self._locate(machine, scope.file, node.module)
        for item in node.names:
            machine.write(scope.names, item.local, self._imported(machine, located, node.module, item.name))

    def _locate(self, machine: Machine, importer: str, specifier: str) -> str | None:
        return self.modules.locate(importer, specifier)

    def _imported(self, machine: Machine, file: str | None, specifier: str, name: str) -> Value:
        if file is None:
            if specifier.startswith((".", "/")):
                return Unknown(f"cannot find the module {specifier}")
            return machine.symbol(specifier if name in ("", "default") else f"{specifier}.{name}")
        if file not in machine.facts:
            return Unknown(f"{file} is not read")
        if name == "":
            return Module(file)

        def compute() -> Value:
            found = self.exported(machine, file, name)
            return found if found is not None else Unknown(f"{file} does not export {name}")

        return Lazy(compute)

    def exported(self, machine: Machine, file: str, name: str, seen: frozenset[str] = frozenset()) -> Value | None:
        """What a module exports under a name, also through `export *` and `module.exports`."""
        if file in seen or len(seen) > _STARS or file not in machine.facts:
            return None
        state = machine.module(file)
        value = state.exports.get(name)
        if value is not None:
            return None if isinstance(value, Lazy) and value.running else machine.force(value)
        for star in state.stars:
            if name != "default":
                found = self.exported(machine, star, name, seen | {file})
                if found is not None:
                    return found
        common = state.scope.names.get("module")
        if isinstance(common, Record):
            whole = machine.force(common.entries.get("exports"))
            if name == "default":
                return whole
            return machine.member(whole, name)
        return None

    def module_member(self, machine: Machine, file: str, folder: str, name: str) -> Value | None:
        """`namespace.name`."""
        found = self.exported(machine, file, name)
        return found if found is not None else attribute(machine, Module(file, folder), name)

    def bind_export(self, machine: Machine, node: form.Export, scope: Scope) -> None:
        """Adds names to the exports of the module."""
        if node.type_only:
            return
        state = machine.modules[scope.file]
        located = self._locate(machine, scope.file, node.module) if node.module is not None else None
        for item in node.names:
            if node.module is None:
                state.exports[item.local] = self._local(machine, scope, item.name)
            elif item.name == "*":
                if located is not None:
                    state.stars.append(located)
            else:
                state.exports[item.local] = self._imported(machine, located, node.module, item.name)

    def _local(self, machine: Machine, scope: Scope, name: str) -> Lazy:
        def compute() -> Value:
            value = scope.lookup(name)
            return machine.force(value) if value is not None else Unknown(f"{name} is not defined")

        return Lazy(compute)

    def _require(self, machine: Machine, importer: str, arguments: Arguments) -> Value:
        specifier = machine.argument(arguments, 0)
        if not isinstance(specifier, Text) or specifier.literal is None:
            return Unknown("a computed import")
        file = self._locate(machine, importer, specifier.literal)
        if file is None or file not in machine.facts:
            return self._imported(machine, file, specifier.literal, "")
        state = machine.module(file)
        if "module" in state.scope.names and not state.exports:
            return self.exported(machine, file, "default") or UNDEFINED
        return Module(file)

    def _common(self, machine: Machine, scope: Scope, name: str) -> Value:
        top = scope
        while top.parent is not None:
            top = top.parent
        module = top.names.get("module")
        if not isinstance(module, Record):
            module = Record({"exports": Record({})})
            top.names["module"] = module
        return module if name == "module" else machine.force(module.entries["exports"])

    # -- built-in types --------------------------------------------------------------------------

    def module(self, machine: Machine, importer: str, name: str) -> Value | None:
        """Modules are not asked for by a computed name."""
        return None

    def operate(self, machine: Machine, name: str, left: Value, right: Value) -> Value | None:
        """JavaScript's operators have no further meanings."""
        return None

    def index(self, machine: Machine, container: Value, key: Value) -> Value | None:
        """Nor do its brackets."""
        return None

    def set_index(self, machine: Machine, container: Value, key: Value, value: Value) -> bool:
        """Nor do assignments to them."""
        return False

    def printed(self, machine: Machine, value: Value) -> Value:
        """Constants print as they are."""
        return value

    def attribute(self, machine: Machine, value: Value, name: str) -> Value | None:
        """Methods of text, arrays, objects, functions and promises."""
        return attribute(machine, value, name)

    def call_symbol(self, machine: Machine, symbol: Symbol, arguments: Arguments) -> Value | None:
        """`super(…)`, `import(…)`, which gives the module, `fetch.bind(…)` and `fetch.call(…)`."""
        if symbol.name == "import":
            return self._require(machine, arguments.location.file, arguments)
        if symbol.name == "super" and arguments.scope is not None:
            parent = arguments.scope.lookup("super")
            if isinstance(parent, Super):
                construct_base(machine, parent, arguments)
            return UNDEFINED
        name, _, verb = symbol.name.rpartition(".")
        if verb in ("bind", "call") and name in machine.symbols:
            given = replace(arguments, positional=arguments.positional[1:])
            return Symbol(name) if verb == "bind" else machine.call_value(Symbol(name), given)
        return None
