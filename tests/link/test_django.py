"""What a Django project serves, from source to routes."""

from __future__ import annotations

import pytest
from served_project import Project, lines

from auditor.adapter.expressions import expression_paths

SOURCE = """
--- manage.py
import os
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
--- config/__init__.py
--- config/settings/__init__.py
--- config/settings/base.py
ROOT_URLCONF = "config.urls"
--- config/settings/dev.py
from .base import *
--- config/urls.py
from django.conf import settings
from django.conf.urls.static import static
from django.contrib import admin
from django.urls import include, path, re_path
from users import views
urlpatterns = [
    path("admin/", admin.site.urls),
    path("api/", include("users.urls")),
    path("api/v2/", include(([path("ping/", views.ping)], "v2"), namespace="v2")),
    re_path(r"^health/?$", views.health),
    re_path(r"^years/(?P<year>[0-9]{4})/$", views.ping),
    re_path(r"^app/.*$", views.ping),
    re_path(r"^repeated/(?:a/)+$", views.ping),
]
urlpatterns += static("/media/", document_root="media")
if settings.DEBUG:
    urlpatterns += [path("debug/", views.ping)]
--- users/__init__.py
--- users/urls.py
from django.urls import path
from django.views.generic import TemplateView
from vendor import Vendored
from . import views
urlpatterns = [
    path("users/<int:pk>/", views.Detail.as_view(), name="detail"),
    path("users/", views.users),
    path("form/", views.Form.as_view()),
    path("about", TemplateView.as_view(template_name="a.html")),
    path("vendored/", Vendored.as_view()),
]
--- users/views.py
from django.views import View
from django.views.generic import CreateView
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods
class Detail(View):
    def get(self, request, pk): ...
    def put(self, request, pk): ...
class Form(CreateView):
    http_method_names = ["get", "post"]
@csrf_exempt
@require_http_methods(["GET", "POST"])
def users(request): ...
def ping(request): ...
@require_GET
def health(request): ...
"""


def test_routes() -> None:
    project = Project(SOURCE)
    assert lines(project.routes()) == [
        "GET /api/users/{pk}/", "PUT /api/users/{pk}/", "GET /api/users/", "POST /api/users/",
        "GET /api/form/", "POST /api/form/", "GET /api/about", "* /api/v2/ping/",
        "GET /health/", "GET /health", "* /years/{year}/", "* /app/{arg1}", "* /debug/ ?",
    ]  # fmt: skip


def test_what_cannot_be_read_may_serve_anything() -> None:
    stems = {gap.partition(":")[0] for gap in Project(SOURCE).gaps()}
    assert stems == {"/admin/", "/repeated", "/api/vendored/"}


def test_a_project_is_served_beside_a_service_that_a_command_starts() -> None:
    project = Project("""
--- Dockerfile
CMD uvicorn tool:app
--- tool.py
from fastapi import FastAPI
app = FastAPI()
@app.post("/scan")
def scan(): ...
--- shop/__init__.py
--- shop/modes.py
def mode(flag):
    if flag:
        from shop.settings import MODE
        return MODE
    return 2
--- shop/apps.py
import os
from shop.modes import mode
MODE = mode(os.environ.get("MODE"))
--- shop/settings.py
MODE = 1
ROOT_URLCONF = "shop.urls"
--- shop/urls.py
from django.urls import path
def view(request): ...
urlpatterns = [path("orders/", view), path("users/", view)]
""")
    assert [one.backend.application.framework for one in project.candidates] == ["django", "fastapi"]
    assert not project.gaps()


def test_an_expression_without_an_end_takes_what_begins_like_it() -> None:
    project = Project("""
--- settings.py
ROOT_URLCONF = "urls"
--- urls.py
from django.urls import re_path
def view(request): ...
urlpatterns = [re_path(r"^api/stats", view), re_path(r"^api/faces/", view), re_path(r"^api/done$", view)]
""")
    assert [(route.path, route.strict_slashes) for route in project.routes()] == [
        ("/api/stats", False), ("/api/faces/", True), ("/api/done", True),
    ]  # fmt: skip
    assert {gap.partition(":")[0] for gap in project.gaps()} == {"/api/stats", "/api/faces/"}


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        (r"^a/(?P<id>\d+)/$", (("a/{id:int}/",), True)),
        (r"^a/?$", (("a/", "a"), True)),
        (r"^a/", (("a/",), False)),
        (r"^a\.json$", (("a.json",), True)),
        (r"^(?P<rest>.*)$", (("{rest:path}",), True)),
        (r".*", (("{arg1:path}",), True)),
        (r"^(?!api|admin).*$", (("{arg1:path}",), True)),
        (r"^a/(?:b/)?$", (("a/b/", "a/"), True)),
        (r"^(?:a|b)/c$", (("a/c", "b/c"), True)),
        (r"^logo(?:/(?P<name>.+))?/?$", (("logo/{name:path}/", "logo/{name:path}", "logo/", "logo"), True)),
        (r"^favicon.ico$", (("favicon.ico",), True)),
        (r"^a/(?P<key>[^/)]{2,36})-x/$", (("a/{key:regex}-x/",), True)),
        (r"^a/(?P<p>[\w/]+)$", (("a/{p:path}",), True)),
        (r"^\d+/(\w+)$", (("{arg1:int}/{arg2:regex}",), True)),
        (r"^(a|b)+/$", None),
        (r"^ab+/$", None),
        (r"^a/(?=b)$", None),
        (r"^a/(b$", None),
        (r"^a/[b$", None),
    ],
)
def test_regular_expressions(expression: str, expected: object) -> None:
    assert expression_paths(expression) == expected


VIEWS = """
--- settings.py
ROOT_URLCONF = "urls"
--- urls.py
from django.contrib.auth.decorators import login_required
from django.urls import path
from django.views.decorators.cache import cache_page
from rest_framework_simplejwt.views import token_refresh
from dj_rest_auth.views import LoginView
import views
urlpatterns = [
    path("refresh/", token_refresh),
    path("login/", LoginView.as_view()),
    path("token/", views.Token.as_view()),
    path("timed/", views.Timed.as_view()),
    path("own/", views.Own.as_view()),
    path("notes/", views.Notes.as_view({"get": "list", "post": "create"})),
    path("notes/<uuid:pk>/", views.Notes.as_view(actions={"get": "retrieve", "delete": "destroy"})),
    path("page/", login_required(cache_page(60)(views.Timed.as_view()))),
    path("foreign/", views.Foreign.as_view()),
    path("wrapped/", login_required(views.Foreign.as_view())),
]
--- views.py
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt
from rest_framework.authtoken.views import ObtainAuthToken
from rest_framework.views import APIView
from rest_framework.viewsets import ModelViewSet
from vendor import Base
class Token(ObtainAuthToken):
    throttle_classes = ()
@method_decorator(csrf_exempt, name="dispatch")
class Timed(APIView):
    def dispatch(self, request, *args, **kwargs):
        return super().dispatch(request, *args, **kwargs)
    def get(self, request): ...
class Own(APIView):
    def dispatch(self, request): return answer(request)
    def get(self, request): ...
class Notes(ModelViewSet):
    def list(self, request): ...
class Foreign(Base):
    def post(self, request): ...
"""


def test_views() -> None:
    project = Project(VIEWS)
    assert lines(project.routes()) == [
        "POST /refresh/", "POST /login/", "POST /token/", "GET /timed/", "GET /own/", "GET /notes/", "POST /notes/",
        "GET /notes/{pk}/", "DELETE /notes/{pk}/", "GET /page/", "POST /foreign/", "POST /wrapped/",
    ]  # fmt: skip
    assert {gap.partition(":")[0] for gap in project.gaps()} == {"/own/", "/foreign/", "/wrapped/"}


def test_the_function_behind_a_method() -> None:
    handlers = {f"{route.method} {route.path}": route.handler for route in Project(VIEWS).routes()}
    assert handlers["GET /notes/"] == "views:Notes.list"
    assert handlers["POST /notes/"] == "views:Notes"


SOCKETS = """
--- config/__init__.py
--- config/settings.py
ROOT_URLCONF = "config.urls"
ASGI_APPLICATION = "config.asgi.application"
--- config/urls.py
from django.conf.urls.i18n import i18n_patterns
from django.urls import path, include
from rooms.views import home
urlpatterns = [path("about/", home)]
urlpatterns += i18n_patterns(path("home/", home), prefix_default_language=False)
--- config/asgi.py
from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from django.core.asgi import get_asgi_application
from rooms.middleware import Tokens
from rooms.routing import websocket_urlpatterns
application = ProtocolTypeRouter({
    "http": get_asgi_application(),
    "websocket": AllowedHostsOriginValidator(Tokens(AuthMiddlewareStack(URLRouter(websocket_urlpatterns)))),
})
--- rooms/__init__.py
--- rooms/middleware.py
from channels.middleware import BaseMiddleware
class Tokens(BaseMiddleware):
    async def __call__(self, scope, receive, send): ...
--- rooms/routing.py
from django.urls import path, re_path
from rooms.consumers import Rooms
websocket_urlpatterns = [
    re_path(r"ws/rooms/(?P<name>\\w+)/$", Rooms.as_asgi()),
    path("ws/lobby/", Rooms.as_asgi()),
]
--- rooms/consumers.py
from channels.generic.websocket import AsyncJsonWebsocketConsumer
class Rooms(AsyncJsonWebsocketConsumer):
    async def receive_json(self, content): ...
--- rooms/views.py
def home(request): ...
"""


def test_sockets() -> None:
    routes = Project(SOCKETS).routes()
    assert lines(routes) == [
        "* /about/", "* /{language}/home/", "* /home/", "WS /ws/rooms/{name}/", "WS /ws/lobby/",
    ]  # fmt: skip
    assert routes[-1].handler == "rooms.consumers:Rooms"


def test_a_server_without_its_sockets() -> None:
    beside = SOCKETS.replace('ASGI_APPLICATION = "config.asgi.application"\n', "")
    assert lines(Project(beside).routes())[-1] == "WS /ws/lobby/"
    unread = Project(SOCKETS.replace("URLRouter(websocket_urlpatterns)", "read()"))
    assert [gap.partition(":")[0] for gap in unread.gaps()] == ["/"]


SETTINGS = """
--- proj/__init__.py
--- proj/settings/__init__.py
--- proj/settings/base.py
import os
ROOT_URLCONF = "proj.urls"
API_PREFIX = os.environ.get("API_PREFIX", "api/v1")
DEBUG = False
--- proj/settings/dev.py
from .base import *
DEBUG = True
--- other/config.py
API_PREFIX = "elsewhere"
--- proj/urls.py
from django.conf import settings
from django.urls import path
from proj.views import ping
urlpatterns = [path(f"{settings.API_PREFIX}/ping/", ping)]
if settings.DEBUG:
    urlpatterns += [path("debug/", ping)]
if settings.ABSENT:
    urlpatterns += [path("absent/", ping)]
--- proj/views.py
def ping(request): ...
"""


def test_settings() -> None:
    assert lines(Project(SETTINGS).routes()) == ["* /api/v1/ping/", "* /debug/ ?", "* /absent/ ?"]


REGISTERED = """
--- settings.py
ROOT_URLCONF = "urls"
--- urls.py
from django.urls import include, path
urlpatterns = [path("shops/", include("shops.urls"))]
--- registry.py
from collections import defaultdict
from django.utils.module_loading import import_string
from django.urls import path
from django.views import View
views = defaultdict(dict)
def register(model, where):
    def keep(cls):
        views[model._meta.app_label].setdefault(model._meta.model_name, []).append((where, cls))
        return cls
    return keep
def urls_of(app, model):
    found = []
    for where, view in views[app][model]:
        if type(view) is str:
            view = import_string(view)
        if issubclass(view, View):
            view = view.as_view()
        found.append(path(where, view))
    return found
--- shops/__init__.py
--- shops/models.py
from django.db import models
class Shop(models.Model): ...
--- shops/urls.py
from django.urls import include, path
from registry import urls_of
from . import views
urlpatterns = [path("", include(urls_of("shops", "shop")))]
--- shops/views.py
from django.views.generic import View
from registry import register, views
from shops.models import Shop
@register(Shop, "list/")
class Shops(View):
    def get(self, request): ...
class Other(View):
    def post(self, request): ...
views["shops"]["shop"].append(("other/", "shops.views.Other"))
"""


def test_views_that_register_themselves_when_they_are_imported() -> None:
    assert sorted(lines(Project(REGISTERED).routes())) == ["GET /shops/list/", "POST /shops/other/"]


PACKAGES = """
--- settings.py
ROOT_URLCONF = "urls"
--- urls.py
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path
from preview import Preview
urlpatterns = [
    path("accounts/", include("django.contrib.auth.urls")),
    path("api-auth/", include("rest_framework.urls", namespace="rest_framework")),
    path("sitemap.xml", sitemap, {"sitemaps": {}}),
    path("preview/", Preview("form")),
    path("other/", include("vendor.urls")),
]
--- preview.py
from formtools.preview import FormPreview
class Preview(FormPreview):
    def done(self, request, data): ...
"""


def test_what_packages_serve() -> None:
    project = Project(PACKAGES)
    served = lines(project.routes())
    assert {"GET /accounts/login/", "POST /accounts/logout/", "POST /accounts/reset/{uidb64}/{token}/"} <= set(served)
    assert served[-3:] == ["POST /api-auth/logout/", "* /sitemap.xml", "* /preview/"]
    assert [gap.partition(":")[0] for gap in project.gaps()] == ["/other/"]
