"""Which messages does the documentation of a handler name that nobody sends or handles?"""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet

from auditor.model import form
from auditor.model.channel import Channel

_TOKEN = r"[a-z][a-z0-9]*(?:[-_.:][a-z0-9]+)+"
_LISTED = re.compile(rf"\(\s*({_TOKEN}(?:\s*,\s*{_TOKEN})*)\s*\)")
_QUOTED = re.compile(rf"`({_TOKEN})`")


def misnamed(channel: Channel, handler: form.Function | None, written: AbstractSet[str]) -> tuple[str, ...]:
    """Names in lists "(text-start, text-end)" or between backticks that are no message of the channel, sorted.

    Only where the same lists name one that is, and all that the backend sends and handles is known. What stands
    anywhere in the code (`written`) is left out.
    """
    if handler is None or not handler.doc or not channel.backend_sends.is_closed:
        return ()
    named = {token.strip() for found in _LISTED.finditer(handler.doc) for token in found.group(1).split(",")} | {
        found.group(1) for found in _QUOTED.finditer(handler.doc)
    }
    sides = (channel.backend_sends, channel.backend_handles, channel.frontend_sends, channel.frontend_handles)
    types = {kind for side in sides for kind in side.types}
    alike = {_shape(kind) for kind in types & named}
    return tuple(sorted(one for one in named - types - written if _shape(one) in alike))


def _shape(name: str) -> str:
    """What separates the words of a name: "-" for "text-delta"."""
    return next((sign for sign in "-_.:" if sign in name), "")
