"""What a rule is: a code, a name, a severity and a function from the graph to findings."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from auditor.model.finding import Confidence, Evidence, Finding, Severity, Step
from auditor.model.graph import ProjectGraph

AREAS: Mapping[str, str] = {
    "EP": "endpoints",
    "RQ": "requests",
    "RS": "responses",
    "TY": "types",
    "EN": "enums",
    "AU": "authentication",
    "WS": "websockets",
    "SE": "server-sent events",
    "MS": "messages",
    "UR": "urls and configuration",
    "ER": "errors",
    "DC": "deprecated and dead code",
    "CV": "conventions",
    "FL": "documented flows",
    "XT": "the audit itself",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of disagreement.

    `code` is two letters and three digits, never reused; `name` states the flaw in kebab-case. The
    docstring of the module that defines it is its manual page, its `explain` text and its test.
    `severity` holds at high confidence: `at` lowers it one step at medium and to low at low.
    """

    code: str
    name: str
    severity: Severity
    check: Callable[[ProjectGraph], Iterator[Finding]]

    @property
    def id(self) -> str:
        """The key in the registry."""
        return self.code

    @property
    def category(self) -> str:
        """The area in words ("endpoints")."""
        return AREAS[self.code[:2]]

    @property
    def page(self) -> str:
        """The manual page in Markdown."""
        module = sys.modules[self.check.__module__]
        return inspect.cleandoc(module.__doc__ or "")

    @property
    def summary(self) -> str:
        """The first line of the page."""
        return self.page.partition("\n")[0]

    def at(
        self,
        *evidence: Evidence,
        message: str,
        subject: str,
        hint: str = "",
        confidence: Confidence = Confidence.HIGH,
        severity: Severity | None = None,
        provenance: tuple[Step, ...] = (),
        places: tuple[Evidence, ...] = (),
        details: dict[str, object] | None = None,
    ) -> Finding:
        """A finding of this rule; the first evidence is the place to look at first."""
        worst = severity or self.severity
        if confidence is Confidence.MEDIUM:
            worst = worst.lowered()
        if confidence is Confidence.LOW and worst.rank < Severity.LOW.rank:
            worst = Severity.LOW
        return Finding(
            code=self.code,
            name=self.name,
            category=self.category,
            severity=worst,
            confidence=confidence,
            message=message,
            hint=hint,
            subject=subject,
            evidence=evidence,
            provenance=provenance,
            places=places,
            details=details or {},
        )
