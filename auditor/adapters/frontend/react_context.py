"""React's contexts: what a provider gives is what the components below it take.

React 18 and 19: https://react.dev/reference/react/createContext. The value is that of the providers that the
project shows, else the default of the context, else what its type tells.

```tsx
const Api = createContext<{ client: Client } | null>(null);
<Api.Provider value={{ client: createClient("/api") }}>
const { client } = useContext(Api);
```
"""

from __future__ import annotations

from auditor.adapter import Adapter, Machine
from auditor.adapter.requests import option
from auditor.model.finding import Side
from auditor.model.text import choice
from auditor.model.value import UNDEFINED, Arguments, Instance, Record, Unknown, Value

_CONTEXT, _PROVIDER = "react.context", "react.context.Provider"


def _create(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    context = Instance(None, _CONTEXT, {"default": machine.argument(arguments, 0) or UNDEFINED}, state=arguments)
    context.fields["Provider"] = Instance(None, _PROVIDER, state=[])
    return context


def _use(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    context = machine.argument(arguments, 0)
    if not isinstance(context, Instance) or context.kind != _CONTEXT:
        return Unknown("a context")
    provider = machine.force(context.fields["Provider"])
    shown = provider.state if isinstance(provider, Instance) else []
    given = [value for props in shown if (value := option(machine, props, "value")) is not None]
    known = [value for value in (*given, machine.force(context.fields["default"])) if _tells(value)]
    if known:
        return choice(known[:1])
    made = context.state
    annotation = made.node.type_arguments[0] if made.node is not None and made.node.type_arguments else None
    return machine.typed(made.location.file, annotation) or Unknown("a context")


def _tells(value: Value) -> bool:
    return isinstance(value, Instance) or (isinstance(value, Record) and bool(value.entries))


_PACKAGES = ("react", "React", "preact", "preact/hooks")

ADAPTER = Adapter(
    id="react-context",
    side=Side.FRONTEND,
    symbols={
        **{f"{package}.createContext": _create for package in _PACKAGES},
        **{f"{package}.{name}": _use for package in _PACKAGES for name in ("useContext", "use")},
    },
    elements=(_PROVIDER,),
)
