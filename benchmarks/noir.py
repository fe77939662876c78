"""Scores the routes against the public test suite of OWASP Noir: its Python fixtures and the endpoints it expects.

    python -m benchmarks.noir NOIR_CHECKOUT [FRAMEWORK…] [--notes]

NOIR_CHECKOUT is a checkout of https://github.com/owasp-noir/noir; nothing of it is kept here. Each tester in
`spec/functional_test/testers/python` says which endpoints its fixture has; an endpoint is found if we give a route of
that method, or of every method, at that path. Parameters are compared by place, not by name or syntax; a socket counts
as GET, as it does there. Testers of command lines, which serve nothing, are left out. What the framework would not
serve is listed with the reason in `truth/noir_not_served.tsv`. What we give beyond the list is counted too, where the
tester says how many endpoints there are.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from auditor.config import Config
from auditor.engine.discover import discover
from auditor.engine.pool import extract_all
from auditor.engine.settings import read_settings
from auditor.link.backend import run_backend
from auditor.link.contents.names import Names
from auditor.link.modules.python import python_modules
from auditor.link.modules.symbols import Symbols
from auditor.link.modules.typescript import typescript_modules
from auditor.link.packaging import entry_points
from auditor.link.routes import routes_of, written
from auditor.link.services import backend_candidates
from auditor.link.types import Types
from auditor.model.finding import Side
from auditor.model.graph import Kind
from auditor.pipeline import adapters

Endpoint: TypeAlias = tuple[str, str]
"""Method and path."""

_TESTERS = "spec/functional_test/testers/python"
_NEW = re.compile(
    r"^(?P<comment>\s*#.*)$|FunctionalTester\.new\(\"(?P<fixture>[^\"]+)\""
    r"|Endpoint\.new\((?P<path>\"(?:[^\"\\]|\\.)*\"),\s*\"(?P<method>[A-Z]+)\"",
    re.MULTILINE,
)
_BASES = re.compile(r"^base_paths = \[(.*?)^\]", re.MULTILINE | re.DOTALL)
_BASE = re.compile(r"\"\./spec/functional_test/(fixtures/python/[^\"]+)\"")
_OPTIONAL = re.compile(r"\(\?:((?:[^()]|\([^()]*\))*)\)\?")
_GROUP = re.compile(
    r"\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\)|\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}|<[^<>]*>|(?<=/):\w+|(?<=/)\*\w*"
)
_FAMILIES = ("http_server", "django_ninja", "flask_appbuilder", "flask_restful", "flask_restx")


@dataclass(frozen=True, slots=True)
class Tester:
    """A fixture of the suite: the folders that are looked at, and what is expected of them together."""

    name: str
    folders: tuple[Path, ...]
    endpoints: tuple[Endpoint, ...]
    whole: bool

    @property
    def family(self) -> str:
        """The framework the fixture is about."""
        return next((one for one in _FAMILIES if self.name.startswith(one)), self.name.split("_")[0])


def testers(checkout: Path) -> Iterator[Tester]:
    """The testers of the suite that expect endpoints of servers, by name of their file."""
    for file in sorted((checkout / _TESTERS).glob("*_spec.cr")):
        text = file.read_text("utf-8")
        expected: list[Endpoint] = []
        for found in _NEW.finditer(text):
            if found["path"] is not None:
                expected.append((found["method"], json.loads(found["path"])))
            elif found["fixture"] is not None:
                served = tuple(one for one in expected if one[0] != "CLI")
                root = checkout / "spec/functional_test"
                bases = [root / one for listed in _BASES.findall(text) for one in _BASE.findall(listed)]
                if served:
                    yield Tester(
                        file.name.removesuffix("_spec.cr"),
                        tuple(bases) or (root / found["fixture"],),
                        served,
                        ":endpoints" in text,
                    )
                expected = []


def main(arguments: Sequence[str]) -> int:
    """Prints one row per framework, and with `--notes` each difference."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.noir", description="Scores routes by the suite of Noir."
    )
    parser.add_argument("checkout", type=Path)
    parser.add_argument("framework", nargs="*", help="only these")
    parser.add_argument("--notes", action="store_true", help="print every miss and surplus")
    options = parser.parse_args(arguments)
    rows: dict[str, list[int]] = {}
    disputed = not_served()
    for tester in testers(options.checkout):
        if options.framework and tester.family not in options.framework:
            continue
        given = {endpoint: place for folder in tester.folders for endpoint, place in served(folder)}
        missed, surplus = compared(tester.endpoints, given)
        missed_served = [one for one in missed if (tester.name, one) not in disputed]
        row = rows.setdefault(tester.family, [0, 0, 0, 0])
        expected, found = len(tester.endpoints), len(tester.endpoints) - len(missed)
        for index, count in enumerate(
            (expected, found, found + len(missed_served), len(surplus) if tester.whole else 0)
        ):
            row[index] += count
        if options.notes:
            for mark, notes in (("-", missed), ("+", surplus)):
                print(*(f"{tester.name}: {mark} {note}" for note in notes), sep="\n", end="\n" if notes else "")
    print("| framework | expected | found | share | of them served | share of these | ours beyond |")
    print("|---|---|---|---|---|---|---|")
    total = [sum(column) for column in zip(*rows.values(), strict=True)]
    for name, (expected, found, served_, beyond) in [*sorted(rows.items()), ("all", total)]:
        share = f"{found / served_:.3f}" if served_ else "–"
        print(f"| {name} | {expected} | {found} | {found / expected:.3f} | {served_} | {share} | {beyond} |")
    return 0


def not_served() -> frozenset[tuple[str, str]]:
    """What the suite expects and its framework would not serve: tester, and method with path."""
    lines = (Path(__file__).parent / "truth" / "noir_not_served.tsv").read_text("utf-8").splitlines()[1:]
    return frozenset((tester, f"{method} {path}") for tester, method, path, _ in (line.split("\t") for line in lines))


def served(folder: Path) -> Iterator[tuple[Endpoint, str]]:
    """What all applications of a folder serve, with the place; folders of files are `GET prefix/*`."""
    config = Config()
    inventory = discover(folder, config)
    facts = extract_all(folder, inventory.sources, 1)
    texts = read_settings(folder, inventory.settings)
    modules = python_modules(facts)
    symbols = Symbols(facts, typescript_modules(facts, texts), modules)
    types = Types(facts, symbols)
    backend = [one for one in adapters() if one.side is Side.BACKEND]
    run = run_backend(facts, modules, backend, lambda name, file: None, entry_points(texts, facts), texts)
    for one in backend_candidates(run.backends, modules, (), texts):
        for route in routes_of(one.backend.application, one.root, modules, types, Names(symbols, types)):
            method = "GET" if route.kind is Kind.WEBSOCKET else route.method
            yield (method, plain(route.path)[0]), f"{route.location.file}:{route.location.line}"
        for prefix in one.backend.application.statics:
            yield ("GET", f"{written(prefix).rstrip('/')}/{{}}"), "a folder of files"


def compared(expected: Sequence[Endpoint], given: Mapping[Endpoint, str]) -> tuple[list[str], list[str]]:
    """What is expected and not given, and what is given and not expected."""
    wanted = {(method, path): [(method, one) for one in plain(path)] for method, path in expected}
    anything = {path for method, path in given if method in ("*", "{}")}
    missed = [
        f"{method} {path}"
        for (method, path), forms in wanted.items()
        if not all(one in given or one[1] in anything for one in forms)
    ]
    known = {one for forms in wanted.values() for one in forms}
    paths = {path for _, path in known}
    surplus = [
        f"{method} {path}  {place}"
        for (method, path), place in given.items()
        if place != "a folder of files" and (method, path) not in known
        if not (method in ("*", "{}") and path in paths)
    ]
    return missed, surplus


def plain(path: str) -> list[str]:
    """A path with `{}` for each parameter, in whatever syntax; both forms where a piece is optional."""
    optional = _OPTIONAL.search(path)
    if optional is not None:
        before, after = path[: optional.start()], path[optional.end() :]
        return [*plain(before + after), *plain(before + optional[1] + after)]
    return [_GROUP.sub("{}", path) or "/"]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
