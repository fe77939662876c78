"""URL texts: origin, path, query, and whether their shape depends on a parameter."""

from __future__ import annotations

import re
from dataclasses import dataclass

from auditor.model.query import QUERY
from auditor.model.value import Hole, Text

_SEGMENT = re.compile(r"[A-Za-z_][\w-]*(?:/|$)")
_SCHEME = re.compile(r"^(https?|wss?):(//)?", re.IGNORECASE)
_PREFIX = re.compile(r"^/?(?:(?:api|v\d+(?:\.\d+)?)(?:/|$))*$", re.IGNORECASE)
_LOCAL = re.compile(
    r"^(localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1\]|10\.\d+\.\d+\.\d+|192\.168\.\d+\.\d+"
    r"|172\.(1[6-9]|2\d|3[01])\.\d+\.\d+|host\.docker\.internal|[a-z0-9_-]+)\.?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Address:
    """A URL taken apart.

    `origin` is "" for a relative URL, "scheme://host" for a written one, "?" when it is only known at
    run time. `host` is the written host without port. `parts` is the path: text and holes, beginning
    with "/" unless it begins with a hole. `environment` names the variable the origin comes from;
    with `host_only` it stands where a host stands, so that the path is certain.
    """

    origin: str
    host: str
    parts: tuple[str | Hole, ...]
    environment: str
    relative: bool
    host_only: bool = False

    @property
    def external(self) -> bool:
        """Whether the host is written and is not this machine or a name of a private network."""
        return bool(self.host) and _LOCAL.match(self.host) is None


def address(url: Text) -> Address:
    """Takes a URL apart; the query and fragment are dropped."""
    parts = _without_query(url.parts)
    if not parts:
        return Address("", "", ("/",), "", True)
    head = parts[0]
    if isinstance(head, Hole):
        return _after_hole(head, parts[1:])
    scheme = _SCHEME.match(head)
    if scheme is None and not head.startswith("//"):
        return Address("", "", parts, "", not head.startswith("/"))
    rest = head[scheme.end() :] if scheme else head[2:]
    name = scheme.group(1).lower() if scheme else "https"
    return _after_scheme(name, rest, parts[1:])


def _after_scheme(scheme: str, rest: str, following: tuple[str | Hole, ...]) -> Address:
    """What follows `scheme://`: the host up to the next slash, written or not, then the path."""
    authority, path = _split_authority((rest, *following) if rest else following)
    hole = next((part for part in authority if isinstance(part, Hole)), None)
    written = "".join(part for part in authority[:1] if isinstance(part, str)).rpartition("@")[2]
    bracket = written.find("]") + 1 if written.startswith("[") else 0  # an IPv6 address has colons of its own
    name, colon, _ = written[bracket:].partition(":")
    host = written[:bracket] + name
    if hole is None or colon:  # a port that is not known leaves the host known
        return Address(f"{scheme}://{written}", host, path, "", False)
    return Address("?", "", path, hole.environment, False, host_only=bool(hole.environment))


def _split_authority(parts: tuple[str | Hole, ...]) -> tuple[tuple[str | Hole, ...], tuple[str | Hole, ...]]:
    for position, part in enumerate(parts):
        if isinstance(part, str) and "/" in part:
            head, _, tail = part.partition("/")
            return (*parts[:position], *((head,) if head else ())), ("/" + tail, *parts[position + 1 :])
    # No slash is written: in `https://${host}${path}`, the last of several holes is the path.
    holes = [part for part in parts if isinstance(part, Hole)]
    if len(holes) > 1 and isinstance(parts[-1], Hole):
        return parts[:-1], (parts[-1],)
    return parts, ("/",)


def _after_hole(head: Hole, rest: tuple[str | Hole, ...]) -> Address:
    """A URL that begins with something unknown: its origin, if a path follows it."""
    following = rest
    if following and isinstance(following[0], str) and following[0].startswith("://"):
        return _after_scheme("?", following[0][3:], following[1:])
    if (
        following
        and isinstance(following[0], str)
        and following[0].startswith("//")
        and head.reason.endswith("protocol")
    ):
        return _after_scheme("?", following[0][2:], following[1:])
    while following and isinstance(following[0], str) and following[0].startswith(":") and "/" in following[0]:
        following = (following[0][following[0].index("/") :], *following[1:])
    if following and isinstance(following[0], str) and following[0].startswith("/"):
        return Address("?", "", following, head.environment, False)
    if following and isinstance(following[0], Hole) and head.environment:
        return _after_hole(following[0], following[1:])
    if not following:
        return Address("?", "", (head,), head.environment, False)
    if isinstance(following[0], str) and _SEGMENT.match(following[0]):  # the base ends with a slash
        return Address("?", "", (f"/{following[0]}", *following[1:]), head.environment, False)
    return Address("?", "", (head, *following), head.environment, False)


def _without_query(parts: tuple[str | Hole, ...]) -> tuple[str | Hole, ...]:
    kept: list[str | Hole] = []
    for position, part in enumerate(parts):
        if isinstance(part, Hole):
            if part.environment == QUERY:
                break
            kept.append(part)
            continue
        cut = min(
            (i for i in (part.find("?"), part.find("#"), _joint(part, parts[position + 1 :])) if i >= 0), default=-1
        )
        if cut >= 0:
            if cut:
                kept.append(part[:cut])
            break
        kept.append(part)
    return tuple(kept)


def _joint(part: str, following: tuple[str | Hole, ...]) -> int:
    """Where an ampersand joins a query string to one that a piece before it may end with; -1 for nowhere."""
    head = following[0] if following else None
    joins = part.endswith("&") and (head is None or (isinstance(head, Hole) and head.environment == QUERY))
    return len(part) - 1 if joins else -1


def flattened(parts: tuple[str | Hole, ...]) -> str:
    """The text with `{}` for every run-time piece."""
    return "".join(part if isinstance(part, str) else "{}" for part in parts)


def path_of(parts: tuple[str | Hole, ...]) -> str:
    """The path with `{}` for every run-time piece, one leading slash, doubled slashes folded."""
    text = "".join(part if isinstance(part, str) else "{}" for part in parts)
    text = re.sub(r"(\{\})+", "{}", text)
    return re.sub(r"/{2,}", "/", "/" + text.lstrip("/"))


def placeholders(parts: tuple[str | Hole, ...]) -> tuple[str | Hole, ...]:
    """`/users/{user_id}` in a plain text is a template of a generated client: names become holes."""
    result: list[str | Hole] = []
    for part in parts:
        if isinstance(part, str) and "{" in part:
            for piece in re.split(r"(\{[A-Za-z_][\w-]*\})", part):
                if piece.startswith("{") and piece.endswith("}"):
                    result.append(Hole(f"the path parameter {piece[1:-1]}"))
                elif piece:
                    result.append(piece)
        else:
            result.append(part)
    return tuple(result)


def is_settled(url: Text) -> bool:
    """Whether the shape of a URL is known here: no parameter stands where a path may begin.

    A parameter settles nothing at the head, right behind another hole, or behind nothing but
    `api` and version segments; further back it is one segment, and in the query it does not matter.
    """
    before = ""
    previous: Hole | None = None
    for part in _without_query(url.parts):
        if isinstance(part, str):
            before += part
            previous = None
            continue
        if part.dependencies and (previous is not None or not before or _PREFIX.match(_path_only(before))):
            return False
        if not before and not part.dependencies and part.environment:
            previous = None
            continue
        previous = part
    return True


def is_glued(url: Text) -> bool:
    """Whether a path ends with a parameter that hangs on a written word: `/reports${path}`.

    Such a parameter brings a slash of its own, or a query; whoever passes it knows.
    """
    *_, before, last = ("", "", *_without_query(url.parts))
    return isinstance(before, str) and isinstance(last, Hole) and bool(last.dependencies) and before[-1:].isalnum()


def is_anchored(url: Text) -> bool:
    """Whether a URL is settled but for a parameter at its head: `${base}/users` belongs where it stands.

    What is written behind the parameter must tell more than `api` or a version.
    """
    parts = _without_query(url.parts)
    if len(parts) < 2 or not isinstance(parts[0], Hole) or not parts[0].dependencies:
        return False
    following = parts[1]
    if not isinstance(following, str) or not following.startswith("/") or _PREFIX.match(following):
        return False
    return is_settled(Text(parts[1:]))


def has_static(url: Text) -> bool:
    """Whether any part of the path is written."""
    parts = address(url).parts
    return any(isinstance(part, str) and part.strip("/") for part in parts) or bool(url.literal)


def _path_only(text: str) -> str:
    scheme = _SCHEME.match(text)
    if scheme is None:
        return text
    return text[scheme.end() :].partition("/")[2]
