"""Modules that take too many steps leave some for the others."""

from __future__ import annotations

from auditor.extract import extract
from auditor.link.evaluate.machine import Machine
from auditor.link.evaluate.python import PythonLanguage
from auditor.link.modules.python import python_modules
from auditor.model.facts import Dialect
from auditor.model.value import Text

_HEAVY = "def f(n):\n    return [n, n, n]\nfor i in range(200):\n    for j in range(200):\n        f(f(f(i)))\n"


def _machine(allowance: int) -> Machine:
    sources = {"a.py": _HEAVY, "b.py": _HEAVY, "c.py": "x = 'y'\n"}
    facts = {file: extract(source.encode(), Dialect.PYTHON) for file, source in sources.items()}
    machine = Machine(facts, PythonLanguage(python_modules(facts)), (), lambda name, file: None, 20_000, 60)
    machine.allowance = allowance
    for file in facts:
        machine.module(file)
    return machine


def test_modules_past_the_allowance_are_cut_and_named() -> None:
    machine = _machine(allowance=10_000)
    assert machine.exhausted == ["a.py", "b.py"]
    assert machine.spent < 10_000 + 5_000
    assert machine.modules["c.py"].scope.names["x"] == Text(("y",))


def test_without_an_allowance_each_module_has_the_whole_fuel() -> None:
    assert _machine(allowance=10**9).spent > 2 * 10_000
