"""FastMCP and the MCP SDK: servers that give an ASGI application with one endpoint.

FastMCP 2 (https://gofastmcp.com/deployment/http) and mcp 1.x. `http_app(path="/mcp")` serves every
method at that path; mounted under a prefix it is served below it.
"""

from __future__ import annotations

from auditor.adapter import Adapter, Machine, RouteAdded
from auditor.model.finding import Side
from auditor.model.value import Arguments, Instance, Model, Text, Value

_SERVER = "fastmcp.FastMCP"


def _server(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    return Instance(None, _SERVER, location=arguments.location)


def _application(default: str) -> Model:
    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        app = Instance(None, "starlette.applications.Starlette", location=arguments.location)
        path = machine.argument(arguments, 0, "path")
        machine.emit(
            RouteAdded(
                router=app,
                kind="http",
                methods=("*",),
                path=machine.texts(path) if path is not None else (Text((default,)),),
                handler=this,
                location=arguments.location,
                framework="fastmcp",
                condition=machine.conditions(),
                in_schema=False,
            )
        )
        return app

    return model


_METHODS: dict[str, Model] = {
    "http_app": _application("/mcp"),
    "streamable_http_app": _application("/mcp"),
    "sse_app": _application("/sse"),
}

ADAPTER = Adapter(
    id="fastmcp",
    side=Side.BACKEND,
    symbols=dict.fromkeys(("fastmcp.FastMCP", "mcp.server.fastmcp.FastMCP", "fastmcp.server.FastMCP"), _server),
    methods={_SERVER: _METHODS},
)
