"""Types of both languages resolved to wire shapes, and the pairs they form across the wire."""

from auditor.link.types.pairs import pair
from auditor.link.types.resolve import Types

__all__ = ["Types", "pair"]
