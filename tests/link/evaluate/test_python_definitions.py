"""Functions, classes, settings and modules of Python, one table row per language feature."""

from __future__ import annotations

import pytest

from tests.link.evaluate.python_project import value_of

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
    "defaults see the module": ("p = '/a'\ndef f(a=p):\n    return a\np = '/b'\nx = f()", "/a"),
    "decorator that wraps": (
        "def d(f):\n    def w(*a):\n        return '/w' + f(*a)\n    return w\n@d\ndef g(a):\n    return a\nx = g('/a')",
        "/w/a",
    ),
    "decorator with arguments": (
        "def d(p):\n    def o(f):\n        def w():\n            return p + f()\n        return w\n    return o\n"
        "@d('/p')\ndef g():\n    return '/a'\nx = g()",
        "/p/a",
    ),
    "decorator with functools.wraps": (
        "import functools\ndef d(f):\n    @functools.wraps(f)\n    def w():\n        return '/w' + f()\n    return w\n"
        "@d\ndef g():\n    return '/a'\nx = g()",
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

_CLASSES = {
    "class attribute": ("class A:\n    p = '/a'\nx = A.p", "/a"),
    "attribute of an instance": ("class A:\n    p = '/a'\nx = A().p", "/a"),
    "attribute from another": ("class A:\n    p = '/a'\n    q = p + '/b'\nx = A.q", "/a/b"),
    "constructor": ("class A:\n    def __init__(self, p):\n        self.p = p\nx = A('/a').p", "/a"),
    "method": ("class A:\n    p = '/a'\n    def f(self, q):\n        return self.p + q\nx = A().f('/b')", "/a/b"),
    "inheritance": ("class A:\n    p = '/a'\nclass B(A):\n    pass\nx = B().p", "/a"),
    "override": (
        "class A:\n    p = '/a'\n    def f(self):\n        return self.p\nclass B(A):\n    p = '/b'\nx = B().f()",
        "/b",
    ),
    "super": (
        "class A:\n    def __init__(self, p):\n        self.p = p\nclass B(A):\n    def __init__(self):\n"
        "        super().__init__('/a')\nx = B().p",
        "/a",
    ),
    "super of a method": (
        "class A:\n    def f(self):\n        return '/a'\nclass B(A):\n    def f(self):\n        return super().f() + '/b'\nx = B().f()",
        "/a/b",
    ),
    "base by name": (
        "class A:\n    def __init__(self, p):\n        self.p = p\nclass B(A):\n    def __init__(self):\n"
        "        A.__init__(self, '/a')\nx = B().p",
        "/a",
    ),
    "cooperative super": (
        "class A:\n    def f(self):\n        return '/a'\nclass B(A):\n    def f(self):\n        return super().f() + '/b'\n"
        "class C(A):\n    def f(self):\n        return super().f() + '/c'\nclass D(B, C):\n    pass\nx = D().f()",
        "/a/c/b",
    ),
    "diamond": (
        "class A:\n    p = '/a'\nclass B(A):\n    pass\nclass C(A):\n    p = '/c'\nclass D(B, C):\n    pass\nx = D.p",
        "/c",
    ),
    "property": ("class A:\n    @property\n    def p(self):\n        return '/a'\nx = A().p", "/a"),
    "cached property": (
        "from functools import cached_property\nclass A:\n    @cached_property\n    def p(self):\n        return '/a'\nx = A().p",
        "/a",
    ),
    "classmethod": ("class A:\n    p = '/a'\n    @classmethod\n    def f(cls):\n        return cls.p\nx = A.f()", "/a"),
    "classmethod on an instance": (
        "class A:\n    p = '/a'\n    @classmethod\n    def f(cls, q):\n        return cls.p + q\nx = A().f('/b')",
        "/a/b",
    ),
    "classmethod of a subclass": (
        "class A:\n    p = '/a'\n    @classmethod\n    def f(cls):\n        return cls.p\nclass B(A):\n    p = '/b'\nx = B.f()",
        "/b",
    ),
    "classmethod as constructor": (
        "class A:\n    def __init__(self, p):\n        self.p = p\n    @classmethod\n    def make(cls):\n        return cls('/a')\nx = A.make().p",
        "/a",
    ),
    "staticmethod": ("class A:\n    @staticmethod\n    def f(a):\n        return '/' + a\nx = A.f('a')", "/a"),
    "staticmethod on an instance": (
        "class A:\n    @staticmethod\n    def f(a):\n        return '/' + a\nx = A().f('a')",
        "/a",
    ),
    "dataclass": (
        "from dataclasses import dataclass\n@dataclass\nclass A:\n    p: str\n    q: str = '/q'\nx = A('/p').p + A('/p').q",
        "/p/q",
    ),
    "dataclass by keyword": (
        "from dataclasses import dataclass\n@dataclass(frozen=True)\nclass A:\n    p: str\n    q: str = '/q'\nx = A(p='/p', q='/r').q",
        "/r",
    ),
    "dataclass factory": (
        "from dataclasses import dataclass, field\n@dataclass\nclass A:\n    p: list = field(default_factory=lambda: ['/a'])\nx = A().p[0]",
        "/a",
    ),
    "named tuple": (
        "from typing import NamedTuple\nclass A(NamedTuple):\n    p: str\n    q: str\nx = A('/p', '/q').q",
        "/q",
    ),
    "named tuple unpacked": (
        "from typing import NamedTuple\nclass A(NamedTuple):\n    p: str\n    q: str\na, x = A('/p', '/q')",
        "/q",
    ),
    "enum value": ("from enum import Enum\nclass E(Enum):\n    A = '/a'\nx = E.A.value", "/a"),
    "enum name": ("from enum import Enum\nclass E(Enum):\n    A = '/a'\nx = E.A.name", "A"),
    "str enum in an f-string": ("from enum import StrEnum\nclass E(StrEnum):\n    A = 'a'\nx = f'/{E.A}'", "/a"),
    "str enum automatic": (
        "from enum import StrEnum, auto\nclass E(StrEnum):\n    ABC = auto()\nx = f'/{E.ABC}'",
        "/abc",
    ),
    "str enum concatenated": ("from enum import Enum\nclass E(str, Enum):\n    A = 'a'\nx = '/' + E.A", "/a"),
    "enum by index": ("from enum import Enum\nclass E(Enum):\n    A = '/a'\nx = E['A'].value", "/a"),
    "enum by value": ("from enum import Enum\nclass E(Enum):\n    A = '/a'\nx = E('/a').name", "A"),
    "loop over an enum": (
        "from enum import Enum\nclass E(Enum):\n    A = '/a'\n    B = '/b'\nx = [e.value for e in E]",
        "[/a, /b]",
    ),
    "enum method": (
        "from enum import Enum\nclass E(Enum):\n    A = 'a'\n    def path(self):\n        return '/' + self.value\nx = E.A.path()",
        "/a",
    ),
    "enum compared": (
        "from enum import Enum\nclass E(Enum):\n    A = 'a'\n    B = 'b'\nx = '/a' if E.A == E.A else '/b'",
        "/a",
    ),
    "callable": ("class A:\n    def __call__(self, a):\n        return '/' + a\nx = A()('a')", "/a"),
    "item": ("class A:\n    def __getitem__(self, a):\n        return '/' + a\nx = A()['a']", "/a"),
    "printed": ("class A:\n    def __str__(self):\n        return '/a'\nx = f'{A()}/b'", "/a/b"),
    "name of a class": ("class Users: ...\nx = '/' + Users.__name__.lower()", "/users"),
    "name of the own class": (
        "class Users:\n    def f(self):\n        return type(self).__name__\nx = Users().f()",
        "Users",
    ),
    "getattr": ("class A:\n    p = '/a'\nx = getattr(A, 'p')", "/a"),
    "getattr with a default": ("class A: ...\nx = getattr(A, 'p', '/b')", "/b"),
    "class attribute set later": ("class A:\n    p = '/a'\nA.p = '/b'\nx = A().p", "/b"),
    "subclass hook": (
        "known = []\nclass A:\n    def __init_subclass__(cls, **kw):\n        known.append(cls.__name__)\nclass B(A): ...\nx = known",
        "[B]",
    ),
    "generic base": (
        "from typing import Generic, TypeVar\nT = TypeVar('T')\nclass A(Generic[T]):\n    p = '/a'\nclass B(A[int]): ...\nx = B.p",
        "/a",
    ),
    "context manager": (
        "class A:\n    def __enter__(self):\n        return '/a'\n    def __exit__(self, *a): ...\nwith A() as x:\n    pass",
        "/a",
    ),
    "abstract": (
        "from abc import ABC\nclass A(ABC):\n    def __init__(self):\n        self.p = self.path()\nclass B(A):\n    def path(self):\n        return '/b'\nx = B().p",
        "/b",
    ),
}

_SETTINGS = {
    "getenv without a value": ("import os\nx = os.getenv('A')", "?"),
    "getenv with a default": ("import os\nx = os.getenv('A', '/a')", "~/a"),
    "environ get": ("import os\nx = os.environ.get('A', '/a')", "~/a"),
    "environ from import": ("from os import environ\nx = environ.get('A', '/a')", "~/a"),
    "environ item": ("import os\nx = os.environ['A']", "?"),
    "env file": ("--- main.py\nimport os\nx = os.environ['A']\n--- .env\nA=/from-file\n", "~/from-file"),
    "getenv or": ("import os\nx = os.getenv('A') or '/a'", "/a"),
    "settings class": (
        "from pydantic_settings import BaseSettings\nclass S(BaseSettings):\n    P: str = '/a'\nx = S().P",
        "~/a",
    ),
    "settings joined": (
        "from pydantic_settings import BaseSettings\nclass S(BaseSettings):\n    P: str = '/a'\nx = f'{S().P}/b'",
        "~/a/b",
    ),
    "settings of a subclass": (
        "from pydantic import BaseSettings\nclass S(BaseSettings):\n    P: str = '/a'\nclass T(S):\n    Q: str = '/q'\nx = T().P",
        "~/a",
    ),
    "settings property": (
        "from pydantic_settings import BaseSettings\nclass S(BaseSettings):\n    P: str = '/a'\n    @property\n    def q(self):\n        return self.P + '/q'\nx = S().q",
        "~/a/q",
    ),
    "settings computed": (
        "from pydantic import computed_field\nfrom pydantic_settings import BaseSettings\nclass S(BaseSettings):\n    P: str = '/a'\n"
        "    @computed_field\n    @property\n    def q(self) -> str:\n        return self.P + '/q'\nx = S().q",
        "~/a/q",
    ),
    "settings field": (
        "from pydantic import Field\nfrom pydantic_settings import BaseSettings\nclass S(BaseSettings):\n    P: str = Field('/a', alias='Q')\nx = S().P",
        "~/a",
    ),
    "settings without a default": (
        "from pydantic_settings import BaseSettings\nclass S(BaseSettings):\n    P: str\nx = S().P",
        "?",
    ),
    "settings getter": (
        "from functools import lru_cache\nfrom pydantic_settings import BaseSettings\nclass S(BaseSettings):\n    P: str = '/a'\n"
        "@lru_cache\ndef get():\n    return S()\nx = get().P",
        "~/a",
    ),
    "settings nested": (
        "from pydantic import BaseModel\nfrom pydantic_settings import BaseSettings\nclass R(BaseModel):\n    prefix: str = '/a'\n"
        "class S(BaseSettings):\n    r: R = R()\nx = S().r.prefix",
        "~/a",
    ),
    "model nested": (
        "from pydantic import BaseModel\nclass R(BaseModel):\n    prefix: str = '/a'\nclass S(BaseModel):\n    r: R = R()\nx = S().r.prefix",
        "/a",
    ),
    "type checking": ("from typing import TYPE_CHECKING\nx = '/a'\nif TYPE_CHECKING:\n    x = '/b'", "/a"),
}

_MODULES = {
    "module attribute": ("--- main.py\nimport a\nx = a.p\n--- a.py\np = '/a'\n", "/a"),
    "module of a package": ("--- main.py\nimport p.a\nx = p.a.v\n--- p/__init__.py\n--- p/a.py\nv = '/a'\n", "/a"),
    "module under another name": (
        "--- main.py\nimport p.a as b\nx = b.v\n--- p/__init__.py\n--- p/a.py\nv = '/a'\n",
        "/a",
    ),
    "name": ("--- main.py\nfrom p.a import v as x\n--- p/__init__.py\n--- p/a.py\nv = '/a'\n", "/a"),
    "submodule": ("--- main.py\nfrom p import a\nx = a.v\n--- p/__init__.py\n--- p/a.py\nv = '/a'\n", "/a"),
    "relative": (
        "--- main.py\nfrom p.a import x\n--- p/__init__.py\n--- p/a.py\nfrom .b import v as x\n--- p/b.py\nv = '/b'\n",
        "/b",
    ),
    "relative above": (
        "--- main.py\nfrom p.q.a import x\n--- p/__init__.py\nv = '/p'\n--- p/q/__init__.py\n--- p/q/a.py\nfrom .. import v as x\n",
        "/p",
    ),
    "re-export": (
        "--- main.py\nfrom p import v as x\n--- p/__init__.py\nfrom .a import v\n--- p/a.py\nv = '/a'\n",
        "/a",
    ),
    "name of a submodule wins when bound": (
        "--- main.py\nfrom p import a as x\n--- p/__init__.py\nfrom .a import a\n--- p/a.py\na = '/a'\n",
        "/a",
    ),
    "module that imports itself from the package": (
        "--- main.py\nfrom p import a\nx = a.v\n--- p/__init__.py\nfrom . import a\n--- p/a.py\nv = '/a'\n",
        "/a",
    ),
    "cycle": (
        "--- main.py\nfrom a import x\n--- a.py\nfrom b import q\np = '/p'\nx = p + q\n--- b.py\nfrom a import p\nq = '/q'\ndef f():\n    return p\n",
        "/p/q",
    ),
    "cycle through a function": (
        "--- main.py\nfrom b import f\nx = f()\n--- a.py\nimport b\np = '/p'\n--- b.py\nimport a\ndef f():\n    return a.p\n",
        "/p",
    ),
    "star": ("--- main.py\nfrom a import *\nx = v\n--- a.py\nv = '/a'\n", "/a"),
    "star keeps private names": ("--- main.py\n_v = '/m'\nfrom a import *\nx = _v\n--- a.py\n_v = '/a'\n", "/m"),
    "star with __all__": (
        "--- main.py\nv = '/m'\nfrom a import *\nx = v\n--- a.py\n__all__ = ['w']\nv = '/a'\nw = 1\n",
        "/m",
    ),
    "star through a package": (
        "--- main.py\nfrom p import v as x\n--- p/__init__.py\nfrom .a import *\n--- p/a.py\nv = '/a'\n",
        "/a",
    ),
    "missing library": ("try:\n    import lib\n    x = '/lib'\nexcept ImportError:\n    x = '/none'", "/lib | /none"),
    "import in a function": (
        "--- main.py\ndef f():\n    from a import v\n    return v\nx = f()\n--- a.py\nv = '/a'\n",
        "/a",
    ),
    "import module by name": (
        "--- main.py\nimport importlib\nx = importlib.import_module('p.a').v\n--- p/__init__.py\n--- p/a.py\nv = '/a'\n",
        "/a",
    ),
    "import relative by name": (
        "--- main.py\nfrom p import x\n--- p/__init__.py\nfrom importlib import import_module\nx = import_module('.a', __name__).v\n--- p/a.py\nv = '/a'\n",
        "/a",
    ),
    "dunder import": (
        "--- main.py\nx = __import__('p.a', {}, {}, 'v').v\n--- p/__init__.py\n--- p/a.py\nv = '/a'\n",
        "/a",
    ),
    "getattr of a module": ("--- main.py\nimport a\nx = getattr(a, 'v')\n--- a.py\nv = '/a'\n", "/a"),
    "module set from outside": ("--- main.py\nimport a\na.v = '/b'\nx = a.v\n--- a.py\nv = '/a'\n", "/b"),
    "qualified name of a class": (
        "--- main.py\nfrom p.a import A\nx = f'{A.__module__}.{A.__name__}'\n--- p/__init__.py\n--- p/a.py\nclass A: ...\n",
        "p.a.A",
    ),
    "missing module of the project": ("--- main.py\nfrom p.gone import v as x\n--- p/__init__.py\n", "?"),
    "package without init": ("--- main.py\nfrom p.a import v as x\n--- p/a.py\nv = '/a'\n", "/a"),
    "below a source folder": (
        "--- main.py\nfrom p.a import v as x\n--- src/p/__init__.py\n--- src/p/a.py\nfrom p.b import v\n--- src/p/b.py\nv = '/b'\n",
        "/b",
    ),
}


@pytest.mark.parametrize(("source", "expected"), _FUNCTIONS.values(), ids=_FUNCTIONS)
def test_function(source: str, expected: str) -> None:
    assert value_of(source) == expected


@pytest.mark.parametrize(("source", "expected"), _CLASSES.values(), ids=_CLASSES)
def test_class(source: str, expected: str) -> None:
    assert value_of(source) == expected


@pytest.mark.parametrize(("source", "expected"), _SETTINGS.values(), ids=_SETTINGS)
def test_setting(source: str, expected: str) -> None:
    assert value_of(source) == expected


@pytest.mark.parametrize(("source", "expected"), _MODULES.values(), ids=_MODULES)
def test_module(source: str, expected: str) -> None:
    assert value_of(source) == expected
