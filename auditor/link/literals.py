"""Where does shipped source name a development host?

A URL counts where something may be sent to it, and not where it is compared, logged, shown or explained, where a list
of origins names it, or where a test has made sure that this is a development build.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from auditor.link.evaluate.walk import walk
from auditor.link.literal_defaults import constant_defaults, own_ports
from auditor.link.literal_places import held, is_sideline
from auditor.link.literal_reader import HOST, Place, Reader, last_name
from auditor.model import form
from auditor.model.facts import Dialect, FileFacts
from auditor.model.finding import Side
from auditor.model.graph import UrlLiteral
from auditor.model.span import Location

_PORT = re.compile(r"\w+://[^/?#]*:(\d+)")
_MARKS = tuple(
    f"{scheme}://{host}".encode()
    for scheme in ("http", "https", "ws", "wss")
    for host in ("localhost", "127.", "0.0.0.0", "[::1]", "10.", "192.168.", "172.", "host.docker")
)


def url_literals(facts: Mapping[str, FileFacts], roots: Sequence[str] = ()) -> tuple[UrlLiteral, ...]:
    """The URLs of development and private hosts, by file and place; below `roots` only, if any are given."""
    settings = _settings_classes(facts)
    found: list[UrlLiteral] = []
    for file in sorted(facts):
        one = facts[file]
        if is_sideline(file) or one.generated or not _below(file, roots) or _is_replaced(file, facts):
            continue
        if not _mentions(one.body):
            continue
        side = Side.BACKEND if one.dialect is Dialect.PYTHON else Side.FRONTEND
        known = _environment_names(one.body)
        defaults = constant_defaults(one.body, known)
        reader = Reader(settings, python=side is Side.BACKEND, known=known)
        listening = own_ports(one.body)
        for text, span, fallback in reader.statements(one.body, Place()):
            port = _PORT.match(text)
            if port is not None and int(port[1]) in listening:
                continue  # the address of the process itself
            found.append(_literal(text, fallback or defaults.get(span, ""), side, Location(file, span)))
    return tuple(sorted(found, key=lambda url: url.location))


def _is_replaced(file: str, facts: Mapping[str, FileFacts]) -> bool:
    """Whether a build for production takes the file beside it: `environment.prod.ts` for `environment.ts`
    (https://angular.dev/tools/cli/environments)."""
    stem, _, ending = file.rpartition(".")
    name = stem.rpartition("/")[2]
    return name == "environment" and any(f"{stem}.{mode}.{ending}" in facts for mode in ("prod", "production"))


def _mentions(body: tuple[form.Statement, ...]) -> bool:
    """Whether such a host is named anywhere; few files do, and the encoded bytes say so faster than the nodes."""
    encoded = msgspec.msgpack.encode(body)
    return b"://" in encoded and any(mark in encoded for mark in _MARKS)


def _settings_classes(facts: Mapping[str, FileFacts]) -> frozenset[str]:
    """Names of the classes that read the environment, by inheritance, as far as names tell."""
    classes = [
        (node.name, [last_name(base) for base in node.bases])
        for one in facts.values()
        if one.dialect is Dialect.PYTHON
        for node in one.body
        if isinstance(node, form.Class)
    ]
    known = {"BaseSettings"}
    while True:
        further = {name for name, bases in classes if name not in known and known.intersection(bases)}
        if not further:
            return frozenset(known)
        known |= further


def _environment_names(body: Iterable[form.Statement]) -> dict[str, str]:
    """Local names that hold an environment variable, and which."""
    found: dict[str, str] = {}
    for statement in body:
        for node in walk(statement):
            if isinstance(node, form.Bind) and isinstance(node.target, form.Name):
                variable = held(node.value, {})
                if variable:
                    found.setdefault(node.target.id, variable)
    return found


def _literal(text: str, fallback: str, side: Side, location: Location) -> UrlLiteral:
    scheme, _, rest = text.partition("://")
    host = re.match(HOST, rest, re.IGNORECASE)
    return UrlLiteral(text, scheme.lower(), host[0].lower() if host else "", True, fallback, side, location)


def _below(file: str, roots: Sequence[str]) -> bool:
    return not roots or any(root in (".", "") or file == root or file.startswith(root + "/") for root in roots)
