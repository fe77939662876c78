"""RS101, UR101, UR102, DC101 and the rules about the audit itself."""

from __future__ import annotations

from dataclasses import replace

import pytest
from graphs import API, WEB, at, call, check, graph, model, only, route, step, url

from auditor.model.finding import Confidence, Diagnostic, Severity, Side
from auditor.model.graph import DeprecatedImport, Matched, ProjectGraph, Service, TypePair, Unknown, UrlLiteral
from auditor.model.shape import Model


def typed(backend: Model, frontend: Model, *directions: str, confidence: Confidence = Confidence.HIGH) -> ProjectGraph:
    """A graph with one pair of models, proven once per direction."""
    pairs = (TypePair(backend.key, frontend.key, "response", way, confidence, ()) for way in directions)
    return graph(models={backend.key: backend, frontend.key: frontend}, pairs=tuple(pairs))


@pytest.mark.parametrize(
    ("returned", "expected", "optional", "missing"),
    [
        pytest.param(["a", "b"], ["a", "b"], [], None, id="all there"),
        pytest.param(["a", "b"], ["a"], [], None, id="more than expected"),
        pytest.param(["a"], ["a", "b", "c"], [], ["b", "c"], id="two lacking"),
        pytest.param(["a"], ["a", "b"], ["b"], None, id="optional"),
        pytest.param(["created_at"], ["createdAt"], [], None, id="another spelling"),
        pytest.param([], ["a"], [], ["a"], id="an empty model"),
    ],
)
def test_fields(returned: list[str], expected: list[str], optional: list[str], missing: list[str] | None) -> None:
    project = typed(model(Side.BACKEND, *returned), model(Side.FRONTEND, *expected, optional=optional), "response")
    assert [finding.details["missing"] for finding in check("RS101", project)] == ([] if missing is None else [missing])


@pytest.mark.parametrize(
    ("directions", "count"),
    [(["response"], 1), (["both"], 1), (["request"], 0), (["response", "response", "both"], 1)],
)
def test_direction_of_a_pair(directions: list[str], count: int) -> None:
    project = typed(model(Side.BACKEND, "a"), model(Side.FRONTEND, "b"), *directions)
    assert len(check("RS101", project)) == count


def test_an_open_model_may_return_more() -> None:
    assert check("RS101", typed(model(Side.BACKEND, "a", open=True), model(Side.FRONTEND, "b"), "response")) == []


def test_an_open_expectation_still_expects_its_fields() -> None:
    assert len(check("RS101", typed(model(Side.BACKEND, "a"), model(Side.FRONTEND, "b", open=True), "response"))) == 1


def test_models_that_are_not_known_are_not_compared() -> None:
    pairs = (TypePair("api/x.py:X", "web/x.ts:X", "response", "response", Confidence.HIGH, ()),)
    assert check("RS101", graph(pairs=pairs)) == []


def test_a_field_points_to_both_sides() -> None:
    told = typed(model(Side.BACKEND, "a"), model(Side.FRONTEND, "a", "b", "c"), "response")
    # Where templates may read it that are not looked at, nobody knows whether it is read.
    assert only("RS101", told).severity is Severity.MEDIUM
    finding = only("RS101", replace(told, reads=frozenset(("b", "c"))))
    assert [(piece.side, piece.location.line) for piece in finding.evidence] == [
        (Side.FRONTEND, 11),
        (Side.BACKEND, 9),
    ]
    assert [place.location.line for place in finding.places] == [12]
    assert (finding.subject, finding.severity) == ("Token ↔ TokenResponse", Severity.HIGH)


LOCAL = "http://localhost:8000"


@pytest.mark.parametrize(
    ("literal", "code", "severity"),
    [
        pytest.param(url(LOCAL, uses=1), "UR101", Severity.CRITICAL, id="used in the frontend"),
        pytest.param(url("ws://127.0.0.1/ws", uses=1), "UR101", Severity.CRITICAL, id="a socket"),
        pytest.param(url(LOCAL), "UR101", Severity.HIGH, id="no known use"),
        pytest.param(url("http://localhost:{}", uses=1), "UR101", Severity.MEDIUM, id="a port that is looked for"),
        pytest.param(url(f"{LOCAL}{{}}", uses=1), "UR101", Severity.CRITICAL, id="a fixed port, a path at run time"),
        pytest.param(url(LOCAL, side=Side.BACKEND, uses=1), "UR101", Severity.MEDIUM, id="in the backend"),
        pytest.param(url(LOCAL, fallback="VITE_API"), "UR102", Severity.LOW, id="a default"),
        pytest.param(url(LOCAL, fallback="VITE_API", uses=3), "UR102", Severity.LOW, id="a used default"),
        pytest.param(url("https://example.org", local=False, uses=1), "", None, id="a public host"),
    ],
)
def test_urls(literal: UrlLiteral, code: str, severity: Severity | None) -> None:
    project = graph(urls=(literal,))
    found = [(finding.code, finding.severity) for rule in ("UR101", "UR102") for finding in check(rule, project)]
    assert found == ([(code, severity)] if severity else [])


@pytest.mark.parametrize(
    ("other", "uses", "severity"),
    [
        pytest.param(LOCAL, 0, Severity.LOW, id="another copy of a default"),
        pytest.param(LOCAL, 1, Severity.CRITICAL, id="requested past the variable"),
        pytest.param("http://localhost:9000", 0, Severity.HIGH, id="the default is another server"),
    ],
)
def test_a_copy_of_a_default(other: str, uses: int, severity: Severity) -> None:
    project = graph(urls=(url(LOCAL, 9, uses=uses), url(other, 20, fallback="VITE_API")))
    assert only("UR101", project).severity is severity


@pytest.mark.parametrize("through", ["call", "step", "neither"])
def test_a_call_through_the_url_proves_its_use(through: str) -> None:
    home = route("GET /x")
    place = {"call": 7, "step": 99, "neither": 99}[through]
    steps = (step("web/client.ts", 7, "base URL"),) if through == "step" else ()
    project = graph(
        routes=[home], calls=[call("GET /x", Matched(home), place, provenance=steps)], urls=(url(LOCAL, 7),)
    )
    finding = only("UR101", project)
    assert finding.severity is (Severity.HIGH if through == "neither" else Severity.CRITICAL)
    assert len(finding.evidence) == (1 if through == "neither" else 2)


def test_one_url_in_one_file_is_one_finding() -> None:
    found = check("UR101", graph(urls=(url(LOCAL, 1), url(LOCAL, 5), url("http://localhost:9000", 6))))
    assert [(finding.subject, len(finding.places)) for finding in found] == [(LOCAL, 1), ("http://localhost:9000", 0)]


@pytest.mark.parametrize(
    ("name", "subject", "severity"),
    [("oldFetch", "oldFetch in web/old.ts", Severity.LOW), ("", "web/old.ts", Severity.HIGH)],
    ids=["symbol", "module"],
)
def test_deprecated_imports(name: str, subject: str, severity: Severity) -> None:
    importers = (at("web/a.ts", 1), at("web/b.ts", 2))
    mark = DeprecatedImport(name, "use client.ts", at("web/old.ts", 3), importers, Side.FRONTEND)
    unused = DeprecatedImport("nobody", "", at("web/old.ts", 9), (), Side.FRONTEND)
    finding = only("DC101", graph(deprecated=(mark, unused)))
    assert [piece.location.file for piece in finding.evidence] == ["web/a.ts", "web/old.ts"]
    assert [place.location.file for place in finding.places] == ["web/b.ts"]
    assert (finding.subject, finding.hint, finding.severity) == (subject, "move the importers: use client.ts", severity)


def test_unresolved_calls_give_their_reason() -> None:
    why, other = Unknown("VITE_API is not defined"), Unknown("a parameter")
    calls = [call("GET {}/x", why, 1), call("GET {}/x", why, 2), call("GET {}/x", other, 3), call("GET /y", why, 4)]
    found = check("XT001", graph(calls=calls))
    assert [(finding.evidence[0].location.line, len(finding.places)) for finding in found] == [(1, 1), (3, 0), (4, 0)]
    assert all(finding.severity is Severity.INFO for finding in found)
    assert "VITE_API is not defined" in found[0].message
    assert len({finding.fingerprint for finding in found}) == 3


@pytest.mark.parametrize(
    ("code", "file", "side"),
    [
        ("syntax-error", "api/a.py", Side.BACKEND),
        ("partly-read", "web/a.ts", Side.FRONTEND),
        ("not-utf8", "web/App.vue", Side.FRONTEND),
        ("too-large", "web/bundle.js", Side.FRONTEND),
        ("newer-syntax", "api/a.py", None),
        ("unknown-key", "auditor.yaml", None),
        ("no-sources", ".", None),
    ],
)
def test_files_that_were_not_read(code: str, file: str, side: Side | None) -> None:
    found = check("XT002", graph(diagnostics=(Diagnostic(code, "what happened", file, 4),)))
    assert [(finding.evidence[0].side, finding.severity) for finding in found] == (
        [(side, Severity.INFO)] if side else []
    )


def test_problems_of_one_file_are_one_finding() -> None:
    problems = tuple(Diagnostic("partly-read", f"problem {line}", "web/a.ts", line) for line in (3, 0))
    finding = only("XT002", graph(diagnostics=problems))
    assert [piece.location.line for piece in (*finding.evidence, *finding.places)] == [3, 1]


@pytest.mark.parametrize(
    ("services", "lacking"),
    [
        ((API, WEB), []),
        ((API,), ["frontend"]),
        ((WEB,), ["backend"]),
        ((), ["backend", "frontend"]),
    ],
)
def test_sides(services: tuple[Service, ...], lacking: list[str]) -> None:
    found = check("XT003", graph(services=services, routes=[route("GET /x", 4)], calls=[]))
    assert [finding.details["side"] for finding in found] == lacking
    assert all(finding.severity is Severity.INFO for finding in found)
