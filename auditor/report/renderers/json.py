"""JSON for machines. The keys are a contract (`SCHEMA_VERSION`): added to, never renamed."""

from __future__ import annotations

from auditor import __version__
from auditor.model.finding import Diagnostic, Finding, Severity, Unresolved
from auditor.model.graph import Service
from auditor.report import records
from auditor.report.alignment import type_alignment
from auditor.report.channels import channel_table
from auditor.report.coverage import endpoint_coverage, path_coverage
from auditor.report.excerpt import Sources
from auditor.report.recommendations import recommendations
from auditor.report.records import Record
from auditor.report.renderer import Renderer
from auditor.report.report import SCHEMA_VERSION, Report
from auditor.report.resolution import resolution
from auditor.report.signin import auth_table


def render(report: Report) -> str:
    """The whole report as one JSON object."""
    graph = report.graph
    return records.dump(
        {
            "schema_version": SCHEMA_VERSION,
            "tool": {"name": "auditor", "version": __version__},
            "detected": {
                "backends": [_service(service) for service in graph.backends],
                "frontends": [_service(service) for service in graph.frontends],
                "documents": list(graph.documents),
            },
            "summary": {
                **{severity.value: report.counts[severity] for severity in Severity},
                "health": report.health,
                "suppressed": report.suppressed,
            },
            "findings": [finding_record(finding, report.sources) for finding in report.findings],
            "coverage": {
                "endpoints": [records.category(row) for row in endpoint_coverage(graph)],
                "paths": [records.category(row) for row in path_coverage(graph)],
                "calls": resolution(graph.calls).record,
                "types": [records.alignment(row) for row in type_alignment(graph)],
                "channels": [records.channel(row) for row in channel_table(graph)],
                "tests": [records.exercise(one) for one in graph.exercised],
                "auth": [records.auth(row) for row in auth_table(graph)],
            },
            "recommendations": [records.recommendation(one) for one in recommendations(report)],
            "unresolved": [_unresolved(entry) for entry in graph.unresolved],
            "diagnostics": [_diagnostic(entry) for entry in graph.diagnostics],
            "files": {
                "analysed": graph.files.analysed,
                "skipped": {reason: graph.files.skipped[reason] for reason in sorted(graph.files.skipped)},
            },
        }
    )


def finding_record(finding: Finding, sources: Sources) -> Record:
    """One finding. The first location is the place to fix or to look at first."""
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity,
        "confidence": finding.confidence,
        "category": finding.category,
        "message": finding.message,
        "hint": finding.hint,
        "fingerprint": finding.fingerprint,
        "subject": finding.subject,
        "locations": [records.place(evidence, sources) for evidence in finding.evidence],
        "places": [records.place(evidence, sources) for evidence in finding.places],
        "provenance": records.steps(finding.provenance),
        "details": finding.details,
    }


RENDERER = Renderer(id="json", media="application/json", extension="json", render=render)


def _service(service: Service) -> Record:
    return {
        "root": service.root,
        "framework": service.framework,
        "entry": service.entry,
        "package": service.package,
        "pairs": list(service.pairs),
    }


def _unresolved(entry: Unresolved) -> Record:
    return {
        "kind": entry.kind,
        "file": entry.location.file,
        "line": entry.location.line,
        "reason": entry.reason,
    }


def _diagnostic(entry: Diagnostic) -> Record:
    return {"code": entry.code, "message": entry.message, "file": entry.file, "line": entry.line}
