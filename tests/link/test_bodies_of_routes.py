"""Which model the body of a FastAPI route is."""

from __future__ import annotations

import pytest

from auditor.pipeline import audit_texts

API = """
from typing import Annotated
from fastapi import Body, Depends, FastAPI
from pydantic import BaseModel

app = FastAPI()


class User(BaseModel):
    id: int


class Item(BaseModel):
    name: str


def known() -> User: ...


CurrentUser = Annotated[User, Depends(known)]


@app.post("/items")
def make({parameters}) -> None: ...
"""


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ("item: Item", "api/main.py:Item"),
        ("user: CurrentUser, item: Item", "api/main.py:Item"),
        ("user: CurrentUser", ""),
        ("user: User, item: Item", ""),
        ("item: Annotated[Item, Body(embed=True)]", ""),
    ],
)
def test_request(parameters: str, expected: str) -> None:
    (route,) = audit_texts({"api/main.py": API.replace("{parameters}", parameters)}, frozenset()).graph.routes
    assert getattr(route.request, "key", "") == expected
