"""What routes take and how they answer: parameters, bodies, dependencies, status codes."""

from __future__ import annotations

from served_project import Project

from auditor.model.operation import Operation

HEADER = """
--- main.py
from enum import Enum
from typing import Annotated
from fastapi import APIRouter, Body, Cookie, Depends, FastAPI, File, Form, Header, HTTPException, Query, Request
from fastapi import Security, UploadFile, status
from fastapi.security import OAuth2PasswordBearer
from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

app = FastAPI()

class Kind(str, Enum):
    A = "a"

class Item(BaseModel):
    name: str

"""


def operation(source: str) -> Operation:
    """What the only route takes."""
    (route,) = Project(HEADER + source).routes()
    assert route.operation is not None
    return route.operation


def taken(source: str) -> list[str]:
    """The parameters, as `place name`, with a question mark behind those that may be left out."""
    return [f"{one.place} {one.name}{'' if one.required else '?'}" for one in operation(source).parameters]


def test_path_query_and_defaults() -> None:
    source = """
@app.get("/items/{item_id}")
def read(item_id: int, q: str, kind: Kind, limit: int = 10, tag: str | None = None, request: Request = None): ...
"""
    assert taken(source) == ["path item_id", "query q", "query kind", "query limit?", "query tag?"]
    assert [one.default for one in operation(source).parameters] == [None, None, None, 10, None]


def test_markers_name_the_place_and_the_alias() -> None:
    assert taken("""
@app.get("/items")
def read(
    user_agent: Annotated[str, Header()],
    session: Annotated[str | None, Cookie(alias="sid")] = None,
    ids: list[int] = Query([], alias="id"),
    needed: str = Query(...),
    x_token: str = Header("x", convert_underscores=False),
): ...
""") == ["header user-agent", "cookie sid?", "query id?", "query needed", "header x_token?"]


def test_dependencies_are_flattened_through_aliases_classes_and_methods() -> None:
    assert taken("""
class Page:
    def __init__(self, page: int = 1): ...

class Order:
    @classmethod
    def parse(cls, order: str): ...

class Filter(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel)
    sort_by: str
    text: str | None = None

def user(token: str, page: Page = Depends()): ...

CurrentUser = Annotated[dict, Depends(user)]

@app.get("/items")
def read(user: CurrentUser, order=Depends(Order.parse), wanted: Filter = Depends()): ...
""") == ["query token", "query page?", "query order", "query sortBy", "query text?"]


def test_dependencies_of_routers_includes_and_decorators() -> None:
    assert taken("""
def first(a: int): ...
def second(b: int): ...
def third(c: int): ...

router = APIRouter(dependencies=[Depends(first)])

@router.get("/items", dependencies=[Depends(third)])
def read(d: int): ...

app.include_router(router, dependencies=[Depends(second)])
""") == ["query b", "query a", "query c", "query d"]


def test_objects_and_makers_as_dependencies() -> None:
    assert taken("""
class Checker:
    def __init__(self, role: str): ...
    def __call__(self, team: str): ...

def need(role: str):
    def check(region: str): ...
    return check

@app.get("/items")
def read(one=Depends(Checker("admin")), other=Depends(need("admin"))): ...
""") == ["query team", "query region"]


def test_a_dependency_whose_signature_is_made_is_not_known() -> None:
    one = operation("""
def dependable(cls):
    def make(*args, **kwargs): return cls(*args, **kwargs)
    make.__signature__ = 1
    return make

@app.get("/items")
def read(item=Depends(dependable(Item))): ...
""")
    assert one.parameters == ()
    assert one.unknown == ("what dependable makes for a dependency is not known",)


def test_a_dependency_shows_the_signature_that_it_is_given() -> None:
    assert taken("""
import functools
import inspect

class Page(BaseModel):
    page: int = 1
    order_by: str

def user(token: str): ...
def other(unused: str): ...

def dependable(cls, fallback=other):
    def make(*args, **kwargs): return cls(*args, **kwargs)
    make.__signature__ = inspect.signature(cls)
    return make

def logged(function):
    @functools.wraps(function)
    def inner(*args, **kwargs): return function(*args, **kwargs)
    return inner

def lent():
    def inner(*args, **kwargs): ...
    inner.__wrapped__ = other
    return inner

@app.get("/items")
def read(page=Depends(dependable(cls=Page)), user=Depends(logged(user)), last=Depends(lent())): ...
""") == ["query page?", "query order_by", "query token", "query unused"]


def test_bodies() -> None:
    one = operation("""
@app.post("/items", status_code=status.HTTP_201_CREATED)
def add(item: Item, force: bool = False): ...
""")
    assert [(part.name, part.kind, part.required) for part in one.body] == [("item", "json", True)]
    assert one.status == 201
    several = operation("""
@app.post("/items")
def add(item: Item, note: str = Body(""), names: list[str] = []): ...
""")
    assert [(part.name, part.required) for part in several.body] == [("item", True), ("note", False), ("names", False)]
    form = operation("""
@app.post("/items")
def add(name: Annotated[str, Form()], picture: UploadFile, raw: bytes = File(None)): ...
""")
    assert [(part.name, part.kind) for part in form.body] == [("name", "form"), ("picture", "file"), ("raw", "file")]


def test_security_errors_and_what_is_not_known() -> None:
    one = operation("""
import library

scheme = OAuth2PasswordBearer(tokenUrl="/token")

def fail():
    raise HTTPException(status.HTTP_409_CONFLICT)

def user(token: str = Security(scheme)):
    raise HTTPException(status_code=401)

@app.delete("/items")
def remove(user=Depends(user), other=Depends(library.check)):
    fail()
    raise HTTPException(404, "gone")
""")
    assert [name for name, _ in one.security] == ["OAuth2PasswordBearer"]
    assert one.raises == (401, 404, 409)
    assert one.unknown == ("the dependency check is not of this project",)


def test_dependencies_that_go_in_circles_end() -> None:
    assert taken("""
def first(a: int, other=Depends(lambda: 0)): ...
def second(b: int, first=Depends(first)): ...

@app.get("/items")
def read(one=Depends(second), again=Depends(first)): ...
""") == ["query b", "query a"]


def test_errors_through_one_hop_methods_and_classes_of_the_project() -> None:
    one = operation("""
from fastapi_utils.cbv import cbv
router = APIRouter()

class Taken(HTTPException):
    def __init__(self):
        super().__init__(status_code=409, detail="taken")

class Gone(HTTPException):
    def __init__(self, status_code: int = 410):
        super().__init__(status_code=status_code)

def missing():
    return HTTPException(404)

def deep():
    deeper()

def deeper():
    raise HTTPException(500)

@cbv(router)
class Views:
    def check(self):
        raise HTTPException(status_code=status.HTTP_403_FORBIDDEN)

    @router.get("/items")
    def read(self):
        self.check()
        deep()
        if 1: raise Taken()
        raise Gone()

app.include_router(router)
""")
    assert one.raises == (403, 409, 410)
