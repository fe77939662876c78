"""The function behind its decorators."""

from __future__ import annotations

from auditor.model.value import Choice, Closure, Unknown, Value

WRAPPED = "__wrapped__"
"""The attribute under which `functools.wraps` keeps the decorated function."""

_LAYERS = 12


def unwrapped(value: Value | None) -> Value | None:
    """What a value decorates: through `functools.wraps`, and through decorators of libraries without a model.

    A decorator may choose between wrappers (for a function and for a coroutine) that keep the same function.
    """
    for _ in range(_LAYERS):
        if isinstance(value, Unknown) and value.wraps is not None:
            value = value.wraps
        elif isinstance(value, Closure) and value.attributes and WRAPPED in value.attributes:
            value = value.attributes[WRAPPED]
        elif isinstance(value, Choice):
            inner = [unwrapped(option) for option in value.options]
            return inner[0] if all(one is inner[0] for one in inner) else value
        else:
            break
    return value
