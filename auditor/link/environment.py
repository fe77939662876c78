"""What an environment variable is set to, as far as files of the project say so."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from auditor.link.environment_files import (
    Variable,
    compose_variables,
    dockerfile_variables,
    dotenv_variables,
    script_variables,
)


@dataclass(frozen=True, slots=True)
class EnvValue:
    """A variable as one file sets it. Lines count from 1.

    `value` is None where the file declares the variable without a value that is known here: passed
    through from outside, made of variables that nothing sets, or different from service to service;
    `raw` is the text as written. `example` marks a template that people copy and fill in: the
    variable exists, its value may differ.
    """

    value: str | None
    raw: str
    file: str
    line: int
    example: bool


class Environment:
    """The variables that a project's files set, each valid in a folder and below it.

    `unread` are the files that should have been read for it and are not well-formed, sorted.
    """

    def __init__(self, entries: Iterable[_Entry], unread: tuple[str, ...] = ()) -> None:
        self.unread = unread
        self._by_name: dict[str, list[_Entry]] = {}
        for entry in sorted(entries, key=_Entry.precedence):
            self._by_name.setdefault(entry.variable.name, []).append(entry)

    def lookup(self, name: str, asking_file: str) -> EnvValue | None:
        """The value that a file of the project would see, or None if nothing above it sets the variable.

        A known value comes before an unknown one, a real one before one of an example file, a
        nearer folder before a farther one. Within one folder: `.env` files (`.env.local`, then
        `.env.development`, `.env`, other modes, `.env.production`), scripts of package.json, compose
        files (production ones last), Dockerfiles. The order is that of somebody who runs both halves
        on one machine: there the two sides must agree.
        """
        return self._seen_from(name, posixpath.dirname(asking_file), frozenset())

    def defined(self, name: str) -> bool:
        """Whether any file sets or declares it, wherever it stands, examples included."""
        return name in self._by_name

    def _seen_from(self, name: str, folder: str, asked: frozenset[_Entry]) -> EnvValue | None:
        visible = [
            entry
            for entry in self._by_name.get(name, ())
            if entry not in asked and (not entry.scope or f"{folder}/".startswith(f"{entry.scope}/"))
        ]
        values = (self._value(entry, asked | {entry}) for entry in visible)
        first = next(values, None)
        if first is None or first.value is not None:
            return first
        return next((value for value in values if value.value is not None), first)

    def _value(self, entry: _Entry, asked: frozenset[_Entry]) -> EnvValue:
        variable = entry.variable
        home = posixpath.dirname(entry.file)
        value = variable.value if variable.literal else self._expanded(variable.value, home, asked)
        if entry.example and not value:
            value = None  # a blank to fill in
        if value and variable.name in value and "/" not in value:
            value = None  # `API_URL=__API_URL__`: what stands for itself is replaced when the built files are served
        return EnvValue(value, variable.value or "", entry.file, variable.line, entry.example)

    def _expanded(self, text: str | None, home: str, asked: frozenset[_Entry]) -> str | None:
        """`text` with its `$NAME`, `${NAME}` and `${NAME:-default}` filled in; None if one of them is unknown."""
        if text is None or "$" not in text:
            return text
        references = list(_REFERENCE.finditer(text))
        if len(asked) > _DEPTH or len(references) > _WIDTH:
            return None
        parts: list[str] = []
        end = 0
        for found in references:
            value = self._referred(found, home, asked)
            if value is None:
                return None
            parts += [text[end : found.start()], value]
            end = found.end()
        return "".join([*parts, text[end:]])

    def _referred(self, found: re.Match[str], home: str, asked: frozenset[_Entry]) -> str | None:
        if found[0] == "$$":
            return "$"
        known = self._seen_from(found["name"] or found["bare"], home, asked)
        if known is not None and known.value is not None and (known.value or found["kind"] != ":-"):
            return known.value
        return self._expanded(found["default"], home, asked) if found["kind"] in {":-", "-"} else None


def environment(texts: Mapping[str, str], given: Mapping[str, str] | None = None, given_by: str = "") -> Environment:
    """The environment described by settings files (path to text); files of other kinds are passed over.

    `given` are values of the auditor's own configuration, `given_by` its file: what the user states
    holds everywhere, whatever the files say.
    """
    stated = given or {}
    entries = [_Entry(Variable(name, value, 1, literal=True), "", given_by, 0) for name, value in stated.items()]
    unread = []
    for path in sorted(texts):
        found = _entries(path, texts)
        if found is None:
            unread.append(path)
            continue
        entries += [entry for entry in found if entry.variable.name not in stated]
    return Environment(entries, tuple(unread))


# How far references are followed: a file that nests them deeper is built to waste time.
_DEPTH = 6
_WIDTH = 12

_REFERENCE = re.compile(
    r"\$\$|\$\{(?P<name>\w+)(?:(?P<kind>:?[-?+])(?P<default>(?:[^{}]|\$\{[^{}]*\})*))?\}|\$(?P<bare>[A-Za-z_]\w*)"
)
_EXAMPLE = re.compile(r"(?i)(^|[._-])(example|sample|template|dist|tpl)([._-]|$)")
_DOTENV = re.compile(r"\.env.*|\.flaskenv|.+\.env|.*env\.(example|sample|template|dist)")
_COMPOSE = re.compile(r"(.*[.-])?(docker-)?compose([.-].*)?\.ya?ml")
_DOCKERFILE = re.compile(r"(.+\.)?(Docker|Container)file([.-].*)?")
_MODES = ("development.local", "dev.local", "local", "development", "dev", "")
_SCRIPTS, _COMPOSED, _DOCKER = 100, 200, 300


@dataclass(frozen=True, slots=True)
class _Entry:
    """A variable, the folder it is valid in, and its rank among those of the same folder (lowest first)."""

    variable: Variable
    scope: str
    file: str
    order: int
    example: bool = False

    def precedence(self) -> tuple[bool, int, int, str, int]:
        """The sort key; in one file, the last line wins."""
        return self.example, -len(self.scope), self.order, self.file, -self.variable.line


def _entries(path: str, texts: Mapping[str, str]) -> list[_Entry] | None:
    """None if the file is not well-formed."""
    folder, name = posixpath.split(path)
    if name == "package.json":
        scripts = script_variables(texts[path])
        return None if scripts is None else [_Entry(found, folder, path, _SCRIPTS + rank) for rank, found in scripts]
    if _COMPOSE.fullmatch(name):
        return _compose_entries(path, texts)
    if _DOCKERFILE.fullmatch(name):
        return [
            _Entry(found, folder, path, _DOCKER + (found.value is None)) for found in dockerfile_variables(texts[path])
        ]
    return list(_dotenv_entries(path, texts[path], folder)) if _DOTENV.fullmatch(name) else []


def _dotenv_entries(path: str, text: str, scope: str) -> Iterator[_Entry]:
    name = posixpath.basename(path)
    mode = name.removeprefix(".env").removeprefix(".")
    order = _MODES.index(mode) if mode in _MODES else 98 if mode.startswith("prod") else 50
    for found in dotenv_variables(text):
        yield _Entry(found, scope, path, order, _EXAMPLE.search(name) is not None)


def _compose_entries(path: str, texts: Mapping[str, str]) -> list[_Entry] | None:
    services = compose_variables(texts[path])
    if services is None:
        return None
    home, name = posixpath.split(path)
    order = _COMPOSED + (50 if "prod" in name or "deploy" in name else 0)
    example = _EXAMPLE.search(name) is not None
    entries: list[_Entry] = []
    for service in services:
        scope = _below(home, service.context)
        entries += [_Entry(found, scope, path, order, example) for found in service.variables]
        for file in (_below(home, file) for file in service.files):
            entries += [
                _Entry(entry.variable, scope, file, order + 1, entry.example)
                for entry in _dotenv_entries(file, texts.get(file, ""), scope)
            ]
    return _agreed(entries)


def _agreed(entries: list[_Entry]) -> list[_Entry]:
    """The entries, those without a value that several services of one folder set to different ones."""
    values: dict[tuple[str, str, str], set[str | None]] = {}
    for entry in entries:
        values.setdefault((entry.variable.name, entry.scope, entry.file), set()).add(entry.variable.value)
    return [
        entry
        if len(values[entry.variable.name, entry.scope, entry.file]) == 1
        else _Entry(Variable(entry.variable.name, None, entry.variable.line), entry.scope, entry.file, entry.order)
        for entry in entries
    ]


def _below(folder: str, path: str) -> str:
    """A relative path as seen from the audited folder; what leads out of it stays in `folder`."""
    joined = posixpath.normpath(posixpath.join(folder, path))
    return folder if joined.startswith(("..", "/")) else "" if joined == "." else joined
