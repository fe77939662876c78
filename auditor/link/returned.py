"""Which object does a handler return that writes its answer in place?

`return {"status": "ok", "count": n}` says which keys travel, better than `-> dict` does. Told only where every return
of the handler is such an object, errors aside: what else it may answer is then not known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from auditor.link.evaluate.walk import called_name, children
from auditor.link.types.unions import STRING
from auditor.model import form
from auditor.model.shape import FieldType, ListOf, MapOf, Model, Scalar, Shape, UnknownShape
from auditor.model.span import Location, Span

_JSON = frozenset({"JSONResponse", "ORJSONResponse", "UJSONResponse", "JsonResponse", "jsonify"})
_UNTOLD = UnknownShape("the value of a key")


def returned_model(file: str, function: form.Function, is_success: Callable[[form.Call], bool]) -> Model | None:
    """The model that all returned objects form together, named after the function.

    None where something else is returned too. Keys that are not in all of them are not required.
    """
    objects: list[form.Object] = []
    for value in _returns(function):
        found = _object(value, is_success)
        if found is None:
            return None
        objects += found
    if not any(one.entries for one in objects) or any(not _is_plain(one) for one in objects):
        return None
    keys = [{_key(entry): entry.value for entry in one.entries} for one in objects]
    names = list(dict.fromkeys(name for one in keys for name in one))
    place = Location(file, objects[0].span)
    fields = tuple(
        FieldType(
            name=name,
            wire=name,
            shape=_shape([one[name] for one in keys if name in one]),
            required=all(name in one for one in keys),
            nullable=any(_is_none(one[name]) for one in keys if name in one),
            location=place,
        )
        for name in names
    )
    key = f"{file}:{function.name}:{objects[0].span.start_line}"
    at = Location(file, Span(function.span.start_line, 1, function.span.start_line, 1))
    return Model(key, f"{function.name}()", "backend", at, fields, False, "dict")


def _returns(function: form.Function) -> Iterator[form.Expression | None]:
    waiting: list[form.Node] = list(reversed(function.body))
    while waiting:
        node = waiting.pop()
        if isinstance(node, form.Return):
            yield node.value
        elif not isinstance(node, form.Function | form.Def | form.Class):
            waiting.extend(reversed(children(node)))


def _object(value: form.Expression | None, is_success: Callable[[form.Call], bool]) -> list[form.Object] | None:
    """The object that is sent; none of them for the answer of an error; None for anything else."""
    match value:
        case form.Object():
            return [value]
        case form.Call(arguments=arguments) if called_name(value) in _JSON:
            if not is_success(value):
                return []
            content = next((one.value for one in arguments if one.name in (None, "content")), None)
            return [content] if isinstance(content, form.Object) else None
        case _:
            return None


def _is_plain(value: form.Object) -> bool:
    return all(isinstance(one.key, form.Literal) and isinstance(one.key.value, str) for one in value.entries)


def _key(entry: form.Entry) -> str:
    return str(entry.key.value) if isinstance(entry.key, form.Literal) else ""


def _is_none(value: form.Expression) -> bool:
    return isinstance(value, form.Literal) and value.value is None


def _shape(values: list[form.Expression]) -> Shape:
    shapes = {_kind(value) for value in values if not _is_none(value)}
    return shapes.pop() if len(shapes) == 1 else _UNTOLD


def _kind(value: form.Expression) -> Shape:
    match value:
        case form.Literal(bool()):
            return Scalar("boolean")
        case form.Literal(str()) | form.Template():
            return STRING
        case form.Literal(int() | float()):
            return Scalar("number")
        case form.Array() | form.Comprehension(kind="list"):
            return ListOf(_UNTOLD)
        case form.Object():
            return MapOf(_UNTOLD)
        case _:
            return _UNTOLD
