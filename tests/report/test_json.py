"""The JSON contract."""

from __future__ import annotations

import json

from report_graphs import api, drifted, finding, report

from auditor import __version__
from auditor.model.finding import Evidence, Side
from auditor.report.renderers.json import RENDERER


def test_keys_are_the_contract() -> None:
    text = RENDERER.render(report(*drifted()))
    made = json.loads(text)
    assert text.endswith("}\n")
    assert {key: list(value) for key, value in made.items() if isinstance(value, dict)} == {
        "tool": ["name", "version"],
        "detected": ["backends", "frontends", "documents"],
        "summary": ["critical", "high", "medium", "low", "info", "health", "suppressed"],
        "coverage": ["endpoints", "paths", "calls", "types", "channels", "tests", "auth"],
        "files": ["analysed", "skipped"],
    }
    assert list(made) == [
        "schema_version", "tool", "detected", "summary", "findings", "coverage", "recommendations", "unresolved",
        "diagnostics", "files",
    ]  # fmt: skip
    assert made["tool"] == {"name": "auditor", "version": __version__}
    assert made["summary"] == {
        "critical": 1, "high": 1, "medium": 0, "low": 1, "info": 1, "health": "failing", "suppressed": 0,
    }  # fmt: skip
    assert made["detected"]["backends"] == [
        {"root": "backend", "framework": "fastapi", "entry": "app.main:app", "package": "", "pairs": []}
    ]
    assert made["unresolved"] == [
        {"kind": "call", "file": "frontend/src/api.ts", "line": 5, "reason": "base URL comes from VITE_API"}
    ]
    assert made["diagnostics"] == [
        {"code": "syntax-error", "message": "cannot be read as Python", "file": "backend/app/old.py", "line": 2}
    ]
    assert made["files"] == {"analysed": 12, "skipped": {"test": 3, "vendored": 1}}


def test_a_finding() -> None:
    first, *others = json.loads(RENDERER.render(report(*drifted())))["findings"]
    assert [one["code"] for one in others] == ["RS101", "EP201", "XT001"]
    assert first == {
        "code": "EP101",
        "name": "missing-endpoint",
        "severity": "critical",
        "confidence": "high",
        "category": "endpoints",
        "message": "no route serves POST /auth/login",
        "hint": "serve POST /auth/login or drop the call",
        "fingerprint": "65c84283ddc3c02e",
        "subject": "POST /auth/login",
        "locations": [
            {
                "side": "frontend",
                "file": "frontend/src/api.ts",
                "line": 3,
                "end_line": 3,
                "column": 28,
                "label": "sends POST /auth/login",
                "excerpt": "export const login = () => api.post(`/auth/login`);",
            },
            {
                "side": "backend",
                "file": "backend/app/users.py",
                "line": 3,
                "end_line": 3,
                "column": 1,
                "label": "nearest route",
                "excerpt": '@router.get("/users/{user_id}")',
            },
        ],
        "places": [],
        "provenance": [{"file": "frontend/src/api.ts", "line": 1, "what": "client from ./client"}],
        "details": {},
    }


def covered(category: str, routes: int, called: int, percent: int) -> dict[str, object]:
    """A row of the endpoint coverage without anything uncertain."""
    counts = {"routes": routes, "called": called, "unresolved": 0, "percent": percent}
    return {"category": category, **counts, "nominal": called, "uncalled": routes - called, "excluded": 0, "tested": 0}


def test_coverage() -> None:
    made = json.loads(RENDERER.render(report()))["coverage"]
    assert made == {
        "endpoints": [
            covered("users", 2, 1, 50),
            covered("ws", 1, 0, 0),
        ],
        "paths": [covered("/users", 2, 1, 50)],
        "calls": {"calls": 3, "known": 3, "percent": "100.0", "reasons": []},
        "types": [
            {
                "backend": "User",
                "frontend": "User",
                "status": "mismatch",
                "reason": "call",
                "confidence": "high",
                "declared": {
                    "backend": {"file": "backend/app/users.py", "line": 6},
                    "frontend": {"file": "backend/app/users.py", "line": 6},
                },
                "differences": ["only in the frontend: email", "only in the backend: name"],
                "evidence": [{"side": "frontend", "file": "frontend/src/api.ts", "line": 4, "label": "call"}],
            }
        ],
        "channels": [
            {
                "kind": "websocket",
                "path": "/ws/updates",
                "status": "no client",
                "file": "backend/app/users.py",
                "line": 6,
                "handler": "read_user",
                "clients": [],
            }
        ],
        "tests": [],
        "auth": [
            {
                "topic": "login",
                "backend": [],
                "frontend": ["POST /auth/login (frontend/src/api.ts:3)"],
                "status": "frontend only",
                "places": [{"side": "frontend", "file": "frontend/src/api.ts", "line": 3}],
            }
        ],
    }


def test_hostile_texts_survive_unchanged_and_cannot_act() -> None:
    hostile = "##[error]x\x1b[31m\x9b\u202e\u2028::error::y\n日本\ud800"
    place = Evidence(Side.FRONTEND, api(3), hostile)
    text = RENDERER.render(
        report(finding(message=hostile, evidence=(place,)), sources={"frontend/src/api.ts": ["", "", hostile]})
    )
    assert json.loads(text)["findings"][0]["message"] == hostile
    assert json.loads(text)["findings"][0]["locations"][0]["excerpt"] == hostile
    assert "##[" not in text
    assert not set("\x1b\x9b\u202e\u2028\ud800") & set(text)
    assert "日本" in text
