"""Reads revisions out of git objects: the work tree is not looked at and nothing is checked out.

No hook, file monitor, external diff or text converter that a repository names is run.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

_SAFE = ("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "core.quotePath=false")
_HUNK = re.compile(rb"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
_LARGEST = 10_000_000  # bytes of one file


class GitError(Exception):
    """Something that was asked of a repository is not there. The text is one line for the user."""


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository: its top folder, and the folder that is audited, relative to it ("" for the top)."""

    top: Path
    prefix: str


@dataclass(frozen=True, slots=True)
class Revision:
    """A commit, as it was asked for and as it is."""

    asked: str
    commit: str

    @property
    def label(self) -> str:
        """`main (1a2b3c4)`, or the short name alone where that was asked for."""
        short = self.commit[:7]
        return short if self.commit.startswith(self.asked) else f"{self.asked} ({short})"


@dataclass(frozen=True, slots=True)
class Hunk:
    """Lines that changed: `old` and `new` are first line and number of lines on each side."""

    old: tuple[int, int]
    new: tuple[int, int]
    removed: tuple[str, ...]
    added: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FileChange:
    """What happened to one file. `old` or `new` is "" for one that is added or removed."""

    old: str
    new: str
    hunks: tuple[Hunk, ...]


def repository(path: Path) -> Repository:
    """The repository that a folder belongs to; raises `GitError` if there is none."""
    done = _git(path, "rev-parse", "--show-toplevel", "--show-prefix")
    if done.returncode != 0:
        if b"dubious ownership" in done.stderr:
            raise GitError(f"{path}: git does not trust this repository (it belongs to somebody else)")
        raise GitError(f"{path}: not in a git repository")
    lines = done.stdout.decode("utf-8", "surrogateescape").split("\n")
    return Repository(Path(lines[0]), lines[1].rstrip("/") if len(lines) > 1 else "")


def revision(repo: Repository, asked: str) -> Revision:
    """The commit of that name; raises `GitError` if it is not here, with a hint at a shallow clone."""
    done = _git(repo.top, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{asked}^{{commit}}")
    if done.returncode == 0 and done.stdout.strip():
        return Revision(asked, done.stdout.decode().strip())
    if _git(repo.top, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true":
        raise GitError(f"no revision '{asked}': this is a shallow clone; 'git fetch --unshallow' gets its history")
    if _git(repo.top, "rev-parse", "--verify", "--quiet", "HEAD").returncode != 0:
        raise GitError(f"no revision '{asked}': the repository has no commit yet")
    raise GitError(f"no revision '{asked}' in {repo.top}")


def is_dirty(repo: Repository) -> bool:
    """Whether tracked files of the audited folder differ from the last commit."""
    done = _git(repo.top, "status", "--porcelain", "--untracked-files=no", "--", repo.prefix or ".")
    return done.returncode == 0 and bool(done.stdout.strip())


def export(repo: Repository, commit: str, folder: Path) -> None:
    """Writes the files of the audited folder at a commit below `folder`. Links and submodules are left out.

    Raises `GitError` where an object is missing, as in a partial clone.
    """
    entries = list(_entries(repo, commit))
    if not entries:
        raise GitError(f"{repo.prefix or repo.top}: not there at {commit[:7]}")
    names = b"".join(name.encode() + b"\n" for name, _ in entries)
    done = _git(repo.top, "cat-file", "--batch", stdin=names)
    content, place = done.stdout, 0
    for name, path in entries:
        end = content.find(b"\n", place)
        head = content[place:end].split()
        if end < 0 or len(head) != 3:
            raise GitError(f"object {name[:7]} of {path} is missing: the clone is not complete")
        size = int(head[2])
        target = folder / path
        if size <= _LARGEST:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content[end + 1 : end + 1 + size])
        place = end + 1 + size + 1


def changes(repo: Repository, base: str, head: str) -> tuple[FileChange, ...]:
    """The changed lines of each file of the audited folder, renames found; paths are relative to it."""
    done = _git(
        repo.top, "diff", "--no-ext-diff", "--no-textconv", "--no-color", "-U0", "-M",
        "--src-prefix=a/", "--dst-prefix=b/",
        "--relative=" + repo.prefix + "/" if repo.prefix else "--no-relative", base, head, "--",
    )  # fmt: skip
    return tuple(_parsed(done.stdout))


def author_of(repo: Repository, commit: str, file: str, line: int) -> str:
    """The commit that wrote a line and its first line ("1a2b3c4 Rename the route"); "" if git cannot tell."""
    path = f"{repo.prefix}/{file}" if repo.prefix else file
    done = _git(repo.top, "blame", "--no-textconv", "--porcelain", "-L", f"{line},{line}", commit, "--", path)
    text = done.stdout.decode("utf-8", "replace")
    summary = re.search(r"^summary (.*)$", text, re.MULTILINE)
    return f"{text[:7]} {summary[1]}" if done.returncode == 0 and summary else ""


def described(path: Path) -> str:
    """The commit of a folder, `1a2b3c4 2026-01-31`, with a "+" where files differ from it; "" without git."""
    try:
        repo = repository(path)
    except GitError:
        return ""
    done = _git(repo.top, "log", "-1", "--format=%h %cs")
    text = done.stdout.decode().strip()
    return f"{text}{'+' if text and is_dirty(repo) else ''}"


def _git(folder: Path, *arguments: str, stdin: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment |= {"GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
    try:
        return subprocess.run(
            ["git", *_SAFE, *arguments],
            cwd=folder,
            env=environment,
            capture_output=True,
            check=False,
            input=stdin or b"",
        )
    except OSError as error:
        raise GitError(f"git cannot be run: {error.strerror or error}") from None


def _entries(repo: Repository, commit: str) -> Iterator[tuple[str, str]]:
    """Object names and paths relative to the audited folder."""
    tree = f"{commit}:{repo.prefix}" if repo.prefix else commit
    done = _git(repo.top, "ls-tree", "-r", "-z", "--full-tree", tree)
    for record in done.stdout.split(b"\0"):
        if not record:
            continue
        head, _, path = record.partition(b"\t")
        mode, kind, name = head.split()[:3]
        if kind == b"blob" and mode != b"120000":
            yield name.decode(), os.fsdecode(path)


def _parsed(diff: bytes) -> Iterator[FileChange]:
    for part in re.split(rb"^diff --git .*$", diff, flags=re.MULTILINE)[1:]:
        names: Mapping[str, str] = {"old": _name(part, rb"---", b"a/"), "new": _name(part, rb"\+\+\+", b"b/")}
        renamed = re.search(rb"^rename from (.*)\nrename to (.*)$", part, re.MULTILINE)
        if renamed:
            names = {"old": os.fsdecode(renamed[1]), "new": os.fsdecode(renamed[2])}
        if names["old"] or names["new"]:
            yield FileChange(names["old"], names["new"], tuple(_hunks(part)))


def _name(part: bytes, mark: bytes, prefix: bytes) -> str:
    found = re.search(rb"^" + mark + rb" (.*)$", part, re.MULTILINE)
    if found is None or found[1] == b"/dev/null":
        return ""
    return os.fsdecode(found[1].rstrip(b"\t").removeprefix(prefix))


def _hunks(part: bytes) -> Iterator[Hunk]:
    starts = list(_HUNK.finditer(part))
    for at, found in enumerate(starts):
        end = starts[at + 1].start() if at + 1 < len(starts) else len(part)
        lines = part[found.end() : end].decode("utf-8", "replace").split("\n")[1:]
        yield Hunk(
            (int(found[1]), int(found[2] or 1)),
            (int(found[3]), int(found[4] or 1)),
            tuple(line[1:] for line in lines if line.startswith("-")),
            tuple(line[1:] for line in lines if line.startswith("+")),
        )
