"""What requests carry: names in the query and in the body, closed or open."""

from __future__ import annotations

import pytest
from frontend_project import calls

from auditor.model.carried import Carried

QUERY = {
    "fetch('/a?page=1&size=' + n);": "?page,size",
    "const f = (q) => fetch(`/a?q=${encodeURIComponent(q)}`);": "?q",
    "const f = (rest) => fetch(`/a?q=1${rest}`);": "?q,…",
    "const f = (rest) => fetch(`/a?${rest}`);": "?…",
    "const f = (a, b) => fetch(`/a?ids=${a},${b}&x`);": "?ids,x",
    "const f = (q) => fetch(`/a?${new URLSearchParams({ q, page: '1' })}`);": "?page,q",
    "const f = (all) => fetch(`/a?${new URLSearchParams(all)}`);": "?…",
    "const f = (all) => fetch(`/a?${new URLSearchParams({ q: '1', ...all })}`);": "?q,…",
    "const f = (x) => { const p = new URLSearchParams(); p.set('a', x); if (x) p.append('b', x);"
    " return fetch('/a?' + p.toString()); };": "?a,b",
    "const f = (x) => { const p = new URLSearchParams(); if (x) p.set('a', x); const q = p.toString();"
    " if (!q) return fetch('/a'); return fetch(`/a?${q}`); };": "?a",
    "const f = (k) => { const p = new URLSearchParams(); p.set(k, 1); return fetch(`/a?${p}`); };": "?…",
    "const f = (all) => { const p = new URLSearchParams(); Object.entries(all).forEach(([k, v]) => p.append(k, v));"
    " return fetch(`/a?${p}`); };": "?…",
    "const f = (x) => { const u = new URL('http://localhost/a'); u.searchParams.set('q', x); return fetch(u); };": "?q",
    "const f = (x) => { const u = new URL('http://localhost/a'); u.searchParams.set('q', x);"
    " return fetch(u.toString()); };": "?q",
    "const f = (x) => { const u = new URL('http://localhost/a'); u.search = new URLSearchParams({ q: x }).toString();"
    " return fetch(u.href); };": "?q",
    "import axios from 'axios'; axios.get('/a', { params: { q: 1, size: 2 } });": "?q,size",
    "import axios from 'axios'; const f = (params) => axios.get('/a', { params });": "?…",
    "import axios from 'axios'; const f = (p) => axios.get('/a', { params: { q: 1, ...p } });": "?q,…",
    "import axios from 'axios'; const f = (x) => { const params = { q: 1 }; if (x) params.size = x;"
    " return axios.get('/a', { params }); };": "?q,size",
    "import axios from 'axios'; const f = (x, k) => { const params = { q: 1 }; params[k] = x;"
    " return axios.get('/a', { params }); };": "?q,…",
    "import axios from 'axios'; import { fill } from 'lib'; const f = () => { const params = { q: 1 }; fill(params);"
    " return axios.get('/a', { params }); };": "?q,…",
    "import axios from 'axios'; const more = (p) => { p.size = 1; }; const f = () => { const params = { q: 1 };"
    " more(params); return axios.get('/a', { params }); };": "?q,…",
    "import axios from 'axios'; const f = (config) => axios.get('/a', config);": "?…",
    "import axios from 'axios'; axios.get('/a', { params: { q: undefined } });": "",
    "import axios from 'axios'; const api = axios.create({ params: { key: 1 } }); api.get('/a');": "?key",
    "import axios from 'axios'; const api = axios.create({}); api.interceptors.request.use((config) => {"
    " config.params = { ...config.params, tenant: 1 }; return config; }); api.get('/a', { params: { q: 1 } });": "?q,…",
    "import axios from 'axios'; const api = axios.create({}); api.interceptors.request.use((config) => {"
    " config.headers.Authorization = 't'; return config; }); api.get('/a', { params: { q: 1 } });": "?q",
    "import ky from 'ky'; ky.get('/a', { searchParams: { q: 1 } });": "?q",
    "$fetch('/a', { query: { q: 1 } });": "?q",
    "$.get('/a', { q: 1 });": "?q",
    "$.ajax({ url: '/a', data: { q: 1 } });": "?q",
    "import createClient from 'openapi-fetch'; createClient({}).GET('/a', { params: { query: { q: 1 } } });": "?q",
    "import { HttpClient, HttpParams } from '@angular/common/http'; class S { constructor(private http: HttpClient) {}"
    " list(x) { let params = new HttpParams().set('q', x); if (x) { params = params.append('b', x); }"
    " return this.http.get('/a', { params }); } }": "?b,q",
    "class S { params = { q: 1 }; load() { return fetch(`/a?${new URLSearchParams(this.params)}`); } }": "?q,…",
}

BODIES = {
    "fetch('/a', { method: 'POST', body: JSON.stringify({ a: 1, b: 2 }) });": "json{a,b}",
    "const f = (x) => fetch('/a', { method: 'POST', body: JSON.stringify(x) });": "json{…}",
    "const f = (x) => fetch('/a', { method: 'POST', body: JSON.stringify({ a: 1, ...x }) });": "json{a,…}",
    "const f = (x) => { const d = new FormData(); d.append('file', x);"
    " return fetch('/a', { method: 'POST', body: d }); };":
    "form{file}",
    "const f = (x) => { const d = new FormData(x); return fetch('/a', { method: 'POST', body: d }); };": "form{…}",
    "fetch('/a', { method: 'POST', body: new URLSearchParams({ username: 'a' }) });": "urlencoded{username}",
    "const f = (options) => fetch('/a', { method: 'POST', ...options });": "",
    "import axios from 'axios'; axios.post('/a', { a: 1 });": "json{a}",
    "import axios from 'axios'; const f = (x) => axios.post('/a', x);": "",
    "import axios from 'axios'; axios.post('/a', { a: 1 }, { headers: { 'Content-Type': 'multipart/form-data' } });":
    "form{a}",
    "import axios from 'axios';"
    " const f = (d) => axios.post('/a', d, { headers: { 'Content-Type': 'multipart/form-data' } });":
    "form{…}",
    "import axios from 'axios'; axios.delete('/a', { data: { a: 1 } });": "json{a}",
    "import axios from 'axios'; const api = axios.create({ headers: { 'Content-Type': 'application/json' } });"
    " export const f = (x) => api.post('/a', x);": "",
    "import axios from 'axios'; const json = { headers: { 'Content-Type': 'application/json' } };"
    " export const f = (x) => axios.post('/a', x, json);": "json{…}",
    "import ky from 'ky'; ky.post('/a', { json: { a: 1 } });": "json{a}",
    "$.post('/a', { a: 1 });": "urlencoded{a}",
    "$.ajax({ url: '/a', type: 'POST', contentType: 'application/json', data: JSON.stringify({ a: 1 }) });": "json{a}",
}  # fmt: skip


@pytest.mark.parametrize(("source", "expected"), [*QUERY.items(), *BODIES.items()], ids=[*QUERY, *BODIES])
def test_names(source: str, expected: str) -> None:
    assert [call.site.carried.short for call in calls({"main.ts": source}) if call.site.carried] == [expected]


def test_what_any_of_two_requests_of_a_place_carries() -> None:
    source = """
import axios from 'axios';
class Store { constructor(private extra) {} load() { return axios.get('/a', { params: this.extra }); } }
new Store({ page: 1 }).load();
new Store({ size: 1 }).load();
"""
    (call,) = [call for call in calls({"main.ts": source}) if call.site.location.line == 3]
    assert call.site.carried is not None
    assert call.site.carried.query.open


def test_headers_and_credentials() -> None:
    source = "fetch('/a', { credentials: 'include', headers: { 'X-Org': '1', Authorization: 't' } });"
    assert _carried(source).headers.names == ("authorization", "x-org")
    assert _carried(source).headers.closed
    assert _carried(source).credentials == "include"
    assert _carried("import axios from 'axios'; axios.get('/a', { headers: { 'X-Org': '1' } });").headers.open


def _carried(source: str) -> Carried:
    (call,) = calls({"main.ts": source})
    assert call.site.carried is not None
    return call.site.carried


GRAPHQL = {
    "fetch('/graphql', { method: 'POST', body: JSON.stringify({ query: `query Users { users { id } }` }) });": "Users",
    "import axios from 'axios'; axios.post('/graphql', { query: 'mutation AddUser { add }' });": "AddUser",
    "import { GraphQLClient, gql } from 'graphql-request';"
    " new GraphQLClient('/graphql').request(gql`query Users { users }`);": "Users",
    "import request, { gql } from 'graphql-request'; request('/graphql', gql`query Users { users }`);": "Users",
    "fetch('/search', { method: 'POST', body: JSON.stringify({ query: 'red shoes' }) });": "",
}


@pytest.mark.parametrize(("source", "expected"), GRAPHQL.items(), ids=GRAPHQL)
def test_the_operation_of_a_graphql_request(source: str, expected: str) -> None:
    assert [call.site.operation for call in calls({"main.ts": source})] == [expected]
