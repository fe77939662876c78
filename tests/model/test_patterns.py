"""Patterns against git itself, and the cases that decide."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from auditor.model.patterns import covers, parse_patterns


@pytest.mark.parametrize(
    ("lines", "path", "expected"),
    [
        (["legacy"], "legacy/a.py", True),
        (["legacy"], "x/legacy/a.py", True),
        (["legacy/"], "legacy", False),
        (["/legacy"], "x/legacy/a.py", False),
        (["x/legacy"], "x/legacy/a.py", True),
        (["x/legacy"], "y/x/legacy/a.py", False),
        (["./x/legacy"], "x/legacy/a.py", True),
        (["*.gen.ts"], "a/b.gen.ts", True),
        (["*.gen.ts"], "a/b.gen.tsx", False),
        (["a/*/c.py"], "a/b/c.py", True),
        (["a/*/c.py"], "a/b/b/c.py", False),
        (["a/**/c.py"], "a/c.py", True),
        (["a/**/c.py"], "a/b/b/c.py", True),
        (["a/**"], "a/b/c.py", True),
        (["**/a.py"], "a.py", True),
        (["?.py"], "a.py", True),
        (["?.py"], "ab.py", False),
        (["[ab].py"], "a.py", True),
        (["[!ab].py"], "a.py", False),
        (["[ab.py"], "a.py", False),
        (["*.py", "!keep.py"], "keep.py", False),
        (["*.py", "!keep.py", "keep.py"], "keep.py", True),
        (["# *.py", "", r"\#a.py"], "#a.py", True),
        (["a.py  "], "a.py", True),
        ([], "a.py", False),
    ],
)
def test_covers(lines: list[str], path: str, expected: bool) -> None:
    assert covers(parse_patterns(lines), path) is expected


def test_patterns_of_a_folder_stay_in_it() -> None:
    patterns = parse_patterns(["*.py", "/x/y"], "a.b")
    assert covers(patterns, "a.b/c/d.py")
    assert covers(patterns, "a.b/x/y/z.ts")
    assert not covers(patterns, "d.py")
    assert not covers(patterns, "aXb/d.py")


@given(some.lists(some.text(alphabet="ab*?[]!/.\\# ", min_size=1, max_size=8), max_size=3))
def test_no_pattern_is_too_strange_to_be_read(lines: list[str]) -> None:
    assert covers(parse_patterns(lines), "a/b.a") in {True, False}


def test_git_agrees(tmp_path: Path) -> None:
    lines = ["lib/", "!src/lib/", "/only", "a/**/z", "*.log", "!keep.log", "docs/*.txt", "**/deep/x", "[0-9]*.py"]
    paths = [
        "lib/a", "src/lib/a", "only/a", "src/only", "a/z", "a/b/c/z", "x.log", "s/keep.log", "docs/a.txt",
        "docs/s/a.txt", "q/deep/x", "deep/x", "1a.py", "a1.py", "b/lib",
    ]  # fmt: skip
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    (tmp_path / ".gitignore").write_text("\n".join(lines))
    asked = "\0".join(paths).encode()
    done = subprocess.run(
        ["git", "check-ignore", "--no-index", "-z", "--stdin"],
        cwd=tmp_path,
        input=asked,
        capture_output=True,
        check=True,
    )
    ignored = {path.decode() for path in done.stdout.split(b"\0") if path}
    patterns = parse_patterns(lines)
    assert {path for path in paths if covers(patterns, path)} == ignored
