"""Imports of Python across modules, one table row per form."""

from __future__ import annotations

import pytest
from python_project import value_of

_MODULES = {
    "modules that a walk finds": (
        "--- main.py\nimport os\nfrom importlib import import_module\nx = []\n"
        "top = os.path.join(os.path.dirname(__file__), 'app')\n"
        "for root, _, files in os.walk(top):\n    for name in files:\n        if name.startswith('__'):\n"
        "            continue\n        within = os.path.relpath(os.path.join(root, name), top).replace(os.sep, '.')\n"
        "        x.append(import_module('app.' + within[:-3]).v)\n"
        "--- app/__init__.py\n--- app/a/one.py\nv = '/one'\n--- app/a/b/two.py\nv = '/two'\n"
        "--- app/three.py\nv = '/three'\n",
        "[/three, /one, /two]",
    ),
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
        "--- main.py\nfrom p.q.a import x\n--- p/__init__.py\nv = '/p'\n--- p/q/__init__.py\n--- p/q/a.py\n"
        "from .. import v as x\n",
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
        "--- main.py\nfrom a import x\n--- a.py\nfrom b import q\np = '/p'\nx = p + q\n--- b.py\nfrom a import p\n"
        "q = '/q'\ndef f():\n    return p\n",
        "/p/q",
    ),
    "cycle through a function": (
        "--- main.py\nfrom b import f\nx = f()\n--- a.py\nimport b\np = '/p'\n--- b.py\nimport a\ndef f():\n"
        "    return a.p\n",
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
    "missing library": ("try:\n    import lib\n    x = '/lib'\nexcept ImportError:\n    x = '/none'", "/none | /lib"),
    "import in a branch that leaves": (
        "--- main.py\nimport os\ndef f(flag):\n    if flag:\n        from a import v\n        return v\n    return 1\n"
        "f(os.environ.get('A'))\nimport a\nx = a.v\n--- a.py\nv = '/a'\n",
        "/a",
    ),
    "an iterator that gives itself": (
        "class Lines:\n    def __iter__(self):\n        return self\n    def __next__(self): ...\nx = '/a'\n"
        "for line in Lines():\n    x = '/b'\n",
        "/b",
    ),
    "import in a function": (
        "--- main.py\ndef f():\n    from a import v\n    return v\nx = f()\n--- a.py\nv = '/a'\n",
        "/a",
    ),
    "import module by name": (
        "--- main.py\nimport importlib\nx = importlib.import_module('p.a').v\n--- p/__init__.py\n--- p/a.py\n"
        "v = '/a'\n",
        "/a",
    ),
    "import relative by name": (
        "--- main.py\nfrom p import x\n--- p/__init__.py\nfrom importlib import import_module\n"
        "x = import_module('.a', __name__).v\n--- p/a.py\nv = '/a'\n",
        "/a",
    ),
    "dunder import": (
        "--- main.py\nx = __import__('p.a', {}, {}, 'v').v\n--- p/__init__.py\n--- p/a.py\nv = '/a'\n",
        "/a",
    ),
    "getattr of a module": ("--- main.py\nimport a\nx = getattr(a, 'v')\n--- a.py\nv = '/a'\n", "/a"),
    "module set from outside": ("--- main.py\nimport a\na.v = '/b'\nx = a.v\n--- a.py\nv = '/a'\n", "/b"),
    "qualified name of a class": (
        "--- main.py\nfrom p.a import A\nx = f'{A.__module__}.{A.__name__}'\n--- p/__init__.py\n--- p/a.py\n"
        "class A: ...\n",
        "p.a.A",
    ),
    "missing module of the project": ("--- main.py\nfrom p.gone import v as x\n--- p/__init__.py\n", "?"),
    "package without init": ("--- main.py\nfrom p.a import v as x\n--- p/a.py\nv = '/a'\n", "/a"),
    "below a source folder": (
        "--- main.py\nfrom p.a import v as x\n--- src/p/__init__.py\n--- src/p/a.py\nfrom p.b import v\n"
        "--- src/p/b.py\nv = '/b'\n",
        "/b",
    ),
}


@pytest.mark.parametrize(("source", "expected"), _MODULES.values(), ids=_MODULES)
def test_module(source: str, expected: str) -> None:
    assert value_of(source) == expected
