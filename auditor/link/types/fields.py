"""What does one field of a Python class send?"""

from __future__ import annotations

from dataclasses import dataclass, replace

from auditor.link.types.aliases import Config, taken_names, wire_name
from auditor.link.types.constants import Constant, constant
from auditor.link.types.scope import Found, Scope, last
from auditor.link.types.unions import name_constants, without_null
from auditor.model import form
from auditor.model.shape import FieldType, UnknownShape

_ALIASED = frozenset({"pydantic", "sqlmodel", "settings"})
_SETTINGS = frozenset({"Field", "field"})
_HIDDEN = frozenset({"PrivateAttr", "Relationship"})


@dataclass(frozen=True, slots=True)
class Declared:
    """A field as a class body declares it. `total`: as in TypedDict, the key must be there."""

    scope: Scope
    owner: Found
    statement: form.Field | form.Def
    total: bool
    override: form.Field | None = None

    def with_default(self, override: form.Field) -> Declared:
        """The same field with the default of a subclass."""
        return replace(self, override=override)


@dataclass(frozen=True, slots=True)
class Sent:
    """A field on the wire. `certain` is false where its alias cannot be told: it may have another name."""

    field: FieldType
    certain: bool


@dataclass(frozen=True, slots=True)
class _Annotation:
    """An annotation without its wrappers, and the arguments of a `Field(…)` in its metadata."""

    type: form.Expression
    wrappers: frozenset[str]
    settings: dict[str, form.Expression]


def field_type(declared: Declared, config: Config, framework: str) -> Sent | None:
    """The field on the wire; None if it is private, excluded or belongs to the class."""
    if isinstance(declared.statement, form.Def):
        return _computed(declared, declared.statement, config)
    statement = declared.statement
    scope = declared.scope
    if framework in _ALIASED and (statement.name.startswith("_") or statement.name == "model_config"):
        return None
    if statement.annotation is None:
        return None
    annotation = _unwrapped(scope, statement.annotation)
    value = declared.override.value if declared.override is not None else statement.value
    if "ClassVar" in annotation.wrappers or _calls(scope, value) in _HIDDEN:
        return None
    settings = dict(annotation.settings)
    plain = value
    if isinstance(value, form.Call) and _calls(scope, value) in _SETTINGS:
        settings |= _settings(value)
        plain = settings.get("default")
    excluded = constant(scope, settings["exclude"]) if "exclude" in settings else None
    if framework in _ALIASED and excluded is not None and excluded.value is True:
        return None
    shape, nullable = without_null(scope.shape(annotation.type))
    place = scope.place(statement.span)
    key, title = f"{declared.owner.key}.{statement.name}", f"{declared.owner.name}.{statement.name}"
    wire = wire_name(scope, statement.name, settings, config) if framework in _ALIASED else statement.name
    taken = taken_names(scope, statement.name, settings, config) if framework in _ALIASED else (statement.name,)
    given = plain if not _is_ellipsis(plain) else None
    default = constant(scope, given) if given is not None else None
    sent = FieldType(
        name=statement.name,
        wire=wire or statement.name,
        shape=name_constants(scope.project, shape, key, title, place, "literal"),
        required=_is_required(declared, annotation, settings, given),
        nullable=nullable,
        location=place,
        default=default.value if isinstance(default, Constant) else None,
        taken=taken if taken != (wire,) else (),
    )
    return Sent(sent, wire is not None and bool(taken))


def _computed(declared: Declared, statement: form.Def, config: Config) -> Sent:
    scope, function = declared.scope, statement.function
    returns = function.returns
    shape, nullable = without_null(scope.shape(returns) if returns else UnknownShape("no return annotation"))
    place = scope.place(statement.span)
    key, title = f"{declared.owner.key}.{function.name}", f"{declared.owner.name}.{function.name}"
    sent = FieldType(
        name=function.name,
        wire=wire_name(scope, function.name, {}, config) or function.name,
        shape=name_constants(scope.project, shape, key, title, place, "literal"),
        required=False,
        nullable=nullable,
        location=place,
        computed=True,
    )
    return Sent(sent, True)


def _is_required(
    declared: Declared, annotation: _Annotation, settings: dict[str, form.Expression], given: form.Expression | None
) -> bool:
    if "NotRequired" in annotation.wrappers:
        return False
    if "Required" in annotation.wrappers:
        return True
    return declared.total and given is None and "default_factory" not in settings


def _unwrapped(scope: Scope, annotation: form.Expression) -> _Annotation:
    wrappers: set[str] = set()
    settings: dict[str, form.Expression] = {}
    while True:
        name = last(scope.project.library(scope.file, _target(annotation)))
        if name not in ("Annotated", "ClassVar", "Final", "Required", "NotRequired", "ReadOnly", "Mapped"):
            return _Annotation(annotation, frozenset(wrappers), settings)
        wrappers.add(name)
        if not isinstance(annotation, form.Index):
            return _Annotation(annotation, frozenset(wrappers), settings)
        index = annotation.index
        parts = index.items if isinstance(index, form.Array) else (index,)
        for part in parts[1:] if name == "Annotated" else ():
            if isinstance(part, form.Call) and _calls(scope, part) in _SETTINGS:
                settings |= _settings(part)
        annotation = parts[0]


def _settings(call: form.Call) -> dict[str, form.Expression]:
    found = {argument.name: argument.value for argument in call.arguments if argument.name is not None}
    if call.arguments and call.arguments[0].name is None and not call.arguments[0].spread:
        found["default"] = call.arguments[0].value
    return found


def _calls(scope: Scope, value: form.Expression | None) -> str:
    return last(scope.project.library(scope.file, value.callee)) if isinstance(value, form.Call) else ""


def _target(annotation: form.Expression) -> form.Expression:
    return annotation.object if isinstance(annotation, form.Index) else annotation


def _is_ellipsis(value: form.Expression | None) -> bool:
    # The readers lower `...` so, with the other constants the form has no value for.
    return isinstance(value, form.Opaque) and value.reason == "constant"
