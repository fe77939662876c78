"""The parameters and body of a FastAPI route, its dependencies flattened into it.

FastAPI 0.100 to 0.141: https://fastapi.tiangolo.com/tutorial/body-multiple-params/,
https://fastapi.tiangolo.com/tutorial/dependencies/ and, for models of parameters,
https://fastapi.tiangolo.com/tutorial/query-param-models/.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from auditor.link.contents.made import shown_signature
from auditor.link.contents.markers import DEPENDS, Annotated, annotated
from auditor.link.contents.names import Callee, Names, Written, place_of
from auditor.link.contents.schemes import scheme_of
from auditor.model import form
from auditor.model.operation import Part, Scheme, Taken
from auditor.model.shape import AnyShape, FieldType, OneOf, Ref, Scalar, Shape, Values
from auditor.model.span import Location

_GIVEN = (
    "Request", "WebSocket", "HTTPConnection", "Response", "BackgroundTasks", "SecurityScopes", "BackgroundTask",
)  # fmt: skip
_PLACES = {"Path": "path", "Query": "query", "Header": "header", "Cookie": "cookie"}
_KINDS = {"Body": "json", "Form": "form", "File": "file"}
_DEPTH = 24
_FILES = ("UploadFile", "UploadedFile")  # of django-ninja the second
# https://fastapi.tiangolo.com/reference/security/#fastapi.security.OAuth2PasswordRequestForm
_PASSWORD_FORM = "OAuth2PasswordRequestForm"
_PASSWORD_FIELDS = {
    "grant_type": False, "username": True, "password": True, "scope": False, "client_id": False, "client_secret": False,
}  # fmt: skip


@dataclass(slots=True)
class Contents:
    """What was collected for one route."""

    taken: dict[tuple[str, str], Taken] = field(default_factory=dict)
    parts: dict[str, Part] = field(default_factory=dict)
    called: list[Callee] = field(default_factory=list)
    schemes: dict[tuple[str, Location], Scheme] = field(default_factory=dict)
    scopes: dict[str, None] = field(default_factory=dict)
    unknown: dict[str, None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reader:
    """Collects what a handler and everything it depends on take. `path` are the names of the path's parameters."""

    names: Names
    path: frozenset[str]
    schemes: tuple[str, ...]
    found: Contents = field(default_factory=Contents)

    def read(self, callee: Callee, depth: int = 0) -> None:
        """A handler or dependency."""
        if depth > _DEPTH or any(one.node is callee.node for one in self.found.called):
            return
        self.found.called.append(callee)
        if isinstance(callee.node, form.Class):
            self._read_class(callee, depth)
            return
        parameters = callee.node.parameters[1:] if callee.bound else callee.node.parameters
        for parameter in parameters:
            name = parameter.target.id if isinstance(parameter.target, form.Name) else ""
            if parameter.kind in ("rest", "keywords") or not name:
                continue
            annotation = Written(callee.file, parameter.annotation) if parameter.annotation is not None else None
            default = Written(callee.file, parameter.default) if parameter.default is not None else None
            self.parameter(name, annotated(self.names, annotation, default), callee.location, depth)

    def parameter(self, name: str, given: Annotated, place: Location, depth: int) -> None:
        """One parameter."""
        if given.marker in DEPENDS:
            wanted = given.where.other(given.first) if given.where is not None and given.first is not None else None
            for scope in texts_of(given.option("scopes")) if given.marker == "Security" else ():
                self.found.scopes.setdefault(scope)
            option = given.option("dependency")
            if wanted is None and option is not None and given.where is not None:
                wanted = given.where.other(option)
            self.depends(wanted or given.type, depth)
            return
        if given.type is not None and self.names.library(given.type) in _GIVEN and not given.marker:
            return
        where = _PLACES.get(given.marker, "")
        if not where and name in self.path and given.marker not in _KINDS:
            where = "path"
        shape = self.names.types.shape(given.type.file, given.type.node) if given.type is not None else AnyShape()
        model = self._model(shape)
        if where in ("query", "header", "cookie") and model is not None:
            for one in model:
                sent = one.wire if where != "header" else one.wire.replace("_", "-")
                self._take(Taken(sent, where, one.shape, one.required, one.location, one.default))
            return
        is_file = given.type is not None and _is_file(self.names, given.type)
        if not where and not given.marker and not is_file and is_scalar(shape, self.names):
            where = "query"
        if where:
            self._take(self._taken(name, where, shape, given, place))
            return
        kind = (
            "file" if given.type is not None and _is_file(self.names, given.type) else _KINDS.get(given.marker, "json")
        )
        alias = _text(given.option("alias"))
        embed = isinstance(option := given.option("embed"), form.Literal) and option.value is True
        self.found.parts.setdefault(alias or name, Part(alias or name, kind, shape, given.required, place, embed))

    def depends(self, wanted: Written | None, depth: int) -> None:
        """What `Depends(…)` names: a function, a class, or an object that is called."""
        if wanted is None:
            return
        callee = self.names.callee(wanted)
        if callee is not None:
            self.read(callee, depth + 1)
            return
        made = self.names.value(wanted)
        name = self.names.library(made)
        if name in self.schemes:
            self._demand(made, name, name)
            return
        if isinstance(made.node, form.Call):
            self._called(made, depth)
            return
        if name.startswith(_PASSWORD_FORM):
            for field_, required in _PASSWORD_FIELDS.items():
                part = Part(field_, "form", Scalar("string"), required, place_of(wanted))
                self.found.parts.setdefault(field_, part)
            return
        reason = f"the dependency {name} is not of this project" if name else "a dependency is computed"
        self.found.unknown.setdefault(reason)

    def _demand(self, made: Written, kind: str, name: str) -> None:
        scheme = scheme_of(made, kind, name, self.names)
        self.found.schemes.setdefault((scheme.name, scheme.location), scheme)

    def _called(self, made: Written, depth: int) -> None:
        """`Depends(Checker(role))`: the object's `__call__`; `Depends(require(role))`: the function inside."""
        assert isinstance(made.node, form.Call)
        maker = self.names.callee(made.other(made.node.callee))
        if maker is None:
            self.found.unknown.setdefault(f"the dependency {self.names.library(made) or 'of a call'} is not known")
            return
        if isinstance(maker.node, form.Class):
            for cls in self.names.bases(maker):
                method = _method(cls, "__call__")
                if method is not None:
                    self.read(Callee(cls.file, method, f"{cls.name}.__call__", bound=True), depth + 1)
                    return
                if any(self.names.library(Written(cls.file, base)) in self.schemes for base in _bases(cls)):
                    kinds = [self.names.library(Written(cls.file, base)) for base in _bases(cls)]
                    self._demand(made, next(kind for kind in kinds if kind in self.schemes), cls.name)
                    return
        else:
            returned = {one.value.id for one in _returns(maker.node) if isinstance(one.value, form.Name)}
            inner = [one for one in maker.node.body if isinstance(one, form.Def) and one.function.name in returned]
            read = [self._read_made(maker, one, made, depth) for one in inner]
            if any(read):
                return
        self.found.unknown.setdefault(f"what {maker.name} makes for a dependency is not known")

    def _read_made(self, maker: Callee, inner: form.Def, made: Written, depth: int) -> bool:
        """A function that a call made; False where it does not say what it takes."""
        assert isinstance(made.node, form.Call)
        shown = shown_signature(maker, inner, made.node, made, self.names)
        if shown is None and not _says_all(inner.function):
            return False
        function = Callee(maker.file, inner.function, inner.function.name)
        if shown is None:
            self.read(function, depth + 1)
            return True
        like = self.names.callee(shown)
        if like is None:
            return False
        self.read(like, depth + 1)
        self.found.called.append(function)
        return True

    def _read_class(self, callee: Callee, depth: int) -> None:
        for cls in self.names.bases(callee):
            method = _method(cls, "__init__")
            if method is not None:
                self.read(Callee(cls.file, method, f"{cls.name}.__init__", bound=True), depth + 1)
                return
        model = self._model(self.names.types.declared_in(callee.file, callee.name))
        for one in model or ():
            if is_scalar(one.shape, self.names):
                self._take(Taken(one.wire, "query", one.shape, one.required, one.location, one.default))
            else:
                self.found.parts.setdefault(one.wire, Part(one.wire, "json", one.shape, one.required, one.location))
        if model is None:
            for cls in self.names.bases(callee):
                self.fields(cls, depth)

    def fields(self, cls: Callee, depth: int, only_dependencies: bool = False) -> None:
        """The annotated fields of a class, which its constructor takes."""
        assert isinstance(cls.node, form.Class)
        for statement in cls.node.body:
            if isinstance(statement, form.Field) and (statement.annotation is not None or statement.value is not None):
                annotation = Written(cls.file, statement.annotation) if statement.annotation is not None else None
                default = Written(cls.file, statement.value) if statement.value is not None else None
                given = annotated(self.names, annotation, default)
                if given.marker in DEPENDS or (not only_dependencies and annotation is not None):
                    self.parameter(statement.name, given, Location(cls.file, statement.span), depth + 1)

    def _taken(self, name: str, where: str, shape: Shape, given: Annotated, place: Location) -> Taken:
        sent = _text(given.option("alias")) or _text(given.option("validation_alias")) or name
        if where == "header" and sent == name and _flag(given.option("convert_underscores")) is not False:
            sent = name.replace("_", "-")
        written = given.default
        default = self.names.types.constant(written.file, written.node) if written is not None else None
        listed = _flag(given.option("include_in_schema")) is not False
        return Taken(sent, where, shape, where == "path" or given.required, place, default, listed)

    def _take(self, taken: Taken) -> None:
        self.found.taken.setdefault((taken.place, taken.name), taken)

    def _model(self, shape: Shape) -> Sequence[FieldType] | None:
        match shape:
            case Ref(key) if key in self.names.types.models:
                return self.names.types.models[key].fields
            case OneOf(options):
                models = [model for option in options if (model := self._model(option)) is not None]
                return models[0] if len(models) == 1 else None
            case _:
                return None


def is_scalar(shape: Shape, names: Names) -> bool:
    """Whether a parameter is taken from the query without being told: neither model, list nor object."""
    match shape:
        case Scalar() | Values() | AnyShape():
            return True
        case Ref(key):
            return key in names.types.enums
        case OneOf(options):
            return all(is_scalar(option, names) for option in options)
        case _:
            return False


def _is_file(names: Names, type_: Written) -> bool:
    found = [type_.node]
    while found:
        node = found.pop()
        match node:
            case form.Name() | form.Member():
                if names.library(type_.other(node)) in _FILES:
                    return True
            case form.Index(_, index):
                found.append(index)
            case form.Array(items):
                found += items
            case form.Binary(_, left, right):
                found += [left, right]
            case _:
                pass
    return False


def _says_all(function: form.Function) -> bool:
    """Whether a function says what it takes; one of `*args` and `**kwargs` may say it by a made signature."""
    return not any(parameter.kind in ("rest", "keywords") for parameter in function.parameters)


def _method(cls: Callee, name: str) -> form.Function | None:
    assert isinstance(cls.node, form.Class)
    found = (one.function for one in cls.node.body if isinstance(one, form.Def))
    return next((function for function in found if function.name == name), None)


def _bases(cls: Callee) -> tuple[form.Expression, ...]:
    return cls.node.bases if isinstance(cls.node, form.Class) else ()


def _returns(function: form.Function) -> Iterator[form.Return]:
    return (statement for statement in function.body if isinstance(statement, form.Return))


def _text(node: form.Expression | None) -> str:
    return node.value if isinstance(node, form.Literal) and isinstance(node.value, str) else ""


def texts_of(node: form.Expression | None) -> Iterator[str]:
    """The texts of a list as written."""
    for one in node.items if isinstance(node, form.Array) else ():
        if isinstance(one, form.Literal) and isinstance(one.value, str):
            yield one.value


def _flag(node: form.Expression | None) -> bool | None:
    return node.value if isinstance(node, form.Literal) and isinstance(node.value, bool) else None
