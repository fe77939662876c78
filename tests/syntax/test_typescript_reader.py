"""Does the TypeScript reader say what the source says?"""

from __future__ import annotations

import msgspec
import pytest
from form_text import rendered
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.model.facts import Comment, Deprecation, Dialect, FileFacts
from auditor.model.form import Bind, Call, Do, Literal, Member, Node
from auditor.model.span import Span
from auditor.syntax.typescript import read_typescript


def read(source: str, dialect: Dialect = Dialect.TYPESCRIPT) -> FileFacts:
    facts = read_typescript(source.encode(), dialect)
    encoded = msgspec.msgpack.encode(facts)
    assert msgspec.msgpack.encode(msgspec.msgpack.decode(encoded, type=FileFacts)) == encoded
    return facts


def codes(facts: FileFacts) -> list[str]:
    return [problem.code for problem in facts.problems]


EXPRESSIONS = [
    # literals
    (r"'a\n\x41\u0042\u{43}\q\'\0'", r'"a\nABCq' + "'" + r'\u0000"'),
    ('"one\\\ntwo"', '"onetwo"'),
    (r'"\ud83d\ude00 \ud800"', '"😀 \ufffd"'),
    ("[1, 1.5, .5, 1_000, 0x10, 0b11, 0o17, 017, 10n]", "[1, 1.5, 0.5, 1000, 16, 3, 15, 15, 10]"),
    ("[2 ** 3, 123456789012345678901n]", "[(2 ** 3), 1.2345678901234568e+20]"),
    ("[true, false, null, undefined]", "[true, false, null, undefined]"),
    (r"/a\/b/gi", r"/a\/b/gi"),
    ("`plain\\t`", '"plain\\t"'),
    ("``", '""'),
    ("`/users/${id}/posts`", "`/users/${id}/posts`"),
    ("gql`query`", "gql`query`"),
    ("db.sql`a ${b}`", "db.sql`a ${b}`"),
    # what vanishes
    ("((a))", "a"),
    ("a!.b?.c?.[d]?.(e)", "a.b.c[d](e)"),
    ("await a.b()", "a.b()"),
    ('a["b"]', 'a["b"]'),
    # calls
    ("f(a, ...b)", "f(a, ...b)"),
    ("new Foo", "new Foo()"),
    ("new a.B<T>(1)", "new a.B<T>(1)"),
    ("import('./x')", 'import("./x")'),
    ("require('x')", 'require("x")'),
    ("super.m()", "super.m()"),
    ("import.meta.env.VITE_X", "import.meta.env.VITE_X"),
    # the grammar puts operators before a generic call into its callee
    ('await api.get<User>("/x")', 'api.get<User>("/x")'),
    ("await (x as Y).get<T>(1)", "(x as Y).get<T>(1)"),
    ("await a.b<T>(x).c<U>(y)", "a.b<T>(x).c<U>(y)"),
    ("(await f<T>(x)).data", "f<T>(x).data"),
    ("!f<T>(x)", "(not f<T>(x))"),
    ("a + f<T>(x)", "(a + f<T>(x))"),
    # operators
    ("a === b && c !== d || !e", "(((a == b) and (c != d)) or (not e))"),
    ("a ?? b ?? c", "((a ?? b) ?? c)"),
    ("a - (b - c)", "(a - (b - c))"),
    ("a ? b : c", "(a ? b : c)"),
    ("typeof a", "(typeof a)"),
    ("a instanceof B", "(a instanceof B)"),
    ("f(a = b, c += d, e++)", "f((a = b), (c += d), <update e>)"),
    ("f((a, b, c))", "f(<sequence a, b, c>)"),
    ("a as B", "(a as B)"),
    ("<B>a", "(a as B)"),
    ("a satisfies B", "(a as B)"),
    ("[a] as const", "([a] as const)"),
    # functions
    ("x => x", "(x) => {return x}"),
    ("async ({a}: P, b = 1, ...c) => { d }", 'async ({"a": a}: P, b = 1, ...c) => {d}'),
    ("f(function* g<T>(this: X, a?: T): U { yield a })", "f(*g<T>(a?: T): U {<yield a>})"),
    # objects
    ("f({a, 'b-c': 1, 2: d, [e]: f, ...g})", 'f({"a": a, "b-c": 1, 2: d, e: f, ...g})'),
    ("f({async m() {}, get x() { return 1 }, set x(v) {}})",
     'f({"m": async m() {}, get "x": x() {return 1}, set "x": x(v) {}})'),
    ("[a, , ...b]", "[a, ...b]"),
    ("(class extends A {})", "class  extends A {}"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "expected"), EXPRESSIONS)
def test_expressions(source: str, expected: str) -> None:
    facts = read(source)
    assert facts.problems == ()
    # A text by itself is a directive, so it stands as a value here.
    assert rendered(read(f"x = {source}").body) == f"assign x = {expected}"


STATEMENTS = [
    ("const a: T = 1, b = 2", "const a: T = 1; const b = 2"),
    ("let a; var b", "let a; var b"),
    ("const {a, b: c = 1, d = 2, [e]: f, ...g} = x",
     'const {"a": a, "b": c = 1, "d": d = 2, e: f, ...g} = x'),
    ("const [a, , b = 1, [c], ...d] = x", "const [a, -, b = 1, [c], ...d] = x"),
    ("a.b = c; a += 1; a ||= b; a = b = c", "assign a.b = c; assign a += 1; assign a or= b; assign a = (b = c)"),
    ("({a, b = 1} = c); [a.b] = c", 'assign {"a": a, "b": b = 1} = c; assign [a.b] = c'),
    ("(x as any).y = 1", "assign (x as any).y = 1"),
    ("a(), b()", "a(); b()"),
    ("function f(a: A): B { return }", "def f(a: A): B {return}"),
    ("async function* f() {}", "def async *f() {}"),
    ("function f(a: A): B; function f(a: any) {} declare function g(): void", "def f(a: any) {}"),
    ("if (a) b(); else if (c) { d() } else e()", "if a {b()} else {if c {d()} else {e()}}"),
    ("for (const [a, b] of c) d()", "for [a, b] of c {d()}"),
    ("for await (const a of b) {}", "for a of b {}"),
    ("for (const a in b) {}", "for a in b {}"),
    ("for (let i = 0, n = 2; i < n; i++) { f(i) }", "let i = 0; let n = 2; if (i < n) {f(i); <update i>}"),
    ("for (;;) { a() }", "if ? {a()}"),
    ("while (a) { b() }", "if a {b()}"),
    ("do { a() } while (b)", "if ? {a(); b}"),
    ("switch (a) { case 1: case 2: b(); break; case 3: { c(); break } default: d() }",
     "if ((a == 1) or (a == 2)) {b()} else {if (a == 3) {c()} else {d()}}"),
    ("switch (a) { case 1: break; case 2: b() }", "if (a == 1) {{}} else {if (a == 2) {b()}}"),
    ("try { a() } catch ({b}) { c() } finally { d() }", 'try{a()}; if ? {let {"b": b} = <caught>; c()}; finally{d()}'),
    ("try { a() } catch { }", "try{a()}; if ? {}"),
    ("throw new E('x')", 'throw new E("x")'),
    ("a: for (const b of c) { continue a }", "for b of c {continue}"),
    ("{ a() } debugger; ;", "{a()}"),
    ("enum A { B, C = 1, 'd-e' = 'f' }", 'enum A {B, C = 1, d-e = "f"}'),
    # modules
    ("import a, {b as c, type D} from 'm'", "import type m (D as D); import m (default as a, b as c)"),
    ("import * as a from 'm'; import 'n'; import type {T} from 't'",
     "import m (module as a); import n (); import type t (T as T)"),
    ("import a = require('m'); import b = A.B", "import m (default as a); const b = A.B"),
    ("export const {a, b: [c]} = d", 'const {"a": a, "b": [c]} = d; export (a as a, c as c)'),
    ("export function f() {} export enum E {} export type T = A; export interface I {}",
     "def f() {}; export (f as f); enum E {}; export (E as E); type T = A; export (T as T); "
     "interface I = {}; export (I as I)"),
    ("export default function f() {}", "def f() {}; export (f as default)"),
    ("export default function () {}", "const default = () {}; export (default as default)"),
    ("export default class {}", "const default = class  {}; export (default as default)"),
    ("export default a.b", "const default = a.b; export (default as default)"),
    ("export = a", "const default = a; export (default as default)"),
    ("export {a, b as default}; export {c as d} from 'm'", "export (a as a, b as default); export (c as d) from m"),
    ("export * from 'm'; export * as n from 'm'", "export (* as ) from m; export (module as n) from m"),
    ("export type {A} from 'm'", "export type (A as A) from m"),
    ("declare const a: A; declare global { interface Window { b: B } }", "const a: A; {interface Window = {b: B}}"),
    ("export namespace A { export const b = 1 }", "{const b = 1}"),
    # classes
    ("@A @B(1) export abstract class C<T> extends D<T> implements E {}; class F extends g(H) {}",
     "@A @B(1) abstract class C<T> extends D<T> {}; export (C as C); class F extends g(H) {}"),
    ("class A { b = 1; static c?: C; @D() private readonly e!: E; #f = 2; ['g'] = 3 }",
     "class A {b = 1; static c?: C; @D() e: E; #f = 2; g = 3}"),
    ("class A { constructor(private readonly b: B, @C() readonly d?: D, e = 1) { super() } }",
     "class A {def constructor constructor(this.b: B, @C() this.d?: D, e = 1) {super()}}"),
    ("class A { @B('x') async c<T>(d: T): Promise<T> {} static e() {} get f() { return 1 } set f(v) {} *g() {} }",
     'class A {@B("x") def async c<T>(d: T): Promise<T> {}; def static e() {}; '
     "def get f() {return 1}; def set f(v) {}; def *g() {}}"),
    ("abstract class A { abstract b(c: C): D; e(): F; e() {} static { g() } [k: string]: any }",
     "abstract class A {def abstract b(c: C): D {}; def e() {}; {g()}}"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "expected"), STATEMENTS)
def test_statements(source: str, expected: str) -> None:
    facts = read(source)
    assert rendered(facts.body) == expected
    assert facts.problems == ()


TYPES = [
    ("string | number | null | undefined", "(((string | number) | null) | undefined)"),
    ("| 'a' | -1 | true", '(("a" | -1) | true)'),
    ("A & B | C", "((A & B) | C)"),
    ("string[]", "Array<string>"),
    ("readonly string[]", "Array<string>"),
    ("Promise<Map<string, A.B>>", "Promise<Map<string, A.B>>"),
    ("[a: A, b?: B, ...c: C[]]", "(A, (B | undefined), ...Array<C>)"),
    ("[A, B?, ...C[]]", "(A, (B | undefined), ...Array<C>)"),
    ("{a: A; readonly b?: B; 'c-d': C; [k: string]: D; e?(f: F): G; get h(): H; i}",
     "{a: A; b?: B; c-d: C; [string]: D; e?: <function-type F, G>; h: H; i: any}"),
    ("{(a: A): B; new (a: A): B}", "{(): <function-type A, B>; new(): <constructor-type A, B>}"),
    ("(a: A, b) => B", "<function-type A, any, B>"),
    ("(a: any) => a is A", "<function-type any, boolean>"),
    ("new () => A", "<constructor-type A>"),
    ("keyof typeof a.b", "(keyof (typeof a.b))"),
    ("A['b'][number]", 'A["b"][number]'),
    ("`a${string}`", "`a${string}`"),
    ("A extends (infer B)[] ? B : never", "<conditional-type A, Array<<infer B>>, B, never>"),
    ("{[K in keyof T]?: T[K]}", "<mapped-type (keyof T), T[K]>"),
    ("typeof import('./x')", '(typeof import("./x"))'),
    ("unique symbol", "unique symbol"),
    ("(this)", "this"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "expected"), TYPES)
def test_types(source: str, expected: str) -> None:
    facts = read(f"type X<T extends U = V> = {source}")
    assert rendered(facts.body) == f"type X<T> = {expected}"
    assert facts.problems == ()


def test_interfaces_extend_and_functions_may_assert() -> None:
    facts = read("interface A<T> extends B<T>, C.D { e: T } function f(a): asserts a is B {}")
    assert rendered(facts.body) == "interface A<T> extends B<T>, C.D = {e: T}; def f(a): void {}"


JSX = [
    ("<A.B c='d &amp; \\n' e f={1} {...g} h-i:j={k}>text {l} {/* m */}<n/>{...o}</A.B>",
     '<jsx:A.B {"c": "d & \\\\n", "e": true, "f": 1, ...g, "h-i:j": k}, l, <jsx:n {}>, ...o>'),
    ("<><a/></>", "<jsx: {}, <jsx:a {}>>"),
    ("<A<string> b={<c/>} />", '<jsx:A {"b": <jsx:c {}>}>'),
    ("<A>{b && <c/>}</A>", "<jsx:A {}, (b and <jsx:c {}>)>"),
    ("<p t='a?b=1&c=2'>Terms & Conditions</p>", '<jsx:p {"t": "a?b=1&c=2"}>'),
]  # fmt: skip


@pytest.mark.parametrize(("source", "expected"), JSX)
def test_jsx(source: str, expected: str) -> None:
    facts = read(f"x = {source}", Dialect.TSX)
    assert rendered(facts.body) == f"assign x = {expected}"
    assert facts.problems == ()


def test_ampersands_keep_their_meaning_beside_one_in_jsx_text() -> None:
    source = "type A = B | C & D; x = a & b; x &= 1; s = '&'; <p>a & b</p>"
    facts = read(source, Dialect.TSX)
    assert facts.problems == ()
    assert rendered(facts.body) == (
        'type A = (B | (C & D)); assign x = (a & b); assign x &= 1; assign s = "&"; <jsx:p {}>'
    )


def test_the_other_grammar_is_tried_after_errors() -> None:
    assert rendered(read("const a = <A>b.c", Dialect.TSX).body) == "const a = (b.c as A)"
    assert rendered(read("const a = <b/>", Dialect.TYPESCRIPT).body) == "const a = <jsx:b {}>"


def test_a_call_stands_at_the_name_of_its_member() -> None:
    facts = read('const a = api\n  // note\n  .users("ü")\n  .get<T>(\n    b,\n  );\nf(1)(2)')
    bind, effect = facts.body
    assert isinstance(bind, Bind)
    assert isinstance(effect, Do)
    outer = bind.value
    assert isinstance(outer, Call)
    assert outer.span == Span(4, 4, 6, 4)
    assert isinstance(outer.callee, Member)
    assert outer.callee.span == Span(4, 4, 4, 7)
    users = outer.callee.object
    assert isinstance(users, Call)
    # Columns count bytes.
    assert users.span == Span(3, 4, 3, 15)
    assert isinstance(effect.value, Call)
    assert effect.value.span == Span(7, 1, 7, 8)


def test_called_names() -> None:
    facts = read("useSWR(a); await api.get<T>(); new Foo(); gql`x`; a['b'](); f()(); a = {g() {}}; (() => 1)()")
    assert facts.called == ("Foo", "b", "f", "get", "gql", "useSWR")


def test_directives_are_no_statements() -> None:
    facts = read("// note\n'use client';\n\"use strict\"\na()\n'late'")
    assert facts.directives == ("use client", "use strict")
    assert rendered(facts.body) == 'a(); "late"'


def test_docs_of_classes_and_functions() -> None:
    facts = read("/** One.\n * Two. */\nexport class A {\n  /** Three. */\n  b() {}\n}\n/** Four. */\nfunction c() {}")
    docs = [value for value in _strings(facts.body) if value.endswith(".") or "\n" in value]
    assert docs == ["Three.", "One.\nTwo.", "Four."]


def _strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, Node):
        return [text for item in msgspec.structs.astuple(value) for text in _strings(item)]
    return [text for item in value for text in _strings(item)] if isinstance(value, tuple) else []


def test_comments_to_the_auditor() -> None:
    source = "a() // auditor: ignore[EP101] reason\n/* auditor: b */ x = <p>{/* auditor: c */}</p>\n// not auditor: d"
    assert read(source, Dialect.TSX).comments == (
        Comment("auditor: ignore[EP101] reason", Span(1, 5, 1, 37)),
        Comment("auditor: b", Span(2, 1, 2, 17)),
        Comment("auditor: c", Span(2, 26, 2, 42)),
    )


DEPRECATIONS = [
    ("/** @deprecated use b */\nexport const a = 1", ["a: use b"]),
    ("/**\n * Text.\n * @deprecated since 2,\n *   use b\n * @see b\n */\nfunction a() {}", ["a: since 2, use b"]),
    ("/** @deprecated */ class A {\n  /** @deprecated x */\n  @B() c() {}\n  /** @deprecated y */ d = 1\n}",
     ["A: ", "A.c: x", "A.d: y"]),
    ("interface A {\n  /** @deprecated x */\n  b: C\n}\nenum D {\n  /** @deprecated y */ E, F }", ["A.b: x", "D.E: y"]),
    ("const a = {\n  /** @deprecated x */\n  b() {},\n  c: {\n /** @deprecated y */ d: 1 } }", ["a.b: x", "a.c.d: y"]),
    ("/** @deprecated x */\n\nconst a = 1", [": x"]),
    ("/** @deprecated x */\nimport a from 'b'", [": x"]),
    ("/** @deprecated x */\n// note\nconst a = 1", [": x"]),
    ("a()\n/** @deprecated x */\nexport default () => 1", ["default: x"]),
    ("// @deprecated\nconst a = 1\n/* @deprecated */\nconst b = 1", []),
    ("a()\n/** @deprecated x */\nb()", []),
]  # fmt: skip


@pytest.mark.parametrize(("source", "expected"), DEPRECATIONS)
def test_deprecations(source: str, expected: list[str]) -> None:
    assert [f"{mark.name}: {mark.message}" for mark in read(source).deprecations] == expected


def test_a_deprecation_stands_at_its_comment() -> None:
    assert read("a()\n  /** @deprecated b */\nclass C {}").deprecations == (Deprecation("C", "b", Span(2, 3, 2, 23)),)


GENERATED = [
    ("// Code generated by protoc. DO NOT EDIT.\na()", True),
    ("/* eslint-disable */\n/**\n * @generated\n */\na()", True),
    ("'use client'\n// This file is auto-generated by a tool\na()", True),
    ("/* generated using a tool */", True),
    ("/** This file was generated from the models. */", True),
    ("// The element generated by the library\na()", False),
    ("a()\n// DO NOT EDIT", False),
    ("a('do not edit')", False),
    ("//" + " " * 3000 + "\n// DO NOT EDIT", False),
]


@pytest.mark.parametrize(("source", "expected"), GENERATED)
def test_generated(source: str, expected: bool) -> None:
    assert read(source).generated is expected


RECOVERY = [
    ("const a = 1;\nconst = = 2;\nfetch('/x');", 'const a = 1; 2; fetch("/x")', "partly-read", 2),
    ("function a() {\n  b()\n", "def a() {b()}", "partly-read", 2),
    (")))", "", "syntax-error", 1),
]


@pytest.mark.parametrize(("source", "expected", "code", "line"), RECOVERY)
def test_recovery(source: str, expected: str, code: str, line: int) -> None:
    facts = read(source)
    assert rendered(facts.body) == expected
    assert [(problem.code, problem.span.start_line) for problem in facts.problems] == [(code, line)]


def test_lines_and_byte_order_mark_and_carriage_returns() -> None:
    facts = read("\ufeffconst a = `x\r\ny`;\r\nb()")
    assert rendered(facts.body) == 'const a = "x\\ny"; b()'
    assert facts.lines == 3
    assert isinstance(facts.body[0], Bind)
    assert facts.body[0].span == Span(1, 7, 2, 3)
    assert [read(source).lines for source in ("", "a", "a\n", "a\n\n")] == [0, 1, 1, 2]


def test_what_is_not_utf8_is_replaced() -> None:
    facts = read_typescript(b'const a = "\xe9t\xe9"; b()', Dialect.TYPESCRIPT)
    assert rendered(facts.body) == 'const a = "\ufffdt\ufffd"; b()'
    assert codes(facts) == ["not-utf8"]
    assert isinstance(facts.body[1], Do)
    assert isinstance(facts.body[1].value, Call)
    assert facts.body[1].value.span == Span(1, 18, 1, 21)


HOSTILE = [
    ("a = " + "(" * 2000 + "x" + ")" * 2000, []),
    ("a = `" + "${x}" * 500 + "`", []),
    ("a = " + " + ".join(["x"] * 2000), []),
    ("type A = " + " | ".join(f'"{number}"' for number in range(5000)), []),
    ("switch (a) { " + "case 1: " * 2000 + "b() }", []),
    ("a = " + "[" * 2000 + "]" * 2000, ["partly-read"]),
    ("a = " + "{b: " * 2000 + "1" + "}" * 2000, ["partly-read"]),
    ("a = " + "b => " * 2000 + "1", ["partly-read"]),
    ("a = b" + ".c()" * 2000, ["partly-read"]),
    ("a = b" + " + c - d" * 2000, ["partly-read"]),
    ("a = " + "<b c={" * 2000 + "1" + "}/>" * 2000, ["partly-read"]),
    ("if (a) {} " + "else if (b) {} " * 2000, ["partly-read"]),
    ("type A = " + "B<" * 2000 + "C" + ">" * 2000, ["partly-read"]),
    ("const " + "[ " * 2000 + "a" + "]" * 2000 + " = b", ["partly-read"]),
    ("{" * 5000, ["syntax-error"]),
    # The parser never comes to an end here by itself.
    ("class<)c/*{L[k:g]:y;c t", ["syntax-error"]),
]


@pytest.mark.parametrize(("source", "expected"), HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_sources(source: str, expected: list[str]) -> None:
    assert codes(read(source, Dialect.TSX)) == expected


_WORDS = """
    a B 1 'c' `d${ } { ( ) [ ] < > , ; : . ? ... = => == + & | @ class function const import export type interface enum
    switch case for of in if else return await async new as typeof keyof extends static get /* // */ / </ />
"""
_TOKENS = ("\n", *_WORDS.split())


@settings(derandomize=True, max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(_TOKENS), max_size=40), st.sampled_from([Dialect.TYPESCRIPT, Dialect.TSX]))
def test_any_source_gives_facts_or_problems(tokens: list[str], dialect: Dialect) -> None:
    facts = read(" ".join(tokens), dialect)
    assert set(codes(facts)) <= {"partly-read", "syntax-error"}


def test_what_follows_deep_nesting_is_read() -> None:
    facts = read("a = " + "[" * 2000 + "]" * 2000 + "; b()")
    assert rendered(facts.body).endswith("; b()")


def test_little_room_on_the_stack_is_no_error() -> None:
    def call_at(depth: int) -> FileFacts:
        return call_at(depth - 1) if depth else read_typescript(b"a = " + b"f(" * 80 + b")" * 80, Dialect.TYPESCRIPT)

    assert codes(call_at(700)) == ["partly-read"]


def test_expressions_of_unknown_value_are_kept() -> None:
    facts = read("a = 9223372036854775808; b = 1e999")
    values = [statement.value for statement in facts.body if isinstance(statement, Bind)]
    assert [value.value for value in values if isinstance(value, Literal)] == [9223372036854775808.0, float("inf")]
