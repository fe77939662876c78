"""Do the files, lines and quotes of a report stand there?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from auditor.model.span import Location, Span
from auditor.verify.claim import Answer, Cited, Counted, Place, Proof, Quoted, Unit, Verdict
from auditor.verify.ground import Ground

_NEAR = 3  # lines around a cited range in which its names still count as there
_ALIKE = 0.85  # likeness from which on a line counts as the changed one
_WINDOW = 60  # lines of code that a quote may leave out between two of its lines


def check_cited(cited: Cited, ground: Ground) -> Answer:
    """Whether a file is there, has the lines, and has the names in them."""
    place = cited.place
    files = ground.matching(place.file)
    if not files:
        return Answer(Verdict.REFUTED, f"there is no file {place.file}")
    if len(files) > 1:
        return Answer(Verdict.UNCHECKABLE, f"{len(files)} files are called {place.file}")
    file = files[0]
    lines = ground.lines(file)
    if not place.first:
        return Answer(Verdict.CONFIRMED, "the file exists", (Proof(at(file, 1), "the file"),))
    if place.last > len(lines) or place.first > place.last:
        return Answer(Verdict.STALE, f"{file} has {_length(lines)} lines", (Proof(at(file, 1), "the file"),))
    return _with_names(cited, file, lines)


def check_quoted(quoted: Quoted, ground: Ground) -> Answer:
    """Whether the code reads as quoted: spaces, quotes and line breaks aside."""
    named = [(place, ground.matching(place.file)) for place in quoted.candidates]
    found = [(place, file) for place, files in named for file in files if len(files) <= 3]
    if not found:
        return Answer(Verdict.REFUTED, f"there is no file {quoted.candidates[0].file}")
    tries = [_compared(quoted.lines, place, file, ground) for place, file in found]
    return min(tries, key=lambda answer: _RANK[answer.verdict])


def check_length(counted: Counted, ground: Ground) -> Answer:
    """How many lines, or tests, a file has."""
    files = ground.matching(counted.of)
    if len(files) != 1:
        return Answer(
            Verdict.REFUTED if not files else Verdict.UNCHECKABLE, f"{len(files)} files are called {counted.of}"
        )
    lines = ground.lines(files[0])
    if counted.unit is Unit.LINES:
        actual, same = _length(lines), Verdict.STALE
    else:
        starts = [
            line for line in lines if re.match(r"\s*(?:async\s+)?def\s+test_|\s*(?:it|test)(?:\.\w+)*\s*\(", line)
        ]
        actual, same = len(starts), Verdict.REFUTED
        if any("parametrize" in line or re.search(r"\b(?:it|test)\.each\b", line) for line in lines):
            same = Verdict.UNCHECKABLE
    close = counted.about and abs(actual - counted.number) <= 0.25 * counted.number
    verdict = Verdict.CONFIRMED if actual == counted.number or close else same
    return Answer(verdict, f"{files[0]} has {actual} {counted.unit}", (Proof(at(files[0], 1), "the file"),))


def at(file: str, line: int) -> Location:
    """A line of a file."""
    return Location(file, Span(line, 1, line, 1))


_RANK = {Verdict.CONFIRMED: 0, Verdict.STALE: 1, Verdict.REFUTED: 2, Verdict.UNCHECKABLE: 3}


def _length(lines: Sequence[str]) -> int:
    return len(lines) - 1 if lines and lines[-1] == "" else len(lines)


def _with_names(cited: Cited, file: str, lines: Sequence[str]) -> Answer:
    place = cited.place
    here = "\n".join(lines[max(0, place.first - 1 - _NEAR) : place.last + _NEAR])
    whole = "\n".join(lines)
    known = [name for name in cited.names if _has_word(whole, name)]
    if not known or any(_has_word(here, name) for name in known):
        return Answer(Verdict.CONFIRMED, "the lines exist", (Proof(at(file, place.first), place.label),))
    line = next(number for number, text in enumerate(lines, 1) if _has_word(text, known[0]))
    return Answer(
        Verdict.STALE, f"{known[0]} is at line {line}, not in {place.label}", (Proof(at(file, line), known[0]),)
    )


def _has_word(text: str, word: str) -> bool:
    return re.search(rf"(?<![\w$]){re.escape(word)}(?![\w$])", text) is not None


def _compared(wanted: Sequence[str], place: Place, file: str, ground: Ground) -> Answer:
    lines = ground.lines(file)
    numbers = _found_lines(wanted, lines, place)
    there = [number for number in numbers if number]
    absent = [text.strip() for text, number in zip(wanted, numbers, strict=True) if not number]
    if not absent:
        moved = place.first and not (place.first - 15 <= there[0] <= max(place.last, place.first) + 15)
        note = f", at line {there[0]} instead of {place.first}" if moved else ""
        return Answer(Verdict.CONFIRMED, f"the code reads so{note}", (Proof(at(file, there[0]), "the quoted code"),))
    near = _similar(absent[0], lines, place)
    proofs = tuple(Proof(at(file, number), "as quoted") for number in there[:1])
    reason = f"{file} does not say {absent[0]!r}"
    if near:
        reason += f"; line {near} reads {lines[near - 1].strip()!r}"
        proofs = (Proof(at(file, near), "what it reads"), *proofs)
    changed = len(there) >= len(wanted) / 2 or bool(near)
    return Answer(Verdict.STALE if changed else Verdict.REFUTED, reason, proofs)


def _found_lines(wanted: Sequence[str], lines: Sequence[str], place: Place) -> list[int]:
    """The line at which each wanted line stands, 0 if it does not: in order, not far behind one another."""
    text = [(token, number) for number, line in enumerate(lines, 1) for token in _tokens(line)]
    text = [entry for at, entry in enumerate(text) if not _hangs([token for token, _ in text[at : at + 2]])]
    starts: dict[str, list[int]] = {}
    for position, (token, _) in enumerate(text):
        starts.setdefault(token, []).append(position)
    parts = [_wanted(line) for line in wanted]
    apart = [not line[:1].isspace() for line in wanted]  # a new declaration may stand anywhere further down
    tries = [_from(parts, apart, start, text, starts) for start in _hits(parts[0], text, starts) or [0]]
    return min(tries, key=lambda found: (-sum(map(bool, found)), _distance(found, place)))


def _from(
    parts: Sequence[list[str]],
    apart: Sequence[bool],
    start: int,
    text: Sequence[tuple[str, int]],
    starts: dict[str, list[int]],
) -> list[int]:
    found: list[int] = []
    position = start
    for part, free in zip(parts, apart, strict=True):
        hit = next((one for one in _hits(part, text, starts) if one >= position), None)
        if hit is None or (not free and any(found) and text[hit][1] - text[position][1] > _WINDOW):
            found.append(0)
            continue
        found.append(text[hit][1])
        position = hit
    return found


def _hits(part: Sequence[str], text: Sequence[tuple[str, int]], starts: dict[str, list[int]]) -> list[int]:
    if not part:
        return []
    return [
        position
        for position in starts.get(part[0], ())
        if [token for token, _ in text[position : position + len(part)]] == list(part)
    ]


def _distance(found: Sequence[int], place: Place) -> int:
    first = next((number for number in found if number), 0)
    return abs(first - place.first) if place.first and first else 0


def _tokens(line: str) -> list[str]:
    plain = re.sub(r"^\s*(?:\*|#|//|\d+[.)])\s", "", line)
    return re.findall(r"\w+|[^\w\s;]", plain.replace('"', "'").replace("`", "'"))


def _hangs(pair: Sequence[str]) -> bool:
    """Whether a comma stands before a closing bracket, where it means nothing."""
    return len(pair) == 2 and pair[0] == "," and pair[1] in ")]}"


def _wanted(line: str) -> list[str]:
    tokens = _tokens(re.sub(r"(?:\.\.\.|…)\s*$", "", line.rstrip()))
    tokens = [token for at, token in enumerate(tokens) if not _hangs(tokens[at : at + 2])]
    return tokens[:-1] if tokens and tokens[-1] == "," else tokens


def _similar(line: str, lines: Sequence[str], place: Place) -> int:
    """The line that comes closest, nearest to the cited place; 0 if none is like it."""
    plain = "".join(_tokens(line))
    scored = [
        (ratio, -abs(number - place.first), number)
        for number, text in enumerate(lines, 1)
        if (ratio := _likeness(plain, "".join(_tokens(re.sub(r"\s+(?:#|//).*$", "", text))))) >= _ALIKE
    ]
    return max(scored)[2] if scored else 0


def _likeness(left: str, right: str) -> float:
    if not right or abs(len(left) - len(right)) > len(left) / 2:
        return 0.0
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= _ALIKE else 0.0
