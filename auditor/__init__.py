"""Finds where a Python backend and its TypeScript frontend disagree, without running either."""

from __future__ import annotations

__version__ = "0.1.0"
