"""Names and texts as written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from auditor.link.channels.tables import Scope
from auditor.model import form
from auditor.model.span import NOWHERE, Location


def text_of(node: form.Node | None) -> str | None:
    """The text of a literal."""
    return node.value if isinstance(node, form.Literal) and isinstance(node.value, str) else None


def handler_names(name: str) -> set[str]:
    """The types that a function of this name may handle: `chat_message` and `message` for `handle_chat_message`."""
    plain = re.sub(r"^_*(handle|on|process|receive|do|cmd|event)?_*|_?(handler|event)$", "", name)
    camel = re.sub(r"^_*(handle|on|process|receive)(?=[A-Z])", "", name)
    return {name, plain, camel, camel[:1].lower() + camel[1:], plain.replace("_", "."), plain.replace("_", "-")}


def last_name(node: form.Node) -> str:
    """The last name of `a.b.c`; "" for anything else."""
    match node:
        case form.Name(name) | form.Member(name=name):
            return name
        case _:
            return ""


def bound_names(target: form.Node) -> Iterable[tuple[str, tuple[str, ...]]]:
    """The names of a pattern, with the keys that lead to each."""
    match target:
        case form.Name(id):
            yield id, ()
        case form.ObjectPattern(items):
            for item in items:
                key = text_of(item.key) or (item.key.id if isinstance(item.key, form.Name) else None)
                for name, path in bound_names(item.target):
                    yield name, ((key, *path) if key is not None else path)
        case form.ArrayPattern(items):
            for number, element in enumerate(items):
                if element.target is not None:
                    for name, path in bound_names(element.target):
                        yield name, (f"[{number}]", *path)
        case _:
            return


def flat(node: form.Expression) -> Iterator[str | form.Expression]:
    """The pieces of a template or a sum, in order."""
    match node:
        case form.Template(parts=parts):
            for part in parts:
                if isinstance(part, str):
                    yield part
                else:
                    yield from flat(part) if isinstance(part, form.Template) else (part,)
        case form.Binary("+", left, right):
            yield from flat(left)
            yield from flat(right)
        case form.Literal(value=str(text)):
            yield text
        case _:
            yield node


def value_of(node: form.Object, name: str) -> form.Expression | None:
    """The value an object gives to a key."""
    return next((entry.value for entry in reversed(node.entries) if text_of(entry.key) == name), None)


def in_order(names: Iterable[str | None]) -> tuple[str, ...]:
    """Names, sorted, without empty ones."""
    return tuple(sorted(name for name in names if name))


def place_of(node: form.Node, scope: Scope) -> Location:
    """Where an expression stands; the function around it if it has no place of its own."""
    span = getattr(node, "span", None)
    if span is None and isinstance(node, form.Binary):
        return place_of(node.left, scope)
    if span is None and scope.function is not None:
        span = scope.function.span
    return Location(scope.file, span) if span is not None else Location(scope.file, NOWHERE)


def is_near(body: Iterable[form.Statement], name: str) -> bool:
    """Whether a name is imported from a module whose path looks as if it were of the project."""
    return any(
        isinstance(one, form.Import)
        and one.module.startswith((".", "@/", "~", "#", "src/", "/"))
        and any(item.local == name for item in one.names)
        for one in body
    )
