"""What django-ninja and ninja-extra serve, from source to routes."""

from __future__ import annotations

from served_project import Project, lines

SOURCE = """
--- config/__init__.py
--- config/settings.py
ROOT_URLCONF = "config.urls"
--- config/urls.py
from django.urls import path
from config.api import api, extra
urlpatterns = [path("api/", api.urls), path("extra/", extra.urls)]
--- config/api.py
from ninja import NinjaAPI, Router
from ninja_extra import NinjaExtraAPI
from visits.api import router, Controller
from vendor import other
api = NinjaAPI(docs_url=None)
inner = Router()
inner.add_router("deep", router)
api.add_router("/visits/", router)
api.add_router("/named", "visits.api.named")
api.add_router("more", inner)
api.add_router("other", other)
@api.get("/health", include_in_schema=False)
def health(request): ...
@api.api_operation(["POST", "PATCH"], "/{path:rest}")
def anything(request, rest: str): ...
extra = NinjaExtraAPI(openapi_url=None, docs_url=None)
extra.register_controllers(Controller)
--- visits/__init__.py
--- visits/api.py
from ninja import Router, Schema
from ninja_extra import api_controller, http_get, route
router = Router(tags=["visits"])
named = Router()
class VisitIn(Schema):
    reason: str
class VisitOut(Schema):
    id: int
@router.get("", response=list[VisitOut])
def list_visits(request): ...
@router.post("/", response={201: VisitOut, 400: str})
def create_visit(request, payload: VisitIn): ...
@router.delete("/{int:visit_id}", tags=["removal"], deprecated=True)
def delete_visit(request, visit_id: int): ...
@named.put("<uuid:key>/")
def put(request, key): ...
class Shared:
    @http_get("/shared")
    def shared(self): ...
@api_controller("/controlled", tags=["c"])
class Controller(Shared):
    @http_get("/{item}")
    def read(self, item: str): ...
    @route.post("")
    def write(self): ...
"""


def test_routes() -> None:
    assert lines(Project(SOURCE).routes()) == [
        "GET /api/visits/",
        "POST /api/visits/",
        "DELETE /api/visits/{visit_id}",
        "PUT /api/named/{key}/",
        "GET /api/more/deep",
        "POST /api/more/deep/",
        "DELETE /api/more/deep/{visit_id}",
        "GET /api/health",
        "POST /api/{rest}",
        "PATCH /api/{rest}",
        "GET /extra/controlled/{item}",
        "POST /extra/controlled",
        "GET /extra/controlled/shared",
    ]


def test_what_else_is_known_of_a_route() -> None:
    routes = {f"{route.method} {route.path}": route for route in Project(SOURCE).routes()}
    created = routes["POST /api/visits/"]
    assert created.handler == "visits.api:create_visit"
    assert "VisitIn" in repr(created.request)
    assert "VisitOut" in repr(created.response)
    removed = routes["DELETE /api/visits/{visit_id}"]
    assert (removed.tags, removed.deprecated) == (("removal",), True)
    assert not routes["GET /api/health"].in_schema


def test_what_cannot_be_read_may_serve_more() -> None:
    assert {gap.partition(":")[0] for gap in Project(SOURCE).gaps()} == {"/api/openapi.json", "/api/other"}
