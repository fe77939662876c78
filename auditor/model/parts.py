"""Which parts of a message does a model accept, by the constant of their discriminator?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from auditor.model.shape import FieldType, ListOf, Model, OneOf, Ref, Scalar, Shape, Values


@dataclass(frozen=True, slots=True)
class PartUnion:
    """A field that takes one of several models, told apart by `key`; `members` are all of them."""

    owner: Model
    field: FieldType
    key: str
    members: tuple[Model, ...]

    def refusal(self, kind: str, given: tuple[str, ...]) -> str | None:
        """Why a part of this kind with these fields at most is refused, None if a member takes it."""
        reasons: list[str] = []
        for member in self.members:
            marked = next(field for field in member.fields if field.wire == self.key)
            if isinstance(marked.shape, Values) and kind not in [value.value for value in marked.shape.values]:
                continue
            missing = [field.wire for field in member.fields if field.required and field.wire not in given]
            if not missing:
                return None
            reasons.append(f"{member.name} demands {', '.join(missing)}")
        return reasons[0] if reasons else f"no member of {self.owner.name}.{self.field.name} is '{kind}'"


def part_unions(models: Mapping[str, Model], key: str, discriminator: str) -> Iterator[PartUnion]:
    """The unions of models below a model, where each member has the discriminator as text or constant."""
    seen: set[str] = set()
    queue = [key]
    while queue:
        current = queue.pop(0)
        model = models.get(current)
        if model is None or current in seen:
            continue
        seen.add(current)
        for field in model.fields:
            found = _union(models, field.shape, discriminator)
            if found:
                yield PartUnion(model, field, discriminator, found)
            else:
                queue += _refs(field.shape)


def _union(models: Mapping[str, Model], shape: Shape, discriminator: str) -> tuple[Model, ...]:
    """The members, empty for anything else than a union of such models."""
    while isinstance(shape, ListOf):
        shape = shape.item
    if not isinstance(shape, OneOf):
        return ()
    lists = [option for option in shape.options if isinstance(option, ListOf)]
    if len(lists) == 1 and all(option == Scalar("null") for option in shape.options if option not in lists):
        return _union(models, lists[0], discriminator)
    members: list[Model] = []
    for option in shape.options:
        if option == Scalar("null"):
            continue
        model = models.get(option.key) if isinstance(option, Ref) else None
        marks = [field for field in model.fields if field.wire == discriminator] if model else []
        if model is None or not marks or not isinstance(marks[0].shape, Values | Scalar):
            return ()
        members.append(model)
    return tuple(members) if len(members) > 1 else ()


def _refs(shape: Shape) -> list[str]:
    match shape:
        case Ref(key):
            return [key]
        case ListOf(item):
            return _refs(item)
        case OneOf(options):
            return [key for option in options for key in _refs(option)]
        case _:
            return []
