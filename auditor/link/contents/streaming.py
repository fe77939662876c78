"""How does a handler answer piece by piece: server-sent events, lines of JSON, or raw bytes?

https://html.spec.whatwg.org/multipage/server-sent-events.html, https://github.com/ndjson/ndjson-spec,
https://www.starlette.io/responses/#streamingresponse, https://flask.palletsprojects.com/en/stable/patterns/streaming/
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.adapter import RouteAdded
from auditor.link.contents.names import Callee, Names, Written
from auditor.link.evaluate.walk import called_name, walk
from auditor.model import form
from auditor.model.value import Closure

_EVENTS = "text/event-stream"
_LINES = frozenset(
    {
        "application/x-ndjson", "application/ndjson", "application/jsonl", "application/jsonlines",
        "application/x-jsonlines", "application/json-seq", "application/stream+json",
    }
)  # fmt: skip
_EVENT_RESPONSES = frozenset({"EventSourceResponse", "ServerSentEvent", "sse_response", "SSEResponse"})
_STREAMS = frozenset({"StreamingResponse", "StreamingHttpResponse", "StreamResponse", "ResponseStream", "Stream"})
_FLASK = frozenset({"stream_with_context", "copy_current_request_context"})


def streaming(effect: RouteAdded, names: Names) -> str:
    """ "sse", "ndjson" or "raw"; "" for a route that answers at once, or whose handler is not known."""
    handler = effect.handler
    if effect.kind != "http" or not isinstance(handler, Closure):
        return ""
    own = Callee(handler.scope.file, handler.node, handler.node.name)
    found = _kind(own, names)
    declared = effect.options.get("response_class")
    if declared is not None and effect.scope is not None and not found:
        found = _by_class(names.library(Written(effect.scope.file, declared)))
    if found not in ("", "raw"):
        return found
    # The answer may be made by a function that the handler returns the call of.
    for node in walk(handler.node):
        if isinstance(node, form.Return) and isinstance(node.value, form.Call):
            helper = names.callee(Written(own.file, node.value.callee))
            if helper is not None and isinstance(helper.node, form.Function):
                found = _kind(helper, names) or found
    return found


def _kind(callee: Callee, names: Names) -> str:
    """What the function itself says; a stream of no type is what its generator writes. Nothing is said of one whose
    type is computed: it may be one of events."""
    told = ""
    for node in walk(callee.node):
        if isinstance(node, form.Literal) and isinstance(node.value, str):
            media = node.value.partition(";")[0].strip()
            if media == _EVENTS:
                return "sse"
            told = "ndjson" if media in _LINES else told
        elif isinstance(node, form.Call):
            name = called_name(node)
            if name in _EVENT_RESPONSES:
                return "sse"
            if name in _STREAMS and names.callee(Written(callee.file, node.callee)) is None:
                if not told and _writes_lines(node, callee, names):
                    told = "ndjson"
                told = told or ("raw" if _is_typed(node) else "")
            elif name == "Response" and any(_is_kept_open(one.value) for one in node.arguments[:1]):
                told = told or ("raw" if _is_typed(node) else "")
    return told


def _is_typed(call: form.Call) -> bool:
    """Whether the type of a stream is written or left out: it is given neither by a value nor by a header."""
    if any(one.spread or one.name == "headers" for one in call.arguments):
        return False
    if sum(one.name is None for one in call.arguments) > 1:
        return False
    written = [one.value for one in call.arguments if one.name in ("media_type", "content_type", "mimetype")]
    return all(isinstance(one, form.Literal) for one in written)


def _is_kept_open(value: form.Expression) -> bool:
    return isinstance(value, form.Call) and called_name(value) in _FLASK


def _by_class(name: str) -> str:
    return "sse" if name in _EVENT_RESPONSES else "raw" if name in _STREAMS else ""


def _writes_lines(call: form.Call, callee: Callee, names: Names) -> bool:
    """Whether the generator that a stream is made of yields `json.dumps(…) + "\\n"` and nothing else."""
    first = next((one.value for one in call.arguments if one.name in (None, "content")), None)
    if not isinstance(first, form.Call):
        return False
    inner = [node for node in walk(callee.node) if isinstance(node, form.Def)]
    local = [one.function for one in inner if one.function.name == getattr(first.callee, "id", "")]
    made = names.callee(Written(callee.file, first.callee)) if not local else None
    function = local[0] if local else made.node if made is not None else None
    yielded = list(_yielded(function)) if isinstance(function, form.Function) else []
    return bool(yielded) and all(map(_is_line, yielded))


def _yielded(function: form.Function) -> Iterator[form.Expression]:
    for node in walk(function):
        if isinstance(node, form.Opaque) and node.reason == "yield":
            yield from node.parts


def _is_line(value: form.Expression) -> bool:
    match value:
        case form.Binary("+", left, form.Literal("\n")):
            return isinstance(left, form.Call) and called_name(left) in ("dumps", "model_dump_json", "json")
        case form.Template(parts):
            return parts[-1:] == ("\n",) and not any(isinstance(part, str) and part != "\n" for part in parts)
        case form.Call(form.Member(inner, "encode")):
            return _is_line(inner)
        case _:
            return False
