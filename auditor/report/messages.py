"""Who sends and who handles which message, as text and as records."""

from __future__ import annotations

from collections.abc import Iterable

from auditor.model.channel import Channel, Message, Messages
from auditor.report.escape import one_line
from auditor.report.records import Record

SIDES = (
    ("backend sends", "backend_sends"),
    ("frontend handles", "frontend_handles"),
    ("frontend sends", "frontend_sends"),
    ("backend handles", "backend_handles"),
)
"""The four sets of a channel, in words and as attributes: what one side sends stands above what the other handles."""


def message_text(channels: Iterable[Channel]) -> str:
    """A block per channel that has messages: one line per type, with the first place."""
    return "".join("\n" + "\n".join(_block(channel)) + "\n" for channel in channels if _has_messages(channel))


def message_record(channel: Channel) -> Record:
    """A channel with its four sets."""
    return {
        "channel": channel.label,
        "route": _place(channel.route.file, channel.route.line) if channel.route else None,
        "clients": [_place(client.file, client.line) for client in channel.clients],
        "certain": channel.certain,
        "accepted_prefixes": list(channel.accepted),
        **{name: _set(getattr(channel, name)) for _, name in SIDES},
    }


def _has_messages(channel: Channel) -> bool:
    return any(getattr(channel, name).entries for _, name in SIDES)


def _block(channel: Channel) -> list[str]:
    lines = [one_line(channel.label)]
    for words, name in SIDES:
        messages: Messages = getattr(channel, name)
        if not messages.entries:
            continue
        lines.append(f"  {words}" + (f" (and maybe more: {one_line(messages.open[0])})" if messages.open else ""))
        shown: dict[tuple[str, str], list[Message]] = {}
        for entry in messages.entries:
            shown.setdefault((entry.key, entry.type), []).append(entry)
        for (key, kind), entries in shown.items():
            first = entries[0].location
            more = f" and {len(entries) - 1} more" if len(entries) > 1 else ""
            named = f"{key}={kind}" if key else (kind or "(no type)")
            lines.append(f"    {one_line(named)}  {one_line(first.file)}:{first.line}{more}")
    return lines


def _set(messages: Messages) -> Record:
    return {
        "open": list(messages.open),
        "messages": [
            {
                "type": one.type,
                "key": one.key,
                "file": one.location.file,
                "line": one.location.line,
                "fields": list(one.fields),
                "complete": not one.more,
                "frame": one.frame,
            }
            for one in messages.entries
        ],
    }


def _place(file: str, line: int) -> Record:
    return {"file": file, "line": line}
