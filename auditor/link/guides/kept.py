"""Do the limits and the error branches of guides stand anywhere in the code?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from auditor.link.evaluate.walk import walk
from auditor.model import form
from auditor.model.facts import Dialect, FileFacts
from auditor.model.guide import Guide

T = TypeVar("T")

_SPEAKING = {
    "timeout": re.compile(r"time_?out|wait_for|fail_after|move_on_after|deadline", re.IGNORECASE),
    "disconnect": re.compile(r"disconnect|Cancelled|GeneratorExit|ConnectionClosed|aclose|finally", re.IGNORECASE),
}


def held_against(guides: Sequence[Guide], facts: Mapping[str, FileFacts]) -> Iterator[Guide]:
    """The guides with `kept` and `handled` set. Code is looked through only if a guide asks for it."""
    numbers = _found(_limits(guides), _numbers(facts))
    spoken = _found({one.kind for guide in guides for one in guide.branches} & {*_SPEAKING}, _spoken(facts))
    for guide in guides:
        limits, branches = guide.limits, guide.branches
        if facts:
            limits = tuple(replace(one, kept=bool({one.number, one.number / 1000} & numbers)) for one in limits)
            branches = tuple(replace(one, handled=one.kind not in _SPEAKING or one.kind in spoken) for one in branches)
        yield replace(guide, limits=limits, branches=branches)


def _limits(guides: Iterable[Guide]) -> set[float]:
    return {number for guide in guides for one in guide.limits for number in (one.number, one.number / 1000)}


def _found(wanted: set[T], given: Iterable[T]) -> set[T]:
    """Those of the wanted that are given; no more is asked for than it takes to find them."""
    missing = set(wanted)
    if missing:
        for one in given:
            missing.discard(one)
            if not missing:
                break
    return wanted - missing


def _numbers(facts: Mapping[str, FileFacts]) -> Iterator[float]:
    for node in _nodes(facts.values()):
        if isinstance(node, form.Literal) and isinstance(node.value, int | float):
            yield float(node.value)


def _spoken(facts: Mapping[str, FileFacts]) -> Iterator[str]:
    """The kinds of failure that names in Python code speak of; a `finally` speaks of a lost client too."""
    seen: set[str] = set()
    for node in _nodes(one for one in facts.values() if one.dialect is Dialect.PYTHON):
        match node:
            case form.Name(id=name) | form.Member(name=name) | form.Argument(name=str(name)):
                pass
            case form.Block(kind="finally"):
                name = "finally"
            case _:
                continue
        if name not in seen:
            seen.add(name)
            yield from (kind for kind, words in _SPEAKING.items() if words.search(name))


def _nodes(facts: Iterable[FileFacts]) -> Iterator[form.Node]:
    for one in facts:
        for statement in one.body:
            yield from walk(statement)
