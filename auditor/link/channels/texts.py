"""The texts that an expression may have."""

from __future__ import annotations

from typing import TypeAlias

from auditor.link.channels.origins import Origins
from auditor.link.channels.tables import Scope
from auditor.link.channels.values import Const, Made
from auditor.link.channels.written import flat
from auditor.model import form

_Parted: TypeAlias = "form.Template | form.Binary"
Texts: TypeAlias = tuple[frozenset[str], bool]
"""The texts, and whether these are all."""

_MANY = 64


def texts_of(origins: Origins, node: form.Node, scope: Scope) -> Texts:
    """The texts an expression may have. A text that is built from itself (`all = f"{all}{more}"`) is not all known."""
    return _texts(origins, node, scope, frozenset())


def _texts(origins: Origins, node: form.Node, scope: Scope, inside: frozenset[_Parted]) -> Texts:
    texts: set[str] = set()
    complete = True
    found = origins.of(node, scope)
    for one in found:
        match one:
            case Const(value):
                texts.add(value)
            case Made(form.Template() | form.Binary("+") as template, inner) if template not in inside:
                made, whole = _filled(origins, template, inner, inside | {template})
                texts |= made
                complete &= whole
            case _:
                complete = False
    return frozenset(texts), complete and bool(found)


def _filled(origins: Origins, template: _Parted, scope: Scope, inside: frozenset[_Parted]) -> Texts:
    texts, complete = frozenset([""]), True
    for part in flat(template):
        if isinstance(part, str):
            texts = frozenset(text + part for text in texts)
            continue
        inner, whole = _texts(origins, part, scope, inside)
        complete &= whole
        known = inner if whole and inner - {""} else frozenset()  # nothing is what it is before it is known
        pieces = known or {*inner, "{}"} - {""}
        texts = frozenset(text + piece for text in texts for piece in pieces)
        if len(texts) > _MANY:
            return frozenset(), False
    return texts, complete
