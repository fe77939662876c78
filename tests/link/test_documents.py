"""OpenAPI and Swagger documents in the place of a backend."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from auditor.config import Config
from auditor.model.graph import External, Kind, Matched, Missing, ProjectGraph, Unknown, Verdict
from auditor.pipeline import audit_texts, link_project

PETS = """
openapi: 3.0.3
info: {title: Pets, version: "1"}
servers:
  - url: https://api.pets.example/{stage}/
    variables: {stage: {default: v2}}
paths:
  /pets:
    parameters:
      - $ref: "#/components/parameters/limit"
    get:
      operationId: listPets
      tags: [pets]
      responses:
        200: {content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Pet"}}}}}
    post:
      security: [{token: []}]
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: "#/components/schemas/NewPet"}}}
      responses:
        "201": {content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}
        "409": {description: taken}
  /pets/mine:
    get: {responses: {"204": {description: nothing}}}
  /pets/{pet_id}:
    get:
      deprecated: true
      parameters: [{name: pet_id, in: path, required: true, schema: {type: integer}}]
      responses: {default: {content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}}
  /events:
    get: {responses: {"200": {content: {text/event-stream: {}}}}}
components:
  parameters:
    limit: {name: limit, in: query, schema: {type: integer, default: 10}}
  schemas:
    NewPet:
      type: object
      required: [name]
      properties:
        name: {type: string}
        status: {$ref: "#/components/schemas/Status"}
    Status: {type: string, enum: [no, sold, 2020-01-01]}
    Pet:
      allOf:
        - $ref: "#/components/schemas/NewPet"
        - type: object
          required: [id]
          properties:
            id: {type: integer, readOnly: true}
            nick: {type: [string, "null"]}
            parent: {$ref: "#/components/schemas/Pet"}
            far: {$ref: "other.yaml#/Far"}
"""
CLIENT = """
import axios from "axios";
const api = axios.create({ baseURL: "/v2" });
export const list = () => api.get("/pets");
export const read = (id: number) => api.get(`/pets/${id}`);
export const kill = (id: number) => api.delete(`/pets/${id}`);
export const owners = () => api.get("/owners");
export const far = () => fetch("https://api.pets.example/v2/pets/mine");
export const other = () => fetch("https://other.example/v2/pets/mine");
export const live = () => new WebSocket(`wss://${location.host}/v2/live`);
"""
PYTHON = """
from fastapi import FastAPI
app = FastAPI()
@app.get("/v2/pets")
def pets() -> list[str]: return []
"""


def _graph(*named: str, **files: str) -> ProjectGraph:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            (Path(folder) / name).parent.mkdir(parents=True, exist_ok=True)
            (Path(folder) / name).write_text(text, encoding="utf-8")
        return link_project(Path(folder), Config(backend=named), processes=1)


def test_routes_of_a_document() -> None:
    graph = _graph(**{"openapi.yaml": PETS})
    found = {route.label: route for route in graph.routes}
    assert list(found) == [
        "GET /v2/pets", "POST /v2/pets", "GET /v2/pets/mine", "GET /v2/pets/{pet_id}", "GET /v2/events",
    ]  # fmt: skip
    made = found["POST /v2/pets"]
    assert (made.location.file, made.location.line) == ("openapi.yaml", 16)
    assert made.auth == "token"
    assert made.operation is not None
    assert (made.operation.status, made.operation.raises) == (201, (409,))
    assert [(one.name, one.place, one.required, one.default) for one in made.operation.parameters] == [
        ("limit", "query", False, 10)
    ]
    assert found["GET /v2/events"].kind is Kind.SSE
    assert found["GET /v2/pets/{pet_id}"].deprecated
    assert found["GET /v2/pets/{pet_id}"].shadowed_by is None
    assert found["GET /v2/pets"].category == "pets"


def test_types_of_a_document() -> None:
    graph = _graph(**{"openapi.yaml": PETS})
    pet = graph.models["openapi.yaml:Pet"]
    assert [(field.wire, field.required, field.nullable) for field in pet.fields] == [
        ("name", True, False), ("status", False, False), ("id", False, False), ("nick", False, True),
        ("parent", False, False), ("far", False, False),
    ]  # fmt: skip
    assert [value.value for value in graph.enums["openapi.yaml:Status"].values] == ["no", "sold", "2020-01-01"]
    assert "another document" in str(pet.fields[-1].shape)


def test_calls_to_a_document() -> None:
    graph = _graph(**{"openapi.yaml": PETS, "client.ts": CLIENT})
    targets = {(call.symbol): call.target for call in graph.calls}
    assert [name for name, target in targets.items() if isinstance(target, Matched)] == ["list", "read", "far"]
    assert isinstance(kill := targets["kill"], Missing)
    assert kill.verdict is Verdict.METHOD
    assert isinstance(targets["owners"], Missing)
    assert isinstance(targets["other"], External)
    assert isinstance(live := targets["live"], Unknown)
    assert "says nothing about WebSockets" in live.reason


def test_code_wins_over_a_document() -> None:
    graph = _graph(**{"openapi.yaml": PETS, "client.ts": CLIENT, "main.py": PYTHON})
    assert [route.location.file for route in graph.routes] == ["main.py"]
    assert graph.documents == ("openapi.yaml",)
    named = _graph("openapi.yaml", **{"openapi.yaml": PETS, "client.ts": CLIENT, "main.py": PYTHON})
    assert {route.location.file for route in named.routes} == {"openapi.yaml"}


def test_a_document_counts_where_no_call_meets_the_code() -> None:
    service = "from fastapi import FastAPI\napp = FastAPI()\n@app.post('/scan')\ndef scan(): ...\n"
    graph = _graph(**{"openapi.yaml": PETS, "web/package.json": "{}", "web/client.ts": CLIENT, "tool/main.py": service})
    assert {route.location.file for route in graph.routes} == {"openapi.yaml"}
    assert sum(isinstance(call.target, Matched) for call in graph.calls) == 3


def test_calls_that_meet_no_backend_are_calls() -> None:
    graph = _graph(
        **{
            "web/package.json": "{}",
            "web/a.ts": "export const a = () => fetch('/users');",
            "app/package.json": "{}",
            "app/b.ts": "export const b = () => fetch('/teams');",
            "main.py": "from fastapi import FastAPI\napp = FastAPI()\n@app.post('/scan')\ndef scan(): ...\n",
        }
    )
    assert [(call.path, type(call.target)) for call in graph.calls] == [("/teams", Unknown), ("/users", Unknown)]


def test_a_document_of_somebody_else_proves_nothing() -> None:
    calls = 'export const a = () => fetch("/api/users");\nexport const b = () => fetch("/api/teams");\n'
    graph = _graph(**{"openapi.yaml": PETS, "client.ts": calls})
    assert graph.backends == ()
    assert all(isinstance(call.target, Unknown) for call in graph.calls)


def test_swagger() -> None:
    document = {
        "swagger": "2.0",
        "basePath": "/api",
        "paths": {
            "/files": {
                "post": {
                    "parameters": [
                        {"name": "file", "in": "formData", "type": "file", "required": True},
                        {"name": "kind", "in": "query", "type": "string", "enum": ["a", "b"]},
                    ],
                    "responses": {"200": {"description": "", "schema": {"$ref": "#/definitions/File"}}},
                }
            },
            "/names": {"put": {"parameters": [{"name": "b", "in": "body", "schema": {"$ref": "#/definitions/File"}}]}},
        },
        "definitions": {"File": {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}}},
    }
    graph = _graph(**{"swagger.json": json.dumps(document, indent="\t")})
    post, put = graph.routes
    assert (post.label, put.label, post.location.line) == ("POST /api/files", "PUT /api/names", 6)
    assert post.operation is not None
    assert [(part.name, part.kind, part.required) for part in post.operation.body] == [("file", "file", True)]
    assert post.response == put.request
    assert graph.models["swagger.json:File"].fields[0].required


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.json", '{"openapi": "3.0.0",\n', "a.json:2: not well-formed JSON: Expecting property name"),
        ("a.yaml", "openapi: 3.1.0\npaths: [\n", "a.yaml:3: not well-formed YAML"),
        ("a.json", "[1]", "a.json:1: not an OpenAPI document: its top is no object"),
        ("a.yml", "swagger: 1.2", "a.yml:1: not an OpenAPI 3 or Swagger 2 document: its version is '1.2'"),
        ("a.json", '{"openapi": "3.0.0", "paths": []}', "a.json:1: 'paths' of the document is no object"),
        ("a.json", "[" * 100_000, "a.json:1: nested too deeply"),
        ("a.yaml", "a: &a [x, x, x, x, x, x, x, x]\n" + "".join(
            f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n" for old, new in zip("abcdef", "bcdefg", strict=True)
        ), "a.yaml:1: nested too deeply, or too large"),
        ("a.yaml", "openapi: 3.1.0\npaths: &p\n  /a: *p\n", "a.yaml:"),
    ],
)  # fmt: skip
def test_bad_documents(name: str, text: str, message: str) -> None:
    graph = _graph(name, **{name: text})
    told = [f"{one.file}:{one.line}: {one.message}" for one in graph.diagnostics if one.code == "bad-document"]
    assert len(told) == 1
    assert told[0].startswith(message)
    assert graph.routes == ()


def test_a_document_without_much() -> None:
    odd = "openapi: 3.1.0\npaths:\n  /a: {get: {}, post: 1, parameters: 3}\n  /b: null\n  /c: {$ref: '#/nowhere'}\n"
    assert [route.label for route in _graph(**{"openapi.yaml": odd}).routes] == ["GET /a"]


def test_rules_see_a_document() -> None:
    client = CLIENT + 'export const add = () => api.post("/pets", { a: 1 });\n'
    report = audit_texts({"openapi.yaml": PETS, "client.ts": client}, frozenset({"EP101", "EP103"}))
    assert [finding.subject for finding in report.findings] == ["GET /v2/owners", "DELETE /v2/pets/{}"]
