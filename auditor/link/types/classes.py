"""Which fields does a Python class send: Pydantic, SQLModel, dataclasses, TypedDict, NamedTuple, msgspec?

Sources: https://docs.pydantic.dev/latest/concepts/models/, https://typing.python.org/en/latest/spec/typeddict.html
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from auditor.link.types.aliases import Config, config_of
from auditor.link.types.enums import is_enum, library_bases, python_enum
from auditor.link.types.fields import Declared, field_type
from auditor.link.types.scope import Found, Scope, last, words, written_class
from auditor.link.types.serializers import INPUT, SERIALIZERS, serializer_model
from auditor.link.types.unions import describe
from auditor.model import form
from auditor.model.shape import FieldType, Model, Ref, Shape, UnknownShape

_FRAMEWORKS = {
    "RootModel": "root",
    "BaseSettings": "settings",
    "SQLModel": "sqlmodel",
    "BaseModel": "pydantic",
    "GenericModel": "pydantic",
    "TypedDict": "typeddict",
    "NamedTuple": "namedtuple",
    "Struct": "msgspec",
}
_HARMLESS = words("object ABC Generic Protocol str int float Hashable Mapping Exception")
_NINJA = frozenset({"Schema"})
_DEFAULTS = Config()
_GENERIC = frozenset({"Generic", "Protocol"})


def class_shape(scope: Scope, found: Found, arguments: tuple[Shape, ...]) -> Shape:
    """The shape of a class: a reference to an enum or a model, or unknown if its objects do not travel."""
    bases = library_bases(scope, found)
    if is_enum(bases):
        enum = python_enum(scope, found, bases)
        scope.project.enums[enum.key] = enum
        return Ref(enum.key)
    if bases & SERIALIZERS and _comes_from(scope, found, "rest_framework", SERIALIZERS):
        inner = scope.fresh(found, {})
        scope.project.promise(found.key + INPUT, lambda: serializer_model(inner, found, INPUT))
        return scope.project.promise(found.key, lambda: serializer_model(inner, found, ""))
    framework = framework_of(scope, found, bases)
    if not framework:
        return UnknownShape(f"`{found.name}` is no data model")
    substitutions = dict(zip(_parameters(scope, found), arguments, strict=False))
    inner = scope.fresh(found, substitutions)
    if framework == "root":
        return _root(inner, found)
    suffix = f"[{', '.join(describe(argument) for argument in arguments)}]" if arguments else ""
    title = f"[{', '.join(describe(argument, short=True) for argument in arguments)}]" if arguments else ""

    def build() -> Model:
        return _model(inner, found, suffix, title, framework)

    return scope.project.promise(found.key + suffix, build)


def framework_of(scope: Scope, found: Found, bases: frozenset[str]) -> str:
    """What makes the class a data model ("pydantic", "dataclass"…), "" if nothing does."""
    for name, framework in _FRAMEWORKS.items():
        if name in bases:
            return framework
    if not isinstance(found.statement, form.Class):
        return ""
    if bases & _NINJA and _comes_from(scope, found, "ninja", _NINJA):
        return "pydantic"  # https://django-ninja.dev/guides/response/
    if _is_dataclass(scope, found):
        return "dataclass"
    fields = [s for s in found.statement.body if isinstance(s, form.Field) and s.annotation is not None]
    unresolved = bases - _HARMLESS - {""}
    # A base from a library that is not here, beside Pydantic's imports: most likely a model of that library.
    return "pydantic" if unresolved and fields and scope.project.imports(found.file, "pydantic") else ""


def _comes_from(scope: Scope, found: Found, package: str, names: frozenset[str], depth: int = 0) -> bool:
    """Whether a base of the class, at any depth, is one of the classes of a package."""
    for base in found.statement.bases if isinstance(found.statement, form.Class) and depth < 20 else ():
        inner = scope.project.member(found.file, written_class(base))
        name = scope.project.library(found.file, written_class(base))
        if (
            (name.startswith(package) and last(name) in names)
            if inner is None
            else _comes_from(scope, inner, package, names, depth + 1)
        ):
            return True
    return False


@dataclass(frozen=True, slots=True)
class _Collected:
    """Fields by name, base first, and the settings they end up with."""

    fields: Mapping[str, Declared] = field(default_factory=dict)
    config: Config = _DEFAULTS
    open: bool = False


def _model(scope: Scope, found: Found, suffix: str, title: str, framework: str) -> Model:
    collected = _collect(scope, found, framework, frozenset())
    fields: list[FieldType] = []
    open = collected.open or collected.config.open
    for declared in collected.fields.values():
        made = field_type(declared, collected.config, framework)
        if made is None:
            continue
        fields.append(made.field)
        open = open or not made.certain
    statement = found.statement
    bases = statement.bases if isinstance(statement, form.Class) else ()
    return Model(
        key=found.key + suffix,
        name=found.name + title,
        side=scope.project.side(found.file),
        location=found.location,
        fields=tuple(fields),
        open=open,
        framework=framework,
        bases=tuple(name for base in bases if (name := scope.project.library(found.file, written_class(base)))),
        casing=collected.config.generator.strip("?"),
    )


def _collect(scope: Scope, found: Found, framework: str, seen: frozenset[str]) -> _Collected:
    statement = found.statement
    if not isinstance(statement, form.Class) or found.key in seen:
        return _Collected(open=True)
    fields: dict[str, Declared] = {}
    config = _DEFAULTS
    open = False
    # The first base wins, so it comes last.
    for base in reversed(statement.bases):
        target = written_class(base)
        inner = scope.project.member(found.file, target)
        if inner is None:
            name = last(scope.project.library(found.file, target))
            open = open or (name not in _HARMLESS and name not in _FRAMEWORKS)
            continue
        arguments = tuple(scope.shape(part) for part in _parts(base))
        substitutions = dict(zip(_parameters(scope, inner), arguments, strict=False))
        inherited = _collect(scope.at(inner.file, substitutions, inner.key), inner, framework, seen | {found.key})
        fields.update(inherited.fields)
        config = inherited.config if inherited.config != _DEFAULTS else config
        open = open or inherited.open
    config = config_of(scope, statement, config)
    total = not any(k.name == "total" and _is_false(k.value) for k in statement.keywords)
    for part in statement.body:
        match part:
            case form.Field(name, annotation) if annotation is not None:
                fields[name] = Declared(scope, found, part, total)
            case form.Field(name, None, value) if name in fields and value is not None:
                fields[name] = fields[name].with_default(part)
            case form.Def(function, decorators) if any(_is_called(scope, d, "computed_field") for d in decorators):
                fields[function.name] = Declared(scope, found, part, total)
            case form.Def(function, decorators) if any(_is_called(scope, d, "model_serializer") for d in decorators):
                open = True
            case _:
                pass
    return _Collected(fields, config, open)


def _root(scope: Scope, found: Found) -> Shape:
    statement = found.statement
    if not isinstance(statement, form.Class):
        return UnknownShape(f"`{found.name}` is no class")
    for part in statement.body:
        if isinstance(part, form.Field) and part.name == "root" and part.annotation is not None:
            return scope.shape(part.annotation)
    for base in statement.bases:
        for argument in _parts(base):
            return scope.shape(argument)
    return UnknownShape(f"the root of `{found.name}` is inherited")


def _parameters(scope: Scope, found: Found) -> tuple[str, ...]:
    """The names of the type parameters of a class, in order."""
    statement = found.statement
    if not isinstance(statement, form.Class):
        return ()
    if statement.type_parameters:
        return statement.type_parameters
    named = [b for b in statement.bases if last(scope.project.library(found.file, written_class(b))) in _GENERIC]
    names: list[str] = []
    for base in named or statement.bases:
        for part in _parts(base):
            if isinstance(part, form.Name) and part.id not in names and _is_variable(scope, found.file, part.id):
                names.append(part.id)
    return tuple(names)


def _is_variable(scope: Scope, file: str, name: str) -> bool:
    found = scope.project.lookup(file, name)
    value = found.statement.value if found is not None and isinstance(found.statement, form.Bind) else None
    return isinstance(value, form.Call) and last(scope.project.library(file, value.callee)) == "TypeVar"


def _is_dataclass(scope: Scope, found: Found) -> bool:
    statement = found.statement
    decorators = statement.decorators if isinstance(statement, form.Class) else ()
    return any(_is_called(Scope(scope.project, found.file, scope.reader), d, "dataclass") for d in decorators)


def _is_called(scope: Scope, decorator: form.Expression, name: str) -> bool:
    callee = decorator.callee if isinstance(decorator, form.Call) else decorator
    return last(scope.project.library(scope.file, callee)) == name


def _parts(base: form.Expression) -> tuple[form.Expression, ...]:
    if not isinstance(base, form.Index):
        return ()
    return base.index.items if isinstance(base.index, form.Array) else (base.index,)


def _is_false(value: form.Expression) -> bool:
    return isinstance(value, form.Literal) and value.value is False
