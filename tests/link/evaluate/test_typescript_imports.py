"""Values across modules: imports, exports, cycles, CommonJS; and modules that do not come to an end."""

from __future__ import annotations

import pytest
from frontend_project import exported

MODULES = [
    ("import { a } from './a'; export const x = a;", {"a.ts": "export const a = '/a';"}, "/a"),
    ("import { a as b } from './a'; export const x = b;", {"a.ts": "const c = '/a'; export { c as a };"}, "/a"),
    ("import a from './a'; export const x = a.b;", {"a.ts": "export default { b: '/b' };"}, "/b"),
    ("import * as a from './a'; export const x = a.b;", {"a.ts": "export const b = '/b';"}, "/b"),
    ("export { a as x } from './a';", {"a.ts": "export const a = '/a';"}, "/a"),
    ("export * as x from './a';", {"a.ts": "export const a = '/a';"}, "{}"),
    ("import { a } from './b'; export const x = a;", {"b/index.ts": "export * from './a';", "b/a.ts":
     "export const a = '/a';"}, "/a"),
    ("import { a } from './b'; export const x = a;", {"b.ts": "export { default as a } from './a';", "a.ts":
     "export default '/a';"}, "/a"),
    ("import { a } from './a'; export const p = '/p'; export const x = a();", {"a.ts":
     "import { p } from './main'; export const a = () => p;"}, "/p"),
    ("import { a } from './a'; export const x = a;", {"a.ts": "export * from './b';", "b.ts": "export * from './a';"},
     "{}"),
    ("const { a } = require('./a'); export const x = a;", {"a.js": "module.exports = { a: '/a' };"}, "/a"),
    ("const a = require('./a'); export const x = a.b;", {"a.js": "exports.b = '/b';"}, "/b"),
    ("import a from './a'; export const x = a.b;", {"a.js": "module.exports = { b: '/b' };"}, "/b"),
    ("export const x = (await import('./a')).a;", {"a.ts": "export const a = '/a';"}, "/a"),
    ("import { a } from '@/lib/a'; export const x = a;", {"lib/a.ts": "export const a = '/a';", "tsconfig.json":
     '{"compilerOptions": {"paths": {"@/*": ["./*"]}}}'}, "/a"),
    ("import { a } from './none'; export const x = a;", {}, "{}"),
    ("export const x = import.meta.env.VITE_API + '/a';", {".env": "VITE_API=/api"}, "/api/a"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "others", "expected"), MODULES)
def test_value_of_another_module(source: str, others: dict[str, str], expected: str) -> None:
    assert exported({"main.ts": source, **others}) == expected


@pytest.mark.parametrize(
    "source",
    [
        "const f = (n) => n ? f(n - 1) + f(n - 2) : ''; export const y = f(window.n); export const x = '/a';",
        "const o = {}; o.o = o; export const y = { ...o }; export const x = '/a';",
        "const a = () => b(); const b = () => a(); export const y = a(); export const x = '/a';",
        "class A extends A {} export const y = new A().b; export const x = '/a';",
        "export const y = " + "+".join(["'a'"] * 3000) + "; export const x = '/a';",
        "export const y = " + "(" * 200 + "1" + ")" * 200 + "; export const x = '/a';",
        "const f = () => f; export const y = f()()()(); export const x = '/a';",
    ],
)
def test_what_does_not_end_leaves_the_rest(source: str) -> None:
    assert exported(source) == "/a"


def test_a_module_that_takes_too_many_steps_keeps_what_was_there() -> None:
    source = "export const x = '/a';\nconst f = (n) => [1, 2, 3, 4, 5, 6, 7, 8, 9].map((i) => i + n);\n"
    many = "".join(f"const v{n} = f({n}).map(f).map(f);\n" for n in range(400))
    assert exported(source + many + "export const z = '/z';") == "/a"
