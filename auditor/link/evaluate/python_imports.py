"""Modules imported by a computed name: `importlib.import_module(f"app.{name}")`, `__import__`.

Reference: https://docs.python.org/3/library/importlib.html#importlib.import_module (3.13)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.text import choice
from auditor.model.value import Arguments, Constant, List, Model, Text, Unknown, Value

if TYPE_CHECKING:
    from auditor.link.evaluate.machine import Machine


COMPUTED = "a module whose name is computed"
"""Why something is unknown that such a module has."""


def _import_module(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`import_module(name, package)`; a name that begins with dots is relative to the package."""
    name, package = machine.argument(arguments, 0, "name"), machine.argument(arguments, 1, "package")
    base = package.literal if isinstance(package, Text) else None
    found: list[Value] = []
    for text in machine.texts(name) if name is not None else ():
        if text.literal is None or (text.literal.startswith(".") and base is None):
            found.append(Unknown(COMPUTED))
        else:
            found.append(machine.imported(_absolute(text.literal, base or ""), arguments.location.file))
    return choice(found)


def _absolute(name: str, base: str) -> str:
    bare = name.lstrip(".")
    if bare == name:
        return name
    parts = base.split(".")
    above = parts[: len(parts) - (len(name) - len(bare) - 1)]
    return ".".join([*above, bare]) if bare else ".".join(above)


def _dunder_import(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`__import__(name, globals, locals, fromlist)`: without a list of names, the top package."""
    name, wanted = machine.argument(arguments, 0, "name"), machine.argument(arguments, 3, "fromlist")
    dotted = name.literal if isinstance(name, Text) else None
    if dotted is None:
        return Unknown(COMPUTED)
    whole = machine.imported(dotted, arguments.location.file)
    empty = wanted is None or isinstance(wanted, Constant) or (isinstance(wanted, List) and not wanted.items)
    return machine.imported(dotted.partition(".")[0], arguments.location.file) if empty else whole


IMPORTS: dict[str, Model] = {
    "importlib.import_module": _import_module,
    "__import__": _dunder_import,
}
