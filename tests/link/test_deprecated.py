"""Deprecated modules and symbols, and who imports them."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from own_project import facts_of

from auditor.link.deprecated import deprecated_imports
from auditor.link.modules.symbols import Symbols
from auditor.link.modules.typescript import typescript_modules
from auditor.model.graph import DeprecatedImport


def marks(files: Mapping[str, str]) -> tuple[DeprecatedImport, ...]:
    facts = facts_of(files)
    return deprecated_imports(facts, Symbols(facts, typescript_modules(facts, {})))


def shown(files: Mapping[str, str]) -> list[tuple[str, str, list[str]]]:
    """File and name of each mark with the places that import it."""
    return [
        (mark.location.file, mark.name, [f"{place.file}:{place.line}" for place in mark.importers])
        for mark in marks(files)
    ]


OLD = "/** @deprecated Use new. */\nexport const old = 1;\nexport const fine = 2;\n"
MODULE = "/**\n * Everything here is old.\n * @deprecated Use new.ts.\n */\n\nexport const a = 1;\n/** @deprecated */\n"
MODULE += "export const b = 2;\n"


WARNING = 'warnings.warn("old", DeprecationWarning)\n'
DOCUMENTED = 'def f():\n    """Old.\n\n    .. deprecated:: 2.0\n        Use g.\n    """\n'


@pytest.mark.parametrize(
    ("files", "wanted"),
    [
        ({"old.ts": OLD, "a.ts": "import { old } from './old';"}, [("old.ts", "old", ["a.ts:1"])]),
        ({"old.ts": OLD, "a.ts": "import { fine } from './old';"}, []),
        ({"old.ts": OLD}, []),
        (
            {"old.ts": MODULE, "a.ts": "\nimport { b } from './old';", "b.ts": "import type { a } from './old';"},
            [("old.ts", "", ["a.ts:2", "b.ts:1"])],
        ),
        (
            {"old.ts": OLD, "index.ts": "export * from './old';", "a.ts": "import { old } from './index';"},
            [("old.ts", "old", ["a.ts:1"])],
        ),
        (
            {"old.ts": MODULE, "index.ts": "export { a } from './old';", "a.ts": "import { a } from './index';"},
            [("old.ts", "", ["a.ts:1"])],
        ),
        ({"old.ts": MODULE, "index.ts": "export { a } from './old';"}, [("old.ts", "", ["index.ts:1"])]),
        (
            {"old.ts": "export class C {\n  /** @deprecated */\n  go() {}\n}\n", "a.ts": "import { C } from './old';"},
            [],
        ),
        (
            {"old.py": f"import warnings\n{WARNING}X = 1\n", "a.py": "from old import X"},
            [("old.py", "", ["a.py:1"])],
        ),
        (
            {"old.py": f"import warnings\ndef f():\n    {WARNING}", "a.py": "from old import f"},
            [],
        ),
        (
            {"old.py": 'import warnings\nwarnings.warn("slow", RuntimeWarning)\nX = 1\n', "a.py": "from old import X"},
            [],
        ),
        (
            {"old.py": '@deprecated("Use g.")\ndef f(): ...\ndef g(): ...\n', "a.py": "from old import f, g"},
            [("old.py", "f", ["a.py:1"])],
        ),
        (
            {"old.py": '@typing_extensions.deprecated("x")\nclass C: ...\n', "a.py": "from old import C"},
            [("old.py", "C", ["a.py:1"])],
        ),
        (
            {"old.py": DOCUMENTED, "a.py": "import old\nfrom old import f"},
            [("old.py", "f", ["a.py:2"])],
        ),
        (
            {
                "old/__init__.py": f"import warnings\n{WARNING}X = 1\n",
                "old/a.py": "from old import X",
                "b.py": "\nfrom old import X",
            },
            [("old/__init__.py", "", ["b.py:2"])],
        ),
        (
            {"old.py": '@app.get("/x", deprecated=True)\ndef f(): ...\n', "a.py": "from old import f"},
            [],
        ),
    ],
)  # fmt: skip
def test_importers(files: Mapping[str, str], wanted: list[tuple[str, str, list[str]]]) -> None:
    assert shown(files) == wanted


def test_messages_and_sides() -> None:
    files = {
        "old.ts": OLD,
        "a.ts": "import { old } from './old';",
        "old.py": DOCUMENTED + '@deprecated("Use h.")\ndef k(): ...\n',
        "a.py": "from old import f, k",
    }
    assert [(mark.name, mark.message, str(mark.side)) for mark in marks(files)] == [
        ("f", "Use g.", "backend"),
        ("k", "Use h.", "backend"),
        ("old", "Use new.", "frontend"),
    ]
