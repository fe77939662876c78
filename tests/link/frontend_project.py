"""Small frontends from source texts: what an exported name holds, and which requests are sent from where."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from auditor.adapter import Adapter
from auditor.extract import extract
from auditor.link.callsites import Call, calls_of
from auditor.link.environment import environment
from auditor.link.evaluate.machine import EnvironmentLookup, Machine
from auditor.link.evaluate.typescript import TypeScriptLanguage
from auditor.link.modules.symbols import Symbols
from auditor.link.modules.typescript import typescript_modules
from auditor.link.navigation import parted
from auditor.link.promised import Promises
from auditor.link.receivers import Receivers
from auditor.link.roots import Explorer
from auditor.link.sites import Sent, Unsent, call_sites
from auditor.link.types import Types
from auditor.link.usage import Usage
from auditor.model.facts import Dialect, FileFacts
from auditor.model.finding import Side
from auditor.model.graph import External, Kind
from auditor.model.span import Location, Span
from auditor.model.text import as_texts
from auditor.model.value import Choice, Constant, Text, Undefined, Value
from auditor.registry import load

_DIALECTS = {"ts": Dialect.TYPESCRIPT, "vue": Dialect.VUE, "svelte": Dialect.SVELTE, "py": Dialect.PYTHON}
_SOURCES = ("ts", "tsx", "js", "jsx", "mjs", "cjs", "vue", "svelte")
_KINDS = {Kind.HTTP: "", Kind.WEBSOCKET: "WS ", Kind.SSE: "SSE "}


def facts_of(files: Mapping[str, str]) -> dict[str, FileFacts]:
    """The facts of the source files."""
    return {
        file: extract(text.encode(), _DIALECTS.get(ending, Dialect.TSX))
        for file, text in files.items()
        if (ending := file.rpartition(".")[2]) in _SOURCES
    }


def clients() -> tuple[Adapter, ...]:
    """The adapters of the frontend side."""
    return tuple(one for one in load("auditor.adapters.frontend", "ADAPTER", Adapter) if one.side is Side.FRONTEND)


def machine_of(files: Mapping[str, str]) -> Machine:
    """The evaluator of a frontend, nothing evaluated yet."""
    facts = facts_of(files)
    return Machine(facts, TypeScriptLanguage(typescript_modules(facts, _texts(files))), clients(), _lookup(files))


def exported(files: Mapping[str, str] | str, name: str = "x", file: str = "main.ts") -> str:
    """What an exported name holds, in short; a single text is the module `main.ts`."""
    given = {"main.ts": files} if isinstance(files, str) else files
    machine = machine_of(given)
    with _deep():
        machine.module(file)
        value = machine.language.module_member(machine, file, "", name)
        return shown(machine, value) if value is not None else "not exported"


def shown(machine: Machine, value: Value) -> str:
    """A value in short: a text with `{}` for each hole, alternatives joined by ` | `."""
    value = machine.force(value)
    if isinstance(value, Undefined):
        return "undefined"
    if isinstance(value, Constant):
        return as_texts(value)[0].literal or ""
    if isinstance(value, Choice):
        return " | ".join(sorted({shown(machine, option) for option in value.options}))
    return " | ".join(_text(text) for text in as_texts(value))


def sent_from(files: Mapping[str, str]) -> tuple[tuple[Sent, ...], tuple[Unsent, ...]]:
    """The call sites of a frontend, and the client calls nobody resolves."""
    facts = facts_of(files)
    with _deep():
        return call_sites(_explorer(files, facts).run(), facts)


def calls(files: Mapping[str, str]) -> list[Call]:
    """The calls of a frontend, as its clients send them."""
    facts = facts_of(files)
    modules = typescript_modules(facts, _texts(files))
    with _deep():
        sent, _, _ = parted(*call_sites(_explorer(files, facts).run(), facts))
    symbols = Symbols(facts, modules)
    types = Types(facts, symbols)
    receivers = Receivers(symbols, types)
    return calls_of(sent, lambda file: ".", types, Usage(facts, symbols), Promises(facts, symbols), receivers)


def calls_in(files: Mapping[str, str] | str, file: str = "main.tsx") -> list[str]:
    """The calls as `GET /path file:line`, sockets as `WS /path`; a single text is one module, without the file."""
    given = {file: files} if isinstance(files, str) else files
    found = calls(given)
    return sorted({_call(call, with_file=not isinstance(files, str)) for call in found})


def unresolved_in(files: Mapping[str, str] | str) -> Sequence[str]:
    """The places of the client calls that nobody resolves."""
    given = {"main.tsx": files} if isinstance(files, str) else files
    return [f"{one.site.file}:{one.site.location.line}" for one in sent_from(given)[1]]


def _explorer(files: Mapping[str, str], facts: Mapping[str, FileFacts]) -> Explorer:
    return Explorer(facts, typescript_modules(facts, _texts(files)), clients(), _lookup(files))


@contextmanager
def _deep() -> Iterator[None]:
    """The evaluator nests as deeply as the program it looks at."""
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(20_000)
    try:
        yield
    finally:
        sys.setrecursionlimit(limit)


def _call(call: Call, with_file: bool) -> str:
    site = call.site
    label = f"{_KINDS[site.kind]}{'' if site.kind is Kind.WEBSOCKET else site.method + ' '}"
    host = site.target.host if isinstance(site.target, External) else ""
    place = f"{site.location.file}:{site.location.line}" if with_file else str(site.location.line)
    return f"{label}{host}{site.path} {place}"


def _text(text: Text) -> str:
    return "".join(part if isinstance(part, str) else "{}" for part in text.parts)


def _texts(files: Mapping[str, str]) -> dict[str, str]:
    return {file: text for file, text in files.items() if file.rpartition(".")[2] not in _SOURCES}


def _lookup(files: Mapping[str, str]) -> EnvironmentLookup:
    variables = environment(_texts(files))

    def lookup(name: str, file: str) -> tuple[str, Location] | None:
        found = variables.lookup(name, file)
        if found is None or found.value is None:
            return None
        return found.value, Location(found.file, Span(found.line, 1, found.line, 1))

    return lookup


def marked(files: Mapping[str, str] | str, file: str = "main.tsx") -> list[str]:
    """The calls that the comments `// > GET /path, WS /other` announce for their lines, as `calls_in` writes them."""
    given = {file: files} if isinstance(files, str) else files
    return sorted(
        f"{label.strip()} {number if isinstance(files, str) else f'{name}:{number}'}"
        for name, text in given.items()
        for number, line in enumerate(text.split("\n"), 1)
        if "// > " in line
        for label in line.partition("// > ")[2].replace("*/}", "").split(",")
    )
