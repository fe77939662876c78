"""What does a named TypeScript type stand for?"""

from __future__ import annotations

from auditor.link.types.enums import typescript_enum
from auditor.link.types.objects import class_fields, interface_fields, model_of, travels
from auditor.link.types.scope import Found, Scope
from auditor.link.types.unions import Fields, as_enum, describe
from auditor.link.types.utilities import DERIVED
from auditor.model import form
from auditor.model.shape import Inline, Model, Ref, Shape, UnknownShape


def declared_shape(scope: Scope, found: Found, arguments: tuple[Shape, ...]) -> Shape:
    """The shape of an interface, alias, class or enum, its type parameters replaced."""
    project = scope.project
    suffix = f"<{', '.join(describe(argument) for argument in arguments)}>" if arguments else ""
    key = found.key + suffix
    if key in project.memo:
        return project.memo[key]
    # An alias that refers to itself meets this.
    project.memo[key] = UnknownShape(f"`{found.name}` refers to itself")
    title = f"<{', '.join(describe(argument, short=True) for argument in arguments)}>" if arguments else ""
    project.memo[key] = _declared(scope, found, arguments, key, found.name.rpartition(".")[2] + title)
    return project.memo[key]


def object_model(scope: Scope, key: str, name: str, value: form.Shape) -> Shape:
    """A reference to the model that an object type in another type becomes (`components["schemas"]["User"]`)."""
    place = scope.place(value.span)

    def build() -> Model:
        return model_of(scope, key, name, place, interface_fields(scope, (), value), "alias")

    return scope.project.promise(key, build)


def located(scope: Scope, object: form.Expression, name: str) -> Shape | None:
    """`components["schemas"]["User"]`, read without reading the other members: generated types nest hundreds so.

    None for an access that is less deep, or not into object types as written.
    """
    place = _member_of(scope, object, name) if isinstance(object, form.Index) else None
    if place is None:
        return None
    inner, member, key = place
    if isinstance(member.type, form.Shape) and any(travels(part) for part in member.type.members):
        return object_model(inner, key, member.name, member.type)
    if key not in scope.project.memo:
        scope.project.memo[key] = UnknownShape(f"`{member.name}` refers to itself")
        shape = inner.shape(member.type)
        scope.project.memo[key] = as_enum(scope.project, shape, key, member.name, inner.place(member.span), "union")
    return scope.project.memo[key]


def _member_of(scope: Scope, object: form.Expression, name: str) -> tuple[Scope, form.ShapeMember, str] | None:
    match object:
        case form.Name() | form.Member():
            found = scope.project.member(scope.file, object)
            definition = found.statement if found else None
            if found is None or not isinstance(definition, form.TypeDefinition) or definition.parameters:
                return None
            inner, value, key = scope.at(found.file, {}), definition.value, found.key
        case form.Index(outer, form.Literal(str(middle))):
            place = _member_of(scope, outer, middle)
            if place is None:
                return None
            inner, value, key = place[0], place[1].type, place[2]
        case _:
            return None
    if not isinstance(value, form.Shape):
        return None
    for member in value.members:
        if member.name == name and not member.optional:
            return inner, member, f"{key}.{name}"
    return None


def _declared(scope: Scope, found: Found, arguments: tuple[Shape, ...], key: str, name: str) -> Shape:
    statement = found.statement
    match statement:
        case form.Enum():
            scope.project.enums[key] = typescript_enum(scope, found, statement)
            return Ref(key)
        case form.Class(bases=bases, type_parameters=parameters):
            inner = scope.fresh(found, _substitutions(parameters, arguments))
            return scope.project.promise(
                key, lambda: model_of(inner, key, name, found.location, class_fields(inner, statement), "class", bases)
            )
        case form.TypeDefinition(_, parameters, value, _, extends, interface):
            substitutions = _substitutions(parameters, arguments)
            if not interface and not _is_object(value):
                return _alias(scope.at(found.file, substitutions, key), found, value, key, name)
            inner = scope.fresh(found, substitutions)
            framework = "interface" if interface else "alias"
            return scope.project.promise(
                key,
                lambda: model_of(
                    inner, key, name, found.location, interface_fields(inner, extends, value), framework, extends
                ),
            )
        case _:
            return UnknownShape(f"`{found.name}` is no type")


def _alias(scope: Scope, found: Found, value: form.Expression, key: str, name: str) -> Shape:
    shape = scope.shape(value)
    made = scope.project.model(shape.key) if isinstance(shape, Ref) else None
    if made is not None and made.framework == DERIVED:
        shape = Inline(made.fields, made.open)
    if isinstance(shape, Inline):
        model = model_of(scope, key, name, found.location, Fields(shape.fields, shape.open), "alias")
        scope.project.models[key] = model
        return Ref(key)
    return as_enum(scope.project, shape, key, name, found.location, "const" if _is_typeof(value) else "union")


def _substitutions(parameters: tuple[str, ...], arguments: tuple[Shape, ...]) -> dict[str, Shape]:
    given: dict[str, Shape] = {name: UnknownShape(f"the type parameter {name}") for name in parameters}
    return given | dict(zip(parameters, arguments, strict=False))


def _is_object(value: form.Expression) -> bool:
    return isinstance(value, form.Shape) and (not value.members or any(travels(member) for member in value.members))


def _is_typeof(value: form.Expression) -> bool:
    match value:
        case form.Unary("typeof", _):
            return True
        case form.Index(object, _):
            return _is_typeof(object)
        case _:
            return False
