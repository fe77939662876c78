"""YAML as plain values that know their line, for our own configuration and for other tools' files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

LARGEST_TREE = 20_000
"""Values. Aliases can make a small file stand for millions of them."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A value and the line it stands on (for a member of a mapping: the line of its key), from 1.

    Scalars are text as written; nothing at all is None.
    """

    line: int
    value: str | tuple[Setting, ...] | Settings | None


@dataclass(frozen=True, slots=True)
class Broken:
    """A text that is not well-formed: the line and what the parser says."""

    line: int
    message: str


Settings: TypeAlias = dict[str, Setting]


def parse_yaml(text: str) -> Setting | Broken:
    """The first document of `text`; merge keys (`<<`) are resolved, a key given twice is an error."""
    import yaml

    count = 0

    def convert(node: yaml.Node, depth: int) -> Setting:
        nonlocal count
        count += 1
        line = node.start_mark.line + 1
        if depth > 30 or count > LARGEST_TREE:
            raise yaml.MarkedYAMLError(problem="nested too deeply or too large", problem_mark=node.start_mark)
        if isinstance(node, yaml.SequenceNode):
            return Setting(line, tuple(convert(item, depth + 1) for item in node.value))
        if not isinstance(node, yaml.MappingNode):
            return Setting(line, None if node.tag.endswith(":null") else str(node.value))
        own: Settings = {}
        merged: Settings = {}
        for key, value in node.value:
            setting = convert(value, depth + 1)
            if key.tag.endswith(":merge"):
                bases = setting.value if isinstance(setting.value, tuple) else (setting,)
                for base in bases:
                    merged = {**(base.value if isinstance(base.value, dict) else {}), **merged}
                continue
            name = str(key.value)
            if name in own:
                raise yaml.MarkedYAMLError(problem=f"'{name}' is given twice", problem_mark=key.start_mark)
            own[name] = Setting(key.start_mark.line + 1, setting.value)
        return Setting(line, {**merged, **own})

    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        return Setting(1, None) if root is None else convert(root, 0)
    except yaml.MarkedYAMLError as error:
        return Broken(error.problem_mark.line + 1 if error.problem_mark else 1, error.problem or "broken YAML")
    except yaml.YAMLError as error:
        return Broken(1, " ".join(str(error).split()))
    except RecursionError:
        return Broken(1, "nested too deeply")
