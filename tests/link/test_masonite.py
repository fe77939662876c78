"""What Masonite's lists of routes serve, from source to routes; Masonite 4's documentation says so."""

from __future__ import annotations

from served_project import Project, lines

SOURCE = """
--- routes/web.py
from masonite.routes import Route
from app.controllers.UserController import UserController
ROUTES = [
    Route.get("/", "HomeController@show"),
    Route.post("/users", UserController.store),
    Route.get("/users/@id:integer", UserController.show),
    Route.get("/search/?term", UserController.show),
    Route.group([
        Route.get("/", UserController.show),
        Route.group([Route.put("/profile", UserController.store)], prefix="/inner"),
    ], prefix="/account", middleware=["auth"]),
    *Route.resource("posts", "PostController"),
    Route.redirect("/old", "/"),
    Route.match(["put", "patch"], "/users/@id/touch", UserController.store),
]
--- routes/api.py
from masonite.routes import Route
ROUTES = Route.api("api/notes", "PostController")
--- app/controllers/HomeController.py
class HomeController:
    def show(self): ...
--- app/controllers/UserController.py
class UserController:
    def store(self): ...
    def show(self, id): ...
--- app/controllers/PostController.py
class PostController:
    def index(self): ...
    def store(self): ...
"""


def test_routes() -> None:
    assert sorted(lines(Project(SOURCE).routes())) == sorted([
        "GET /", "POST /users", "GET /users/{id}", "GET /search/{term}", "GET /search", "GET /account",
        "PUT /account/inner/profile", "GET /posts", "GET /posts/create", "POST /posts", "GET /posts/{id}",
        "GET /posts/{id}/edit", "PUT /posts/{id}", "PATCH /posts/{id}", "DELETE /posts/{id}", "GET /old",
        "PUT /users/{id}/touch", "PATCH /users/{id}/touch", "GET /api/notes", "POST /api/notes",
        "GET /api/notes/{id}", "PUT /api/notes/{id}", "PATCH /api/notes/{id}", "DELETE /api/notes/{id}",
    ])  # fmt: skip


def test_controllers_by_name() -> None:
    handlers = {route.path: route.handler for route in Project(SOURCE).routes() if route.method == "GET"}
    assert handlers["/"] == "app.controllers.HomeController:HomeController.show"
    assert handlers["/posts"] == "app.controllers.PostController:PostController.index"
