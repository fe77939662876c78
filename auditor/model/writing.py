"""How a route writes the model it answers with."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Writing:
    """What a route says of how its answer is written.

    `by_name`: under the names of the code, without aliases. `without_unset`: without fields that nobody set, so that
    one with a default may be missing. `without_null`: without those that are null. `only` and `without` name fields of
    the outermost model as the code does; None and nothing for all.
    """

    by_name: bool = False
    without_unset: bool = False
    without_null: bool = False
    only: frozenset[str] | None = None
    without: frozenset[str] = frozenset()

    @property
    def title(self) -> str:
        """What sets an answer apart from others of the same model: `by name, without unset`."""
        kinds = {"by name": self.by_name, "without unset": self.without_unset, "without null": self.without_null}
        told = [kind for kind, holds in kinds.items() if holds]
        told += [f"only {', '.join(sorted(self.only))}"] if self.only is not None else []
        told += [f"without {', '.join(sorted(self.without))}"] if self.without else []
        return ", ".join(told)

    def sends(self, name: str) -> bool:
        """Whether a field of the outermost model is sent at all."""
        return name not in self.without and (self.only is None or name in self.only)


PLAIN = Writing()
"""As the model itself says."""
