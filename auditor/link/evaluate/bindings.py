"""Which files bind a name at the top level of their module?"""

from __future__ import annotations

from collections.abc import Mapping

from auditor.link.applications import is_sideline
from auditor.model import form
from auditor.model.facts import FileFacts


class Bindings:
    """Answers for all files of a project; each name is looked for once."""

    __slots__ = ("_facts", "_found")

    def __init__(self, facts: Mapping[str, FileFacts]) -> None:
        self._facts = facts
        self._found: dict[str, tuple[str, ...]] = {}

    def __call__(self, name: str) -> tuple[str, ...]:
        """The files, sorted; those of tests and examples are left out."""
        if name not in self._found:
            files = (file for file in sorted(self._facts) if not is_sideline(file))
            self._found[name] = tuple(
                file for file in files if any(_binds(one, name) for one in self._facts[file].body)
            )
        return self._found[name]


def _binds(statement: form.Statement, name: str) -> bool:
    return isinstance(statement, form.Bind) and isinstance(statement.target, form.Name) and statement.target.id == name
