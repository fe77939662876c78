"""What the sentences of a report claim."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from auditor.model.document import Prose
from auditor.model.finding import Side
from auditor.verify.claim import (
    Called,
    Cited,
    Claim,
    Counted,
    Declared,
    Imported,
    Inherited,
    Member,
    Members,
    Mixed,
    Place,
    Prefix,
    Resolved,
    Served,
    Setting,
    Subject,
    Twice,
    Unit,
)
from auditor.verify.wording import denies, endpoints, identifiers, number, places, sentences, side_of, spans

_PRONOUN = re.compile(r"\W*(?:they|these|those|it|this|both|neither)\b", re.IGNORECASE)
_OWNED = re.compile(r"\b(?:in|from|of|by|on)\b", re.IGNORECASE)
_RESOLVED = re.compile(r"\b(?:resolved|fixed|closed|completed?|implemented|done)\b", re.IGNORECASE)
_UNRESOLVED = re.compile(
    r"\b(?:not|un|never|yet to be|to be|needs?|pending)[\s-]*(?:resolved|fixed|implemented)", re.IGNORECASE
)
_UNITS = {"s": 1_000, "sec": 1_000, "second": 1_000, "min": 60_000, "minute": 60_000, "ms": 1, "h": 3_600_000}
_UNITS |= {"hour": 3_600_000, "millisecond": 1}
_DURATION = re.compile(r"\b(\d+)[\s-]*(ms|milliseconds?|s|sec|seconds?|min|minutes?|h|hours?)\b")
_COUNT = re.compile(
    r"(~|about |approximately |around )?\**\b(\d[\d,]*)[\s\-]+((?:[\w`*/()-]+\s+){0,3}?)"
    r"\**(endpoints?|routes?|values?|members?|tests?|lines?)\b",
    re.IGNORECASE,
)
_SIZED = re.compile(r"\b([A-Z]\w+)`?\s+(?:enum|type|union|class|literal)?\s*\((\d+)\s+(?:values|members)\b")
_NAMES = re.compile(r"^[A-Z][A-Z0-9]*_[A-Z0-9_]+$")


def statement_claims(prose: Sequence[Prose], title: str, cited: Sequence[Place]) -> Iterator[Claim]:
    """The claims of the paragraphs of a section."""
    texts = [(part.line, sentence) for part in prose for sentence in sentences(part.text)]
    for at, (line, text) in enumerate(texts):
        before = texts[at - 1][1] if at else ""
        for read in _READERS:
            for subject, central in read(text, before, title, cited):
                yield Claim(line, text, subject, central)
    yield from _name_lists(prose)


_Found = Iterator[tuple[Subject, bool]]


def _cited(text: str, before: str, title: str, cited: Sequence[Place]) -> _Found:
    for place in places(text):
        if place.first or "/" in place.file:
            yield Cited(place, tuple(identifiers(text)) if place.first else ()), False


def _served(text: str, before: str, title: str, cited: Sequence[Place]) -> _Found:
    found = list(endpoints(text))
    if denies(text):
        if not found and _PRONOUN.match(text):
            found = list(endpoints(before))
        for method, path in found:
            yield Served(method, path, False), True
        return
    if re.search(
        r"\b(?:frontend|client|UI)\b.*\b(?:connects?\s+to|calls|requests|opens|subscribes)\b", text, re.IGNORECASE
    ):
        for method, path in found:
            if not path.endswith("/"):
                yield Called(method, path, True), True
    if not re.search(r"\b(?:expects?|should|would)\b", text, re.IGNORECASE):
        for method, path in found:
            if path.endswith("/") and "prefix" in text:
                yield Prefix(path, Side.BACKEND), True
            elif path.count("/") > 1 and not path.endswith("/"):
                yield Served(method, path, True), True


def _used_prefix(text: str, before: str, title: str, cited: Sequence[Place]) -> _Found:
    if re.search(r"\b(?:frontend|client)\b.*\b(?:uses?|calls?|requests?)\b", text, re.IGNORECASE):
        for _, path in endpoints(text):
            if path.endswith("/") and not re.search(r"\bsome\b", text, re.IGNORECASE):
                yield Prefix(path, Side.FRONTEND), True
            elif path.endswith("/") and re.search(r"\bsome\b.*\bsome\b", text, re.IGNORECASE):
                yield Mixed(path), True


def _member(text: str, before: str, title: str, cited: Sequence[Place]) -> _Found:
    """`x` does not exist in backend `Owner`; `Owner` lacks `x`; field `x` of `Owner`."""
    if not denies(text):
        return
    absent = re.search(r"\b(?:do(?:es)?(?:\s+not|n['’]t)\s+exist|missing|not\s+(?:present|found|defined|in))\b", text)
    if absent is None:
        return
    head, tail = text[: absent.start()], text[absent.start() :]
    owners = [name for name in identifiers(tail) if name[:1].isupper()]
    names = [name for name in identifiers(head) if name[:1].islower()]
    if len(owners) == 1 and _OWNED.search(tail) and names:
        yield Member(owners[0], names[-1], False, side_of(tail)), True


def _imported(text: str, before: str, title: str, cited: Sequence[Place]) -> _Found:
    found = re.search(r"\bimport(?:ed|s)\b", text)
    files = [place.file for place in places(text)]
    if not found or len(files) != 2:
        return
    expected = not re.search(r"\b(?:no longer|not|never|nobody)\b[^.]*\bimport", text)
    first, second = files
    passive = found[0] == "imported" and re.search(r"\bby\b", text[found.end() :])
    yield Imported(*((second, first) if passive else (first, second)), expected), True


def _counted(text: str, before: str, title: str, cited: Sequence[Place]) -> _Found:
    for name, digits in _SIZED.findall(text):
        yield Counted(number(digits), Unit.VALUES, name), True
    for about, digits, between, noun in _COUNT.findall(text):
        phrase = f"{between} {noun}".lower()
        names = identifiers(text)
        if re.search(r"\b(?:endpoints?|routes?)$", phrase):
            of = next((place.file for place in cited if place.file.endswith(".py")), "")
            if re.search(r"\b(?:missing|uncovered|unused)\b", phrase):
                continue
            if "websocket" in phrase:
                yield Counted(number(digits), Unit.SOCKETS, "", bool(about)), True
            elif of and not re.search(r"frontend|client", phrase):
                yield Counted(number(digits), Unit.ROUTES, of, bool(about)), True
        elif re.search(r"\b(?:values?|members?)$", phrase) and len(set(identifiers(between) or names)) == 1:
            yield Counted(number(digits), Unit.VALUES, (identifiers(between) or names)[0], bool(about)), True
        elif re.search(r"\btests?$", phrase):
            files = [place.file for place in places(text)]
            if len(files) == 1:
                yield Counted(number(digits), Unit.TESTS, files[0], bool(about)), True
        elif noun == "line" or re.search(r"\blines$", phrase):
            files = [place.file for place in places(text)]
            if len(files) >= 1 and not re.search(r"\blines?\s+\d", text):
                yield Counted(number(digits), Unit.LINES, files[0], bool(about)), False


def _twice(text: str, before: str, title: str, cited: Sequence[Place]) -> _Found:
    if not re.search(r"\b(?:two|both|several)\s+(?:places|files|modules)|\bduplicated?\b|\btwice\b", text):
        return
    files = [place.file for place in (*places(text), *places(title))]
    if len(files) == 2 and re.search(r"\b(?:defin|declar|class|type|interface)", text):
        yield Twice(tuple(files)), True


def _inherited(text: str, before: str, title: str, cited: Sequence[Place]) -> _Found:
    if re.search(r"\bnot all\b.*\b(?:inherit|derive|extend|subclass)", text):
        names = [name for name in identifiers(text) if name[:1].isupper()]
        if len(names) == 1:
            yield Inherited(names[0], True), True
            yield Inherited(names[0], False), True


def _setting(text: str, before: str, title: str, cited: Sequence[Place]) -> _Found:
    found = _DURATION.search(text)
    if found is None or len(text) > 120 or denies(text):
        return
    unit = found[2].rstrip("s") if len(found[2]) > 2 else found[2]
    names = re.findall(r"\b[a-z]+(?:[A-Z][a-z]+)+\b|\b[a-z]+(?:_[a-z]+)+\b", text)
    if len(set(names)) == 1 and unit in _UNITS:
        yield Setting(names[0], int(found[1]) * _UNITS[unit], found[0]), True


def _resolved(text: str, before: str, title: str, cited: Sequence[Place]) -> _Found:
    said = re.search(
        r"\b(?:GAPS?|ISSUES?|BUGS?|PROBLEMS?)\s+(?:\w+\s+)?(?:RESOLVED|FIXED|CLOSED)\b", text, re.IGNORECASE
    )
    marked = re.match(r"\W*(?:status|final status|resolution)\b", text, re.IGNORECASE) and _RESOLVED.search(text)
    if (said or marked) and not _UNRESOLVED.search(text):
        yield Resolved((), ()), True


def _built(text: str, before: str, title: str, cited: Sequence[Place]) -> _Found:
    """✅ Implemented `name()` in `file`: the name is declared there."""
    verb = re.match(r"\W*(?:created|implemented|added|introduced|defined)\b", text, re.IGNORECASE)
    if verb is None or denies(text):
        return
    files = [place.file for place in places(text)]
    for name in identifiers(text)[:2]:
        if len(name) > 3 and not name.isupper():
            yield Declared(name, None, True, files[0] if len(files) == 1 else ""), True


_READERS: tuple[Callable[[str, str, str, Sequence[Place]], _Found], ...] = (
    _cited,
    _served,
    _used_prefix,
    _member,
    _imported,
    _counted,
    _twice,
    _inherited,
    _setting,
    _resolved,
    _built,
)


def _name_lists(prose: Sequence[Prose]) -> Iterator[Claim]:
    """Lists of constants in capitals, and the number that announces them."""
    names: list[str] = []
    line = 0
    for part in prose:
        words = [word.strip("`*-•. ") for word in re.split(r"[,\s]+", part.text)]
        constants = [word for word in words if _NAMES.match(word)]
        if constants and len(constants) >= 0.7 * len([word for word in words if word]):
            line = line or part.line
            names += constants
    if len(names) < 4:
        return
    yield Claim(line, ", ".join(names), Members("", tuple(names), False), central=True)
    for part in prose:
        announced = re.search(r"\b(\d+)\s+(?:[\w-]+\s+){0,2}(\w+):\s*$", part.text) if part.line < line else None
        if announced:
            yield Claim(part.line, part.text, Counted(int(announced[1]), Unit.VALUES, ",".join(names)), central=True)


def mentions(text: str) -> list[str]:
    """Names of code in a text: code spans that are names or calls."""
    return [name for name in identifiers(text) if len(name) > 2] + [span for span in spans(text) if span.endswith("()")]
