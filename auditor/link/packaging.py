"""Which objects do the project's own packages register as plugins, by group?

Entry points: https://packaging.python.org/en/latest/specifications/entry-points/. They stand in
`pyproject.toml` (`[project.entry-points."group"]`, `[tool.poetry.plugins."group"]`), in `setup.cfg`
(`[options.entry_points]`) or as a literal in the call of `setup()`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from configparser import ConfigParser
from configparser import Error as ConfigError
from posixpath import basename

from auditor.adapter import EntryPoint
from auditor.link.evaluate.walk import called_name, walk
from auditor.model import form
from auditor.model.facts import FileFacts


def entry_points(texts: Mapping[str, str], facts: Mapping[str, FileFacts]) -> dict[str, tuple[EntryPoint, ...]]:
    """The entry points by group, in the order of their files and as written there."""
    found: dict[str, list[EntryPoint]] = {}
    for file in sorted({*texts, *facts}):
        for group, name, value in _declared(file, texts, facts):
            module, _, attribute = value.partition("[")[0].strip().partition(":")
            if module:
                found.setdefault(group, []).append(EntryPoint(name, module.strip(), attribute.strip(), file))
    return {group: tuple(points) for group, points in found.items()}


def _declared(
    file: str, texts: Mapping[str, str], facts: Mapping[str, FileFacts]
) -> Iterable[tuple[str, str, str]]:  # group, name, value
    match basename(file):
        case "pyproject.toml" if file in texts:
            return _of_pyproject(texts[file])
        case "setup.cfg" if file in texts:
            return _of_setup_cfg(texts[file])
        case "setup.py" if file in facts:
            return _of_setup_call(facts[file])
        case _:
            return ()


def _of_pyproject(text: str) -> Iterator[tuple[str, str, str]]:
    try:
        document: object = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    for path in (("project", "entry-points"), ("tool", "poetry", "plugins")):
        table = document
        for key in path:
            table = table.get(key) if isinstance(table, dict) else None
        for group, points in table.items() if isinstance(table, dict) else ():
            for name, value in points.items() if isinstance(points, dict) else ():
                if isinstance(value, str):
                    yield group, name, value


def _of_setup_cfg(text: str) -> Iterator[tuple[str, str, str]]:
    parser = ConfigParser(interpolation=None, delimiters=("=",))
    try:
        parser.read_string(text)
    except ConfigError:
        return
    if parser.has_section("options.entry_points"):
        for group, written in parser.items("options.entry_points"):
            yield from _lines(group, written.splitlines())


def _of_setup_call(facts: FileFacts) -> Iterator[tuple[str, str, str]]:
    for statement in facts.body:
        for node in walk(statement):
            if not isinstance(node, form.Call) or called_name(node) != "setup":
                continue
            value = next((one.value for one in node.arguments if one.name == "entry_points"), None)
            for entry in value.entries if isinstance(value, form.Object) else ():
                if isinstance(entry.key, form.Literal) and isinstance(entry.key.value, str):
                    yield from _lines(entry.key.value, _texts(entry.value))


def _texts(node: form.Expression) -> list[str]:
    items = node.items if isinstance(node, form.Array) else (node,)
    written = [item.value for item in items if isinstance(item, form.Literal)]
    return [line for text in written if isinstance(text, str) for line in text.splitlines()]


def _lines(group: str, lines: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    for line in lines:
        name, equals, value = line.partition("=")
        if equals:
            yield group, name.strip(), value.strip()
