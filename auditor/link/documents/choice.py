"""Which API documents stand for a backend: those that are named, or those that the calls fit where no code is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from auditor.link.callsites import Call
from auditor.link.documents.document import Document, read_api
from auditor.link.documents.operations import FRAMEWORK, document_routes
from auditor.link.documents.schemas import DocumentSchemas
from auditor.link.match import Matcher, shadowed
from auditor.link.targets import Server, server
from auditor.link.types import Types
from auditor.model.facts import Problem
from auditor.model.finding import Diagnostic, Side
from auditor.model.graph import Ambiguous, External, Kind, Matched, Missing, Service, Unknown, Verdict

_SILENT = {Kind.WEBSOCKET: "the backend is an OpenAPI document, which says nothing about WebSockets"}


@dataclass(frozen=True, slots=True)
class Documents:
    """The API documents of a project, by file; `problems` are those that were named, or look like one, and are none."""

    read: tuple[Document, ...] = ()
    problems: tuple[Diagnostic, ...] = ()


def read_documents(texts: Mapping[str, str]) -> Documents:
    """Reads what discovery found or the user named."""
    read: list[Document] = []
    problems: list[Diagnostic] = []
    for file in sorted(texts):
        found = read_api(file, texts[file])
        if isinstance(found, Problem):
            problems.append(Diagnostic(found.code, found.message, file, found.span.start_line))
        else:
            read.append(found)
    return Documents(tuple(read), tuple(problems))


def below(documents: Sequence[Document], folders: Sequence[str]) -> list[Document]:
    """The documents in the chosen folders; all where none is chosen."""
    return [
        one
        for one in documents
        if not folders or any(one.file.startswith(f"{folder}/") or folder == "." for folder in folders)
    ]


def document_servers(documents: Sequence[Document], types: Types) -> Iterator[Server]:
    """Each document as calls see it. Its models and enums are entered among the types."""
    for document in documents:
        schemas = DocumentSchemas(document)
        schemas.all()
        first, *others = document.prefixes
        routes = shadowed(tuple(document_routes(document, document.file, schemas, first)))
        further = [route for prefix in others for route in document_routes(document, document.file, schemas, prefix)]
        for model in schemas.models.values():
            types.enter(model)
        for enum in schemas.enums.values():
            types.enter_enum(enum)
        yield replace(server(document.file, routes, further, {}), silent=_SILENT, hosts=document.hosts)


def fitting(servers: Sequence[Server], calls: Sequence[Call]) -> list[Server]:
    """The servers that some call reaches or nearly reaches: a document may well describe somebody else's service."""
    return [one for one in servers if not calls or any(_nearly_reaches(call, one.matcher) for call in calls)]


def at_hosts(calls: Sequence[Call], servers: Sequence[Server]) -> list[Call]:
    """The calls; those to a host that a document names go to the backend, not outside."""
    hosts = frozenset(host for one in servers for host in one.hosts)
    return [
        replace(call, site=replace(call.site, target=Unknown("not matched yet")))
        if isinstance(call.site.target, External) and call.site.target.host in hosts
        else call
        for call in calls
    ]


def document_services(servers: Sequence[Server], pairs: Mapping[str, Sequence[str]]) -> Iterator[Service]:
    """The documents that stand for a backend, with the frontends they are paired with."""
    for one in servers:
        clients = tuple(sorted(frontend for frontend, backends in pairs.items() if one.root in backends))
        yield Service(one.root, Side.BACKEND, FRAMEWORK, one.root, pairs=clients)


def _nearly_reaches(call: Call, matcher: Matcher) -> bool:
    if isinstance(call.site.target, External):
        return False
    match matcher.target(call.site.kind, call.site.method, call.site.path):
        case Matched() | Ambiguous():
            return True
        case Missing(verdict):
            return verdict in (Verdict.METHOD, Verdict.PREFIX, Verdict.ARITY)
        case _:
            return False
