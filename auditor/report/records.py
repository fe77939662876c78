"""Parts of a report as plain JSON values. The keys are a contract: added to, never renamed."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from auditor.model.exercise import Exercised
from auditor.model.finding import Evidence, Step
from auditor.model.graph import CallSite
from auditor.model.span import Location
from auditor.report.alignment import AlignmentRow
from auditor.report.channels import Channel
from auditor.report.coverage import CategoryCoverage
from auditor.report.excerpt import Sources, columns, excerpt
from auditor.report.recommendations import Recommendation
from auditor.report.signin import AuthRow

Record: TypeAlias = dict[str, object]


def dump(record: Mapping[str, object]) -> str:
    """The record as indented JSON with a line break at the end.

    Characters that a terminal or GitHub's runner would act on are written as `\\u` escapes.
    """
    text = json.dumps(record, indent=2, ensure_ascii=False)
    return _ACTING.sub(lambda match: f"\\u{ord(match[0]):04x}", text).replace("##[", "#\\u0023[") + "\n"


def dump_yaml(record: Mapping[str, object]) -> str:
    """The record as YAML, keys in its order. What JSON would read as the same text is the same text here: nothing is
    an anchor, and what a terminal would act on is escaped."""
    import yaml

    class Dumper(yaml.SafeDumper):
        def ignore_aliases(self, data: object) -> bool:
            return True

    text = yaml.dump(dict(record), Dumper=Dumper, sort_keys=False, allow_unicode=False, width=120)
    return str(text)


def step(one: Step) -> Record:
    """A link of a reason chain."""
    return {"file": one.location.file, "line": one.location.line, "what": one.what}


def steps(chain: Sequence[Step]) -> list[Record]:
    """A reason chain."""
    return [step(one) for one in chain]


def place(evidence: Evidence, sources: Sources) -> Record:
    """A place with its first line of source; `column` counts characters from 1."""
    location = evidence.location
    shown = excerpt(sources, location)
    return {
        "side": evidence.side,
        "file": location.file,
        "line": location.line,
        "end_line": location.span.end_line,
        "column": columns(sources, location)[0],
        "label": evidence.label,
        "excerpt": shown.texts[0] if shown else "",
    }


def category(row: CategoryCoverage) -> Record:
    """A row of the endpoint coverage matrix."""
    return {
        "category": row.category,
        "routes": row.routes,
        "called": row.called,
        "unresolved": row.unresolved,
        "percent": row.percent,
        "nominal": row.nominal,
        "uncalled": row.uncalled,
        "excluded": row.excluded,
        "tested": row.tested,
    }


def exercise(one: Exercised) -> Record:
    """What a test exercises: a route ("how" is request or handler) or a message type, with the first place."""
    return {"what": one.what, "how": one.how, "file": one.place.file, "line": one.place.line}


def alignment(row: AlignmentRow) -> Record:
    """A row of the type alignment matrix; `frontend` is null without a counterpart."""
    return {
        "backend": row.backend,
        "frontend": row.frontend or None,
        "status": row.status,
        "reason": row.reason,
        "confidence": row.confidence,
        "declared": {"backend": _place(row.backend_at), "frontend": _place(row.frontend_at)},
        "differences": list(row.differences),
        "evidence": [
            {"side": one.side, "file": one.location.file, "line": one.location.line, "label": one.label}
            for one in row.evidence
        ],
    }


def _place(location: Location | None) -> Record | None:
    return {"file": location.file, "line": location.line} if location else None


def channel(row: Channel) -> Record:
    """A row of the channel table; `file` and `line` are null where no route serves the path."""
    return {
        "kind": row.kind,
        "path": row.path,
        "status": row.status,
        "file": row.route.location.file if row.route else None,
        "line": row.route.location.line if row.route else None,
        "handler": row.route.handler if row.route else None,
        "clients": [_client(call) for call in row.clients],
    }


def auth(row: AuthRow) -> Record:
    """A row of the authentication table."""
    return {
        "topic": row.topic,
        "backend": list(row.backend),
        "frontend": list(row.frontend),
        "status": row.status,
        "places": [{"side": side, "file": place.file, "line": place.line} for side, place in row.places],
    }


def recommendation(one: Recommendation) -> Record:
    """What to do, and the fingerprints of the findings it answers."""
    return {
        "priority": one.priority,
        "title": one.title,
        "action": one.action,
        "codes": list(one.codes),
        "places": one.places,
        "findings": [finding.fingerprint for finding in one.findings],
    }


def _client(call: CallSite) -> Record:
    return {"file": call.location.file, "line": call.location.line, "client": call.client, "path": call.path}


_ACTING = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
