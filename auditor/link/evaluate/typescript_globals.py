"""Names that all scripts of a page share: `window.api = …`, and what a classic script declares at its top.

A file without imports and exports is a classic script, whose declarations are global
(https://html.spec.whatwg.org/multipage/scripting.html#attr-script-type,
https://tc39.es/ecma262/#sec-globaldeclarationinstantiation).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from auditor.model import form
from auditor.model.facts import FileFacts
from auditor.model.value import Value

if TYPE_CHECKING:
    from auditor.link.evaluate.machine import Machine

WINDOW = frozenset({"window", "globalThis", "self"})
_MODULE = frozenset({"require", "define"})


class Globals:
    """The file that makes each shared name; a name that several files make is nobody's."""

    def __init__(self, facts: Mapping[str, FileFacts]) -> None:
        self._files: dict[str, str | None] = {}
        for file in sorted(facts):
            for name in sorted(set(_shared(facts[file]))):
                self._files[name] = file if name not in self._files else None

    def value(self, machine: Machine, name: str) -> Value | None:
        """What a shared name stands for, once the file that makes it has run."""
        file = self._files.get(name)
        if file is None:
            return None
        state = machine.module(file)
        found = machine.shared.get(name) or state.scope.names.get(name)
        return machine.force(found) if found is not None else None


def _shared(facts: FileFacts) -> Iterator[str]:
    yield from _set(facts.body)
    if not any(isinstance(one, form.Import | form.Export) for one in facts.body) and _MODULE.isdisjoint(facts.called):
        for statement in facts.body:
            if isinstance(statement, form.Bind) and isinstance(statement.target, form.Name):
                yield statement.target.id
            elif isinstance(statement, form.Def):
                yield statement.function.name
            elif isinstance(statement, form.Class):
                yield statement.name


def _set(body: Iterable[form.Statement]) -> Iterator[str]:
    """Members of `window` that a file sets when it runs, in functions called on the spot too."""
    for statement in body:
        match statement:
            case form.Bind(target=form.Member(object=form.Name(id=owner), name=name)) if owner in WINDOW:
                yield name
            case form.Do(value=form.Call(callee=form.Function(body=inner))):
                yield from _set(inner)
            case _:
                pass
