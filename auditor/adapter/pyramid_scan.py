"""What a scan of Pyramid finds: views by decorators, and functions that wait for the scan.

Pyramid 1.10 to 2.1 (https://docs.pylonsproject.org/projects/pyramid/en/2.1-branch/narr/viewconfig.html) and Venusian 3
(https://docs.pylonsproject.org/projects/venusian/en/latest/).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from auditor.adapter import Machine
from auditor.adapter.pyramid import DEFAULTS, Collected, View, is_below, view_arguments
from auditor.model.value import NONE, Arguments, Class, Closure, Instance, Native, Text, Value
from auditor.model.wrapping import unwrapped

VIEWS, ATTACHED = "pyramid.all decorated views", "pyramid.all attached callbacks"
"""The objects that know all of them, whoever scans them."""


def scanned_views(machine: Machine, collected: Collected) -> Iterator[View]:
    """The decorated views of the packages that are scanned."""
    known = machine.symbol(VIEWS)
    for view in known.state if isinstance(known, Instance) else ():
        if any(is_below(view.file, place) for place in collected.scanned):
            yield view


def view_config(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`@view_config(…)`: waits until its module is scanned."""

    def register(machine: Machine, inner: Arguments, _: Value | None) -> Value:
        target, views = machine.argument(inner, 0) or NONE, machine.symbol(VIEWS)
        own = view_arguments(machine, arguments)
        if isinstance(views, Instance):
            views.state.append(View(target, own, arguments.location, machine.conditions()))
        return target

    return Native("a view decorator", register)


def view_defaults(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`@view_defaults(…)` of a class: what its views have unless they say otherwise."""

    def register(machine: Machine, inner: Arguments, _: Value | None) -> Value:
        target = machine.argument(inner, 0) or NONE
        if isinstance(target, Class):
            own = view_arguments(machine, arguments)
            target.attributes[DEFAULTS] = Instance(None, "pyramid.view.view_defaults", state=own)
        return target

    return Native("a class decorator", register)


def attach(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`venusian.attach(function, callback)`: the callback is called when the function's module is scanned."""
    target, callback = machine.argument(arguments, 0, "wrapped"), machine.argument(arguments, 1, "callback")
    known = machine.symbol(ATTACHED)
    if isinstance(known, Instance) and callback is not None:
        known.state.append((View(target, {}, arguments.location), callback, arguments))
    return NONE


def call_attached(machine: Machine, root: Instance, collected: Collected) -> None:
    """Calls what waits in the packages that are scanned."""
    known = machine.symbol(ATTACHED)
    for view, callback, attached in known.state if isinstance(known, Instance) else ():
        target = unwrapped(view.target)
        if isinstance(target, Closure | Class) and any(is_below(view.file, place) for place in collected.scanned):
            context = Instance(None, "pyramid.scanner", {"config": root})
            machine.call(callback, [context, Text((target.node.name,)), target], attached)


def kept(name: str) -> Callable[[Machine], Value]:
    """An object that collects."""
    return lambda machine: Instance(None, name, state=[])
