"""Small backends from one text each, taken through the real code, for the tests of the backend half.

A text holds several files; each begins with a line `--- path`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from textwrap import dedent

from auditor.adapter import packages_of
from auditor.extract import extract
from auditor.link.backend import BackendRun, run_backend
from auditor.link.contents.names import Names
from auditor.link.environment import environment
from auditor.link.modules.python import PythonModules, python_modules
from auditor.link.modules.symbols import Symbols
from auditor.link.modules.typescript import typescript_modules
from auditor.link.packaging import entry_points
from auditor.link.registrations import unmounted
from auditor.link.routes import routes_of, written
from auditor.link.services import Candidate, backend_candidates
from auditor.link.types import Types
from auditor.model.facts import Dialect, FileFacts
from auditor.model.graph import Kind, Route, RouterDecl
from auditor.model.span import Location, Span
from auditor.pipeline import adapters

_FILE = re.compile(r"^--- (.+)$", re.MULTILINE)


class Project:
    """A backend as the auditor sees it."""

    def __init__(self, source: str) -> None:
        files = files_of(source)
        self.facts: Mapping[str, FileFacts] = {
            file: extract(text.encode(), Dialect.PYTHON) for file, text in files.items() if file.endswith(".py")
        }
        self.texts = {file: text for file, text in files.items() if not file.endswith(".py")}
        self.modules: PythonModules = python_modules(self.facts, packages_of(adapters()))
        variables = environment(self.texts)

        def lookup(name: str, file: str) -> tuple[str, Location] | None:
            found = variables.lookup(name, file)
            return (
                None if found is None or found.value is None else (found.value, Location(found.file, Span(1, 1, 1, 1)))
            )

        symbols = Symbols(self.facts, typescript_modules(self.facts, {}), self.modules)
        self.types = Types(self.facts, symbols)
        self.names = Names(symbols, self.types)
        self.run: BackendRun = run_backend(
            self.facts, self.modules, adapters(), lookup, entry_points(self.texts, self.facts), self.texts
        )
        self.candidates: tuple[Candidate, ...] = backend_candidates(self.run.backends, self.modules, (), self.texts)

    def routes(self, backend: int = 0) -> tuple[Route, ...]:
        """The routes of a backend, the likeliest one first."""
        one = self.candidates[backend]
        return tuple(routes_of(one.backend.application, one.root, self.modules, self.types, self.names))

    def extensions(self) -> dict[str, list[str]]:
        """What other servers add to the first backend, by the module that starts them."""
        one = self.candidates[0]
        return {
            extension.entry: lines(
                tuple(routes_of(extension.application, one.root, self.modules, self.types, self.names))
            )
            for extension in one.backend.extensions
        }

    def gaps(self) -> list[str]:
        """Why the first backend may serve more, with the path below which it may."""
        gaps = self.candidates[0].backend.application.gaps
        return [f"{written(gap.prefix)}: {gap.reason}" for gap in gaps]

    def unmounted(self) -> tuple[RouterDecl, ...]:
        """Routers nothing includes."""
        return unmounted(self.run, self.candidates[:1])


def files_of(source: str) -> dict[str, str]:
    """The files of a project text."""
    parts = _FILE.split(dedent(source))
    return {name.strip(): text.lstrip("\n") for name, text in zip(parts[1::2], parts[2::2], strict=True)}


def lines(routes: tuple[Route, ...]) -> list[str]:
    """`METHOD /path` of each route, in registration order; `WS` for a socket, `?` behind a conditional one."""
    return [
        f"{'WS' if route.kind is Kind.WEBSOCKET else route.method} {route.path}{' ?' if route.conditional else ''}"
        for route in routes
    ]
