"""Sanic's blueprints: prefixes, versions, groups and what registering them does.

Sanic 21.12 to 25.12 (https://sanic.dev/en/guide/best-practices/blueprints.html and
https://sanic.dev/en/guide/advanced/versioning.html).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from auditor.adapter import Machine, Mounted, RouteAdded
from auditor.adapter.endpoints import why_not
from auditor.adapter.pathtext import EMPTY, begun, converter_of, joined, parameter, paths, trimmed
from auditor.model.value import NONE, Arguments, Constant, Instance, List, Text, Unknown, Value

APPLICATION, BLUEPRINT, GROUP = "sanic.Sanic", "sanic.Blueprint", "sanic.BlueprintGroup"
_USUAL = Text(("/v",))
_PARAMETER = re.compile(r"<([a-zA-Z_]\w*)(?:=[a-z]+)?(?::((?:[^<>]|<[^<>]*>)*))?>")
_CONVERTERS = {"": "", "str": "", "string": "", "strorempty": "", "number": "float", "int": "int", "float": "float",
               "path": "path", "uuid": "uuid", "slug": "slug", "alpha": "alpha", "ymd": "ymd"}  # fmt: skip


@dataclass(slots=True)
class State:
    """What an application, blueprint or group says about all its routes, and what was added to it so far.

    `items` are the members of a group; `applications` are those a blueprint is registered on.
    """

    prefix: tuple[Text, ...] = (EMPTY,)
    version: Value | None = None
    version_prefix: Value = _USUAL
    strict: bool | None = None
    added: list[RouteAdded | Mounted] = field(default_factory=list)
    items: list[Value] = field(default_factory=list)
    is_group: bool = False
    applications: list[tuple[Arguments, Instance]] = field(default_factory=list)

    def hold(self, machine: Machine, item: Value) -> None:
        """Adds a member to a group; of a list, its items."""
        if not isinstance(item, List):
            self.items.append(item)
            return
        for inner in item.items:
            self.hold(machine, machine.force(inner))
        if item.open:
            self.items.append(Unknown("further blueprints of a list"))


def described(machine: Machine, arguments: Arguments, base: State, position: int) -> State:
    """The options of a blueprint, copy or group, over those it starts from."""
    prefix = machine.argument(arguments, position, "url_prefix")
    given = tuple(map(begun, paths(machine, prefix, rewritten))) if prefix is not None else base.prefix
    strict = strict_of(machine, arguments)
    return State(
        prefix=(EMPTY,) if prefix == NONE else given,
        version=machine.argument(arguments, -1, "version") or base.version,
        version_prefix=machine.argument(arguments, -1, "version_prefix") or base.version_prefix,
        strict=base.strict if strict is None else strict,
    )


def strict_of(machine: Machine, arguments: Arguments) -> bool | None:
    """`strict_slashes=…`, None where it is not given."""
    given = machine.argument(arguments, -1, "strict_slashes")
    return given.value if isinstance(given, Constant) and isinstance(given.value, bool) else None


def state_of(value: Value | None) -> State | None:
    """The state of an application, blueprint or group; None for anything else."""
    if isinstance(value, Instance) and value.state is None and value.kind == APPLICATION:
        value.state = State()
    return value.state if isinstance(value, Instance) and isinstance(value.state, State) else None


def register(machine: Machine, arguments: Arguments, app: Instance, value: Value, given: State) -> None:
    """`given` are the options so far; no prefix in them means the blueprint's own."""
    if isinstance(value, List):
        for item in value.items:
            register(machine, arguments, app, machine.force(item), given)
        if value.open:
            register(machine, arguments, app, Unknown("further blueprints of a list"), given)
        return
    state = state_of(value)
    if state is None or not isinstance(value, Instance):
        reason = why_not(value, "a blueprint")
        at = given.prefix or (EMPTY,)
        machine.emit(Mounted(app, None, at, arguments.location, machine.conditions(), reason))
    elif value.kind == GROUP:
        for item in state.items:
            register(machine, arguments, app, item, _below(given, state, state_of(item)))
    else:
        state.applications.append((arguments, app))
        version = given.version if given.version not in (None, NONE) else state.version
        before = given.version_prefix if given.version_prefix != _USUAL else state.version_prefix
        ahead = front(machine, version, before)
        prefix = given.prefix or state.prefix
        machine.emit(Mounted(app, value, prefix, arguments.location, machine.conditions(), front=ahead))


def _below(given: State, group: State, item: State | None) -> State:
    """The options that reach an item of a group, as Sanic merges them."""
    prefix = joined(tuple(map(trimmed, given.prefix or (EMPTY,))), tuple(map(trimmed, group.prefix)))
    version = given.version
    if item is not None and item.version in (None, NONE):
        version = group.version if group.version not in (None, NONE) else given.version
    if item is not None and not item.is_group:
        prefix = joined(prefix, tuple(map(trimmed, item.prefix)))
    before = group.version_prefix if group.version_prefix != _USUAL else given.version_prefix
    return State(prefix, version, before)


def front(machine: Machine, version: Value | None, before: Value) -> tuple[Text, ...]:
    """`/v1`; nothing without a version."""
    if version is None or version == NONE:
        return ()
    plain = (
        replace(text, parts=(text.parts[0].strip("/").lstrip("v"), *text.parts[1:]))
        if text.parts and isinstance(text.parts[0], str)
        else text
        for text in machine.texts(version)
    )
    return joined(paths(machine, before, rewritten), tuple(plain))


def rewritten(path: str) -> str:
    """`/users/<id:int>` as `/users/{id:int}`."""
    return _PARAMETER.sub(lambda found: parameter(found[1], _converter(found[2] or "")), path)


def _converter(written: str) -> str:
    if written.startswith("ext"):
        return "ext"
    return _CONVERTERS[written] if written in _CONVERTERS else converter_of(written)
