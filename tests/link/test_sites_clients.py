"""Which place a request belongs to: axios instances, classes, hooks, components, generated clients.

A comment `// > GET /path` announces the calls of its line; there must be no others.
"""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from frontend_project import calls_in, marked

CASES: dict[str, str | dict[str, str]] = {
    "axios verbs": """
import axios from 'axios';
export const a = (id) => axios.get(`/a/${id}`); // > GET /a/{}
export const b = () => axios.post('/b', {}); // > POST /b
export const c = () => axios({ url: '/c', method: 'put' }); // > PUT /c
export const d = () => axios('/d'); // > GET /d
export const e = () => axios.request({ url: '/e', method: 'DELETE' }); // > DELETE /e
""",
    "an instance": """
import axios from 'axios';
const api = axios.create({ baseURL: '/api/' });
export const a = () => api.get('/a'); // > GET /api/a
export const b = () => api({ url: 'b', method: 'patch' }); // > PATCH /api/b
export const c = () => api.get('https://other.example.com/c'); // > GET other.example.com/c
export const d = () => api.get('/d', { baseURL: '/v2' }); // > GET /v2/d
""",
    "a method by name": """
import axios from 'axios';
const api = axios.create({ baseURL: '/api' });
const send = (method, url, data) => api[method](url, data);
export const a = () => send('post', '/a', {}); // > POST /api/a
""",
    "defaults set later": """
import axios from 'axios';
axios.defaults.baseURL = '/api';
export const a = () => axios.get('/a'); // > GET /api/a
""",
    "instances of one name": {
        "a.ts": "import axios from 'axios';\nconst api = axios.create({ baseURL: '/a' });\nexport default api;",
        "b.ts": "import axios from 'axios';\nexport const api = axios.create({ baseURL: '/b' });",
        "use-a.ts": "import api from './a';\nexport const f = () => api.get('/x'); // > GET /a/x",
        "use-b.ts": "import { api } from './b';\nexport const f = () => api.get('/x'); // > GET /b/x",
    },
    "a request interceptor": """
import axios from 'axios';
const api = axios.create({ baseURL: '/api' });
api.interceptors.request.use((config) => { config.url = `/v1${config.url}`; return config; });
export const a = () => api.get('/a'); // > GET /api/v1/a
""",
    "a chain over lines": """
import axios from 'axios';
export const a = () =>
  axios
    .create({ baseURL: '/api' })
    .get('/a') // > GET /api/a
    .then((r) => r.data);
""",
    "imports by other names": {
        "http.ts": "export default function request(path) { return fetch('/api' + path); }",
        "verbs.ts": "export const get = (path) => fetch('/v2' + path);",
        "index.ts": "export { get as read } from './verbs';\nexport * as verbs from './verbs';\n"
        "export * from './verbs';",
        "a.ts": "import http from './http';\nexport const a = () => http('/a'); // > GET /api/a",
        "b.ts": "import { read } from '.';\nexport const b = () => read('/b'); // > GET /v2/b",
        "c.ts": "import { verbs } from '.';\nexport const c = () => verbs.get('/c'); // > GET /v2/c",
        "d.ts": "import * as all from './verbs';\nexport const d = () => all.get('/d'); // > GET /v2/d",
        "e.ts": "import { get as load } from './index';\nexport const e = () => load('/e'); // > GET /v2/e",
        "f.js": "const send = require('./http').default;\nmodule.exports.f = () => send('/f'); // > GET /api/f",
        "g.ts": "export const g = async () => (await import('./verbs')).get('/g'); // > GET /v2/g",
        "h.ts": "export const h = async () => { const { get } = await import('./verbs');\n"
        "return get('/h'); }; // > GET /v2/h",
        "i.ts": "export const i = () => import('./http').then((m) => m.default('/i')); // > GET /api/i",
    },
    "a class with a base URL": """
class Client {
  constructor(private base: string) {}
  get(path) { return fetch(this.base + path); }
}
const users = new Client('/api/users');
const teams = new Client('/api/teams');
export const a = () => users.get('/1'); // > GET /api/users/1
export const b = () => teams.get('/2'); // > GET /api/teams/2
""",
    "a class with a private request": """
class Api {
  private base = '/api';
  private async request<T>(path: string, options: RequestInit = {}): Promise<T> {
    const response = await fetch(`${this.base}${path}`, options);
    return response.json();
  }
  users() { return this.request('/users'); } // > GET /api/users
  drop(id) { return this.request(`/users/${id}`, { method: 'DELETE' }); } // > DELETE /api/users/{}
}
export const api = new Api();
""",
    "a base class of CRUD": """
abstract class Crud<T> {
  abstract path: string;
  list() { return fetch(this.path); } // > GET /users, GET /teams
  one(id) { return fetch(`${this.path}/${id}`); } // > GET /users/{}
}
class Users extends Crud<User> { path = '/users'; }
class Teams extends Crud<Team> { path = '/teams'; one(id) { return super.one(id + '/full'); } } // > GET /teams/{}/full
export const api = { users: new Users(), teams: new Teams() };
""",
    "static services": """
import axios from 'axios';
const api = axios.create({ baseURL: '/api' });
class Users {
  static path(id) { return `/users/${id}`; }
  static async one(id) { const { data } = await api.get(Users.path(id)); return data; } // > GET /api/users/{}
  static drop = (id) => api.delete(this.path(id)); // > DELETE /api/users/{}
}
""",
    "a base URL by default, with a path": """
const BASE = process.env.API || 'http://localhost:8001';
export class Api {
  constructor(base = BASE) { this.base = `${base}/api/v1/items`; }
  all() { return this.get('/all'); } // > GET /api/v1/items/all
  add() { return fetch(`${this.base}/add`, { method: 'POST' }); } // > POST /api/v1/items/add
  get(path) { return fetch(`${this.base}${path}`); }
}
export const api = new Api();
""",
    "a singleton": """
class Api {
  static instance;
  static getInstance() { if (!Api.instance) Api.instance = new Api('/api'); return Api.instance; }
  constructor(base) { this.base = base; }
  send(path) { return fetch(this.base + path); }
}
export const a = () => Api.getInstance().send('/a'); // > GET /api/a
""",
    "a class over axios": """
import axios from 'axios';
class Http {
  client;
  constructor(baseURL) { this.client = axios.create({ baseURL }); }
  get(url) { return this.client.get(url); }
}
const http = new Http('/api');
export const a = () => http.get('/a'); // > GET /api/a
""",
    "a client that is handed in": """
class Http { get(path) { return fetch('/api' + path); } }
class Users { constructor(private http: Http) {} list() { return this.http.get('/users'); } } // > GET /api/users
export const users = new Users(new Http());
""",
    "a hook that gives functions": """
import { useCallback } from 'react';
const useApi = () => {
  const request = useCallback((path, options) => fetch('/api' + path, options), []);
  return { get: (path) => request(path), post: (path) => request(path, { method: 'POST' }) };
};
export function Users() {
  const { get, post } = useApi();
  const api = useApi();
  const load = async () => { await get('/a'); }; // > GET /api/a
  const save = useCallback(() => post('/b'), []); // > POST /api/b
  return <button onClick={() => api.get('/c')}>c</button>; // > GET /api/c
}
""",
    "a hook with an effect": """
import { useEffect, useState } from 'react';
function useData(url) {
  const [data, setData] = useState(null);
  useEffect(() => { fetch(url).then((r) => r.json()).then(setData); }, [url]);
  return data;
}
export function A({ id }) {
  const list = useData('/a'); // > GET /a
  const one = useData(`/a/${id}`); // > GET /a/{}
  return <div>{list}{one}</div>;
}
""",
    "a component with handlers": """
export default function Form({ id }) {
  async function submit(e) { await fetch('/a', { method: 'POST' }); } // > POST /a
  return (
    <form onSubmit={submit}>
      <button onClick={() => fetch(`/a/${id}`, { method: 'DELETE' })}>x</button> {/* // > DELETE /a/{} */}
      {items.map((item) => <Item key={item.id} onDrop={() => fetch(`/i/${item.id}`)} />)} {/* // > GET /i/{} */}
    </form>
  );
}
""",
    "memo and forwardRef": """
import { forwardRef, memo } from 'react';
export const A = memo(forwardRef(function A(props, ref) {
  const load = () => fetch('/a'); // > GET /a
  return <a ref={ref} onClick={load} />;
}));
""",
    "a class component": """
class Users extends React.Component {
  state = { url: '/a' };
  componentDidMount() { this.load(1); }
  load = async (page) => { await fetch(`/a?page=${page}`); }; // > GET /a
  render() { return <b onClick={() => fetch(`/b/${this.props.id}`)} />; } // > GET /b/{}
}
""",
    "Vue script setup": {
        "App.vue": """<script setup lang="ts">
import { onMounted } from 'vue';
import { get } from './api';
onMounted(async () => { await get('/a'); }); // > GET /api/a
const save = () => fetch('/b', { method: 'POST' }); // > POST /b
</script>
<template><button @click="save" /></template>
""",
        "api.ts": "export const get = (path) => fetch('/api' + path);",
    },
    "Vue options": {
        "App.vue": """<script>
import axios from 'axios';
export default {
  data: () => ({ users: [] }),
  methods: {
    async load() { this.users = (await axios.get('/a')).data; }, // > GET /a
    async drop(id) { if (this.users.length) await axios.delete(`/a/${id}`); }, // > DELETE /a/{}
    both() { return this.load(); },
  },
};
</script>
""",
    },
    "a generated client": {
        "sdk.gen.ts": """// This file is auto-generated by @hey-api/openapi-ts
export class Users {
  static list(options) { return fetch('/users'); }
  static one(data) { return fetch(`/users/${data.id}`); }
}
""",
        "use.ts": "import { Users } from './sdk.gen';\nexport const a = () => Users.list(); // > GET /users\n"
        "export const b = (id) => Users.one({ id }); // > GET /users/{}",
    },
    "sockets": """
const HTTP = process.env.NEXT_PUBLIC_API || 'http://localhost:8000';
const WS = HTTP.replace(/^http/, 'ws');
export const a = (id) => new WebSocket(`${WS}/ws/${id}`); // > WS /ws/{}
export const b = () => new EventSource(`${HTTP}/events`); // > SSE GET /events
const proto = window.location.protocol === 'https:' ? 'wss:' : 'ws:';
export const c = () => new WebSocket(`${proto}//${window.location.host}/live`); // > WS /live
export const d = () => { const u = new URL('/d', HTTP); u.protocol = 'ws:'; return new WebSocket(u); }; // > WS /d
""",
    "a class of a socket": """
class Socket {
  private socket: WebSocket | null = null;
  constructor(private url: string) {}
  connect() { this.socket = new WebSocket(this.url); }
}
const live = new Socket('/ws/live'); // > WS /ws/live
live.connect();
""",
    "from the environment": """
const BASE = import.meta.env.VITE_API_URL;
export const a = () => fetch(`${BASE}/a`); // > GET /a
const FALLBACK = process.env.API ?? 'http://localhost:8000/api';
export const b = () => fetch(FALLBACK + '/b'); // > GET /api/b
const HOST = process.env.HOST;
export const c = () => fetch(`https://${HOST}:8000/c`); // > GET /c
""",
    "namespaces of functions": """
const request = (path, options) => fetch('/api' + path, options);
export const api = {
  users: { list: () => request('/users'), one: (id) => request(`/users/${id}`) }, // > GET /api/users, GET /api/users/{}
  async login(body) { return request('/login', { method: 'POST', body }); }, // > POST /api/login
};
export const f = () => api.users.list();
""",
    "a wrapper of a base in a class, with a path": """
const base = '/api/admin';
const request = (path) => fetch(base + path);
export const a = () => request('/a'); // > GET /api/admin/a
export const b = () => request('/b'); // > GET /api/admin/b
""",
}

SOURCES: list[str | Mapping[str, str]] = [one.lstrip() if isinstance(one, str) else one for one in CASES.values()]


@pytest.mark.parametrize("source", SOURCES, ids=list(CASES))
def test_site(source: str | Mapping[str, str]) -> None:
    assert calls_in(source) == marked(source)
