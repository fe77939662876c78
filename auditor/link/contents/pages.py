"""Does a handler answer with a page for a person at a browser, rather than with data for a client?

https://docs.djangoproject.com/en/5.2/topics/http/shortcuts/,
https://docs.djangoproject.com/en/5.2/ref/class-based-views/,
https://flask.palletsprojects.com/en/stable/quickstart/#rendering-templates,
https://fastapi.tiangolo.com/advanced/templates/, https://www.tornadoweb.org/en/stable/guide/templates.html
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.adapter import RouteAdded
from auditor.adapter.endpoints import lineage
from auditor.link.contents.names import Callee, Names, Written
from auditor.link.evaluate.walk import called_name, walk
from auditor.model import form
from auditor.model.value import Class, Closure, Symbol

_TEMPLATES = frozenset({
    "render", "render_template", "render_template_string", "render_to_response", "TemplateResponse", "HTMLResponse",
    "render_async", "stream_template",
})  # fmt: skip
_ELSEWHERE = frozenset({"redirect", "RedirectResponse", "HttpResponseRedirect", "HttpResponsePermanentRedirect"})
_DATA = frozenset({
    "jsonify", "JsonResponse", "JSONResponse", "ORJSONResponse", "json_response", "dumps", "StreamingHttpResponse",
    "StreamingResponse", "send_file", "FileResponse", "Response",
})  # fmt: skip
_GENERIC = "django.views.generic."


def is_page(effect: RouteAdded, names: Names) -> bool:
    """Whether everything that a handler answers is a page, or leads to one. False where that is not known."""
    handler = effect.handler
    if effect.kind != "http":
        return False
    if isinstance(handler, Class):
        return _is_generic(handler) or _render([*_methods(handler)], names)
    if not isinstance(handler, Closure):
        return False
    declared = effect.options.get("response_class")
    if declared is not None and effect.scope is not None:
        return names.library(Written(effect.scope.file, declared)) == "HTMLResponse"
    return _render([Callee(handler.scope.file, handler.node, handler.node.name)], names)


def _is_generic(cls: Class) -> bool:
    """A view of Django that shows a template or a form."""
    bases = [base.name for base in lineage(cls) if isinstance(base, Symbol)]
    return any(name.startswith(_GENERIC) and not name.endswith(".View") for name in bases)


def _methods(cls: Class) -> Iterator[Callee]:
    found: dict[str, Callee] = {}
    for base in lineage(cls):
        for part in base.node.body if isinstance(base, Class) else ():
            if isinstance(base, Class) and isinstance(part, form.Def) and part.function.name in ("get", "post"):
                found.setdefault(part.function.name, Callee(base.scope.file, part.function, part.function.name))
    yield from found.values()


def _render(functions: list[Callee], names: Names) -> bool:
    called = [name for function in functions for name in _called(function, names)]
    shown = not _TEMPLATES.isdisjoint(called) or not _ELSEWHERE.isdisjoint(called)
    return shown and _DATA.isdisjoint(called)


def _called(function: Callee, names: Names) -> Iterator[str]:
    """What a function of libraries is called in it, and in those whose call it returns."""
    for node in walk(function.node):
        if isinstance(node, form.Call):
            yield called_name(node)
        if isinstance(node, form.Return) and isinstance(node.value, form.Call):
            helper = names.callee(Written(function.file, node.value.callee))
            if helper is not None and isinstance(helper.node, form.Function) and helper.node is not function.node:
                yield from (called_name(one) for one in walk(helper.node) if isinstance(one, form.Call))
