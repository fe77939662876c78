"""What a route handler of Litestar takes.

Litestar 2: https://docs.litestar.dev/2/usage/routing/parameters.html, https://docs.litestar.dev/2/usage/requests.html
and https://docs.litestar.dev/2/usage/dependency-injection.html. Dependencies of outer layers are told by
their type only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.adapter import RouteAdded
from auditor.link.contents.markers import Annotated, annotated
from auditor.link.contents.names import Callee, Names, Written, place_of
from auditor.link.contents.parameters import is_scalar
from auditor.link.contents.raised import raised
from auditor.link.contents.status import status_of
from auditor.link.types.unions import without_null
from auditor.model import form
from auditor.model.operation import Operation, Part, Taken
from auditor.model.shape import AnyShape, ListOf
from auditor.model.span import Location
from auditor.model.value import Closure

_PARAMETER = re.compile(r"\{([A-Za-z_]\w*)")
_GIVEN = frozenset({"request", "headers", "cookies", "query", "state", "scope", "socket", "body", "send", "receive"})
_USUAL = {"POST": 201, "DELETE": 204}
_PLACES = ("query", "header", "cookie")
_FORMS = {"MULTI_PART": "file", "URL_ENCODED": "form"}
_DEPTH = 12


def litestar_operation(effect: RouteAdded, path: str, method: str, names: Names) -> Operation | None:
    """What one route takes; None where its handler is not known."""
    handler = effect.handler
    if not isinstance(handler, Closure):
        return None
    bound = handler.owner is not None and handler.kind != "static"
    owner = Callee(handler.owner.scope.file, handler.owner.node, handler.owner.node.name) if handler.owner else None
    own = Callee(handler.scope.file, handler.node, handler.node.name, bound, owner)
    reader = _Reader(names, frozenset(_PARAMETER.findall(path)), dict(_provided(effect, owner, names)))
    reader.read(own, 0)
    status = effect.options.get("status_code")
    return Operation(
        parameters=tuple(reader.taken.values()),
        body=tuple(reader.parts),
        status=status_of(status) or _USUAL.get(method, 200),
        raises=tuple(sorted(set(raised(reader.called, names)))),
        security=tuple(_guards(effect, owner, names)),
        unknown=tuple(reader.unknown),
        reads=True,
    )


class _Reader:
    def __init__(self, names: Names, path: frozenset[str], provided: dict[str, Written]) -> None:
        self._names, self._path, self._provided = names, path, provided
        self.taken: dict[tuple[str, str], Taken] = {}
        self.parts: list[Part] = []
        self.called: list[Callee] = []
        self.unknown: dict[str, None] = {}

    def read(self, callee: Callee, depth: int) -> None:
        """A handler, or what provides one of its dependencies."""
        if (
            depth > _DEPTH
            or not isinstance(callee.node, form.Function)
            or any(c.node is callee.node for c in self.called)
        ):
            return
        self.called.append(callee)
        for parameter in callee.node.parameters[1:] if callee.bound else callee.node.parameters:
            name = getattr(parameter.target, "id", "")
            if name and name not in _GIVEN and parameter.kind not in ("rest", "keywords"):
                annotation = Written(callee.file, parameter.annotation) if parameter.annotation is not None else None
                default = Written(callee.file, parameter.default) if parameter.default is not None else None
                self._parameter(name, annotated(self._names, annotation, default), callee.location, depth)

    def _parameter(self, name: str, given: Annotated, place: Location, depth: int) -> None:
        if name in self._provided:
            provider = self._names.callee(self._provided[name])
            if provider is not None:
                self.read(provider, depth + 1)
            else:
                self.unknown.setdefault(f"what provides {name} is not known")
            return
        raw = self._names.types.shape(given.type.file, given.type.node) if given.type is not None else AnyShape()
        shape, nullable = without_null(raw)
        if name == "data":
            media = given.option("media_type")
            kind = _FORMS.get(media.name if isinstance(media, form.Member) else "", "json")
            self.parts.append(Part("data", kind, shape, given.required, place))
            return
        where, sent = "path" if name in self._path else "query", name
        for place_name in _PLACES:
            option = given.option(place_name)
            if isinstance(option, form.Literal) and isinstance(option.value, str):
                where, sent = place_name, option.value
        plain = shape.item if isinstance(shape, ListOf) else shape
        if given.marker == "Dependency" or (not given.marker and not is_scalar(plain, self._names)):
            self.unknown.setdefault(f"what provides {name} is not known")
            return
        written = given.default
        default = self._names.types.constant(written.file, written.node) if written is not None else None
        required = where == "path" or (given.required and not nullable)
        self.taken.setdefault((where, sent), Taken(sent, where, shape, required, place, default))


def _provided(effect: RouteAdded, owner: Callee | None, names: Names) -> Iterator[tuple[str, Written]]:
    """`dependencies={"session": Provide(make)}` of the controller and of the handler."""
    for written in (*_attributes(owner, "dependencies", names), *_option(effect, "dependencies")):
        value = names.value(written)
        for entry in value.node.entries if isinstance(value.node, form.Object) else ():
            key = entry.key.value if isinstance(entry.key, form.Literal) else None
            if isinstance(key, str):
                made = value.other(entry.value)
                if isinstance(made.node, form.Call) and made.node.arguments:
                    made = made.other(made.node.arguments[0].value)
                yield key, made


def _guards(effect: RouteAdded, owner: Callee | None, names: Names) -> Iterator[tuple[str, Location]]:
    """https://docs.litestar.dev/2/usage/security/guards.html"""
    for written in (*_attributes(owner, "guards", names), *_option(effect, "guards")):
        value = names.value(written)
        for item in value.node.items if isinstance(value.node, form.Array) else ():
            node = item.callee if isinstance(item, form.Call) else item
            name = node.name if isinstance(node, form.Member) else getattr(node, "id", "")
            if name:
                yield name, place_of(value.other(item))


def _option(effect: RouteAdded, name: str) -> Iterator[Written]:
    given = effect.options.get(name)
    if given is not None and effect.scope is not None:
        yield Written(effect.scope.file, given)


def _attributes(owner: Callee | None, name: str, names: Names) -> Iterator[Written]:
    for cls in names.bases(owner) if owner is not None else ():
        assert isinstance(cls.node, form.Class)
        for part in cls.node.body:
            if isinstance(part, form.Field) and part.name == name and part.value is not None:
                yield Written(cls.file, part.value)
