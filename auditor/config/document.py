"""A configuration file as settings that know their line, whichever language it is written in."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from auditor.config.tree import Broken, Setting, Settings, parse_yaml


class ConfigError(Exception):
    """Configuration that cannot be used.

    The text is one line: file, line, what is wrong and, where there is one, the nearest valid name.
    """


def read_document(path: Path, shown: str) -> Settings | None:
    """The top-level settings of a file; None for a `pyproject.toml` without a `[tool.auditor]` table.

    `shown` is how errors call the file. Raises `ConfigError`.
    """
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise ConfigError(f"{shown}: not in UTF-8") from None
    except OSError as error:
        raise ConfigError(f"{shown}: {error.strerror}") from None
    return _toml_settings(text, shown) if path.suffix == ".toml" else _yaml_settings(text, shown)


def _yaml_settings(text: str, shown: str) -> Settings:
    tree = parse_yaml(text)
    if isinstance(tree, Broken):
        raise ConfigError(f"{shown}:{tree.line}: {tree.message}")
    if tree.value is None:
        return {}
    if not isinstance(tree.value, dict):
        raise ConfigError(f"{shown}:{tree.line}: expected keys such as 'backend:' and 'frontend:'")
    return tree.value


def _toml_settings(text: str, shown: str) -> Settings | None:
    """None without a `[tool.auditor]` table."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        if "auditor" not in text:
            return None  # somebody else's problem
        raise ConfigError(f"{shown}: {error}") from None
    table = document.get("tool", {})
    table = table.get("auditor") if isinstance(table, dict) else None
    if not isinstance(table, dict):
        return None
    start = re.search(r"(?m)^\s*\[+\s*tool\s*\.\s*auditor\b", text)
    return {
        key: _from_toml(value, _toml_line(text, start.start() if start else 0, key)) for key, value in table.items()
    }


def _toml_line(text: str, start: int, key: str) -> int:
    """The parser keeps no places: the first line behind the table's header that begins with the key."""
    found = re.compile(
        rf"""(?m)^\s*(?:["']?{re.escape(key)}["']?\s*[=.]|\[+\s*tool\.auditor\.{re.escape(key)})"""
    ).search(text, start)
    return text.count("\n", 0, found.end() if found else start) + 1


def _from_toml(value: object, line: int) -> Setting:
    if isinstance(value, dict):
        return Setting(line, {str(key): _from_toml(item, line) for key, item in value.items()})
    if isinstance(value, list):
        return Setting(line, tuple(_from_toml(item, line) for item in value))
    return Setting(line, str(value).lower() if isinstance(value, bool) else str(value))
