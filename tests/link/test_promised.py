"""The types that the code around a call promises."""

from __future__ import annotations

import pytest
from frontend_project import calls

from auditor.model.shape import Inline, Ref, Shape

TYPES = "export interface User { id: number }\nexport interface NewUser { name: string }\n"


def _told(shape: Shape | None) -> str:
    match shape:
        case Ref(key):
            return key.rpartition(":")[2]
        case Inline(fields):
            return "{" + ", ".join(f"{one.wire}: {_told(one.shape)}" for one in fields) + "}"
        case None:
            return ""
        case _:
            return "?"


@pytest.mark.parametrize(
    ("code", "result"),
    [
        ("async function f(): Promise<User> { const r = await fetch('/u'); return r.json(); }", "User"),
        (
            "async function f(): Promise<User> { const r = await fetch('/u'); const d = await r.json(); return d; }",
            "User",
        ),
        ("async function f() { const user: User = await (await fetch('/u')).json(); }", "User"),
        ("async function f() { return (await (await fetch('/u')).json()) as User; }", "User"),
        ("const f = (): Promise<User> => fetch('/u').then((r) => r.json());", "User"),
        ("async function f(): Promise<User> { const { data } = await axios.get('/u'); return data; }", "User"),
        ("async function f(): Promise<User> { const r = await axios.get('/u'); return r.data.data; }", "{data: User}"),
        # A generated client has one body for each status.
        (
            "type Answers = { 200: User; 422: NewUser };\nasync function f() { return axios.get<Answers>('/u'); }",
            "User",
        ),
        ("type Answers = { 200: User; 202: NewUser };\nasync function f() { return axios.get<Answers>('/u'); }", "?"),
        # Nor is what a transformation of the client makes of it.
        (
            "interface Raw { user_id: number }\n"
            "const f = () => axios.get<User>('/u', { transformResponse: (raw: Raw) => ({ id: raw.user_id }) });",
            "Raw",
        ),
        ("const f = () => axios.get<User>('/u', { transformResponse: (raw) => ({ id: raw.user_id }) });", ""),
        # What a fetcher makes of the answer is not what was answered.
        (
            "interface Raw { user_id: number }\n"
            "async function read(url: string): Promise<User> {"
            " const raw: Raw = await (await fetch(url)).json(); return { id: raw.user_id }; }\n"
            "async function f() { return read<User>('/u'); }",
            "Raw",
        ),
        (
            "async function read(url: string): Promise<User> {"
            " const r = await fetch(url); const raw = await r.json(); return { id: raw.user_id }; }\n"
            "async function f() { return read<User>('/u'); }",
            "",
        ),
        (
            "interface Failed { detail: string }\n"
            "async function read(url: string) { const r = await fetch(url);"
            " if (!r.ok) { const e: Failed = await r.json(); throw new Error(e.detail); } return r.json(); }\n"
            "async function f() { return read<User>('/u'); }",
            "User",
        ),
        # Functions that read the body of a response they are given.
        (
            "async function read<T>(r: Response): Promise<T> {"
            " if (!r.ok) { const e = await r.json(); throw new Error(e.detail); } return r.json() as Promise<T>; }\n"
            "async function f() { const r = await fetch('/u'); return read<User>(r); }",
            "User",
        ),
        (
            "async function read(r: Response) { const text = await r.text(); return text ? JSON.parse(text) : null; }\n"
            "async function f(): Promise<User> { return read(await fetch('/u')); }",
            "User",
        ),
        (
            "const read = async (r: Response) => { const body = await r.json(); return body.data; };\n"
            "const f = (): Promise<User> => fetch('/u').then(read);",
            "{data: User}",
        ),
        (
            "class Api { private async read<T>(r: Response): Promise<T> { return r.json(); }\n"
            " async f() { const r = await fetch('/u'); return this.read<User>(r); } }\nnew Api().f();",
            "User",
        ),
        (
            "async function read<T>(r: Response): Promise<T> { return convert(await r.json()); }\n"
            "async function f() { return read<User>(await fetch('/u')); }",
            "",
        ),
        (
            "async function read<T>(r: Response): Promise<T> { if (r.ok) return r.json(); return other; }\n"
            "async function f() { return read<User>(await fetch('/u')); }",
            "",
        ),
        # The names of what a function makes are no body.
        (
            "function clientOf<T extends string>(table: Record<T, string>) { const made = {};"
            " for (const key in table) { made[key] = () => fetch(table[key]); } return made; }\n"
            "const table = { u: '/u' };\nexport const client = clientOf<keyof typeof table>(table);",
            "",
        ),
        # Whatever stands between may change it.
        ("async function f(): Promise<User> { const r = await fetch('/u'); return parse(await r.json()); }", ""),
        ("async function f(): Promise<User> { const r = await axios.get('/u'); return { ...r.data }; }", ""),
        ("async function f<T>(): Promise<T> { const r = await fetch('/u'); return r.json(); }", ""),
        ("async function f() { const r: Response = await fetch('/u'); }", ""),
    ],
)
def test_results(code: str, result: str) -> None:
    (call,) = calls({"main.ts": "import axios from 'axios';\n" + TYPES + code})
    assert _told(call.site.expects) == result


@pytest.mark.parametrize(
    ("code", "body"),
    [
        ("export const f = (user: NewUser) => axios.post('/u', user);", "NewUser"),
        (
            "export function f(user: NewUser) { return fetch('/u', { method: 'POST', body: JSON.stringify(user) }); }",
            "NewUser",
        ),
        ("export function f() { const user: NewUser = { name: 'x' }; return axios.post('/u', user); }", "NewUser"),
        (
            "const send = (url: string, body?: unknown) =>"
            " fetch(url, { method: 'POST', body: body ? JSON.stringify(body) : undefined });\n"
            "export const f = (user: NewUser) => send('/u', user);",
            "NewUser",
        ),
        (
            "type UserData = { requestBody: NewUser; id: number };\n"
            "export const f = (data: UserData) => axios.post('/u', data.requestBody);",
            "NewUser",
        ),
        ("export const f = (data: any) => axios.post('/u', data.requestBody);", ""),
        # The keys that are sent count: those of what is spread, and those beside it.
        ("export const f = (user: NewUser) => axios.post('/u', { ...user });", "{name: ?}"),
        ("export const f = (user: NewUser) => axios.post('/u', { ...user, age: 1 });", "{name: ?, age: ?}"),
        ("export const f = (user: NewUser, more: any) => axios.post('/u', { ...user, ...more });", ""),
        ("export const f = (user: any) => axios.post('/u', { ...user, age: 1 });", ""),
        ("export const f = (user: any) => axios.post('/u', user);", ""),
    ],
)
def test_bodies(code: str, body: str) -> None:
    (call,) = calls({"main.ts": "import axios from 'axios';\n" + TYPES + code})
    assert _told(call.site.sends) == body


def test_the_options_of_a_generated_call() -> None:
    """hey-api: the body is that of the type that the options are made of, whatever the caller's variable is."""
    generated = "// This file is auto-generated by @hey-api/openapi-ts\n"
    sdk = (
        "import { createClient } from '@hey-api/client-fetch';\n"
        "import type { AddUserData, NewUser } from './types.gen';\n"
        "export type Options<T> = Omit<T, 'url'> & { client?: any };\n"
        "export const client = createClient();\n"
        "export const addUser = (options: Options<AddUserData>) =>\n"
        "  (options.client ?? client).post<{ 200: NewUser }>({ url: '/u', ...options });\n"
    )
    types = TYPES + "export type AddUserData = { body: NewUser; path?: never; query?: never; url: '/u' };\n"
    files = {
        "types.gen.ts": generated + types,
        "sdk.gen.ts": generated + sdk,
        "main.ts": "import { addUser } from './sdk.gen';\nexport const f = (form: any) => addUser({ body: form });\n",
    }
    (call,) = calls(files)
    assert (call.site.path, _told(call.site.sends), _told(call.site.expects)) == ("/u", "NewUser", "NewUser")
