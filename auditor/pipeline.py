"""The audit from a folder to a report: six steps, in order. The page to read first."""

from __future__ import annotations

import gc
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TypeVar

from auditor.adapter import Adapter
from auditor.config import Config
from auditor.engine.discover import discover
from auditor.engine.documents import read_documents
from auditor.engine.pool import extract_all, processors
from auditor.engine.promoted import promoted
from auditor.engine.settings import read_settings
from auditor.link.project import Sources, link
from auditor.model.finding import Finding
from auditor.model.graph import ProjectGraph
from auditor.registry import load
from auditor.report.report import Report, build_report
from auditor.rule import Rule

T = TypeVar("T")

_STACK = 512 * 1024 * 1024  # bytes: the evaluator nests as deeply as the program it looks at
_NESTING = 60_000
_LARGEST_TEST = 400_000  # bytes: larger ones are recorded data


def audit(root: Path, config: Config, processes: int | None = None) -> Report:
    """Audits a folder. Nothing in it is executed, imported or changed."""
    graph = link_project(root, config, processes)  # steps 1 to 3
    findings = check(graph, chosen_rules(config))  # step 4
    findings = accepted(findings, config)  # step 5
    return build_report(graph, findings, source_lines(root))  # step 6


def link_project(root: Path, config: Config, processes: int | None = None) -> ProjectGraph:
    """Discovers the files, extracts the facts of each, and links them into one graph."""
    return link_sources(read_sources(root, config, processes), config, processes)


def read_sources(root: Path, config: Config, processes: int | None = None) -> Sources:
    """Discovers the files and extracts the facts of each."""
    inventory = discover(root, config)
    facts = extract_all(root, inventory.sources, processes)
    inventory, found = promoted(inventory, facts)
    facts = dict(sorted({**facts, **extract_all(root, found, processes)}.items())) if found else facts
    return Sources(
        facts,
        read_settings(root, inventory.settings),
        inventory,
        documents=read_documents(root, inventory.documents),
        guides=read_settings(root, inventory.guides),
        others=read_settings(root, inventory.others),
        tests=extract_all(root, [test for test in inventory.tests if test.size <= _LARGEST_TEST], processes),
    )


def link_sources(sources: Sources, config: Config, processes: int | None = None) -> ProjectGraph:
    """Links what was read into one graph."""
    workers = processes or processors()
    with _without_collector():
        return _on_a_deep_stack(lambda: link(sources, config, adapters(), workers))


def check(graph: ProjectGraph, rules: Sequence[Rule]) -> list[Finding]:
    """What the rules find in the graph."""
    return [finding for rule in rules for finding in rule.check(graph)]


def accepted(findings: Sequence[Finding], config: Config) -> list[Finding]:
    """The findings that are sure enough for the configuration."""
    return [finding for finding in findings if finding.confidence.rank <= config.min_confidence.rank]


def chosen_rules(config: Config) -> tuple[Rule, ...]:
    """The rules of the configured packs, by code, without those that are not selected or ignored."""
    rules = tuple(rule for pack in config.rule_packs for rule in load(pack, "RULE", Rule))
    return tuple(
        rule
        for rule in rules
        if (not config.select or rule.code in config.select or rule.name in config.select)
        and rule.code not in config.ignore
        and rule.name not in config.ignore
    )


@cache
def adapters() -> tuple[Adapter, ...]:
    """The framework and client adapters of both sides."""
    return (
        *load("auditor.adapters.backend", "ADAPTER", Adapter),
        *load("auditor.adapters.frontend", "ADAPTER", Adapter),
    )


def source_lines(root: Path) -> Callable[[str], Sequence[str]]:
    """The lines of a file of the audited folder, for excerpts; none for a file that cannot be read."""

    @cache
    def lines(file: str) -> Sequence[str]:
        try:
            return (root / file).read_bytes().decode("utf-8", "replace").split("\n")
        except OSError:
            return ()

    return lines


def audit_texts(files: Mapping[str, str], select: frozenset[str] | None = None) -> Report:
    """Audits a project given as texts by path, with the rules of `select` (None: all)."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name, content in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
        config = Config(select=tuple(sorted(select)) if select is not None else ())
        report = audit(root, config, processes=1)
        for name in files:
            report.sources(name)  # read while the folder is there
        return report


@contextmanager
def _without_collector() -> Iterator[None]:
    """Linking makes millions of objects that live until the report is written; collecting them is wasted time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _on_a_deep_stack(action: Callable[[], T]) -> T:
    """Runs on a thread of its own whose stack holds deep nesting."""
    results: list[T] = []
    failures: list[BaseException] = []

    def run() -> None:
        limit = sys.getrecursionlimit()
        sys.setrecursionlimit(_NESTING)
        try:
            results.append(action())
        except BaseException as failure:
            failures.append(failure)
        finally:
            sys.setrecursionlimit(limit)

    size = threading.stack_size(_STACK)
    thread = threading.Thread(target=run)
    thread.start()
    threading.stack_size(size)
    thread.join()
    if failures:
        raise failures[0]
    return results[0]
