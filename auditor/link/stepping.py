"""Which call does a value come from, and which keys lie between its result and the value?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from auditor.link.evaluate.walk import called_name
from auditor.model import form

BODY = ("data", "json", "body")
"""The step from a response to its body: of axios and Angular, of `Response`, of other clients."""
_READING = frozenset({"json", "text", "toPromise"})
# https://rxjs.dev/guide/operators: these give what they got.
_OPERATORS = """
    catchError tap shareReplay share retry retryWhen take takeUntil first finalize delay debounceTime timeout observeOn
    subscribeOn takeUntilDestroyed
"""
_SAME = frozenset(_OPERATORS.split())
_PASSING = _READING | {"then", "catch", "finally", "pipe"}

Steps: TypeAlias = tuple[form.Call, tuple[str, ...]]
"""A call, and the keys below its result."""
Names: TypeAlias = dict[str, Steps]
Reads: TypeAlias = Callable[[form.Expression], tuple[int, tuple[str, ...]] | None]
"""Of a function that gives back what it reads from a response: the place of that argument, and the keys it reads."""


def steps_to(value: form.Expression, names: Mapping[str, Steps], reads: Reads) -> Steps | None:
    """The call that a value comes from, and the keys between its result and the value."""
    match value:
        case form.Name(id):
            return names.get(id)
        case form.Member(object, name):
            inner = steps_to(object, names, reads)
            return (inner[0], (*inner[1], name)) if inner else None
        case form.Cast(inner, type):
            return steps_to(inner, names, reads) if is_vague(type) else None
        case form.Conditional(_, then, other):
            given = [one for one in (then, other) if not is_nothing(one)]
            return steps_to(given[0], names, reads) if len(given) == 1 else None
        case form.Call(form.Member(form.Name("JSON"), "parse"), (form.Argument(text), *_)):
            known = steps_to(text, names, reads)
            return (known[0], (*known[1][:-1], "json")) if known and known[1][-1:] == ("text",) else (value, ())
        case form.Call(callee, arguments) if (read := reads(callee)) and read[0] < len(arguments):
            inner = steps_to(arguments[read[0]].value, names, reads)
            return (inner[0], (*inner[1], *read[1])) if inner else None
        case form.Call(form.Member(object, name), arguments):
            inner = steps_to(object, names, reads)
            if inner is None or name not in _PASSING:
                return (value, ())
            return _passed(inner, name, arguments, reads)
        case form.Call():
            return (value, ())
        case _:
            return None


def is_nothing(value: form.Expression) -> bool:
    """`undefined`, `null`, or an empty object or array that stands for it."""
    match value:
        case form.Name("undefined") | form.Literal(None) | form.Object(()) | form.Array(()):
            return True
        case form.Cast(inner, _):
            return is_nothing(inner)
        case _:
            return False


def is_vague(type: form.Expression) -> bool:
    """Whether a type says nothing about the keys of a body."""
    match type:
        case form.Name(id):
            return id in ("any", "unknown", "const", "object", "never", "Response", "AxiosResponse", "void")
        case form.Apply(form.Name("Promise" | "Observable" | "Record" | "Array" | "AxiosResponse"), arguments):
            return is_vague(arguments[-1]) if arguments else True
        case form.Opaque():
            return True
        case _:
            return False


def _passed(inner: Steps, name: str, arguments: tuple[form.Argument, ...], reads: Reads) -> Steps | None:
    """A method of a result: `.json()` reads the body, `.then(r => r.data)` and `.pipe(tap(…))` pass it on."""
    if name in _READING:
        return (inner[0], (*inner[1], name)) if name in ("json", "text") else inner
    if name in ("catch", "finally"):
        return inner
    if name == "then" and arguments:
        return _mapped(inner, arguments[0].value, reads)
    if name == "pipe":
        for argument in arguments:
            operator = argument.value
            if not isinstance(operator, form.Call):
                return None
            if called_name(operator) == "map" and operator.arguments:
                mapped = _mapped(inner, operator.arguments[0].value, reads)
                if mapped is None:
                    return None
                inner = mapped
            elif called_name(operator) not in _SAME:
                return None
        return inner
    return None


def _mapped(inner: Steps, function: form.Expression, reads: Reads) -> Steps | None:
    known = reads(function) if isinstance(function, form.Name | form.Member) else None
    if known is not None:
        return (inner[0], (*inner[1], *known[1])) if known[0] == 0 else None
    if not isinstance(function, form.Function) or len(function.parameters) != 1 or len(function.body) != 1:
        return None
    target, statement = function.parameters[0].target, function.body[0]
    if not isinstance(target, form.Name) or not isinstance(statement, form.Return) or statement.value is None:
        return None
    return steps_to(statement.value, {target.id: inner}, reads)
