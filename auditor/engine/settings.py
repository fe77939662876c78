"""Which small text files tell the linker what the code does not: entry points, aliases, proxies, environments."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

LARGEST_SETTING = 100_000
"""Bytes. A larger file is a lock file or data under a familiar name."""

_NAMED = re.compile(
    r"""
    package\.json | [jt]sconfig[^/]*\.json | angular\.json | project\.json | lerna\.json | nx\.json | proxy\.conf\.json
    | pnpm-workspace\.ya?ml | (.*[.-])?(docker-)?compose([.-].*)?\.ya?ml | (.+\.)?(Docker|Container)file([.-].*)?
    | \.env.* | \.flaskenv | .+\.env | .*env\.(example|sample|template|dist)
    | pyproject\.toml | setup\.cfg | requirements[^/]*\.txt | Pipfile
    | nginx.*\.conf(\..*)? | Caddyfile | Procfile | vercel\.json | netlify\.toml | staticwebapp\.config\.json
    | fly\.toml | index\.html
    """,
    re.VERBOSE,
)
_PERHAPS = re.compile(r".*\.conf(\.(template|tmpl|j2))?|.*\.(sh|bat|ps1)|Makefile|justfile|Taskfile\.ya?ml")
_SPEAKING = re.compile(
    rb"proxy_pass|\b(uvicorn|gunicorn|hypercorn|daphne|granian)\b|\bfastapi (run|dev)\b|\bflask run\b"
)


def may_be_setting(path: str) -> bool:
    """Whether the name alone makes it worth a look."""
    name = path.rpartition("/")[2]
    return bool(_NAMED.fullmatch(name) or _PERHAPS.fullmatch(name))


def is_setting(root: Path, path: str) -> bool:
    """Whether the linker should read it: by its name, or because it proxies requests or starts a server."""
    if _NAMED.fullmatch(path.rpartition("/")[2]):
        return True
    try:
        return _SPEAKING.search((root / path).read_bytes()) is not None
    except OSError:
        return False


def read_settings(root: Path, paths: Iterable[str]) -> dict[str, str]:
    """The texts of settings files by path; bytes that are not UTF-8 are replaced, unreadable files are left out."""
    texts: dict[str, str] = {}
    for path in paths:
        try:
            texts[path] = (root / path).read_bytes().decode("utf-8-sig", "replace")
        except OSError:
            continue
    return texts
