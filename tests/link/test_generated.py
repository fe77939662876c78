"""Operations of generated clients and documents, held against the routes."""

from __future__ import annotations

import json
from typing import Any

import pytest

from auditor.pipeline import audit_texts

API = """
from fastapi import APIRouter, FastAPI

app = FastAPI()
router = APIRouter(prefix="/api/v1")

@router.get("/users")
def users() -> list[str]: ...

@router.get("/users/{user_id}")
def user(user_id: int) -> str: ...

@router.put("/users/{user_id}")
def change(user_id: int) -> str: ...

@router.post("/users")
def add() -> str: ...

@router.get("/internal", include_in_schema=False)
def internal() -> str: ...

app.include_router(router)
"""
GONE = API.replace('put("/users/{user_id}")', 'put("/people/{user_id}")')
HEADER = "// This file was auto-generated; do not edit\n"
HEY_API = """
export const users = (o) => (o?.client ?? client).get<A, B, false>({ url: '/api/v1/users', ...o });
export const add = (o) => (o.client ?? client).post<A, B, false>({ url: '/api/v1/users', ...o });
export const user = (o) => (o.client ?? client).get<A, B, false>({ url: '/api/v1/users/{user_id}', ...o });
export const change = (o) => (o.client ?? client).put<A, B, false>({ url: '/api/v1/users/{user_id}', ...o });
"""
CODEGEN = """
export class UsersService {
  static users() { return __request(OpenAPI, { method: 'GET', url: '/api/v1/users' }); }
  static add() { return __request(OpenAPI, { method: 'POST', url: '/api/v1/users' }); }
  static user(id) { return __request(OpenAPI, { method: 'GET', url: '/api/v1/users/{user_id}', path: { id } }); }
  static change(id) { return __request(OpenAPI, { method: 'PUT', url: '/api/v1/users/{user_id}', path: { id } }); }
}
"""
FETCH = """
export class UsersApi extends runtime.BaseAPI {
  async users() { return await this.request({ path: `/users`, method: 'GET', query: {} }); }
  async add() { return await this.request({ path: `/users`, method: 'POST', query: {} }); }
  async user(p) {
    let urlPath = `/users/{user_id}`;
    urlPath = urlPath.replace(`{${"user_id"}}`, encodeURIComponent(String(p['userId'])));
    return await this.request({ path: urlPath, method: 'GET', query: {} });
  }
  async change(p) {
    return await this.request({ path: `/users/{user_id}`.replace(`{${"user_id"}}`, p.id), method: 'PUT' });
  }
}
"""
AXIOS = """
export const UsersApiAxiosParamCreator = (configuration) => ({
  users: async (options = {}) => {
    const localVarPath = `/users`;
    const localVarRequestOptions = { method: 'GET', ...options };
  },
  add: async (options = {}) => {
    const localVarPath = `/users`;
    const localVarRequestOptions = { method: 'POST', ...options };
  },
  user: async (id, options = {}) => {
    const localVarPath = `/users/{user_id}`.replace(`{${"user_id"}}`, encodeURIComponent(String(id)));
    const localVarRequestOptions = { method: 'GET', ...options };
  },
  change: async (id, options = {}) => {
    const localVarPath = `/users/{user_id}`.replace(`{${"user_id"}}`, encodeURIComponent(String(id)));
    const localVarRequestOptions = { method: 'PUT', ...options };
  },
});
"""
PATHS = """
export interface paths {
  "/api/v1/users": { get: operations["users"]; put?: never; post: operations["add"] };
  "/api/v1/users/{id}": { parameters: { query?: never }; get: operations["user"]; put: { responses: {} } };
}
"""
ORVAL = """
export const users = () => customInstance<A>({ url: `/api/v1/users`, method: 'GET' });
export const add = () => customInstance<A>({ url: `/api/v1/users`, method: 'POST' });
export const user = (id) => customInstance<A>({ url: `/api/v1/users/${id}`, method: 'GET' });
export const change = (id) => customInstance<A>({ url: `/api/v1/users/${id}`, method: 'PUT' });
"""
CLIENTS = {"hey-api": HEY_API, "codegen": CODEGEN, "fetch": FETCH, "axios": AXIOS, "paths": PATHS, "orval": ORVAL}
DOCUMENT = """
openapi: 3.1.0
paths:
  /api/v1/users:
    get: {operationId: users}
    post: {operationId: add}
  /api/v1/users/{id}:
    get: {operationId: user}
    put: {operationId: change}
  /docs:
    get: {operationId: docs}
"""


def told(api: str, **files: str) -> list[dict[str, Any]]:
    """The details of the findings about one client beside a backend."""
    texts = {f"web/src/{name.replace('_', '.')}.ts": text for name, text in files.items()}
    use = "export const load = () => fetch('/api/v1/users');\nload();\n"
    report = audit_texts(
        {"api.py": api, "web/package.json": '{"name": "web"}', "web/src/use.ts": use, **texts}, frozenset(("TY105",))
    )
    return [finding.details for finding in report.findings]


@pytest.mark.parametrize("client", CLIENTS)
def test_in_step(client: str) -> None:
    assert told(API, client_gen=HEADER + CLIENTS[client]) == []


@pytest.mark.parametrize("client", CLIENTS)
def test_a_route_that_is_gone(client: str) -> None:
    (details,) = told(
        API.replace('put("/users/{user_id}")', 'put("/people/{user_id}")'), client_gen=HEADER + CLIENTS[client]
    )
    assert details["not_served"] == ["PUT /api/v1/users/{}"]
    assert details["not_generated"] == []  # the client has three of four routes: it may be a part


@pytest.mark.parametrize("client", CLIENTS)
def test_a_route_that_is_new(client: str) -> None:
    new = API.replace(
        "app.include", '@router.delete("/users/{user_id}")\ndef drop(user_id: int) -> str: ...\n\napp.include'
    )
    (details,) = told(new, client_gen=HEADER + CLIENTS[client])
    assert details["not_generated"] == ["DELETE /api/v1/users/{user_id}"]


def test_written_by_hand() -> None:
    """A client that nobody generated is read call by call, not as a whole."""
    assert told(GONE, client_gen=CODEGEN) == []


def test_another_backend() -> None:
    assert told(API, client_gen=HEADER + HEY_API.replace("users", "invoices")) == []


def test_an_open_backend() -> None:
    """What a router that cannot be read may serve is not missing."""
    open_api = GONE + "\nfrom lost import more\napp.include_router(more)\n"
    assert (
        told(
            open_api, client_gen=HEADER + HEY_API.replace("/users/{user_id}', ...o });\n", "/users/{user_id}/x' });\n")
        )
        == []
    )


def test_a_document() -> None:
    files = {"api.py": API, "web/package.json": '{"name": "web"}', "web/use.ts": "fetch('/api/v1/users');\n"}
    assert audit_texts({**files, "openapi.yaml": DOCUMENT}, frozenset(("TY105",))).findings == ()
    gone = DOCUMENT.replace("put: {operationId: change}", "delete: {operationId: drop}")
    (finding,) = audit_texts({**files, "openapi.yaml": gone}, frozenset(("TY105",))).findings
    assert finding.details["not_served"] == ["DELETE /api/v1/users/{}"]
    assert finding.evidence[0].location.line == 9


@pytest.mark.parametrize(("header", "count"), [("", 1), ("# This file was auto-generated by a tool\n", 0)])
def test_types_of_another_generated_client(header: str, count: int) -> None:
    """A client library in Python is made of the same document: it says nothing about the code."""
    fields = "from pydantic import BaseModel\nclass Item(BaseModel):\n    id: int\n    name: str\n    size: int\n"
    files = {
        "backend/api.py": API,
        "backend/library.py": header + fields,
        "web/package.json": '{"name": "web"}',
        "web/types.gen.ts": HEADER + "export interface Item { id: number; name: string; weight: number }\n",
        "web/use.ts": "fetch('/api/v1/users');\n",
    }
    assert len(audit_texts(files, frozenset(("TY105",))).findings) == count


def test_a_document_with_sorted_keys() -> None:
    """`components` stands before `openapi`, far from the beginning."""
    schemas = {f"Schema{number}": {"type": "object"} for number in range(200)}
    verbs = {"/users": ("get", "post"), "/users/{id}": ("get", "delete")}
    paths: dict[str, object] = {
        f"/api/v1{path}": {verb: {"responses": {}} for verb in found} for path, found in verbs.items()
    }
    text = json.dumps({"components": {"schemas": schemas}, "openapi": "3.1.0", "paths": paths}, indent=1)
    files = {"api.py": API, "web/package.json": '{"name": "web"}', "web/use.ts": "fetch('/api/v1/users');\n"}
    (finding,) = audit_texts({**files, "openapi.json": text}, frozenset(("TY105",))).findings
    assert finding.details["not_served"] == ["DELETE /api/v1/users/{}"]
