"""Plugins named in package metadata: `importlib.metadata` and `pkg_resources`.

https://docs.python.org/3/library/importlib.metadata.html#entry-points (3.13) and
https://setuptools.pypa.io/en/latest/pkg_resources.html#entry-points. A group that the project's own
packages declare has their entry points; of any other group nothing is known.

```py
for point in entry_points(group="shop.plugins"):
    app.include_router(point.load().router)
```
"""

from __future__ import annotations

from auditor.adapter import Adapter, Machine
from auditor.model.finding import Side
from auditor.model.value import Arguments, Instance, List, Model, Text, Unknown, Value

_POINT, _POINTS = "importlib.metadata.EntryPoint", "importlib.metadata.EntryPoints"


def _selected(position: int) -> Model:
    """`entry_points(group=…)`, `iter_entry_points(group)`, `….select(group=…)`, `….get(group)`."""

    def model(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
        group, name = machine.argument(arguments, position, "group"), machine.argument(arguments, -1, "name")
        if group is None and position < 0 and not isinstance(this, Instance):
            groups = {key: _points(machine, key, arguments) for key in machine.entry_points}
            return Instance(None, _POINTS, dict(groups), location=arguments.location)
        if not isinstance(group, Text) or group.literal is None:
            return Unknown("the plugins of an unknown group")
        found = _points(machine, group.literal, arguments)
        if name is not None:
            found.items = [item for item in found.items if isinstance(item, Instance) and item.fields["name"] == name]
        return found

    return model


def _points(machine: Machine, group: str, arguments: Arguments) -> List:
    declared = machine.entry_points.get(group)
    points: list[Value] = [
        Instance(
            None,
            _POINT,
            {
                "name": Text((point.name,)),
                "group": Text((group,)),
                "value": Text((f"{point.module}:{point.attribute}",)),
                "module": Text((point.module,)),
                "attr": Text((point.attribute,)),
            },
            point,
            arguments.location,
        )
        for point in declared or ()
    ]
    return List(points, open=declared is None, kind="tuple")


def _load(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`point.load()`: imports the module and takes the attribute."""
    point = this.state if isinstance(this, Instance) else None
    if point is None:
        return Unknown("a plugin")
    value = machine.imported(point.module, point.file)
    for name in filter(None, point.attribute.split(".")):
        value = machine.member(value, name)
    return value


ADAPTER = Adapter(
    id="metadata",
    side=Side.BACKEND,
    symbols={
        "importlib.metadata.entry_points": _selected(-1),
        "importlib_metadata.entry_points": _selected(-1),
        "pkg_resources.iter_entry_points": _selected(0),
    },
    methods={
        _POINTS: {"select": _selected(-1), "get": _selected(0)},
        _POINT: {"load": _load, "resolve": _load},
    },
)
