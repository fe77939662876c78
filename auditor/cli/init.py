"""`auditor init`: a configuration to start from."""

from __future__ import annotations

from pathlib import Path

from auditor.cli.console import tell
from auditor.cli.failure import Failure
from auditor.cli.options import ProjectPath
from auditor.cli.project import checked


def init(path: ProjectPath = Path(".")) -> None:
    """Write an auditor.yaml in which every setting is explained and none is set."""
    target = checked(path) / "auditor.yaml"
    try:
        with target.open("x", encoding="utf-8", newline="\n") as file:
            file.write(TEMPLATE)
    except FileExistsError:
        raise Failure(f"{target} exists; it was not changed") from None
    except OSError as error:
        raise Failure(f"{target}: {error.strerror or error}") from None
    tell(f"wrote {target}")


TEMPLATE = """\
# Settings of auditor. Every line is optional: without it, auditor finds out by itself or uses the
# value shown. Folders are relative to this file.

# Folders of the backends and of the frontends, instead of detecting them.
# backend: [backend]
# frontend: [frontend]

# Files and folders to leave out, as in .gitignore.
# exclude: ["legacy/", "**/*.generated.ts"]

# Rules by code, name or beginning of a code. 'auditor rules' lists them.
# select: [EP, EN101, hardcoded-url]
# ignore: [unused-endpoint]

# The severity from which on a run fails: critical, high, medium or low.
# fail-on: high

# The least confidence a finding must have: high, medium or low.
# min-confidence: low

# Packages with rules.
# rule-packs: [auditor_rules]

# Public addresses of the backend, as frontends may write them, and the paths they lead to.
# base-urls:
#   - from: https://api.example.com/v1
#     to: /api/v1

# What a proxy does to paths, if no file of the project says so.
# rewrites:
#   - from: /backend
#     to: /

# Environment variables as they are set where the frontend is built.
# env:
#   NEXT_PUBLIC_API_URL: /api
"""
