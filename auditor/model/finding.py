"""What a rule says about the audited code, and what the auditor says about its own limits."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum

from auditor.model.span import Location


class Severity(StrEnum):
    """How bad it is."""

    CRITICAL = "critical"  # fails at run time whenever reached; both ends proven
    HIGH = "high"  # a feature is broken, or data is lost
    MEDIUM = "medium"  # breaks under some input, state or version
    LOW = "low"  # drift, smell, worth knowing
    INFO = "info"  # says something about the audit, never fails a build

    @property
    def rank(self) -> int:
        """0 for critical, 4 for info."""
        return _SEVERITIES.index(self)

    def lowered(self) -> Severity:
        """One step less severe; `low` and `info` stay."""
        return self if self.rank >= 3 else _SEVERITIES[self.rank + 1]


_SEVERITIES = list(Severity)


class Confidence(StrEnum):
    """How sure it is."""

    HIGH = "high"  # both ends resolved without a guess
    MEDIUM = "medium"  # a default, a convention or an incomplete set is involved
    LOW = "low"  # a hint

    @property
    def rank(self) -> int:
        """0 for high, 2 for low."""
        return list(Confidence).index(self)


class Side(StrEnum):
    """Which half of the project."""

    BACKEND = "backend"
    FRONTEND = "frontend"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Step:
    """One link of a reason chain: a place and what happened there ("prefix /api from settings.API")."""

    location: Location
    what: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """A place that proves a finding. `label` says what is there, or what was expected ("nearest route")."""

    side: Side
    location: Location
    label: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule says. The first evidence is the place to fix or to look at first.

    `subject` names the thing independently of its place (`POST /api/v1/auth/login`,
    `User.created_at`); the fingerprint is made of it, the rule's code and `symbols`, never of line
    numbers or wording. `severity` already takes the confidence into account. `places` are further
    places with the same cause. `details` are rule-specific facts for machines (JSON values only).
    """

    code: str
    name: str
    category: str
    severity: Severity
    confidence: Confidence
    message: str
    hint: str
    subject: str
    evidence: tuple[Evidence, ...]
    provenance: tuple[Step, ...] = ()
    places: tuple[Evidence, ...] = ()
    details: dict[str, object] = field(default_factory=dict)

    @property
    def fingerprint(self) -> str:
        """16 hexadecimal digits over the rule, the subject and the files (without lines) it is about."""
        files = sorted({piece.location.file for piece in self.evidence[:1]})
        text = "\0".join([self.code, self.subject, *files])
        return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """What the auditor says about its own limits: a file it could not read, a setting it does not know."""

    code: str
    message: str
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Unresolved:
    """An entry of the ledger: something that was seen and could not be resolved, with the reason.

    `kind` is "call", "route", "mount", "type", "import"…
    """

    kind: str
    location: Location
    reason: str
