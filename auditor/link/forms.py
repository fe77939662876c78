"""Is a form that a request sends filled by functions that run later, such as `reader.onload`?

The names that such a function appends are met when it is followed. Where it is not (nobody knows who calls it), the
form may have more than was seen: https://xhr.spec.whatwg.org/#interface-formdata.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from auditor.link.evaluate.walk import children, walk
from auditor.link.sites import Sent
from auditor.model import form
from auditor.model.carried import Keys
from auditor.model.facts import FileFacts
from auditor.model.span import Location

_ADDING = ("append", "set")
_LATER = "a function that is not followed adds to it"


def with_later_entries(sent: Sequence[Sent], facts: Mapping[str, FileFacts]) -> tuple[Sent, ...]:
    """The same, with the forms open to which a function adds names that were not met."""
    return tuple(_opened(one, facts) for one in sent)


def _opened(one: Sent, facts: Mapping[str, FileFacts]) -> Sent:
    body = one.carried.body
    if body is None or body.kind != "form" or body.keys.open:
        return one
    added = {name for place in body.keys.places if place.file in facts for name in _added(facts[place.file], place)}
    if added <= {*body.keys.names}:
        return one
    keys = Keys(body.keys.names, _LATER, body.keys.places)
    return replace(one, carried=replace(one.carried, body=replace(body, keys=keys)))


def _added(facts: FileFacts, place: Location) -> Iterator[str | None]:
    """What functions add to the form that is made at a place; None for a name that is not written."""
    for statement in facts.body:
        found = _maker(statement, place, None)
        if found is None:
            continue
        name, function = found
        for inner in _functions(function.body if function is not None else facts.body):
            yield from _adds(inner, name)


def _maker(node: form.Node, place: Location, function: form.Function | None) -> tuple[str, form.Function | None] | None:
    """The name that a form is bound to, and the function in which it is made."""
    match node:
        case form.Bind(target=form.Name(name), value=form.Call(span=span)) if span == place.span:
            return name, function
        case _:
            pass
    inside = node if isinstance(node, form.Function) else function
    found = (_maker(child, place, inside) for child in children(node))
    return next((one for one in found if one is not None), None)


def _functions(body: Sequence[form.Node]) -> Iterator[form.Function]:
    """The outermost functions in a body."""
    for node in body:
        if isinstance(node, form.Function):
            yield node
        else:
            yield from _functions(children(node))


def _adds(function: form.Function, name: str) -> Iterator[str | None]:
    for node in walk(function):
        match node:
            case form.Call(callee=form.Member(form.Name(owner), method), arguments=[first, *_]) if (
                owner == name and method in _ADDING
            ):
                written = first.value
                text = written.value if isinstance(written, form.Literal) else None
                yield text if isinstance(text, str) else None
            case _:
                pass
