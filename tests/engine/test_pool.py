"""Reading many files: the same facts for any number of processes, whatever the files do."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest

from auditor.engine.pool import SMALL, extract_all
from auditor.model.facts import Dialect, FileFacts
from auditor.model.inventory import SourceFile

HOSTILE = {
    "python2.py": b"print 'hello'\nexcept A, B:\n",
    "latin.py": "name = 'caf\xe9'\n".encode("latin-1"),
    "nested.py": b"x = " + b"(" * 3_000 + b")" * 3_000,
    "nested.ts": b"const x = " + b"[" * 3_000 + b"]" * 3_000,
    "chain.py": b"x = " + b"+".join([b"a"] * 4_000),
    "chain.ts": b"const x = " + b"+".join([b"a"] * 4_000),
    "calls.ts": b"const x = a" + b".b(1)" * 2_000,
    "number.py": b"x = 123456789012345678901234567890\n",
    "surrogate.py": b"x = '\\ud800'\n",
    "surrogate.ts": b"const x = '\\ud800'\n",
    "half.ts": b"const x = {\n",
    "binary.ts": b"\x00\x01",
    "empty.py": b"",
}
DIALECTS = {"py": Dialect.PYTHON, "ts": Dialect.TYPESCRIPT}


@pytest.fixture
def project(tmp_path: Path) -> tuple[Path, list[SourceFile]]:
    """A folder of hostile files and enough ordinary ones to be worth a pool."""
    contents = HOSTILE | {f"plain{number}.py": b"a = get('/x')\n" * (number % 7) for number in range(SMALL)}
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "folder.py").mkdir()
    return tmp_path, [source(name) for name in sorted([*contents, "folder.py", "gone.py"])]


def source(name: str) -> SourceFile:
    return SourceFile(name, DIALECTS[name.rpartition(".")[2]], 100)


def encoded(facts: dict[str, FileFacts]) -> bytes:
    return msgspec.msgpack.encode(list(facts.items()))


def test_any_number_of_processes_gives_the_same(project: tuple[Path, list[SourceFile]]) -> None:
    root, files = project
    alone = extract_all(root, files, 1)
    assert list(alone) == [file.path for file in files]
    assert encoded(extract_all(root, files, 2)) == encoded(alone)
    assert encoded(extract_all(root, files, 5)) == encoded(alone)
    assert encoded(extract_all(root, files)) == encoded(alone)


def test_what_is_nested_too_deeply_does_not_depend_on_the_process(tmp_path: Path) -> None:
    sums = {f"sum{length}.py": "+".join("a" * length) for length in range(100, 1_100, 3)}
    for name, text in sums.items():
        (tmp_path / name).write_text(text)
    files = [source(name) for name in sums]
    alone = extract_all(tmp_path, files, 1)
    assert 0 < sum(not facts.problems for facts in alone.values()) < len(files)
    assert encoded(extract_all(tmp_path, files, 2)) == encoded(alone)
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(3_000)
    try:
        assert encoded(extract_all(tmp_path, files, 1)) == encoded(alone)
        assert sys.getrecursionlimit() == 3_000
    finally:
        sys.setrecursionlimit(limit)


def test_the_same_where_processes_cannot_be_forked(project: tuple[Path, list[SourceFile]]) -> None:
    root, files = project
    stop = threading.Event()
    other = threading.Thread(target=stop.wait)  # beside a thread, forking is not safe
    other.start()
    try:
        assert encoded(extract_all(root, files, 2)) == encoded(extract_all(root, files, 1))
    finally:
        stop.set()
        other.join()


def test_a_few_files_are_read_as_many_are(project: tuple[Path, list[SourceFile]]) -> None:
    root, files = project
    few = [file for file in files if not file.path.startswith("plain")]
    many = extract_all(root, files, 2)
    assert encoded(extract_all(root, few)) == encoded({file.path: many[file.path] for file in few})


def test_files_that_cannot_be_opened(project: tuple[Path, list[SourceFile]]) -> None:
    root, files = project
    for processes in (1, 2):
        facts = extract_all(root, files, processes)
        assert [problem.code for problem in facts["folder.py"].problems] == ["unreadable"]
        assert [problem.code for problem in facts["gone.py"].problems] == ["unreadable"]
        assert facts["plain1.py"].problems == ()


def test_no_files() -> None:
    assert extract_all(Path(), []) == {}


@pytest.mark.skipif(sys.platform != "linux", reason="finds the process to end in /proc")
def test_a_process_that_dies_costs_one_file(project: tuple[Path, list[SourceFile]]) -> None:
    root, files = project
    os.mkfifo(root / "deadly.py")
    alone = extract_all(root, files, 1)
    with deadly(root / "deadly.py"):
        facts = extract_all(root, [source("deadly.py"), *files], 2)
    assert [problem.code for problem in facts.pop("deadly.py").problems] == ["crashed"]
    assert encoded(facts) == encoded(alone)


@contextmanager
def deadly(pipe: Path) -> Iterator[None]:
    """While this is open, each child of this process that opens `pipe` is killed."""
    hunter = subprocess.Popen([sys.executable, "-c", HUNTER, str(pipe), str(os.getpid())])
    try:
        yield
    finally:
        hunter.kill()
        hunter.wait()


HUNTER = """
import os, signal, sys, time
pipe, parent = sys.argv[1:]
held = os.open(pipe, os.O_RDWR)  # so that opening it does not wait, reading it does
while True:
    for child in filter(str.isdigit, os.listdir("/proc")):
        try:
            status = open(f"/proc/{child}/status").read()
            if f"PPid:\\t{parent}\\n" not in status or int(child) == os.getpid():
                continue
            if pipe in [os.readlink(f"/proc/{child}/fd/{number}") for number in os.listdir(f"/proc/{child}/fd")]:
                os.kill(int(child), signal.SIGKILL)
        except OSError:
            continue
    time.sleep(0.02)
"""
