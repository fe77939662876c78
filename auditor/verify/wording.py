"""How reports say things: sentences, code spans, endpoints, places, and words of denial."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.model.finding import Side
from auditor.verify.claim import Place

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "WS")
CODE_FILES = r"(?:py|pyi|tsx?|jsx?|mjs|cjs|mts|cts|vue|svelte|html|json|ya?ml|toml|md|sql|css|scss|sh)"

_SPAN = re.compile(r"`+([^`]+)`+")
_LINK = re.compile(r"\[([^\]]*)\]\(([^()\s]+)\)")
_FILE = re.compile(rf"(?<![\w/.@-])((?:\.{{0,2}}/)?(?:[\w.@\-\[\]()]+/)*[\w.\-\[\]]+\.{CODE_FILES})\b(?![\w/(])")
_LINES = re.compile(r"\s*(?::|#L)(\d+)(?:\s*[-–]\s*L?(\d+))?")
_SPOKEN = re.compile(r"\blines?\s+(\d+)(?:\s*(?:[-–]|to)\s*(\d+))?", re.IGNORECASE)
_ENDPOINT = re.compile(
    r"(?<![\w.:/`'\"])[`'\"]?(?:(?P<method>GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|WS)\s+[`'\"]?)?"
    r"(?P<path>/(?:[\w{}<>:$*.~@\-]+/?)+|/)(?P<query>\?[^\s`'\"|]*)?(?=[`'\"\s,;:.)\]|*→]|$)"
)
_ABSENT = re.compile(
    r"\b(?:do(?:es)?(?:\s+not|n['’]t)\s+exist|(?:is|are|was|were)\s+(?:missing|absent)|missing|not\s+(?:found|defined|"
    r"implemented|present|available|mirrored)|non-?existent|no\s+such|lacks?|nowhere|unimplemented|absent)\b",
    re.IGNORECASE,
)
_EMPTY = re.compile(r"\W*(?:none|nothing|missing|absent|n/?a|no|not\s+\w+|-+|—|–)?\W*", re.IGNORECASE)
_ADVICE = re.compile(
    r"\b(?:recommend\w*|proposed?|proposal|suggest\w*|should|must\s+be|create|add|implement|update|fix(?:es)?|next\s+steps|"
    r"plan|todo|to\s+do|after|expected\s+flow|solution|would|could|example|phase\s+\d|step\s+\d|remaining\s+work)\b",
    re.IGNORECASE,
)


def sentences(text: str) -> list[str]:
    """The sentences of a paragraph; a full stop inside a code span or a file name ends none."""
    kept = _SPAN.sub(lambda span: span[0].replace(".", "\0"), text)
    parts = re.split(r"(?<=[.!?])[*_)]*\s+(?=[A-Z*_`✅❌⚠\"'(])", kept)
    return [part.replace("\0", ".").strip() for part in parts if part.strip()]


def spans(text: str) -> list[str]:
    """The code spans, without their backticks."""
    return [span.strip() for span in _SPAN.findall(text)]


def identifiers(text: str) -> list[str]:
    """Code spans that are one name; `name()` and `Class.name` give the last part."""
    found = []
    for span in spans(text):
        bare = span.removesuffix("()")
        if re.fullmatch(r"(?:[A-Za-z_$][\w$]*\.)*[A-Za-z_$][\w$]*", bare) and not _FILE.fullmatch(bare):
            found.append(bare.rpartition(".")[2])
    return found


def places(text: str) -> list[Place]:
    """Files with lines: `a/b.py:12-20`, links to them, and "b.py (lines 12-20)"."""
    plain = _LINK.sub(lambda link: f" {_target(link[2])} ", text)
    found: list[Place] = []
    for match in _FILE.finditer(plain):
        name = re.sub(r"^(?:\.{1,2}/)+", "", match[1])
        behind = plain[match.end() :]
        lines = _LINES.match(behind.lstrip("`*"))
        spoken = _SPOKEN.search(behind[:40])
        if lines or (spoken and not _FILE.search(behind[: spoken.start()])):
            chosen = lines or spoken
            assert chosen is not None
            first = int(chosen[1])
            found.append(Place(name, first, int(chosen[2] or first)))
        else:
            found.append(Place(name))
    return list(dict.fromkeys(found))


def endpoints(text: str) -> Iterator[tuple[str, str]]:
    """Methods ("" if none is given) and paths of URLs, in order; files and folders are none."""
    plain = _LINK.sub(" ", text)
    for match in _ENDPOINT.finditer(plain):
        path = match["path"].rstrip(".:")
        if re.search(rf"\.{CODE_FILES}$", path) or path == "/" or re.search(r"//|^/\W*$", path):
            continue
        yield (
            match["method"] or "",
            re.sub(r"[<:]([\w]+:)?(\w+)>?", r"{\2}", path) if re.search(r"[<:]", path) else path,
        )


def denies(text: str) -> bool:
    """Whether a sentence says that something is not there."""
    return bool(_ABSENT.search(text)) or "❌" in text


def is_empty(cell: str) -> bool:
    """Whether a table cell says that there is nothing: "❌ None", "-", "Not implemented"."""
    return bool(_EMPTY.fullmatch(cell)) or (bool(_ABSENT.search(cell)) and not spans(cell))


def advises(text: str) -> bool:
    """Whether a text speaks of what should be, not of what is."""
    return bool(_ADVICE.search(text))


def side_of(text: str) -> Side | None:
    """The side that a text speaks of, if it is one."""
    back = re.search(r"\b(?:backend|back-end|server|api|python|pydantic|fastapi|django|flask)\b", text, re.IGNORECASE)
    front = re.search(r"\b(?:frontend|front-end|client|ui|typescript|react|vue|angular)\b", text, re.IGNORECASE)
    if bool(back) == bool(front):
        return None
    return Side.BACKEND if back else Side.FRONTEND


def number(text: str) -> int:
    """The number that a text spells: `2,485`."""
    return int(text.replace(",", ""))


def _target(link: str) -> str:
    path, _, lines = link.partition(":")
    return f"{path}:{lines}" if re.match(r"\d", lines) else path
