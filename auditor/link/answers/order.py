"""Which values may a variable of a Python function have at one place of it?"""

from __future__ import annotations

from auditor.link.evaluate.walk import children, walk
from auditor.model import form

_Values = tuple[form.Expression, ...]


def bound_before(function: form.Function, name: str, use: form.Expression) -> _Values:
    """The values that may have been bound last when `use` is reached, in the order of the code; none where the
    function binds no such name before it. A loop is taken to run once."""
    found, _ = _after(function.body, name, use, ())
    return found


def _after(
    body: tuple[form.Statement, ...] | list[form.Node], name: str, use: form.Expression, values: _Values
) -> tuple[_Values, bool]:
    """The values behind some statements, or at the use, and whether it was met."""
    for node in body:
        match node:
            case form.Def() | form.Class():
                continue
            case form.If(_, then, otherwise):
                first, met = _after(then, name, use, values)
                if met:
                    return first, True
                second, met = _after(otherwise, name, use, values)
                if met:
                    return second, True
                values = tuple(dict.fromkeys((*(() if _ends(then) else first), *(() if _ends(otherwise) else second))))
            case form.For() | form.Block():
                inner, met = _after(children(node), name, use, values)
                if met:
                    return inner, True
                values = tuple(dict.fromkeys((*values, *inner))) if isinstance(node, form.For) else inner
            case form.Bind(form.Name(id), value) if id == name and value is not None:
                if any(one is use for one in walk(value)):
                    return values, True
                values = (value,)
            case _:
                if any(one is use for one in walk(node)):
                    return values, True
    return values, False


def _ends(body: tuple[form.Statement, ...]) -> bool:
    return bool(body) and isinstance(body[-1], form.Return | form.Stop)
