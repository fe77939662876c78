"""Which signature does a function show that another function makes: its own, or one that it was given?

FastAPI asks `inspect.signature`, which asks `__signature__` and then `__wrapped__`
(https://docs.python.org/3/library/inspect.html#inspect.signature).
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.link.contents.names import Callee, Names, Written
from auditor.link.evaluate.walk import called_name
from auditor.model import form

_WRAPS = frozenset({"wraps", "update_wrapper"})


def shown_signature(maker: Callee, inner: form.Def, made: form.Call, where: Written, names: Names) -> Written | None:
    """What the function that `maker` defines inside has the signature of; None for its own.

    `made` is the call of the maker, `where` any expression of the file it stands in.
    """
    assert isinstance(maker.node, form.Function)
    for value in (*_assigned(maker.node, inner.function.name), *_wrapped(inner, maker, names)):
        return _argument(maker, value, made, where) or Written(maker.file, value)
    return None


def _assigned(maker: form.Function, name: str) -> Iterator[form.Expression]:
    """`inner.__signature__ = signature(value)`, `inner.__wrapped__ = value`."""
    for statement in maker.body:
        match statement:
            case form.Bind(form.Member(form.Name(id), "__signature__"), form.Call(arguments=(given, *_)) as call):
                if id == name and called_name(call) == "signature":
                    yield given.value
            case form.Bind(form.Member(form.Name(id), "__wrapped__"), value) if id == name and value is not None:
                yield value
            case _:
                pass


def _wrapped(inner: form.Def, maker: Callee, names: Names) -> Iterator[form.Expression]:
    for decorator in inner.decorators:
        if not isinstance(decorator, form.Call) or not decorator.arguments:
            continue
        if names.library(Written(maker.file, decorator)) in _WRAPS:
            yield decorator.arguments[0].value


def _argument(maker: Callee, value: form.Expression, made: form.Call, where: Written) -> Written | None:
    """What the maker was called with for the parameter that a name is."""
    assert isinstance(maker.node, form.Function)
    parameters = maker.node.parameters[1:] if maker.bound else maker.node.parameters
    for position, parameter in enumerate(parameters):
        if not isinstance(value, form.Name) or getattr(parameter.target, "id", "") != value.id:
            continue
        plain = [one for one in made.arguments if one.name is None]
        for one in made.arguments:
            if one.name == value.id or (position < len(plain) and one is plain[position]):
                return where.other(one.value)
        return Written(maker.file, parameter.default) if parameter.default is not None else None
    return None
