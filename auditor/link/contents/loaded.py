"""Which schema does a handler read the request by: `UserSchema().load(request.get_json())`?

marshmallow 3 and 4: https://marshmallow.readthedocs.io/en/stable/quickstart.html#deserializing-objects-loading. Also
where a function of the project is given both and does it (`load_body(request.data, UserSchema())`), as many do to turn
its errors into answers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from auditor.link.answers.dumped import constructions
from auditor.link.answers.frame import Frame, given_to
from auditor.link.contents.marshmallow import fields_of, schema_shape
from auditor.link.contents.names import Callee, Names, place_of
from auditor.link.evaluate.walk import children, walk
from auditor.model import form
from auditor.model.operation import Part, Taken

_LOADING = frozenset({"load", "loads", "validate"})
_BODY = frozenset({"get_json", "get_data", "json", "data"})
_QUERY = frozenset({"args", "query_params"})
_FORM = frozenset({"form"})
_DICTS = frozenset({"to_dict", "dict"})
_READING = frozenset({"get", "keys", "items", "values", "copy", "to_dict", "getlist"})
_DEPTH = 3


def loaded_by(callee: Callee, names: Names) -> tuple[Taken | Part, ...]:
    """The parameters and the body that one handler reads by schemas."""
    if not isinstance(callee.node, form.Function):
        return ()
    found = tuple(_loads(Frame(callee.file, callee.node, callee.owner), names, 0))
    bodies = {one.shape for one in found if isinstance(one, Part) and one.kind == "json"}
    # Where several schemas may read the body, which of them does is not told.
    told = [one for one in found if len(bodies) < 2 or not (isinstance(one, Part) and one.kind == "json")]
    return tuple(dict.fromkeys(one for one in told if not (isinstance(one, Part) and one.kind == "json"))) + tuple(
        [one for one in told if isinstance(one, Part) and one.kind == "json"][:1]
    )


def _loads(frame: Frame, names: Names, depth: int) -> Iterator[Taken | Part]:
    for node in _always(list(frame.function.body)):
        if not isinstance(node, form.Call) or not any(_source(one.value, frame, names) for one in node.arguments):
            continue
        if isinstance(node.callee, form.Member) and node.callee.name in _LOADING:
            yield from _by_schema(node, node.callee.object, frame, names)
        elif depth < _DEPTH:
            found = names.callee(frame.written(node.callee))
            if found is not None and isinstance(found.node, form.Function):
                inner = Frame(found.file, found.node)
                yield from _loads(given_to(inner, node.arguments, frame), names, depth + 1)


def _always(body: list[form.Node]) -> Iterator[form.Node]:
    """What runs on every way through a function; what stands in a branch reads some of the requests only."""
    for statement in body:
        if isinstance(statement, form.Block):
            yield from _always(children(statement))
        elif not isinstance(statement, form.If | form.For | form.Def | form.Class):
            yield from walk(statement)


def _by_schema(node: form.Call, schema: form.Expression, frame: Frame, names: Names) -> Iterator[Taken | Part]:
    place = _source(node.arguments[0].value, frame, names)
    made = list(constructions(names, schema, frame, node))
    shape = schema_shape(made[0], names, takes=True) if len(made) == 1 else None
    if shape is None or not place:
        return
    making = made[0].node.arguments if isinstance(made[0].node, form.Call) else ()
    options: Mapping[str, form.Expression] = {one.name: one.value for one in (*making, *node.arguments) if one.name}
    partial = options.get("partial")
    if place == "json":
        if partial is None or (isinstance(partial, form.Literal) and partial.value is False):
            yield Part("body", "json", shape, True, place_of(frame.written(node)))
        return
    for one in fields_of(shape, names):
        if place == "query":
            yield Taken(one.wire, "query", one.shape, one.required and partial is None, one.location, one.default)
        else:
            yield Part(one.wire, "form", one.shape, one.required and partial is None, one.location)


def _source(node: form.Expression, frame: Frame, names: Names, depth: int = 0) -> str:
    """Which part of the request an expression is: "json", "query", "form"; "" for anything else."""
    match node:
        case form.Name(id) if id in frame.given and depth < _DEPTH:
            value, where = frame.given[id]
            return _source(value, where, names, depth + 1)
        case form.Name(id) if depth < _DEPTH:
            bound = [
                one.value
                for one in frame.function.body
                if isinstance(one, form.Bind) and isinstance(one.target, form.Name) and one.target.id == id
            ]
            known = bound[0] if len(bound) == 1 and not _is_changed(frame.function, id) else None
            return _source(known, frame, names, depth + 1) if known is not None else ""
        case form.Call(form.Member(object, name)) if name in _DICTS:
            return _source(object, frame, names, depth + 1)
        case form.Call(form.Name("dict"), (argument,)):
            return _source(argument.value, frame, names, depth + 1)
        case form.Binary("or", left, _):
            return _source(left, frame, names, depth + 1)
        case form.Call(form.Member(object, name)) | form.Member(object, name) if _is_request(object, frame, names):
            kinds = ((_BODY, "json"), (_QUERY, "query"), (_FORM, "form"))
            return next((kind for words, kind in kinds if name in words), "")
        case _:
            return ""


def _is_changed(function: form.Function, name: str) -> bool:
    """Whether keys of what came are set or taken away before it is read."""
    for node in walk(function):
        match node:
            case form.Bind(target=form.Index(form.Name(id))) if id == name:
                return True
            case form.Call(form.Member(form.Name(id), method)) if id == name and method not in _READING:
                return True
            case _:
                pass
    return False


def _is_request(node: form.Expression, frame: Frame, names: Names) -> bool:
    if not isinstance(node, form.Name | form.Member):
        return False
    full = names.types.library(frame.file, node)
    return full.endswith(".request") and full.partition(".")[0] in ("flask", "quart")
