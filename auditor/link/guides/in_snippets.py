"""What the code examples of a guide do that its flows do not allow."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auditor.extract import extract
from auditor.link.evaluate.walk import called_name, walk
from auditor.link.guides.limits import limits_of
from auditor.link.guides.reading import at, promised_events
from auditor.model import form
from auditor.model.document import Document, Fence
from auditor.model.facts import Dialect
from auditor.model.guide import Contradiction, Guide
from auditor.model.span import Location
from auditor.syntax.sample import field_names

_ACTION = re.compile(r"(\w+)\??\s*:\s*\(([^()]*)\)\s*=>\s*(?:void|Promise)")  # a member of function type
_SCRIPT = ("ts", "typescript", "tsx", "js", "javascript", "jsx")


@dataclass(frozen=True, slots=True)
class _Snippet:
    """A code example in TypeScript. `line` is that of its fence."""

    file: str
    line: int
    body: tuple[form.Statement, ...]
    text: str

    def at(self, line: int) -> Location:
        """A line of the example as one of the document."""
        return at(self.file, self.line + line)

    def nodes(self) -> Iterator[form.Node]:
        """All nodes, in source order."""
        for statement in self.body:
            yield from walk(statement)


def in_snippets(document: Document, guide: Guide) -> Iterator[Contradiction]:
    """Contradictions between code examples and flows, and inside the examples."""
    snippets = [
        _snippet(document.file, block)
        for section in document.sections
        for block in section.blocks
        if isinstance(block, Fence) and block.language in _SCRIPT
    ]
    for snippet in snippets:
        yield from _listeners(snippet, guide)
        yield from _sources(snippet, document)
        yield from _timers(snippet, document)
        yield from _classes(snippet)
    yield from _owners(snippets)
    yield from _lost_fields(snippets, guide)


def _snippet(file: str, block: Fence) -> _Snippet:
    dialect = Dialect.TSX if "x" in block.language else Dialect.TYPESCRIPT
    return _Snippet(file, block.line, extract(block.text.encode(), dialect).body, block.text)


def _listeners(snippet: _Snippet, guide: Guide) -> Iterator[Contradiction]:
    events = promised_events(guide.calls)
    for node in snippet.nodes():
        if not isinstance(node, form.Call) or called_name(node) != "addEventListener" or len(node.arguments) < 2:
            continue
        name, handler = node.arguments[0].value, node.arguments[1].value
        if not isinstance(name, form.Literal) or not isinstance(name.value, str):
            continue
        parsed = [one for one in walk(handler) if isinstance(one, form.Call) and _is_parse(one)]
        place = snippet.at(node.span.start_line)
        if name.value == "error" and parsed:
            message = "a listener to 'error' parses data, but the browser's own error event carries none"
            yield Contradiction("native-error-event", message, (place,))
        read = _read_fields(handler)
        shown = events.get(name.value)
        if parsed and read and shown and not any(one.shown for one in shown):
            message = f"the listener reads {', '.join(read)} of '{name.value}', for which no payload is shown"
            yield Contradiction("payload-undocumented", message, (place, shown[0].location))


def _sources(snippet: _Snippet, document: Document) -> Iterator[Contradiction]:
    """EventSource without credentials while the session is a cookie."""
    cookie = next(
        (
            at(document.file, _line_of(block, "ookie"))
            for section in document.sections
            for block in section.blocks
            if re.search(r"\bcookies?\b", getattr(block, "text", ""), re.IGNORECASE)
        ),
        None,
    )
    for node in snippet.nodes():
        if not isinstance(node, form.Call) or not node.new or called_name(node) != "EventSource" or cookie is None:
            continue
        if len(node.arguments) == 1:
            message = "the session is a cookie, and EventSource is opened without credentials: same origin only"
            yield Contradiction("stream-credentials", message, (snippet.at(node.span.start_line), cookie))


def _timers(snippet: _Snippet, document: Document) -> Iterator[Contradiction]:
    names = {called_name(node) for node in snippet.nodes() if isinstance(node, form.Call)}
    waits = [limit for limit in limits_of(document) if limit.unit == "ms"]
    for node in snippet.nodes():
        if not isinstance(node, form.Do) or not isinstance(node.value, form.Call):
            continue
        call = node.value
        if called_name(call) != "setTimeout" or len(call.arguments) < 2:
            continue
        place = snippet.at(call.span.start_line)
        if "clearTimeout" not in names and "close" in names:
            message = "the timer is not kept and never cleared: it closes what is open when it ends"
            yield Contradiction("timer-not-cleared", message, (place,))
        delay = _number(call.arguments[1].value, snippet)
        same = [limit for limit in waits if limit.number == delay]
        if same:
            message = f"the client gives up {delay} ms after connecting, the same as the server's own timeout"
            yield Contradiction("timeout-race", message, (place, same[0].location))
        if any(isinstance(one, form.Member) and one.name == "OPEN" for one in walk(call.arguments[0].value)):
            message = "the timer does nothing while the connection is still being made (CONNECTING)"
            yield Contradiction("timeout-while-connecting", message, (place,))


def _classes(snippet: _Snippet) -> Iterator[Contradiction]:
    for node in snippet.nodes():
        if not isinstance(node, form.Class) or node.bases:
            continue
        fields = {one.name: one for one in node.body if isinstance(one, form.Field)}
        methods = {one.function.name for one in node.body if isinstance(one, form.Def)}
        called = [one.callee for one in walk(node) if isinstance(one, form.Call) and _on_this(one.callee)]
        unknown = {one.name for one in called if isinstance(one, form.Member)} - methods - set(fields)
        written = {target.name for target in _written(node) if _on_this(target) and isinstance(target, form.Member)}
        empty = [name for name, one in fields.items() if one.value is None and not one.optional and name not in written]
        if unknown or empty:
            parts = [f"{', '.join(sorted(unknown))} not declared"] if unknown else []
            parts += [f"{', '.join(empty)} never assigned"] if empty else []
            yield Contradiction(
                "incomplete-example", f"{node.name}: {'; '.join(parts)}", (snippet.at(node.span.start_line),)
            )


def _owners(snippets: Sequence[_Snippet]) -> Iterator[Contradiction]:
    """A connection that a type holds without anything to close it, while a class holds one too."""
    holders = [
        (snippet, node, member)
        for snippet in snippets
        for node in snippet.nodes()
        if isinstance(node, form.TypeDefinition)
        for member in walk(node.value)
        if isinstance(member, form.ShapeMember) and _names_type(member.type, "EventSource")
    ]
    keepers = [
        (snippet, one)
        for snippet in snippets
        for node in snippet.nodes()
        if isinstance(node, form.Class)
        for one in node.body
        if isinstance(one, form.Field) and one.annotation is not None and _names_type(one.annotation, "EventSource")
    ]
    innermost = {(node.name, snippet.line): (snippet, node, member) for snippet, node, member in holders}
    for snippet, node, member in innermost.values():
        actions = [one.name for one in walk(node.value) if isinstance(one, form.ShapeMember)]
        if keepers and not any(
            re.search(r"close|stop|cancel|remove|delete|disconnect|clear", name) for name in actions
        ):
            owner, kept = keepers[0]
            message = (
                f"the connection has two owners: {node.name} holds one too, and nothing in it closes or removes it"
            )
            yield Contradiction(
                "two-owners", message, (snippet.at(member.span.start_line), owner.at(kept.span.start_line))
            )


def _lost_fields(snippets: Sequence[_Snippet], guide: Guide) -> Iterator[Contradiction]:
    """A field of an event that the action which stores the event does not take."""
    for name, events in promised_events(guide.calls).items():
        payload = sorted({key for one in events for key in field_names(one.sample) if "." not in key})
        for snippet in snippets:
            for action in _ACTION.finditer(snippet.text):
                taken = set(re.findall(r"(\w+)\??\s*:", action[2]))
                lost = [key for key in payload if key not in taken]
                if set(payload) & taken and lost and name.split("_")[0] in action[1].lower():
                    message = f"'{name}' carries {', '.join(lost)}, which {action[1]} does not take"
                    line = snippet.text.count("\n", 0, action.start(1)) + 1
                    yield Contradiction("field-lost", message, (snippet.at(line), events[0].location))


def _is_parse(call: form.Call) -> bool:
    return called_name(call) == "parse" and isinstance(call.callee, form.Member)


def _read_fields(handler: form.Node) -> list[str]:
    """The fields that a handler reads of what it parsed."""
    parsed = {
        one.target.id
        for one in walk(handler)
        if isinstance(one, form.Bind)
        and isinstance(one.target, form.Name)
        and isinstance(one.value, form.Call)
        and _is_parse(one.value)
    }
    read = [
        one.name
        for one in walk(handler)
        if isinstance(one, form.Member) and isinstance(one.object, form.Name) and one.object.id in parsed
    ]
    return list(dict.fromkeys(read))


def _on_this(node: form.Node) -> bool:
    return isinstance(node, form.Member) and isinstance(node.object, form.Name) and node.object.id == "this"


def _written(node: form.Class) -> Iterator[form.Node]:
    for one in walk(node):
        if isinstance(one, form.Bind | form.Assign):
            yield one.target


def _names_type(type: form.Node, name: str) -> bool:
    return any(isinstance(one, form.Name) and one.id == name for one in walk(type))


def _number(node: form.Node, snippet: _Snippet) -> int:
    """A constant number, also through a field of the class; 0 if it is none."""
    if isinstance(node, form.Literal) and isinstance(node.value, int | float):
        return int(node.value)
    if isinstance(node, form.Member) and _on_this(node):
        values = [one.value for one in snippet.nodes() if isinstance(one, form.Field) and one.name == node.name]
        return _number(values[0], snippet) if values and values[0] is not None else 0
    return 0


def _line_of(block: object, word: str) -> int:
    line = getattr(block, "line", 1)
    for offset, text in enumerate(getattr(block, "lines", ()), 1):
        if word in text:
            return int(line + offset)
    return int(line)
