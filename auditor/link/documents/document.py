"""An API document: its version, where it is served, and what its references lead to.

OpenAPI 3.0 and 3.1: https://spec.openapis.org/oas/v3.1.0; Swagger 2.0: https://spec.openapis.org/oas/v2.0.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from auditor.model.facts import Problem
from auditor.model.span import NOWHERE, Location, Span
from auditor.syntax.documents import Located, read_tree

_HOPS = 20
_VARIABLE = re.compile(r"\{([^{}]+)\}")


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """A document that could be read. `prefixes` are the paths of its servers ("" for the root of a host), `hosts`
    their hosts."""

    file: str
    root: Located
    prefixes: tuple[str, ...]
    hosts: frozenset[str]

    @property
    def swagger(self) -> bool:
        """Whether it is of version 2."""
        return "swagger" in self.root

    def follow(self, value: object) -> Located | None:
        """An object, or the one of this document that its `$ref` leads to; None for anything else."""
        for _ in range(_HOPS):
            if not isinstance(value, Located):
                return None
            reference = value.get("$ref")
            if not isinstance(reference, str):
                return value
            value = self.at(reference)
        return None

    def at(self, reference: str) -> object:
        """What a reference into this document leads to (https://www.rfc-editor.org/rfc/rfc6901); None for others."""
        if not reference.startswith("#/"):
            return None
        found: object = self.root
        for part in reference[2:].split("/"):
            name = unquote(part).replace("~1", "/").replace("~0", "~")
            if isinstance(found, list) and name.isdigit() and int(name) < len(found):
                found = found[int(name)]
            else:
                found = found.get(name) if isinstance(found, dict) else None
        return found

    def place(self, value: object) -> Location:
        """The line of an object."""
        line = value.line if isinstance(value, Located) else 1
        return Location(self.file, Span(line, 1, line, 1) if isinstance(value, Located) else NOWHERE)


def read_api(file: str, text: str) -> Document | Problem:
    """A document, or what is wrong with it."""
    tree = read_tree(text, file.endswith(".json"))
    if isinstance(tree, Problem):
        return tree
    if not isinstance(tree, Located):
        return _problem("not an OpenAPI document: its top is no object")
    version = str(tree.get("openapi") or tree.get("swagger") or "")
    if not version.startswith(("3.", "2.0")) or (version.startswith("2") and "swagger" not in tree):
        said = f"its version is '{version}'" if version else "it has neither 'openapi' nor 'swagger'"
        return _problem(f"not an OpenAPI 3 or Swagger 2 document: {said}")
    if not isinstance(tree.get("paths", Located()), Located):
        return _problem("'paths' of the document is no object")
    urls = list(_servers(tree))
    return Document(
        file, tree, tuple(dict.fromkeys(map(_path, urls))) or ("",), frozenset(filter(None, map(_host, urls)))
    )


def text_of(value: object) -> str:
    """A text; "" for anything else."""
    return value if isinstance(value, str) else ""


def objects_of(value: object) -> Iterator[tuple[str, Located]]:
    """The members of an object that are objects themselves."""
    for name, inner in value.items() if isinstance(value, Mapping) else ():
        if isinstance(inner, Located):
            yield name, inner


def _servers(tree: Located) -> Iterator[str]:
    if "swagger" in tree:
        host, base = text_of(tree.get("host")), text_of(tree.get("basePath"))
        yield f"//{host}{base}" if host else base
        return
    servers = tree.get("servers")
    for server in servers if isinstance(servers, list) else ():
        if isinstance(server, Located):
            variables = dict(objects_of(server.get("variables")))
            yield _VARIABLE.sub(
                lambda found, known=variables: text_of(known.get(found[1], Located()).get("default")),  # type: ignore[misc]
                text_of(server.get("url")),
            )


def _path(url: str) -> str:
    path = url if url.startswith("/") and not url.startswith("//") else _split(url)[1]
    path = path.strip("/").removeprefix("./")
    return f"/{path}" if path and path != "." else ""


def _host(url: str) -> str:
    return _split(url)[0]


def _split(url: str) -> tuple[str, str]:
    try:
        parts = urlsplit(url)
        return parts.netloc, parts.path
    except ValueError:
        return "", ""


def _problem(message: str) -> Problem:
    return Problem("bad-document", message, NOWHERE)
