"""Where does the handler of a channel swallow what goes wrong, so that the client hears nothing of it?

`asyncio.gather(…, return_exceptions=True)` gives exceptions back as results:
https://docs.python.org/3/library/asyncio-task.html#asyncio.gather.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.link.evaluate.walk import called_name, children, walk
from auditor.model import form
from auditor.model.channel import Swallowed
from auditor.model.span import NOWHERE, Location, Span

_ANYTHING = frozenset({"Exception", "BaseException"})
_TELLING = """
    print debug info warning warn error exception critical log trace str repr format format_exc print_exc isinstance
"""
_QUIET = frozenset(_TELLING.split())


def swallowed(handler: form.Function, file: str) -> tuple[Swallowed, ...]:
    """The stretches of a handler, functions inside it included, whose exceptions nobody hears of; by place.

    What catches everything and does nothing but write to a log; what raises again into a `gather` whose results are
    thrown away.
    """
    gathered = dict(_gathered(handler))
    found = list(_in(handler.body, file, gathered.get(handler.name)))
    for node in walk(handler):
        if isinstance(node, form.Function) and node is not handler:
            found += _in(node.body, file, gathered.get(node.name))
    return tuple(sorted(set(found), key=lambda one: (one.location, one.first)))


def _in(body: Sequence[form.Statement], file: str, gather: form.Call | None) -> Iterator[Swallowed]:
    """The stretches of one function, not of those inside it."""
    for at, statement in enumerate(body):
        if isinstance(statement, form.Block) and statement.kind == "try":
            span = stretch(statement.body)
            handler = _catching_all(body[at + 1 :])
            if span is not None and handler is not None:
                types, handling = handler
                place = types.span if types.span != NOWHERE else (stretch(handling) or span)
                raises = any(isinstance(node, form.Stop) and node.kind == "raise" for node in own(handling))
                if not raises and only_told(handling):
                    yield Swallowed(Location(file, place), span.start_line, span.end_line)
                elif raises and gather is not None and only_told(_without_raise(handling)):
                    yield Swallowed(Location(file, gather.span), span.start_line, span.end_line)
        for inner in _bodies(statement):
            yield from _in(inner, file, gather)


def _catching_all(behind: Sequence[form.Statement]) -> tuple[form.Opaque, Sequence[form.Statement]] | None:
    """The handler behind a `try` that catches everything, with what it does."""
    for statement in behind:
        handler = caught(statement)
        if handler is None or catches_all(handler[0]):
            return handler
    return None


def catches_all(types: form.Opaque) -> bool:
    """Whether a handler for these types leaves nothing out."""
    return not types.parts or any(isinstance(one, form.Name) and one.id in _ANYTHING for one in walk(types))


def caught(statement: form.Statement) -> tuple[form.Opaque, Sequence[form.Statement]] | None:
    """What a handler of exceptions catches, and what it does; None for any other statement."""
    match statement:
        case form.If(test=None, then=(form.Bind(value=form.Opaque("exception") as types), *rest)):
            return types, rest
        case form.If(test=None, then=(form.Do(form.Opaque("exception") as types), *rest)):
            return types, rest
        case _:
            return None


def only_told(body: Sequence[form.Statement]) -> bool:
    """Whether nothing is done but writing to a log, or going on."""
    for node in own(body):
        match node:
            case form.Call() if called_name(node) not in _QUIET:
                return False
            case form.Return(value=value) if value is not None:
                return False
            case form.Opaque(reason=reason) if reason.startswith("yield"):
                return False
            case form.Bind() | form.Assign():
                return False
            case _:
                pass
    return True


def _without_raise(body: Sequence[form.Statement]) -> list[form.Statement]:
    """What is done before it is raised again; closing a queue or a connection tells the client nothing either."""
    closing = [one for one in body if isinstance(one, form.Do) and isinstance(one.value, form.Call)]
    quiet = [one for one in closing if isinstance(one.value, form.Call) and called_name(one.value) == "close"]
    return [one for one in body if one not in quiet and not isinstance(one, form.Stop)]


def _gathered(handler: form.Function) -> Iterator[tuple[str, form.Call]]:
    """The functions that run in a `gather` whose results nobody looks at."""
    for node in walk(handler):
        call = node.value if isinstance(node, form.Do) else None
        if isinstance(call, form.Call) and called_name(call) == "gather":
            returned = any(
                one.name == "return_exceptions" and isinstance(one.value, form.Literal) and one.value.value is True
                for one in call.arguments
            )
            for one in call.arguments if returned else ():
                if isinstance(one.value, form.Call) and isinstance(one.value.callee, form.Name):
                    yield one.value.callee.id, call


def own(body: Sequence[form.Node]) -> Iterator[form.Node]:
    """All nodes of some statements but those in functions of their own."""
    stack = list(body)
    while stack:
        current = stack.pop()
        yield current
        stack.extend(one for one in children(current) if not isinstance(one, form.Function))


def _bodies(statement: form.Statement) -> Iterator[Sequence[form.Statement]]:
    match statement:
        case form.If(then=then, otherwise=otherwise):
            yield then
            yield otherwise
        case form.Block(body=body) | form.For(body=body):
            yield body
        case _:
            return


def stretch(body: Sequence[form.Statement]) -> Span | None:
    """From the beginning of the first to the end of the last statement."""
    spans = [span for one in body for node in walk(one) if isinstance(span := getattr(node, "span", None), Span)]
    if not spans:
        return None
    first, last = min(spans), max(spans, key=lambda span: (span.end_line, span.end_column))
    return Span(first.start_line, first.start_column, last.end_line, last.end_column)
