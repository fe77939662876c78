"""Containers of Python's library and classes that are dicts, one table row per feature."""

from __future__ import annotations

import pytest
from python_project import value_of

_CONTAINERS = {
    "defaultdict": (
        "from collections import defaultdict\nx = defaultdict(dict)\nx['a']['b'] = '1'\nx['c'].setdefault('d', '2')",
        "{a: {b: 1}, c: {d: 2}}",
    ),
    "defaultdict of lists": (
        "import collections\nx = collections.defaultdict(list, k='v')\nx['a'].append('/a')\nx['a'].append('/b')",
        "{k: v, a: [/a, /b]}",
    ),
    "OrderedDict": ("from collections import OrderedDict\nx = OrderedDict([('a', '1')])", "{a: 1}"),
    "namedtuple": (
        "from collections import namedtuple\nP = namedtuple('P', ['url', 'name'])\nQ = namedtuple('Q', 'url, name')\n"
        "p = P('/a', name='n')\nx = [p.url, isinstance(p, P), isinstance(p, Q), [n for _, n in [p]]]",
        "[/a, True, False, [n]]",
    ),
    "a class that is a dict": (
        "class R(dict): ...\nr = R(a='1')\nr['b'] = '2'\nx = [r['b'], r.get('a'), [k for k in r], list(r.items())]",
        "[2, 1, [a, b], [[a, 1], [b, 2]]]",
    ),
    "a registry that looks up by itself": (
        "class R(dict):\n    def __getitem__(self, key):\n        return super().__getitem__(key.lower())\n"
        "    def __setitem__(self, key, value):\n        super().__setitem__(key.lower(), value)\n"
        "r = R()\nr['A'] = '/a'\nx = r['A']",
        "/a",
    ),
    "types of values": ("x = [type('a') is str, type([]) is str, type({}) == dict]", "[True, False, True]"),
    "issubclass": (
        "from lib import C\nclass A: ...\nclass B(A): ...\nclass D(C): ...\n"
        "x = [issubclass(B, A), issubclass(A, B), issubclass(D, (A, C)), issubclass(D, A)]",
        "[True, False, True, ?]",
    ),
    "getattr of what may be several things": (
        "import os\nfrom lib import load\nc = load('a') if os.environ.get('X') else load('b')\nx = getattr(c, 'p', '')",
        "",
    ),
    "a method that goes on to other objects": (
        "class T:\n    def __init__(self, name, below=()):\n        self.name, self.below = name, below\n"
        "    def all(self):\n        return [self.name, *(name for one in self.below for name in one.all())]\n"
        "a = T('a')\nb = T('b', [a])\nx = T('c', [b]).all()",
        "[c, b, a]",
    ),
    "objects without end": (
        "class T:\n    def all(self):\n        return ['a', *T().all()]\nx = T().all()",
        "[a, a, …]",
    ),
}


@pytest.mark.parametrize(("source", "expected"), _CONTAINERS.values(), ids=_CONTAINERS)
def test_container(source: str, expected: str) -> None:
    assert value_of(source) == expected
