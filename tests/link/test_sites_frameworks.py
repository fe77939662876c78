"""Which place a request belongs to: the idioms of frameworks and generated clients.

A comment `// > GET /path` announces the calls of its line; there must be no others.
"""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from frontend_project import calls_in, marked

CASES: dict[str, str | dict[str, str]] = {
    "abstract services": {
        "environment.ts": "export const environment = { apiUrl: 'http://localhost:8000/api' };",
        "api.service.ts": """
import { HttpClient } from '@angular/common/http';
import { environment } from './environment';
export abstract class ApiService<T> {
  abstract path: string;
  constructor(protected http: HttpClient) {}
  list() { return this.http.get<T[]>(`${environment.apiUrl}/${this.path}`); } // > GET /api/users, GET /api/teams
  one(id: number) { return this.http.get<T>(`${environment.apiUrl}/${this.path}/${id}`); } // > GET /api/users/{}
  drop(id: number) { return this.http.delete(this.url(id)); } // > DELETE /api/users/{}, DELETE /api/teams/{}
  protected url(id: number) { return `${environment.apiUrl}/${this.path}/${id}`; }
}
""",
        "users.service.ts": """
import { Injectable } from '@angular/core';
import { ApiService } from './api.service';
@Injectable({ providedIn: 'root' })
export class UsersService extends ApiService<User> { path = 'users'; }
""",
        "teams.service.ts": """
import { Injectable } from '@angular/core';
import { ApiService } from './api.service';
@Injectable({ providedIn: 'root' })
export class TeamsService extends ApiService<Team> {
  path = 'teams';
  one(id: number) { return super.one(id); } // > GET /api/teams/{}
}
""",
    },
    "abstract services with a getter": """
import { HttpClient } from '@angular/common/http';
import { inject } from '@angular/core';
const API = '/api';
export abstract class Base<T> {
  protected http = inject(HttpClient);
  protected abstract get resource(): string;
  protected abstract endpoint(): string;
  list() { return this.http.get(`${API}/${this.resource}`); } // > GET /api/users
  find(q) { return this.http.get(`${API}/${this.endpoint()}/find`); } // > GET /api/people/find
}
export class Users extends Base<User> {
  protected get resource() { return 'users'; }
  protected endpoint() { return 'people'; }
}
""",
    "SWR with a global fetcher": {
        "lib/fetcher.ts": "export const fetcher = (path) => fetch(`/api/v1${path}`).then((r) => r.json());",
        "app.tsx": """
import { SWRConfig } from 'swr';
import { fetcher } from './lib/fetcher';
export default function App({ Component }) {
  return <SWRConfig value={{ fetcher, revalidateOnFocus: false }}><Component /></SWRConfig>;
}
""",
        "users.tsx": """
import useSWR from 'swr';
import useSWRImmutable from 'swr/immutable';
export function Users({ id }) {
  const { data } = useSWR('/users'); // > GET /api/v1/users
  const { data: one } = useSWR(id ? `/users/${id}` : null); // > GET /api/v1/users/{}
  const { data: two } = useSWRImmutable('/teams', { revalidateOnMount: true }); // > GET /api/v1/teams
  return null;
}
""",
    },
    "SWR with a global fetcher in place": """
import useSWR, { SWRConfig } from 'swr';
export const App = () => (
  <SWRConfig value={{ fetcher: (url, init) => fetch('/api' + url, init).then((r) => r.json()) }}><A /></SWRConfig>
);
function A() {
  useSWR('/a'); // > GET /api/a
  useSWR('/b', null); // > GET /api/b
}
""",
    "SWR behind hooks": {
        "fetcher.ts": """
import axios from 'axios';
export const api = axios.create({ baseURL: `${process.env.NEXT_PUBLIC_API_URL}/api` });
export const fetcher = ([url, token]) => api.get(url, { headers: { a: token } }).then((r) => r.data);
export const plain = (url: string) => api.get(url).then((r) => r.data);
export async function send(url: string, { arg }: { arg: unknown }) { return api.post(url, arg); }
export const mutation = (method) => (url, { arg }) => api.request({ url, method, data: arg });
""",
        "use.ts": """
import useSWR from 'swr';
import useSWRMutation from 'swr/mutation';
import { fetcher, mutation, plain, send } from './fetcher';
export function useApi<T>(path: string | null, options = {}) { return useSWR<T>(path, plain, options); }
export function useUser(id) {
  const { data, error } = useSWR(id ? [`/users/${id}`, 'token'] : null, fetcher); // > GET /api/users/{}
  return { data, error, loading: !data };
}
export const useTeams = () => useApi<Team[]>('/teams'); // > GET /api/teams
export const useAdd = () => useSWRMutation('/teams', send); // > POST /api/teams
export const useDrop = (id) => useSWRMutation(`/teams/${id}`, mutation('DELETE')); // > DELETE /api/teams/{}
export const usePut = (id) => useSWRMutation('/teams', (key, { arg }) => api2(key, arg)); // > PUT /teams
const api2 = (url, body) => fetch(url, { method: 'PUT', body });
""",
        "page.tsx": """
import { useApi, useUser } from './use';
export default function Page({ id }) {
  const { data } = useUser(id);
  const more = useApi(`/users/${id}/more`); // > GET /api/users/{}/more
  return null;
}
""",
    },
    "swagger-typescript-api": {
        "gen/Api.ts": """/* ## THIS FILE WAS GENERATED VIA SWAGGER-TYPESCRIPT-API ## */
export class HttpClient<SecurityDataType = unknown> {
  public baseUrl: string = "http://localhost:8000/api";
  private customFetch = (...fetchParams: Parameters<typeof fetch>) => fetch(...fetchParams);
  constructor(apiConfig: ApiConfig<SecurityDataType> = {}) { Object.assign(this, apiConfig); }
  public request = async <T = any, E = any>({
    body, secure, path, type, query, format, baseUrl, cancelToken, ...params
  }: FullRequestParams): Promise<HttpResponse<T, E>> => {
    const queryString = query && this.toQueryString(query);
    return this.customFetch(
      `${baseUrl || this.baseUrl || ""}${path}${queryString ? `?${queryString}` : ""}`,
      { ...params, body: body },
    ).then(async (response) => response.clone());
  };
}
export class Api<SecurityDataType extends unknown> extends HttpClient<SecurityDataType> {
  users = {
    one: (id: number, params: RequestParams = {}) =>
      this.request<User, void>({ path: `/users/${id}`, method: "GET", format: "json", ...params }),
    add: (data: User, params: RequestParams = {}) =>
      this.request<User, void>({ path: `/users`, method: "POST", body: data, type: "json", ...params }),
  };
}
""",
        "use.ts": """
import { Api } from './gen/Api';
const api = new Api();
const other = new Api({ baseUrl: '/v2' });
export const a = (id) => api.users.one(id); // > GET /api/users/{}
export const b = async (user) => (await other.users.add(user)).data; // > POST /v2/users
""",
    },
    "Relay": {
        "environment.ts": """
import { Environment, Network, RecordSource, Store } from 'relay-runtime';
const fetchQuery = async (operation, variables) => {
  const response = await fetch('/graphql', { // > POST /graphql
    method: 'POST',
    body: JSON.stringify({ query: operation.text, variables }),
  });
  return response.json();
};
export const environment = new Environment({
  network: Network.create(fetchQuery),
  store: new Store(new RecordSource()),
});
""",
        "page.tsx": """
import { graphql, useLazyLoadQuery } from 'react-relay';
export const Page = () => { useLazyLoadQuery(graphql`query pageQuery { user { id } }`, {}); return null; };
""",
    },
    "Remix": """
import { redirect } from '@remix-run/node';
const API = process.env.BACKEND_URL;
export async function loader({ request, params }: LoaderFunctionArgs) {
  const res = await fetch(`${process.env.BACKEND_URL}/api/users/${params.id}`); // > GET /api/users/{}
  return res.json();
}
export const action = async ({ request }) => {
  const form = await request.formData();
  await fetch(new URL('/api/users', API), { method: 'POST', body: form }); // > POST /api/users
  return redirect('/');
};
export const clientLoader = () => fetch('/api/c'); // > GET /api/c
""",
    "Next on the server": {
        "lib/server.ts": """
import { cookies } from 'next/headers';
const BACKEND = process.env.BACKEND_URL ?? 'http://backend:8000';
export async function backend<T>(path: string, init: RequestInit = {}): Promise<T> {
  const jar = await cookies();
  const headers = new Headers(init.headers);
  headers.set('Authorization', `Bearer ${jar.get('token')?.value}`);
  const url = path.startsWith('http') ? path : `${BACKEND}${path}`;
  const response = await fetch(url, { ...init, headers, cache: 'no-store' });
  if (!response.ok) throw new Error('failed');
  return response.json();
}
""",
        "app/users/page.tsx": """
import { backend } from '../../lib/server';
export default async function Page({ params }) {
  const user = await backend<User>(`/api/users/${params.id}`); // > GET /api/users/{}
  const [a, b] = await Promise.all([
    backend('/api/a'), // > GET /api/a
    backend('/api/b', { next: { revalidate: 60 } }), // > GET /api/b
  ]);
  return <form action={save}><b /></form>;
}
async function save(form: FormData) {
  'use server';
  await backend('/api/users', { method: 'POST', body: JSON.stringify({}) }); // > POST /api/users
}
""",
        "app/actions.ts": """
'use server';
import { backend } from '../lib/server';
export async function drop(id: string) { 
  await backend(`/api/users/${id}`, { method: 'DELETE' }); // > DELETE /api/users/{}
}
""",
    },
    "Nuxt": {
        "app.vue": """<script setup>
const config = useRuntimeConfig();
const { data } = await useFetch('/api/a', { method: 'post' }); // > POST /api/a
const { data: b } = await useFetch(() => `/api/b/${id.value}`); // > GET /api/b/{}
const { data: c } = await useAsyncData('c', () => $fetch('/api/c')); // > GET /api/c
const { data: d } = useLazyAsyncData(() => $fetch(`${config.public.apiBase}/d`)); // > GET /d
const e = () => $fetch('/e', { baseURL: config.public.apiBase, method: 'DELETE' }); // > DELETE /e
const { $api } = useNuxtApp();
</script>
""",
    },
}

SOURCES: list[str | Mapping[str, str]] = [one.lstrip() if isinstance(one, str) else one for one in CASES.values()]


@pytest.mark.parametrize("source", SOURCES, ids=list(CASES))
def test_site(source: str | Mapping[str, str]) -> None:
    assert calls_in(source) == marked(source)
