"""Which schema does a call hand to its client, to check the answer by: `api.get("/logs", logsSchema)`?

https://zod.dev/basics#inferring-types: what the client then gives is `z.infer<typeof logsSchema>`, so the schema says
what the call expects as a type argument does.
"""

from __future__ import annotations

from collections.abc import Sequence

from auditor.link.around import Promised
from auditor.link.types.names import direction_of
from auditor.link.types.resolve import Types
from auditor.model import form
from auditor.model.shape import ListOf, OneOf, Ref, Shape
from auditor.model.value import Site


def given_schema(chain: Sequence[Site], types: Types) -> Promised | None:
    """The one schema among the arguments nearest to the call site; None for several, or for one of a request."""
    for site in chain:
        found = [
            promised
            for one in site.node.arguments
            if isinstance(one.value, form.Name | form.Member) and not one.spread
            for promised in [Promised(form.Unary("typeof", one.value), site.file)]
            if _last(one.value) and direction_of(_last(one.value)) != "request" and _is_schema(promised, types)
        ]
        if found:
            return found[0] if len(found) == 1 else None
    return None


def _is_schema(promised: Promised, types: Types) -> bool:
    return _holds_schema(types.shape(promised.file, promised.type), types)


def _holds_schema(shape: Shape, types: Types) -> bool:
    match shape:
        case Ref(key):
            model = types.models.get(key)
            return model is not None and model.framework == "zod"
        case ListOf(item):
            return _holds_schema(item, types)
        case OneOf(options):
            return any(_holds_schema(option, types) for option in options)
        case _:
            return False


def _last(node: form.Expression) -> str:
    return node.name if isinstance(node, form.Member) else node.id if isinstance(node, form.Name) else ""
