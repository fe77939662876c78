"""Which environment variables a single file sets: `.env`, Dockerfile, compose file, package.json."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from auditor.config.tree import Broken, Setting, Settings, parse_yaml


@dataclass(frozen=True, slots=True)
class Variable:
    """A name, its value as written (None: declared without one), and its line, from 1.

    `literal` values are taken as they stand; in others `$NAME` refers to another variable.
    """

    name: str
    value: str | None
    line: int
    literal: bool = False


@dataclass(frozen=True, slots=True)
class ServiceVariables:
    """What a compose file sets for one service: `environment`, build `args`, and the `env_file`s it names.

    `context` is the folder that the service is built from, "." without one; both are relative to the file.
    """

    context: str
    variables: tuple[Variable, ...]
    files: tuple[str, ...]


def dotenv_variables(text: str) -> tuple[Variable, ...]:
    """`NAME=value` lines, as https://github.com/motdotla/dotenv (17) and python-dotenv (1.1) agree to read them."""
    return tuple(_dotenv_variable(found, text) for found in _DOTENV_LINE.finditer(text))


def dockerfile_variables(text: str) -> tuple[Variable, ...]:
    """`ENV` and `ARG` instructions (https://docs.docker.com/reference/dockerfile/), all stages alike."""
    return tuple(
        setting
        for found in _INSTRUCTION.finditer(text)
        for setting in _instruction(found["word"].upper(), found["rest"], text.count("\n", 0, found.start()) + 1)
    )


def script_variables(text: str) -> tuple[tuple[int, Variable], ...] | None:
    """`NAME=value command` in the scripts of a package.json, each with a rank: scripts that start a
    development server come first. None if it is not well-formed."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return None
    scripts = document.get("scripts") if isinstance(document, dict) else None
    if not isinstance(scripts, dict):
        return ()
    return tuple(
        (rank, Variable(name, value, _key_line(text, script)))
        for rank, (script, command) in enumerate(sorted(scripts.items(), key=_script_order))
        if isinstance(command, str)
        for name, value in _assignments(command)
    )


def compose_variables(text: str) -> tuple[ServiceVariables, ...] | None:
    """What each service of a compose file sets (https://docs.docker.com/reference/compose-file/services/),
    in the order of the file. None if it is not well-formed."""
    root = parse_yaml(text)
    if isinstance(root, Broken):
        return None
    services = _members(_members(root).get("services"))
    return tuple(_service(setting) for setting in services.values())


_DOTENV_LINE = re.compile(
    r"""^[ \t]*(?:export[ \t]+|set[ \t]+)?(?P<name>[A-Za-z_]\w*)[ \t]*(?:=|:[ \t])[ \t]*
    (?P<value>"(?:\\.|[^"\\])*"|'[^']*'|`[^`]*`|[^\r\n]*)""",
    re.MULTILINE | re.VERBOSE,
)
_ESCAPES = {r"\n": "\n", r"\r": "\r", r"\t": "\t", r"\"": '"', r"\\": "\\", r"\$": "$$"}
_INSTRUCTION = re.compile(r"(?im)^[ \t]*(?P<word>ENV|ARG)[ \t]+(?P<rest>(?:\\[ \t]*\r?\n(?:[ \t]*#.*\n)*|[^\n])*)")
_PAIR = re.compile(r"""(?P<name>\w+)(?:=(?P<value>"(?:\\.|[^"\\])*"|'[^']*'|(?:\\.|[^\s\\])*))?""")
_COMMAND_END = re.compile(r"&&|\|\||[;|&\n]")
_LEADING = re.compile(r"\s*(?:(?:npx\s+)?(?:cross-env(?:-shell)?|env|export|set)\s+)*")
_ASSIGNMENT = re.compile(r"""(?P<name>[A-Za-z_]\w*)=(?P<value>"[^"]*"|'[^']*'|[^\s"']*)\s*""")
_STARTING = ("dev", "start", "serve", "preview", "build")


def _dotenv_variable(found: re.Match[str], text: str) -> Variable:
    line = text.count("\n", 0, found.start("name")) + 1
    value = found["value"]
    if len(value) > 1 and value[0] == value[-1] and value[0] in "'`":
        return Variable(found["name"], value[1:-1], line, literal=True)
    if len(value) > 1 and value[0] == value[-1] == '"':
        return Variable(found["name"], re.sub(r"\\.", _unescaped, value[1:-1]), line)
    return Variable(found["name"], re.sub(r"(^|\s+)#.*", "", value).strip(), line)


def _unescaped(found: re.Match[str]) -> str:
    return _ESCAPES.get(found[0], found[0])


def _instruction(word: str, rest: str, line: int) -> Iterator[Variable]:
    rest = re.sub(r"\\[ \t]*\r?\n(?:[ \t]*#.*\n)*", " ", rest).strip()
    first = rest.split(None, 1)
    if word == "ENV" and first and "=" not in first[0]:  # the old form: ENV NAME everything else
        yield Variable(first[0], first[1] if len(first) > 1 else "", line)
        return
    for found in _PAIR.finditer(rest):
        yield Variable(found["name"], _unquoted(found["value"]), line, literal=(found["value"] or "").startswith("'"))


def _unquoted(value: str | None) -> str | None:
    if value and value[0] in "'\"" and value[-1] == value[0] and len(value) > 1:
        return value[1:-1]
    return value


def _script_order(script: tuple[str, object]) -> tuple[int, str]:
    word = script[0].split(":")[0]
    return (_STARTING.index(word) if word in _STARTING else len(_STARTING), script[0])


def _key_line(text: str, key: str) -> int:
    scripts = text.find('"scripts"')
    found = re.compile(re.escape(json.dumps(key, ensure_ascii=False)) + r"\s*:").search(text, max(scripts, 0))
    return text.count("\n", 0, found.start() if found else max(scripts, 0)) + 1


def _assignments(command: str) -> Iterator[tuple[str, str]]:
    """The assignments that stand before each command of a shell line."""
    for part in _COMMAND_END.split(command):
        place = _LEADING.match(part)
        position = place.end() if place else 0
        while found := _ASSIGNMENT.match(part, position):
            yield found["name"], _unquoted(found["value"]) or ""
            position = found.end()


def _service(setting: Setting) -> ServiceVariables:
    service = _members(setting)
    build = service.get("build")
    context = _members(build).get("context") if _members(build) else build
    variables = [*_variables(service.get("environment")), *_variables(_members(build).get("args"))]
    return ServiceVariables(_scalar(context) or ".", tuple(variables), tuple(_files(service.get("env_file"))))


def _variables(setting: Setting | None) -> Iterator[Variable]:
    """`NAME: value` or `- NAME=value`; without a value it is passed through from outside."""
    for name, value in _members(setting).items():
        yield Variable(name, _scalar(value), value.line)
    for item in _items(setting):
        name, given, text = (_scalar(item) or "").partition("=")
        if name:
            yield Variable(name, text if given else None, item.line)


def _files(setting: Setting | None) -> Iterator[str]:
    for item in _items(setting) or ([setting] if setting else []):
        path = _scalar(item) or _scalar(_members(item).get("path"))
        if path:
            yield path


def _members(setting: Setting | None) -> Settings:
    return setting.value if setting is not None and isinstance(setting.value, dict) else {}


def _items(setting: Setting | None) -> tuple[Setting, ...]:
    return setting.value if setting is not None and isinstance(setting.value, tuple) else ()


def _scalar(setting: Setting | None) -> str | None:
    return setting.value if setting is not None and isinstance(setting.value, str) else None
