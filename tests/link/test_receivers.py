"""Type parameters of generic clients: what they stand for in the object whose method sends the request."""

from __future__ import annotations

from frontend_project import calls

from auditor.model.finding import Severity
from auditor.pipeline import audit_texts

BASE = """
import axios from "axios";
export interface Page<T> { results: T[] }
export class Resource<T> {
  name = "";
  list() { return axios.get<Page<T>>(`/api/${this.name}`); }
  one(id: number): Promise<T> { return axios.get(`/api/${this.name}/${id}`).then((answer) => answer.data); }
  make(one: T) { return axios.post<T>(`/api/${this.name}`, one); }
}
export class Named<U> extends Resource<U> {}
"""
TAGS = """
import { Named, Resource } from "./base";
export interface Tag { id: number }
export interface User { mail: string }
export class Tags extends Named<Tag> { name = "tags"; }
export class Users extends Resource<User> { name = "users"; }
export const tags = new Tags();
export const users = new Users();
"""


def expected(more: str = "") -> dict[str, tuple[str, str]]:
    """What each call expects and sends, by method and path."""
    found = calls({"base.ts": BASE, "main.ts": TAGS + more})
    return {one.site.label: (_short(one.site.expects), _short(one.site.sends)) for one in found}


def test_a_generic_client_expects_what_its_subclass_says() -> None:
    known = expected()
    assert known["GET /api/tags"][0] == "base.ts:Page<main.ts:Tag>"
    assert known["GET /api/users"][0] == "base.ts:Page<main.ts:User>"
    assert known["POST /api/tags"] == ("main.ts:Tag", "main.ts:Tag")
    assert known["GET /api/users/{}"][0] == "main.ts:User"


def test_two_classes_on_one_path_leave_it_open() -> None:
    more = 'export class Others extends Resource<User> { name = "tags"; }\nexport const others = new Others();\n'
    assert expected(more)["POST /api/tags"] == ("", "")
    same = 'export class Others extends Resource<Tag> { name = "tags"; }\nexport const others = new Others();\n'
    assert expected(same)["POST /api/tags"] == ("main.ts:Tag", "main.ts:Tag")


SERVER = """
from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()


class Tag(BaseModel):
    id: int
    colour: str


@app.post("/api/tags")
def make(tag: Tag) -> None: ...
"""


def test_what_an_inherited_method_may_send_is_low() -> None:
    files = {"web/package.json": "{}", "web/base.ts": BASE, "web/main.ts": TAGS, "api/main.py": SERVER}
    report = audit_texts(files, frozenset(("RQ201",)))
    assert [(one.severity, one.details["missing"]) for one in report.findings] == [(Severity.LOW, ["colour"])]


def _short(shape: object) -> str:
    return str(getattr(shape, "key", ""))
