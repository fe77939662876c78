"""Type expressions as they were written."""

from __future__ import annotations

from auditor.model import form


def spell(node: form.Expression) -> str:
    """A type expression as text, on one line; "…" for what is not worth showing."""
    match node:
        case form.Name(id):
            return id
        case form.Member(object, name):
            return f"{spell(object)}.{name}"
        case form.Literal(value):
            return "null" if value is None else f'"{value}"' if isinstance(value, str) else str(value)
        case form.Apply(form.Name("Array"), (item,)):
            return f"{spell(item)}[]"
        case form.Apply(target, arguments):
            return f"{spell(target)}<{', '.join(map(spell, arguments))}>"
        case form.Index(object, index):
            return f"{spell(object)}[{spell(index)}]"
        case form.Binary(operator, left, right):
            return f"{spell(left)} {operator} {spell(right)}"
        case form.Unary(operator, operand):
            return f"{operator} {spell(operand)}"
        case form.Array(items):
            return f"[{', '.join(map(spell, items))}]"
        case form.Shape(members):
            names = [member.name + ("?" if member.optional else "") for member in members[:4]]
            return "{ " + ", ".join(names) + (", …" if len(members) > 4 else "") + " }"
        case _:
            return "…"
