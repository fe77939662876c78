"""Names and texts as written."""

from __future__ import annotations

import re
from collections.abc import Iterable

from auditor.model import form


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
