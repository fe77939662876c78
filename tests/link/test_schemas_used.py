"""What handlers read and write by schemas of marshmallow."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.config import Config
from auditor.model.graph import ProjectGraph
from auditor.model.shape import Inline, ListOf, Ref, Shape
from auditor.pipeline import link_project

HEAD = """
from flask import Flask, jsonify, request
from flask.views import MethodView
from marshmallow import EXCLUDE, Schema, fields, post_dump
from werkzeug.exceptions import BadRequest

app = Flask("x")


class Moment(fields.DateTime):
    def _serialize(self, value, *args, **kwargs):
        return super()._serialize(value, *args, **kwargs)


class Name(Schema):
    name = fields.Str(required=True)


class User(Name):
    id = fields.Int(dump_only=True)
    seen = Moment(required=True)


class Envelope(Schema):
    key = "items"

    @post_dump(pass_many=True)
    def wrap(self, data, many, **kwargs):
        if not many:
            raise ValueError
        return {self.key: data}


class Users(Envelope, User):
    key = "users"


class Trimmed(Name):
    @post_dump
    def trim(self, data, **kwargs):
        data.pop("name")
        return data


class Base(MethodView):
    schema = Name

    def get(self):
        written = self.schema()
        return written.dump({})


def load_body(data, schema):
    try:
        return schema.loads(data, unknown=EXCLUDE)
    except ValueError as error:
        raise BadRequest(str(error))
"""


@pytest.mark.parametrize(
    ("code", "shape"),
    [
        ("@app.get('/x')\ndef x():\n    return User().dump(find())", "User{name, id, seen: date-time}"),
        ("@app.get('/x')\ndef x():\n    return jsonify(User(many=True).dump(find()))", "[User{name, id, seen}]"),
        ("@app.get('/x')\ndef x():\n    s = User()\n    return s.dump(find(), many=True)", "[User{name, id, seen}]"),
        # The last one that was bound before it is used.
        (
            "@app.get('/x')\ndef x():\n    s = Name()\n    s.load(request.args)\n    s = User()\n    return s.dump(y)",
            "User{name, id, seen}",
        ),
        (
            "@app.get('/x')\ndef x():\n    if a:\n        s = Name()\n    else:\n        s = User()\n"
            "    return s.dump(y)",
            "Name{name} | User{name, id, seen}",
        ),
        ("@app.get('/x')\ndef x():\n    return {'user': User().dump(y)}", "x(){user}"),
        ("class X(Base):\n    schema = User\n    def get(self):\n        return super().get()\n"
         "app.add_url_rule('/x', view_func=X.as_view('x'))", "User{name, id, seen}"),
        ("class X(Base):\n    schema = User\napp.add_url_rule('/x', view_func=X.as_view('x'))", "User{name, id, seen}"),
        # A method of the schema puts a key around it, or changes what cannot be told.
        ("@app.get('/x')\ndef x():\n    return Users().dump(find(), many=True)", "x(){users}"),
        ("@app.get('/x')\ndef x():\n    return Trimmed().dump(find())", ""),
        ("@app.get('/x')\ndef x():\n    return other().dump(find())", ""),
    ],
)  # fmt: skip
def test_dumped(code: str, shape: str, tmp_path: Path) -> None:
    (tmp_path / "api.py").write_text(f"{HEAD}\n{code}\n")
    graph = link_project(tmp_path, Config(), 1)
    [route] = [route for route in graph.routes if route.path == "/x" and route.method == "GET"]
    assert _short(graph, route.response) == shape.replace(": date-time", "")
    if "date-time" in shape:
        assert isinstance(route.response, Ref)
        formats = [getattr(one.shape, "format", "") for one in graph.models[route.response.key].fields]
        assert formats == ["", "", "date-time"]


@pytest.mark.parametrize(
    ("code", "body", "query"),
    [
        ("    Name().load(request.get_json())", "Name{name}", ""),
        ("    s = Name()\n    s.load(request.json)", "Name{name}", ""),
        ("    s = Name()\n    load_body(request.get_data(as_text=True), s)\n    s = User()\n    return s.dump(y)",
         "Name{name}", ""),
        ("    load_body(request.data or '{}', Name())", "Name{name}", ""),
        ("    Name().load(request.args)", "", "name"),
        ("    Name().load(other)", "", ""),
        ("    Name().load(request.json, partial=True)", "", ""),
        # Keys that the handler adds need not come; of several schemas it is not told which one reads.
        ("    data = request.get_json()\n    data['name'] = 'x'\n    Name().load(data)", "", ""),
        ("    data = request.get_json()\n    Name().load(data)\n    User().load(data)", "", ""),
        ("    Name().load(request.json)\n    if a:\n        User().load(request.json)", "Name{name}", ""),
        ("    if a:\n        Name().load(request.json)", "", ""),
        ("    Name(partial=True).load(request.json)", "", ""),
    ],
)  # fmt: skip
def test_loaded(code: str, body: str, query: str, tmp_path: Path) -> None:
    (tmp_path / "api.py").write_text(f"{HEAD}\n@app.post('/x')\ndef x():\n{code}\n")
    graph = link_project(tmp_path, Config(), 1)
    [route] = [route for route in graph.routes if route.path == "/x"]
    assert route.operation is not None
    assert "".join(one.name for one in route.operation.parameters if one.place == "query") == query
    named = [one.shape for one in route.operation.body if not isinstance(one.shape, Inline)]
    assert "".join(_short(graph, one) for one in named) == body


def _short(graph: ProjectGraph, shape: Shape | None) -> str:
    match shape:
        case None:
            return ""
        case ListOf(item):
            return f"[{_short(graph, item)}]"
        case Ref(key):
            return f"{graph.models[key].name}{{{', '.join(field.wire for field in graph.models[key].fields)}}}"
        case _:
            return " | ".join(_short(graph, one) for one in getattr(shape, "options", ()))
