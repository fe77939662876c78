"""Whether two path segments are spellings of one word."""

from __future__ import annotations

import re

_SHARE = 3  # one slip per this many letters
_SLIPS = 2
_MARKS = re.compile(r"[-_.]")
_DIGITS = re.compile(r"\d+")
_PLURALS = (("ies", "y"), ("es", ""), ("s", ""))


def is_variant(one: str, other: str) -> bool:
    """Singular and plural, another case or word mark, or a slip of the pen.

    A slip keeps the first letter and all digits: `import` and `export`, `lock` and `unlock`, `v1` and
    `v2` are different words.
    """
    if one == other or not one or not other:
        return False
    if one[0].lower() not in other[:2].lower() and other[0].lower() not in one[:2].lower():
        return False
    left, right = _plain(one), _plain(other)
    if left == right or _is_plural(left, right) or _is_plural(right, left):
        return True
    if left[:1] != right[:1] and left[:2] != right[:2][::-1]:
        return False
    if _DIGITS.findall(left) != _DIGITS.findall(right):
        return False
    allowed = min(_SLIPS, max(len(left), len(right)) // _SHARE)
    return abs(len(left) - len(right)) <= allowed and distance(left, right) <= allowed


def distance(one: str, other: str) -> int:
    """How many insertions, deletions, replacements and swaps of neighbours lead from one text to the other."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        earlier, before, row = before, row, [i]
        for j, wanted in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
    return row[-1]


def _plain(text: str) -> str:
    return _MARKS.sub("", text).lower()


def _is_plural(many: str, one: str) -> bool:
    return any(many.endswith(end) and many[: -len(end)] + stem == one and one for end, stem in _PLURALS)
