"""Which numbers does the code of the frontends name?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from auditor.link.evaluate.walk import walk
from auditor.model import form
from auditor.model.facts import Dialect, FileFacts

_STATUSES = range(100, 600)


def named_statuses(facts: Mapping[str, FileFacts], files: Iterable[str]) -> frozenset[int]:
    """The numbers that may be a status of HTTP, as numbers or texts ("409" as a key), wherever they stand."""
    found: set[int] = set()
    for file in files:
        if facts[file].dialect is Dialect.PYTHON:
            continue
        for statement in facts[file].body:
            for node in walk(statement):
                if isinstance(node, form.Literal) and not isinstance(node.value, bool):
                    text = str(node.value)
                    if len(text) == 3 and text.isdecimal() and int(text) in _STATUSES:
                        found.add(int(text))
    return frozenset(found)
