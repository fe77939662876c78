"""Frontends that are broken or extreme: something is said about it, and the rest of the audit goes on."""

from __future__ import annotations

import pytest

from auditor.model.graph import Matched, Missing, Unknown
from auditor.pipeline import audit_texts
from auditor.report.report import Report

API = "from fastapi import FastAPI\napp = FastAPI()\n@app.get('/users')\ndef users() -> list[str]: ...\n"
PACKAGE = '{"name": "web", "dependencies": {"react": "^18"}}'


def audit(files: dict[str, str]) -> Report:
    """The audit of a backend with `GET /users` and these files of a frontend."""
    return audit_texts({"api/main.py": API, "web/package.json": PACKAGE, **files})


def paths(report: Report) -> list[tuple[str, bool]]:
    """The path of every call, and whether the route answers it."""
    return [(call.path, isinstance(call.target, Matched)) for call in report.graph.calls]


@pytest.mark.parametrize(
    "files",
    [
        {
            "web/tsconfig.json": '// the base\n{"extends": "./tsconfig.base.json", /* here */ "compilerOptions": {},}',
            "web/tsconfig.base.json": '{"extends": "./tsconfig.json",'
            ' "compilerOptions": {"paths": {"~x/*": ["./src/*",]}}}',
            "web/src/base.ts": "export const PATH = '/users';",
            "web/src/main.ts": "import { PATH } from '~x/base';\nfetch(PATH);",
        },
        {
            "package.json": '{"workspaces": ["nowhere/*", "web"]}',
            "pnpm-workspace.yaml": "packages:\n  - 'absent/**'\n",
            "web/src/main.ts": "fetch('/users');",
        },
        {
            "web/src/a.ts": "import { path } from './b';\nexport const head = '/';\n"
            "export const go = () => fetch(path());",
            "web/src/b.ts": "import { head } from './a';\nexport const path = () => head + 'users';\n",
            "web/src/main.ts": "import { go } from './a';\ngo();",
        },
        {
            "web/src/main.ts": "const send0 = (path: string) => fetch(path);\n"
            + "".join(f"const send{n} = (path: string) => send{n - 1}(path);\n" for n in range(1, 9))
            + "send8('/users');",
        },
    ],
    ids=["tsconfig", "workspaces", "cycle", "wrappers"],
)  # fmt: skip
def test_it_is_read_all_the_same(files: dict[str, str]) -> None:
    assert paths(audit(files)) == [("/users", True)]


def test_a_chain_of_40_wrappers_is_unknown_or_right() -> None:
    source = "const send0 = (path: string) => fetch(path);\n"
    source += "".join(f"const send{n} = (path: string) => send{n - 1}(path);\n" for n in range(1, 41))
    report = audit({"web/src/main.ts": source + "send40('/users');\nfetch('/users');"})
    assert ("/users", True) in paths(report)
    assert all(isinstance(call.target, Matched | Unknown) for call in report.graph.calls)
    assert len(report.graph.calls) == 2


def test_a_template_with_500_holes_is_one_call() -> None:
    holes = "".join(f"/${{a{n}}}" for n in range(500))
    report = audit({"web/src/main.ts": f"export const go = (a: string[]) => fetch(`/users{holes}`);\ngo([]);"})
    [(path, answered)] = paths(report)  # the evaluator follows the first few hundred pieces
    assert path.startswith("/users" + "/{}" * 100)
    assert not answered
    assert [call.target for call in report.graph.calls] == [Unknown("the path is too long to follow")]


def test_what_the_grammar_cannot_read_is_reported_and_the_rest_is_read() -> None:
    files = {
        "web/src/Broken.tsx": "export const Broken = () => <div><span onClick={>;\nconst = ;\n",
        "web/src/main.ts": "fetch('/users');",
    }
    report = audit(files)
    assert ("/users", True) in paths(report)
    assert "web/src/Broken.tsx" in [entry.file for entry in report.graph.diagnostics]


def test_a_frontend_that_meets_no_route_at_all_belongs_to_another_backend() -> None:
    source = "".join(f"fetch('/other{n}/list');\n" for n in range(30))
    report = audit({"web/src/main.ts": source})
    assert {type(call.target) for call in report.graph.calls} == {Unknown}
    known = audit({"web/src/main.ts": source + "fetch('/users');\n" * 3})
    assert Missing in {type(call.target) for call in known.graph.calls}
