"""`URL`, as a model: its parts, and what assigning one of them does.

Reference: https://url.spec.whatwg.org/. What it is as a whole, without the parameters that were added to it, is in
the field "whole".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from auditor.model.carried import united
from auditor.model.query import QUERY, names_in
from auditor.model.text import as_texts, choice, concatenate
from auditor.model.value import (
    UNDEFINED,
    Arguments,
    Choice,
    Hole,
    Instance,
    Text,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from auditor.link.evaluate.machine import Machine


_QUERY_TEXT = Unknown("a query string", environment=QUERY)


def make_url(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`new URL(path, base)`: the path is resolved against the base, as the URL standard says."""
    paths = machine.texts(machine.argument(arguments, 0) or UNDEFINED)
    base = machine.argument(arguments, 1)
    if base is None or base is UNDEFINED:
        resolved = list(paths)
    else:
        resolved = [_resolved(path, start) for start in machine.texts(base) for path in paths]
    fields = _pieces_of(choice(resolved[: Choice.LIMIT]))
    fields["searchParams"] = Instance(None, "URLSearchParams", {})
    fields["search"] = fields["hash"] = _QUERY_TEXT
    return Instance(None, "URL", fields, location=arguments.location)


def _pieces_of(href: Value) -> dict[str, Value]:
    """A URL and its parts by name. Parts of an origin that is not written are not known."""
    texts = as_texts(href)
    fields: dict[str, Value] = {"whole": href, "pathname": choice([_path(text) for text in texts])}
    origins = [_origin(list(text.parts)) for text in texts]
    fields["origin"] = choice([Text(tuple(origin)) if origin else Unknown("an origin") for origin in origins])
    if all(len(origin) == 1 and isinstance(origin[0], str) for origin in origins):
        written = [str(origin[0]).partition("://") for origin in origins]
        fields["protocol"] = choice([Text((scheme + ":",)) for scheme, _, _ in written])
        fields["host"] = choice([Text((host,)) for _, _, host in written])
        fields["hostname"] = choice([Text((host.partition(":")[0],)) for _, _, host in written])
    return fields


def _path(text: Text) -> Text:
    plain: list[str | Hole] = []
    for part in text.parts:
        if isinstance(part, Hole) and part.environment == QUERY:
            break
        kept = re.split(r"[?#]", part)[0] if isinstance(part, str) else part
        if kept and kept != "&":  # which joins a second query
            plain.append(kept)
        if kept != part:
            break
    if len(plain) == 1 and isinstance(plain[0], Hole):
        return Text((plain[0],), text.trail, text.soft, when=text.when)  # which part of it is the path is not known
    parts = without_origin(Text(tuple(plain))).parts
    return Text(parts or ("/",), text.trail, text.soft, when=text.when)


def reassigned(url: Instance, name: str, value: Value) -> dict[str, Value]:
    """The parts of a URL object after one of them was assigned."""
    if name == "href":
        return _pieces_of(choice(as_texts(value)))
    if name == "search":
        return {name: value, "searchParams": _params_of(value)}
    if name == "hash":
        return {name: _QUERY_TEXT}
    if name not in ("pathname", "protocol"):
        return {name: value}
    changed: list[Value] = []
    for old in as_texts(url.fields["whole"]):
        for new in as_texts(value):
            origin = Text(tuple(_origin(list(old.parts))))
            if name == "pathname":
                slash = Text(() if new.parts and str(new.parts[0]).startswith("/") else ("/",))
                changed.append(concatenate([origin, slash, new]))
            elif new.literal and old.parts and isinstance(old.parts[0], str) and "://" in old.parts[0]:
                rest = old.parts[0].partition("://")[2]
                head = f"{new.literal.rstrip(':')}://{rest}"
                changed.append(Text((head, *old.parts[1:]), old.trail, old.soft, when=old.when))
            else:
                changed.append(old)
    return _pieces_of(choice(changed))


def _params_of(value: Value) -> Instance:
    """The parameters of a query string that is assigned."""
    keys = united(names_in(text.parts) for text in as_texts(value))
    names: dict[str, Value] = {name.removeprefix("?"): Unknown("a value") for name in keys.names}
    return Instance(None, "URLSearchParams", names, state=bool(keys.open))


def _resolved(path: Text, base: Text) -> Text:
    head = path.parts[0] if path.parts else ""
    if isinstance(head, str) and ("://" in head or head.startswith("//")):
        return path
    parts = list(base.parts)
    if isinstance(head, str) and head.startswith("/"):
        parts = _origin(parts)
    elif parts and isinstance(parts[-1], str):
        last = parts[-1].split("?")[0]
        scheme = last.find("://")
        cut = last.rfind("/")
        parts[-1] = last[: cut + 1] if cut > scheme + 2 else last + "/"
    joined: list[str | Hole] = []
    for part in (*parts, *path.parts):
        if isinstance(part, str) and joined and isinstance(joined[-1], str):
            joined[-1] += part
        elif part != "":
            joined.append(part)
    return Text(tuple(joined), base.trail + path.trail, base.soft or path.soft, when=base.when | path.when)


def _origin(parts: list[str | Hole]) -> list[str | Hole]:
    if not parts:
        return []
    head = parts[0]
    if isinstance(head, Hole):
        return [head]
    scheme = head.find("://")
    if scheme < 0:
        return []
    slash = head.find("/", scheme + 3)
    if slash >= 0:
        return [head[:slash]]
    for position, part in enumerate(parts[1:], 1):
        if isinstance(part, str) and "/" in part:
            return [*parts[:position], part[: part.index("/")]]
    return list(parts)


def without_origin(text: Text) -> Text:
    """A URL without scheme and host; a leading hole is taken for an origin."""
    parts = list(text.parts)
    origin = _origin(parts)
    if not origin:
        return text
    rest = parts[len(origin) :]
    last = parts[len(origin) - 1]
    if isinstance(last, str) and isinstance(origin[-1], str) and len(last) > len(origin[-1]):
        rest = [last[len(origin[-1]) :], *rest]
    return Text(tuple(rest), text.trail, text.soft, when=text.when)
