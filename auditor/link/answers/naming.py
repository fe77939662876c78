"""Which names do the objects have that a function writes?"""

from __future__ import annotations

from dataclasses import replace

from auditor.link.answers.frame import Frame
from auditor.link.types.resolve import Types
from auditor.model.shape import Inline, ListOf, MapOf, Model, Shape
from auditor.model.span import Location, Span


def entered(types: Types, shape: Shape, frame: Frame, path: str = "") -> Shape:
    """The shape with its objects as models: `read()`, which stands where the function does, and `read().items` for
    those inside."""
    match shape:
        case Inline(fields, open) if fields:
            inner = tuple(replace(one, shape=entered(types, one.shape, frame, f"{path}.{one.name}")) for one in fields)
            line = frame.function.span.start_line
            place = Location(frame.file, Span(line, 1, line, 1)) if not path else fields[0].location
            key = f"{frame.file}:{frame.function.name}:{line}{path}"
            return types.enter(Model(key, f"{frame.function.name}(){path}", "backend", place, inner, open, "dict"))
        case ListOf(item):
            return ListOf(entered(types, item, frame, path))
        case MapOf(value):
            return MapOf(entered(types, value, frame, path))
        case _:
            return shape
