"""Do both Python readers, `ast` and LibCST, give the same neutral form?"""

from __future__ import annotations

import ast
import sysconfig
import warnings
from pathlib import Path

import msgspec
import pytest

from auditor.syntax.python_cst import read_with_libcst
from auditor.syntax.python_reading import Notes
from auditor.syntax.python_statements import lower_statement

_AUDITOR = Path(__file__).parents[2] / "auditor"
_STANDARD_LIBRARY = Path(sysconfig.get_path("stdlib"))
_SAMPLE_SIZE = 60
_LARGEST = 12_000  # bytes; LibCST takes some 5 ms for 1,000


def _modules() -> list[Path]:
    library = [path for path in sorted(_STANDARD_LIBRARY.glob("*.py")) if 1_000 < path.stat().st_size < _LARGEST]
    sample = library[:: max(len(library) // _SAMPLE_SIZE, 1)][:_SAMPLE_SIZE]
    return sorted(_AUDITOR.rglob("*.py")) + sample


def _encoded(tree: ast.Module | None) -> tuple[bytes, list[str]]:
    assert tree is not None
    notes = Notes()
    body = [statement for node in tree.body for statement in lower_statement(node, notes)]
    return msgspec.json.encode(body), sorted(notes.called)


def _assert_agreement(text: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tree = ast.parse(text)
    assert _encoded(read_with_libcst(text)) == _encoded(tree)


@pytest.mark.parametrize("path", _modules(), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_on_modules(path: Path) -> None:
    _assert_agreement(path.read_text(encoding="utf-8"))


SNIPPETS = [
    "",
    "# only a comment",
    "x = (1, 2), ((3)), [4,], {5: 6, **a}, {*b}, ()\n",
    "é = ﬁ.ﬁ\n",
    "x = a[b, (c), ], a[(b):(c)], a[::2], a[*b], a[(b, c)], a[b,]\n",
    "f((x for x in y), (yield))\nf(x for x in y)\nz = lambda: (x for x in y)\n",
    "x = 'a' '\\n'[0] if a else rb'\\x' b'\\x00y', ('a' # b\n  'c')\n",
    "x = f'a{b}' 'c' f'{d!r:>{e}}', f'{{{x}}}', rf'\\d{x}\\n', f'\\N{EN DASH}{x}', f'{ x = }'\n",
    "x = f'\\t\\'{x}\"', f'\\\\{x}', f'''\"{x}\n'\"''', f'\\{x}'\n",
    "x = '''a\r\nb'''\r\nif x:\r\n\ty()\r\n",
    "x = 1_000, 0xff, 1e3, 1j, ..., None, True, -1, 1e999, 123456789012345678901234567890\n",
    "x = a < b < c, not a, a and b or c and d, a or (b or c), a if b else c, (a := b), a @ b\n",
    "x = [a async for b in c if d for e in f], {a: b for c, *d in e}, {a for b in c}\n",
    "x = lambda a, /, b=1, *c, d, e=2, **f: a\nx = lambda *, a: a\n",
    "a = b.c = d[e], *f = g\na += 1; a @= 2\na: int\na.b: int = 1\n",
    "if a:\n  pass\nelif b: c(); d()\nelse:\n  e()\n",
    "for a, in b, c:\n  break\nelse:\n  continue\nwhile a: b()\nelse: c()\n",
    "with a as b, (c) as (d, e): pass\nwith (a as b, c): pass\n",
    "async def f():\n  async with a: await b\n  async for c in d: yield e\n",
    "try:\n  a()\nexcept (A, B) :\n  b()\nexcept C as e: c()\nelse:\n  d()\nfinally :\n  e()\n",
    "try: a()\nexcept* A as e: b()\n",
    "match a, b:\n  case 1 | -2 | 'x' | None: c\n  case [A(), *d] if e: f\n",
    "match a:\n  case {'g': h, **i} as j: k\n  case (l.m): n\n  case o: p\n",
    "import a.b.c, d as e\nfrom . import (f as g, h,)\nfrom ...i.j import *\n",
    "@a.b\n@c(d)\n# why\nclass E(F, *g, h=i, **j):\n  'Doc'\n  k = l = m()\n  n: o = p\n",
    "class A:\n  @q\n  async def r(self, *a: b) -> c: return *d, e\n",
    "def f():\n  global a; nonlocal b; del c; assert d, e; raise f from g\n\n\n# end",
]


@pytest.mark.parametrize("source", SNIPPETS)
def test_on_snippets(source: str) -> None:
    _assert_agreement(source)
