"""The OpenAPI document made from source."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml

from auditor.config import Config
from auditor.pipeline import link_project
from auditor.report.openapi import openapi_document

SOURCE = """
from enum import Enum
from fastapi import FastAPI, Form
from pydantic import BaseModel
import library

app = FastAPI()

class Kind(str, Enum):
    A = "a"
    B = "b"

class Node(BaseModel):
    name: str
    kind: Kind = Kind.A
    parent: "Node | None" = None
    raw: library.Thing

@app.get("/nodes/{node_id}", response_model=Node, tags=["nodes"])
def read(node_id: int): ...

@app.post("/nodes", status_code=201)
def add(name: str = Form()): ...

@app.get("/hidden", include_in_schema=False)
def hidden(): ...
"""


def document(root: Path, files: dict[str, str]) -> dict[str, Any]:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    made: dict[str, Any] = json.loads(openapi_document(link_project(root, Config(), processes=1), "nodes"))
    return made


def test_operations_and_schemas(tmp_path: Path) -> None:
    made = document(tmp_path, {"main.py": SOURCE})
    assert list(made["paths"]) == ["/nodes", "/nodes/{node_id}"]
    read = made["paths"]["/nodes/{node_id}"]["get"]
    assert read["parameters"] == [{"name": "node_id", "in": "path", "required": True, "schema": {"type": "integer"}}]
    assert sorted(read["responses"]) == ["200", "422"]
    schemas = made["components"]["schemas"]
    assert schemas["Kind"] == {"type": "string", "enum": ["a", "b"]}
    assert schemas["Node"]["required"] == ["name", "raw"]
    parent = schemas["Node"]["properties"]["parent"]
    assert parent == {"anyOf": [{"$ref": "#/components/schemas/Node"}, {"type": "null"}]}
    assert "x-auditor-unknown" in schemas["Node"]["properties"]["raw"]
    body = made["paths"]["/nodes"]["post"]["requestBody"]["content"]
    assert body == {
        "application/x-www-form-urlencoded": {"schema": {"$ref": "#/components/schemas/Body_add_nodes_post"}}
    }
    assert list(made["paths"]["/nodes"]["post"]["responses"]) == ["201", "422"]


def test_models_of_one_name_are_told_apart_by_module(tmp_path: Path) -> None:
    model = "from pydantic import BaseModel\n\nclass User(BaseModel):\n    {}: str\n"
    made = document(
        tmp_path,
        {
            "shop/__init__.py": "",
            "shop/a.py": model.format("first"),
            "shop/b.py": model.format("second"),
            "shop/main.py": (
                "from fastapi import FastAPI\nfrom shop import a, b\napp = FastAPI()\n\n"
                "@app.get('/a')\ndef read_a() -> a.User: ...\n\n@app.get('/b')\ndef read_b() -> b.User: ...\n"
            ),
        },
    )
    assert list(made["components"]["schemas"]) == ["shop__a__User", "shop__b__User"]


def test_yaml_says_what_json_says(tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text(SOURCE, encoding="utf-8")
    graph = link_project(tmp_path, Config(), processes=1)
    text = openapi_document(graph, "nodes", yaml=True)
    assert yaml.safe_load(text) == json.loads(openapi_document(graph, "nodes"))
    assert text.startswith("openapi: 3.1.0\n")


def test_schemes_responses_and_defaults(tmp_path: Path) -> None:
    source = """
from enum import Enum
from fastapi import APIRouter, Depends, FastAPI, Security
from fastapi.security import APIKeyHeader, HTTPBearer, OAuth2PasswordBearer
from pydantic import BaseModel

TOKEN_URL = "/token"
oauth = OAuth2PasswordBearer(tokenUrl=TOKEN_URL, scopes={"read": "Read all", "write": ""})
key = APIKeyHeader(name="X-Key", scheme_name="First")
other = APIKeyHeader(name="X-Other", scheme_name="Second")
COMMON = {404: {"description": "gone"}}

class Problem(BaseModel):
    text: str

class Kind(str, Enum):
    A = "a"

class Teapot(Exception):
    status_code = 418

class Gone(Exception): ...

def user(token: str = Depends(oauth)): ...

router = APIRouter(responses={401: {"model": Problem}})

@router.get("/a", responses={**COMMON, "409": {"model": Problem}}, status_code=choose())
def a(kind: Kind = Kind.A, user=Security(user, scopes=["read"]), one=Depends(key), two=Depends(other)): ...

app = FastAPI()
app.include_router(router)
"""
    made = document(tmp_path, {"main.py": source})
    assert made["components"]["securitySchemes"] == {
        "First": {"type": "apiKey", "in": "header", "name": "X-Key"},
        "OAuth2PasswordBearer": {
            "type": "oauth2",
            "flows": {"password": {"scopes": {"read": "Read all", "write": ""}, "tokenUrl": "/token"}},
        },
        "Second": {"type": "apiKey", "in": "header", "name": "X-Other"},
    }
    operation = made["paths"]["/a"]["get"]
    assert [list(one) for one in operation["security"]] == [["OAuth2PasswordBearer"], ["First"], ["Second"]]
    assert operation["security"][0] == {"OAuth2PasswordBearer": ["read"]}
    assert operation["parameters"][0]["schema"]["default"] == "a"
    assert list(operation["responses"]) == ["200", "401", "404", "409", "422"]
    assert operation["responses"]["404"] == {"description": "gone"}
    problem = {"schema": {"$ref": "#/components/schemas/Problem"}}
    assert operation["responses"]["409"]["content"] == {"application/json": problem}
    assert operation["x-auditor-unknown"] == ["its status is no constant"]


def test_what_is_computed_is_sent_and_not_taken(tmp_path: Path) -> None:
    source = """
from fastapi import FastAPI
from pydantic import BaseModel, computed_field

class Box(BaseModel):
    width: int

    @computed_field
    @property
    def area(self) -> int: return self.width ** 2

class Shelf(BaseModel):
    boxes: list[Box]

class Plain(BaseModel):
    name: str

app = FastAPI()

@app.post("/shelves")
def add(shelf: Shelf) -> Shelf: ...

@app.put("/plain")
def put(plain: Plain) -> Plain: ...
"""
    made = document(tmp_path, {"main.py": source})
    schemas = made["components"]["schemas"]
    assert [name for name in schemas if "Validation" not in name] == [
        "Box-Input", "Box-Output", "Plain", "Shelf-Input", "Shelf-Output",
    ]  # fmt: skip
    assert list(schemas["Box-Input"]["properties"]) == ["width"]
    assert schemas["Box-Output"]["required"] == ["width", "area"]
    assert schemas["Shelf-Output"]["properties"]["boxes"]["items"] == {"$ref": "#/components/schemas/Box-Output"}
    body = made["paths"]["/shelves"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert body == {"$ref": "#/components/schemas/Shelf-Input"}
