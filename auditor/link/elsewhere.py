"""Could a server that is not read answer a call that no route of the backends does?

Beside the Python backend a project may have servers in other languages, or in JavaScript. Their routes are not read;
but where one of them names every constant part of a path, it cannot be told that nothing serves the path.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import msgspec

from auditor.link.evaluate.walk import walk
from auditor.link.modules.folders import folder_of, holds
from auditor.model import form
from auditor.model.facts import Dialect, FileFacts
from auditor.model.graph import CallSite, Missing, Unknown, Verdict

_LANGUAGES = {
    "Go": ((".go",), r"\"net/http\"|gin-gonic/gin|labstack/echo|gofiber/fiber|go-chi/chi|gorilla/mux"),
    "Rust": ((".rs",), r"\b(?:axum|actix_web|rocket|warp|poem)::"),
    "Java": ((".java", ".kt"), r"@(?:Rest)?Controller\b|@\w*Mapping\(|\b(?:javax|jakarta)\.ws\.rs|io\.ktor\.server"),
    "Scala": ((".scala",), r"\bakka\.http|\bhttp4s\b|\bplay\.api\.mvc"),
    "Ruby": ((".rb",), r"\broutes\.draw\b|\bSinatra\b|\bGrape::API\b"),
    "PHP": ((".php",), r"\bRoute::|#\[Route\(|\$app->(?:get|post|put|patch|delete)\("),
    "C#": ((".cs",), r"\[(?:Http(?:Get|Post|Put|Patch|Delete)|Route)\b|\bMap(?:Get|Post|Put|Patch|Delete)\("),
    "Elixir": ((".ex",), r"\bPhoenix\.Router\b|\bPlug\.Router\b|, :router\b"),
}  # fmt: skip
"""The endings of a language's files, and what the code of its servers has."""
_FRAMEWORKS = frozenset({
    "express", "fastify", "koa", "@koa/router", "koa-router", "@nestjs/core", "hono", "@hapi/hapi", "restify", "polka",
    "elysia",
})  # fmt: skip
_NAMES = frozenset({*_FRAMEWORKS, "@nestjs/common"})
_QUOTED = re.compile(r"[\"'`]([^\"'`\n]{1,200})[\"'`]|(?<![\w:]):([a-z]\w*)|\b(\w+)Controller\b")
_PART = re.compile(r"[\w.-]+")
_EXCUSED = (Verdict.NO_ROUTE, Verdict.NEAR, Verdict.ARITY)


def served_elsewhere(
    sites: Sequence[CallSite], facts: Mapping[str, FileFacts], texts: Mapping[str, str], others: Mapping[str, str]
) -> tuple[CallSite, ...]:
    """The calls; unknown is what no route serves and another server of the project may. `texts` are settings files
    by path, `others` the sources in languages that are not read."""
    if not any(_is_excused(site) for site in sites):
        return tuple(sites)
    servers = [*_foreign(others), *_javascript(facts, texts)]
    return tuple(_asked(site, servers) if _is_excused(site) else site for site in sites)


def _is_excused(site: CallSite) -> bool:
    return isinstance(site.target, Missing) and site.target.verdict in _EXCUSED


def _asked(site: CallSite, servers: Sequence[tuple[str, Mapping[str, str]]]) -> CallSite:
    parts = [part for part in site.path.strip("/").split("/") if part and "{" not in part]
    for name, words in servers:
        if parts and all(part.lower() in words for part in parts):
            place = words[parts[-1].lower()]
            return replace(site, target=Unknown(f"a server in {name} may answer, which is not read ({place})"))
    return site


def _foreign(others: Mapping[str, str]) -> Iterator[tuple[str, Mapping[str, str]]]:
    for name, (endings, mark) in _LANGUAGES.items():
        own = {file: text for file, text in others.items() if file.endswith(endings)}
        if any(re.search(mark, text) for text in own.values()):
            yield name, _words((file, (found[found.lastindex or 0] for found in _QUOTED.finditer(text)))
                               for file, text in sorted(own.items()))  # fmt: skip


def _javascript(facts: Mapping[str, FileFacts], texts: Mapping[str, str]) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Packages that depend on a framework for servers: the words of the files that name one."""
    roots = [folder_of(file) for file, text in sorted(texts.items()) if _serves(file, text)]
    own = [
        (file, _literals(one))
        for file, one in sorted(facts.items())
        if one.dialect is not Dialect.PYTHON and any(holds(root, file) for root in roots) and _names_framework(one)
    ]
    if own:
        yield "JavaScript", _words(own)


def _serves(file: str, text: str) -> bool:
    if file.rpartition("/")[2] != "package.json":
        return False
    try:
        manifest = json.loads(text)
    except ValueError:
        return False
    given = manifest.get("dependencies") if isinstance(manifest, dict) else None
    return isinstance(given, dict) and not _FRAMEWORKS.isdisjoint(given)


def _names_framework(one: FileFacts) -> bool:
    encoded = msgspec.msgpack.encode(one.body)
    return any(name.encode() in encoded for name in _NAMES)


def _literals(one: FileFacts) -> Iterator[str]:
    for statement in one.body:
        for node in walk(statement):
            if isinstance(node, form.Literal) and isinstance(node.value, str):
                yield node.value
            elif isinstance(node, form.Template):
                yield from (part for part in node.parts if isinstance(part, str))


def _words(sources: Iterable[tuple[str, Iterable[str]]]) -> Mapping[str, str]:
    """The parts of paths that texts may be, each with the first file that has it."""
    found: dict[str, str] = {}
    for file, given in sources:
        for text in given:
            for part in _PART.findall(text):
                found.setdefault(part.lower(), file)
    return found
