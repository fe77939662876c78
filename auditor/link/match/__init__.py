"""Calls against routes: who answers, why nobody does, and which routes are never reached."""

from auditor.link.match.drift import prefix_drifts
from auditor.link.match.matcher import Matcher
from auditor.link.match.shadow import shadowed

__all__ = ["Matcher", "prefix_drifts", "shadowed"]
