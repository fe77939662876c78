"""Which calls, events and branches a document promises."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from auditor.link.guides.examples import example_calls
from auditor.link.guides.paths import template
from auditor.model.document import Document, Fence
from auditor.model.guide import (
    Arrow,
    Diagram,
    Guide,
    Participant,
    PromisedBranch,
    PromisedCall,
    PromisedEvent,
    Remark,
    Sample,
)
from auditor.model.span import Location, Span
from auditor.syntax.mermaid import is_sequence, read_sequence
from auditor.syntax.sample import read_sample

_REQUEST = re.compile(
    r"^\W*(?:(?:\d+[.)]|Step \d+:?)\s*)?(GET|POST|PUT|PATCH|DELETE|WS)\s+[`'\"]?(?:https?://[^/\s]+)?(/[^\s`'\",;)]*)",
    re.I,
)
_EVENT = re.compile(r"\b(?:SSE|WS|WebSocket)(?:\s+(?:event|message))?:\s*[`'\"]?([\w.:/-]+)[`'\"]?", re.IGNORECASE)
_NAMED = re.compile(r"\bevent:\s*[`'\"]?([\w.:/-]+)")
_STREAM = re.compile(r"\((?:SSE|EventSource|event stream|stream(?:ing)?)\)", re.IGNORECASE)
_CLIENT = re.compile(
    r"\b(?:ui|front-?end|client|browser|web ?app|user interface|react|vue|angular|spa|next(?:\.?js)?)\b", re.I
)
_SERVER = re.compile(r"\b(?:api|back-?end|server|service|gateway|fastapi|django|flask|backend api)\b", re.IGNORECASE)
_WRONG = re.compile(
    r"\b(?:time-?outs?|timed out|disconnect\w*|fail\w*|errors?|abort\w*|cancel\w*|reject\w*|denied)\b", re.I
)


def read_guide(document: Document) -> Guide:
    """The promises of a document; one without any call is empty."""
    diagrams = tuple(
        read_sequence(block, section.title)
        for section in document.sections
        for block in section.blocks
        if isinstance(block, Fence) and is_sequence(block)
    )
    flows = [_Flow(document.file, diagram) for diagram in diagrams]
    calls = [call for flow in flows for call in flow.calls()]
    branches = [branch for flow in flows for branch in flow.branches()]
    return Guide(document.file, diagrams, (*calls, *example_calls(document)), tuple(branches))


def at(file: str, line: int) -> Location:
    """A line of a document."""
    return Location(file, Span(line, 1, line, 1))


def is_client(participant: Participant) -> bool:
    """Whether a participant is the user interface, by its name."""
    name = f"{participant.id} {participant.label}"
    return bool(_CLIENT.search(name)) and not _SERVER.search(participant.label)


def is_server(participant: Participant) -> bool:
    """Whether a participant is the backend, by its name."""
    return bool(_SERVER.search(f"{participant.id} {participant.label}")) and not is_client(participant)


def documented_payload(text: str) -> Sample:
    """The JSON in a note or an arrow's text."""
    return read_sample(text)


@dataclass(slots=True)
class _Open:
    """A call that is being answered."""

    call: PromisedCall
    server: str
    client: str
    events: list[PromisedEvent] = field(default_factory=list)
    replies: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Flow:
    file: str
    diagram: Diagram

    def calls(self) -> Iterator[PromisedCall]:
        """The requests of the diagram, each with what is shown to be sent and answered."""
        people = {one.id: one for one in self.diagram.participants}
        done: list[_Open] = []
        current: _Open | None = None
        last: Arrow | None = None
        for step in self.diagram.steps:
            if isinstance(step, Remark):
                _noted(current, last, step, self.file)
                continue
            last = step
            request = _REQUEST.match(step.text)
            if request and not step.reply:
                current = _Open(self._call(step, request, people), step.target, step.source)
                done.append(current)
            elif current and (step.source, step.target) == (current.server, current.client):
                _answered(current, step, self.file)
        for one in done:
            yield replace(one.call, events=tuple(one.events), replies=tuple(one.replies))

    def branches(self) -> Iterator[PromisedBranch]:
        """The branches for what goes wrong, each with the call it belongs to."""
        calls = {call.location.line: call for call in self.calls()}
        seen: set[str] = set()
        for arrow in self.diagram.arrows:
            for block in arrow.block:
                kind, _, title = block.partition(" ")
                if kind in ("alt", "else", "opt", "break", "option") and _WRONG.search(title) and block not in seen:
                    seen.add(block)
                    before = [line for line in calls if line <= arrow.line]
                    call = calls[max(before)] if before else None
                    yield PromisedBranch(_kind(title), title, at(self.file, arrow.line), call)

    def _call(self, step: Arrow, request: re.Match[str], people: dict[str, Participant]) -> PromisedCall:
        path = request[2].partition("?")[0].rstrip(".,")
        source, target = people.get(step.source), people.get(step.target)
        by_client = source is not None and is_client(source) and (target is None or not is_client(target))
        return PromisedCall(
            request[1].upper(),
            path,
            template(path),
            at(self.file, step.line),
            "diagram",
            self.diagram.title,
            by_client=by_client,
            streams=bool(_STREAM.search(step.text)),
            request=read_sample(step.text[request.end() :]),
            block=step.block,
        )


def _kind(title: str) -> str:
    if re.search(r"time-?outs?|timed out", title, re.IGNORECASE):
        return "timeout"
    return "disconnect" if re.search(r"disconnect", title, re.IGNORECASE) else "failure"


def _noted(current: _Open | None, last: Arrow | None, note: Remark, file: str) -> None:
    sample = read_sample(note.text)
    if current is None or last is None or sample is None:
        return
    about_request = last.line == current.call.location.line and not re.match(r"\s*response\b", note.text, re.IGNORECASE)
    event = _NAMED.search(note.text)
    if event or (current.events and current.events[-1].location.line == last.line):
        name = event[1] if event else current.events[-1].name
        if current.events and current.events[-1].name == name:
            current.events[-1] = replace(current.events[-1], sample=sample, shown=True)
        else:
            current.events.append(PromisedEvent(name, at(file, note.line), sample, shown=True))
    elif about_request:
        current.call = replace(current.call, request=sample)
    elif (last.source, last.target) == (current.server, current.client):
        current.call = replace(current.call, response=sample, answered=at(file, note.line))


def _answered(current: _Open, step: Arrow, file: str) -> None:
    event = _EVENT.search(step.text)
    current.replies.append(step.text)
    if event and not re.search(r"\bclose\b", step.text, re.IGNORECASE):
        current.events.append(PromisedEvent(event[1].rstrip(".:"), at(file, step.line)))
        return
    sample = read_sample(step.text)
    if sample is not None and step.reply:
        current.call = replace(current.call, response=sample, answered=at(file, step.line))


def promised_events(calls: Sequence[PromisedCall]) -> dict[str, list[PromisedEvent]]:
    """The events of all streams by name, those with a payload first."""
    found: dict[str, list[PromisedEvent]] = {}
    for call in calls:
        for event in call.events:
            found.setdefault(event.name, []).append(event)
    return {name: sorted(events, key=lambda one: not one.shown) for name, events in found.items()}
