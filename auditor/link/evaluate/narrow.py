"""What a test tells about the values it looks at: inside `if (x)`, `x` is not nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from auditor.link.evaluate.operators import truth
from auditor.model import form
from auditor.model.text import choice
from auditor.model.value import NONE, UNDEFINED, Choice, Scope, Value

if TYPE_CHECKING:
    from auditor.link.evaluate.machine import Machine


def narrow(machine: Machine, test: form.Expression | None, outcome: bool, scope: Scope) -> None:
    """Drops the alternatives of variables that contradict the outcome of a test."""
    match test:
        case form.Name(id):
            _keep(machine, id, scope, lambda option: truth(option) is not (not outcome))
        case form.Unary("not", operand):
            narrow(machine, operand, not outcome, scope)
        case form.Binary("and", left, right) if outcome:
            narrow(machine, left, True, scope)
            narrow(machine, right, True, scope)
        case form.Binary("or", left, right) if not outcome:
            narrow(machine, left, False, scope)
            narrow(machine, right, False, scope)
        case form.Binary("==" | "is" | "!=" | "is not" as operator, form.Name(id), right) if _is_nothing(right):
            same = outcome is (operator in ("==", "is"))
            _keep(machine, id, scope, lambda option: (option in (NONE, UNDEFINED)) is same or truth(option) is None)
        case _:
            pass


def _is_nothing(node: form.Expression) -> bool:
    return (isinstance(node, form.Literal) and node.value is None) or (
        isinstance(node, form.Name) and node.id == "undefined"
    )


def _keep(machine: Machine, name: str, scope: Scope, fits: Callable[[Value], bool]) -> None:
    home: Scope | None = scope
    while home is not None and name not in home.names:
        home = home.parent
    if home is None:
        return
    value = home.names[name]
    if not isinstance(value, Choice):
        return
    kept: list[Value] = [option for option in value.options if fits(option)]
    if kept and len(kept) < len(value.options):
        machine.write(home.names, name, choice(kept), home.born)
