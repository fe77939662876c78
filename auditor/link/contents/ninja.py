"""What an operation of django-ninja takes: its signature, read as FastAPI reads one.

django-ninja 1.0 to 1.4: https://django-ninja.dev/guides/input/query-params/, https://django-ninja.dev/guides/input/body/
and https://django-ninja.dev/guides/authentication/. `Query[Filters]` is `Annotated[Filters, Query()]`.
"""

from __future__ import annotations

import re

import msgspec

from auditor.adapter import RouteAdded
from auditor.link.contents.names import Callee, Names, Written, place_of
from auditor.link.contents.parameters import Reader
from auditor.link.contents.raised import raised
from auditor.model import form
from auditor.model.operation import Operation
from auditor.model.span import Location
from auditor.model.value import Closure, Instance

_PARAMETER = re.compile(r"\{([A-Za-z_]\w*)")


def is_ninja(effect: RouteAdded) -> bool:
    """Whether a route belongs to an API of django-ninja."""
    return isinstance(effect.router, Instance) and effect.router.kind.startswith("ninja")


def ninja_operation(effect: RouteAdded, path: str, names: Names) -> Operation | None:
    """What one operation takes; None where its handler is not known."""
    handler = effect.handler
    if not isinstance(handler, Closure):
        return None
    reader = Reader(names, frozenset(_PARAMETER.findall(path)), ())
    bound = handler.owner is not None and handler.kind != "static"
    listed = handler.node.parameters[1:] if bound else handler.node.parameters
    # Functions are called with the request; methods of controllers only where they ask for it.
    if not bound or (listed and getattr(listed[0].target, "id", "") == "request"):
        listed = listed[1:]
    reader.read(Callee(handler.scope.file, msgspec.structs.replace(handler.node, parameters=listed), handler.node.name))
    found, security = reader.found, _security(effect, names)
    return Operation(
        parameters=tuple(found.taken.values()),
        body=tuple(found.parts.values()),
        raises=tuple(sorted(set(raised(found.called, names)))),
        security=security or (),
        unknown=(*found.unknown, *(("who may call it is said elsewhere, if at all",) if security is None else ())),
        reads=True,  # the request has more than its signature takes
    )


def _security(effect: RouteAdded, names: Names) -> tuple[tuple[str, Location], ...] | None:
    """`auth=…` of the operation; None where it has none of its own, and that of its router or API counts."""
    given = effect.options.get("auth")
    if given is None or effect.scope is None:
        return None
    if isinstance(given, form.Literal) and given.value is None:
        return ()
    found: list[tuple[str, Location]] = []
    for one in given.items if isinstance(given, form.Array) else (given,):
        written = names.value(Written(effect.scope.file, one))
        node = written.node.callee if isinstance(written.node, form.Call) else written.node
        name = node.name if isinstance(node, form.Member) else getattr(node, "id", "")
        found.append((name, place_of(written)))
    return tuple((name, place) for name, place in found if name)
