"""Where does a stream end without the event that its client waits for?

A browser opens an `EventSource` again when the stream ends, unless it was closed:
https://html.spec.whatwg.org/multipage/server-sent-events.html#reestablish-the-connection.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from auditor.link.channels.origins import Origins
from auditor.link.channels.swallowing import catches_all, caught, only_told, own, stretch
from auditor.link.channels.tables import Scope
from auditor.link.channels.values import Received, Socket
from auditor.link.evaluate.walk import called_name, walk
from auditor.model import form
from auditor.model.span import NOWHERE, Location, Span

_CLOSING = frozenset({"close", "abort"})


def closing_events(
    origins: Origins, key: str, listeners: Mapping[str, Sequence[form.Function]]
) -> tuple[tuple[str, str], ...] | None:
    """The messages, by discriminator and type, whose listeners close a connection; None where it is closed in another
    way too when the stream ends, or in a listener that could not be told apart."""
    found: dict[tuple[str, str], None] = {}
    for event, functions in sorted(listeners.items()):
        for function in functions:
            closes = [call for call, scope in _calls(origins, function) if _closes(origins, call, scope, key)]
            if not closes:
                continue
            if event == "error":
                return None
            if event != "message":
                found["event", event] = None
                continue
            told = _told(origins, function, key)
            for call in closes:
                kinds = [kind for kind, inside in told.items() if id(call) in inside]
                if not kinds:
                    return None
                found.update(dict.fromkeys(kinds))
    return tuple(found)


def silent_ends(function: form.Function, file: str, types: Sequence[str]) -> tuple[Location, ...]:
    """Where a generator ends on purpose and has emitted none of these types: early returns, and exceptions that are
    caught and only logged. Nothing where it emits none of them at all."""
    words = re.compile("|".join(rf"(?<![\w.-]){re.escape(one)}(?![\w-])" for one in types))
    if not types or not _emits(function.body, words):
        return ()
    return tuple(sorted({Location(file, span) for span in _ends(function.body, words, False, False)}))


def _calls(origins: Origins, function: form.Function) -> Iterator[tuple[form.Call, Scope]]:
    """The calls that a listener makes, not those that it only puts off."""
    later = {
        id(argument.value)
        for node in walk(function)
        if isinstance(node, form.Call) and called_name(node) in ("setTimeout", "setInterval")
        for argument in node.arguments
    }
    for node in walk(function):
        inner = origins.index.scopes.get(node) if isinstance(node, form.Function) and id(node) not in later else None
        for call in origins.index.inside.get(inner, ()) if inner is not None else ():
            if isinstance(call, form.Call):
                yield call, inner  # type: ignore[misc]  # the scope is there where it has calls


def _closes(origins: Origins, call: form.Call, scope: Scope, key: str) -> bool:
    if called_name(call) not in _CLOSING or not isinstance(call.callee, form.Member):
        return False
    return Socket(key) in origins.of(call.callee.object, scope)


def _told(origins: Origins, function: form.Function, key: str) -> dict[tuple[str, str], set[int]]:
    """The nodes of the branches of a listener, by the discriminator and the type that they are for."""
    found: dict[tuple[str, str], set[int]] = {}
    for node in walk(function):
        if not isinstance(node, form.Binary) or node.operator != "==" or node not in origins.index.comparisons:
            continue
        scope, then = origins.index.comparisons[node]
        text = node.right.value if isinstance(node.right, form.Literal) else None
        paths = [one.path for one in origins.of(node.left, scope) if isinstance(one, Received) and one.key == key]
        if isinstance(text, str) and paths and paths[0]:
            inside = {id(one) for statement in then for one in walk(statement)}
            found.setdefault((".".join(paths[0]), text), set()).update(inside)
    return found


def _ends(body: Sequence[form.Statement], words: re.Pattern[str], after: bool, finally_: bool) -> Iterator[Span]:
    """`after`: what follows in an outer block emits; `finally_`: what runs in any case does."""
    for at, statement in enumerate(body):
        rest = body[at + 1 :]
        later = after or _emits(rest, words)
        match statement:
            case form.Return(span=span):
                if not finally_:
                    yield span
                return
            case form.Stop():
                return
            case form.Block(body=inner, kind="try"):
                closing = [one for one in rest if isinstance(one, form.Block) and one.kind == "finally"]
                sure = finally_ or _emits(closing[:1], words)
                yield from _ends(inner, words, later, sure)
                handlers = _handlers(rest)
                for handler in handlers:
                    types, handling = handler
                    raised = any(isinstance(node, form.Stop) and node.kind == "raise" for node in own(handling))
                    if catches_all(types) and not raised and not sure and not _emits(handling, words):
                        quiet = only_told([one for one in handling if not isinstance(one, form.Return)])
                        if quiet and not _emits(rest[len(handlers) :], words) and not after:
                            yield types.span if types.span != NOWHERE else (stretch(handling) or NOWHERE)
            case form.If(test=None) if caught(statement) is not None:
                continue
            case form.If(test=test, then=then, otherwise=otherwise):
                if test is None or not _says_gone(test):
                    yield from _ends(then, words, later, finally_)
                yield from _ends(otherwise, words, later, finally_)
            case form.Block(body=inner) | form.For(body=inner):
                yield from _ends(inner, words, later, finally_)
            case _:
                pass
        if _emits([statement], words):
            return


def _handlers(rest: Sequence[form.Statement]) -> list[tuple[form.Opaque, Sequence[form.Statement]]]:
    found = []
    for statement in rest:
        one = caught(statement)
        if one is None:
            break
        found.append(one)
    return found


def _says_gone(test: form.Expression) -> bool:
    """Whether a condition asks if the client has gone: nobody waits then."""
    return any("disconnect" in called_name(node) for node in walk(test) if isinstance(node, form.Call))


def _emits(body: Sequence[form.Statement], words: re.Pattern[str]) -> bool:
    for node in own(body):
        if isinstance(node, form.Opaque) and node.reason.startswith("yield"):
            for inner in walk(node):
                texts = [inner.value] if isinstance(inner, form.Literal) else []
                texts += (
                    [one for one in inner.parts if isinstance(one, str)] if isinstance(inner, form.Template) else []
                )
                if any(isinstance(text, str) and words.search(text) for text in texts):
                    return True
    return False
