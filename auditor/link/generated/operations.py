"""Which operations does a generated client or a document list?

A generated file is one whose header says so, or one that declares the `paths` of openapi-typescript. Read are the
shapes that generators give an operation: options with a URL and a method (hey-api, openapi-typescript-codegen,
orval), a local path beside options with a method (OpenAPI Generator: typescript-axios, typescript-fetch,
typescript-angular), members of `paths`.

https://heyapi.dev/openapi-ts/output, https://openapi-ts.dev/introduction, https://openapi-generator.tech/docs/generators,
https://orval.dev
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from auditor.link.documents.document import Document, objects_of
from auditor.link.evaluate.walk import called_name, children, walk
from auditor.model import form
from auditor.model.facts import Dialect, FileFacts
from auditor.model.span import Location, Span
from auditor.syntax.documents import Located

VERBS = ("GET", "PUT", "POST", "DELETE", "PATCH")
_PARAMETER = re.compile(r"\{[^{}]*\}|(?<=/):\w+")
_CALLED = frozenset(verb.lower() for verb in VERBS)
_URL = ("url", "path")


@dataclass(frozen=True, slots=True)
class Listed:
    """One operation; `path` has `{}` for each parameter and lacks what the server's URL adds."""

    method: str
    path: str
    location: Location


def generated_operations(facts: Mapping[str, FileFacts]) -> Iterator[tuple[str, list[Listed]]]:
    """The operations of each generated TypeScript file that has some, in source order."""
    for file, one in facts.items():
        if one.dialect is Dialect.PYTHON:
            continue
        found = list(_of_paths(file, one.body))
        if not found and one.generated:
            found = list(dict.fromkeys(_of_functions(file, one.body, None)))
        if found:
            yield file, found


def document_operations(document: Document) -> list[Listed]:
    """The operations of an API document."""
    return [
        Listed(verb, _plain(path), document.place(operation))
        for path, item in objects_of(document.root.get("paths"))
        for verb in VERBS
        if isinstance(operation := (document.follow(item) or Located()).get(verb.lower()), Located)
    ]


# -- openapi-typescript -------------------------------------------------------------------------------


def _of_paths(file: str, body: Sequence[form.Statement]) -> Iterator[Listed]:
    for statement in body:
        match statement:
            case form.TypeDefinition("paths", (), form.Shape(members)):
                for member in members:
                    if member.name.startswith("/") and isinstance(member.type, form.Shape):
                        yield from _of_path(file, member)
            case _:
                pass


def _of_path(file: str, path: form.ShapeMember) -> Iterator[Listed]:
    for member in path.type.members if isinstance(path.type, form.Shape) else ():
        never = isinstance(member.type, form.Name) and member.type.id == "never"
        if member.name in _CALLED and not never:
            yield Listed(member.name.upper(), _plain(path.name), Location(file, member.span))


# -- clients ------------------------------------------------------------------------------------------


def _of_functions(
    file: str, nodes: Sequence[form.Node], function: form.Function | None, within: str = ""
) -> Iterator[Listed]:
    for node in nodes:
        verb = within
        inner = node if isinstance(node, form.Function) else function
        if isinstance(node, form.Object):
            listed = _of_options(file, node, function, verb)
            if listed is not None:
                yield listed
        if isinstance(node, form.Call):
            verb = called_name(node) if called_name(node) in _CALLED else ""
        elif not isinstance(node, form.Argument):
            verb = ""
        yield from _of_functions(file, children(node), inner, verb)


def _of_options(file: str, node: form.Object, function: form.Function | None, verb: str) -> Listed | None:
    """`{ method: "GET", url: "/users" }`; the method may be that of the call, the path a local of the function."""
    entries = {entry.key.value: entry.value for entry in node.entries if isinstance(entry.key, form.Literal)}
    said = entries.get("method")
    method = str(said.value).upper() if isinstance(said, form.Literal) else "" if said is not None else verb.upper()
    if method not in VERBS:
        return None
    written = next((entries[name] for name in _URL if name in entries), None)
    if isinstance(written, form.Name) or (written is None and said is not None):
        paths = _local_paths(function, written.id if isinstance(written, form.Name) else "")
        path = paths[0] if len(paths) == 1 else None
    else:
        path = _text(written)
    return None if path is None else Listed(method, path, Location(file, _place(said, node.span)))


def _local_paths(function: form.Function | None, name: str) -> list[str]:
    """The paths that the locals of a function are first bound to; of one of that name, if there is a name."""
    found: dict[str, str] = {}
    for statement in function.body if function is not None else ():
        for node in walk(statement):
            if not isinstance(node, form.Bind) or not isinstance(node.target, form.Name):
                continue
            path = _text(node.value)
            if path is not None and name in ("", node.target.id):
                found.setdefault(node.target.id, path)
    return list(found.values())


def _text(node: form.Expression | None) -> str | None:
    """A path with `{}` for what is put into it; None for anything that does not begin with a slash."""
    while isinstance(node, form.Call) and called_name(node) in ("replace", "toString", "concat"):
        node = node.callee.object if isinstance(node.callee, form.Member) else None
    match node:
        case form.Literal(str() as value):
            path = value
        case form.Template(parts, _, None):
            path = "".join(part if isinstance(part, str) else "{}" for part in parts)
        case _:
            return None
    return _plain(path.partition("?")[0]) if path.startswith("/") and not path.startswith("//") else None


def _plain(path: str) -> str:
    return _PARAMETER.sub("{}", path)


def _place(node: form.Expression | None, otherwise: Span) -> Span:
    return node.span if isinstance(node, form.Literal) else otherwise
