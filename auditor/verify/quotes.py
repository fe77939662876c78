"""What the code blocks of a report claim: that the code reads so, and which values an enumeration has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from auditor.model.document import Fence
from auditor.model.finding import Side
from auditor.model.guide import Sample
from auditor.syntax.sample import read_sample
from auditor.verify.claim import Carried, Claim, Importable, Members, Place, Quoted, Served, Subject, Unmatched
from auditor.verify.wording import denies, endpoints, side_of

_PYTHON = ("py", "python", "python3")
_SCRIPT = ("ts", "typescript", "tsx", "js", "javascript", "jsx", "vue", "svelte")
_COMMENT = re.compile(r"(?:^|(?<=\s))(?:#|//)(?!\s*type:).*$|/\*.*?\*/\s*$")
_ENUM_CLASS = re.compile(r"\s*class\s+(\w+)\s*\(([^)]*)\)\s*:")
_ENUM_LINE = re.compile(r"\s*(\w+)\s*=\s*(?:[\"']([^\"']*)[\"']|(-?\d+)|auto\(\))")
_UNION = re.compile(r"(?:export\s+)?type\s+(\w+)\s*=\s*((?:\s*\|?\s*['\"][^'\"]+['\"])+)")
_FIELD_UNION = re.compile(r"^\s*(?:readonly\s+)?(\w+)\??\s*:\s*((?:\|?\s*['\"][^'\"]+['\"]\s*)+);?\s*$", re.MULTILINE)
_LITERAL = re.compile(r"['\"]([^'\"]+)['\"]")
_IMPORTED = re.compile(r"\s*from\s+([\w.]+)\s+import\s+([\w, ]+?)\s*#\s*(.*)$")
_THERE = re.compile(
    r"\b(?:(?:needs?|has|must|only) (?:only )?(?:to )?be imported|(?:already|just|only|missing)\b.*\b(?:exist|import))",
    re.I,
)
_PARTS = ("parts", "content")
_ELIDED = re.compile(r"\.\.\.|…|\betc\b")


def fence_claims(fence: Fence, lead: str, cited: Sequence[Place], others: Sequence[Fence]) -> Iterator[Claim]:
    """The claims of a code block. `lead` is the text before it, `cited` the files that the section names,
    nearest first, `others` the other blocks of the section."""
    if fence.language in _PYTHON or fence.language in _SCRIPT:
        candidates = _candidates(fence, cited)
        lines = quoted_lines(fence)
        elided = any(_ELIDED.search(line) for line in fence.lines)
        if lines and candidates:
            yield Claim(fence.line + 1, _headline(fence), Quoted(lines, candidates, elided), central=False)
        yield from _enumerations(fence, lead, candidates, others)
        if fence.language not in _PYTHON:
            yield from _parts(fence)
    elif fence.language in ("json", "json5", "jsonc"):
        yield from _parts(fence)
    elif fence.language in ("", "text", "txt"):
        for offset, line in enumerate(fence.lines, 1):
            if denies(line):
                for method, path in endpoints(line):
                    yield Claim(fence.line + offset, line.strip(), Served(method, path, False), central=True)


def advised_imports(fence: Fence) -> Iterator[Claim]:
    """`from models import Item  # needs to be imported`: advice that takes for granted that it is there."""
    for offset, line in enumerate(fence.lines, 1):
        found = _IMPORTED.match(line)
        if found and _THERE.search(found[3]):
            for name in re.findall(r"\w+", found[2]):
                yield Claim(fence.line + offset, line.strip(), Importable(found[1], name), central=False)


def quoted_lines(fence: Fence) -> tuple[str, ...]:
    """The lines of code that a block quotes: without remarks and elisions; its comments if it quotes only those."""
    bare = [_COMMENT.sub("", line).rstrip() for line in fence.lines]
    code = [line for line in bare if _says_something(line) and not _is_remark(line)]
    if not code:
        code = [line for line in fence.lines if _says_something(line) and not _ELIDED.search(line)]
    return tuple(code)


def union_values(fence: Fence) -> tuple[str, ...]:
    """The literals of the first union that a block shows."""
    found = _UNION.search(_without_comments(fence)) or _FIELD_UNION.search(_without_comments(fence))
    return tuple(_LITERAL.findall(found[2])) if found else ()


def is_python(fence: Fence) -> bool:
    """Whether the block is Python by its label."""
    return fence.language in _PYTHON


def _enumerations(fence: Fence, lead: str, candidates: tuple[Place, ...], others: Sequence[Fence]) -> Iterator[Claim]:
    files = tuple(place.file for place in candidates)
    partial = any(_ELIDED.search(line) for line in fence.lines)
    owner, names, absent = "", [], []
    for line in fence.lines:
        opening = _ENUM_CLASS.match(line)
        if opening:
            owner = opening[1] if "Enum" in opening[2] else ""
            continue
        member = _ENUM_LINE.match(line) if owner else None
        if member:
            value = member[2] or member[3] or member[1]
            names.append(value)
            if denies(line):
                absent.append(value)
    for name, literals in _UNION.findall(_without_comments(fence)):
        values = tuple(_LITERAL.findall(literals))
        yield Claim(fence.line + 1, _headline(fence), Members(name, values, partial, files), central=True)
    if owner and names:
        yield Claim(fence.line + 1, _headline(fence), Members(owner, tuple(names), partial, files), central=True)
    if owner and absent:
        side = side_of(" ".join(line for line in fence.lines if denies(line))) or Side.FRONTEND
        shown = next((values for other in others if (values := union_values(other))), ())
        subject: Subject = Unmatched(owner, tuple(absent), side, shown)
        yield Claim(fence.line + 1, f"{len(absent)} values of {owner} are missing", subject, central=True)


def _parts(fence: Fence) -> Iterator[Claim]:
    """The parts of the messages that a block of data shows."""
    bare = next((line.strip() for line in fence.lines if line.strip() and not _COMMENT.match(line.strip())), "")
    if bare.startswith(("{", "[")):
        for part in _listed(read_sample("\n".join(fence.lines)), ""):
            kind = part.get("type")
            if isinstance(kind, str) and len(part) > 1:
                line = next(
                    (at for at, text in enumerate(fence.lines, 1) if re.search(rf"[\"']{re.escape(kind)}[\"']", text)),
                    1,
                )
                text = fence.lines[line - 1].strip()
                yield Claim(fence.line + line, text, Carried(kind, tuple(part)), central=False)


def _listed(sample: Sample, under: str) -> Iterator[Mapping[str, Sample]]:
    """The objects in lists of parts."""
    if isinstance(sample, Mapping):
        for key, value in sample.items():
            yield from _listed(value, key)
    elif isinstance(sample, tuple):
        for item in sample:
            if isinstance(item, Mapping) and under in _PARTS:
                yield item
            yield from _listed(item, "")


def _candidates(fence: Fence, cited: Sequence[Place]) -> tuple[Place, ...]:
    """The cited files in the block's language, nearest first."""
    endings = (".py", ".pyi") if is_python(fence) else (".ts", ".tsx", ".js", ".jsx", ".mjs", ".vue", ".svelte", ".mts")
    return tuple(place for place in cited if place.file.endswith(endings))


def _says_something(line: str) -> bool:
    return len(re.findall(r"\w", line)) >= 3


def _is_remark(line: str) -> bool:
    return line.strip() in ("...", "…") or bool(re.match(r"\s*(?:\"\"\"|''')?\s*(?:\.\.\.|…)", line))


def _headline(fence: Fence) -> str:
    return next((line.strip() for line in fence.lines if line.strip()), "")


def _without_comments(fence: Fence) -> str:
    return "\n".join(_COMMENT.sub("", line) for line in fence.lines)
