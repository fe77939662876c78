"""The function behind its decorators."""

from __future__ import annotations

from auditor.model.value import Closure, Unknown, Value

WRAPPED = "__wrapped__"
"""The attribute under which `functools.wraps` keeps the decorated function."""

_LAYERS = 12


def unwrapped(value: Value | None) -> Value | None:
    """What a value decorates: through `functools.wraps`, and through decorators of libraries without a model."""
    for _ in range(_LAYERS):
        if isinstance(value, Unknown) and value.wraps is not None:
            value = value.wraps
        elif isinstance(value, Closure) and value.attributes and WRAPPED in value.attributes:
            value = value.attributes[WRAPPED]
        else:
            break
    return value
