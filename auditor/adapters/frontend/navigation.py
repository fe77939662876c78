"""What browsers fetch without a client: downloads by link, forms with an action, windows that are opened.

HTML standard (https://html.spec.whatwg.org/multipage/links.html#downloading-resources,
https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#form-submission-algorithm,
https://html.spec.whatwg.org/multipage/nav-history-apis.html#dom-open-dev). Most of them lead to a page of the frontend:
only what a route of a backend answers is a call.

```tsx
<a href={`/api/reports/${id}.csv`} download>Save</a>  // GET /api/reports/{}.csv
```
"""

from __future__ import annotations

from auditor.adapter import Adapter, Machine
from auditor.adapter.requests import GET, methods, option, send
from auditor.model.carried import NOTHING
from auditor.model.finding import Side
from auditor.model.value import UNDEFINED, Arguments, Unknown, Value


def _open(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`window.open(url)`."""
    url = machine.argument(arguments, 0)
    if url is not None:
        send(machine, arguments, "window.open", (GET,), machine.texts(url), carries=NOTHING)
    return Unknown("a window")


def _link(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`<a href download>`."""
    url = option(machine, machine.argument(arguments, 0), "href")
    if url is not None:
        send(machine, arguments, "link", (GET,), machine.texts(url), carries=NOTHING)
    return UNDEFINED


def _form(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`<form action method>`; its fields are what it sends."""
    properties = machine.argument(arguments, 0)
    url = option(machine, properties, "action")
    if url is not None:
        send(machine, arguments, "form", methods(machine, option(machine, properties, "method")), machine.texts(url))
    return UNDEFINED


ADAPTER = Adapter(
    id="navigation",
    side=Side.FRONTEND,
    symbols={"open": _open, "window.open": _open, "<a>": _link, "<form>": _form},
    hot=("open", "<a>", "<form>"),
)
