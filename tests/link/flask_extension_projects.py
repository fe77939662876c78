"""Small Flask projects with views as classes and with extensions, and the routes that Flask itself says they serve.

The application of each is `app` or what `create_app()` gives, in `main.py`.
"""

from __future__ import annotations

VIEWS: dict[str, tuple[str, list[str]]] = {
    "method views": (
        """
        --- main.py
        from flask import Flask
        from flask.views import MethodView, View
        class Base(MethodView):
            def get(self, item_id=None): ...
        class Items(Base):
            def post(self): ...
            def helper(self): ...
        class Fixed(MethodView):
            methods = ["PUT"]
            def get(self): ...
            def put(self): ...
        class Page(View):
            def dispatch_request(self): ...
        class Form(View):
            methods = ["GET", "POST"]
            def dispatch_request(self): ...
        app = Flask(__name__)
        view = Items.as_view("items")
        app.add_url_rule("/items/", view_func=view)
        app.add_url_rule("/items/<int:item_id>", view_func=view, methods=["GET"])
        app.add_url_rule("/fixed", view_func=Fixed.as_view("fixed"))
        app.add_url_rule("/page", view_func=Page.as_view("page"))
        app.add_url_rule("/form", view_func=Form.as_view("form"))
        """,
        ["GET /items/", "POST /items/", "GET /items/{item_id}", "PUT /fixed", "GET /page", "GET /form", "POST /form"],
    ),
    "decorated views": (
        """
        --- main.py
        from functools import wraps
        from flask import Flask
        from flask.views import MethodView
        from flask_login import login_required
        from flask_limiter import Limiter
        def checked(function):
            @wraps(function)
            def inner(*args, **kwargs):
                return function(*args, **kwargs)
            return inner
        class One(MethodView):
            @checked
            def get(self): ...
            @login_required
            def patch(self): ...
        class Two(MethodView):
            def delete(self): ...
        class Three(MethodView):
            def post(self): ...
        app = Flask(__name__)
        limiter = Limiter(app=app, key_func=lambda: "")
        one = checked(One.as_view("one"))
        app.add_url_rule("/one", view_func=one)
        app.add_url_rule("/two", view_func=login_required(Two.as_view("two")))
        app.add_url_rule("/three", view_func=limiter.limit("1/minute")(Three.as_view("three")))
        """,
        ["GET /one", "PATCH /one", "DELETE /two", "POST /three"],
    ),
    "a function that registers an API": (
        """
        --- main.py
        from flask import Blueprint, Flask
        from flask.views import MethodView
        class Group(MethodView):
            def __init__(self, model): ...
            def get(self): ...
            def post(self): ...
        class Item(MethodView):
            def __init__(self, model): ...
            def get(self, id): ...
            def delete(self, id): ...
        class Register:
            rule = ""
            @classmethod
            def register(cls, app):
                app.add_url_rule(cls.rule, view_func=cls.as_view(cls.__name__))
        class Status(Register, MethodView):
            rule = "/status"
            def get(self): ...
        api = Blueprint("api", __name__, url_prefix="/api")
        def register_api(app, model, name):
            item = Item.as_view(f"{name}-item", model)
            group = Group.as_view(f"{name}-group", model)
            app.add_url_rule(f"/{name}/<int:id>", view_func=item)
            app.add_url_rule(f"/{name}/", view_func=group)
        for name in ("users", "stories"):
            register_api(api, object, name)
        app = Flask(__name__)
        app.register_blueprint(api)
        Status.register(app)
        """,
        ["GET /api/users/{id}", "DELETE /api/users/{id}", "GET /api/users/", "POST /api/users/",
         "GET /api/stories/{id}", "DELETE /api/stories/{id}", "GET /api/stories/", "POST /api/stories/",
         "GET /status"],
    ),
}  # fmt: skip

EXTENSIONS: dict[str, tuple[str, list[str]]] = {
    "Flask-RESTful": (
        """
        --- main.py
        from flask import Blueprint, Flask
        from flask_restful import Api, Resource
        class Base(Resource):
            def get(self): ...
        class Users(Base):
            def post(self): ...
        class User(Resource):
            def put(self, user_id): ...
            def patch(self, user_id): ...
        app = Flask(__name__)
        api = Api(app, prefix="/api")
        api.add_resource(Users, "/users", "/people/", endpoint="users")
        api.add_resource(User, "/users/<int:user_id>")
        @api.resource("/things", "/things/<id>")
        class Things(Resource):
            def get(self, id=None): ...
        bp = Blueprint("v2", __name__, url_prefix="/v2")
        late = Api(bp, "/late")
        late.add_resource(Users, "/users")
        app.register_blueprint(bp)
        """,
        ["GET /api/users", "POST /api/users", "GET /api/people/", "POST /api/people/", "PUT /api/users/{user_id}",
         "PATCH /api/users/{user_id}", "GET /api/things", "GET /api/things/{id}", "GET /v2/late/users",
         "POST /v2/late/users"],
    ),
    "a project's own Api": (
        """
        --- main.py
        from flask import Flask
        from api import api
        def create_app():
            app = Flask(__name__)
            api.init_app(app)
            return app
        --- settings.py
        import os
        MULTI = os.environ.get("MULTI", "") == "yes"
        --- api.py
        import settings
        from flask_restful import Api, Resource
        def scoped(rule):
            if settings.MULTI:
                return "/<org>{}".format(rule)
            return rule
        class OrgApi(Api):
            def add_scoped(self, resource, *urls, **options):
                urls = [scoped(url) for url in urls]
                return self.add_resource(resource, *urls, **options)
            def add_resource(self, resource, *urls, **options):
                super().add_resource(resource, *[f"/api{url}" for url in urls], **options)
        class Things(Resource):
            def get(self, id=None): ...
        api = OrgApi()
        api.add_scoped(Things, "/things", "/things/<id>", endpoint="things")
        """,
        ["GET /api/things", "GET /api/things/{id}"],
    ),
    "Flask-RESTX": (
        """
        --- main.py
        from flask import Blueprint, Flask
        from flask_restx import Api, Resource
        from users import ns as users
        from pets import ns as pets
        bp = Blueprint("api", __name__, url_prefix="/api")
        api = Api(bp, version="1.0", doc=False, add_specs=False)
        api.add_namespace(users)
        api.add_namespace(pets, path="/animals")
        todos = api.namespace("todos", description="things to do")
        @todos.route("/", "/all")
        class Todos(Resource):
            @todos.doc("list")
            def get(self): ...
        @api.route("/ping")
        class Ping(Resource):
            def get(self): ...
        app = Flask(__name__)
        app.register_blueprint(bp)
        --- users.py
        from flask_restx import Namespace, Resource
        ns = Namespace("users", description="people")
        @ns.route("/<int:id>")
        @ns.param("id", "the id")
        class User(Resource):
            def get(self, id): ...
            def delete(self, id): ...
        --- pets.py
        from flask_restx import Namespace, Resource
        ns = Namespace("pets", path="/pets/")
        class Pets(Resource):
            def post(self): ...
        ns.add_resource(Pets, "")
        """,
        ["GET /api/users/{id}", "DELETE /api/users/{id}", "POST /api/animals", "GET /api/todos/", "GET /api/todos/all",
         "GET /api/ping"],
    ),
    "Flask-Smorest": (
        """
        --- main.py
        from flask import Flask
        from flask.views import MethodView
        from flask_smorest import Api, Blueprint
        blp = Blueprint("pets", "pets", url_prefix="/pets", description="pets")
        @blp.route("/")
        class Pets(MethodView):
            @blp.response(200)
            def get(self): ...
            def post(self): ...
        @blp.route("/<pet_id>", methods=["DELETE"])
        def drop(pet_id): ...
        def create_app():
            app = Flask(__name__)
            app.config.update(API_TITLE="t", API_VERSION="1", OPENAPI_VERSION="3.0.2")
            api = Api(app)
            api.register_blueprint(blp, url_prefix="/v1/pets")
            return app
        """,
        ["GET /v1/pets/", "POST /v1/pets/", "DELETE /v1/pets/{pet_id}"],
    ),
}  # fmt: skip
