"""Is the version that a message says it is of compared with anything?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from auditor.link.channels.origins import Origins
from auditor.link.channels.values import Received
from auditor.link.channels.written import place_of, text_of
from auditor.link.evaluate.walk import called_name, walk
from auditor.model import form
from auditor.model.channel import Unchecked
from auditor.model.span import Location

_VERSIONS = frozenset(
    (
        "version",
        "v",
        "protocol_version",
        "protocolVersion",
        "schema_version",
        "schemaVersion",
        "api_version",
        "apiVersion",
    )
)
_TELLING = frozenset(("print", "debug", "info", "warning", "warn", "error", "exception", "critical", "log", "trace"))


def unchecked(origins: Origins) -> Mapping[str, tuple[Unchecked, ...]]:
    """The versions that the backend reads of what it receives, and only logs, by channel. One that is read in any
    other way is checked as far as can be told."""
    logged: dict[tuple[str, str], Location] = {}
    used: set[tuple[str, str]] = set()
    for scope, nodes in origins.index.inside.items():
        bound = {
            node.value: node.target.id
            for node in nodes
            if isinstance(node, form.Bind) and isinstance(node.target, form.Name)
        }
        for node in nodes:
            name = _read(node)
            if name not in _VERSIONS:
                continue
            keys = [
                one.key for one in origins.of(node, scope) if isinstance(one, Received) and one.path[-1:] == (name,)
            ]
            local = bound.get(node) if isinstance(node, form.Call | form.Index) else None
            quiet = keys and local is not None and scope.function is not None and _only_told(scope.function, local)
            for key in keys:
                if quiet:
                    logged.setdefault((key, name), place_of(node, scope))
                else:
                    used.add((key, name))
    found: dict[str, list[Unchecked]] = {}
    for (key, name), place in sorted(logged.items()):
        if (key, name) not in used:
            found.setdefault(key, []).append(Unchecked(name, place))
    return {key: tuple(several) for key, several in found.items()}


def _read(node: form.Node) -> str:
    """The key that `x.get("key")` or `x["key"]` takes."""
    match node:
        case form.Call(callee=form.Member(name="get"), arguments=(first, *_)):
            return text_of(first.value) or ""
        case form.Index(index=key):
            return text_of(key) or ""
        case _:
            return ""


def _only_told(function: form.Function, name: str) -> bool:
    """Whether a variable is only given to functions that write logs."""
    return all(_uses(statement, name) == _told(statement, name) for statement in function.body)


def _uses(node: form.Node, name: str) -> int:
    targets = {id(one.target) for one in walk(node) if isinstance(one, form.Bind)}
    return sum(isinstance(one, form.Name) and one.id == name and id(one) not in targets for one in walk(node))


def _told(node: form.Node, name: str) -> int:
    return sum(_uses(call, name) for call in _logs(node))


def _logs(node: form.Node) -> Iterator[form.Call]:
    for one in walk(node):
        if isinstance(one, form.Call) and called_name(one) in _TELLING:
            yield one
