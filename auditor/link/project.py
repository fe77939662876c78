"""Everything that needs more than one file: links the facts of all files into one graph."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from auditor.adapter import Adapter, packages_of
from auditor.config import Config
from auditor.link.auth.credentials import credentials
from auditor.link.backend import Backend, run_backend
from auditor.link.callsites import calls_of, unresolved_calls
from auditor.link.channels.project import Indexes, channels_of, indexed
from auditor.link.channels.standalone import socket_servers, unsettled
from auditor.link.commented import commented_out
from auditor.link.contents.names import Names
from auditor.link.cors import cors, dev_origins
from auditor.link.crew import aside
from auditor.link.deprecated import deprecated_imports
from auditor.link.documents.choice import at_hosts, below, document_servers, document_services, fitting, read_documents
from auditor.link.elsewhere import served_elsewhere
from auditor.link.environment import Environment, environment
from auditor.link.errors.bodies import error_bodies, error_reads
from auditor.link.errors.classes import error_classes
from auditor.link.errors.numbers import named_statuses
from auditor.link.evaluate.machine import EnvironmentLookup
from auditor.link.exercise import exercised
from auditor.link.filled import filled_in
from auditor.link.forms import with_later_entries
from auditor.link.generated.stale import stale_clients
from auditor.link.guides.project import guides_of
from auditor.link.literals import url_literals
from auditor.link.match import prefix_drifts, shadowed
from auditor.link.modules.python import PythonModules, python_modules
from auditor.link.modules.strictness import loose_models
from auditor.link.modules.symbols import Symbols
from auditor.link.modules.typescript import typescript_modules
from auditor.link.navigation import answered, parted
from auditor.link.own import own_paths
from auditor.link.packaging import entry_points
from auditor.link.polling import polls, suggestions
from auditor.link.promised import Promises
from auditor.link.proxies import rewrites_of
from auditor.link.receivers import Receivers
from auditor.link.registrations import unmounted
from auditor.link.repeats import repeats
from auditor.link.roots import requests_of
from auditor.link.routes import routes_of, written
from auditor.link.series import series
from auditor.link.services import Candidate, Frontends, backend_candidates, services, stem_of
from auditor.link.shipped import shipped_files
from auditor.link.sites import call_sites
from auditor.link.stubs import stubs
from auditor.link.targets import Server, pair_services, server, targeted
from auditor.link.timings import timings
from auditor.link.types import Types, pair
from auditor.link.undefined import undefined_names
from auditor.link.usage import Usage
from auditor.link.vacuous import vacuous
from auditor.link.variables import variables_of
from auditor.model.channel import Channel
from auditor.model.facts import FileFacts
from auditor.model.finding import Diagnostic, Side, Unresolved
from auditor.model.graph import CallSite, FileCounts, ProjectGraph, Route
from auditor.model.inventory import Inventory
from auditor.model.span import NOWHERE, Location, Span


@dataclass(frozen=True, slots=True)
class Sources:
    """What is linked: facts by file, the texts of settings files, the inventory they come from, and the texts of API
    documents, of guides, and of sources in other languages."""

    facts: Mapping[str, FileFacts]
    texts: Mapping[str, str]
    inventory: Inventory
    documents: Mapping[str, str] = field(default_factory=dict)
    guides: Mapping[str, str] = field(default_factory=dict)
    others: Mapping[str, str] = field(default_factory=dict)
    tests: Mapping[str, FileFacts] = field(default_factory=dict)


def link(sources: Sources, config: Config, adapters: Sequence[Adapter], processes: int = 1) -> ProjectGraph:
    """The graph of a project: pure, the same whatever the order of the facts and the number of processes."""
    facts = {file: sources.facts[file] for file in sorted(sources.facts)}
    variables = environment(sources.texts, config.env, config.file)
    python, typescript = python_modules(facts, packages_of(adapters)), typescript_modules(facts, sources.texts)
    symbols = Symbols(facts, typescript, python)
    types = Types(facts, symbols)
    names = Names(symbols, types)

    backends = [adapter for adapter in adapters if adapter.side is Side.BACKEND]
    clients = [adapter for adapter in adapters if adapter.side is Side.FRONTEND]
    run = run_backend(facts, python, backends, _lookup(variables), entry_points(sources.texts, facts), sources.texts)
    requests, machine = requests_of(facts, typescript, clients, _lookup(variables), processes, symbols)
    trace = aside(lambda: indexed(facts), partial(_channels, facts, sources.texts, symbols, python), processes)
    sent, unsent, led = parted(*call_sites(requests, machine.facts))
    sent = with_later_entries(sent, machine.facts)

    calling = sorted({*(one.site.file for one in sent), *(one.site.file for one in unsent)})
    usage = Usage(machine.facts, symbols)
    frontends = Frontends(machine.facts, typescript, sources.texts, calling, config.frontend)
    promises, receivers = Promises(machine.facts, symbols), Receivers(symbols, types)
    calls = [
        call
        for call in calls_of(sent, frontends.of, types, usage, promises, receivers)
        if call.site.frontend in frontends.roots
    ]
    unknown = [call for call in unresolved_calls(unsent, frontends.of) if call.frontend in frontends.roots]

    documents = read_documents(sources.documents)
    named = [one for one in documents.read if one.file in config.backend]
    folders = [folder for folder in config.backend if folder not in sources.documents]
    only = bool(config.backend) and not folders
    candidates = () if only else backend_candidates(run.backends, python, folders, sources.texts)
    idle = unmounted(run, candidates)
    elsewhere = [route.partition(" ")[2] for router in idle for route in router.routes]
    coded = [_server(one, python, types, names, elsewhere) for one in candidates]
    others = () if only or fitting(coded, calls) else below(documents.read, folders)
    described = list(document_servers(named or others, types))
    calls = at_hosts(calls, described)
    described = described if named else fitting(described, calls)
    servers = [*coded, *described]
    pairs = pair_services(calls, servers) if frontends.roots else {}
    paired = {root for roots in pairs.values() for root in roots} or {one.root for one in servers[:1]}
    own = own_paths(facts, sources.inventory.public, frontends.roots)
    rewrites, unread = rewrites_of(machine, facts, sources.texts, frontends.roots, config, own)
    if any(pairs.values()):  # the others are clients of somebody else's backend
        calls = [call for call in calls if pairs.get(call.site.frontend)]
        unknown = [call for call in unknown if pairs.get(call.frontend)]
    met = served_elsewhere(targeted(calls, servers, pairs, own, rewrites), facts, sources.texts, sources.others)
    sites = prefix_drifts(met)
    browsed = [
        call for call in calls_of(led, frontends.of, types, usage, promises, receivers) if pairs.get(call.site.frontend)
    ]
    sites = (*sites, *answered(targeted(browsed, servers, pairs, own, rewrites), sites))

    routes = tuple(route for one in servers if one.root in paired for route in one.routes)
    sites = unsettled(sites, socket_servers(facts, python))
    every_call = tuple(sorted((*sites, *unknown), key=lambda call: (call.location, call.method, call.path)))
    channels = trace((routes, every_call))
    types.declared()
    type_pairs, value_pairs = pair(routes, every_call, types)
    served = [one for one in candidates if one.root in paired]
    talking = [root for root in frontends.roots if pairs.get(root)] or frontends.roots
    urls = url_literals(facts, [*(one.root for one in served), *talking])
    deprecated = deprecated_imports(facts, symbols)
    shipped = shipped_files(facts, [*(one.root for one in served), *frontends.roots])
    errors = error_classes(facts, shipped, names)
    guides, unreadable = guides_of(sources.guides, facts)
    told = channels()
    return ProjectGraph(
        services=(*document_services(described, pairs), *services(candidates, frontends, pairs)),
        routes=routes,
        calls=every_call,
        routers=unmounted(run, served),
        models=dict(sorted(types.models.items())),
        enums=dict(sorted(types.enums.items())),
        pairs=type_pairs,
        values=value_pairs,
        urls=urls,
        deprecated=deprecated,
        open_stems={stem: reason for one in served for stem, reason in _stems(one.backend).items()},
        unresolved=tuple(
            sorted(
                (*_gaps(served), *_cut(run.exhausted), *_cut(machine.exhausted), *unread),
                key=lambda entry: (entry.location, entry.kind, entry.reason),
            )
        ),
        diagnostics=(*_diagnostics(facts, sources.inventory), *documents.problems, *unreadable),
        files=FileCounts(len(facts), sources.inventory.skipped),
        undefined=undefined_names(facts, python, routes),
        reads=usage.names,
        variables=variables_of(facts, sources.texts, variables, frontends.of, frontends.roots),
        errors=errors,
        error_bodies=error_bodies(facts, shipped, {one.backend.application.framework for one in served}),
        error_reads=error_reads(facts, shipped),
        numbers=named_statuses(facts, shipped),
        credentials=credentials(facts, shipped),
        cors=cors(facts, shipped, names),
        dev_origins=dev_origins(facts, sources.texts, frontends.roots),
        stubs=stubs(facts, python, routes),
        timings=timings(facts, shipped, names),
        channels=told,
        documents=tuple(one.file for one in documents.read),
        guides=guides,
        exercised=exercised(sources.tests, routes, told),
        vacuous=vacuous(sources.tests, facts, told),
        series=series(facts, every_call) if any(guide.diagrams for guide in guides) else (),
        commented=commented_out(facts, routes, every_call),
        repeats=repeats(facts, symbols, every_call),
        polls=polls(facts, every_call, names),
        suggestions=suggestions(facts, python, routes, types.models),
        stale=stale_clients(facts, documents.read, [one for one in coded if one.root in paired], types.models),
        loose=loose_models(types.models, sources.texts),
        filled=filled_in(facts, type_pairs, types.models),
    )


def _channels(
    facts: Mapping[str, FileFacts],
    texts: Mapping[str, str],
    symbols: Symbols,
    python: PythonModules,
    indexes: Indexes,
    told: tuple[Sequence[Route], Sequence[CallSite]],
) -> tuple[Channel, ...]:
    return channels_of(indexes, facts, texts, symbols, python, *told)


def _lookup(variables: Environment) -> EnvironmentLookup:
    def lookup(name: str, file: str) -> tuple[str, Location] | None:
        found = variables.lookup(name, file)
        if found is None or found.value is None or found.example:
            return None
        return found.value, Location(found.file, Span(found.line, 1, found.line, 1))

    return lookup


def _server(one: Candidate, python: PythonModules, types: Types, names: Names, elsewhere: Sequence[str]) -> Server:
    """A backend with its routes, and those that it serves when another module starts it."""
    own = tuple(routes_of(one.backend.application, one.root, python, types, names))
    known = {(route.kind, route.method, route.path) for route in own}
    further = [
        replace(route, conditional=f"only in the server that {extension.entry} starts")
        for extension in one.backend.extensions
        for route in routes_of(extension.application, one.root, python, types, names)
        if (route.kind, route.method, route.path) not in known
    ]
    return server(one.root, shadowed(own), further, _stems(one.backend), elsewhere)


def _stems(backend: Backend) -> dict[str, str]:
    return {stem_of(written(gap.prefix)): gap.reason for gap in backend.application.gaps}


def _gaps(served: Sequence[Candidate]) -> list[Unresolved]:
    return [
        Unresolved("mount", gap.location, f"below {written(gap.prefix) or '/'}: {gap.reason}")
        for one in served
        for gap in one.backend.application.gaps
    ]


def _cut(files: Iterable[str]) -> list[Unresolved]:
    reason = "its top level takes too many steps"
    return [Unresolved("module", Location(file, NOWHERE), reason) for file in sorted(set(files))]


def _diagnostics(facts: Mapping[str, FileFacts], inventory: Inventory) -> list[Diagnostic]:
    found = list(inventory.diagnostics)
    for file, one in facts.items():
        found += [Diagnostic(problem.code, problem.message, file, problem.span.start_line) for problem in one.problems]
    return sorted(found, key=lambda entry: (entry.file, entry.line, entry.code))
