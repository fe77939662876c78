"""Classes of Python, one table row per language feature."""

from __future__ import annotations

import pytest
from python_project import value_of

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
        "class A:\n    def f(self):\n        return '/a'\nclass B(A):\n    def f(self):\n"
        "        return super().f() + '/b'\nx = B().f()",
        "/a/b",
    ),
    "base by name": (
        "class A:\n    def __init__(self, p):\n        self.p = p\nclass B(A):\n    def __init__(self):\n"
        "        A.__init__(self, '/a')\nx = B().p",
        "/a",
    ),
    "cooperative super": (
        "class A:\n    def f(self):\n        return '/a'\nclass B(A):\n    def f(self):\n"
        "        return super().f() + '/b'\nclass C(A):\n    def f(self):\n        return super().f() + '/c'\n"
        "class D(B, C):\n    pass\nx = D().f()",
        "/a/c/b",
    ),
    "diamond": (
        "class A:\n    p = '/a'\nclass B(A):\n    pass\nclass C(A):\n    p = '/c'\nclass D(B, C):\n    pass\nx = D.p",
        "/c",
    ),
    "property": ("class A:\n    @property\n    def p(self):\n        return '/a'\nx = A().p", "/a"),
    "cached property": (
        "from functools import cached_property\nclass A:\n    @cached_property\n    def p(self):\n"
        "        return '/a'\nx = A().p",
        "/a",
    ),
    "classmethod": ("class A:\n    p = '/a'\n    @classmethod\n    def f(cls):\n        return cls.p\nx = A.f()", "/a"),
    "classmethod on an instance": (
        "class A:\n    p = '/a'\n    @classmethod\n    def f(cls, q):\n        return cls.p + q\nx = A().f('/b')",
        "/a/b",
    ),
    "classmethod of a subclass": (
        "class A:\n    p = '/a'\n    @classmethod\n    def f(cls):\n        return cls.p\nclass B(A):\n"
        "    p = '/b'\nx = B.f()",
        "/b",
    ),
    "classmethod as constructor": (
        "class A:\n    def __init__(self, p):\n        self.p = p\n    @classmethod\n    def make(cls):\n"
        "        return cls('/a')\nx = A.make().p",
        "/a",
    ),
    "staticmethod": ("class A:\n    @staticmethod\n    def f(a):\n        return '/' + a\nx = A.f('a')", "/a"),
    "staticmethod on an instance": (
        "class A:\n    @staticmethod\n    def f(a):\n        return '/' + a\nx = A().f('a')",
        "/a",
    ),
    "dataclass": (
        "from dataclasses import dataclass\n@dataclass\nclass A:\n    p: str\n    q: str = '/q'\n"
        "x = A('/p').p + A('/p').q",
        "/p/q",
    ),
    "dataclass by keyword": (
        "from dataclasses import dataclass\n@dataclass(frozen=True)\nclass A:\n    p: str\n    q: str = '/q'\n"
        "x = A(p='/p', q='/r').q",
        "/r",
    ),
    "dataclass factory": (
        "from dataclasses import dataclass, field\n@dataclass\nclass A:\n"
        "    p: list = field(default_factory=lambda: ['/a'])\nx = A().p[0]",
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
        "from enum import Enum\nclass E(Enum):\n    A = 'a'\n    def path(self):\n        return '/' + self.value\n"
        "x = E.A.path()",
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
        "known = []\nclass A:\n    def __init_subclass__(cls, **kw):\n        known.append(cls.__name__)\n"
        "class B(A): ...\nx = known",
        "[B]",
    ),
    "generic base": (
        "from typing import Generic, TypeVar\nT = TypeVar('T')\nclass A(Generic[T]):\n    p = '/a'\n"
        "class B(A[int]): ...\nx = B.p",
        "/a",
    ),
    "abstract": (
        "from abc import ABC\nclass A(ABC):\n    def __init__(self):\n        self.p = self.path()\nclass B(A):\n"
        "    def path(self):\n        return '/b'\nx = B().p",
        "/b",
    ),
}


@pytest.mark.parametrize(("source", "expected"), _CLASSES.values(), ids=_CLASSES)
def test_class(source: str, expected: str) -> None:
    assert value_of(source) == expected
