"""What routes take where a handler asks the request: Flask and its extensions, Django, aiohttp, Sanic, Tornado."""

from __future__ import annotations

from served_project import Project

from auditor.model.graph import Route
from auditor.model.operation import Operation
from auditor.model.shape import Inline, ListOf, Ref, Scalar


def routes(source: str) -> tuple[Project, dict[str, Route]]:
    """The routes by label."""
    project = Project(source)
    return project, {route.label: route for route in project.routes()}


def operation(source: str, label: str = "") -> Operation:
    """What a route takes: the one with the label, or the only one."""
    found = routes(source)[1]
    one = found[label] if label else next(iter(found.values()))
    assert one.operation is not None
    return one.operation


def taken(one: Operation) -> list[str]:
    """The parameters, as `place name`, with a question mark behind those that may be left out."""
    return [f"{part.place} {part.name}{'' if part.required else '?'}" for part in one.parameters]


def parts(one: Operation) -> list[str]:
    """The pieces of the body in the same way; of JSON its keys."""
    return [f"{part.kind} {part.name}{'' if part.required else '?'}" for part in one.body]


FLASK = """
--- main.py
from flask import Flask, Blueprint, request, jsonify, abort
from werkzeug.exceptions import NotFound
app = Flask(__name__)
"""


def test_flask_asks_its_request() -> None:
    one = operation(
        FLASK
        + """
def find(id):
    if not id:
        abort(410)

@app.get("/users/<int:user_id>")
def read(user_id):
    limit = request.args.get("limit", 10, type=int)
    tags = request.args.getlist("tag")
    args = request.args
    sort = args["sort"]
    token = request.headers.get("X-Token")
    seen = request.cookies.get("seen")
    find(user_id)
    if not limit:
        raise NotFound()
    return jsonify(user_id)
"""
    )
    assert taken(one) == [
        "path user_id", "query limit?", "query tag?", "query sort", "header X-Token?", "cookie seen?",
    ]  # fmt: skip
    by_name = {part.name: part for part in one.parameters}
    assert by_name["user_id"].shape == Scalar("integer")
    assert (by_name["limit"].shape, by_name["limit"].default) == (Scalar("integer"), 10)
    assert by_name["tag"].shape == ListOf(Scalar("string"))
    assert one.raises == (404, 410)


def test_flask_bodies_and_statuses() -> None:
    one = operation(
        FLASK
        + """
@app.post("/users")
def add():
    data = request.get_json() or {}
    name = data["name"]
    note = data.get("note")
    picture = request.files["picture"]
    return jsonify(name), 201
"""
    )
    assert parts(one) == ["file picture", "json body"]
    body = one.body[1].shape
    assert isinstance(body, Inline)
    assert body.open
    assert [(field.wire, field.required) for field in body.fields] == [("name", True), ("note", False)]
    assert one.status == 201


def test_what_a_handler_puts_into_the_body_itself_need_not_be_sent() -> None:
    one = operation(
        FLASK
        + """
@app.post("/teams/<int:team_id>/members")
def add(team_id):
    data = request.get_json() or {}
    data["team_id"] = team_id
    data["role"] = data["kind"]
    return jsonify(check(data["team_id"]))
"""
    )
    [body] = (part.shape for part in one.body)
    assert isinstance(body, Inline)
    assert [(field.wire, field.required) for field in body.fields] == [("kind", True), ("team_id", False)]


def test_webargs_and_marshmallow() -> None:
    source = (
        FLASK
        + """
from marshmallow import Schema, fields, validate, EXCLUDE
from webargs.flaskparser import use_args, use_kwargs

class Team(Schema):
    class Meta:
        unknown = EXCLUDE
    name = fields.Str(required=True)

class User(Schema):
    id = fields.Int(dump_only=True)
    full_name = fields.Str(required=True, data_key="fullName")
    kind = fields.Str(validate=validate.OneOf(["a", "b"]))
    password = fields.Str(load_only=True)
    teams = fields.List(fields.Nested(Team))
    parent = fields.Nested(lambda: User())

@app.get("/users")
@use_kwargs({"q": fields.Str(required=True), "page": fields.Int(load_default=1)}, location="query")
def find(q, page): ...

@app.post("/users")
@use_args(User())
def add(args): ...
"""
    )
    project, found = routes(source)
    find, add = found["GET /users"].operation, found["POST /users"].operation
    assert find is not None
    assert add is not None
    assert taken(find) == ["query q", "query page?"]
    assert parts(add) == ["json body"]
    shape = found["POST /users"].request
    assert isinstance(shape, Ref)
    model = project.types.models[shape.key]
    assert [(field.wire, field.required) for field in model.fields] == [
        ("fullName", True), ("kind", False), ("password", False), ("teams", False), ("parent", False),
    ]  # fmt: skip


def test_smorest_arguments_and_responses() -> None:
    source = """
--- main.py
from flask import Flask
from flask_smorest import Api, Blueprint
from marshmallow import Schema, fields
app = Flask(__name__)
api = Api(app)
blp = Blueprint("pets", "pets", url_prefix="/pets")

class Pet(Schema):
    id = fields.Int(dump_only=True)
    name = fields.Str()

class Query(Schema):
    name = fields.Str()

@blp.route("/")
class Pets(object): ...

@blp.route("/all", methods=["GET"])
@blp.arguments(Query, location="query")
@blp.response(200, Pet(many=True))
def find(args): ...

@blp.route("/add", methods=["POST"])
@blp.arguments(Pet)
@blp.response(201, Pet)
def add(args): ...

api.register_blueprint(blp)
"""
    project, found = routes(source)
    find, add = found["GET /pets/all"], found["POST /pets/add"]
    assert find.operation is not None
    assert add.operation is not None
    assert taken(find.operation) == ["query name?"]
    assert isinstance(find.response, ListOf)
    assert add.operation.status == 201
    assert isinstance(add.response, Ref)
    assert [field.wire for field in project.types.models[add.response.key].fields] == ["id", "name"]
    assert isinstance(add.request, Ref)
    assert [field.wire for field in project.types.models[add.request.key].fields] == ["name"]


def test_restx_models_and_parsers() -> None:
    source = """
--- main.py
from flask import Flask
from flask_restx import Api, Resource, fields, reqparse
app = Flask(__name__)
api = Api(app)
ns = api.namespace("todos")
todo = api.model("Todo", {"id": fields.Integer, "task": fields.String(required=True, enum=["x", "y"])})
parser = reqparse.RequestParser()
parser.add_argument("q", type=int, location="args", required=True)
parser.add_argument("X-Token", location="headers")

@ns.route("/")
class Todos(Resource):
    @ns.marshal_list_with(todo)
    def get(self):
        args = parser.parse_args()
        return []

    @ns.expect(todo)
    @ns.marshal_with(todo, code=201)
    def post(self):
        return {}, 201
"""
    _, found = routes(source)
    get, post = found["GET /todos/"], found["POST /todos/"]
    assert get.operation is not None
    assert post.operation is not None
    assert taken(get.operation) == ["query q", "header X-Token?"]
    assert isinstance(get.response, ListOf)
    assert (post.operation.status, parts(post.operation)) == (201, ["json body"])
    assert post.request == post.response == get.response.item


def test_flask_guards() -> None:
    source = (
        FLASK
        + """
from functools import wraps
from flask.views import MethodView
from flask_login import login_required
from flask_jwt_extended import jwt_required
from flask_httpauth import HTTPBasicAuth
auth = HTTPBasicAuth()

def admin(function):
    @wraps(function)
    def inner(*args, **kwargs):
        if not request.headers.get("X-Admin"):
            abort(403)
        return function(*args, **kwargs)
    return inner

class needs:
    def __init__(self, role): ...
    def __call__(self, function):
        return refuse(function)

def refuse(function):
    return {"error": "no"}, 403

owner = needs("owner")

def known(function):
    @wraps(function)
    def inner(*args, **kwargs):
        if not request.cookies.get("user"):
            return redirect(url_for("pages.login"))
        return function(*args, **kwargs)
    return inner

member = known
fresh = jwt_required(fresh=True)

def timed(function):
    @wraps(function)
    def inner(*args, **kwargs):
        return function(*args, **kwargs)
    return inner

@app.get("/a")
@login_required
def a(): ...
@app.get("/b")
@jwt_required()
def b(): ...
@app.get("/c")
@jwt_required(optional=True)
def c(): ...
@app.get("/d")
@auth.login_required
def d(): ...
@app.get("/e")
@admin
def e(): ...
@app.get("/h")
@member
def h(): ...
@app.get("/i")
@fresh
def i(): ...
@app.get("/f")
@timed
def f(): ...
class Base(MethodView):
    decorators = [login_required]
class View(Base):
    decorators = Base.decorators + [timed]
    @owner
    def get(self): ...
app.add_url_rule("/g", view_func=View.as_view("g"))
"""
    )
    found = {path: route.auth for path, route in routes(source)[1].items()}
    assert found == {
        "GET /a": "login_required", "GET /b": "jwt_required", "GET /c": "", "GET /d": "login_required",
        "GET /e": "admin", "GET /h": "member", "GET /i": "fresh", "GET /f": "", "GET /g": "owner, login_required",
    }  # fmt: skip


DJANGO = """
--- config/__init__.py
--- config/settings.py
ROOT_URLCONF = "config.urls"
"""


def test_rest_framework_permissions_and_bodies() -> None:
    source = (
        DJANGO
        + """
--- config/urls.py
from django.urls import path
from config import views
urlpatterns = [
    path("items/", views.Items.as_view()), path("open/", views.Open.as_view()), path("find/", views.find),
    path("plain/<int:pk>/", views.plain), path("usual/", views.Usual.as_view()),
]
--- config/views.py
from django.contrib.auth.decorators import login_required
from rest_framework import generics, serializers
from rest_framework.decorators import api_view, permission_classes
from rest_framework.exceptions import NotFound
from rest_framework.permissions import AllowAny, IsAdminUser, IsAuthenticated, IsAuthenticatedOrReadOnly
from rest_framework.views import APIView

class Item(serializers.Serializer):
    id = serializers.IntegerField(read_only=True)
    name = serializers.CharField()

class Items(generics.ListCreateAPIView):
    serializer_class = Item
    permission_classes = [IsAuthenticatedOrReadOnly]

class Open(APIView):
    permission_classes = [AllowAny]
    def get(self, request):
        request.query_params.get("page")
        raise NotFound()

class Usual(APIView):
    def get(self, request): ...

@api_view(["POST"])
@permission_classes([IsAuthenticated & IsAdminUser])
def find(request):
    return request.data["name"]

@login_required
def plain(request, pk):
    return request.GET.get("q", "")
"""
    )
    found = routes(source)[1]
    assert {label: route.auth for label, route in found.items()} == {
        "GET /items/": "", "POST /items/": "IsAuthenticatedOrReadOnly", "GET /open/": "",
        "POST /find/": "IsAuthenticated, IsAdminUser", "* /plain/{pk}/": "login_required", "GET /usual/": "",
    }  # fmt: skip
    operations = {label: route.operation for label, route in found.items()}
    assert (one := operations["GET /open/"]) is not None
    assert (taken(one), one.raises) == (["query page?"], (404,))
    assert (one := operations["* /plain/{pk}/"]) is not None
    assert taken(one) == ["path pk", "query q?"]
    assert (one := operations["POST /find/"]) is not None
    assert parts(one) == ["json body"]
    assert (one := operations["GET /usual/"]) is not None
    assert one.unknown == ("its permissions are the default ones of the settings",)
    assert isinstance(found["POST /items/"].request, Ref)


def test_aiohttp_sanic_and_tornado() -> None:
    aiohttp = operation("""
--- main.py
from aiohttp import web
async def read(request: web.Request):
    request.query.get("q")
    request.rel_url.query["page"]
    data = await request.json()
    data["name"]
    raise web.HTTPConflict()
app = web.Application()
app.router.add_post("/items/{item_id}", read)
""")
    assert (taken(aiohttp), parts(aiohttp)) == (["path item_id", "query q?", "query page"], ["json body"])
    assert aiohttp.raises == (409,)
    sanic = operation("""
--- main.py
from sanic import Sanic
from sanic.exceptions import Forbidden
app = Sanic("a")
@app.get("/items/<item_id:int>")
async def read(request, item_id: int):
    request.args.get("q")
    raise Forbidden("no")
""")
    assert (taken(sanic), sanic.raises) == (["path item_id", "query q?"], (403,))
    tornado = operation("""
--- main.py
import tornado.web
class Main(tornado.web.RequestHandler):
    @tornado.web.authenticated
    def get(self):
        self.get_argument("q")
        self.get_query_argument("page", 1)
app = tornado.web.Application([("/", Main)])
""")
    assert taken(tornado) == ["query q", "query page?"]
    assert [name for name, _ in tornado.security] == ["authenticated"]


def test_ninja_reads_signatures() -> None:
    source = (
        DJANGO
        + """
--- config/urls.py
from django.urls import path
from config.api import api
urlpatterns = [path("api/", api.urls)]
--- config/api.py
from ninja import File, Form, Header, NinjaAPI, Query, Schema
from ninja.errors import HttpError
from ninja.files import UploadedFile
from ninja.security import HttpBearer
api = NinjaAPI()

class Token(HttpBearer): ...
class Filters(Schema):
    name: str
    limit: int = 10
class Item(Schema):
    name: str

@api.get("/items/{int:item_id}", auth=Token())
def read(request, item_id: int, filters: Query[Filters], q: str = "", agent: str = Header(None, alias="X-Agent")):
    raise HttpError(409, "no")

@api.post("/items", auth=None)
def add(request, item: Item): ...

@api.post("/files")
def send(request, file: UploadedFile = File(...), note: str = Form("")): ...
"""
    )
    found = {label: route.operation for label, route in routes(source)[1].items() if route.operation is not None}
    read, add = found["GET /api/items/{item_id}"], found["POST /api/items"]
    assert taken(read) == ["path item_id", "query name", "query limit?", "query q?", "header X-Agent?"]
    assert [name for name, _ in read.security] == ["Token"]
    assert read.raises == (409,)
    assert (taken(add), parts(add), add.security, add.unknown) == ([], ["json item"], (), ())
    assert parts(found["POST /api/files"]) == ["file file", "form note?"]


def test_litestar_reads_signatures() -> None:
    source = """
--- main.py
from dataclasses import dataclass
from typing import Annotated
from litestar import Controller, Litestar, get, post
from litestar.di import Provide
from litestar.enums import RequestEncodingType
from litestar.exceptions import NotFoundException
from litestar.params import Body, Parameter

@dataclass
class Item:
    name: str

class Service: ...

def paging(page: int = 1, token: Annotated[str, Parameter(header="X-Token")] = ""): ...
def admin(connection, handler): ...

class Items(Controller):
    path = "/items"
    dependencies = {"paging": Provide(paging)}
    guards = [admin]

    @get("/{item_id:int}")
    async def read(self, item_id: int, request, paging: dict, service: Service, q: str | None, tags: list[str]) -> Item:
        raise NotFoundException()

    @post("/")
    async def add(self, data: Item) -> Item: ...

    @post("/form")
    async def send(self, data: Annotated[Item, Body(media_type=RequestEncodingType.URL_ENCODED)]) -> None: ...

app = Litestar(route_handlers=[Items])
"""
    found = {label: route.operation for label, route in routes(source)[1].items() if route.operation is not None}
    read = found["GET /items/{item_id}"]
    assert taken(read) == ["path item_id", "query page?", "header X-Token?", "query q?", "query tags"]
    assert read.unknown == ("what provides service is not known",)
    assert (read.raises, [name for name, _ in read.security]) == ((404,), ["admin"])
    assert (found["POST /items"].status, parts(found["POST /items"])) == (201, ["json data"])
    assert parts(found["POST /items/form"]) == ["form data"]
