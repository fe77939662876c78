"""The constants that what came in is compared with: one text, the items of a list, the keys of a table."""

from __future__ import annotations

from auditor.link.channels.origins import Origins
from auditor.link.channels.tables import Scope
from auditor.link.channels.texts import texts_of
from auditor.link.channels.values import Const, Made
from auditor.link.channels.written import last_name
from auditor.model import form
from auditor.model.span import NOWHERE, Location


def constants(origins: Origins, node: form.Expression, scope: Scope) -> list[Const]:
    """The constants a value may be, or that a list or an object holds."""
    found: list[Const] = []
    for one in origins.of(node, scope):
        match one:
            case Const():
                found.append(one)
            case Made(form.Array(items=items), inner):
                for item in items:
                    found += (inner for inner in origins.of(item, inner) if isinstance(inner, Const))
            case Made(form.Object(entries=entries), inner):
                for entry in entries:
                    if entry.key is not None:
                        found += (inner for inner in origins.of(entry.key, inner) if isinstance(inner, Const))
            case _:
                pass
    return found


def keys_of(origins: Origins, owner: form.Expression, scope: Scope) -> list[Const]:
    """The keys of a table, those it was made with and those that were added."""
    found: list[Const] = []
    for one in origins.of(owner, scope):
        if isinstance(one, Made) and isinstance(one.node, form.Object):
            for entry in one.node.entries:
                if entry.key is not None:
                    found += (inner for inner in origins.of(entry.key, one.scope) if isinstance(inner, Const))
    for added, _, inside in origins.index.keyed.get(last_name(owner), ()):
        known = [one for one in origins.of(added, inside) if isinstance(one, Const)]
        others = texts_of(origins, added, inside)[0] - {one.value for one in known}
        place = Location(inside.file, getattr(added, "span", NOWHERE))
        found += (*known, *(Const(text, place) for text in sorted(others) if text.strip("{}/.:-_ ")))
    return found
