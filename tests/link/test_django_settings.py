"""Where Django's URL configuration and its prefixes come from: settings packages, or nowhere."""

from __future__ import annotations

from served_project import Project, lines

URLS = """
--- manage.py
import os
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
--- config/__init__.py
--- config/settings/__init__.py
--- config/settings/base.py
from decouple import Csv, config
from environ import Env
import environs
env = Env(API_PREFIX=(str, "api"), ADMIN=(bool, False))
other = environs.Env()
ROOT_URLCONF = config("URLS", default="config.urls")
BASE = env("BASE", default="base")
PRE = env.str("PRE", default="pre/")
API = env("API_PREFIX")
ADMIN = env("ADMIN")
LANGUAGES = config("LANGUAGES", default="en, de", cast=Csv())
DOCS = other.bool("DOCS", True)
LATE = other("LATE", default="late/")
--- config/settings/local.py
from .base import *
--- config/urls.py
from django.conf import settings
from django.urls import include, path
from users.views import ping
urlpatterns = [
    path("auth/", include("vendor.urls")),
    path(f"{settings.PRE}a/", ping),
    path(f"{settings.API}/b/", ping),
    path(settings.BASE + "/c/", ping),
    path(settings.LATE, ping),
]
for language in settings.LANGUAGES:
    urlpatterns.append(path(f"{language}/", ping))
if settings.ADMIN:
    urlpatterns.append(path("admin/", ping))
if settings.DOCS:
    urlpatterns.append(path("docs/", ping))
--- users/views.py
def ping(request): ...
"""


def test_defaults_of_packages_that_read_the_environment() -> None:
    project = Project(URLS)
    assert lines(project.routes()) == [
        "* /pre/a/", "* /api/b/", "* /base/c/", "* /late/", "* /en/", "* /de/", "* /admin/ ?", "* /docs/",
    ]  # fmt: skip
    assert project.gaps() == ["/auth/: vendor.urls comes from a library"]


def test_the_environment_takes_the_place_of_a_default() -> None:
    project = Project(URLS + "--- .env\nPRE=v2/\nADMIN=yes\n")
    assert lines(project.routes())[0] == "* /v2/a/"
    assert "* /admin/" in lines(project.routes())


def test_without_settings_nobody_knows_the_prefix() -> None:
    project = Project(
        """
        --- shop/urls.py
        from django.urls import include, path
        from shop import views
        urlpatterns = [path("items/", views.items), path("orders/", include("shop.orders"))]
        --- shop/orders.py
        from django.urls import path
        from shop import views
        urlpatterns = [path("<int:pk>/", views.items)]
        --- shop/views.py
        def items(request): ...
        """
    )
    assert lines(project.routes()) == ["* /items/", "* /orders/{pk}/"]
    assert project.gaps() == ["/: no settings module names this URL configuration"]
    assert len(project.candidates) == 1
