"""What does a TypeScript type mean on the wire?

Source: https://www.typescriptlang.org/docs/handbook/2/types-from-types.html
"""

from __future__ import annotations

from itertools import product

from auditor.link.types.declarations import declared_shape, located
from auditor.link.types.objects import (
    defined,
    keys_of,
    literal_keys,
    mapped_shape,
    object_shape,
    property_of,
    span_of,
)
from auditor.link.types.scope import Found, Scope, words
from auditor.link.types.typeof import access_type, keys_in, value_type
from auditor.link.types.unions import NULL, STRING, constants_of, fields_of, merged, one_of, without_null
from auditor.link.types.utilities import UTILITIES, utility
from auditor.model import form
from auditor.model.shape import AnyShape, Inline, ListOf, MapOf, Ref, Scalar, Shape, UnknownShape, Value, Values
from auditor.model.span import NOWHERE

_SCALARS: dict[str, Shape] = {
    **dict.fromkeys(("string", "String"), STRING),
    **dict.fromkeys(("number", "Number"), Scalar("number")),
    "bigint": Scalar("integer"),
    **dict.fromkeys(("boolean", "Boolean"), Scalar("boolean")),
    **dict.fromkeys(("null", "undefined", "void"), NULL),
    "Date": Scalar("string", "date-time"),
    **dict.fromkeys(("Blob", "File"), Scalar("string", "binary")),
    **dict.fromkeys(("any", "unknown", "object", "Object", "FormData"), AnyShape()),
}
# The language's own, clients' responses, and the results of SWR (https://swr.vercel.app/docs/typescript), of TanStack
# Query (https://tanstack.com/query/latest/docs/framework/react/typescript) and of Nuxt (https://nuxt.com/docs/api).
_WRAPPERS = words(
    "Promise PromiseLike Awaited Observable AxiosResponse AxiosPromise HttpResponse Readonly ResponsePromise "
    "KyResponse SWRResponse UseQueryResult DefinedUseQueryResult UseSuspenseQueryResult QueryObserverResult "
    "CreateQueryResult UseQueryReturnType AsyncData"
)
_LISTS = frozenset({"Array", "ReadonlyArray", "Set", "ReadonlySet"})
_INFERRED = frozenset({"infer", "output", "input", "TypeOf"})
_COMBINATIONS = 200


def read_type(scope: Scope, expression: form.Expression) -> Shape:
    """The shape of a type expression. `Promise<T>` and Axios's responses are read as their T."""
    match expression:
        case form.Literal(None):
            return NULL
        case form.Literal(value, span) if value is not None:
            return Values((Value(value, "", scope.place(span)),))
        case form.Name(id) if id in scope.substitutions:
            return scope.substitutions[id]
        case form.Name() | form.Member():
            return _named(scope, expression)
        case form.Apply(target, arguments):
            return _applied(scope, target, arguments)
        case form.Binary("|"):
            return one_of(scope.shape(option) for option in defined(expression))
        case form.Binary("&"):
            return _intersection(scope, expression)
        case form.Index(object, index):
            return _access(scope, object, index)
        case form.Unary("keyof", form.Unary("typeof", value)):
            return keys_in(scope, value)
        case form.Unary("keyof", operand):
            return keys_of(scope, operand)
        case form.Unary("typeof", operand):
            return value_type(scope, operand)
        case form.Template(parts):
            return _template(scope, expression, parts)
        case form.Shape(members):
            return object_shape(scope, members)
        case form.Array(items):
            return ListOf(one_of(_element(scope, item) for item in items)) if items else ListOf(AnyShape())
        case form.Opaque("mapped-type", (keys, value)):
            return mapped_shape(scope, keys, value)
        case form.Opaque(reason):
            return UnknownShape(f"a {reason.replace('-', ' ')}")
        case _:
            return UnknownShape("an expression that is no type")


def _named(scope: Scope, expression: form.Name | form.Member) -> Shape:
    found = _found(scope, expression)
    if found is not None:
        return declared_shape(scope, found, ())
    if isinstance(expression, form.Member):
        return _enum_member(scope, expression)
    if expression.id in _SCALARS and not scope.project.imported(scope.file, expression.id):
        return _SCALARS[expression.id]
    return UnknownShape(f"`{expression.id}` is not defined in the project")


def _found(scope: Scope, expression: form.Expression) -> Found | None:
    """What a name means: first in the namespaces around the type that it stands in, the innermost first."""
    around = scope.owner.partition(":")[2].partition("<")[0] if isinstance(expression, form.Name) else ""
    while "." in around and isinstance(expression, form.Name):
        around = around.rpartition(".")[0]
        found = scope.project.lookup(scope.file, f"{around}.{expression.id}")
        if found is not None:
            return found
    return scope.project.member(scope.file, expression)


def _enum_member(scope: Scope, expression: form.Member) -> Shape:
    owner = scope.project.member(scope.file, expression.object)
    if owner is not None and isinstance(owner.statement, form.Enum):
        declared = declared_shape(scope, owner, ())
        enum = scope.project.enums.get(declared.key) if isinstance(declared, Ref) else None
        values = tuple(value for value in enum.values if value.name == expression.name) if enum else ()
        if values:
            return Values(values)
    name = scope.project.library(scope.file, expression)
    return UnknownShape(f"`{name or expression.name}` is not defined in the project")


def _applied(scope: Scope, target: form.Expression, arguments: tuple[form.Expression, ...]) -> Shape:
    found = _found(scope, target)
    if found is not None:
        return declared_shape(scope, found, tuple(scope.shape(argument) for argument in arguments))
    if isinstance(target, form.Member) and target.name in _INFERRED and arguments:
        # `z.infer<typeof schema>`
        return scope.shape(arguments[0])
    name = target.id if isinstance(target, form.Name) else scope.project.library(scope.file, target)
    if name in _LISTS and arguments:
        return ListOf(scope.shape(arguments[0]))
    if name in _WRAPPERS and arguments:
        return scope.shape(arguments[0])
    if name in UTILITIES and arguments:
        return utility(scope, name, arguments)
    if name in ("Map", "ReadonlyMap") and len(arguments) == 2:
        return MapOf(scope.shape(arguments[1]))
    return UnknownShape(f"`{name or 'this type'}` is not defined in the project")


def _intersection(scope: Scope, expression: form.Expression) -> Shape:
    shapes = [scope.shape(part) for part in _parts(expression)]
    # `Kind & string` is no more than `Kind`; `string & {}` and branded types are their scalar.
    narrow = [shape for shape in shapes if constants_of(scope.project, shape) is not None]
    for shape in (*narrow, *shapes):
        if isinstance(shape, (Scalar, Values)) or shape in narrow:
            return shape
    known = [fields_of(scope.project, shape) for shape in shapes]
    if all(part is None for part in known):
        return UnknownShape("an intersection of types that have no fields")
    both = merged(known)
    return Inline(both.fields, both.open)


def _access(scope: Scope, object: form.Expression, index: form.Expression) -> Shape:
    match object, index:
        case form.Unary("typeof", value), _:
            return access_type(scope, value, index)
        case _, form.Name("number"):
            shape, _ = without_null(scope.shape(object))
            return shape.item if isinstance(shape, ListOf) else UnknownShape("an element of something that is no list")
        case _, form.Literal(str(name)):
            return located(scope, object, name) or property_of(scope, scope.shape(object), name)
        case _:
            names = literal_keys(scope, scope.shape(index))
            if not names:
                return UnknownShape("an indexed access with an unknown key")
            owner = scope.shape(object)
            return one_of(property_of(scope, owner, name) for name in names)


def _template(scope: Scope, whole: form.Expression, parts: tuple[str | form.Expression, ...]) -> Shape:
    choices: list[tuple[str, ...]] = []
    count = 1
    for part in parts:
        names = (part,) if isinstance(part, str) else literal_keys(scope, scope.shape(part))
        if not names:
            return STRING
        choices.append(names)
        count *= len(names)
    if count > _COMBINATIONS:
        return STRING
    place = scope.place(span_of(whole))
    return one_of(Values((Value("".join(texts), "", place),)) for texts in product(*choices))


def _element(scope: Scope, item: form.Expression) -> Shape:
    if isinstance(item, form.Spread):
        return scope.shape(form.Index(item.value, form.Name("number", NOWHERE)))
    return one_of(scope.shape(option) for option in defined(item))


def _parts(expression: form.Expression) -> list[form.Expression]:
    match expression:
        case form.Binary("&", left, right):
            return [*_parts(left), *_parts(right)]
        case _:
            return [expression]
