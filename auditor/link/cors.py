"""Which origins does the backend let in, and at which port does each frontend develop?

Starlette 0.40 to 0.49 (https://www.starlette.dev/middleware/#corsmiddleware), Flask-CORS 4 to 6
(https://flask-cors.readthedocs.io/), django-cors-headers 4 (https://pypi.org/project/django-cors-headers/). Ports:
https://vite.dev/config/server-options.html#server-port, `next dev` and `ng serve`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from auditor.link.contents.names import Names, Written
from auditor.link.evaluate.walk import called_name, walk
from auditor.model import form
from auditor.model.cors import Cors, DevOrigin
from auditor.model.facts import Dialect, FileFacts
from auditor.model.span import Location, Span

_ADDING = frozenset(("add_middleware", "Middleware"))
_DJANGO = frozenset(("CORS_ALLOWED_ORIGINS", "CORS_ORIGIN_WHITELIST"))
_DJANGO_OPEN = frozenset(("CORS_ALLOW_ALL_ORIGINS", "CORS_ORIGIN_ALLOW_ALL", "CORS_ALLOWED_ORIGIN_REGEXES"))
_PORTS = {"next": 3000, "nuxt": 3000, "@angular/core": 4200, "react-scripts": 3000, "vite": 5173}
_VITE = re.compile(r"(^|/)vite\.config\.[cm]?[jt]s$")
_SCRIPT = re.compile(r'"(?:dev|start|serve)"\s*:\s*"[^"]*?(?:(?:-p|--port)[ =]|PORT=)(\d{2,5})')


def cors(facts: Mapping[str, FileFacts], files: Iterable[str], names: Names) -> tuple[Cors, ...]:
    """Every place, by place."""
    found: list[Cors] = []
    for file in sorted(files):
        one = facts[file]
        if one.dialect is not Dialect.PYTHON:
            continue
        for statement in one.body:
            match statement:
                case form.Bind(form.Name(name), value, span) if name in _DJANGO and value is not None:
                    found.append(_listed(names, Written(file, value), True, Location(file, span)))
                case form.Bind(form.Name(name), value, span) if name in _DJANGO_OPEN and value is not None:
                    found.append(Cors(("*",), "", True, Location(file, span)))
                case _:
                    pass
            if _ADDING.isdisjoint(one.called) and "CORS" not in one.called:
                continue
            for node in walk(statement):
                if isinstance(node, form.Call):
                    found += _called(names, file, node)
    return tuple(sorted(found, key=lambda one: one.location))


def dev_origins(
    facts: Mapping[str, FileFacts], texts: Mapping[str, str], frontends: Sequence[str]
) -> tuple[DevOrigin, ...]:
    """One per frontend whose tool is known, by its root."""
    found: list[DevOrigin] = []
    for root in frontends:
        folder = "" if root == "." else f"{root}/"
        written = next(_written(facts, texts, folder), None)
        if written is not None:
            found.append(DevOrigin(root, written[0], True, written[1]))
            continue
        manifest = texts.get(f"{folder}package.json", "")
        port = next((port for tool, port in _PORTS.items() if f'"{tool}"' in manifest), 0)
        if port:
            place = Location(f"{folder}package.json", Span(1, 1, 1, 1))
            found.append(DevOrigin(root, port, False, place))
    return tuple(found)


def _called(names: Names, file: str, node: form.Call) -> Iterator[Cors]:
    place = Location(file, node.span)
    given = {one.name: one.value for one in node.arguments if one.name}
    if called_name(node) in _ADDING and node.arguments:
        if names.library(Written(file, node.arguments[0].value)) != "CORSMiddleware":
            return
        credentials = _is_true(given.get("allow_credentials"))
        origins = given.get("allow_origins")
        if given.get("allow_origin_regex") is not None or any(one.spread for one in node.arguments):
            yield Cors((), "origins are matched by a pattern", credentials, place)
        elif origins is None:
            yield Cors((), "", credentials, place)
        else:
            yield _listed(names, Written(file, origins), credentials, place)
    elif called_name(node) == "CORS" and names.library(Written(file, node)) == "CORS":
        credentials = _is_true(given.get("supports_credentials"))
        origins = given.get("origins")
        if origins is not None:
            yield _listed(names, Written(file, origins), credentials, place)
        else:
            yield Cors(("*",), "by resource" if "resources" in given else "", credentials, place)


def _listed(names: Names, written: Written, credentials: bool, place: Location) -> Cors:
    node = names.value(written).node
    items = node.items if isinstance(node, form.Array) else (node,)
    texts = tuple(item.value for item in items if isinstance(item, form.Literal) and isinstance(item.value, str))
    return Cors(texts, "" if len(texts) == len(items) else "an origin is not written in place", credentials, place)


def _written(facts: Mapping[str, FileFacts], texts: Mapping[str, str], folder: str) -> Iterator[tuple[int, Location]]:
    scripts = _SCRIPT.search(texts.get(f"{folder}package.json", ""))
    if scripts is not None:
        line = texts[f"{folder}package.json"].count("\n", 0, scripts.start()) + 1
        yield int(scripts.group(1)), Location(f"{folder}package.json", Span(line, 1, line, 1))
    for file in sorted(facts):
        if file.startswith(folder) and _VITE.search(file) and "/" not in file[len(folder) :]:
            for statement in facts[file].body:
                for node in walk(statement):
                    port = _server_port(node)
                    if port is not None:
                        yield int(port.value or 0), Location(file, port.span)


def _server_port(node: form.Node) -> form.Literal | None:
    """`port` of `server: { port: 3000 }`."""
    if not (isinstance(node, form.Entry) and _key(node.key) == "server" and isinstance(node.value, form.Object)):
        return None
    for entry in node.value.entries:
        if _key(entry.key) == "port" and isinstance(entry.value, form.Literal) and isinstance(entry.value.value, int):
            return entry.value
    return None


def _is_true(node: form.Expression | None) -> bool:
    return isinstance(node, form.Literal) and node.value is True


def _key(node: form.Expression | None) -> str:
    if isinstance(node, form.Name):
        return node.id
    return node.value if isinstance(node, form.Literal) and isinstance(node.value, str) else ""
