"""What is Python's own: names, imports, `super()`, and the methods of built-in types."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from auditor.link.evaluate.python_builtins import BUILTINS, attribute
from auditor.link.evaluate.python_collections import CONTAINER_METHODS, CONTAINERS, entry, set_entry
from auditor.link.evaluate.python_folders import (
    FOLDER_METHODS,
    FOLDERS,
    MODULE_INFO,
    MODULE_INFO_FIELDS,
    PATH,
    below,
    file_path,
    package_path,
)
from auditor.link.evaluate.python_format import percent, printed
from auditor.link.evaluate.python_imports import IMPORTS
from auditor.link.evaluate.python_items import item_of, of_sets, repeated
from auditor.link.evaluate.python_iteration import ITERATION_SYMBOLS
from auditor.link.evaluate.python_loading import LOADER, LOADER_METHODS, LOADING
from auditor.link.evaluate.python_reflection import REFLECTION_SYMBOLS, dictionary
from auditor.link.modules.python import Located, PythonModules
from auditor.model import form
from auditor.model.span import Location
from auditor.model.value import (
    ABSENT,
    Arguments,
    Class,
    Closure,
    Instance,
    Lazy,
    List,
    Model,
    Module,
    Native,
    Scope,
    Super,
    Symbol,
    Text,
    Unknown,
    Value,
    text,
)

if TYPE_CHECKING:
    from auditor.link.evaluate.machine import Machine


class PythonLanguage:
    """Python 3: function scopes, explicit receivers, arguments evaluated only when a model asks."""

    blocks = False
    receiver = True
    eager = False
    symbols: Mapping[str, Model] = {
        **ITERATION_SYMBOLS, **IMPORTS, **REFLECTION_SYMBOLS, **FOLDERS, **LOADING, **CONTAINERS,
    }  # fmt: skip
    methods: Mapping[str, Mapping[str, Model]] = {PATH: FOLDER_METHODS, LOADER: LOADER_METHODS, **CONTAINER_METHODS}
    values: Mapping[str, Callable[[Machine, str, Location], Value]] = {}

    def __init__(self, modules: PythonModules) -> None:
        self.modules = modules

    def name(self, machine: Machine, name: str, scope: Scope) -> Value:
        """A name that no scope defines."""
        if name == "super":
            owner, this = scope.lookup("__class__"), scope.lookup("this")
            if isinstance(owner, Class) and this is not None:
                parent = Super(owner, machine.force(this))
                return Native("super", lambda machine, arguments, receiver: parent)
        if name == "__name__":
            return text(self.modules.dotted(scope.file))
        if name == "__file__":
            return file_path(scope.file)
        if name == "__path__" and scope.file.endswith("__init__.py"):
            return package_path(scope.file.rpartition("/")[0])
        if name == "__package__":
            package = (
                scope.file if scope.file.endswith("__init__.py") else f"{scope.file.rpartition('/')[0]}/__init__.py"
            )
            return text(self.modules.dotted(package))
        if name in BUILTINS:
            return Native(name, BUILTINS[name])
        return Symbol(name)

    def bind_import(self, machine: Machine, node: form.Import, scope: Scope) -> None:
        """Binds imported names; each is looked up at its first use."""
        located = self.modules.locate(scope.file, node.module, node.level)
        for item in node.names:
            if item.name == "*":
                if located is not None and located.file is not None:
                    self._star(machine, located.file, scope)
            elif item.name == "":
                self._bind_module(machine, node, item, scope)
            elif located is not None:
                machine.write(scope.names, item.local, self._lazy_name(machine, located, item.name, node.module))
            elif node.level or self._is_own(scope.file, node.module):
                reason = f"{ABSENT} {'.' * node.level}{node.module}"
                machine.write(scope.names, item.local, Unknown(reason))
            else:
                machine.write(scope.names, item.local, machine.symbol(f"{node.module}.{item.name}"))

    def _is_own(self, importer: str, module: str) -> bool:
        """Whether a module that was not found belongs to a package of the project."""
        package = module.rpartition(".")[0]
        return bool(package) and self.modules.locate(importer, package) is not None

    def _bind_module(self, machine: Machine, node: form.Import, item: form.ImportName, scope: Scope) -> None:
        top = node.module.partition(".")[0]
        whole = item.local != top or "." not in node.module
        located = self.modules.locate(scope.file, node.module if whole else top, node.level)
        value: Value
        if located is not None:
            value = Module(located.file or "", located.folder)
            if not whole:
                self.modules.locate(scope.file, node.module, node.level)
        else:
            own = whole and self._is_own(scope.file, node.module)
            name = node.module if whole else top
            value = Unknown(f"{ABSENT} {node.module}") if own else machine.symbol(name)
        machine.write(scope.names, item.local, value)

    def _lazy_name(self, machine: Machine, located: Located, name: str, module: str) -> Lazy:
        def compute() -> Value:
            found = self._member(machine, located, name)
            return found if found is not None else Unknown(f"{module or 'the package'} does not define {name}")

        return Lazy(compute)

    def _star(self, machine: Machine, file: str, scope: Scope) -> None:
        names = machine.module(file).scope.names
        listed = machine.force(names.get("__all__"))
        public = None
        if isinstance(listed, List) and not listed.open:
            public = {one.literal for one in map(machine.force, listed.items) if isinstance(one, Text)}
        for name, value in list(names.items()):
            if name in public if public is not None else not name.startswith("_"):
                machine.write(scope.names, name, value)

    def _member(self, machine: Machine, located: Located, name: str) -> Value | None:
        if located.file is not None:
            value = machine.module(located.file).scope.names.get(name)
            if value is not None and not (isinstance(value, Lazy) and value.running):
                return machine.force(value)
        child = self.modules.submodule(located, name)
        if child is not None:
            return Module(child.file or "", child.folder)
        return None

    def module_member(self, machine: Machine, file: str, folder: str, name: str) -> Value | None:
        """`module.name`: a name of the module, or a submodule."""
        if name == "__path__" and (not file or file.endswith("__init__.py")):
            return package_path(folder or file.rpartition("/")[0])
        if name == "__name__" and file:
            return text(self.modules.dotted(file))
        if name == "__file__" and file:
            return file_path(file)
        return self._member(machine, Located(file or None, folder), name)

    def module(self, machine: Machine, importer: str, name: str) -> Value | None:
        """The module of a dotted name, of the project or of a library."""
        located = self.modules.locate(importer, name)
        if located is not None:
            return Module(located.file or "", located.folder)
        return None if self._is_own(importer, name) else machine.symbol(name)

    def bind_export(self, machine: Machine, node: form.Export, scope: Scope) -> None:
        """Python has no exports."""

    def attribute(self, machine: Machine, value: Value, name: str) -> Value | None:
        """Methods of text, lists and dicts; the module of a class or function."""
        if name == "__module__" and isinstance(value, Class | Closure):
            return text(self.modules.dotted(value.scope.file))
        if name == "__dict__":
            return dictionary(machine, value)
        if isinstance(value, List) and value.kind == MODULE_INFO and name in MODULE_INFO_FIELDS:
            return value.items[MODULE_INFO_FIELDS.index(name)]
        return attribute(machine, value, name)

    def operate(self, machine: Machine, name: str, left: Value, right: Value) -> Value | None:
        """`%` formats a text; `*` repeats a text or list; `|`, `&` and `-` of sets, `|` of dicts."""
        if name == "%" and isinstance(left, Text):
            return percent(machine, left, right)
        if name == "/" and isinstance(left, Instance) and left.kind == PATH:
            return below(left, right)
        return repeated(left, right) if name == "*" else of_sets(name, left, right)

    def index(self, machine: Machine, container: Value, key: Value) -> Value | None:
        """Slices, letters, and what `__getitem__` gives."""
        found = item_of(machine, container, key)
        return entry(machine, container, key) if found is None else found

    def set_index(self, machine: Machine, container: Value, key: Value, value: Value) -> bool:
        """`container[key] = value` where the object's class says what that does."""
        return set_entry(machine, container, key, value)

    def shared(self, machine: Machine, name: str) -> Value | None:
        """Python has no page."""
        return None

    def printed(self, machine: Machine, value: Value) -> Value:
        """A value inside an f-string."""
        return printed(machine, value)

    def call_symbol(self, machine: Machine, symbol: Symbol, arguments: Arguments) -> Value | None:
        """`Base.method(instance, …)` of a library type; other library functions without a model are unknown."""
        owner, _, name = symbol.name.rpartition(".")
        model = machine.symbols.get(owner) if name == "__init__" else machine.methods.get(owner, {}).get(name)
        this = machine.force(arguments.positional[0]) if model is not None and arguments.positional else None
        if model is None or not isinstance(this, Instance):
            return None
        return model(machine, replace(arguments, positional=arguments.positional[1:], node=None), this)


__all__ = ["PythonLanguage"]
