"""What the flows of a guide show in two ways, or never end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from auditor.link.guides.reading import at, promised_events
from auditor.model.guide import Contradiction, Guide, PromisedCall, Sample
from auditor.model.segments import is_hole, segments
from auditor.model.span import Location
from auditor.syntax.sample import field_names

_ENVELOPE = frozenset({"success", "ok", "status", "error", "message", "data", "code", "result"})
_FAILED = re.compile(r"fail|error|cancel|abort|denied|timeout|unavailable", re.IGNORECASE)


def between_calls(guide: Guide) -> Iterator[Contradiction]:
    """Contradictions between the calls of a guide, and flows that do not close."""
    calls = [call for call in guide.calls if call.origin == "diagram"]
    yield from _envelopes(calls)
    yield from _parameter_places(calls)
    yield from _replaced_fields(calls)
    yield from _polling(calls)
    yield from _states(calls)
    yield from _casing(guide, calls)
    yield from _activations(guide)


def _envelopes(calls: Sequence[PromisedCall]) -> Iterator[Contradiction]:
    """Some answers are wrapped (`{success, data}`), others are not."""
    shown = [(call, call.response) for call in calls if isinstance(call.response, Mapping) and call.response]
    wrapped = [call for call, body in shown if "data" in body and set(body) <= _ENVELOPE]
    bare = [call for call, body in shown if "data" not in body]
    if wrapped and bare:
        message = f"{wrapped[0].label} answers with an envelope around 'data', {bare[0].label} with the bare object"
        yield Contradiction("envelope", message, (wrapped[0].answer_location, bare[0].answer_location))


def _parameter_places(calls: Sequence[PromisedCall]) -> Iterator[Contradiction]:
    """A value that one request has in its body and another one in its path."""
    in_paths: dict[str, PromisedCall] = {}
    for call in calls:
        for told, slot in zip(segments(call.path), segments(call.template), strict=False):
            if is_hole(slot):
                in_paths.setdefault(told, call)
                in_paths.setdefault(slot, call)
    said: set[str] = set()
    for call in calls:
        for name, value in _leaves(call.request):
            other = in_paths.get(value) if isinstance(value, str) else None
            if other and other.template != call.template and name not in said and re.search(r"(?:_id|Id)$", name):
                said.add(name)
                message = f"{name} is a field of the body of {call.label} and a part of the path of {other.label}"
                yield Contradiction("parameter-place", message, (call.location, other.location))


def _replaced_fields(calls: Sequence[PromisedCall]) -> Iterator[Contradiction]:
    """A text that is sent and comes back as another one."""
    for call in calls:
        if not isinstance(call.request, Mapping) or not isinstance(call.response, Mapping):
            continue
        for name, sent in call.request.items():
            got = call.response.get(name)
            if isinstance(sent, str) and isinstance(got, str) and sent != got and not name.lower().endswith("id"):
                message = f"{call.label} is sent {name} {sent!r} and answers {got!r}: what was sent is not used"
                yield Contradiction("field-not-used", message, (call.location,))


def _polling(calls: Sequence[PromisedCall]) -> Iterator[Contradiction]:
    """Requests in a timed loop that nothing but success ends."""
    for call in calls:
        loop = next((block for block in call.block if re.match(r"loop\s+every\b", block, re.IGNORECASE)), "")
        if loop and not any(block.split(" ")[0] in ("alt", "else", "opt", "break", "option") for block in call.block):
            limited = re.search(r"\b(?:max|up to|at most|until|attempts?|times|back-?off)\b", loop, re.IGNORECASE)
            if not limited:
                message = f"{call.label} is asked for ever ('{loop}'): no cap, back-off or failure ends the loop"
                yield Contradiction("endless-polling", message, (call.location,))


def _states(calls: Sequence[PromisedCall]) -> Iterator[Contradiction]:
    """A state that is polled and has no value for failure."""
    polled = {call.template for call in calls if any(block.startswith("loop") for block in call.block)}
    seen: dict[str, tuple[list[str], list[Location]]] = {}
    for call in calls:
        state = (
            call.response.get("status") or call.response.get("state") if isinstance(call.response, Mapping) else None
        )
        if call.template in polled and isinstance(state, str):
            values, places = seen.setdefault(call.template, ([], []))
            values += [state] if state not in values else []
            places.append(call.answer_location)
    for path, (values, places) in seen.items():
        if len(values) > 1 and not any(_FAILED.search(value) for value in values):
            message = (
                f"the states of {path} ({', '.join(values)}) have none for failure, so a failure is polled for ever"
            )
            yield Contradiction("no-failure-state", message, tuple(places))


def _casing(guide: Guide, calls: Sequence[PromisedCall]) -> Iterator[Contradiction]:
    """Names of fields in one writing, names of events and constants in others."""
    fields = [(name, call) for call in calls for body in (call.request, call.response) for name in _names(body)]
    camel = [call for name, call in fields if re.fullmatch(r"[a-z]+(?:[A-Z]\w*)+", name)]
    snake = [call for name, call in fields if re.fullmatch(r"[a-z]+(?:_[a-z]+)+", name)]
    events = [one for name, found in promised_events(calls).items() if "_" in name for one in found[:1]]
    values = [call for call in calls for _, value in _leaves(call.response) if _is_snake(value)]
    others = [call.answer_location for call in (*snake[:1], *values[:1])] + [event.location for event in events[:1]]
    if camel and others:
        message = "some names are written in camelCase, others in snake_case"
        yield Contradiction("casing", message, (camel[0].location, *others))


def _is_snake(value: Sample) -> bool:
    return isinstance(value, str) and re.fullmatch(r"[a-z]+(?:_[a-z]+)+", value) is not None


def _activations(guide: Guide) -> Iterator[Contradiction]:
    for diagram in guide.diagrams:
        if diagram.active and not diagram.problem:
            names = ", ".join(dict.fromkeys(diagram.active))
            opened = [a.line for a in diagram.arrows if a.opens and a.target in diagram.active]
            message = f"the activation of {names} is never ended"
            yield Contradiction("activation", message, (at(guide.file, opened[-1] if opened else diagram.line),))


def _names(sample: Sample) -> list[str]:
    return [name.rpartition(".")[2] for name in field_names(sample)]


def _leaves(sample: Sample) -> Iterator[tuple[str, Sample]]:
    if isinstance(sample, Mapping):
        for name, value in sample.items():
            yield name, value
            yield from _leaves(value)
