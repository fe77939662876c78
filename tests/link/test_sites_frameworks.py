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
    "SWR with a fetcher for keys of all kinds": """
import axios from 'axios';
import useSWR, { SWRConfig } from 'swr';
axios.defaults.baseURL = '/api/';
export function Provider({ children, options }) {
  return (
    <SWRConfig value={{
      fetcher: (key) => {
        const [path, params] = Array.isArray(key) ? key : [key, undefined];
        return axios.get(path, { params }).then((res) => res.data);
      },
      ...options,
    }}>{children}</SWRConfig>
  );
}
export function A({ id }) {
  useSWR('a'); // > GET /api/a
  useSWR(id ? ['b', { id }] : null); // > GET /api/b
  useSWR([`c/${id}`, {}], { revalidateOnFocus: false }); // > GET /api/c/{}
}
""",
    "a state that is empty at first": """
import { useState } from 'react';
export function A() {
  const [name, setName] = useState('');
  const save = () => fetch(`/faces/${name}/register`, { method: 'POST' }); // > POST /faces/{}/register
  return <button onClick={save} />;
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
    "openapi-generator for axios": {
        "gen/configuration.ts": """/* NOTE: This class is auto generated by OpenAPI Generator */
export class Configuration {
  basePath?: string;
  constructor(param: ConfigurationParameters = {}) { this.basePath = param.basePath; }
}
""",
        "gen/base.ts": """/* NOTE: This class is auto generated by OpenAPI Generator */
import globalAxios from 'axios';
export const BASE_PATH = "http://localhost/api".replace(/\\/+$/, "");
export class BaseAPI {
  protected configuration: Configuration | undefined;
  constructor(configuration?: Configuration, protected basePath: string = BASE_PATH, protected axios = globalAxios) {
    if (configuration) {
      this.configuration = configuration;
      this.basePath = configuration.basePath ?? basePath;
    }
  }
};
export const operationServerMap = {};
""",
        "gen/common.ts": """/* NOTE: This class is auto generated by OpenAPI Generator */
export const DUMMY_BASE_URL = 'https://example.com';
export const assertParamExists = function (functionName, paramName, paramValue) {
  if (paramValue === null || paramValue === undefined) { throw new RequiredError(paramName, functionName); }
};
export const setSearchParams = function (url: URL, ...objects: any[]) {
  const searchParams = new URLSearchParams(url.search);
  setFlattenedQueryParams(searchParams, objects);
  url.search = searchParams.toString();
};
export const toPathString = function (url: URL) { return url.pathname + url.search + url.hash; };
export const createRequestFunction = function (axiosArgs, globalAxios, BASE_PATH: string, configuration?) {
  return <T = unknown, R = AxiosResponse<T>>(axios = globalAxios, basePath: string = BASE_PATH) => {
    const axiosRequestArgs = {
      ...axiosArgs.options,
      url: (axios.defaults.baseURL ? '' : configuration?.basePath ?? basePath) + axiosArgs.url,
    };
    return axios.request<T, R>(axiosRequestArgs);
  };
};
""",
        "gen/api.ts": """/* NOTE: This class is auto generated by OpenAPI Generator */
import type { Configuration } from './configuration';
import globalAxios from 'axios';
import { DUMMY_BASE_URL, assertParamExists, setSearchParams, toPathString, createRequestFunction } from './common';
import { BASE_PATH, BaseAPI, operationServerMap } from './base';
export const UsersApiAxiosParamCreator = function (configuration?: Configuration) {
  return {
    readUser: async (userId: number, options = {}) => {
      assertParamExists('readUser', 'userId', userId);
      const localVarPath = `/users/{user_id}`
        .replace(`{${"user_id"}}`, encodeURIComponent(String(userId)));
      const localVarUrlObj = new URL(localVarPath, DUMMY_BASE_URL);
      let baseOptions;
      if (configuration) { baseOptions = configuration.baseOptions; }
      const localVarRequestOptions = { method: 'GET', ...baseOptions, ...options };
      const localVarHeaderParameter = {} as any;
      const localVarQueryParameter = {} as any;
      setSearchParams(localVarUrlObj, localVarQueryParameter);
      let headersFromBaseOptions = baseOptions && baseOptions.headers ? baseOptions.headers : {};
      localVarRequestOptions.headers = { ...localVarHeaderParameter, ...headersFromBaseOptions, ...options.headers };
      return { url: toPathString(localVarUrlObj), options: localVarRequestOptions };
    },
    addUser: async (user: User, options = {}) => {
      const localVarPath = `/users`;
      const localVarUrlObj = new URL(localVarPath, DUMMY_BASE_URL);
      let baseOptions;
      if (configuration) { baseOptions = configuration.baseOptions; }
      const localVarRequestOptions = { method: 'POST', ...baseOptions, ...options };
      localVarRequestOptions.data = serializeDataIfNeeded(user, localVarRequestOptions, configuration);
      return { url: toPathString(localVarUrlObj), options: localVarRequestOptions };
    },
  };
};
export const UsersApiFp = function (configuration?: Configuration) {
  const localVarAxiosParamCreator = UsersApiAxiosParamCreator(configuration);
  return {
    async readUser(userId, options?): Promise<(axios?: AxiosInstance, basePath?: string) => AxiosPromise<User>> {
      const localVarAxiosArgs = await localVarAxiosParamCreator.readUser(userId, options);
      const localVarOperationServerIndex = configuration?.serverIndex ?? 0;
      const localVarOperationServerBasePath =
        operationServerMap['UsersApi.readUser']?.[localVarOperationServerIndex]?.url;
      return (axios, basePath) => createRequestFunction(localVarAxiosArgs, globalAxios, BASE_PATH, configuration)(
        axios, localVarOperationServerBasePath || basePath);
    },
    async addUser(user, options?) {
      const localVarAxiosArgs = await localVarAxiosParamCreator.addUser(user, options);
      return createRequestFunction(localVarAxiosArgs, globalAxios, BASE_PATH, configuration);
    },
  };
};
export class UsersApi extends BaseAPI {
  public readUser(userId: number, options?) {
    return UsersApiFp(this.configuration).readUser(userId, options)
      .then((request) => request(this.axios, this.basePath));
  }
  public addUser(user: User, options?) {
    return UsersApiFp(this.configuration).addUser(user, options).then((request) => request(this.axios, this.basePath));
  }
}
""",
        "use.ts": """
import { Configuration } from './gen/configuration';
import { UsersApi } from './gen/api';
const plain = new UsersApi();
const users = new UsersApi(new Configuration({ basePath: '/api/v2' }));
export const a = (id) => users.readUser(id).then((r) => r.data); // > GET /api/v2/users/{}
export const b = async (user) => { const { data } = await users.addUser(user); return data; }; // > POST /api/v2/users
export const c = () => plain.addUser({}); // > POST /api/users
""",
    },
    "openapi-generator for fetch": {
        "gen/runtime.ts": """/* NOTE: This class is auto generated by OpenAPI Generator */
export const BASE_PATH = "http://localhost/api".replace(/\\/+$/, "");
export class Configuration {
  constructor(private configuration: ConfigurationParameters = {}) {}
  get basePath(): string { return this.configuration.basePath != null ? this.configuration.basePath : BASE_PATH; }
  get fetchApi() { return this.configuration.fetchApi; }
  get middleware() { return this.configuration.middleware || []; }
  get queryParamsStringify() { return this.configuration.queryParamsStringify || querystring; }
}
export const DefaultConfig = new Configuration();
export class BaseAPI {
  private middleware;
  constructor(protected configuration = DefaultConfig) { this.middleware = configuration.middleware; }
  protected async request(context, initOverrides?): Promise<Response> {
    const { url, init } = await this.createFetchParams(context, initOverrides);
    const response = await this.fetchApi(url, init);
    if (response && (response.status >= 200 && response.status < 300)) { return response; }
    throw new ResponseError(response, 'Response returned an error code');
  }
  private async createFetchParams(context, initOverrides?) {
    let url = this.configuration.basePath + context.path;
    if (context.query !== undefined && Object.keys(context.query).length !== 0) {
      url += '?' + this.configuration.queryParamsStringify(context.query);
    }
    const initOverrideFn = typeof initOverrides === "function" ? initOverrides : async () => initOverrides;
    const initParams = { method: context.method, headers: {}, body: context.body };
    const overriddenInit = { ...initParams, ...(await initOverrideFn({ init: initParams, context })) };
    const init = { ...overriddenInit, body: overriddenInit.body };
    return { url, init };
  }
  private fetchApi = async (url: string, init: RequestInit) => {
    let fetchParams = { url, init };
    for (const middleware of this.middleware) {
      if (middleware.pre) {
        fetchParams = await middleware.pre({ fetch: this.fetchApi, ...fetchParams }) || fetchParams;
      }
    }
    let response = undefined;
    try {
      response = await (this.configuration.fetchApi || fetch)(fetchParams.url, fetchParams.init);
    } catch (e) { throw e; }
    return response;
  }
}
""",
        "gen/UsersApi.ts": """/* NOTE: This class is auto generated by OpenAPI Generator */
import * as runtime from './runtime';
export class UsersApi extends runtime.BaseAPI {
  async readUserRaw(requestParameters, initOverrides?) {
    if (requestParameters['userId'] == null) { throw new runtime.RequiredError('userId', 'x'); }
    const queryParameters: any = {};
    let urlPath = `/users/{user_id}`;
    urlPath = urlPath.replace(`{${"user_id"}}`, encodeURIComponent(String(requestParameters['userId'])));
    const response = await this.request({ path: urlPath, method: 'GET', query: queryParameters }, initOverrides);
    return new runtime.JSONApiResponse(response, (jsonValue) => UserFromJSON(jsonValue));
  }
  async readUser(requestParameters, initOverrides?): Promise<User> {
    const response = await this.readUserRaw(requestParameters, initOverrides);
    return await response.value();
  }
  async addUserRaw(requestParameters, initOverrides?) {
    const response = await this.request({
      path: `/users`, method: 'POST', body: UserToJSON(requestParameters['user']),
    }, initOverrides);
    return new runtime.JSONApiResponse(response);
  }
  async addUser(requestParameters, initOverrides?) {
    const response = await this.addUserRaw(requestParameters, initOverrides);
    return await response.value();
  }
}
""",
        "use.ts": """
import { UsersApi } from './gen/UsersApi';
import { Configuration } from './gen/runtime';
const users = new UsersApi(new Configuration({ basePath: '/v2' }));
const plain = new UsersApi();
export const a = (id) => users.readUser({ userId: id }); // > GET /v2/users/{}
export const b = (user) => plain.addUser({ user }); // > POST /api/users
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
export const Page = () => {
  useLazyLoadQuery(graphql`query pageQuery { user { id } }`, {}); // > POST /graphql
  return null;
};
""",
    },
    "Apollo and urql": {
        "apollo.ts": """
import { ApolloClient, InMemoryCache, HttpLink, createHttpLink } from '@apollo/client';
export const client = new ApolloClient({ uri: '/graphql', cache: new InMemoryCache() }); // > POST /graphql
export const link = new HttpLink({ uri: '/b/graphql' }); // > POST /b/graphql
export const other = createHttpLink({ uri: '/c/graphql' }); // > POST /c/graphql
""",
        "urql.ts": """
import { Client, createClient, fetchExchange } from 'urql';
export const a = createClient({ url: '/d/graphql', exchanges: [fetchExchange] }); // > POST /d/graphql
export const b = new Client({ url: '/e/graphql' }); // > POST /e/graphql
""",
    },
    "SvelteKit": {
        "src/routes/users/+page.ts": """
export const load = async ({ fetch, params }) => {
  const res = await fetch(`/api/users/${params.id}`); // > GET /api/users/{}
  return { user: await res.json() };
};
""",
        "src/routes/+layout.server.js": """
/** @type {import('./$types').LayoutServerLoad} */
export async function load(event) {
  return { me: await (await event.fetch('/api/me')).json() }; // > GET /api/me
}
""",
        "src/routes/users/+page.server.ts": """
import { API } from '$env/static/private';
import { request } from '../../lib/request';
export const actions = {
  default: async ({ request, fetch }) => {
    const form = await request.formData();
    await fetch('/api/users', { method: 'POST', body: form }); // > POST /api/users
  },
  drop: async ({ fetch, params }) => request(fetch, `/users/${params.id}`, 'DELETE'), // > DELETE /api/users/{}
};
""",
        "src/routes/items/+page.ts": """
import { get } from '../../lib/request';
export const load = ({ fetch, params }) => get(fetch, `/items/${params.id}`); // > GET /api/items/{}
""",
        "src/lib/request.ts": """
export const get = (fetch, path) => fetch('/api' + path).then((r) => r.json());
export const request = (fetch, path, method) => fetch('/api' + path, { method });
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
    "VueUse": """
import { createFetch, useFetch } from '@vueuse/core';
export const useApi = createFetch({ baseUrl: '/api', options: {} });
export const a = () => useFetch('/a').json(); // > GET /a
export const b = (x) => useFetch('/b').post(x).json(); // > POST /b
export const c = () => useApi('/c'); // > GET /api/c
export const d = (id) => useApi(`/d/${id}`).delete(); // > DELETE /api/d/{}
export const e = (id) => useApi('e', { method: 'PATCH' }); // > PATCH /api/e
""",
    "openapi-fetch with react-query hooks": """
import createFetchClient from 'openapi-fetch';
import createClient from 'openapi-react-query';
const fetchClient = createFetchClient<paths>({ baseUrl: '/api' });
const $api = createClient(fetchClient);
export function A() {
  $api.useSuspenseQuery('get', '/a'); // > GET /api/a
  $api.useInfiniteQuery('get', '/b', {}, {}); // > GET /api/b
  useQuery($api.queryOptions('get', '/c')); // > GET /api/c
  return null;
}
""",
}

SOURCES: list[str | Mapping[str, str]] = [one.lstrip() if isinstance(one, str) else one for one in CASES.values()]


@pytest.mark.parametrize("source", SOURCES, ids=list(CASES))
def test_site(source: str | Mapping[str, str]) -> None:
    assert calls_in(source) == marked(source)
