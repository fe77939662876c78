"""React hooks that hand functions and values through.

React 18 and 19: https://react.dev/reference/react/hooks. `useCallback` gives its function back,
`useMemo` its result, `useRef` a box; effects run their function.
"""

from __future__ import annotations

from auditor.adapter import Adapter, Machine
from auditor.model.finding import Side
from auditor.model.text import choice
from auditor.model.value import NONE, UNDEFINED, Arguments, Closure, List, Native, Record, Text, Unknown, Value


def _function(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    return machine.argument(arguments, 0) or UNDEFINED


def _result(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    function = machine.argument(arguments, 0)
    return machine.call(function, (), arguments) if function is not None else UNDEFINED


def _effect(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    function = machine.argument(arguments, 0)
    if isinstance(function, Closure):
        machine.call(function, (), arguments)
    return UNDEFINED


def _ref(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    initial = machine.argument(arguments, 0) or UNDEFINED
    if initial in (UNDEFINED, NONE):
        initial = Unknown("a reference that is set later")
    return Record({"current": initial})


def _state(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`useState(initial)`: the initial value, or whatever is set later; an empty text only holds the place."""
    initial = machine.argument(arguments, 0) or UNDEFINED
    if isinstance(initial, Closure):
        initial = machine.call(initial, (), arguments)
    later = Unknown("a state")
    empty = isinstance(initial, Text) and not initial.literal and initial.literal is not None
    return List([later if empty else choice([initial, later]), Native("set state", _nothing)])


def _nothing(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    return UNDEFINED


_HOOKS = {
    "useCallback": _function,
    "memo": _function,
    "forwardRef": _function,
    "cache": _function,
    "useMemo": _result,
    "useEffect": _effect,
    "useLayoutEffect": _effect,
    "useRef": _ref,
    "useState": _state,
}

ADAPTER = Adapter(
    id="react",
    side=Side.FRONTEND,
    symbols={f"{package}.{name}": model for package in ("react", "React") for name, model in _HOOKS.items()},
)
