"""What one side of a channel says and the other does not understand.

A set that may have more members proves nothing to be missing from it, and a text that the other side writes
down somewhere may be understood there in a way that was not followed: neither is reported.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from auditor.model.channel import Channel, Message, Messages
from auditor.model.finding import Confidence, Evidence, Finding, Side

_BEATS = frozenset({"ping", "pong", "heartbeat", "keepalive", "keep-alive", "keep_alive", "hb", "noop", "ack"})
_ENDS = frozenset({"end", "done", "[done]", "close", "closed", "eos", "complete", "finish", "stream_end", "connected"})


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A message without a counterpart; `others` are further places of it, `known` the types that have one."""

    channel: Channel
    message: Message
    others: tuple[Message, ...]
    known: tuple[str, ...]
    counterpart: Message

    @property
    def subject(self) -> str:
        """`WS /live: tool_result`."""
        return f"{self.channel.label}: {self.message.type}"

    @property
    def confidence(self) -> Confidence:
        """Medium where the two ends of the channel were put together by elimination."""
        return Confidence.HIGH if self.channel.certain else Confidence.MEDIUM


def unanswered(channel: Channel, said: Messages, understood: Messages) -> Iterator[Unanswered]:
    """Messages of one set that have no counterpart in the other, which must be closed; one entry per type.

    Only keys that both sides use are compared. Heartbeats and texts with holes are left out.
    """
    if not understood.is_closed or not channel.clients:
        return
    for key in sorted({one.key for one in said.entries} & {one.key for one in understood.entries} - {""}):
        known = {one.type: one for one in understood.entries if one.key == key}
        missing: dict[str, list[Message]] = {}
        for one in said.entries:
            if one.key == key and one.type not in known and not _is_excused(one) and not _fits(one.type, known):
                missing.setdefault(one.type, []).append(one)
        for entries in missing.values():
            first = known[min(known)]
            yield Unanswered(channel, entries[0], tuple(entries[1:]), tuple(sorted(known)), first)


@dataclass(frozen=True, slots=True)
class Misspelled:
    """A field that `side` reads under one name and the other side sends under another."""

    side: Side
    reader: Message
    sender: Message
    read: str
    sent: str


def misspelled(channel: Channel) -> Iterator[Misspelled]:
    """Fields whose two names differ in case or separators only, where all that is sent is known."""
    directions = (
        (Side.FRONTEND, channel.frontend_handles, channel.backend_sends),
        (Side.BACKEND, channel.backend_handles, channel.frontend_sends),
    )
    for side, handled, sent in directions:
        for reader in handled.entries if sent.is_closed else ():
            senders = [one for one in sent.entries if (one.key, one.type) == (reader.key, reader.type)]
            if not senders or any(one.more for one in senders):
                continue
            given = {name for one in senders for name in one.fields}
            twins = {_plain(name): name for name in sorted(given)}
            for name in reader.fields:
                twin = twins.get(_plain(name))
                if name not in given and twin is not None and twin not in reader.fields:
                    yield Misspelled(side, reader, senders[0], name, twin)


def _plain(name: str) -> str:
    return name.replace("_", "").replace("-", "").casefold()


def is_end(message: Message) -> bool:
    """Whether a message only says that nothing more follows: the end of the stream says the same."""
    return message.type.casefold() in _ENDS


def spelled_apart(channel: Channel, at: Callable[..., Finding]) -> Iterator[Finding]:
    """One finding for each field that the two sides spell differently; `at` is that of the rule."""
    for one in misspelled(channel):
        other = Side.BACKEND if one.side is Side.FRONTEND else Side.FRONTEND
        yield at(
            evidence(one.side, one.reader, f"reads '{one.read}' of '{one.reader.type}'"),
            evidence(other, one.sender, f"sends '{one.sent}'"),
            message=f"'{one.reader.type}' is read for '{one.read}' on {channel.label}, but is sent with '{one.sent}'",
            subject=f"{channel.label}: {one.reader.type}.{one.read}",
            hint=f"spell it '{one.sent}' on both sides",
            confidence=Confidence.HIGH if channel.certain else Confidence.MEDIUM,
            details={"type": one.reader.type, "read": one.read, "sent": one.sent},
        )


def evidence(side: Side, message: Message, label: str) -> Evidence:
    """The place of a message as evidence."""
    return Evidence(side, message.location, label)


def named(types: tuple[str, ...], limit: int = 8) -> str:
    """`'a', 'b', …`."""
    return ", ".join(f"'{one}'" for one in types[:limit]) + (", …" if len(types) > limit else "")


def _fits(text: str, known: Iterable[str]) -> bool:
    """Whether a text is one of those with holes: `hall/light` for `{}/light`."""
    patterns = (re.escape(one).replace(r"\{\}", ".*") for one in known if "{}" in one)
    return any(re.fullmatch(pattern, text) for pattern in patterns)


def _is_excused(message: Message) -> bool:
    plain = message.type.casefold()
    return not plain or "{}" in plain or plain in _BEATS or "heartbeat" in plain or message.echoed
