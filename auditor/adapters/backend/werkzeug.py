"""Werkzeug: WSGI applications below another, and middleware that changes no path.

Werkzeug 2.2 to 3.1 (https://werkzeug.palletsprojects.com/en/stable/middleware/dispatcher/ and
https://werkzeug.palletsprojects.com/en/stable/middleware/proxy_fix/).

```py
site = Flask(__name__)
admin = Flask("admin")

@admin.get("/users")
def users(): ...

app = DispatcherMiddleware(site, {"/admin": admin})
# GET /admin/users -> users
```
"""

from __future__ import annotations

from auditor.adapter import Adapter, ApplicationMade, Machine, Mounted
from auditor.adapter.endpoints import why_not
from auditor.adapter.werkzeug import below
from auditor.model.finding import Side
from auditor.model.value import NONE, Arguments, Instance, Record, Text, Value


def _dispatcher(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`DispatcherMiddleware(app, {"/admin": other})`: other applications below the first."""
    app, mounts = machine.argument(arguments, 0, "app"), machine.argument(arguments, 1, "mounts")
    if not isinstance(app, Instance):
        app = Instance(None, "werkzeug.middleware.dispatcher", location=arguments.location)
        machine.emit(ApplicationMade(app, arguments.location, "flask", machine.conditions()))
    if isinstance(mounts, Record):
        for where, value in mounts.entries.items():
            other = machine.force(value)
            child = other if isinstance(other, Instance) else None
            reason = "" if child is not None else why_not(other, "an application")
            at = (below(Text((where,))),)
            machine.emit(Mounted(app, child, at, arguments.location, machine.conditions(), reason))
    return app


def _middleware(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """A middleware that changes no path, such as `ProxyFix(app.wsgi_app)`."""
    return machine.argument(arguments, 0, "app") or NONE


ADAPTER = Adapter(
    id="werkzeug",
    side=Side.BACKEND,
    symbols={
        "werkzeug.middleware.dispatcher.DispatcherMiddleware": _dispatcher,
        "werkzeug.middleware.proxy_fix.ProxyFix": _middleware,
    },
)
