"""What do references to models and enums lead to?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from auditor.model.shape import EnumType, FieldType, Inline, Model, Ref, Shape, Values


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The models and enums that references lead to."""

    models: Mapping[str, Model]
    enums: Mapping[str, EnumType]

    def fields(self, shape: Shape) -> tuple[FieldType, ...] | None:
        """The fields of an object; None for anything else, and for an object that has none."""
        match shape:
            case Ref(key) if key in self.models:
                return self.models[key].fields or None
            case Inline(fields) if fields:
                return fields
            case _:
                return None

    def name(self, shape: Shape) -> str:
        """The name of a model, "" for anything else."""
        model = self.models.get(shape.key) if isinstance(shape, Ref) else None
        return model.name if model else ""

    def constant(self, shape: Shape) -> str | None:
        """The only text that a shape allows; None where there are several, or others."""
        match shape:
            case Values(values):
                known = values
            case Ref(key) if key in self.enums and not self.enums[key].open:
                known = self.enums[key].values
            case _:
                return None
        return known[0].value if len(known) == 1 and isinstance(known[0].value, str) else None
