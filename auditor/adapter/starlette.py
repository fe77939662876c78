"""What FastAPI and Starlette routers share: their state, routes, mounts and route objects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from auditor.adapter import Dependencies, Machine, Mounted, RouteAdded
from auditor.adapter.endpoints import ANY, Answer, class_answers, is_function, methods_named, why_not
from auditor.adapter.writing import writing_of
from auditor.model.text import join
from auditor.model.value import (
    NONE,
    Arguments,
    Choice,
    Class,
    Constant,
    Instance,
    List,
    Model,
    Text,
    Unknown,
    Value,
)

APP, ROUTER = "fastapi.FastAPI", "fastapi.APIRouter"
_ENDPOINTS = ("starlette.endpoints.HTTPEndpoint", "starlette.endpoints.WebSocketEndpoint")
OBJECT = "starlette.routing."
"""How the kinds of route objects begin; their state is the call that made them."""
ROUTES = "starlette.routes"
"""The kind of `app.routes`; its state is the application or router."""
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
    framework: str = "fastapi"
    written: Arguments | None = None
    dependencies: Dependencies = ()


def state_of(value: Value | None) -> RouterState | None:
    """The state of a router or application; None for anything else."""
    if not isinstance(value, Instance):
        return None
    if value.state is None:
        value.state = RouterState()
    return value.state if isinstance(value.state, RouterState) else None


def dependencies_of(arguments: Arguments) -> Dependencies:
    """The arguments `dependencies=[…]` and `responses={…}` as they are written, with their file."""
    written = arguments.node.arguments if arguments.node is not None and arguments.scope is not None else ()
    return tuple(
        (arguments.scope.file, argument.value)
        for argument in written
        if argument.name in ("dependencies", "responses") and arguments.scope is not None
    )


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
    given = methods_named(machine, machine.argument(arguments, -1, "methods"))
    source = state.written or arguments
    written = source.node.arguments if source.node else ()
    prefixes = (_EMPTY,) if bare else prefixes_of(machine, this)
    for answer in _answers(handler, given, methods, kind, bare):
        machine.emit(
            RouteAdded(
                router=this,
                kind=kind,
                methods=answer.methods,
                path=_joined(prefixes, machine.texts(path) if path is not None else (_EMPTY,)),
                handler=answer.handler,
                location=source.location,
                framework=state.framework,
                condition=machine.conditions(),
                options={argument.name: argument.value for argument in written if argument.name},
                scope=source.scope,
                tags=state.tags,
                own_tags=tags_of(machine, machine.argument(arguments, -1, "tags")),
                in_schema=state.in_schema and machine.argument(arguments, -1, "include_in_schema") != Constant(False),
                deprecated=state.deprecated or machine.argument(arguments, -1, "deprecated") == Constant(True),
                writing=writing_of(machine, source, "response_model_", aliases=True),
                dependencies=(*state.dependencies, *dependencies_of(source)),
            )
        )


def _answers(
    handler: Value | None, given: tuple[str, ...], usual: tuple[str, ...], kind: str, bare: bool
) -> list[Answer]:
    """Starlette asks a class for a function of the method's name, and another application for everything."""
    if kind == "websocket":
        return [Answer(("GET",), handler)]
    if isinstance(handler, Class):
        answers = class_answers(handler, _ENDPOINTS)
        return [one for one in answers if not given or one.methods[0] in given] or [Answer(given or usual, handler)]
    foreign = bare and isinstance(handler, Instance) and not is_function(handler)
    return [Answer(given or ((ANY,) if foreign else usual), handler)]


def add_mount(
    machine: Machine, arguments: Arguments, this: Value | None, child: Value | None, option: str, position: int
) -> None:
    """Puts a router or application under the prefix that `option` gives."""
    parent = state_of(this)
    if parent is None or not isinstance(this, Instance):
        return
    prefix = machine.argument(arguments, position, option)
    prefixes = machine.texts(prefix) if prefix is not None else (_EMPTY,)
    prefixes = _joined(prefixes_of(machine, this), prefixes)
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
                reason="" if known is not None else why_not(option_value, "a router"),
                static=static or (known is not None and (known.kind == "static" or "StaticFiles" in known.kind)),
                tags=(*parent.tags, *tags),
                in_schema=parent.in_schema and machine.argument(arguments, -1, "include_in_schema") != Constant(False),
                deprecated=parent.deprecated or machine.argument(arguments, -1, "deprecated") == Constant(True),
                dependencies=(*parent.dependencies, *dependencies_of(arguments)),
            )
        )


def add_route_objects(machine: Machine, owner: Instance, routes: Value | None) -> None:
    """Registers `routes=[Route(…), WebSocketRoute(…), Mount(…), Host(…)]`; of what is none of them nothing is known."""
    if routes is None or routes == NONE:
        return
    for item in routes.items if isinstance(routes, List) else (routes,):
        add_route_object(machine, owner, machine.force(item))
    if isinstance(routes, List) and routes.open:
        add_route_object(machine, owner, Unknown("further routes of a list"))


def add_route_object(machine: Machine, owner: Instance, value: Value) -> None:
    """Registers one route object."""
    name = value.kind.removeprefix(OBJECT) if isinstance(value, Instance) and value.kind.startswith(OBJECT) else ""
    if not isinstance(value, Instance) or not name or not isinstance(value.state, Arguments):
        location = owner.location
        if location is not None:
            reason = why_not(value, "a route")
            machine.emit(Mounted(owner, None, (_EMPTY,), location, machine.conditions(), reason))
        return
    inner = value.state
    match name:
        case "Mount":
            child = machine.argument(inner, 1, "app")
            nested = machine.argument(inner, 2, "routes")
            if child is None or child == NONE:
                child = Instance(
                    None, APP, state=RouterState(root=True, framework="starlette"), location=inner.location
                )
                add_route_objects(machine, child, nested)
            add_mount(machine, inner, owner, child, "path", 0)
        case "Host":
            host = Arguments((), {}, inner.site, inner.location, inner.node, inner.scope)
            add_mount(machine, host, owner, machine.argument(inner, 1, "app"), "", -1)
        case _:
            kind = "websocket" if "WebSocket" in name else "http"
            add_route(machine, owner, inner, machine.argument(inner, 1, "endpoint"), ("GET",), kind, bare=True)


def route_list(owner: Instance) -> Instance:
    """`app.routes`: a list whose `append`, `insert`, `extend` register."""
    return Instance(None, ROUTES, state=owner)


def add_listed(position: int, several: bool = False) -> Model:
    """`app.routes.append(Route(…))` and its like."""

    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        owner = this.state if isinstance(this, Instance) else None
        given = machine.argument(arguments, position)
        if isinstance(owner, Instance) and given is not None:
            (add_route_objects if several else add_route_object)(machine, owner, given)
        return NONE

    return model


def prefixes_of(machine: Machine, router: Instance) -> tuple[Text, ...]:
    """The prefix of a router at this moment, one text per alternative; an application has none."""
    state, prefix = state_of(router), router.fields.get("prefix")
    return (_EMPTY,) if state is None or state.root or prefix is None else machine.texts(prefix)


def _joined(first: Sequence[Text], second: Sequence[Text]) -> tuple[Text, ...]:
    return tuple(join((a, b)) for a in first for b in second)[: Choice.LIMIT]


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
