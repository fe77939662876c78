"""Small Flask projects with the routes that Flask itself says they serve.

The application of each is `app` or what `create_app()` gives, in `main.py`.
"""

from __future__ import annotations

APPLICATIONS: dict[str, tuple[str, list[str]]] = {
    "rules, shortcuts and stacked decorators": (
        """
        --- main.py
        from flask import Flask
        app = Flask(__name__)
        @app.route("/")
        @app.route("/index", methods=["get", "POST"])
        def index(): ...
        @app.get("/items")
        def items(): ...
        @app.post("/items")
        def create(): ...
        @app.delete("/items/<int:item_id>")
        def drop(item_id): ...
        @app.route("/tuple", methods=("PUT",), endpoint="other")
        def with_tuple(): ...
        @app.route("/set", methods={"PATCH"})
        def with_set(): ...
        @app.errorhandler(404)
        def missing(error): ...
        @app.before_request
        def before(): ...
        """,
        ["GET /index", "POST /index", "GET /", "GET /items", "POST /items", "DELETE /items/{item_id}", "PUT /tuple",
         "PATCH /set"],
    ),
    "converters": (
        """
        --- main.py
        from flask import Flask
        app = Flask(__name__)
        @app.route("/a/<int:one>/<uuid:two>/<float(min=1):three>")
        def a(one, two, three): ...
        @app.route("/b/<path:rest>")
        def b(rest): ...
        @app.route("/c/<string(length=2):lang>/<any(x, 'y'):kind>.<suffix>")
        def c(lang, kind, suffix): ...
        """,
        ["GET /a/{one}/{two}/{three}", "GET /b/{rest}", "GET /c/{lang}/{kind}.{suffix}"],
    ),
    "prefixes of blueprints": (
        """
        --- main.py
        from flask import Blueprint, Flask
        own = Blueprint("own", __name__, url_prefix="/own/")
        none = Blueprint("none", __name__)
        over = Blueprint("over", __name__, url_prefix="/replaced")
        empty = Blueprint("empty", __name__, url_prefix="/gone")
        @own.route("/x")
        def own_x(): ...
        @own.route("")
        def own_empty(): ...
        @own.route("/")
        def own_root(): ...
        @none.get("/y")
        def none_y(): ...
        @over.get("no-slash")
        def over_z(): ...
        @empty.get("/w")
        def empty_w(): ...
        app = Flask(__name__)
        app.register_blueprint(own)
        app.register_blueprint(none)
        app.register_blueprint(over, url_prefix="/over")
        app.register_blueprint(empty, url_prefix="/")
        """,
        ["GET /own/x", "GET /own/", "GET /own/", "GET /y", "GET /over/no-slash", "GET /w"],
    ),
    "blueprints below blueprints": (
        """
        --- main.py
        from flask import Flask
        from api import api
        app = Flask(__name__)
        app.register_blueprint(api, url_prefix="/api")
        --- api/__init__.py
        from flask import Blueprint
        from .users import users
        api = Blueprint("api", __name__)
        v1 = Blueprint("v1", __name__, url_prefix="/v1")
        v1.register_blueprint(users, url_prefix="/people")
        api.register_blueprint(v1)
        api.register_blueprint(users, url_prefix="/v2/users", name="users2")
        --- api/users.py
        from flask import Blueprint
        users = Blueprint("users", __name__, url_prefix="/users")
        @users.get("/<user_id>")
        def read(user_id): ...
        """,
        ["GET /api/v1/people/{user_id}", "GET /api/v2/users/{user_id}"],
    ),
    "factory, extensions and imports in functions": (
        """
        --- main.py
        from shop import create_app
        --- shop/__init__.py
        from flask import Flask
        def create_app(config=None):
            app = Flask(__name__)
            app.config.from_object(config)
            register(app)
            @app.get("/health")
            def health(): ...
            return app
        def register(app):
            from . import views
            from .orders import orders, make_blueprint
            for blueprint, prefix in [(views.bp, None), (orders, "/orders")]:
                app.register_blueprint(blueprint, url_prefix=prefix)
            app.register_blueprint(make_blueprint("extra"))
        --- shop/views.py
        from flask import Blueprint
        bp = Blueprint("views", __name__, url_prefix="/views")
        from . import more
        --- shop/more.py
        from .views import bp
        @bp.route("/more")
        def more(): ...
        --- shop/orders.py
        from flask import Blueprint
        orders = Blueprint("orders", __name__)
        @orders.post("/")
        def order(): ...
        def make_blueprint(name):
            made = Blueprint(name, __name__, url_prefix=f"/{name}")
            @made.get("/inner")
            def inner(): ...
            return made
        """,
        ["GET /health", "GET /views/more", "POST /orders/", "GET /extra/inner"],
    ),
    "imported for its side effects": (
        """
        --- main.py
        from app import app
        --- app/__init__.py
        from flask import Flask
        app = Flask(__name__, static_folder=None)
        from app import routes  # noqa
        from . import admin
        --- app/routes.py
        from app import app
        @app.route("/here")
        def here(): ...
        --- app/admin.py
        from . import app
        app.add_url_rule("/admin", "admin", lambda: "")
        """,
        ["GET /here", "GET /admin"],
    ),
    "routes on the current application": (
        """
        --- main.py
        from flask import Flask
        def create_app():
            app = Flask(__name__)
            with app.app_context():
                from pages import routes
            return app
        --- pages/__init__.py
        --- pages/routes.py
        from flask import current_app as app
        @app.route("/page")
        def page(): ...
        """,
        ["GET /page"],
    ),
    "a subclass of the application": (
        """
        --- main.py
        from flask import Blueprint, Flask
        class Versioned(Blueprint):
            def __init__(self, name, version=1):
                super().__init__(name, __name__, url_prefix=f"/v{version}/{name}")
            def read(self, rule, **options):
                return self.route(rule, methods=["GET"], **options)
        class Server(Flask):
            def __init__(self, *args, **kwargs):
                kwargs.update({"static_url_path": "/files"})
                super(Server, self).__init__(__name__, *args, **kwargs)
                self.setup()
            def setup(self):
                self.add_url_rule("/ping", view_func=self.ping)
            def add_url_rule(self, rule, endpoint=None, view_func=None, **options):
                super().add_url_rule("/base" + rule, endpoint, view_func, **options)
            def ping(self): ...
        class Plain(Flask):
            def __init__(self):
                Flask.__init__(self, __name__)
        users = Versioned("users", version=2)
        @users.read("/<id>")
        def user(id): ...
        app = Plain()
        app.register_blueprint(users)
        @app.get("/plain")
        def plain(): ...
        """,
        ["GET /v2/users/{id}", "GET /plain"],
    ),
    "rules that a setting rewrites": (
        """
        --- main.py
        import os
        from flask import Blueprint, Flask
        TENANTS = os.environ.get("TENANTS", "false").lower() == "true"
        pages = Blueprint("pages", __name__)
        def scoped(rule):
            if TENANTS:
                return "/<tenant>{}".format(rule)
            return rule
        @pages.route(scoped("/login"), methods=["GET", "POST"])
        def login(tenant=None): ...
        app = Flask(__name__)
        app.register_blueprint(pages)
        """,
        ["GET /login", "POST /login"],
    ),
    "decorated functions": (
        """
        --- main.py
        from functools import wraps
        from flask import Flask
        app = Flask(__name__)
        def required(role):
            def decorate(function):
                @wraps(function)
                def inner(*args, **kwargs):
                    return function(*args, **kwargs)
                return inner
            return decorate
        def public(rule, **options):
            def decorate(function):
                app.add_url_rule("/public" + rule, function.__name__, function, **options)
                return function
            return decorate
        @app.put("/secret")
        @required("admin")
        def secret(): ...
        @public("/news", methods=["GET", "DELETE"])
        def news(): ...
        """,
        ["PUT /secret", "GET /public/news", "DELETE /public/news"],
    ),
    "applications below another": (
        """
        --- main.py
        from flask import Flask
        from werkzeug.middleware.dispatcher import DispatcherMiddleware
        from werkzeug.middleware.proxy_fix import ProxyFix
        app = Flask(__name__)
        @app.get("/")
        def root(): ...
        admin = Flask("admin")
        @admin.get("/users")
        def users(): ...
        app.wsgi_app = ProxyFix(app.wsgi_app)
        app.wsgi_app = DispatcherMiddleware(app.wsgi_app, {"/admin": admin})
        """,
        ["GET /", "GET /admin/users"],
    ),
    "a rule that only builds URLs": (
        """
        --- main.py
        from flask import Flask
        app = Flask(__name__)
        app.add_url_rule("/cdn/<name>", endpoint="cdn", build_only=True)
        app.add_url_rule("/robots.txt", view_func=lambda: app.send_static_file("robots.txt"))
        app.add_url_rule("/icon/<path:filename>", endpoint="icon", view_func=app.send_static_file)
        @app.get("/x")
        def x(): ...
        """,
        ["GET /robots.txt", "GET /icon/{filename}", "GET /x"],
    ),
    "blueprints that register others": (
        """
        --- main.py
        from flask import Flask
        from modules import blueprint
        app = Flask(__name__)
        app.register_blueprint(blueprint)
        --- modules.py
        from flask import Blueprint
        class Module(Blueprint):
            def __init__(self, name, import_name, **kwargs):
                kwargs.setdefault("url_prefix", "/" + name)
                self.children = []
                super().__init__(name, import_name, **kwargs)
            def register(self, app, options):
                super().register(app, options)
                for child in self.children:
                    if app.blueprints.get(child.name) is None:
                        app.register_blueprint(child)
        class Tools(Module):
            def register(self, app, options):
                from inner import blueprint as inner
                self.children.append(inner)
                super().register(app, options)
        blueprint = Tools("tools", __name__)
        @blueprint.get("/")
        def tools(): ...
        --- inner.py
        from modules import Module
        blueprint = Module("inner", __name__, url_prefix="/tools/inner")
        @blueprint.get("/x")
        def x(): ...
        """,
        ["GET /tools/", "GET /tools/inner/x"],
    ),
    "a blueprint among other bases": (
        """
        --- main.py
        from flask import Flask
        from pages import blueprint
        app = Flask(__name__)
        app.register_blueprint(blueprint)
        --- pages.py
        from flask import Blueprint
        class Module(Blueprint):
            def __init__(self, name, import_name, **kwargs):
                super().__init__(name, import_name, **kwargs)
        class Versioned:
            def __init__(self):
                self.version = 1
                super().__init__()
        class Pages(Module, Versioned):
            def __init__(self, import_name, **kwargs):
                kwargs.setdefault("url_prefix", self.where)
                Module.__init__(self, "pages", import_name, **kwargs)
                Versioned.__init__(self)
            @property
            def where(self): return "/pages"
        blueprint = Pages(__name__)
        @blueprint.get("/a")
        def a(): ...
        """,
        ["GET /pages/a"],
    ),
    "a factory around a factory": (
        """
        --- app/__init__.py
        from app import factory
        from app.users import blueprint
        def create_app(config=None):
            app = factory.create_app(blueprints=[blueprint], config=config)
            return app
        --- app/factory.py
        from flask import Flask
        def create_app(blueprints=None, config=None):
            app = Flask(__name__)
            for one in blueprints or ():
                app.register_blueprint(one, url_prefix="/api")
            return app
        --- app/users.py
        from flask import Blueprint
        blueprint = Blueprint("users", __name__)
        @blueprint.get("/users")
        def users(): ...
        """,
        ["GET /api/users"],
    ),
    "Quart": (
        """
        --- main.py
        from quart import Blueprint, Quart
        chat = Blueprint("chat", __name__, url_prefix="/chat")
        @chat.websocket("/<room>")
        async def room(room): ...
        @chat.post("/")
        async def say(): ...
        app = Quart(__name__)
        app.register_blueprint(chat)
        """,
        ["WS /chat/{room}", "POST /chat/"],
    ),
}  # fmt: skip
