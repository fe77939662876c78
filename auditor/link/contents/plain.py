"""What a route takes and how it answers where a handler asks the request: Flask, Django, aiohttp, Sanic and others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from auditor.adapter import RouteAdded
from auditor.adapter.endpoints import lineage
from auditor.link.contents.arguments import declared_by
from auditor.link.contents.asked import asked_by
from auditor.link.contents.guards import guards_of, has_permissions
from auditor.link.contents.loaded import loaded_by
from auditor.link.contents.names import Callee, Names, Written
from auditor.link.contents.raised import raised
from auditor.link.contents.restx import parsed_by
from auditor.link.contents.status import status_of
from auditor.link.evaluate.walk import called_name, walk
from auditor.model import form
from auditor.model.operation import Operation, Part, Taken
from auditor.model.shape import FieldType, Inline, Scalar, Shape
from auditor.model.value import Class, Closure, Symbol

_CONVERTERS = {
    "int": Scalar("integer"), "number": Scalar("number"), "float": Scalar("number"), "uuid": Scalar("string", "uuid"),
    "ymd": Scalar("string", "date"), "date": Scalar("string", "date"),
}  # fmt: skip
_PARAMETER = re.compile(r"\{([A-Za-z_]\w*)")
_REST = ("rest_framework.",)
_ACTIONS = {
    ("GET", True): "retrieve", ("GET", False): "list", ("POST", False): "create", ("PUT", True): "update",
    ("PATCH", True): "partial_update", ("DELETE", True): "destroy",
}  # fmt: skip


def plain_operation(
    effect: RouteAdded, path: str, converters: Iterable[tuple[str, str]], method: str, names: Names
) -> Operation | None:
    """What one route takes; None where its handler is not known."""
    handler = effect.handler
    owner = _owner(handler)
    function = _function(handler, method, path)
    if function is None and owner is None:
        return None
    types = dict(converters)
    taken = {
        ("path", name): Taken(name, "path", _path_shape(name, types, function, names), True, effect.location)
        for name in _PARAMETER.findall(path)
    }
    decorators = [Written(function.file, one) for one in _decorators(handler, function)] if function else []
    declared = declared_by(decorators, names)
    asked = asked_by(function, names) if function is not None else None
    parsed = list(parsed_by(function, method, names)) if function is not None else []
    loaded = loaded_by(function, names) if function is not None else ()
    by_schema = [one for one in loaded if isinstance(one, Taken)]
    read = [*by_schema, *(asked.taken if asked else ()), *(one for one in parsed if isinstance(one, Taken))]
    for one in (*declared.taken, *read):
        taken.setdefault((one.place, one.name), one)
    parts = list(declared.parts)
    if method not in ("GET", "HEAD") and not parts:
        parts += [one for one in loaded if isinstance(one, Part)]
    if asked is not None and method not in ("GET", "HEAD"):
        parts += [one for one in asked.parts if one.kind != "json" or not parts]
    parts += _together([one for one in parsed if isinstance(one, Part)])
    wrong = raised([function], names) if function is not None else ()
    status = next((answer.status for answer in declared.answers if answer.status < 300), 0)
    return Operation(
        parameters=tuple(taken.values()),
        body=tuple(parts),
        status=status or (_status(function) if function is not None else 200),
        raises=tuple(sorted(set(wrong))),
        security=tuple(dict(guards_of(decorators, owner, method, names)).items()),
        unknown=tuple(_unknown(handler, owner, names)),
        reads=True,  # what helpers ask the request is not looked at
        answers=declared.answers,
    )


def _owner(handler: object) -> Callee | None:
    cls = handler if isinstance(handler, Class) else handler.owner if isinstance(handler, Closure) else None
    return Callee(cls.scope.file, cls.node, cls.node.name) if cls is not None else None


def _function(handler: object, method: str, path: str) -> Callee | None:
    """The function that answers: the handler, or of a class the method for the HTTP method or the usual action."""
    if isinstance(handler, Closure):
        owner = _owner(handler)
        bound = owner is not None and handler.kind != "static"
        return Callee(handler.scope.file, handler.node, handler.node.name, bound, owner)
    if not isinstance(handler, Class):
        return None
    detail = path.rstrip("/").endswith("}")
    wanted = (method.lower(), _ACTIONS.get((method, detail), ""))
    for base in lineage(handler):
        for part in base.node.body if isinstance(base, Class) else ():
            if isinstance(base, Class) and isinstance(part, form.Def) and part.function.name in wanted:
                return Callee(base.scope.file, part.function, part.function.name, True, _owner(handler))
    return None


def _decorators(handler: object, function: Callee) -> Iterator[form.Expression]:
    if isinstance(handler, Closure):
        yield from handler.decorated
    elif isinstance(handler, Class):
        for base in lineage(handler):
            for part in base.node.body if isinstance(base, Class) else ():
                if isinstance(part, form.Def) and part.function is function.node:
                    yield from part.decorators


def _path_shape(name: str, converters: dict[str, str], function: Callee | None, names: Names) -> Shape:
    if name in converters:
        return _CONVERTERS.get(converters[name], Scalar("string"))
    for parameter in (
        function.node.parameters if function is not None and isinstance(function.node, form.Function) else ()
    ):
        if getattr(parameter.target, "id", "") == name and parameter.annotation is not None and function is not None:
            return names.types.shape(function.file, parameter.annotation)
    return Scalar("string")


def _together(parts: list[Part]) -> list[Part]:
    """Keys of a body that a parser names, as one body."""
    keys = [one for one in parts if one.kind == "json"]
    others = [one for one in parts if one.kind != "json"]
    if not keys:
        return others
    fields = tuple(FieldType(one.name, one.name, one.shape, one.required, False, one.location) for one in keys)
    return [
        Part("body", "json", Inline(fields, open=True), any(one.required for one in keys), keys[0].location),
        *others,
    ]


def _status(function: Callee) -> int:
    """The status of `return body, 201` and `Response(…, status=201)`, where all that is not an error agrees."""
    found: set[int] = set()
    for node in walk(function.node):
        if not isinstance(node, form.Return):
            continue
        match node.value:
            case form.Array(items=(_, second, *_)):
                found.add(status_of(second) or 200)
            case form.Call(arguments=arguments) as call if called_name(call).endswith(("Response", "json")):
                named = [one.value for one in arguments if one.name in ("status", "status_code")]
                found.add(status_of(named[0]) if named else 200)
            case _:
                found.add(200)
    good = {status for status in found if 0 < status < 400}
    return good.pop() if len(good) == 1 else 200


def _unknown(handler: object, owner: Callee | None, names: Names) -> Iterator[str]:
    if isinstance(handler, Closure):
        for parameter in handler.node.parameters:
            if parameter.kind == "keywords":
                yield "what its keywords take is not known"
    cls = handler if isinstance(handler, Class) else handler.owner if isinstance(handler, Closure) else None
    line = lineage(cls) if cls is not None else []
    is_rest = any(isinstance(base, Symbol) and base.name.startswith(_REST) for base in line)
    if is_rest and owner is not None and not has_permissions(owner, names):
        yield "its permissions are the default ones of the settings"
