"""Which place a request belongs to: wrappers, factories, closures and callbacks, on functions.

A comment `// > GET /path` announces the calls of its line; there must be no others.
"""

from __future__ import annotations

import pytest
from frontend_project import calls_in, marked


def _wrapped(depth: int) -> str:
    """A request behind `depth` functions that hand the path on."""
    lines = ["const f0 = (path) => fetch('/api' + path);"]
    lines += [f"const f{n} = (path) => f{n - 1}(path);" for n in range(1, depth)]
    return "\n".join([*lines, f"export const load = () => f{depth - 1}('/users'); // > GET /api/users"])


@pytest.mark.parametrize("depth", range(1, 11))
def test_wrappers_at_any_depth(depth: int) -> None:
    source = _wrapped(depth)
    assert calls_in(source) == marked(source)


CASES = {
    "a call at the top level": "fetch('/a'); // > GET /a",
    "a function nobody calls": "export function load() { return fetch('/a', { method: 'DELETE' }); } // > DELETE /a",
    "a path segment is no wrapper": """
const user = (id) => fetch(`/users/${id}`); // > GET /users/{}
export const one = () => user(1);
export const two = () => user(2);
""",
    "a query is no wrapper": """
const search = (q) => fetch(`/search?q=${q}`); // > GET /search
export const one = () => search('a');
""",
    "a wrapper with a base": """
const BASE = '/api/v1';
const request = (path, options = {}) => fetch(`${BASE}${path}`, options);
export const list = () => request('/users'); // > GET /api/v1/users
export const add = (body) => request('/users', { method: 'POST', body }); // > POST /api/v1/users
export const drop = (id) => request(`/users/${id}`, { method: 'DELETE' }); // > DELETE /api/v1/users/{}
""",
    "a wrapper on a wrapper": """
const request = (method, path, body) => fetch('/api' + path, { method, body });
const get = (path) => request('GET', path);
const post = (path, body) => request('post', path, body);
export const a = () => get('/a'); // > GET /api/a
export const b = () => post('/b', {}); // > POST /api/b
""",
    "a wrapper with its own request": """
const request = (path) => fetch('/api' + path);
const refresh = () => request('/refresh'); // > GET /api/refresh
const safe = async (path) => { const r = await request(path); if (r.status === 401) await refresh(); return r; };
export const a = () => safe('/a'); // > GET /api/a
""",
    "options merged by spread": """
const request = (path, options) => fetch(path, { method: 'GET', ...options, headers: {} });
export const a = () => request('/a', { method: 'PUT' }); // > PUT /a
export const b = () => request('/b'); // > GET /b
""",
    "options from a variable": """
export function save(data) {
  const options = { method: 'POST', body: JSON.stringify(data) };
  return fetch('/a', options); // > POST /a
}
""",
    "the method from a variable": """
export const save = (isNew) => {
  const method = isNew ? 'POST' : 'PUT';
  return fetch('/a', { method }); // > POST /a, PUT /a
};
""",
    "a ternary URL and a ternary method": """
export const save = (id) =>
  fetch(id ? `/a/${id}` : '/a', { method: id ? 'PUT' : 'POST' }); // > PUT /a/{}, POST /a
""",
    "a ternary URL": """
export const load = (all) => fetch(all ? '/all' : '/mine'); // > GET /all, GET /mine
""",
    "a request object": """
export const a = () => fetch(new Request('/a', { method: 'PATCH' })); // > PATCH /a
const request = new Request('/b');
export const b = () => fetch(request); // > GET /b
""",
    "a URL object": """
export const a = () => {
  const url = new URL('/a', window.location.origin);
  url.searchParams.set('q', '1');
  return fetch(url); // > GET /a
};
""",
    "a URL put together": """
export const a = (team, page) => {
  let url = '/teams';
  if (team) url += `/${team}`;
  url += '?page=' + page;
  return fetch(url); // > GET /teams, GET /teams/{}
};
""",
    "a table of URLs": """
const URLS = { list: '/users', one: (id) => `/users/${id}`, deep: { all: '/all' } };
export const a = () => fetch(URLS.list); // > GET /users
export const b = (id) => fetch(URLS.one(id)); // > GET /users/{}
export const c = () => fetch(URLS.deep.all); // > GET /all
""",
    "placeholders that are filled": """
const fill = (path, values) => Object.entries(values).reduce((p, [k, v]) => p.replace(`:${k}`, v), path);
export const a = (id) => fetch(fill('/users/:id', { id })); // > GET /users/{}
""",
    "a factory": """
const makeClient = (base) => ({
  get: (path) => fetch(base + path),
  post: (path, body) => fetch(base + path, { method: 'POST', body }),
});
const users = makeClient('/users');
const teams = makeClient('/teams');
export const a = () => users.get('/1'); // > GET /users/1
export const b = () => teams.post('/new', {}); // > POST /teams/new
""",
    "a factory of CRUD": """
const crud = (name) => ({
  list: () => fetch(`/api/${name}`),
  one: (id) => fetch(`/api/${name}/${id}`),
});
export const users = crud('users'); // > GET /api/users, GET /api/users/{}
""",
    "an object that calls itself": """
export const api = {
  base: '/api',
  request(path, method = 'GET') { return fetch(this.base + path, { method }); },
  list() { return this.request('/users'); }, // > GET /api/users
  drop(id) { return this.request(`/users/${id}`, 'DELETE'); }, // > DELETE /api/users/{}
};
""",
    "retry": """
const retry = async (action, times = 3) => { try { return await action(); } catch (e) { return action(); } };
export const a = (id) => retry(() => fetch(`/a/${id}`)); // > GET /a/{}
""",
    "all at once": """
export const a = () => Promise.all([
  fetch('/a'), // > GET /a
  fetch('/b'), // > GET /b
]);
""",
    "a request per item": """
export const a = (ids) => Promise.all(ids.map((id) => fetch(`/a/${id}`))); // > GET /a/{}
export const b = () => ['x', 'y'].forEach((name) => fetch(`/b/${name}`)); // > GET /b/x, GET /b/y
""",
    "a chain of promises": """
export const a = () =>
  fetch('/a') // > GET /a
    .then((r) => r.json())
    .then((d) => fetch(`/b/${d.id}`)) // > GET /b/{}
    .catch(() => fetch('/c')); // > GET /c
""",
    "behind a guard": """
export async function a(id) {
  if (!id) return null;
  try { return await fetch(`/a/${id}`); // > GET /a/{}
  } catch (e) { return fetch('/b'); } // > GET /b
}
""",
    "behind an early throw": """
export async function a(id) {
  const first = await fetch('/a'); // > GET /a
  if (!first.ok) throw new Error('no');
  return fetch('/b'); // > GET /b
}
""",
    "in a switch": """
export async function a(kind) {
  switch (kind) {
    case 'a': return fetch('/a'); // > GET /a
    case 'b': { await fetch('/b'); break; } // > GET /b
    default: await fetch('/c'); // > GET /c
  }
  return fetch('/d'); // > GET /d
}
""",
    "in loops": """
export async function a(ids) {
  for (const id of ids) await fetch(`/a/${id}`); // > GET /a/{}
  while (true) { const r = await fetch('/b'); if (r.ok) break; } // > GET /b
}
""",
    "in a timer": """
export const poll = () => { setInterval(() => fetch('/a'), 1000); }; // > GET /a
setTimeout(() => { fetch('/b'); }, 5); // > GET /b
""",
    "an unresolved callback": """
import { queue } from 'library';
export const a = () => queue.add(() => fetch('/a')); // > GET /a
element.addEventListener('click', async () => { await fetch('/b'); }); // > GET /b
""",
    "a recursive function": """
export async function page(n) {
  const r = await fetch(`/a/${n}`); // > GET /a/{}
  return r.more ? page(n + 1) : r;
}
""",
    "mutual recursion": """
async function refresh() { return send('/refresh', false); } // > GET /refresh
async function send(path, again = true) {
  const r = await fetch(path);
  return r.ok || !again ? r : refresh();
}
export const a = () => send('/a'); // > GET /a
""",
    "a method through a table": """
const send = { get: (p) => fetch(p), remove: (p) => fetch(p, { method: 'DELETE' }) };
export const a = () => send['remove']('/a'); // > DELETE /a
""",
    "a function handed on": """
const run = (send, path) => send(path);
export const a = () => run(fetch, '/a'); // > GET /a
const mine = (path) => fetch('/api' + path);
export const b = () => run(mine, '/b'); // > GET /api/b
""",
    "fetch by other names": """
export const a = () => window.fetch('/a'); // > GET /a
export const b = () => globalThis.fetch('/b'); // > GET /b
const send = fetch;
export const c = () => send('/c'); // > GET /c
const bound = window.fetch.bind(window);
export const d = () => bound('/d'); // > GET /d
""",
    "an exported wrapper nobody uses": """
export const request = (path) => fetch(path);
""",
    "currying": """
const request = (method) => (path) => fetch('/api' + path, { method });
const get = request('GET');
export const a = () => get('/a'); // > GET /api/a
export const b = () => request('POST')('/b'); // > POST /api/b
""",
    "default parameters": """
const request = (path = '/me', base = '/api') => fetch(base + path);
export const a = () => request(); // > GET /api/me
export const b = () => request('/b', '/v2'); // > GET /v2/b
""",
    "one options argument": """
const request = ({ url, method = 'GET', base = '/api' }) => fetch(`${base}${url}`, { method });
export const a = () => request({ url: '/a' }); // > GET /api/a
export const b = () => request({ url: '/b', method: 'PUT' }); // > PUT /api/b
""",
    "a beacon": "navigator.sendBeacon('/a', '{}'); // > POST /a",
    "a closure that configures": """
let base = '/api';
export const setBase = (b) => { base = b; };
const request = (path) => fetch(base + path);
export const a = () => request('/a'); // > GET /api/a
""",
    "an argument that may be left out": """
function url(base, id = null, part?: string) {
  let found = base;
  if (id !== null) found += `/${id}`;
  if (part !== undefined) found += `/${part}`;
  return found;
}
export const all = () => fetch(url('/a')); // > GET /a
export const one = (item) => fetch(url('/b', item.id)); // > GET /b/{}
export const part = (item) => fetch(url('/c', item.id, item.part)); // > GET /c/{}/{}
""",
    "generic wrapper functions": """
async function request<T>(path: string, init?: RequestInit): Promise<T> {
  const r = await fetch(`/api${path}`, { ...init, headers: { ...(init?.headers ?? {}) } });
  return (await r.json()) as T;
}
export const a = () => request<{ id: number }>('/a'); // > GET /api/a
export const b = () => request<void>('/b', { method: 'POST' }); // > POST /api/b
""",
}


@pytest.mark.parametrize("source", [source.lstrip() for source in CASES.values()], ids=list(CASES))
def test_site(source: str) -> None:
    assert calls_in(source) == marked(source)
