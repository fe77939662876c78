"""What a route says of how its answer is written."""

from __future__ import annotations

import pytest

from auditor.model.shape import ListOf, Ref
from auditor.pipeline import audit_texts
from auditor.report.openapi import openapi_document

API = """
from fastapi import FastAPI
from pydantic import AliasChoices, AliasGenerator, BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

app = FastAPI()


class Room(BaseModel):
    room_id: int = Field(alias="_id")
    beds: int = 2
    view: str | None


class House(BaseModel):
    name: str
    rooms: list[Room]
    annex: "House | None" = None


@app.get("/houses"{options})
def read() -> list[House]: ...
"""
NINJA = {
    "config/__init__.py": "",
    "config/settings.py": 'ROOT_URLCONF = "config.urls"\n',
    "config/urls.py": 'from django.urls import path\nfrom config.api import api\nurlpatterns = [path("", api.urls)]\n',
    "config/api.py": """
from ninja import Field, NinjaAPI, Schema

api = NinjaAPI(docs_url=None, openapi_url=None)


class Room(Schema):
    room_id: int = Field(alias="roomId")


@api.get("/rooms", response=list[Room]{options})
def rooms(request): ...
""",
}


def fields(texts: dict[str, str]) -> tuple[str, ...]:
    """The wire names that the only route answers with: `?` behind those that may be missing, `0` that may be null."""
    graph = audit_texts(texts, frozenset()).graph
    (route,) = graph.routes
    assert isinstance(route.response, ListOf)
    queue, found, seen = [route.response.item], [], set()
    while queue:
        shape = queue.pop(0)
        if isinstance(shape, ListOf):
            queue.append(shape.item)
        elif isinstance(shape, Ref) and shape.key not in seen:
            seen.add(shape.key)
            for one in graph.models[shape.key].fields:
                found.append(one.wire + "?" * one.absent + "0" * one.nullable)
                queue.append(one.shape)
    return tuple(found)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ("", "name rooms annex0 _id beds view0"),
        (", response_model_by_alias=False", "name rooms annex0 room_id beds view0"),
        (", response_model_by_alias=True", "name rooms annex0 _id beds view0"),
        (", response_model_exclude_unset=True", "name rooms annex?0 _id beds? view0"),
        (", response_model_exclude_defaults=True", "name rooms annex?0 _id beds? view0"),
        (", response_model_exclude_none=True", "name rooms annex? _id beds view?"),
        (', response_model_include={"name", "rooms"}', "name rooms _id beds view0"),
        (', response_model_exclude=["rooms"]', "name annex0 rooms _id beds view0"),
        (", response_model_exclude=unknown()", "name rooms annex0 _id beds view0"),
    ],
)
def test_fastapi(options: str, expected: str) -> None:
    """A house inside a house is written as a whole again."""
    found = fields({"api/main.py": API.replace("{options}", options)})
    assert tuple(dict.fromkeys(found)) == tuple(expected.split())


def test_the_document_shows_the_model_as_it_is_declared() -> None:
    """FastAPI's own document does."""
    text = API.replace("{options}", ", response_model_by_alias=False")
    document = openapi_document(audit_texts({"api/main.py": text}, frozenset()).graph, "api")
    assert '"_id"' in document
    assert '"room_id"' not in document


@pytest.mark.parametrize(("options", "expected"), [("", "room_id"), (", by_alias=True", "roomId")])
def test_ninja(options: str, expected: str) -> None:
    texts = {file: text.replace("{options}", options) for file, text in NINJA.items()}
    assert fields(texts) == (expected,)


@pytest.mark.parametrize(
    ("config", "field", "sent", "taken"),
    [
        ("", "room_name: str", "room_name", ()),
        ("", 'room_name: str = Field(alias="name")', "name", ()),
        ("", 'room_name: str = Field(validation_alias="name")', "room_name", ("name",)),
        ("", 'room_name: str = Field(serialization_alias="name")', "name", ("room_name",)),
        ("", 'room_name: str = Field(validation_alias=AliasChoices("a", "b"))', "room_name", ("a", "b")),
        ("alias_generator=to_camel", "room_name: str", "roomName", ()),
        ("alias_generator=to_camel, populate_by_name=True", "room_name: str", "roomName", ("roomName", "room_name")),
        ("alias_generator=AliasGenerator(serialization_alias=to_camel)", "room_name: str", "roomName", ("room_name",)),
        ("alias_generator=AliasGenerator(validation_alias=to_camel)", "room_name: str", "room_name", ("roomName",)),
        ("alias_generator=AliasGenerator(alias=to_camel)", "room_name: str", "roomName", ()),
    ],
)
def test_names_that_are_taken(config: str, field: str, sent: str, taken: tuple[str, ...]) -> None:
    body = f"class Room(BaseModel):\n    model_config = ConfigDict({config})\n\n    {field}\n"
    text = API.partition("class Room")[0] + body + '\n\n@app.post("/rooms")\ndef add(room: Room) -> Room: ...\n'
    (model,) = audit_texts({"api/main.py": text}, frozenset()).graph.models.values()
    assert (model.fields[0].wire, model.fields[0].taken) == (sent, taken)
