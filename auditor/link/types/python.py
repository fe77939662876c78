"""What does a Python annotation mean on the wire?

Sources: https://docs.python.org/3/library/typing.html, https://docs.pydantic.dev/latest/api/standard_library_types/
"""

from __future__ import annotations

from dataclasses import replace

from auditor.link.types.classes import class_shape
from auditor.link.types.constants import constant
from auditor.link.types.enums import ENUMS, functional_enum
from auditor.link.types.scope import Found, Scope, last, words
from auditor.link.types.unions import NULL, as_enum, constants_of, describe, one_of
from auditor.model import form
from auditor.model.shape import AnyShape, ListOf, MapOf, Ref, Scalar, Shape, UnknownShape, Value, Values
from auditor.model.span import NOWHERE, Span
from auditor.syntax.python import read_python

_FORMATS = {
    "": "str LiteralString StrictStr SecretStr constr AnyStr",
    "binary": "bytes bytearray SecretBytes UploadFile StrictBytes Base64Bytes",
    "date-time": "datetime AwareDatetime NaiveDatetime PastDatetime FutureDatetime",
    "date": "date PastDate FutureDate",
    "time": "time",
    "duration": "timedelta",
    "uuid": "UUID UUID1 UUID3 UUID4 UUID5 UUID6 UUID7 UUID8",
    "decimal": "Decimal condecimal",
    "path": "Path PurePath PosixPath FilePath DirectoryPath NewPath",
    "uri": "HttpUrl AnyUrl AnyHttpUrl FileUrl PostgresDsn RedisDsn WebsocketUrl AnyWebsocketUrl",
    "email": "EmailStr NameEmail",
    "ip": "IPv4Address IPv6Address IPvAnyAddress IPv4Network IPv6Network",
}
_SCALARS: dict[str, Scalar] = {
    **{name: Scalar("string", format) for format, names in _FORMATS.items() for name in names.split()},
    **dict.fromkeys(
        words("int StrictInt PositiveInt NegativeInt NonNegativeInt NonPositiveInt conint ByteSize"), Scalar("integer")
    ),
    **dict.fromkeys(
        words("float StrictFloat PositiveFloat NegativeFloat NonNegativeFloat NonPositiveFloat FiniteFloat confloat"),
        Scalar("number"),
    ),
    **dict.fromkeys(words("bool StrictBool"), Scalar("boolean")),
    **dict.fromkeys(words("None NoneType"), NULL),
}
_LISTS = words(
    "list List set Set frozenset FrozenSet tuple Tuple Sequence MutableSequence Iterable Collection deque "
    "Deque AbstractSet MutableSet conlist conset"
)
_MAPS = words("dict Dict Mapping MutableMapping DefaultDict defaultdict OrderedDict Counter")
_ANY = words("Any object JsonValue Json")
_TRANSPARENT = words(
    "Annotated Final Required NotRequired ReadOnly Mapped SerializeAsAny SkipJsonSchema InitVar FailFast "
    "Awaitable Coroutine"
)
_VARIABLES = frozenset({"TypeVar", "ParamSpec", "TypeVarTuple"})


def read_annotation(scope: Scope, expression: form.Expression) -> Shape:
    """The shape of an annotation, or of a value that stands for a type (`response_model=list[User]`)."""
    match expression:
        case form.Literal(None):
            return NULL
        case form.Literal(str(text), span):
            return _forward(replace(scope, anchor=span), text)
        case form.Name(id) if id in scope.substitutions:
            return scope.substitutions[id]
        case form.Name() | form.Member():
            return _named(scope, expression, ())
        case form.Index(target, index):
            return _subscript(scope, target, index)
        case form.Binary("|"):
            return one_of(map(scope.shape, _options(expression)))
        case form.Call(callee, arguments):
            return _constrained(scope, callee, arguments)
        case form.Opaque(reason):
            return UnknownShape(f"a type that is written as {reason}")
        case _:
            return UnknownShape("an expression that is no type")


def declared_annotation(scope: Scope, found: Found) -> Shape | None:
    """The shape of a class or type alias at the top of a file; None for anything else that is bound there."""
    match found.statement:
        case form.Class() | form.TypeDefinition():
            return _declared(scope, found, ())
        case form.Bind(_, form.Index(target)) if last(scope.project.library(found.file, target)) == "Literal":
            return _declared(scope, found, ())
        case form.Bind(_, form.Call(form.Name() as callee)) if last(scope.project.library(found.file, callee)) in ENUMS:
            return _declared(scope, found, ())
        case _:
            return None


def _forward(scope: Scope, text: str) -> Shape:
    body = read_python(f"_: {text.strip()}\n".encode()).body
    match body:
        case (form.Bind(annotation=annotation),) if annotation is not None and not isinstance(annotation, form.Literal):
            return scope.shape(annotation)
        case _:
            return UnknownShape(f"the forward reference {text!r} cannot be read")


def _named(scope: Scope, expression: form.Expression, arguments: tuple[Shape, ...]) -> Shape:
    found = scope.project.member(scope.file, expression)
    if found is not None:
        return _declared(scope, found, arguments)
    name = scope.project.library(scope.file, expression)
    short = last(name)
    if short == "Self" and scope.owner:
        return Ref(scope.owner)
    if short in _SCALARS:
        return _SCALARS[short]
    if short in _LISTS:
        return ListOf(AnyShape())
    if short in _MAPS:
        return MapOf(AnyShape())
    if short in _ANY:
        return AnyShape()
    return UnknownShape(f"`{name or 'this type'}` is not defined in the project")


def _declared(scope: Scope, found: Found, arguments: tuple[Shape, ...]) -> Shape:
    project = scope.project
    suffix = f"[{', '.join(describe(argument) for argument in arguments)}]" if arguments else ""
    key = found.key + suffix
    if key in project.memo:
        return project.memo[key]
    match found.statement:
        case form.Class():
            shape = class_shape(scope, found, arguments)
        case form.TypeDefinition(_, parameters, value):
            project.memo[key] = UnknownShape(f"`{found.name}` refers to itself")
            shape = _alias(scope.at(found.file, dict(zip(parameters, arguments, strict=False))), found, value)
        case form.Bind(_, value) if value is not None:
            project.memo[key] = UnknownShape(f"`{found.name}` refers to itself")
            shape = _alias(scope.at(found.file, {}), found, value)
        case _:
            shape = UnknownShape(f"`{found.name}` has no value")
    project.memo[key] = shape
    return shape


def _alias(scope: Scope, found: Found, value: form.Expression) -> Shape:
    if isinstance(value, form.Call):
        name = last(scope.project.library(found.file, value.callee))
        if name == "NewType" and len(value.arguments) == 2:
            return scope.shape(value.arguments[1].value)
        if name in _VARIABLES:
            return UnknownShape(f"the type variable {found.name}")
        enum = functional_enum(scope, found, value)
        if enum is not None:
            scope.project.enums[enum.key] = enum
            return Ref(enum.key)
    return as_enum(scope.project, scope.shape(value), found.key, found.name, found.location, "literal")


def _subscript(scope: Scope, target: form.Expression, index: form.Expression) -> Shape:
    parts = index.items if isinstance(index, form.Array) and index.kind == "tuple" else (index,)
    found = scope.project.member(scope.file, target)
    if found is not None:
        return _declared(scope, found, tuple(scope.shape(part) for part in parts))
    name = last(scope.project.library(scope.file, target))
    if name == "Literal":
        return _literal(scope, parts)
    if name == "Optional":
        return one_of((scope.shape(parts[0]), NULL))
    if name == "Union":
        return one_of(scope.shape(part) for part in parts)
    if name in _TRANSPARENT:
        # `Coroutine[Any, Any, T]` gives its last part.
        return scope.shape(parts[-1] if name == "Coroutine" else parts[0])
    if name in _LISTS:
        items = [part for part in parts if not _is_ellipsis(part)]
        return ListOf(one_of(scope.shape(item) for item in items)) if items else ListOf(AnyShape())
    if name in _MAPS:
        return MapOf(scope.shape(parts[-1])) if len(parts) == 2 else MapOf(AnyShape())
    if name in _ANY:
        return AnyShape()
    return UnknownShape(f"`{name or 'this type'}` is not defined in the project")


def _literal(scope: Scope, parts: tuple[form.Expression, ...]) -> Shape:
    shapes: list[Shape] = []
    for part in parts:
        known = constant(scope, part)
        if known is not None and known.value is None:
            shapes.append(NULL)
        elif known is not None and known.value is not None:
            shapes.append(Values((Value(known.value, "", scope.place(_place(scope, part))),)))
        else:
            nested = scope.shape(part)
            if constants_of(scope.project, nested) is None:
                nested = UnknownShape("a Literal of something that is no constant")
            shapes.append(nested)
    return one_of(shapes)


def _place(scope: Scope, part: form.Expression) -> Span:
    match part:
        case form.Literal(_, span) | form.Name(_, span) | form.Member(_, _, span):
            return span
        case form.Index(object, _) | form.Unary(_, object):
            return _place(scope, object)
        case _:
            return NOWHERE


def _constrained(scope: Scope, callee: form.Expression, arguments: tuple[form.Argument, ...]) -> Shape:
    name = last(scope.project.library(scope.file, callee))
    if name in ("conlist", "conset") and arguments:
        return ListOf(scope.shape(arguments[0].value))
    if name in _SCALARS and name.startswith("con"):
        return _SCALARS[name]
    return UnknownShape(f"a type that `{name or 'a call'}` makes at run time")


def _options(union: form.Expression) -> list[form.Expression]:
    """The members of `A | B | …`, which may be hundreds deep on the left."""
    found: list[form.Expression] = []
    while isinstance(union, form.Binary) and union.operator == "|":
        found.append(union.right)
        union = union.left
    return [union, *reversed(found)]


def _is_ellipsis(part: form.Expression) -> bool:
    return isinstance(part, form.Opaque) and part.reason == "constant"
