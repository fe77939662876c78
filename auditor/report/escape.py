"""How text taken from the audited project is made harmless in each medium.

Paths, excerpts and names are written by strangers: they may hold terminal escapes, Markdown, text
that turns its reading direction, or lines that GitHub's runner takes for commands.
"""

from __future__ import annotations

import hashlib
import html
import re

MESSAGE_BYTES = 60_000
"""Below the 64 KB that a GitHub annotation may hold, with room for the escapes."""

TITLE_CHARACTERS = 255
"""What GitHub's checks API takes as the title of an annotation."""


def visible(text: str) -> str:
    """The text with every character that acts instead of showing replaced by one that shows.

    One character for one character, so that columns stay: C0 controls become their Unicode pictures
    (ESC is "␛"), C1 controls, direction marks and lone surrogates become U+FFFD. A tab stays.
    """
    return _ACTING.sub(_picture, text)


def one_line(text: str) -> str:
    """Visible text on one line: line breaks and tabs are spaces."""
    return visible(_BREAKS.sub(" ", text)).strip()


def cropped(text: str, characters: int) -> str:
    """At most so many characters; the last one is "…" where something is missing."""
    return text if len(text) <= characters else text[: characters - 1] + "…"


def markdown_text(text: str) -> str:
    """Prose for Markdown: nothing in it is markup, HTML, a table cell's end or the name of a person."""
    plain = _ENTITY.sub("&amp;", one_line(text)) if "&" in text else one_line(text)
    marked = _MARKUP.sub(r"\\\g<0>", plain).replace("<", "&lt;")
    return _MENTION.sub("@\u200b", _OPENING.sub(r"\1\\\2", marked))


def markdown_code(text: str) -> str:
    """A Markdown code span, also inside a table cell; "" stays ""."""
    plain = one_line(text)
    if not plain:
        return ""
    if "|" in plain:  # in a code span its escape shows outside of tables, and a backslash before it undoes it inside
        return f"<code>{_MARKUP.sub(_entity, html.escape(plain))}</code>"
    ticks = "`" * (_longest_run(plain) + 1)
    pad = " " if plain.startswith("`") or plain.endswith("`") else ""
    return f"{ticks}{pad}{plain}{pad}{ticks}"


def markdown_fence(lines: tuple[str, ...], language: str) -> str:
    """A fenced block whose fence is longer than any run of backticks inside."""
    shown = [visible(line) for line in lines]
    fence = "`" * max(3, _longest_run("\n".join(shown)) + 1)
    return "\n".join([f"{fence}{language}", *shown, fence])


def workflow_message(text: str) -> str:
    """The message of a GitHub workflow command (`escapeData` of actions/toolkit `core/src/command.ts`)."""
    shown = "\n".join(visible(line) for line in _BREAKS.sub("\n", text).split("\n"))
    kept = shown.encode()[:MESSAGE_BYTES].decode(errors="ignore")
    return kept.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def workflow_property(text: str) -> str:
    """A property of a GitHub workflow command (`escapeProperty` of the same file)."""
    return workflow_message(text).replace(":", "%3A").replace(",", "%2C")


def workflow_shield(text: str) -> str:
    """Text for people, wrapped so that GitHub's runner obeys no command inside.

    The runner looks for `::` at the start of a line and for the older `##[` anywhere, until the line
    that repeats the token. The token is a digest of the text: the same bytes every time, and no text
    can hold its own digest.
    """
    token = hashlib.blake2b(text.encode(errors="replace"), digest_size=16).hexdigest()
    end = "" if text.endswith("\n") else "\n"
    return f"::stop-commands::{token}\n{text}{end}::{token}::\n"


# Controls but tab, DEL, C1, line and paragraph separators, marks that turn the direction, invisible
# joiners that begin a file (BOM), and halves of surrogate pairs (undecodable bytes of file names).
_ACTING = re.compile(
    "[\x00-\x08\x0a-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
_BREAKS = re.compile("\r\n|[\t\n\v\f\r\x85\u2028\u2029]")
_MARKUP = re.compile(r"[\\`*_\[\]|~]")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_OPENING = re.compile(r"^(\d*)([#+\-.)=](?:\s|$|-|=|#))")
_MENTION = re.compile(r"@(?=\w)")


def _picture(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else "\ufffd"


def _entity(match: re.Match[str]) -> str:
    return f"&#{ord(match[0])};"


def _longest_run(text: str) -> int:
    return max((len(run) for run in re.findall("`+", text)), default=0)
