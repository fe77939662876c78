"""What the decorators of a handler say that it takes and answers: webargs, Flask-Smorest, APIFlask, Flask-RESTX.

webargs 8 https://webargs.readthedocs.io/en/latest/api.html#webargs.core.Parser.use_args, Flask-Smorest
https://flask-smorest.readthedocs.io/en/latest/arguments.html, APIFlask https://apiflask.com/request-handling/,
Flask-RESTX https://flask-restx.readthedocs.io/en/latest/swagger.html.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auditor.link.contents.marshmallow import fields_of, schema_shape
from auditor.link.contents.names import Names, Written, place_of
from auditor.link.contents.restx import restx_shape
from auditor.link.contents.status import status_of
from auditor.model import form
from auditor.model.operation import Answer, Part, Taken
from auditor.model.shape import ListOf, Scalar, Shape

_PLACES = {
    "query": "query", "querystring": "query", "path": "path", "view_args": "path", "headers": "header",
    "cookies": "cookie", "form": "form", "files": "file", "form_and_files": "form",
}  # fmt: skip
_TAKE = {"use_args": 0, "use_kwargs": 0, "arguments": 0, "input": 0, "expect": 0}
_GIVE = frozenset({"response", "output", "marshal_with", "marshal_list_with"})


@dataclass(frozen=True, slots=True)
class Declared:
    """What decorators declare."""

    taken: tuple[Taken, ...] = ()
    parts: tuple[Part, ...] = ()
    answers: tuple[Answer, ...] = ()


def declared_by(decorators: Sequence[Written], names: Names) -> Declared:
    """What the decorators of one handler say."""
    taken: list[Taken] = []
    parts: list[Part] = []
    answers: list[Answer] = []
    for one in decorators:
        call = one.node
        if not isinstance(call, form.Call):
            continue
        name = call.callee.name if isinstance(call.callee, form.Member) else getattr(call.callee, "id", "")
        if name in _TAKE:
            found = list(_takes(one, call, names))
            taken += [piece for piece in found if isinstance(piece, Taken)]
            parts += [piece for piece in found if isinstance(piece, Part)]
        elif name == "paginate":
            place = place_of(one)
            taken += [Taken(word, "query", Scalar("integer"), False, place) for word in ("page", "page_size")]
        elif name in _GIVE:
            answers += _gives(one, call, name, names)
    return Declared(tuple(taken), tuple(parts), tuple(answers))


def _takes(one: Written, call: form.Call, names: Names) -> Iterator[Taken | Part]:
    given = next((item.value for item in call.arguments if item.name is None and not item.spread), None)
    if given is None:
        return
    named = {item.name: item.value for item in call.arguments if item.name}
    location = named.get("location")
    where = location.value if isinstance(location, form.Literal) else "json"
    inner = given.items[0] if isinstance(given, form.Array) and len(given.items) == 1 else given  # `expect([model])`
    shape = schema_shape(one.other(inner), names, takes=True) or restx_shape(one.other(inner), names)
    if shape is None:
        return
    place = place_of(one)
    kind = _PLACES.get(str(where))
    if kind is None:
        body = ListOf(shape) if inner is not given else shape
        yield Part("body", "json", body, True, place)
        return
    for field in fields_of(shape, names):
        if kind in ("form", "file"):
            yield Part(field.wire, kind, field.shape, field.required, field.location)
        else:
            yield Taken(field.wire, kind, field.shape, field.required or kind == "path", field.location, field.default)


def _gives(one: Written, call: form.Call, name: str, names: Names) -> Iterator[Answer]:
    """`response(200, Schema)`, `output(Schema, status_code=201)`, `marshal_with(model, code=200)`."""
    plain = [item.value for item in call.arguments if item.name is None and not item.spread]
    named = {item.name: item.value for item in call.arguments if item.name}
    numbers = [status_of(value) for value in plain]
    status = next((number for number in numbers if number), 0)
    status = status or status_of(named.get("status_code") or named.get("code")) or 200
    schemas = [value for value, number in zip(plain, numbers, strict=True) if not number]
    schemas += [named[word] for word in ("schema", "fields") if word in named]
    if not schemas and name != "response":
        return
    shape: Shape | None = None
    if schemas:
        where = one.other(schemas[0])
        shape = schema_shape(where, names, takes=False) or restx_shape(where, names)
    as_list = named.get("as_list")
    many = name == "marshal_list_with" or (isinstance(as_list, form.Literal) and as_list.value is True)
    yield Answer(status, ListOf(shape) if many and shape is not None else shape)
