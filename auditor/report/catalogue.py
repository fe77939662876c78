"""The list of all rules in Markdown, as `rules/README.md` holds it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from auditor.rule import AREAS, Rule

_HEAD = """# Rules

What the auditor can find, by area. `auditor explain CODE` prints the page of a rule: what happens at run time, a bad
and a good example, and what the rule knowingly leaves out. The severity is that at high confidence; it falls one step
at medium confidence and to low at low.

This page is made from the rules: `pytest --update` rewrites it.
"""


def catalogue(rules: Iterable[Rule]) -> str:
    """One table per area, in the order of `AREAS`; rules by code. Ends with a newline."""
    areas = list(AREAS)
    ordered = sorted(rules, key=lambda rule: (areas.index(rule.code[:2]), rule.code))
    return "\n".join([_HEAD, *(_table(area, list(group)) for area, group in groupby(ordered, _area))])


def _area(rule: Rule) -> str:
    return rule.category


def _table(area: str, rules: list[Rule]) -> str:
    rows = [f"| {rule.code} | `{rule.name}` | {rule.severity} | {_cell(rule.summary)} |" for rule in rules]
    title = area[:1].upper() + area[1:]
    return "\n".join([f"## {title}", "", "| code | name | severity | what is wrong |", "|---|---|---|---|", *rows, ""])


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
