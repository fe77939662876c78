r"""A file was skipped, or only partly read.

Routes, calls and types in it are unknown to the audit.

## Bad

```py title=api.py
from fastapi import FastAPI

app = FastAPI()


@app.get("/users")
def list_users() -> list[str]:
    return ["Ada"]
```

```py title=broken.py
def broken(: # expect: XT002
```

```ts title=client.ts
export const listUsers = () => fetch("/users");
```

## Good

```py title=broken.py
def repaired() -> None:
    return None
```

## Limits

Syntax that is newer than the running Python is read by a second reader, and is no failure.
"""

from collections.abc import Iterator

from auditor.model.finding import Diagnostic, Evidence, Finding, Severity, Side
from auditor.model.graph import ProjectGraph
from auditor.model.span import Location, Span
from auditor.rule import Rule

_READ_ALL_THE_SAME = frozenset({"newer-syntax"})
_PYTHON = (".py", ".pyi", ".pyw")
_SCRIPT = (".ts", ".tsx", ".js", ".jsx", ".mts", ".cts", ".mjs", ".cjs", ".vue", ".svelte")


def check(graph: ProjectGraph) -> Iterator[Finding]:
    """One finding per source file and kind of problem."""
    groups: dict[tuple[str, str], list[Diagnostic]] = {}
    for diagnostic in graph.diagnostics:
        if diagnostic.file.endswith(_PYTHON + _SCRIPT) and diagnostic.code not in _READ_ALL_THE_SAME:
            groups.setdefault((diagnostic.file, diagnostic.code), []).append(diagnostic)
    for (file, code), problems in groups.items():
        first, *others = (_evidence(problem) for problem in problems)
        yield RULE.at(
            first,
            message=f"{file}: {problems[0].message}",
            subject=code,
            hint="what stands in it is missing from this report",
            places=tuple(others),
            details={"code": code, "problems": len(problems)},
        )


def _evidence(problem: Diagnostic) -> Evidence:
    side = Side.BACKEND if problem.file.endswith(_PYTHON) else Side.FRONTEND
    line = max(problem.line, 1)
    return Evidence(side, Location(problem.file, Span(line, 1, line, 1)), problem.message)


RULE = Rule(code="XT002", name="parse-failure", severity=Severity.INFO, check=check)
