"""What a name of a small Python project evaluates to, spelled as text with holes."""

from __future__ import annotations

from served_project import files_of

from auditor.adapters.backend import standard
from auditor.extract import extract
from auditor.link.environment import environment
from auditor.link.evaluate.machine import Machine
from auditor.link.evaluate.python import PythonLanguage
from auditor.link.modules.python import python_modules
from auditor.model.facts import Dialect
from auditor.model.span import NOWHERE, Location
from auditor.model.value import Choice, Constant, Hole, List, Record, Text, Undefined, Unknown, Value


def value_of(source: str, name: str = "x") -> str:
    """`name` of `main.py`: a bare source is that module, one with `--- path` lines a project."""
    files = files_of(source if "--- " in source else f"--- main.py\n{source}")
    texts = {file: text for file, text in files.items() if not file.endswith(".py")}
    facts = {file: extract(text.encode(), Dialect.PYTHON) for file, text in files.items() if file.endswith(".py")}
    variables = environment(texts)

    def lookup(variable: str, file: str) -> tuple[str, Location] | None:
        found = variables.lookup(variable, file)
        return None if found is None or found.value is None else (found.value, Location(found.file, NOWHERE))

    machine = Machine(facts, PythonLanguage(python_modules(facts)), (standard.ADAPTER,), lookup, 200_000, 60)
    for file in facts:
        machine.module(file)
    return spelled(machine, machine.force(machine.module("main.py").scope.names[name]))


def spelled(machine: Machine, value: Value) -> str:
    """A value as text: `{}` is a hole, ` | ` parts alternatives, `~` marks what the environment may override."""
    match value:
        case Text(parts):
            written = "".join("{}" if isinstance(part, Hole) else part for part in parts)
            return f"~{written}" if value.soft else written
        case Constant(constant):
            return f"~{constant}" if value.soft else str(constant)
        case Choice(options):
            return " | ".join(spelled(machine, option) for option in options)
        case List(items):
            written = ", ".join(spelled(machine, machine.force(item)) for item in items)
            return f"[{written}{', …' if value.open else ''}]"
        case Record(entries):
            written = ", ".join(f"{key}: {spelled(machine, machine.force(one))}" for key, one in entries.items())
            return f"{{{written}{', …' if value.open else ''}}}"
        case Unknown() | Undefined():
            return "?"
        case _:
            return type(value).__name__.lower()
