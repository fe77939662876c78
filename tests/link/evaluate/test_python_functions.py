"""Functions of Python, one table row per language feature."""

from __future__ import annotations

import pytest
from python_project import value_of

_FUNCTIONS = {
    "default": ("def f(a, b='/b'):\n    return a + b\nx = f('/a')", "/a/b"),
    "keyword": ("def f(a, b):\n    return a + b\nx = f(b='1', a='2')", "21"),
    "keyword only": ("def f(*, a='1'):\n    return a\nx = f(a='2')", "2"),
    "rest": ("def f(*parts):\n    return '/'.join(parts)\nx = f('a', 'b')", "a/b"),
    "keywords": ("def f(**kw):\n    return kw['a']\nx = f(a='1')", "1"),
    "passed on": (
        "def g(a, b=''):\n    return a + b\ndef f(*a, **kw):\n    return g(*a, **kw)\nx = f('1', b='2')",
        "12",
    ),
    "closure": ("def f(a):\n    def g(b):\n        return a + b\n    return g\nx = f('1')('2')", "12"),
    "lambda": ("f = lambda a: '/' + a\nx = f('a')", "/a"),
    "early return": ("def f(a):\n    if a:\n        return '1'\n    return '2'\nx = f('') + f('a')", "21"),
    "tuple returned": ("def f():\n    return '1', '2'\na, x = f()", "2"),
    "generator": ("def f():\n    yield '1'\n    yield '2'\nx = list(f())", "[1, 2]"),
    "yield from": ("def f():\n    yield from ['1', '2']\nx = list(f())", "[1, 2]"),
    "recursion": ("def f(n):\n    return f(n)\nx = f(1)", "?"),
    "decorator that wraps": (
        "def d(f):\n    def w(*a):\n        return '/w' + f(*a)\n    return w\n@d\ndef g(a):\n    return a\n"
        "x = g('/a')",
        "/w/a",
    ),
    "decorator with arguments": (
        "def d(p):\n    def o(f):\n        def w():\n            return p + f()\n        return w\n    return o\n"
        "@d('/p')\ndef g():\n    return '/a'\nx = g()",
        "/p/a",
    ),
    "decorator with functools.wraps": (
        "import functools\ndef d(f):\n    @functools.wraps(f)\n    def w():\n        return '/w' + f()\n"
        "    return w\n@d\ndef g():\n    return '/a'\nx = g()",
        "/w/a",
    ),
    "unknown decorator": ("import lib\n@lib.d\ndef f():\n    return '/a'\nx = f()", "/a"),
    "lru_cache": ("from functools import lru_cache\n@lru_cache\ndef f():\n    return '/a'\nx = f()", "/a"),
    "lru_cache called": ("import functools\n@functools.lru_cache()\ndef f():\n    return '/a'\nx = f()", "/a"),
    "lru_cache with a size": (
        "from functools import lru_cache\n@lru_cache(maxsize=1)\ndef f():\n    return '/a'\nx = f()",
        "/a",
    ),
    "partial": ("from functools import partial\ndef f(a, b):\n    return a + b\nx = partial(f, '1')('2')", "12"),
    "partial keyword": (
        "from functools import partial\ndef f(a, b):\n    return a + b\nx = partial(f, b='1')('2')",
        "21",
    ),
    "attribute": ("def f(): ...\nf.path = '/a'\nx = f.path", "/a"),
    "name": ("def f(): ...\nx = '/' + f.__name__", "/f"),
    "unknown argument": ("import sys\ndef f(a):\n    return f'/a/{a}'\nx = f(sys.argv)", "/a/{}"),
    "async": (
        "async def f():\n    return '/a'\nasync def g():\n    return await f()\nimport asyncio\nx = asyncio.run(g())",
        "/a",
    ),
    "try": ("def f():\n    try:\n        return '/a'\n    except KeyError:\n        return '/b'\nx = f()", "/a | /b"),
}


@pytest.mark.parametrize(("source", "expected"), _FUNCTIONS.values(), ids=_FUNCTIONS)
def test_function(source: str, expected: str) -> None:
    assert value_of(source) == expected
