"""Routes that well-known packages add to FastAPI and Starlette: a table, and where each line of it comes from.

One entry per call. A package belongs here if its routes are the same in every project that makes the call.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of the call by position (-1: keyword only) and name; `default` holds if it is not given."""

    position: int
    name: str
    default: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One route. `path` stands behind the factory's own path; `model` is the parameter that has the type of the
    response, `switch` one that leaves the route out if it is False. `method` is WS for a socket."""

    method: str
    path: str
    model: Parameter | None = None
    switch: str = ""


@dataclass(frozen=True, slots=True)
class Factory:
    """A call that gives a router, or adds routes to the application that `target` is.

    `path` is where they stand. Without lines it is not known what is served below it. `returns` says whether the
    call gives its target back.
    """

    call: str
    source: str
    lines: tuple[Line, ...] = ()
    target: Parameter | None = None
    path: Parameter | None = None
    returns: bool = False


_USER = Parameter(0, "user_schema")
_USERS = "fastapi_users.FastAPIUsers"
_USERS_PAGE = "https://fastapi-users.github.io/fastapi-users/latest/usage/routes/ (15.0)"
_CRUD_PAGE = "https://fastapi-crudrouter.awtkns.com/routing (0.8)"
_SCHEMA = Parameter(0, "schema")
_CRUD = (
    Line("GET", "", switch="get_all_route"),
    Line("POST", "", _SCHEMA, "create_route"),
    Line("DELETE", "", switch="delete_all_route"),
    Line("GET", "/{item_id}", _SCHEMA, "get_one_route"),
    Line("PUT", "/{item_id}", _SCHEMA, "update_route"),
    Line("DELETE", "/{item_id}", _SCHEMA, "delete_one_route"),
)
_GRAPHQL = (Line("GET", ""), Line("POST", ""), Line("WS", ""))
_APP = Parameter(0, "app")

CRUD = tuple(
    f"fastapi_crudrouter.{name}CRUDRouter"
    for name in ("Memory", "SQLAlchemy", "Databases", "Ormar", "Gino", "Tortoise")
)
"""Routers whose prefix is the table's name unless they are given one."""

FACTORIES = (
    Factory(f"{_USERS}.get_auth_router", _USERS_PAGE, (Line("POST", "/login"), Line("POST", "/logout"))),
    Factory(f"{_USERS}.get_register_router", _USERS_PAGE, (Line("POST", "/register", _USER),)),
    Factory(
        f"{_USERS}.get_reset_password_router",
        _USERS_PAGE,
        (Line("POST", "/forgot-password"), Line("POST", "/reset-password")),
    ),
    Factory(
        f"{_USERS}.get_verify_router",
        _USERS_PAGE,
        (Line("POST", "/request-verify-token"), Line("POST", "/verify", _USER)),
    ),
    Factory(
        f"{_USERS}.get_users_router",
        _USERS_PAGE,
        (
            Line("GET", "/me", _USER),
            Line("PATCH", "/me", _USER),
            Line("GET", "/{id}", _USER),
            Line("PATCH", "/{id}", _USER),
            Line("DELETE", "/{id}"),
        ),
    ),
    Factory(f"{_USERS}.get_oauth_router", _USERS_PAGE, (Line("GET", "/authorize"), Line("GET", "/callback"))),
    Factory(
        f"{_USERS}.get_oauth_associate_router",
        _USERS_PAGE,
        (Line("GET", "/authorize"), Line("GET", "/callback", Parameter(1, "user_schema"))),
    ),
    *(Factory(name, _CRUD_PAGE, _CRUD) for name in CRUD),
    Factory(
        "strawberry.fastapi.GraphQLRouter",
        "https://strawberry.rocks/docs/integrations/fastapi (0.2xx)",
        _GRAPHQL,
        path=Parameter(1, "path"),
    ),
    Factory(
        "prometheus_fastapi_instrumentator.Instrumentator.expose",
        "https://github.com/trallnag/prometheus-fastapi-instrumentator#exposing-endpoint (8.1)",
        (Line("GET", ""),),
        target=_APP,
        path=Parameter(2, "endpoint", "/metrics"),
    ),
    Factory(
        "sqladmin.Admin",
        "https://aminalaee.github.io/sqladmin/configurations/ (0.32)",
        target=_APP,
        path=Parameter(-1, "base_url", "/admin"),
    ),
    Factory(
        "starlette_admin.contrib.sqla.Admin.mount_to",
        "https://jowilf.github.io/starlette-admin/user-guide/getting-started/ (0.14)",
        target=_APP,
        path=Parameter(-1, "base_url", "/admin"),
    ),
    Factory(
        "gradio.mount_gradio_app",
        "https://www.gradio.app/docs/gradio/mount_gradio_app (5.x)",
        target=_APP,
        path=Parameter(2, "path"),
        returns=True,
    ),
    Factory(
        "chainlit.utils.mount_chainlit",
        "https://docs.chainlit.io/integrations/fastapi (2.x)",
        target=_APP,
        path=Parameter(2, "path", "/chainlit"),
    ),
    Factory(
        "fastapi_socketio.SocketManager",
        "https://github.com/pyropy/fastapi-socketio (0.0.10)",
        target=_APP,
        path=Parameter(1, "mount_location", "/ws"),
    ),
    Factory(
        "langserve.add_routes",
        "https://python.langchain.com/docs/langserve/#endpoints (0.3): its further endpoints depend on options",
        target=_APP,
        path=Parameter(-1, "path"),
    ),
    Factory(
        "copilotkit.integrations.fastapi.add_fastapi_endpoint",
        "https://docs.copilotkit.ai/reference/sdk/python/RemoteEndpoints (0.1)",
        target=_APP,
        path=Parameter(2, "prefix"),
    ),
)
