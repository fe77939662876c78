"""What routers of Django REST framework serve, from source to routes."""

from __future__ import annotations

from served_project import Project, lines

SOURCE = """
--- settings.py
ROOT_URLCONF = "urls"
--- urls.py
from django.urls import include, path
from rest_framework.routers import DefaultRouter, SimpleRouter
from views import Notes, Users
router = DefaultRouter()
router.register(r"users", Users, basename="users")
plain = SimpleRouter(trailing_slash=False)
plain.register("notes", Notes)
urlpatterns = [path("api/", include(router.urls)), *plain.urls]
--- views.py
from rest_framework.decorators import action
from rest_framework.mixins import CreateModelMixin
from rest_framework.viewsets import GenericViewSet, ReadOnlyModelViewSet
class Users(ReadOnlyModelViewSet):
    lookup_field = "name"
    @action(detail=True, methods=["post"], url_path="set-password")
    def set_password(self, request, name): ...
    @action(detail=False)
    def me(self, request): ...
    @me.mapping.patch
    def change(self, request): ...
class Notes(CreateModelMixin, GenericViewSet):
    def list(self, request): ...
"""


def test_routes() -> None:
    assert sorted(lines(Project(SOURCE).routes())) == sorted(
        [
            "GET /api/users/",
            "GET /api/users/{name}/",
            "POST /api/users/{name}/set-password/",
            "GET /api/users/me/",
            "PATCH /api/users/me/",
            "POST /notes",
            "GET /notes",
        ]
    )


def test_actions_of_the_list_come_before_the_key() -> None:
    served = lines(Project(SOURCE).routes())
    assert served.index("GET /api/users/me/") < served.index("GET /api/users/{name}/")


def test_below_a_prefix_more_may_be_served() -> None:
    stems = {gap.partition(":")[0] for gap in Project(SOURCE).gaps()}
    assert stems == {"/api/users", "/notes"}
