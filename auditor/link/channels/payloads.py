"""Which messages does a value make that is put on a channel?"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from auditor.link.channels.members import lineage
from auditor.link.channels.origins import Origins
from auditor.link.channels.tables import Scope
from auditor.link.channels.texts import texts_of
from auditor.link.channels.values import Built, Const, Each, Made, Origin, Raw, Received, Unknown
from auditor.link.channels.written import flat, in_order, place_of, text_of, value_of
from auditor.link.evaluate.walk import called_name
from auditor.model import form
from auditor.model.channel import Message
from auditor.model.span import Location

KEYS = (
    "type", "event", "event_type", "eventType", "message_type", "messageType", "msg_type", "msgType", "kind", "action",
    "op", "method", "command", "cmd", "topic",
)  # fmt: skip
"""Names of discriminators, the surest first."""

_EVENT = re.compile(r"^event:[ ]?(?P<name>[^\n]*)\n", re.MULTILINE)
_NAME = re.compile(r"\[?[\w.:/-]{1,60}\]?")
_DATA = re.compile(r"(?:^|\n)data:[ ]?")
_WORD = re.compile(r"[A-Za-z][\w.-]{1,30} ")  # a command before its arguments
_DEPTH = 6


@dataclass
class Sent:
    """Messages found so far, and why there may be more."""

    messages: set[Message] = field(default_factory=set)
    open: set[str] = field(default_factory=set)
    seen: set[tuple[object, ...]] = field(default_factory=set)


def payload(origins: Origins, node: form.Expression, scope: Scope, sent: Sent, named: bool = False) -> None:
    """Adds the messages that an expression makes. `named`: `{"event": …, "data": …}` is a named event."""
    _messages(origins, origins.of(node, scope), sent, "", "", named, 0)


def _messages(
    origins: Origins, found: Iterable[Origin], sent: Sent, frame: str, event: str, named: bool, depth: int
) -> None:
    found = list(found)
    if not found or depth > _DEPTH:
        sent.open.add("a message that could not be followed")
        return
    for one in found:
        question = (one, frame, event, named)
        if question in sent.seen:
            if isinstance(one, Made) and not isinstance(one.node, form.Object | form.Array):
                sent.open.add("a text that is made of itself")
            continue
        sent.seen.add(question)
        match one:
            case Const(value, location):
                _text(value, location, sent, frame, event)
            case Each(made):
                _messages(origins, (made,), sent, frame, event, named, depth)
            case Made(form.Object() as node, scope):
                _object(origins, node, scope, sent, frame, event, named, depth)
            case Made(form.Array(items=items), scope):
                for item in items:
                    _messages(origins, origins.of(item, scope), sent, frame, event, named, depth + 1)
            case Made(form.Template() | form.Binary() as node, scope):
                _template(origins, node, scope, sent, named, depth)
            case Built(call=call, scope=scope) if call is not None and scope is not None:
                _instance(origins, one, call, scope, sent, frame, event, depth)
            case Received() | Raw():
                sent.open.add("frames that are passed on")
            case Unknown(reason):
                sent.open.add(reason)
            case _:
                sent.open.add("a value that is no message")


def _text(value: str, location: Location, sent: Sent, frame: str, event: str) -> None:
    name = _EVENT.search(value)
    body = _DATA.split(value, 1)
    content = body[1] if len(body) == 2 else ("" if name else value)
    content = content.strip()
    head = value[: len(value) - len(body[1])] if len(body) == 2 else frame
    if value.startswith(":") or not (content or name):
        return  # a comment keeps the connection alive, nobody listens to it
    if name or event:
        told = name.group("name").strip() if name else event
        sent.messages.add(Message(told, "event", location, (), False, head or (name.group() if name else "")))
    try:
        parsed = json.loads(content) if content else None
    except ValueError:
        parsed = None
    if isinstance(parsed, dict):
        key = next((key for key in KEYS if isinstance(parsed.get(key), str)), "")
        if key:
            sent.messages.add(Message(parsed[key], key, location, in_order(parsed), False, head))
    elif _NAME.fullmatch(content) and not name:
        sent.messages.add(Message(content, "", location, (), False, head))


def _object(
    origins: Origins, node: form.Object, scope: Scope, sent: Sent, frame: str, event: str, named: bool, depth: int
) -> None:
    location = Location(scope.file, node.span)
    fields, more = _fields(origins, node, scope)
    if named and "event" in fields | {"data"} and fields <= {"event", "data", "id", "retry", "comment"}:
        data = value_of(node, "data")
        names, complete = (
            texts_of(origins, value_of(node, "event") or node, scope) if "event" in fields else ({""}, True)
        )
        if not complete:
            sent.open.add("the name of an event")
        inner = Sent()
        if data is not None:
            _messages(origins, origins.of(data, scope), inner, frame, "", False, depth + 1)
        for name in names:
            if name:
                keys = {key for one in inner.messages for key in one.fields}
                head = f"event: {name}\n" + ("data: " if data is not None else "")
                whole = not inner.open and bool(inner.messages)
                sent.messages.add(Message(name, "event", location, in_order(keys), not whole, head))
        sent.messages |= {one for one in inner.messages if one.key and one.fields}
        if not any(names):
            sent.open |= inner.open
        return
    if event:
        sent.messages.add(Message(event, "event", location, in_order(fields), more, frame))
    for key in KEYS:
        value = value_of(node, key)
        if value is None:
            continue
        texts, complete = texts_of(origins, value, scope)
        if not texts and isinstance(value, form.Object | form.Array):
            continue
        if not complete:
            sent.open.add(f"a {key} that is made at run time")
        for text in texts:
            sent.messages.add(Message(text, key, location, in_order(fields), more, frame))
        return
    inside = [(text_of(entry.key) or "", entry.value) for entry in node.entries if entry.key is not None]
    if _nested(origins, inside, scope, sent, depth):
        return
    spreads = [entry.value for entry in node.entries if entry.key is None]
    if spreads:
        inner = Sent()
        for spread in spreads:
            _messages(origins, origins.of(spread, scope), inner, frame, event, False, depth + 1)
        own = {text_of(entry.key) or "" for entry in node.entries if entry.key is not None}
        for one in inner.messages:
            all_fields = in_order({*one.fields, *own})
            sent.messages.add(Message(one.type, one.key, one.location, all_fields, one.more, one.frame))
        sent.open |= inner.open
        return
    if not event:
        sent.messages.add(Message("", "", location, in_order(fields), more, frame))


def _fields(origins: Origins, node: form.Object, scope: Scope) -> tuple[set[str], bool]:
    fields: set[str] = set()
    more = False
    for entry in node.entries:
        name = text_of(entry.key) if entry.key is not None else None
        if name is not None:
            fields.add(name)
            continue
        more = True
    place = origins.index.objects.get(node)
    for binding in place[0].bindings.get(place[1], ()) if place else ():
        if binding.kind == "member":
            fields |= {binding.name} - {""}
            more |= not binding.name
    return fields, more


def _template(
    origins: Origins, node: form.Template | form.Binary, scope: Scope, sent: Sent, named: bool, depth: int
) -> None:
    """`f"event: {name}\\ndata: {json.dumps(x)}\\n\\n"`: the text before the payload is its frame."""
    head = ""
    rest: list[form.Expression] = []
    tail = ""
    in_data = False
    for part in flat(node):
        text = part if isinstance(part, str) else None
        if text is None and isinstance(part, form.Node) and not in_data:
            texts, complete = texts_of(origins, part, scope)
            if complete and len(texts) == 1:
                text = next(iter(texts))
        if rest:
            tail += text or ""
        elif text is not None:
            head += text
            in_data = bool(_DATA.search(head))
        elif isinstance(part, form.Node) and not in_data and re.search(r"(^|\n)event:[ ]?$", head):
            names, complete = texts_of(origins, part, scope)
            if complete and len(names) <= 12:
                _named(origins, node, part, names, scope, sent, depth)
                return
            sent.open.add("the name of an event")
            head += "{}"
        elif isinstance(part, form.Node):
            rest.append(part)
    name = _EVENT.search(head)
    event = name.group("name").strip() if name else ""
    if not rest:
        _text(head, place_of(node, scope), sent, "", "")
        return
    found = origins.of(rest[0], scope)
    readable = [one for one in found if not isinstance(one, Unknown)]
    if event and not readable:
        sent.messages.add(Message(event, "event", place_of(node, scope), (), True, head))
        return
    if _WORD.fullmatch(head) and isinstance(rest[0], form.Call) and called_name(rest[0]) in ("stringify", "dumps"):
        sent.messages.add(Message(head.strip(), "", place_of(node, scope), (), True, head))
        return
    if head.strip() and not in_data and not tail.endswith("\n"):
        sent.open.add("a text that is no message")
        return
    _messages(origins, found, sent, head, event, named, depth + 1)


def _named(
    origins: Origins,
    node: form.Template | form.Binary,
    part: form.Node,
    names: Iterable[str],
    scope: Scope,
    sent: Sent,
    depth: int,
) -> None:
    parts = list(flat(node))
    at = next(number for number, one in enumerate(parts) if one is part)
    after = [one for one in parts[at + 1 :] if not isinstance(one, str)]
    for name in sorted(names):
        head = f"event: {name}\ndata: "
        found = origins.of(after[0], scope) if after else ()
        if any(not isinstance(one, Unknown) for one in found):
            _messages(origins, found, sent, head, name, False, depth + 1)
        else:
            sent.messages.add(Message(name, "event", place_of(node, scope), (), True, head))


def _instance(
    origins: Origins, made: Built, call: form.Call, scope: Scope, sent: Sent, frame: str, event: str, depth: int
) -> None:
    node, file = made.node, made.file
    location = Location(scope.file, call.span)
    given = {one.name: one.value for one in call.arguments if one.name}
    fields = {
        statement.name
        for cls in lineage(origins, node, file)
        for statement in cls.body
        if isinstance(statement, form.Field)
    }
    if event:
        sent.messages.add(Message(event, "event", location, in_order(fields), False, frame))
    for key in KEYS:
        if key in given:
            texts, complete = texts_of(origins, given[key], scope)
        else:
            values = [one for one in origins.below([made], (key,)) if isinstance(one, Const)]
            texts, complete = frozenset(one.value for one in values), True
        if key in given and not complete:
            sent.open.add(f"a {key} that is made at run time")
        for text in texts:
            sent.messages.add(Message(text, key, location, in_order(fields | given.keys()), False, frame))
        if texts or key in given:
            return
    if not event and not _nested(origins, list(given.items()), scope, sent, depth + 1):
        sent.open.add(f"a {node.name}")


def _nested(origins: Origins, fields: list[tuple[str, form.Expression]], scope: Scope, sent: Sent, depth: int) -> bool:
    """`{"ind": 1, "obj": {"type": …}}`: an envelope whose content is told apart, not the envelope itself."""
    if depth > 2:
        return False
    for name, value in fields:
        made = [one for one in origins.of(value, scope) if _is_object(one)]
        inner = Sent()
        if name and made:
            _messages(origins, made, inner, "", "", False, depth + 2)
        told = [one for one in inner.messages if one.key in KEYS]
        if told:
            sent.messages |= {replace(one, key=f"{name}.{one.key}") for one in told}
            sent.open |= inner.open
            if len(made) < len(origins.of(value, scope)):
                sent.open.add(f"a {name} that could not be followed")
            return True
    return False


def _is_object(one: Origin) -> bool:
    return isinstance(one, Built) or (isinstance(one, Made) and isinstance(one.node, form.Object))
