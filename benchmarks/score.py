"""Scores what the auditor extracted against truth that was established without it.

    python -m benchmarks.score routes TRUTH.json GOT.json
    python -m benchmarks.score calls TRUTH.json GOT.json [NOTCALLS.json]

GOT is what `auditor routes --format json` or `auditor calls --format json` prints. Prints the
misses and the surplus, and last one line of figures.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

Row: TypeAlias = Mapping[str, object]
Key: TypeAlias = tuple[str, str]

SLACK = 3
"""Lines by which a call site may miss its label."""


@dataclass(frozen=True, slots=True)
class RouteScore:
    """Routes by method and path. Shares are between 0 and 1; `notes` are lines about what is wrong."""

    truth: int
    got: int
    recall: float
    precision: float
    notes: tuple[str, ...] = ()

    @property
    def line(self) -> str:
        """The figures."""
        return f"routes truth={self.truth} got={self.got} recall={self.recall:.4f} precision={self.precision:.4f}"


@dataclass(frozen=True, slots=True)
class CallScore:
    """Call sites by file and line, then method and path. Shares are of the `truth` labels.

    `false` counts hits on the `negatives`, places that look like calls and are none. `target` is the share of the
    `judged` labels, which say whether the backend serves them, on which the tool agrees: one that is served was
    matched (to one route or several), one that is not was reported missing. `lost` counts those that are served and
    were reported missing.
    """

    truth: int
    got: int
    found: float
    method: float
    path: float
    exact: float
    false: int
    negatives: int
    notes: tuple[str, ...] = ()
    target: float = 0.0
    judged: int = 0
    lost: int = 0

    @property
    def line(self) -> str:
        """The figures."""
        return (
            f"calls truth={self.truth} got={self.got} found={self.found:.4f} method={self.method:.4f} "
            f"path={self.path:.4f} exact={self.exact:.4f} false_on_negatives={self.false}/{self.negatives} "
            f"target={self.target:.4f} of {self.judged} lost={self.lost}"
        )


def load(text: str, key: str) -> tuple[Row, ...]:
    """The rows of a JSON document: a list, or an object that holds one under `key`."""
    document: object = json.loads(text)
    if isinstance(document, dict):
        document = document.get(key) or document.get("calls") or document.get("routes")
    return tuple(row for row in document if isinstance(row, dict)) if isinstance(document, list) else ()


def score_routes(truth: Iterable[Row], got: Iterable[Row]) -> RouteScore:
    """Routes that are served only under a condition, or shadowed, are neither missed nor surplus."""
    labelled = _by_key(row for row in truth if not (row.get("auto") or row.get("external") or row.get("builtin")))
    extracted = _by_key(got)
    optional = {key for key, row in labelled.items() if row.get("conditional") or row.get("shadowed_by")}
    wanted, given = labelled.keys() - optional, extracted.keys() - optional
    missed = [f"missed  {_words(key)} {_source(labelled[key])}" for key in sorted(wanted - given)]
    surplus = [f"surplus {_words(key)} {_source(extracted[key])}" for key in sorted(given - wanted)]
    hits = len(wanted & given)
    return RouteScore(
        truth=len(wanted),
        got=len(given),
        recall=hits / max(1, len(wanted)),
        precision=hits / max(1, len(given)),
        notes=(*missed, *surplus),
    )


def score_calls(truth: Iterable[Row], got: Sequence[Row], negatives: Iterable[Row] = ()) -> CallScore:
    """A label is found by file and line, right by method and path; an alternative answer is right too.

    Labels that no tool need claim (external hosts, navigation, media, no static path) are left out.
    """
    sites = _Sites(got)
    labels = [row for row in truth if _counts(row)]
    totals: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    tally: Counter[str] = Counter()
    notes: list[str] = []
    for label in labels:
        by = str(label.get("resolution") or label.get("client"))
        totals[by] += 1
        near = sites.near(label, "line", SLACK) + (
            sites.near(label, "url_line", SLACK) if label.get("url_line") else ()
        )
        verdict = _verdict(label, near)
        tally.update(verdict)
        if "exact" not in verdict:
            wrong[by] += 1
            answers = [(site.get("method"), site.get("path")) for site in near][:3]
            told = f"wrong   got {answers} for" if near else "missed "
            notes.append(f"{told} {label['method']} {label['path']} {label['file']}:{label['line']} {by}")
    judged = [row for row in labels if isinstance(row.get("exists_in_backend"), bool)]
    outcomes = Counter(_outcome(row, sites) for row in judged)
    hard = [row for row in negatives if row.get("kind") not in _SOFT]
    false = [row for row in hard if any(_claims(site) for site in sites.near(row, "line", 0))]
    notes += [f"false   {row['file']}:{row['line']} {row.get('why')}" for row in false]
    notes += [f"by resolution {by}: {totals[by] - wrong[by]}/{totals[by]}" for by in sorted(totals)]
    count = max(1, len(labels))
    return CallScore(
        truth=len(labels),
        got=len(got),
        found=tally["found"] / count,
        method=tally["method"] / count,
        path=tally["path"] / count,
        exact=tally["exact"] / count,
        false=len(false),
        negatives=len(hard),
        notes=tuple(notes),
        target=outcomes["right"] / max(1, len(judged)),
        judged=len(judged),
        lost=outcomes["lost"],
    )


def normal(path: str) -> str:
    """One leading slash, none at the end, no query, every dynamic part `{}`."""
    bare = re.sub(r"^[a-z]+://[^/]*", "", path.split("?")[0].split("#")[0])
    holes = re.sub(r"\{[^{}]*\}|<[^<>]*>|:[A-Za-z_]\w*|\$\{[^}]*\}", "{}", bare)
    return re.sub(r"/+", "/", "/" + holes.strip("/"))


def same_path(one: str, other: str) -> bool:
    """Equal segment by segment; two segments that are dynamic in part are taken as equal."""
    left, right = normal(one).split("/"), normal(other).split("/")
    return len(left) == len(right) and all(
        a == b or ("{}" in a and "{}" in b) for a, b in zip(left, right, strict=True)
    )


_KINDS = ("http", "websocket", "sse")
_DOCS = frozenset(("GET", path) for path in ("/docs", "/redoc", "/openapi.json", "/docs/oauth2-redirect"))
_SOFT = frozenset({"wrapper-body", "no-static-path", "service-use"})


class _Sites:
    """Extracted call sites, found by place. Truth and tool may name a file from different folders."""

    def __init__(self, got: Iterable[Row]) -> None:
        self._by_file: dict[str, list[Row]] = defaultdict(list)
        for row in got:
            self._by_file[str(row["file"]).lstrip("./")].append(row)

    def near(self, label: Row, line: str, slack: int) -> tuple[Row, ...]:
        """The sites of the label's file within `slack` lines of it, or around it."""
        wanted, at = str(label["file"]).lstrip("./"), _number(label[line])
        return tuple(
            site
            for file, sites in self._by_file.items()
            if file == wanted or file.endswith("/" + wanted) or wanted.endswith("/" + file)
            for site in sites
            if abs(_number(site["line"]) - at) <= slack
            or _number(site["line"]) <= at <= _number(site.get("end_line") or site["line"])
        )


def _verdict(label: Row, near: Sequence[Row]) -> set[str]:
    """Of "found", "method", "path" and "exact", what holds for one of the sites near the label."""
    methods = {text.upper() for text in (*_answers(label, "method", "alt_method"), *_texts(label.get("http_method")))}
    paths = [*_answers(label, "path", "alt"), *_texts(label.get("client_path")), *_texts(label.get("effective_path"))]
    verdict = {"found"} if near else set()
    for site in near:
        method = str(site.get("method") or "").upper()  # none: left open, as sockets do
        by_method = not method or method in methods or _transport(site) in methods
        by_path = any(same_path(str(site.get("path") or ""), path) for path in paths)
        verdict |= {"method"} if by_method else set()
        verdict |= {"path"} if by_path else set()
        verdict |= {"exact"} if by_method and by_path else set()
    return verdict


def _outcome(label: Row, sites: _Sites) -> str:
    """ "right" where the tool agrees on whether the backend serves a label, "lost" where it misses a served one."""
    near = sites.near(label, "line", SLACK)
    exact = [site for site in near if "exact" in _verdict(label, (site,))] or near
    targets = {str(site.get("target")) for site in exact}
    if label["exists_in_backend"]:
        return "right" if targets & {"matched", "ambiguous"} else "lost" if "missing" in targets else "open"
    return "right" if "missing" in targets else "open"


def _counts(label: Row) -> bool:
    return bool(
        label.get("path")
        and label.get("exists_in_backend") != "external"
        and label.get("extra") not in ("navigation", "media")
        and label.get("resolution") != "dynamic"
        and label.get("role") != "definition"
        and label.get("kind") not in ("wrapper-generic", "generic")
    )


def _claims(site: Row) -> bool:
    return site.get("target") not in ("unknown", "own", "external")


def _transport(site: Row) -> str:
    kind = str(site.get("kind", "http"))
    return {"websocket": "WS", "sse": "SSE"}.get(kind, str(site.get("method") or "GET").upper())


def _answers(label: Row, key: str, alternatives: str) -> list[str]:
    return [*_texts(label.get(key)), *_texts(label.get(alternatives))]


def _texts(value: object) -> list[str]:
    return [str(item) for item in (value if isinstance(value, list) else [value]) if item]


def _by_key(rows: Iterable[Row]) -> dict[Key, Row]:
    """Routes by method and normal path, without those a framework adds by itself."""
    keyed = {
        _key(row): row
        for row in rows
        if row.get("kind", "http") in _KINDS and str(row.get("method") or "GET").upper() not in ("HEAD", "OPTIONS")
    }
    return {key: row for key, row in keyed.items() if key not in _DOCS}


def _key(row: Row) -> Key:
    websocket = row.get("kind", "http") == "websocket"
    return ("WS" if websocket else str(row.get("method") or "GET").upper(), normal(str(row["path"])))


def _source(row: Row) -> str:
    return str(row.get("source") or f"{row.get('file', '')}:{row.get('line', '')}")


def _words(key: Key) -> str:
    return f"{key[0]} {key[1]}"


def _number(value: object) -> int:
    return int(str(value))


def _main(arguments: Sequence[str]) -> int:
    if len(arguments) not in (3, 4) or arguments[0] not in ("routes", "calls"):
        print(__doc__, file=sys.stderr)
        return 2
    kind, *files = arguments
    texts = [Path(file).read_text(encoding="utf-8") for file in files]
    truth, got = load(texts[0], kind), load(texts[1], kind)
    score: RouteScore | CallScore
    if kind == "routes":
        score = score_routes(truth, got)
    else:
        score = score_calls(truth, got, load(texts[2], "calls") if len(texts) == 3 else ())
    print(*score.notes, score.line, sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(_main(sys.argv[1:]))
