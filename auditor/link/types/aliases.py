"""Under which name does a Pydantic field travel?

Source: https://docs.pydantic.dev/latest/concepts/alias/ (2.x) and `class Config` of 1.x.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from auditor.link.types.constants import constant, key_of
from auditor.link.types.scope import Scope, last
from auditor.model import form

# `populate_by_name` before Pydantic 2.11, `allow_population_by_field_name` in 1.x.
_BY_NAME = frozenset({"populate_by_name", "validate_by_name", "allow_population_by_field_name"})


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of a model class that matter on the wire.

    `generator` is "camel", "pascal", "snake", "" (none) or "?" (one that cannot be told); `taking` that of the names
    under which fields are taken. `by_name`: they are also taken under the names of the code.
    """

    generator: str = ""
    extra: str = ""
    taking: str = ""
    by_name: bool = False

    @property
    def open(self) -> bool:
        """Whether other keys may travel than those declared."""
        return self.extra in ("allow", "?") or self.generator == "?"


def config_of(scope: Scope, statement: form.Class, inherited: Config) -> Config:
    """The settings of one class over those it inherits."""
    config = inherited
    for name, value in _settings(scope, statement):
        if name == "alias_generator":
            sent, taken = _generators(scope, value)
            config = replace(config, generator=sent, taking=taken)
        elif name in _BY_NAME:
            known = constant(scope, value)
            config = replace(config, by_name=known is None or known.value is True)
        elif name == "extra":
            known = constant(scope, value)
            # Pydantic 1 writes `Extra.allow`.
            written = value.name if isinstance(value, form.Member) else "?"
            config = replace(config, extra=str(known.value) if known else written)
    return config


def wire_name(scope: Scope, name: str, settings: dict[str, form.Expression], config: Config) -> str | None:
    """The serialised name of a field, from the arguments of its `Field(…)`; None if it cannot be told."""
    for key in ("serialization_alias", "alias"):
        if key in settings:
            known = constant(scope, settings[key])
            if known is None:
                return None
            if isinstance(known.value, str):
                return known.value
    return generated(name, config.generator)


def taken_names(scope: Scope, name: str, settings: dict[str, form.Expression], config: Config) -> tuple[str, ...]:
    """The names under which a field is taken, the documented one first; none if they cannot be told."""
    for key in ("validation_alias", "alias"):
        if key in settings:
            names = _choices(scope, settings[key])
            return (*names, name) if names and config.by_name else names
    if config.taking == "?":
        return ()
    taken = generated(name, config.taking)
    return (taken, name) if config.by_name and taken != name else (taken,)


def generated(name: str, generator: str) -> str:
    """A field name after an alias generator, as Pydantic's own `to_camel`, `to_pascal` and `to_snake` do it."""
    match generator:
        case "camel":
            if re.match("^[a-z]+[A-Za-z0-9]*$", name) and not re.search(r"\d[a-z]", name):
                return name
            return re.sub("(^_*[A-Z])", lambda match: match[1].lower(), generated(name, "pascal"))
        case "pascal":
            return re.sub("([0-9A-Za-z])_(?=[0-9A-Z])", lambda match: match[1], name.title())
        case "snake":
            parted = re.sub("([A-Z]+)([A-Z][a-z])", r"\1_\2", name)
            return re.sub("([a-z0-9])([A-Z])", r"\1_\2", parted).replace("-", "_").lower()
        case _:
            return name


def _settings(scope: Scope, statement: form.Class) -> Iterator[tuple[str, form.Expression]]:
    for keyword in statement.keywords:
        if keyword.name is not None:
            yield keyword.name, keyword.value
    for part in statement.body:
        match part:
            case form.Field("model_config", _, value) if value is not None:
                yield from _pairs(scope, value)
            case form.Class("Config", _, body):
                for setting in body:
                    if isinstance(setting, form.Field) and setting.value is not None:
                        yield setting.name, setting.value
            case _:
                pass


def _pairs(scope: Scope, value: form.Expression) -> Iterator[tuple[str, form.Expression]]:
    match value:
        case form.Call(_, arguments):
            for argument in arguments:
                if argument.name is not None:
                    yield argument.name, argument.value
                elif argument.spread:
                    yield from _pairs(scope, argument.value)
        case form.Object(entries):
            for entry in entries:
                name = key_of(entry)
                if name is not None:
                    yield name, entry.value
        case form.Binary("|", left, right):
            yield from _pairs(scope, left)
            yield from _pairs(scope, right)
        case form.Name(id):
            found = scope.project.lookup(scope.file, id, values=True)
            if found is not None and isinstance(found.statement, form.Bind) and found.statement.value is not None:
                yield from _pairs(scope.at(found.file, {}), found.statement.value)
        case _:
            pass


def _choices(scope: Scope, value: form.Expression) -> tuple[str, ...]:
    """`"name"` or `AliasChoices("one", "other")`."""
    if isinstance(value, form.Call) and last(scope.project.library(scope.file, value.callee)) == "AliasChoices":
        known = [constant(scope, argument.value) for argument in value.arguments]
    else:
        known = [constant(scope, value)]
    texts = [one.value for one in known if one is not None and isinstance(one.value, str)]
    return tuple(texts) if len(texts) == len(known) else ()


def _generators(scope: Scope, value: form.Expression) -> tuple[str, str]:
    """The generators of the names that are sent, and of those that are taken."""
    if isinstance(value, form.Call) and last(scope.project.library(scope.file, value.callee)) == "AliasGenerator":
        given = {argument.name: argument.value for argument in value.arguments}
        usual = given.get("alias")
        ways = (given.get("serialization_alias", usual), given.get("validation_alias", usual))
        sent, taken = (_generator(scope, one) if one is not None else "" for one in ways)
        return sent, taken
    both = _generator(scope, value)
    return both, both


def _generator(scope: Scope, value: form.Expression) -> str:
    match value:
        case form.Literal(None):
            return ""
        case form.Name() | form.Member():
            name = last(scope.project.library(scope.file, value)).lower()
            return next((kind for kind in ("camel", "pascal", "snake") if kind in name), "?")
        case form.Function(body=(form.Return(form.Call(callee, (form.Argument(form.Name()),))),)):
            return _generator(scope, callee)
        case form.Call(form.Name("staticmethod"), (form.Argument(inner),)):
            return _generator(scope, inner)
        case _:
            return "?"
