"""Which type of message does a class stand for?"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.link.channels.members import lineage
from auditor.link.channels.origins import Origins
from auditor.link.channels.payloads import KEYS
from auditor.link.channels.values import Const, Origin, Type
from auditor.model import form


def discriminators(origins: Origins, made: Origin) -> Iterator[tuple[str, Const]]:
    """The key and constant that tell a class from its siblings: `type: Literal["start"]`."""
    if not isinstance(made, Type) or not isinstance(made.node, form.Class):
        return
    fields = {
        field.name: field
        for cls in reversed(list(lineage(origins, made.node, made.file)))
        for field in cls.body
        if isinstance(field, form.Field)
    }
    scope = origins.index.classes[made.node]
    for key in KEYS:
        match fields.get(key):
            case form.Field(
                annotation=form.Index(object=form.Name("Literal") | form.Member(name="Literal"), index=one)
            ):
                for value in one.items if isinstance(one, form.Array) else (one,):
                    yield from ((key, found) for found in origins.of(value, scope) if isinstance(found, Const))
                return
            case form.Field(value=value) if value is not None:
                yield from ((key, found) for found in origins.of(value, scope) if isinstance(found, Const))
                return
            case _:
                continue
