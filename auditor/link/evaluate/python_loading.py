"""Modules that code makes from a file by hand, and what it puts into them before they run.

```py
spec = importlib.util.spec_from_file_location(path.stem, path)
page = importlib.util.module_from_spec(spec)
page.manager = Blueprint(path.stem, __name__)
spec.loader.exec_module(page)
```

Reference: https://docs.python.org/3/library/importlib.html#importing-a-source-file-directly (3.13)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.link.evaluate.frame import ModuleState
from auditor.link.evaluate.python_folders import project_path
from auditor.model.value import NONE, Arguments, Instance, Model, Module, Scope, Text, Unknown, Value

if TYPE_CHECKING:
    from auditor.link.evaluate.machine import Machine

LOADER = "importlib.Loader"
"""The kind of what runs a module; its field `file` is the module's."""
_SPEC = "importlib.ModuleSpec"
_OUTSIDE = Unknown("a module outside the project")


def _spec_from_file_location(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`spec_from_file_location(name, location)`."""
    file = project_path(machine, machine.argument(arguments, 1, "location"))
    if file is None or file not in machine.facts:
        return _OUTSIDE
    made = Text((file,))
    name = machine.argument(arguments, 0, "name") or NONE
    return Instance(None, _SPEC, {"name": name, "file": made, "loader": Instance(None, LOADER, {"file": made})})


def _module_from_spec(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`module_from_spec(spec)`: the module before it runs."""
    spec = machine.argument(arguments, 0, "spec")
    file = _file(spec)
    if file is None:
        return _OUTSIDE
    machine.modules.setdefault(file, ModuleState(Scope({}, None, file)))
    return Module(file)


def _exec_module(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`loader.exec_module(module)`: it runs once more if it ran before it had what was put into it."""
    file = _file(this)
    if file is not None:
        machine.links.add((machine.file, file))
        again = machine.modules[file].started and machine.modules[file].filled
        machine.module(file)
        if again:
            machine.modules[file].filled = False
            machine.top_level(file, machine.facts[file].body)
    return NONE


def _file(value: Value | None) -> str | None:
    held = value.fields.get("file") if isinstance(value, Instance) and value.kind in (_SPEC, LOADER) else None
    return held.literal if isinstance(held, Text) else None


LOADING: dict[str, Model] = {
    "importlib.util.spec_from_file_location": _spec_from_file_location,
    "importlib.util.module_from_spec": _module_from_spec,
}
LOADER_METHODS: dict[str, Model] = {"exec_module": _exec_module, "load_module": _exec_module}
