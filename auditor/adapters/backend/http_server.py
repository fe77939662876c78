"""Python's own HTTP server: a class with a function per method, which compares the path itself.

Python 3.11 to 3.14 (https://docs.python.org/3/library/http.server.html). A path is served where a function compares it
with a text, be it `self.path` or what the function made of it; what a function answers without such a comparison, or by
the beginning of a path, may be anything. A server that compares no path at all is no backend.

```py
class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        where = urlparse(self.path).path
        if where == "/health":
            self.send_response(200)
        elif where in ("/a", "/b"):
            self.send_response(204)

    def do_POST(self):
        self.send_response(200)

HTTPServer(("", 8000), Handler).serve_forever()
# GET /health -> Handler.do_GET
# GET /a -> Handler.do_GET
# GET /b -> Handler.do_GET
```
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.adapter import Adapter, ApplicationMade, Machine, Mounted, RouteAdded
from auditor.adapter.endpoints import attribute, lineage
from auditor.model import form
from auditor.model.finding import Side
from auditor.model.span import Location, Span
from auditor.model.value import Arguments, Class, Closure, Instance, Text, Value
from auditor.model.wrapping import unwrapped

_SERVERS = (
    "http.server.HTTPServer", "http.server.ThreadingHTTPServer", "socketserver.TCPServer",
    "socketserver.ThreadingTCPServer",
)  # fmt: skip
_PREFIX = "do_"


def _server(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`HTTPServer(address, Handler)`."""
    server = this if isinstance(this, Instance) else Instance(None, _SERVERS[0], location=arguments.location)
    handler = machine.argument(arguments, 1, "RequestHandlerClass")
    served = _served(handler) if isinstance(handler, Class) else {}
    if not any(served.values()):
        return server  # a probe or a door for one answer, not a backend
    machine.emit(ApplicationMade(server, arguments.location, "http.server", machine.conditions()))
    for function, paths in served.items():
        method = function.node.name.removeprefix(_PREFIX)
        for path, place in paths.items():
            machine.emit(
                RouteAdded(
                    router=server,
                    kind="http",
                    methods=(method,),
                    path=(Text((path,)),),
                    handler=function,
                    location=place,
                    framework="http.server",
                    condition=machine.conditions(),
                    scope=arguments.scope,
                )
            )
        if not paths:
            place = Location(function.scope.file, function.node.span)
            reason = f"what {method} answers does not depend on a path that is written"
            machine.emit(Mounted(server, None, (Text(("/",)),), place, machine.conditions(), reason))
    return server


def _served(handler: Class) -> dict[Closure, dict[str, Location]]:
    """The paths that each function of a class answers, by the name of the function."""
    own = {name for base in lineage(handler) if isinstance(base, Class) for name in base.attributes}
    functions = [unwrapped(attribute(handler, name)) for name in sorted(own) if name.startswith(_PREFIX)]
    return {one: dict(_compared(one)) for one in functions if isinstance(one, Closure)}


def _compared(function: Closure) -> Iterator[tuple[str, Location]]:
    """The paths that a function compares with, and where."""
    made: set[str] = set()
    for node in _inside(function.node):
        if isinstance(node, form.Bind) and isinstance(node.target, form.Name) and node.value is not None:
            if _is_path(node.value, made):
                made.add(node.target.id)
        elif isinstance(node, form.Binary) and node.operator in ("==", "in") and _is_path(node.left, made):
            place = Location(function.scope.file, _span(node.left) or function.node.span)
            several = node.right.items if isinstance(node.right, form.Array) else (node.right,)
            for one in several:
                if isinstance(one, form.Literal) and isinstance(one.value, str) and one.value.startswith("/"):
                    yield one.value, place


def _is_path(value: form.Expression, made: set[str]) -> bool:
    """Whether something is the path of the request, or is made of it."""
    return any(
        (isinstance(node, form.Member) and node.name == "path") or (isinstance(node, form.Name) and node.id in made)
        for node in _inside(value)
    )


def _inside(node: form.Node) -> Iterator[form.Node]:
    """A node and all below it, in source order."""
    stack: list[object] = [node]
    while stack:
        current = stack.pop()
        if isinstance(current, tuple):
            stack += reversed(current)
        elif isinstance(current, form.Node):
            yield current
            stack += [getattr(current, name) for name in reversed(current.__struct_fields__)]


def _span(node: form.Expression) -> Span | None:
    found = getattr(node, "span", None)
    return found if isinstance(found, Span) else None


ADAPTER = Adapter(
    id="http-server",
    side=Side.BACKEND,
    symbols=dict.fromkeys(_SERVERS, _server),
    constructors=_SERVERS,
)
