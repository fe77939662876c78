"""How Python prints values into text: `str`, f-strings, `%` and `format`.

Reference: https://docs.python.org/3/library/stdtypes.html#printf-style-string-formatting and
https://docs.python.org/3/library/string.html#format-string-syntax (3.13)
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from auditor.model.text import concatenate, dependencies_of
from auditor.model.value import Arguments, Choice, Closure, Constant, Hole, Instance, List, Record, Text, Unknown, Value

if TYPE_CHECKING:
    from auditor.link.evaluate.machine import Machine

_PERCENT = re.compile(r"%(?:%|(?:\((?P<key>[^)]*)\))?[-#0 +]*(?P<width>\*|\d+)?(?:\.(?:\*|\d+))?[diouxXeEfFgGcrsa])")
_BRACES = re.compile(r"\{\{|\}\}|\{([^{}]*)\}")


def printed(machine: Machine, value: Value) -> Value:
    """A value as `str(value)` shows it; what is no constant and has no `__str__` is left as it is."""
    match value:
        case Constant(constant):
            return Text((str(constant),), (), value.soft)
        case Choice(options):
            return Choice(tuple(printed(machine, option) for option in options))
        case Instance(cls=cls, location=location) if cls is not None and "value" not in value.fields:
            method = machine.member(value, "__str__")
            if isinstance(method, Closure) and location is not None:
                return machine.call_value(method, Arguments((), {}, None, location))
            return value
        case _:
            return value


def percent(machine: Machine, template: Text, right: Value) -> Value:
    """`template % right`."""
    following = 0

    def field(found: re.Match[str]) -> Value:
        nonlocal following
        if found[0] == "%%":
            return Text(("%",))
        if found["key"] is not None:
            known = right.entries.get(found["key"]) if isinstance(right, Record) else None
            return _shown(machine, known)
        following += 1
        if isinstance(right, List) and right.kind == "tuple":
            known = right.items[following - 1] if following <= len(right.items) else None
            return _shown(machine, known)
        return _shown(machine, right if following == 1 else None)

    return _filled(template, _PERCENT, field)


def formatted(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`template.format(…)`, as a model."""
    assert isinstance(this, Text)
    following = 0

    def field(found: re.Match[str]) -> Value:
        nonlocal following
        if found[0] in ("{{", "}}"):
            return Text((found[0][0],))
        key, *path = re.split(r"[!:]", found[1], maxsplit=1)[0].split(".")
        if key == "" or key.isdigit():
            value = machine.argument(arguments, following if key == "" else int(key))
            following += 1
        else:
            value = machine.argument(arguments, -1, key)
        for name in path:
            value = machine.member(value, name) if value is not None else None
        return _shown(machine, value)

    return _filled(this, _BRACES, field)


def _shown(machine: Machine, value: Value | None) -> Value:
    return Text((Hole("a format field"),)) if value is None else printed(machine, machine.force(value))


def _filled(template: Text, pattern: re.Pattern[str], field: Callable[[re.Match[str]], Value]) -> Value:
    parts: list[Value] = []
    for part in template.parts:
        if not isinstance(part, str):
            parts.append(Unknown(part.reason, dependencies_of(Text((part,))), part.environment))
            continue
        end = 0
        for found in pattern.finditer(part):
            parts += [Text((part[end : found.start()],), template.trail, template.soft), field(found)]
            end = found.end()
        parts.append(Text((part[end:],), template.trail, template.soft))
    return concatenate(parts) if parts else template
