"""What a Django project serves, from source to routes."""

from __future__ import annotations

import pytest
from served_project import Project, lines

from auditor.adapter.django import expression_paths

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
        "GET /api/form/", "POST /api/form/", "GET /api/about", "{} /api/vendored/", "* /api/v2/ping/",
        "GET /health/", "GET /health", "* /years/{year}/", "* /debug/ ?",
    ]  # fmt: skip


def test_what_cannot_be_read_may_serve_anything() -> None:
    stems = {gap.partition(":")[0] for gap in Project(SOURCE).gaps()}
    assert {"/admin/", "/app", "/api/vendored/"} <= stems


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        (r"^a/(?P<id>\d+)/$", (("a/{id:int}/",), True)),
        (r"^a/?$", (("a/", "a"), True)),
        (r"^a/", (("a/",), False)),
        (r"^a\.json$", (("a.json",), True)),
        (r"^(?P<rest>.*)$", None),
        (r"^a/(?:b/)?$", None),
        (r"^(a|b)+/$", None),
        (r"^a/(?P<p>[\w/]+)$", None),
    ],
)
def test_regular_expressions(expression: str, expected: object) -> None:
    assert expression_paths(expression) == expected
