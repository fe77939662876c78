"""TypeScript types and zod schemas as wire shapes."""

from __future__ import annotations

import pytest
from typed_project import fields_in_short, outline, resolve, types_of

from auditor.model.shape import EnumType, Model, Ref


@pytest.mark.parametrize(
    ("annotation", "expected"),
    [
        ("string", "string"),
        ("number | null", "number | null"),
        ("string | undefined", "string"),
        ("Date", "string:date-time"),
        ("unknown", "any"),
        ("string[]", "[string]"),
        ("ReadonlyArray<number>", "[number]"),
        ("[string, number?]", "[string | number]"),
        ("Promise<AxiosResponse<string>>", "string"),
        ("SWRResponse<string>", "string"),
        ("UseQueryResult<string, Error>", "string"),
        ("Record<string, number>", "map number"),
        ("Record<'a' | 'b', number>", "{a, b}"),
        ("{ [key: string]: boolean }", "map boolean"),
        ("{ a: string; [key: string]: unknown }", "{a, …}"),
        ("{ a: string; go(): void; done: () => void }", "{a}"),
        ("'a' | 'b'", "'a' 'b'"),
        ("1 | -2", "1 -2"),
        ("'a' | (string & {})", "'a' | string"),
        ("`${'a' | 'b'}-${'x' | 'y'}`", "'a-x' 'a-y' 'b-x' 'b-y'"),
        ("`/users/${string}`", "string"),
        ("keyof { a: 1; b: 2 }", "'a' 'b'"),
        ("Exclude<'a' | 'b', 'b'>", "'a'"),
        ("Extract<'a' | 'b', 'b'>", "'b'"),
        ("NonNullable<string | null>", "string"),
        ("{ [K in 'a' | 'b']?: number }", "{a, b}"),
        ("Missing", "?"),
        ("T extends string ? 1 : 2", "?"),
    ],
)
def test_annotations(annotation: str, expected: str) -> None:
    types, shape = resolve({}, "m.ts", f"{annotation}")
    inner = types.models[shape.key] if isinstance(shape, Ref) and shape.key in types.models else None
    found = (
        f"{{{', '.join([*(f.name for f in inner.fields), *('…' * inner.open)])}}}" if inner else outline(types, shape)
    )
    assert found == expected


@pytest.mark.parametrize(
    ("definition", "expected"),
    [
        ("enum X { A = 'a', B = 'b' }", "X(a, b)"),
        ("enum X { A, B = 5, C }", "X(0, 5, 6)"),
        ("enum X { A = 'a', B = A }", "X(a, a)"),
        ("enum X { A = compute() }", "X(, …)"),
        ("type X = 'a' | 'b'", "X(a, b)"),
        ("type X = 'a' | 'b' | null", "X(a, b) | null"),
        ("type X = 'a' | string", "X(a, …)"),
        ("enum E { A = 'a', B = 'b' }\ntype X = E.A", "X(a)"),
        ("type A = 'a' | 'b'\ntype X = A | 'c'", "X(a, b, c)"),
        ("type A = 'a' | 'b'\ntype X = A", "A(a, b)"),
        ("const V = ['a', 'b'] as const\ntype X = (typeof V)[number]", "X(a, b)"),
        ("const V = ['a', 'b'] as const\ntype X = typeof V[number]", "X(a, b)"),
        ("const A = ['a'] as const\nconst V = [...A, 'b'] as const\ntype X = typeof V[number]", "X(a, b)"),
        ("const V = ['a', other()] as const\ntype X = typeof V[number]", "X(a, …)"),
        ("const X = { A: 'a', B: 'b' } as const\ntype X = (typeof X)[keyof typeof X]", "X(a, b)"),
        ("const V = { a: 1, b: 2 }\ntype X = keyof typeof V", "X(a, b)"),
        ("const P = 'v1'\nconst X = { A: `${P}/a` } as const\ntype X = (typeof X)[keyof typeof X]", "X(v1/a)"),
        ("interface U { kind: 'a' | 'b' }\ntype X = U['kind']", "U.kind(a, b)"),
        ("interface U { tags: string[] }\ntype X = U['tags'][number]", "string"),
        ("type X = { a: 1 }", "X"),
        ("type X = X[] | string", "[?] | string"),
        ("declare const x: unique symbol\ntype X = string & { [x]: true }", "string"),
    ],
)
def test_declared_names(definition: str, expected: str) -> None:
    types, shape = resolve({"m.ts": f"{definition}\n"}, "m.ts", "X")
    assert outline(types, shape) == expected


BASE = "interface Base { id: number; name?: string }\n"


@pytest.mark.parametrize(
    ("definition", "expected"),
    [
        (f"{BASE}interface X extends Base {{ own: string | null }}", "id: number, name?: string, own: string | null"),
        (f"{BASE}interface X extends Base {{ id: string }}", "id: string, name?: string"),
        (f"{BASE}type X = Base & {{ own: true }}", "id: number, name?: string, own: True"),
        (f"{BASE}type X = Partial<Base>", "id?: number, name?: string"),
        (f"{BASE}type X = Required<Base>", "id: number, name: string"),
        (f"{BASE}type X = Pick<Base, 'name'>", "name?: string"),
        (f"{BASE}type X = Omit<Base, 'name'> & {{ at?: Date }}", "id: number, at?: string:date-time"),
        (f"{BASE}type X = Readonly<Base>", "Base"),
        ("interface X { a: string | undefined; b: null; c?: never }", "a?: string, b: null | null"),
        ("interface X { kind: 'a' | 'b'; list: ('x' | 'y')[] }", "kind: X.kind(a, b), list: [X.list(x, y)]"),
        ("interface X { kind: 'a' | (string & {}); n: { deep: 'p' | 'q' } }", "kind: 'a' | string, n: X.n"),
        ("interface X { kind: 'a' | 'b' | (string & {}) }", "kind: X.kind(a, b, …) | string"),
        ("type K = 'a' | 'b'\ninterface X { kind: K & string }", "kind: K(a, b)"),
        ("interface X { me?: X; all: X[] }", "me?: X, all: [X]"),
        (
            "class X { id: number; private x = 1; static s: string; constructor(public n: string) {} go() {} }",
            "id: number, x: ? = 1, n: string",
        ),
        (
            "interface Page<T> { items: T[] }\ninterface User { id: number }\n"
            "interface X extends Page<User> { n: number }",
            "items: [User], n: number",
        ),
        ("type Wrap<T> = T & { extra: string }\ninterface User { id: number }\ntype X = Wrap<User>", "Wrap<User>"),
    ],
)
def test_fields(definition: str, expected: str) -> None:
    types, shape = resolve({"m.ts": f"{definition}\n"}, "m.ts", "X")
    assert isinstance(shape, Ref)
    model = types.models[shape.key]
    if model.name != "X":
        assert model.name == expected
        return
    assert ", ".join(fields_in_short(types, model)) == expected
    assert not model.open


@pytest.mark.parametrize(
    "definition",
    [
        "interface X extends Elsewhere { a: string }",
        "type X = Elsewhere & { a: string }",
        "interface X { a: string; [key: string]: string }",
        "interface A { a: string }\ntype X = A & Record<string, string>",
        "interface X extends Y { a: string }\ninterface Y extends X { b: string }",
    ],
)
def test_a_model_is_open_where_other_keys_are_possible(definition: str) -> None:
    types, shape = resolve({"m.ts": f"{definition}\n"}, "m.ts", "X")
    assert isinstance(shape, Ref)
    assert types.models[shape.key].open


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ("z.object({ a: z.string(), b: z.number().optional() })", "a: string, b?: number"),
        ("z.object({ a: z.string().nullable(), b: z.string().nullish() })", "a: string | null, b?: string | null"),
        ("z.object({ a: z.coerce.number().int().default(3) })", "a?: number = 3"),
        ("z.object({ a: z.enum(['x', 'y']) })", "a: S.a(x, y)"),
        ("z.object({ a: z.array(z.string()), b: z.string().array() })", "a: [string], b: [string]"),
        (
            "z.object({ a: z.union([z.string(), z.null()]), b: z.literal('x').or(z.number()) })",
            "a: string | null, b: 'x' | number",
        ),
        ("z.object({ a: z.record(z.string(), z.boolean()) })", "a: map boolean"),
        ("z.object({ a: z.any(), b: z.unknown() })", "a?: any, b?: any"),
        ("base.extend({ b: z.string() })", "id: number, b: string"),
        ("base.merge(z.object({ b: z.string() }))", "id: number, b: string"),
        ("base.partial()", "id?: number"),
        ("z.object({ ...base.shape, b: base.shape.id })", "id: number, b: number"),
        ("base.extend({ b: z.string(), c: z.date() }).omit({ id: true })", "b: string, c: string:date-time"),
        ("base.extend({ b: z.string() }).pick({ b: true }).strict()", "b: string"),
        ("z.object({ a: base, b: z.lazy(() => base).optional() })", "a: base, b?: base"),
        ("z.object({ a: z.nativeEnum(Kind), b: z.custom<string>() })", "a: Kind(k), b: ?"),
    ],
)
def test_zod(schema: str, expected: str) -> None:
    source = (
        "import { z } from 'zod'\nenum Kind { K = 'k' }\nconst base = z.object({ id: z.number() })\n"
        f"const S = {schema}\n"
    )
    types, shape = resolve({"m.ts": source}, "m.ts", "z.infer<typeof S>")
    assert isinstance(shape, Ref)
    assert ", ".join(fields_in_short(types, types.models[shape.key])) == expected


def test_a_named_zod_enum_and_an_alias_of_it_are_one() -> None:
    source = (
        "import * as z from 'zod'\nexport const kindSchema = z.enum(['a', 'b'])\n"
        "export type Kind = z.infer<typeof kindSchema>\n"
    )
    types = types_of({"m.ts": source})
    assert [item.key for item in types.declared()] == ["m.ts:kindSchema"]


def test_something_else_called_z_is_no_schema() -> None:
    types = types_of({"m.ts": "import { z } from './letters'\nexport const s = z.enum(['a', 'b'])\n"})
    assert types.declared() == ()


def test_imports_barrels_and_namespaces() -> None:
    sources = {
        "src/types/user.ts": "import type { Kind } from './kind'\nexport interface User { kind: Kind }\n"
        "export default interface Other { a: 1 }\n",
        "src/types/kind.ts": "export const Kind = { A: 'a' } as const\n"
        "export type Kind = (typeof Kind)[keyof typeof Kind]\n",
        "src/types/index.ts": "export * from './user'\nexport { Kind as Sort } from './kind'\n",
        "src/api.ts": "import { User, Sort } from './types'\nimport * as kinds from './types/kind'\n"
        "import Other from './types/user'\n",
    }
    types, shape = resolve(sources, "src/api.ts", "[User, Sort, kinds.Kind, Other]")
    assert outline(types, shape) == "[User | Kind(a) | Other]"
    assert fields_in_short(types, types.models["src/types/user.ts:User"]) == ["kind: Kind(a)"]


def test_generated_types_nest() -> None:
    source = """export interface components { schemas: {
        User: { id: number; role: components["schemas"]["Role"]; boss?: components["schemas"]["User"] };
        Role: "admin" | "user";
    } }
    """
    types, shape = resolve({"m.ts": source}, "m.ts", 'components["schemas"]["User"]')
    assert outline(types, shape) == "User"
    assert fields_in_short(types, types.models["m.ts:components.schemas.User"]) == [
        "id: number",
        "role: Role(admin, user)",
        "boss?: User",
    ]


def test_an_object_type_in_a_call_becomes_a_model_at_its_place() -> None:
    types, shape = resolve({}, "m.ts", "Promise<{ id: number; kind: 'a' | 'b' }[]>")
    assert outline(types, shape) == "[{id, kind}]"
    (model,) = types.models.values()
    assert (model.key, model.framework, model.location.line) == ("m.ts:2:20", "inline", 2)
    assert fields_in_short(types, model) == ["id: number", "kind: {id, kind}.kind(a, b)"]


def test_a_generic_that_grows_ends() -> None:
    types, shape = resolve({"m.ts": "interface X<T> { next: X<T[]> }\n"}, "m.ts", "X<string>")
    assert outline(types, shape) == "X<string>"
    assert 2 < len(types.models) < 40


def test_declared_leaves_out_what_cannot_travel() -> None:
    source = """
    export interface Data { a: string }
    export interface Props { onClick: () => void }
    export class Service { private http: string; load() {} }
    export class Row { a: string }
    export const LEVELS = ['low', 'high'] as const
    export const MIXED = ['low', run()] as const
    export type Level = (typeof LEVELS)[number]
    export const SIZES = ['s', 'm'] as const
    """
    found = types_of({"m.ts": source}).declared()
    assert [(item.name, type(item)) for item in found] == [
        ("Data", Model),
        ("Level", EnumType),
        ("Row", Model),
        ("SIZES", EnumType),
    ]


def test_the_same_project_gives_the_same_types_in_any_order_of_files() -> None:
    sources = {"a.ts": "import { B } from './b'\nexport interface A { b: B }\n", "b.ts": "export type B = 'x' | 'y'\n"}
    backwards = dict(reversed(sources.items()))
    assert types_of(sources).declared() == types_of(backwards).declared()


def test_types_of_a_namespace_and_of_a_global_declaration_file() -> None:
    """A namespace's types have its name before theirs outside, and may leave it out inside."""
    sources = {
        "typings.d.ts": "declare namespace API {\n  interface User { name: string; role: Role }\n"
        "  type Role = 'a' | 'b';\n  namespace Deep { interface Inner { user: User } }\n}\n"
        "interface Plain { only: number }\n",
        "module.d.ts": "export interface Hidden { no: number }\n",
        "other.ts": "export namespace Shop { export interface Item { price: number } }\ninterface Item { n: string }\n",
        "page.ts": "import { Shop } from './other';\n",
    }
    types, shape = resolve(sources, "page.ts", "[API.User, API.Deep.Inner, Plain, Shop.Item, Hidden, Item]")
    assert outline(types, shape) == "[User | Inner | Plain | Item | ? | ?]"
    assert {key: fields_in_short(types, model) for key, model in types.models.items()} == {
        "typings.d.ts:API.User": ["name: string", "role: Role(a, b)"],
        "typings.d.ts:API.Deep.Inner": ["user: User"],
        "typings.d.ts:Plain": ["only: number"],
        "other.ts:Shop.Item": ["price: number"],
    }
