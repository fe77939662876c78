"""What FastAPI and Starlette routers share: their state, routes, mounts and route objects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from auditor.adapter import Machine, Mounted, RouteAdded
from auditor.model.text import join
from auditor.model.value import (
    Arguments,
    Choice,
    Class,
    Closure,
    Constant,
    Instance,
    List,
    Symbol,
    Text,
    Unknown,
    Value,
)

APP, ROUTER = "fastapi.FastAPI", "fastapi.APIRouter"
VERBS = ("get", "post", "put", "patch", "delete", "head", "options", "trace")
_EMPTY = Text(())


@dataclass(slots=True)
class RouterState:
    """What a router or application keeps. Its prefix is the field `prefix`, which the project may set.

    `written` is the registration as the project wrote it, while a method of its own router class
    passes it on.
    """

    tags: tuple[str, ...] = ()
    in_schema: bool = True
    deprecated: bool = False
    root: bool = False
    written: Arguments | None = None


def state_of(value: Value | None) -> RouterState | None:
    """The state of a router or application; None for anything else."""
    if not isinstance(value, Instance):
        return None
    if value.state is None:
        value.state = RouterState()
    return value.state if isinstance(value.state, RouterState) else None


def tags_of(machine: Machine, value: Value | None) -> tuple[str, ...]:
    """The tags of a list, as far as they are known."""
    if not isinstance(value, List):
        return ()
    texts = [text.literal for item in value.items for text in machine.texts(machine.force(item))]
    return tuple(text for text in texts if text)


def add_route(
    machine: Machine,
    this: Value | None,
    arguments: Arguments,
    handler: Value | None,
    methods: tuple[str, ...],
    kind: str,
    bare: bool = False,
) -> None:
    """Registers a route; `bare` ones ignore the router's own prefix."""
    state = state_of(this)
    if state is None or not isinstance(this, Instance):
        return
    path = machine.argument(arguments, 0, "path")
    given = machine.argument(arguments, -1, "methods")
    if isinstance(given, List):
        named = [text.literal for item in given.items for text in machine.texts(machine.force(item))]
        methods = tuple(name.upper() for name in named if name) or methods
    elif isinstance(handler, Class) and kind == "http":
        methods = _defined(machine, handler) or methods
    source = state.written or arguments
    written = source.node.arguments if source.node else ()
    machine.emit(
        RouteAdded(
            router=this,
            kind=kind,
            methods=methods,
            path=_joined(
                (_EMPTY,) if bare else _prefixes(machine, this, state),
                machine.texts(path) if path is not None else (_EMPTY,),
            ),
            handler=handler,
            location=source.location,
            framework="fastapi",
            condition=machine.conditions(),
            options={argument.name: argument.value for argument in written if argument.name},
            scope=source.scope,
            tags=state.tags,
            own_tags=tags_of(machine, machine.argument(arguments, -1, "tags")),
            in_schema=state.in_schema and machine.argument(arguments, -1, "include_in_schema") != Constant(False),
            deprecated=state.deprecated or machine.argument(arguments, -1, "deprecated") == Constant(True),
        )
    )


def add_mount(
    machine: Machine, arguments: Arguments, this: Value | None, child: Value | None, option: str, position: int
) -> None:
    """Puts a router or application under the prefix that `option` gives."""
    parent = state_of(this)
    if parent is None or not isinstance(this, Instance):
        return
    prefix = machine.argument(arguments, position, option)
    prefixes = machine.texts(prefix) if prefix is not None else (_EMPTY,)
    prefixes = _joined(_prefixes(machine, this, parent), prefixes)
    tags = tags_of(machine, machine.argument(arguments, -1, "tags"))
    for option_value in child.options if isinstance(child, Choice) else (child,):
        known = _unwrapped(machine, option_value) if isinstance(option_value, Instance) else None
        static = isinstance(option_value, Unknown) and "StaticFiles" in option_value.label
        machine.emit(
            Mounted(
                parent=this,
                child=known,
                prefix=prefixes,
                location=arguments.location,
                condition=machine.conditions(),
                reason="" if known is not None else _reason(option_value),
                static=static or (known is not None and (known.kind == "static" or "StaticFiles" in known.kind)),
                tags=(*parent.tags, *tags),
                in_schema=parent.in_schema and machine.argument(arguments, -1, "include_in_schema") != Constant(False),
                deprecated=parent.deprecated or machine.argument(arguments, -1, "deprecated") == Constant(True),
            )
        )


def add_route_objects(machine: Machine, owner: Instance, routes: List) -> None:
    """Registers `routes=[Route(…), WebSocketRoute(…), Mount(…)]`."""
    for item in routes.items:
        value = machine.force(item)
        if isinstance(value, Instance) and value.kind.startswith("starlette.routing.") and value.state is not None:
            inner: Arguments = value.state
            if value.kind.endswith("Mount"):
                child = machine.argument(inner, 1, "app")
                nested = machine.argument(inner, -1, "routes")
                if isinstance(nested, List):
                    child = Instance(None, APP, state=RouterState(root=True), location=inner.location)
                    add_route_objects(machine, child, nested)
                add_mount(machine, inner, owner, child, "path", 0)
            else:
                kind = "websocket" if "WebSocket" in value.kind else "http"
                add_route(machine, owner, inner, machine.argument(inner, 1, "endpoint"), ("GET",), kind)


def _prefixes(machine: Machine, router: Instance, state: RouterState) -> tuple[Text, ...]:
    """The prefix of a router at this moment, one text per alternative; an application has none."""
    prefix = router.fields.get("prefix")
    return (_EMPTY,) if state.root or prefix is None else machine.texts(prefix)


def _joined(first: Sequence[Text], second: Sequence[Text]) -> tuple[Text, ...]:
    return tuple(join((a, b)) for a in first for b in second)[: Choice.LIMIT]


def _defined(machine: Machine, handler: Class) -> tuple[str, ...]:
    """The methods an `HTTPEndpoint` class answers."""
    return tuple(verb.upper() for verb in VERBS if isinstance(machine.member(handler, verb), Closure))


def _unwrapped(machine: Machine, value: Instance) -> Instance:
    """The application inside objects that wrap one in their field `app`, as ASGI middleware does."""
    current = value
    for _ in range(8):
        inner = None if isinstance(current.state, RouterState) else current.fields.get("app")
        below = machine.force(inner) if inner is not None else None
        if not isinstance(below, Instance):
            break
        current = below
    return current


def _reason(value: Value | None) -> str:
    match value:
        case Unknown(reason):
            return reason
        case Symbol(name):
            return f"{name} comes from a library"
        case _:
            return "it is not a router"
