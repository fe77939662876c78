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
class Logged(object):
    def initial(self, request): ...
class Notes(Logged, CreateModelMixin, GenericViewSet):
    def list(self, request): ...
"""


def test_routes() -> None:
    assert sorted(lines(Project(SOURCE).routes())) == sorted(
        [
            "GET /api/",
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


def test_below_a_prefix_of_known_bases_nothing_more_is_served() -> None:
    stems = {gap.partition(":")[0] for gap in Project(SOURCE).gaps()}
    assert stems == {"/api/users.json"}


ROUTERS = """
--- settings.py
ROOT_URLCONF = "urls"
--- urls.py
from django.urls import include, path
from rest_framework.routers import SimpleRouter
from rest_framework_nested import routers
from views import Clinics, Foreign, Visits, Notes
class Loose(SimpleRouter):
    def __init__(self):
        super().__init__()
        self.trailing_slash = "/?"
class Custom(SimpleRouter):
    def get_urls(self): return [*super().get_urls(), more()]
clinics = routers.SimpleRouter()
clinics.register("clinics", Clinics)
visits = routers.NestedSimpleRouter(clinics, "clinics", lookup="clinic")
visits.register("visits", Visits, basename="clinic-visits")
notes = routers.NestedSimpleRouter(visits, "visits", lookup="visit")
notes.register("notes", Notes)
loose = Loose()
loose.register("loose", Notes)
custom = Custom()
custom.register("custom", Notes)
whole = SimpleRouter()
whole.registry.extend(custom.registry)
whole.register("foreign", Foreign)
urlpatterns = [
    path("", include(clinics.urls)),
    path("", include((visits.urls, "visits"), namespace="v")),
    path("", include(notes.urls)),
    path("", include(loose.urls)),
]
urlpatterns += whole.urls
--- views.py
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.viewsets import GenericViewSet, ViewSet
from vendor import VendorViewSet
class Clinics(RetrieveModelMixin, GenericViewSet):
    lookup_field = "slug"
    lookup_value_regex = "[a-z]+"
class Visits(ListModelMixin, GenericViewSet):
    lookup_value_converter = "uuid"
    @action(detail=True, url_path=r"files/(?P<name>[^/.]+)", methods=["delete"])
    def files(self, request, name): ...
class Notes(ViewSet):
    def list(self, request): ...
class Foreign(VendorViewSet):
    def create(self, request): ...
"""


def test_routers() -> None:
    project = Project(ROUTERS)
    assert lines(project.routes()) == [
        "GET /clinics/{slug}/",
        "GET /clinics/{clinic_slug}/visits/",
        "DELETE /clinics/{clinic_slug}/visits/{pk}/files/{name}/",
        "GET /clinics/{clinic_slug}/visits/{visit_pk}/notes/",
        "GET /loose/", "GET /loose", "GET /custom/", "POST /foreign/",
    ]  # fmt: skip
    assert {gap.partition(":")[0] for gap in project.gaps()} == {"/custom", "/foreign"}


def test_the_function_of_an_action() -> None:
    handlers = {route.path: route.handler for route in Project(ROUTERS).routes()}
    assert handlers["/clinics/{clinic_slug}/visits/{pk}/files/{name}/"] == "views:Visits.files"


def test_the_root_of_a_router_is_a_librarys() -> None:
    root = next(route for route in Project(SOURCE).routes() if route.path == "/api/")
    assert (root.handler, root.in_schema) == ("rest_framework.routers.APIRootView", False)


OWN_ROUTES = """
--- settings.py
ROOT_URLCONF = "urls"
--- urls.py
from rest_framework.routers import DefaultRouter, DynamicRoute, Route, SimpleRouter
from views import Notes
class Bulk(DefaultRouter):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.routes[0].mapping.update({"delete": "bulk_destroy", "put": "bulk_update"})
class Reading(SimpleRouter):
    routes = [
        Route(url=r"^{prefix}$", mapping={"get": "list"}, name="{basename}-list", detail=False, initkwargs={}),
        Route(url=r"^{prefix}/{lookup}$", mapping={"get": "retrieve"}, name="x", detail=True, initkwargs={}),
        DynamicRoute(url=r"^{prefix}/{lookup}/do/{url_path}$", name="y", detail=True, initkwargs={}),
    ]
class Unread(SimpleRouter):
    routes = more()
bulk, reading, unread = Bulk(), Reading(), Unread()
for router, name in ((bulk, "bulk"), (reading, "reading"), (unread, "unread")):
    router.register(name, Notes)
urlpatterns = [*bulk.urls, *reading.urls, *unread.urls]
--- views.py
from rest_framework.decorators import action
from rest_framework.viewsets import ReadOnlyModelViewSet
class Notes(ReadOnlyModelViewSet):
    def bulk_destroy(self, request): ...
    @action(detail=True, methods=["post"])
    def copy(self, request, pk): ...
"""


def test_routers_with_routes_of_their_own() -> None:
    project = Project(OWN_ROUTES)
    assert [line for line in lines(project.routes()) if "unread" not in line] == [
        "GET /", "GET /bulk/", "DELETE /bulk/", "GET /bulk/{pk}/", "POST /bulk/{pk}/copy/",
        "GET /reading", "GET /reading/{pk}", "POST /reading/{pk}/do/copy",
    ]  # fmt: skip
    assert "/unread" in {gap.partition(":")[0] for gap in project.gaps()}
