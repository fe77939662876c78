"""JSON and YAML documents as plain values whose objects know their line."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from json.scanner import py_make_scanner  # type: ignore[attr-defined]  # the type stubs lack it
from typing import Any

import yaml

from auditor.model.facts import Problem
from auditor.model.span import Span

LARGEST_TREE = 400_000
"""Values. Aliases can make a small YAML file stand for millions of them."""
_DEPTH = 200


class Located(dict[str, object]):
    """A JSON object. `line` is that of its key, from 1 (for one without a key: where it begins)."""

    line: int = 1


def read_tree(text: str, is_json: bool) -> object | Problem:
    """The value of a document: objects, lists, texts, numbers, truth values, None. YAML is read as version 1.2 means
    it, where dates and `no` are texts (https://yaml.org/spec/1.2.2/#103-core-schema). A text that is not well-formed
    is a problem with its place."""
    try:
        tree = _json(text) if is_json else yaml.load(text, Loader=_Loader)
    except json.JSONDecodeError as error:
        return _problem(error.lineno, f"not well-formed JSON: {error.msg}")
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        return _problem(line, f"not well-formed YAML: {' '.join((error.problem or 'it cannot be read').split())}")
    except (yaml.YAMLError, ValueError) as error:
        return _problem(1, f"not well-formed: {' '.join(str(error).split())}")
    except RecursionError:
        return _problem(1, "nested too deeply")
    return tree if _is_limited(tree) else _problem(1, "nested too deeply, or too large")


def _json(text: str) -> object:
    breaks = [found.start() for found in re.finditer("\n", text)]
    decoder: Any = json.JSONDecoder()  # the type stubs do not know its parts
    plain = decoder.parse_object

    def located(given: tuple[str, int], *rest: Any) -> tuple[Located, int]:
        value, end = plain(given, *rest)
        found = Located(value)
        found.line = bisect_right(breaks, given[1] - 1) + 1
        return found, end

    decoder.parse_object = located
    decoder.scan_once = py_make_scanner(decoder)  # the one that asks us
    found: object = decoder.decode(text)
    return found


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # the quick one is not everywhere
    """YAML's plain types, without those that version 1.2 dropped."""


_DROPPED = ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool", "tag:yaml.org,2002:value")
_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if tag not in _DROPPED]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile("^(true|True|TRUE|false|False|FALSE)$"), list("tTfF")
)


def _mapping(loader: Any, node: yaml.MappingNode) -> Located:
    loader.flatten_mapping(node)
    found = Located()
    found.line = node.start_mark.line + 1
    for key, value in node.value:
        made = loader.construct_object(value, deep=True)
        if isinstance(made, Located):
            made.line = key.start_mark.line + 1
        found[str(key.value)] = made
    return found


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)


def _is_limited(tree: object) -> bool:
    waiting, count = [(tree, 0)], 0
    while waiting:
        value, depth = waiting.pop()
        count += 1
        if count > LARGEST_TREE or depth > _DEPTH:
            return False
        inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        waiting += [(one, depth + 1) for one in inner]
    return True


def _problem(line: int, message: str) -> Problem:
    return Problem("bad-document", message, Span(line, 1, line, 1))
