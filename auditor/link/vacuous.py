"""Which test files name messages of the project and read nothing of it?

A test that builds a message, takes it apart and compares the parts passes whatever the project does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from auditor.link.evaluate.walk import called_name, walk
from auditor.link.exercise import kinds_of
from auditor.model import form
from auditor.model.channel import Channel
from auditor.model.exercise import Vacuous
from auditor.model.facts import Dialect, FileFacts
from auditor.model.span import Location

_FEWEST_TESTS, _FEWEST_TYPES = 3, 2

_DRIVERS = frozenset(
    {
        "httpx", "requests", "aiohttp", "websockets", "websocket", "socketio", "playwright", "selenium", "subprocess",
        "socket", "urllib", "http", "importlib", "runpy", "django", "channels", "rest_framework", "flask", "pathlib",
        "tavern", "schemathesis", "locust", "multiprocessing", "os", "sys",
    }
)  # fmt: skip
"""What reaches the project, or files of it, without importing it."""

_OWN_FIXTURES = frozenset({"self", "cls", "caplog", "capsys", "monkeypatch", "event_loop"})
_READING = frozenset({"open", "read_text", "read_bytes", "eval", "exec", "__import__", "import_module"})


def vacuous(
    tests: Mapping[str, FileFacts], facts: Mapping[str, FileFacts], channels: Sequence[Channel]
) -> tuple[Vacuous, ...]:
    """One entry per Python test file that names message types of a channel and cannot fail because of the project."""
    own = {part for file in (*facts, *tests) for part in PurePosixPath(file).with_suffix("").parts}
    types = {
        message.type
        for one in channels
        for side in (one.backend_sends, one.backend_handles, one.frontend_sends, one.frontend_handles)
        for message in side.entries
        if len(message.type) > 2
    }
    found: list[Vacuous] = []
    for file in sorted(tests) if types else ():
        one = tests[file]
        if one.dialect is not Dialect.PYTHON or _reaches(one, own):
            continue
        functions = list(_tests(one.body))
        fixtures = set(_fixtures(one.body)) | _OWN_FIXTURES
        named = sorted({text for text in kinds_of(one) if text in types})
        if len(functions) < _FEWEST_TESTS or len(named) < _FEWEST_TYPES:
            continue
        if all(_parameters(function) <= fixtures | _parametrized(one.body, function) for function in functions):
            found.append(Vacuous(Location(file, functions[0].span), len(functions), tuple(named)))
    return tuple(found)


def _reaches(facts: FileFacts, own: set[str]) -> bool:
    """Whether a file imports something of the project, drives it from outside, or reads its files."""
    for statement in facts.body:
        for node in walk(statement):
            match node:
                case form.Import(module=module):
                    parts = module.split(".")
                    if module.startswith(".") or parts[0] in own | _DRIVERS or "client" in parts[-1].casefold():
                        return True
                    if any("client" in item.name.casefold() or item.name in own for item in node.names):
                        return True
                case form.Call() if called_name(node) in _READING:
                    return True
                case _:
                    pass
    return False


def _tests(body: Iterable[form.Statement]) -> Iterator[form.Function]:
    for statement in body:
        match statement:
            case form.Def(function=function) if function.name.startswith("test"):
                yield function
            case form.Class(body=inner):
                yield from _tests(inner)
            case _:
                pass


def _fixtures(body: Iterable[form.Statement]) -> Iterator[str]:
    for statement in body:
        match statement:
            case form.Def(function=function, decorators=decorators) if any(_is_fixture(one) for one in decorators):
                yield function.name
            case form.Class(body=inner):
                yield from _fixtures(inner)
            case _:
                pass


def _is_fixture(decorator: form.Expression) -> bool:
    inner = decorator.callee if isinstance(decorator, form.Call) else decorator
    return isinstance(inner, form.Name | form.Member) and "fixture" in (
        inner.id if isinstance(inner, form.Name) else inner.name
    )


def _parametrized(body: Iterable[form.Statement], function: form.Function) -> set[str]:
    """The parameters that `@pytest.mark.parametrize` gives, as far as they are constant."""
    names: set[str] = set()
    for statement in body:
        for node in walk(statement):
            if isinstance(node, form.Def) and node.function is function:
                for one in node.decorators:
                    if isinstance(one, form.Call) and called_name(one) == "parametrize" and one.arguments:
                        texts = [node.value for node in walk(one.arguments[0].value) if isinstance(node, form.Literal)]
                        names |= {part.strip() for text in texts if isinstance(text, str) for part in text.split(",")}
    return names


def _parameters(function: form.Function) -> set[str]:
    return {one.target.id for one in function.parameters if isinstance(one.target, form.Name)}
