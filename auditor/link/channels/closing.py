"""Which connections of the frontend are never closed, though the place that opens them may run again."""

from __future__ import annotations

from collections.abc import Iterable

from auditor.link.channels.origins import Origins
from auditor.link.channels.tables import Scope
from auditor.link.channels.values import Socket, Unknown
from auditor.link.evaluate.walk import called_name
from auditor.model import form
from auditor.model.span import Location

_CLOSING = ("close", "destroy", "disconnect", "abort")


def unclosed(origins: Origins, opened: dict[str, Location], opening: Iterable[str]) -> dict[str, Location]:
    """Connections that a component opens when it appears, and that nothing can close, by key.

    A connection that is handed on (returned, passed to a function, kept in a place that could not be followed) may be
    closed by whoever has it: nothing is said about it.
    """
    index = origins.index
    closed: set[str] = set()
    doubtful: set[str] = set()
    for name in _CLOSING:
        for call, scope in index.calls.get(name, ()):
            if not isinstance(call.callee, form.Member):
                continue
            found = origins.of(call.callee.object, scope)
            closed |= {one.key for one in found if isinstance(one, Socket)}
            if not found or any(isinstance(one, Unknown) for one in found):
                doubtful.add(scope.file)
    open_ones: dict[str, Location] = {}
    for name in opening:
        for call, scope in index.calls.get(name, ()):
            keys = [one.key for one in origins.of(call, scope) if isinstance(one, Socket)] if call.new else []
            for key in keys:
                if key in closed or key not in opened or scope.file in doubtful:
                    continue
                if _in_effect(origins, scope) and not _handed_on(origins, key, scope.file):
                    open_ones[key] = opened[key]
    return open_ones


def _in_effect(origins: Origins, scope: Scope) -> bool:
    """Whether the place runs whenever a component appears: in an effect, or in a function declared in one."""
    around: Scope | None = scope
    while around is not None:
        if around.function is not None and around.function in origins.index.effects:
            return True
        around = around.parent
    return False


def _handed_on(origins: Origins, key: str, file: str) -> bool:
    index = origins.index
    for function, values in index.returns.items():
        scope = index.scopes.get(function)
        if scope is not None and scope.file == file and any(_is(origins, key, value, scope) for value in values):
            return True
    for calls in index.calls.values():
        for call, scope in calls:
            if scope.file != file or called_name(call) == "":
                continue
            if any(_is(origins, key, argument.value, scope) for argument in call.arguments):
                return True
    return False


def _is(origins: Origins, key: str, value: form.Node, scope: Scope) -> bool:
    return isinstance(value, form.Name | form.Member | form.Call) and Socket(key) in origins.of(value, scope)
