"""Do the limits and the error branches of guides stand anywhere in the code?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from auditor.link.evaluate.walk import walk
from auditor.model import form
from auditor.model.facts import Dialect, FileFacts
from auditor.model.guide import Guide

_SPEAKING = {
    "timeout": re.compile(r"time_?out|wait_for|fail_after|move_on_after|deadline", re.IGNORECASE),
    "disconnect": re.compile(r"disconnect|Cancelled|GeneratorExit|ConnectionClosed|aclose|finally", re.IGNORECASE),
}


def held_against(guides: Sequence[Guide], facts: Mapping[str, FileFacts]) -> Iterator[Guide]:
    """The guides with `kept` and `handled` set. Code is looked through only if a guide asks for it."""
    numbers = _numbers(facts) if facts and any(guide.limits for guide in guides) else None
    spoken = _spoken(facts) if facts and any(guide.branches for guide in guides) else None
    for guide in guides:
        limits = guide.limits
        if numbers is not None:
            limits = tuple(replace(one, kept=bool({one.number, one.number / 1000} & numbers)) for one in limits)
        branches = guide.branches
        if spoken is not None:
            branches = tuple(replace(one, handled=one.kind not in _SPEAKING or one.kind in spoken) for one in branches)
        yield replace(guide, limits=limits, branches=branches)


def _numbers(facts: Mapping[str, FileFacts]) -> set[float]:
    found: set[float] = set()
    for node in _nodes(facts.values()):
        if isinstance(node, form.Literal) and isinstance(node.value, int | float):
            found.add(float(node.value))
    return found


def _spoken(facts: Mapping[str, FileFacts]) -> set[str]:
    """The kinds of failure that names in Python code speak of; a `finally` speaks of a lost client too."""
    names: set[str] = set()
    for node in _nodes(one for one in facts.values() if one.dialect is Dialect.PYTHON):
        match node:
            case form.Name(id=name) | form.Member(name=name) | form.Argument(name=str(name)):
                names.add(name)
            case form.Block(kind="finally"):
                names.add("finally")
            case _:
                pass
    return {kind for kind, words in _SPEAKING.items() if any(words.search(name) for name in names)}


def _nodes(facts: Iterable[FileFacts]) -> Iterator[form.Node]:
    for one in facts:
        for statement in one.body:
            yield from walk(statement)
