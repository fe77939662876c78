"""What looks like a request and is none."""

from __future__ import annotations

import pytest
from frontend_project import calls_in, unresolved_in

CASES = {
    "a map": "const m = new Map(); export const f = (k) => { m.set('/x', 1); m.delete('/x'); return m.get('/x'); };",
    "a set": "const s = new Set(['/x']); export const f = () => s.delete('/x');",
    "a weak map": "const m = new WeakMap(); export const f = (k) => m.get(k);",
    "a cache by type": "export const f = (cache: Map<string, string>) => cache.delete('/x');",
    "a router": "import { useRouter } from 'next/router';\n"
    "export const f = () => { const router = useRouter(); router.push('/x'); router.replace('/y'); };",
    "lodash get": "import get from 'lodash/get';\nexport const f = (o) => get(o, '/a/b');",
    "named lodash get": "import { get } from 'lodash';\nexport const f = (o) => get(o, '/a/b');",
    "a query client": "import { useQueryClient } from '@tanstack/react-query';\n"
    "export const f = () => { const q = useQueryClient(); q.get('/x'); q.invalidateQueries(['/x']); };",
    "headers": "export const f = async () => { const h = new Headers(); h.get('/x'); h.delete('/x'); };",
    "headers of a response": "export const f = (r: Response) => r.headers.get('/x');",
    "search params": "export const f = () => new URLSearchParams(location.search).get('/x');",
    "search params of a URL": "export const f = (u) => new URL(u).searchParams.get('/x');",
    "local storage": "export const f = () => { localStorage.getItem('/x'); sessionStorage.get('/x'); };",
    "form data": "export const f = (e) => { const d = new FormData(e.target); d.get('/x'); d.delete('/y'); };",
    "a development server": "const express = require('express'); const app = express();\n"
    "app.get('/x', (req, res) => res.send('')); app.post('/y', (req, res) => {}); app.delete('/z', handler);",
    "a mock server": "import { rest, http } from 'msw';\n"
    "export const handlers = [rest.get('/x', (req, res) => res()), http.post('/y', () => {})];",
    "a test double": "import MockAdapter from 'axios-mock-adapter'; import axios from 'axios';\n"
    "const mock = new MockAdapter(axios); mock.onGet('/x').reply(200);",
    "a method of one's own": "class Registry { items = {}; get(k) { return this.items[k]; } }\n"
    "const r = new Registry(); export const f = () => r.get('/x');",
    "a function called fetch": "const fetch = (path) => path + '/a'; export const f = () => fetch('/x');",
    "a parameter called fetch": "export const f = (fetch) => fetch.get('/x');",
    "a cookie": "import Cookies from 'js-cookie'; export const f = () => Cookies.get('/x');",
    "a link": "export const A = () => <a href='/x'><img src='/y.png' /></a>;",
    "a navigation": "export const f = () => { window.location.href = '/x'; window.open('/y'); };",
    "super": "class A extends Base { fetch(u) { return super.fetch(u); } get(k) { return super.get('/x'); } }",
    "an injector": "export class C { constructor(private injector: Injector) {}\n"
    "f() { return this.injector.get('/x'); } }",
    "a form group": "export class C { form = new FormGroup({}); f() { return this.form.get('/x'); } }",
    "dead code": "export const f = () => { if (false) { return fetch('/x'); } return 1; };",
    "an empty URL": "export const A = () => null;",
}


@pytest.mark.parametrize("source", list(CASES.values()), ids=list(CASES))
def test_none(source: str) -> None:
    assert calls_in(source) == []
    assert unresolved_in(source) == []
