"""Which paths a list of patterns leaves out, patterns being written as in `.gitignore`.

Follows the pattern format of gitignore(5): `*` and `?` stay inside one folder name, `**` does not,
a slash before the end ties the pattern to its folder, a slash at the end matches folders only,
`!` takes back what an earlier pattern left out, and the last pattern that matches decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pattern:
    """One line: an expression over whole relative paths, and what a match means."""

    expression: re.Pattern[str]
    negated: bool
    folders_only: bool


Patterns = tuple[Pattern, ...]


def parse_patterns(lines: Iterable[str], folder: str = "") -> Patterns:
    """The patterns of one file or list; blank lines and `#` comments give none.

    `folder` is where the patterns stand, relative to the paths they will be asked about.
    """
    patterns = (_pattern(line, folder) for line in lines)
    return tuple(pattern for pattern in patterns if pattern is not None)


def matches(patterns: Patterns, path: str, is_folder: bool) -> bool:
    """Whether this very path is left out; folders above it are not looked at."""
    for pattern in reversed(patterns):
        if (is_folder or not pattern.folders_only) and pattern.expression.fullmatch(path):
            return not pattern.negated
    return False


def covers(patterns: Patterns, path: str) -> bool:
    """Whether the file at this path is left out, by itself or with a folder above it."""
    if not patterns:
        return False
    folders = (path[:end] for end, letter in enumerate(path) if letter == "/")
    return any(matches(patterns, folder, True) for folder in folders) or matches(patterns, path, False)


def _pattern(line: str, folder: str) -> Pattern | None:
    text = re.sub(r"(?<!\\)\s+$", "", line.rstrip("\r\n"))
    if not text or text.startswith("#"):
        return None
    negated = text.startswith("!")
    text = text[negated:].removeprefix("./")
    folders_only = text.endswith("/")
    text = text.rstrip("/")
    if not text:
        return None
    start = re.escape(folder) + "/" if folder else ""
    if "/" not in text:
        start += "(?:.*/)?"
    try:
        expression = re.compile(start + _expression(text.lstrip("/")), re.DOTALL)
    except re.error:  # an unfinished [class]: taken literally, as git does
        expression = re.compile(start + re.escape(text.lstrip("/")), re.DOTALL)
    return Pattern(expression, negated, folders_only)


_TOKEN = re.compile(
    r"(?P<deep>\*\*/)|(?P<any>\*\*)|(?P<star>\*)|(?P<one>\?)|(?P<set>\[!?\]?[^\]]*\])|\\?(?P<text>.)", re.S
)


def _expression(text: str) -> str:
    return "".join(_translated(token) for token in _TOKEN.finditer(text))


def _translated(token: re.Match[str]) -> str:
    match token.lastgroup:
        case "deep":
            return "(?:.*/)?"
        case "any":
            return ".*"
        case "star":
            return "[^/]*"
        case "one":
            return "[^/]"
        case "set":
            letters = token["set"][1:-1]
            negated = letters.startswith("!")
            return f"[{'^' if negated else ''}{re.escape(letters[negated:]).replace(chr(92) + '-', '-')}]"
        case _:
            return re.escape(token["text"])
