"""Which function of the project does a call name?

Followed are names, imports, `this.method`, members of objects that are written out, and methods of objects that one
statement makes (`export const api = new Api()`).
"""

from __future__ import annotations

from auditor.link.modules.symbols import Symbols
from auditor.model import form


def function_of(
    symbols: Symbols, file: str, owner: form.Class | None, callee: form.Expression
) -> tuple[str, form.Function] | None:
    """The function that an expression calls in a file, in a class (`owner`) or outside, and the file it stands in."""
    if isinstance(callee, form.Member) and isinstance(callee.object, form.Name) and callee.object.id == "this":
        return _method(file, owner, callee.name) if owner is not None else None
    found = symbols.member(file, callee)
    match found.statement if found is not None else None:
        case form.Def(function) | form.Bind(_, form.Function() as function) if found is not None:
            return found.file, function
        case _:
            pass
    if not isinstance(callee, form.Member):
        return None
    holder = symbols.member(file, callee.object)
    match holder.statement if holder is not None else None:
        case form.Bind(_, form.Object(entries)) if holder is not None:
            for entry in entries:
                named = isinstance(entry.key, form.Literal) and entry.key.value == callee.name
                if named and isinstance(entry.value, form.Function):
                    return holder.file, entry.value
        case form.Bind(_, form.Call(made, new=True)) if holder is not None:
            cls = symbols.member(holder.file, made)
            if cls is not None and isinstance(cls.statement, form.Class):
                return _method(cls.file, cls.statement, callee.name)
        case _:
            pass
    return None


def _method(file: str, owner: form.Class, name: str) -> tuple[str, form.Function] | None:
    for one in owner.body:
        match one:
            case form.Def(function) if function.name == name:
                return file, function
            case form.Field(field, value=form.Function() as function) if field == name:
                return file, function
            case _:
                pass
    return None
