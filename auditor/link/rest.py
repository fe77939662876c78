"""What does a class-based view of Django REST framework send and take?

Django REST framework 3.14 to 3.16: https://www.django-rest-framework.org/api-guide/generic-views/. Only what the views
of the framework do by themselves with `serializer_class` is told, also where a method of the project hands on to it;
any other method that the project writes may answer anything.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.adapter.endpoints import lineage
from auditor.link.rest_overrides import keeps_answer
from auditor.link.types.resolve import Types
from auditor.link.types.serializers import INPUT
from auditor.model import form
from auditor.model.shape import ListOf, Ref, Shape
from auditor.model.value import Class, Closure, Symbol, Value

_LISTS = frozenset({"ListAPIView", "ListCreateAPIView", "ListModelMixin", "ModelViewSet", "ReadOnlyModelViewSet"})
_ROLES = {
    ("GET", True): ("retrieve", "get"),
    ("PUT", True): ("update", "put"),
    ("PATCH", True): ("partial_update", "update", "patch"),
    ("GET", False): ("list", "get"),
    ("POST", False): ("create", "post"),
}
_CHOOSING = frozenset({"get_serializer_class", "get_serializer", "finalize_response", "dispatch"})


def view_of(handler: Value | None) -> Class | None:
    """The class-based view behind a route, also where a method of it is the handler."""
    view = handler.this if isinstance(handler, Closure) else handler
    return view if isinstance(view, Class) else None


def rest_response(view: Class, method: str, path: str, types: Types) -> Shape | None:
    """The body of a successful answer; a list stands for each of its pages."""
    found = _serializer(view, method, path, types)
    if found is None:
        return None
    return ListOf(found) if method == "GET" and not _is_detail(view, path) else found


def rest_request(view: Class, method: str, path: str, types: Types) -> Shape | None:
    """The body of a request that makes or replaces something."""
    found = _serializer(view, method, path, types) if method in ("POST", "PUT") else None
    return Ref(found.key + INPUT) if found is not None else None


def rest_method(view: Class, method: str, path: str) -> tuple[Class, form.Function] | None:
    """The method that the project writes for a request, and the class that has it: `get`, `list`, `retrieve`, or an
    `@action` by its path."""
    names = (*_ROLES.get((method, _is_detail(view, path)), ()), method.lower())
    for owner, part in _methods(view):
        paths = _paths(part)
        if paths and _last(path) in paths:
            return owner, part.function
    if _last(path) in _actions(view):
        return None
    found = [(owner, part.function) for name in names for owner, part in _methods(view) if part.function.name == name]
    return found[0] if found else None


def _serializer(view: Class, method: str, path: str, types: Types) -> Ref | None:
    role = _ROLES.get((method, _is_detail(view, path)))
    if role is None or _last(path) in _actions(view):
        return None
    deciding = [part.function for _, part in _methods(view) if part.function.name in _CHOOSING.union(role)]
    if not all(map(keeps_answer, deciding)):
        return None
    for base in lineage(view):
        for part in base.node.body if isinstance(base, Class) else ():
            if isinstance(base, Class) and isinstance(part, form.Field) and part.name == "serializer_class":
                shape = types.shape(base.scope.file, part.value) if part.value is not None else None
                known = isinstance(shape, Ref) and shape.key + INPUT in types.models
                return shape if known and isinstance(shape, Ref) else None
    return None


def _is_detail(view: Class, path: str) -> bool:
    """Whether a path leads to one thing: it ends with a parameter, or the view has no list."""
    if _last(path).startswith("{"):
        return True
    names = {base.name.rpartition(".")[2] for base in lineage(view) if isinstance(base, Symbol)}
    return not names & _LISTS and any(name.startswith(("Retrieve", "Update")) for name in names)


def _actions(view: Class) -> frozenset[str]:
    """The last segments of the paths of `@action` methods."""
    return frozenset(path for _, part in _methods(view) for path in _paths(part))


def _paths(part: form.Def) -> frozenset[str]:
    found: set[str] = set()
    for decorator in part.decorators:
        if isinstance(decorator, form.Call):
            paths = [one.value for one in decorator.arguments if one.name == "url_path"]
            text = paths[0].value if paths and isinstance(paths[0], form.Literal) else part.function.name
            found.add(str(text).rstrip("/").rpartition("/")[2])
    return frozenset(found)


def _methods(view: Class) -> Iterator[tuple[Class, form.Def]]:
    for base in lineage(view):
        if isinstance(base, Class):
            yield from ((base, part) for part in base.node.body if isinstance(part, form.Def))


def _last(path: str) -> str:
    return path.rstrip("/").rpartition("/")[2]
