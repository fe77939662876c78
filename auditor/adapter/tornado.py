"""What a rule of Tornado matches, and what its handler answers.

Tornado 5.1 to 6.5 (https://www.tornadoweb.org/en/stable/guide/structure.html#subclassing-requesthandler and
https://www.tornadoweb.org/en/stable/routing.html).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from auditor.adapter.endpoints import ANY, UNREAD, Answer, attribute, class_answers, derives_from
from auditor.model.span import Location
from auditor.model.value import Arguments, Class, Symbol, Text, Value

REQUEST, SOCKET = "tornado.web.RequestHandler", "tornado.websocket.WebSocketHandler"
FILES, REDIRECT, FALLBACK, ERROR = (
    f"tornado.web.{name}Handler" for name in ("StaticFile", "Redirect", "Fallback", "Error")
)
_VERBS = ("get", "head", "post", "delete", "patch", "put", "options")
_SILENT = ("HEAD", "OPTIONS")


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule. `path` is a regular expression, or an object that says what matches; `target` what handles it."""

    path: Value | None
    target: Value | None
    options: Value | None
    arguments: Arguments


def answers(target: Value, socket: bool) -> list[Answer]:
    """The methods a handler answers; a socket opens with GET."""
    if isinstance(target, Symbol) and target.name == REDIRECT:
        return [Answer(("GET",), target)]
    if not isinstance(target, Class):
        return [Answer((UNREAD,), target if isinstance(target, Symbol) else None)]
    if socket:
        return [Answer(("GET",), attribute(target, "open") or attribute(target, "on_message") or target)]
    found = [
        one
        for one in class_answers(target, (REQUEST, FILES, REDIRECT, FALLBACK, ERROR), _VERBS)
        if one.methods[0] not in _SILENT or one.methods[0].lower() in target.attributes
    ]
    if attribute(target, "__new__") is not None:
        found.append(Answer((UNREAD,), target))
    if derives_from(target, (FILES, REDIRECT)) and not any(one.methods == ("GET",) for one in found):
        found.append(Answer(("GET",), target))
    return found or [Answer((ANY,), prepare) for prepare in (attribute(target, "prepare"),) if prepare is not None]


def from_the_root(path: Text) -> Text:
    """A path that begins with whatever is asked for (`.*`) begins with a slash."""
    first = path.parts[0] if path.parts else ""
    return replace(path, parts=("/" + first, *path.parts[1:])) if isinstance(first, str) and first[:1] == "{" else path


def is_written(path: Text) -> bool:
    """Whether a path has text of its own."""
    return any(isinstance(part, str) and part.strip("/") for part in path.parts)


def location_of(rule: Rule, where: tuple[Text, ...]) -> Location:
    """The place of the expression: a rule of a list has no call of its own."""
    return next((text.trail[-1] for text in where if text.trail), rule.arguments.location)


def folders(where: tuple[Text, ...]) -> tuple[Text, ...]:
    """What stands before the file in the paths of a static rule: `/static/{path}`."""
    return tuple(
        Text((first.partition("{")[0],)) for one in where if one.parts and isinstance(first := one.parts[0], str)
    )
