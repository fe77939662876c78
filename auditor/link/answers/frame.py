"""What do the names in a Python function stand for, as far as its own statements say?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from auditor.link.contents.names import Callee, Written
from auditor.link.evaluate.walk import children
from auditor.model import form
from auditor.model.span import NOWHERE

_UNTOLD = form.Name("", NOWHERE)
# Functions that do not change what they are given.
_READERS = """
    len str repr print sorted list tuple set bool any all isinstance JSONResponse jsonify Response jsonable_encoder
    JsonResponse ORJSONResponse dumps info debug warning error exception
"""
_HARMLESS = frozenset(_READERS.split())


@dataclass(frozen=True, slots=True)
class Frame:
    """A function that is looked at: its file, the class it belongs to, the function around it, and what its
    parameters are given where that is known."""

    file: str
    function: form.Function
    owner: Callee | None = None
    outer: Frame | None = None
    given: Mapping[str, tuple[form.Expression, Frame]] = field(default_factory=dict)

    def written(self, node: form.Expression) -> Written:
        """An expression of this function."""
        return Written(self.file, node)


@dataclass(frozen=True, slots=True)
class Change:
    """A key that a variable gets after it was bound; `key` is None where it is not known, or for an item of a list.

    `always`: on every way to the end of the function.
    """

    key: str | None
    value: form.Expression | None
    always: bool
    item: bool = False


@dataclass(slots=True)
class Local:
    """All that happens to one variable of a function. `lost`: something else may happen to it that is not followed."""

    values: list[form.Expression] = field(default_factory=list)
    annotation: form.Expression | None = None
    changes: list[Change] = field(default_factory=list)
    lost: bool = False


def local_of(function: form.Function, name: str) -> Local | None:
    """What a function does to one of its variables; None if it binds no such name."""
    found = Local()
    _visit(function.body, name, found, False)
    if not found.values and found.annotation is None:
        return None
    return found


def nested(function: form.Function, name: str) -> form.Function | None:
    """A function that is defined inside another one."""
    for node in _statements(function.body):
        if isinstance(node, form.Def) and node.function.name == name:
            return node.function
    return None


def returned(function: form.Function) -> Iterator[form.Expression | None]:
    """The values of all `return`s of a function, without those of functions inside it."""
    for node in _statements(function.body):
        if isinstance(node, form.Return):
            yield node.value


def given_to(callee: Frame, arguments: Sequence[form.Argument], frame: Frame) -> Frame:
    """A function as a call runs it, with what its parameters are given."""
    parameters = [
        one.target.id for one in callee.function.parameters if isinstance(one.target, form.Name) and not one.kind
    ]
    if callee.owner is not None and parameters[:1] in (["self"], ["cls"]):
        parameters = parameters[1:]
    given = {one.name: (one.value, frame) for one in arguments if one.name and not one.spread}
    for name, argument in zip(parameters, arguments, strict=False):
        if argument.spread or argument.name:
            break
        given[name] = (argument.value, frame)
    return Frame(callee.file, callee.function, callee.owner, callee.outer, {**callee.given, **given})


def gives(frame: Frame) -> bool:
    """Whether a function gives something back: one that only raises is there to be overridden."""
    return any(value is not None for value in returned(frame.function))


def _statements(body: tuple[form.Statement, ...] | list[form.Node]) -> Iterator[form.Node]:
    for node in body:
        yield node
        if isinstance(node, form.If | form.For | form.Block):
            yield from _statements(children(node))


def _visit(body: tuple[form.Statement, ...], name: str, found: Local, perhaps: bool) -> None:
    """`perhaps`: the statements stand in a branch or loop, so that what they do is not certain."""
    for node in body:
        match node:
            case form.Bind(form.Name(id), value, annotation=annotation, operator=operator) if id == name:
                found.lost = found.lost or bool(operator)
                found.annotation = annotation or found.annotation
                if value is not None and not operator:
                    found.values.append(value)
                    # A further binding makes an object of its own: what an earlier one got is not told apart.
                    found.lost = found.lost or bool(found.changes)
            case form.Bind(form.Index(form.Name(id), index), value, operator=operator) if id == name:
                known = index.value if isinstance(index, form.Literal) else None
                key = known if isinstance(known, str) else None
                found.changes.append(Change(key, None if operator else value, not perhaps))
            case form.Bind(form.ArrayPattern() | form.ObjectPattern() as target) if _names(target, name):
                found.values.append(_UNTOLD)
            case form.If(test, then, otherwise):
                _look(test, name, found)
                _visit(then, name, found, True)
                _visit(otherwise, name, found, True)
            case form.For(target, iterable, inner):
                if _names(target, name):
                    found.values.append(_UNTOLD)
                _look(iterable, name, found)
                _visit(inner, name, found, True)
            case form.Block(inner):
                _visit(inner, name, found, perhaps)
            case form.Do(form.Call(form.Member(form.Name(id), method), arguments)) if id == name:
                _called(method, arguments, found, not perhaps)
            case form.Return(value):
                _look(value, name, found)
            case _:
                for child in children(node):
                    _look(child, name, found)


def _called(method: str, arguments: tuple[form.Argument, ...], found: Local, always: bool) -> None:
    first = arguments[0].value if len(arguments) == 1 and not arguments[0].spread else None
    if method == "append" and first is not None:
        found.changes.append(Change(None, first, always, item=True))
    elif method == "update" and isinstance(first, form.Object):
        for entry in first.entries:
            known = entry.key.value if isinstance(entry.key, form.Literal) else None
            found.changes.append(Change(known if isinstance(known, str) else None, entry.value, always))
    elif method not in ("sort", "reverse"):
        found.lost = True


def _look(node: form.Node | None, name: str, found: Local) -> None:
    """Whether something inside an expression may change the variable: it is given away, or a function holds it."""
    match node:
        case None:
            return
        case form.Call(callee, arguments):
            harmless = isinstance(callee, form.Name | form.Member) and _last(callee) in _HARMLESS
            for argument in arguments:
                if isinstance(argument.value, form.Name) and argument.value.id == name:
                    found.lost = found.lost or not harmless
                else:
                    _look(argument.value, name, found)
            _look(callee.object if isinstance(callee, form.Member) else None, name, found)
        case form.Function() | form.Def() | form.Class():
            if any(isinstance(one, form.Bind) and _holds(one.target, name) for one in _all(node)):
                found.lost = True
        case _:
            for child in children(node):
                _look(child, name, found)


def _all(node: form.Node) -> Iterator[form.Node]:
    yield node
    for child in children(node):
        yield from _all(child)


def _holds(target: form.Node, name: str) -> bool:
    return isinstance(target, form.Index) and isinstance(target.object, form.Name) and target.object.id == name


def _names(target: form.Node, name: str) -> bool:
    return any(isinstance(one, form.Name) and one.id == name for one in _all(target))


def _last(callee: form.Name | form.Member) -> str:
    return callee.id if isinstance(callee, form.Name) else callee.name
