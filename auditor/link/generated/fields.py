"""Which generated types have other fields than the models they were generated from?

Generators keep the names of models (`Item-Input` becomes `ItemInput`), so here the same name is evidence; it must be
the name of one model only, and half of the fields must agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from auditor.model.facts import FileFacts
from auditor.model.finding import Side
from auditor.model.generated import Redrawn
from auditor.model.shape import Model, Values

_DIRECTION = re.compile(r"[-_]?(?:Input|Output)$")
_SCHEMAS = frozenset({"pydantic", "sqlmodel", "dataclass", "msgspec", "attrs", "typeddict"})
_AGREEING = 0.5  # of the fields of either that both must have


def redrawn(facts: Mapping[str, FileFacts], models: Mapping[str, Model]) -> Iterator[Redrawn]:
    """Each generated type whose model has other fields, by key."""
    by_name: dict[str, list[Model]] = {}
    for model in models.values():
        # A client library in Python is generated from the same document: it is no source.
        own = facts.get(model.location.file)
        if model.side == Side.BACKEND and model.framework in _SCHEMAS and not (own is not None and own.generated):
            by_name.setdefault(model.name, []).append(model)
    for key in sorted(models):
        drawn = models[key]
        if drawn.side != Side.FRONTEND or drawn.open or "<" in drawn.name or drawn.framework == "inline":
            continue
        one = facts.get(drawn.location.file)
        source = _source(drawn.name, by_name) if one is not None and one.generated else None
        if source is None or source.open:
            continue
        mine, theirs = _wires(drawn), _wires(source)
        both = set(mine) & set(theirs)
        if not both or len(both) < _AGREEING * max(len(mine), len(theirs)):
            continue
        gone = tuple(name for name in mine if name not in theirs)
        # Some generators put the discriminator of a union beside the type, not into it.
        marks = {
            field.wire for field in source.fields if isinstance(field.shape, Values) and len(field.shape.values) == 1
        }
        new = tuple(name for name in theirs if name not in mine and name not in marks)
        if gone or new:
            yield Redrawn(drawn.name, drawn.location, source.location, gone, new)


def _source(name: str, by_name: Mapping[str, list[Model]]) -> Model | None:
    for spelling in (name, _DIRECTION.sub("", name)):
        found = by_name.get(spelling, ())
        if found:
            return found[0] if len(found) == 1 else None
    return None


def _wires(model: Model) -> dict[str, None]:
    return dict.fromkeys(field.wire for field in model.fields)
