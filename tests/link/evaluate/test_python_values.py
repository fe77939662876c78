"""Expressions and statements of Python, one table row per language feature."""

from __future__ import annotations

import pytest

from tests.link.evaluate.python_project import value_of

_TEXTS = {
    "constant": ("x = '/a'", "/a"),
    "implicit concatenation": ("x = '/a' '/b'", "/a/b"),
    "f-string": ("v = 1\nx = f'/api/v{v}'", "/api/v1"),
    "f-string with a format": ("v = 'a'\nx = f'/{v!s}/{v:s}'", "/a/a"),
    "f-string with a hole": ("import time\nx = f'/a/{time.time()}/b'", "/a/{}/b"),
    "addition": ("a = '/a'\nx = a + '/' + str(1)", "/a/1"),
    "augmented": ("x = '/a'\nx += '/b'", "/a/b"),
    "percent": ("x = '/%s/items' % 'a'", "/a/items"),
    "percent with a tuple": ("x = '/%s/%d' % ('a', 2)", "/a/2"),
    "percent with a dict": ("x = '/%(name)s' % {'name': 'a'}", "/a"),
    "percent sign": ("x = '%s%%' % 'a'", "a%"),
    "percent with a hole": ("import uuid\nx = '/a/%s/b' % uuid.uuid4()", "/a/{}/b"),
    "format": ("x = '/{}/{name}'.format('a', name='b')", "/a/b"),
    "format by number": ("x = '/{1}/{0}'.format('a', 'b')", "/b/a"),
    "format keeps doubled braces": ("x = '/{{id}}/{}'.format('a')", "/{id}/a"),
    "f-string keeps doubled braces": ("v = 'a'\nx = f'/{v}/{{id}}'", "/a/{id}"),
    "join": ("x = '/'.join(['a', 'b', 'c'])", "a/b/c"),
    "join of a generator": ("x = '/'.join(p for p in ('a', 'b'))", "a/b"),
    "strip": ("x = ' /a/ '.strip().strip('/')", "a"),
    "rstrip": ("x = '/a/'.rstrip('/')", "/a"),
    "replace": ("x = '/a-b'.replace('-', '_')", "/a_b"),
    "removeprefix": ("x = '/api/a'.removeprefix('/api')", "/a"),
    "removesuffix": ("x = '/a.json'.removesuffix('.json')", "/a"),
    "lower": ("x = 'ABC'.lower()", "abc"),
    "split and index": ("x = 'a.b.c'.split('.')[1]", "b"),
    "split with a limit": ("x = 'a.b.c'.split('.', 1)", "[a, b.c]"),
    "rsplit": ("x = 'a.b.c'.rsplit('.', 1)", "[a.b, c]"),
    "partition": ("x = 'a.b.c'.partition('.')[2]", "b.c"),
    "rpartition": ("x = 'a.b.c'.rpartition('.')[0]", "a.b"),
    "slice of text": ("x = '/api/a'[4:]", "/a"),
    "last letter": ("x = 'abc'[-1]", "c"),
    "repetition": ("x = 'ab' * 2", "abab"),
    "comparison": ("x = '/a' if 2 > 1 else '/b'", "/a"),
    "negation": ("x = '/a' if not False else '/b'", "/a"),
    "undecided": ("import os\nx = '/a' if os.path.exists('f') else '/b'", "/a | /b"),
    "or": ("x = '' or '/a'", "/a"),
    "and": ("x = '/a' and '/b'", "/b"),
    "empty list is false": ("x = '/a' if [] else '/b'", "/b"),
    "empty dict is false": ("x = '/a' if {} else '/b'", "/b"),
    "walrus": ("x = (y := '/a') + y", "/a/a"),
    "chained": ("x = y = '/a'", "/a"),
    "unpacking": ("a, (b, c) = '1', ('2', '3')\nx = a + b + c", "123"),
    "starred": ("a, *b = ['1', '2', '3']\nx = b", "[2, 3]"),
    "starred in the middle": ("a, *b, c = ['1', '2', '3', '4']\nx = c", "4"),
    "swap": ("a, b = '1', '2'\na, b = b, a\nx = a + b", "21"),
    "integer": ("x = f'/v{1 + 1}'", "/v2"),
    "annotated": ("x: str = '/a'", "/a"),
    "printed booleans": ("x = f'{True}-{None}'", "True-None"),
    "printed float": ("x = f'/v{1.0}'", "/v1.0"),
    "bytes": ("x = '/a' if b'' is None else '/b'", "/b"),
    "del": ("x = '/a'\ny = '/b'\ndel y", "/a"),
    "global": ("x = '/a'\ndef f():\n    global x\n    x = '/b'\nf()", "/b"),
    "nonlocal": (
        "def f():\n    y = '/a'\n    def g():\n        nonlocal y\n        y = '/b'\n    g()\n    return y\nx = f()",
        "/b",
    ),
    "match": ("v = 'b'\nmatch v:\n    case 'a':\n        x = '/a'\n    case _:\n        x = '/b'", "/a | /b"),
    "with": ("x = '/b'\nwith open('f') as f:\n    x = '/a'", "/a"),
    "while": ("x = '/a'\nwhile x == '/a':\n    x = '/b'\n    break", "/b"),
    "module name": ("x = __name__", "main"),
}

_COLLECTIONS = {
    "dict": ("x = {'a': '/a'}['a']", "/a"),
    "nested dict": ("x = {'a': {'b': '/c'}}['a']['b']", "/c"),
    "dict by number": ("x = {1: '/a'}[1]", "/a"),
    "dict entry set": ("d = {}\nd['a'] = '/a'\nx = d['a']", "/a"),
    "dict get": ("x = {'a': '/a'}.get('b', '/c')", "/c"),
    "dict setdefault": ("d = {}\nd.setdefault('a', '/a')\nx = d['a']", "/a"),
    "dict pop": ("d = {'a': '/a'}\nx = d.pop('a')", "/a"),
    "dict spread": ("x = {**{'a': '1'}, 'b': '2'}", "{a: 1, b: 2}"),
    "dict union": ("x = {'a': '1'} | {'b': '2'}", "{a: 1, b: 2}"),
    "dict call": ("x = dict(a='1', b='2')", "{a: 1, b: 2}"),
    "dict of pairs": ("x = dict([('a', '1'), ('b', '2')])", "{a: 1, b: 2}"),
    "dict update": ("x = {'a': '1'}\nx.update({'b': '2'}, c='3')", "{a: 1, b: 2, c: 3}"),
    "list item": ("x = ['/a', '/b'][1]", "/b"),
    "list from the end": ("x = ['/a', '/b'][-1]", "/b"),
    "list slice": ("x = ['a', 'b', 'c'][1:]", "[b, c]"),
    "list spread": ("x = ['a', *('b', 'c')]", "[a, b, c]"),
    "list sum": ("x = ['a'] + ['b']", "[a, b]"),
    "list append": ("x = []\nx.append('a')\nx += ['b']\nx.extend(('c',))", "[a, b, c]"),
    "list insert": ("x = ['b']\nx.insert(0, 'a')", "[a, b]"),
    "list item set": ("x = ['a', 'b']\nx[0] = 'c'", "[c, b]"),
    "list length": ("x = len(['a', 'b'])", "2"),
    "tuple unpacked in a loop": ("x = ''\nfor a, b in [('1', '2'), ('3', '4')]:\n    x += a + b", "1234"),
    "loop over a dict": ("x = ''\nfor k in {'a': 1, 'b': 2}:\n    x += k", "ab"),
    "loop over items": ("x = ''\nfor k, v in {'a': '1', 'b': '2'}.items():\n    x += k + v", "a1b2"),
    "loop with continue": (
        "x = ''\nfor a in 'a', 'b', 'c':\n    if a == 'b':\n        continue\n    x += a",
        "ac",
    ),
    "loop with break": ("x = ''\nfor a in 'a', 'b', 'c':\n    if a == 'b':\n        break\n    x += a", "a"),
    "loop over range": ("x = ''\nfor n in range(1, 4):\n    x += f'{n}'", "123"),
    "loop with else": ("x = 'a'\nfor n in ():\n    pass\nelse:\n    x = 'b'", "b"),
    "enumerate": ("x = ''\nfor n, a in enumerate(['a', 'b']):\n    x += f'{n}{a}'", "0a1b"),
    "enumerate from one": ("x = [n for n, a in enumerate(['a', 'b'], 1)]", "[1, 2]"),
    "zip": ("x = [a + b for a, b in zip('12'.split('x'), ['c'])]", "[12c]"),
    "reversed": ("x = list(reversed(['a', 'b']))", "[b, a]"),
    "sorted": ("x = sorted(['b', 'a'])", "[a, b]"),
    "sorted by key": ("x = sorted([('b', '1'), ('a', '2')], key=lambda p: p[0])", "[[a, 2], [b, 1]]"),
    "comprehension": ("x = [f'/{a}' for a in ('a', 'b') if a != 'b']", "[/a]"),
    "nested comprehension": (
        "x = [a + b for a in 'x', for b in 'y',]" if False else "x = [a + b for a in ['1', '2'] for b in ['3']]",
        "[13, 23]",
    ),
    "dict comprehension": ("x = {k: f'/{k}' for k in ['a', 'b']}", "{a: /a, b: /b}"),
    "map": ("x = list(map(lambda a: '/' + a, ['a', 'b']))", "[/a, /b]"),
    "filter": ("x = list(filter(lambda a: a != 'a', ['a', 'b']))", "[b]"),
    "unknown key": ("import os\nx = {'a': '/a', 'b': '/b'}[os.getenv('K')]", "/a | /b"),
    "membership": ("x = '/a' if 'b' in ['a', 'b'] else '/c'", "/a"),
    "chain": ("from itertools import chain\nx = list(chain(['a'], ['b']))", "[a, b]"),
    "list of an unknown": ("import sys\nx = [*sys.argv, 'a']", "[a, …]"),
    "next of a generator": ("x = next(a for a in ['a', 'b'] if a == 'b')", "b"),
    "any": ("x = '/a' if any(a == 'b' for a in ['a', 'b']) else '/b'", "/a"),
}


@pytest.mark.parametrize(("source", "expected"), _TEXTS.values(), ids=_TEXTS)
def test_value(source: str, expected: str) -> None:
    assert value_of(source) == expected


@pytest.mark.parametrize(("source", "expected"), _COLLECTIONS.values(), ids=_COLLECTIONS)
def test_collection(source: str, expected: str) -> None:
    assert value_of(source) == expected
