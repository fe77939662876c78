"""How long does each side of an event stream wait, as far as that is written as a number?

`asyncio.wait_for`, `asyncio.timeout`: https://docs.python.org/3/library/asyncio-task.html#timeouts (seconds);
`AbortSignal.timeout`: https://developer.mozilla.org/docs/Web/API/AbortSignal/timeout_static (milliseconds).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from auditor.link.channels.origins import Origins
from auditor.link.channels.tables import Scope
from auditor.link.channels.values import Socket
from auditor.link.channels.written import text_of
from auditor.link.evaluate.walk import called_name, walk
from auditor.model import form
from auditor.model.channel import Limit
from auditor.model.span import Location

_LIFE = frozenset({"open", "close", "error"})


def waits(function: form.Function, scope: Scope) -> tuple[Limit, ...]:
    """How long a generator waits for what it streams next, by place."""
    found: list[Limit] = []
    for statement in function.body:
        for node in walk(statement):
            if not isinstance(node, form.Call) or called_name(node) not in ("wait_for", "timeout", "fail_after"):
                continue
            named = [one.value for one in node.arguments if one.name == "timeout"]
            plain = [one.value for one in node.arguments if one.name is None]
            given = named or plain[1 if called_name(node) == "wait_for" else 0 :][:1]
            seconds = _number(given[0], scope) if given else None
            if seconds:
                found.append(Limit(round(seconds * 1000), Location(scope.file, node.span)))
    return tuple(sorted(found, key=lambda one: one.location))


def lifetime(
    origins: Origins, key: str, listeners: Mapping[str, Sequence[form.Function]], closing: Sequence[str]
) -> Limit | None:
    """After how long the client closes a stream, whatever came in; None where what comes in stops the clock.

    `listeners` are the functions by the event they listen to, `closing` the events that end the stream anyway.
    """
    stopping = {
        id(node)
        for event, functions in listeners.items()
        if event not in closing and event not in _LIFE
        for function in functions
        for node in walk(function)
    }
    for call, scope in origins.index.calls.get("setTimeout", ()):
        function = call.arguments[0].value if call.arguments else None
        if not isinstance(function, form.Function) or len(call.arguments) < 2 or id(call) in stopping:
            continue
        if not any(_closes(origins, node, key) for node in _inside(origins, function)):
            continue
        if any(
            id(stop) in stopping
            for stop, place in origins.index.calls.get("clearTimeout", ())
            if place.file == scope.file
        ):
            return None
        milliseconds = _number(call.arguments[1].value, scope)
        if milliseconds:
            return Limit(round(milliseconds), Location(scope.file, call.span))
    return None


def aborted(call: form.Call, scope: Scope) -> Limit | None:
    """The time that `fetch(url, { signal: AbortSignal.timeout(…) })` gives a whole response."""
    for argument in call.arguments:
        for entry in argument.value.entries if isinstance(argument.value, form.Object) else ():
            match entry.value:
                case form.Call(form.Member(form.Name("AbortSignal"), "timeout"), (given, *_), span) if (
                    text_of(entry.key) == "signal"
                ):
                    milliseconds = _number(given.value, scope)
                    return Limit(round(milliseconds), Location(scope.file, span)) if milliseconds else None
    return None


def _inside(origins: Origins, function: form.Function) -> Iterator[tuple[form.Call, Scope]]:
    for node in walk(function):
        scope = origins.index.scopes.get(node) if isinstance(node, form.Function) else None
        for one in origins.index.inside.get(scope, ()) if scope is not None else ():
            if isinstance(one, form.Call) and scope is not None:
                yield one, scope


def _closes(origins: Origins, found: tuple[form.Call, Scope], key: str) -> bool:
    call, scope = found
    if called_name(call) != "close" or not isinstance(call.callee, form.Member):
        return False
    return Socket(key) in origins.of(call.callee.object, scope)


def _number(node: form.Expression, scope: Scope) -> float | None:
    """A number, a product of numbers, or a name that is bound once to one."""
    match node:
        case form.Literal(value=int() | float() as value) if not isinstance(value, bool):
            return value
        case form.Binary("*", left, right):
            one, other = _number(left, scope), _number(right, scope)
            return one * other if one is not None and other is not None else None
        case form.Name(name):
            around: Scope | None = scope
            while around is not None:
                bindings = around.bindings.get(name)
                if bindings is not None:
                    bound = bindings[0].value if len(bindings) == 1 else None
                    return _number(bound, around) if isinstance(bound, form.Literal | form.Binary) else None
                around = around.parent
            return None
        case _:
            return None
