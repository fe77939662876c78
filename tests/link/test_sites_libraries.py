"""Which place a request belongs to: client libraries as projects really use them.

A comment `// > GET /path` announces the calls of its line; there must be no others.
"""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from frontend_project import calls, calls_in, marked

CASES: dict[str, str | dict[str, str]] = {
    "Relay": {
        "env.ts": """
import { Environment, Network, Observable, RecordSource, Store } from 'relay-runtime';
const base = window.location.origin;
const renew = () => fetch(base + '/auth/refresh', { method: 'POST' }); // > POST /auth/refresh
const signed = async (input, init) => { const answer = await fetch(input, init); if (!answer.ok) await renew(); };
const ask = (input, init) => Observable.create((sink) => { signed(input, init).then(sink.next); });
const send = (operation, variables) =>
  ask(base + '/graphql', { method: 'POST', body: JSON.stringify({ query: operation.text }) }); // > POST /graphql
export default new Environment({ network: Network.create(send), store: new Store(new RecordSource()) });
""",
        "page.tsx": """
import { graphql, useFragment, useLazyLoadQuery, useMutation, usePaginationFragment } from 'react-relay';
import { commitMutation, fetchQuery } from 'relay-runtime';
import environment from './env';
export function Page({ id, node }) {
  const data = useLazyLoadQuery<PageQuery>( // > POST /graphql
    graphql`query PageQuery($id: ID!) { node(id: $id) { id } }`,
    { id }
  );
  const [commit] = useMutation(graphql`mutation PageMutation { ping }`); // > POST /graphql
  const part = useFragment(graphql`fragment Page_node on Node { id }`, node);
  const more = usePaginationFragment(MORE, node); // > POST /graphql
  return null;
}
const MORE = graphql`fragment Page_more on Node @refetchable(queryName: "PageMoreQuery") { id }`;
const query = graphql`query LaterQuery { me { id } }`;
export const load = () => fetchQuery(environment, query, {}).toPromise(); // > POST /graphql
export const change = (input) =>
  commitMutation(environment, { mutation: graphql`mutation ChangeMutation { x }` }); // > POST /graphql
""",
    },
    "a client that is spread into an object of the project": """
import createLibrary from 'openapi-fetch';
const createClient = (baseUrl, token) => ({ ...createLibrary({ baseUrl }), token });
const make = (token) => { const made = createClient('/api', token); made.use({}); return made; };
export const api = make();
export const all = () => api.GET('/users'); // > GET /api/users
""",
    "a client that is handed on": """
import createLibrary from 'openapi-fetch';
const make = async () => createLibrary({ baseUrl: '/api' });
export const one = (client) => client.GET('/users/{id}', { params: {} }); // > GET /api/users/{}
export const two = async () => {
  const made = await make();
  return one(made);
};
export const three = async () => {
  const send = (url, http) => http.GET(url);
  return send('/teams', await make()); // > GET /api/teams
};
""",
    "RTK Query put together from modules": """
import { buildCreateApi, coreModule, fetchBaseQuery, reactHooksModule } from '@reduxjs/toolkit/query/react';
const makeApi = buildCreateApi(coreModule(), reactHooksModule());
export const api = makeApi({
  baseQuery: fetchBaseQuery({ baseUrl: '/api' }),
  endpoints: (build) => ({ all: build.query({ query: () => 'users' }) }), // > GET /api/users
});
""",
    "RTK Query with injected endpoints": {
        "api.ts": """
import { createApi, fetchBaseQuery } from '@reduxjs/toolkit/query/react';
const baseQuery = fetchBaseQuery({ baseUrl: '/api/v1', prepareHeaders: (h) => h });
const baseQueryWithReauth = async (args, api, extraOptions) => {
  let result = await baseQuery(args, api, extraOptions);
  if (result.error && result.error.status === 401) {
    const again = { url: '/auth/refresh', method: 'POST' };
    const refresh = await baseQuery(again, api, extraOptions); // > POST /api/v1/auth/refresh
    if (refresh.data) { result = await baseQuery(args, api, extraOptions); }
  }
  return result;
};
export const api = createApi({ reducerPath: 'api', baseQuery: baseQueryWithReauth, endpoints: () => ({}) });
""",
        "users.ts": """
import { api } from './api';
export const usersApi = api.enhanceEndpoints({ addTagTypes: ['User'] }).injectEndpoints({
  endpoints: (build) => ({
    list: build.query<User[], { page: number }>({ // > GET /api/v1/users
      query: ({ page }) => ({ url: '/users', params: { page } }),
      providesTags: ['User'],
    }),
    one: build.query<User, number>({ query: (id) => `users/${id}` }), // > GET /api/v1/users/{}
    me: build.query({ query: () => 'users/me' }), // > GET /api/v1/users/me
    add: build.mutation({ query: (body) => ({ url: 'users', method: 'POST', body }) }), // > POST /api/v1/users
    drop: build.mutation({ // > DELETE /api/v1/users/{}
      query({ id }) { return { url: `users/${id}`, method: 'DELETE' }; },
    }),
    both: build.query({
      async queryFn(arg, api, extra, baseQuery) {
        const first = await baseQuery('/a'); // > GET /api/v1/a
        return { data: first };
      },
    }),
  }),
  overrideExisting: false,
});
export const { useListQuery } = usersApi;
""",
    },
    "RTK Query over axios": """
import { createApi } from '@reduxjs/toolkit/query/react';
import axios from 'axios';
const axiosBaseQuery = ({ baseUrl } = { baseUrl: '' }) => async ({ url, method, data, params }) => {
  try { return { data: (await axios({ url: baseUrl + url, method, data, params })).data }; } catch (e) { return e; }
};
export const api = createApi({
  baseQuery: axiosBaseQuery({ baseUrl: '/api' }),
  endpoints(build) { return {
    a: build.query({ query: () => ({ url: '/a', method: 'get' }) }), // > GET /api/a
    b: build.mutation({ query: (id) => ({ url: `/b/${id}`, method: 'post' }) }), // > POST /api/b/{}
  }; },
});
""",
    "SWR with keys of all kinds": """
import useSWR, { SWRConfig } from 'swr';
import useSWRInfinite from 'swr/infinite';
import useSWRMutation from 'swr/mutation';
const fetcher = (url) => fetch('/api' + url).then((r) => r.json());
const send = (url, { arg }) => fetch(url, { method: 'POST', body: JSON.stringify(arg) });
export function A({ id, q }) {
  useSWR('/a', fetcher); // > GET /api/a
  useSWR(id ? `/b/${id}` : null, fetcher); // > GET /api/b/{}
  useSWR(() => (id ? `/c/${id}` : null), fetcher); // > GET /api/c/{}
  useSWR(id && `/d/${id}`, fetcher); // > GET /api/d/{}
  useSWR(['/e', id], ([url, id]) => fetcher(`${url}/${id}`)); // > GET /api/e/{}
  useSWRMutation('/api/f', send); // > POST /api/f
  const getKey = (index, previous) => { if (previous && !previous.length) return null; return `/g?page=${index}`; };
  useSWRInfinite(getKey, fetcher); // > GET /api/g
}
""",
    "Angular with a resource in the constructor": """
import { HttpClient } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
export abstract class Resource<T> {
  private http = inject(HttpClient);
  constructor(@Inject(String) private resource: string) {}
  add(body: T) { return this.http.post<T>(`/api/${this.resource}/`, body).pipe(f()); } // > POST /api/users/
}
@Injectable()
export class Users extends Resource<User> { constructor() { super('users'); } }
""",
    "openapi-fetch": """
import createClient from 'openapi-fetch';
import createHooks from 'openapi-react-query';
export const client = createClient<paths>({ baseUrl: import.meta.env.VITE_API_URL });
client.use({ onRequest({ request }) { request.headers.set('x', 'y'); return request; } });
const $api = createHooks(client);
export const a = async (id) => {
  const { data } = await client.GET('/a/{id}', { params: { path: { id } } }); // > GET /a/{}
  return data;
};
export const b = (body) => client.POST('/b', { body }); // > POST /b
export function C() {
  const q = $api.useQuery('get', '/c/{id}', { params: { path: { id: 1 } } }); // > GET /c/{}
  const m = $api.useMutation('post', '/d'); // > POST /d
  return null;
}
""",
    "GraphQL": """
import { GraphQLClient, gql, request } from 'graphql-request';
const client = new GraphQLClient('/graphql');
export const a = () => client.request(gql`query Users { users { id } }`); // > POST /graphql
export const b = () => request('/graphql', gql`query Teams { teams { id } }`); // > POST /graphql
""",
    "hey-api": {
        "client/client.gen.ts": """// This file is auto-generated by @hey-api/openapi-ts
import { createClient, createConfig } from '@hey-api/client-fetch';
export const client = createClient(createConfig({ baseUrl: 'http://localhost:8000' }));
""",
        "client/sdk.gen.ts": """// This file is auto-generated by @hey-api/openapi-ts
import { client } from './client.gen';
export const readUser = (options) => (options.client ?? client).get({ url: '/users/{user_id}', ...options });
export const addUser = (options) => (options?.client ?? client).post({ url: '/users', ...options });
""",
        "use.ts": """
import { addUser, readUser } from './client/sdk.gen';
export const a = (id) => readUser({ path: { user_id: id } }); // > GET /users/{}
export const b = () => addUser({ body: {} }); // > POST /users
""",
    },
    "openapi-typescript-codegen": {
        "client/core/OpenAPI.ts": "export const OpenAPI = { BASE: '', VERSION: '1', WITH_CREDENTIALS: false };",
        "client/core/request.ts": """/* generated using openapi-typescript-codegen -- do no edit */
import type { OpenAPIConfig } from './OpenAPI';
const getUrl = (config: OpenAPIConfig, options: ApiRequestOptions): string => {
  const encoder = config.ENCODE_PATH || encodeURI;
  const path = options.url
    .replace('{api-version}', config.VERSION)
    .replace(/{(.*?)}/g, (substring: string, group: string) => {
      if (options.path?.hasOwnProperty(group)) { return encoder(String(options.path[group])); }
      return substring;
    });
  const url = `${config.BASE}${path}`;
  if (options.query) { return `${url}${getQueryString(options.query)}`; }
  return url;
};
export const request = <T>(config: OpenAPIConfig, options: ApiRequestOptions): CancelablePromise<T> => {
  return new CancelablePromise(async (resolve, reject, onCancel) => {
    try {
      const url = getUrl(config, options);
      const response = await fetch(url, { method: options.method });
      resolve(response);
    } catch (error) { reject(error); }
  });
};
""",
        "client/core/CancelablePromise.ts": "export class CancelablePromise { "
        "constructor(run) { new Promise((a, b) => run(a, b, () => {})); } }",
        "client/services/UsersService.ts": """/* generated using openapi-typescript-codegen -- do no edit */
import { OpenAPI } from '../core/OpenAPI';
import { request as __request } from '../core/request';
export class UsersService {
  public static one(id: number): CancelablePromise<User> {
    return __request(OpenAPI, { method: 'GET', url: '/api/users/{id}', path: { 'id': id } });
  }
}
""",
        "use.ts": """
import { UsersService } from './client/services/UsersService';
export const a = (id) => UsersService.one(id); // > GET /api/users/{}
""",
    },
    "orval": {
        "mutator.ts": """
import Axios, { AxiosRequestConfig } from 'axios';
export const AXIOS = Axios.create({ baseURL: '/api' });
export const customInstance = <T>(config: AxiosRequestConfig, options?: AxiosRequestConfig): Promise<T> => {
  const source = Axios.CancelToken.source();
  const promise = AXIOS({ ...config, ...options, cancelToken: source.token }).then(({ data }) => data);
  return promise;
};
""",
        "gen/users.ts": """/** Generated by orval v6.1 */
import { customInstance } from '../mutator';
export const getUser = (id: number, signal?: AbortSignal) =>
  customInstance<User>({ url: `/users/${id}`, method: 'GET', signal });
""",
        "use.ts": """
import { getUser } from './gen/users';
export const a = (id) => getUser(id); // > GET /api/users/{}
""",
    },
    "event streams": """
import { fetchEventSource } from '@microsoft/fetch-event-source';
import { EventSourcePolyfill, NativeEventSource } from 'event-source-polyfill';
import ReconnectingWebSocket from 'reconnecting-websocket';
import useWebSocket from 'react-use-websocket';
export const a = () => fetchEventSource('/a', { method: 'POST', onmessage() {} }); // > SSE POST /a
export const b = () => new EventSourcePolyfill('/b', { headers: {} }); // > SSE GET /b
export const c = () => new ReconnectingWebSocket('ws://localhost:8000/c', [], {}); // > WS /c
export function D() { const { sendMessage } = useWebSocket('/d'); return null; } // > WS /d
""",
    "sockets by other names": """
import { EventSource } from 'eventsource';
import { EventSource as Extended } from 'extended-eventsource';
import Reconnecting from 'partysocket/ws';
import { webSocket } from 'rxjs/webSocket';
import { useEventSource, useWebSocket } from '@vueuse/core';
export const a = () => new EventSource('/a'); // > SSE GET /a
export const b = () => new Extended('/b'); // > SSE GET /b
export const c = () => new Reconnecting('/c'); // > WS /c
export const d = () => webSocket({ url: '/d' }); // > WS /d
export const e = () => useWebSocket('/e'); // > WS /e
export const f = () => useEventSource('/f'); // > SSE GET /f
""",
    "beacons and XMLHttpRequest": """
export const a = () => navigator.sendBeacon('/a', '{}'); // > POST /a
export const b = () => { const xhr = new XMLHttpRequest(); xhr.open('PUT', '/b', true); xhr.send(); }; // > PUT /b
export const c = () => window.navigator.sendBeacon('/c'); // > POST /c
""",
    "the AI SDK": """
import { useChat } from '@ai-sdk/react';
import { DefaultChatTransport } from 'ai';
export function A() { const { messages } = useChat({ api: '/a' }); return null; } // > SSE POST /a
export function B() {
  const chat = useChat({ transport: new DefaultChatTransport({ api: '/b' }) }); // > SSE POST /b
  return null;
}
""",
    "wretch": """
import wretch from 'wretch';
const api = wretch('/api').auth('x').options({ credentials: 'include' });
export const a = () => api.url('/a').get().json(); // > GET /api/a
export const b = (x) => api.post(x, '/b').res(); // > POST /api/b
export const c = () => api.get('/c').json(); // > GET /api/c
export const d = (id) => wretch(`/d/${id}`).json({}).put(); // > PUT /d/{}
""",
    "got": """
import got from 'got';
const api = got.extend({ prefixUrl: 'http://localhost:8000/api' });
export const a = () => api.get('a').json(); // > GET /api/a
export const b = () => api('b', { method: 'POST', json: {} }); // > POST /api/b
export const c = () => got.post('http://localhost:8000/c'); // > POST /c
""",
    "alova": """
import { createAlova } from 'alova';
const alova = createAlova({ baseURL: '/api', requestAdapter: adapter() });
export const a = () => alova.Get('/a'); // > GET /api/a
export const b = (x) => alova.Post('/b', x); // > POST /api/b
""",
    "umi-request": """
import request, { extend } from 'umi-request';
const api = extend({ prefix: '/api', timeout: 1000 });
export const a = () => request('/a', { method: 'POST' }); // > POST /a
export const b = () => api.get('/b'); // > GET /api/b
export const c = () => api('/c'); // > GET /api/c
""",
    "up-fetch": """
import { up } from 'up-fetch';
const upfetch = up(fetch, () => ({ baseUrl: '/api' }));
export const a = () => upfetch('/a', { method: 'PATCH' }); // > PATCH /api/a
""",
    "Nuxt's authentication modules": {
        "nuxt.config.ts": """
export default defineNuxtConfig({
  auth: {
    strategies: {
      local: {
        endpoints: {
          login: { url: 'api/token', method: 'post' }, // > POST /api/token
          user: { url: '/api/users/self' }, // > GET /api/users/self
          logout: false,
        },
      },
    },
    provider: { endpoints: { signOut: { path: '/api/leave' } } }, // > POST /api/leave
  },
});
"""
    },
    "TanStack Query": """
import { useMutation, useQuery, queryOptions } from '@tanstack/react-query';
const users = queryOptions({ queryKey: ['a'], queryFn: () => fetch('/a').then((r) => r.json()) }); // > GET /a
export function A({ id }) {
  useQuery({ queryKey: ['b', id], queryFn: async () => (await fetch(`/b/${id}`)).json() }); // > GET /b/{}
  useMutation({ mutationFn: (body) => fetch('/c', { method: 'POST', body }) }); // > POST /c
}
""",
}

SOURCES: list[str | Mapping[str, str]] = [one.lstrip() if isinstance(one, str) else one for one in CASES.values()]


@pytest.mark.parametrize("source", SOURCES, ids=list(CASES))
def test_site(source: str | Mapping[str, str]) -> None:
    assert calls_in(source) == marked(source)


def test_a_graphql_call_names_its_operation() -> None:
    files = CASES["Relay"]
    assert isinstance(files, dict)
    named = {call.site.location.line: call.site.operation for call in calls(files) if call.site.operation}
    assert named == {6: "PageQuery", 10: "PageMutation", 12: "PageMoreQuery", 17: "LaterQuery", 19: "ChangeMutation"}


def test_a_file_of_many_endpoints() -> None:
    each = "\n".join(f"e{n}: build.query({{ query: () => `items/{n}` }})," for n in range(80))
    source = f"""
import {{ createApi, fetchBaseQuery }} from '@reduxjs/toolkit/query/react';
const plain = fetchBaseQuery({{ baseUrl: '/api' }});
const baseQuery = async (args, api, options) => {{
  const seen = {[f"/auth/{n}" for n in range(40)]}.filter((one) => args.includes(one)).map((one) => one + '!');
  return plain(args, api, options);
}};
export const api = createApi({{ baseQuery, endpoints: (build) => ({{ {each} }}) }});
"""
    assert len(calls({"main.ts": source})) == 80
