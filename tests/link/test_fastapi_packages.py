"""Routes that packages add to a FastAPI application.

The list of fastapi-users (15.0) was compared with its routers, that of fastapi-crudrouter (0.8) with its source.
"""

from __future__ import annotations

import pytest
from served_project import Project, lines

from auditor.adapter.factories import FACTORIES

PROJECTS: dict[str, tuple[str, list[str]]] = {
    "fastapi-users": (
        """
        --- main.py
        import uuid
        from fastapi import FastAPI
        from fastapi_users import FastAPIUsers
        from models import User, UserCreate, UserRead, UserUpdate, backend, client, get_manager
        fastapi_users = FastAPIUsers[User, uuid.UUID](get_manager, [backend])
        app = FastAPI()
        app.include_router(fastapi_users.get_auth_router(backend), prefix="/auth/jwt", tags=["auth"])
        app.include_router(fastapi_users.get_register_router(UserRead, UserCreate), prefix="/auth", tags=["auth"])
        app.include_router(fastapi_users.get_reset_password_router(), prefix="/auth")
        app.include_router(fastapi_users.get_verify_router(UserRead), prefix="/auth")
        app.include_router(fastapi_users.get_users_router(UserRead, UserUpdate), prefix="/users")
        app.include_router(fastapi_users.get_oauth_router(client, backend, "secret"), prefix="/auth/google")
        """,
        [
            "POST /auth/jwt/login",
            "POST /auth/jwt/logout",
            "POST /auth/register",
            "POST /auth/forgot-password",
            "POST /auth/reset-password",
            "POST /auth/request-verify-token",
            "POST /auth/verify",
            "GET /users/me",
            "PATCH /users/me",
            "GET /users/{id}",
            "PATCH /users/{id}",
            "DELETE /users/{id}",
            "GET /auth/google/authorize",
            "GET /auth/google/callback",
        ],
    ),
    "fastapi-crudrouter": (
        """
        --- main.py
        from fastapi import FastAPI
        from fastapi_crudrouter import MemoryCRUDRouter, SQLAlchemyCRUDRouter
        from models import Potato, PotatoRow
        app = FastAPI()
        app.include_router(MemoryCRUDRouter(schema=Potato))
        app.include_router(MemoryCRUDRouter(Potato, prefix="roots/", delete_all_route=False), prefix="/api")
        rows = SQLAlchemyCRUDRouter(schema=Potato, db_model=PotatoRow, db=None, get_one_route=False,
                                    update_route=False, delete_one_route=False)
        @rows.get("/own")
        def own(): ...
        app.include_router(rows)
        --- models.py
        from pydantic import BaseModel
        from sqlalchemy.orm import DeclarativeBase
        class Base(DeclarativeBase): ...
        class Potato(BaseModel):
            id: int
        class PotatoRow(Base):
            __tablename__ = "rows"
        """,
        [
            "GET /potato",
            "POST /potato",
            "DELETE /potato",
            "GET /potato/{item_id}",
            "PUT /potato/{item_id}",
            "DELETE /potato/{item_id}",
            "GET /api/roots",
            "POST /api/roots",
            "GET /api/roots/{item_id}",
            "PUT /api/roots/{item_id}",
            "DELETE /api/roots/{item_id}",
            "GET /rows",
            "POST /rows",
            "DELETE /rows",
            "GET /rows/own",
        ],
    ),
    "metrics and GraphQL": (
        """
        --- main.py
        from fastapi import APIRouter, FastAPI
        from prometheus_fastapi_instrumentator import Instrumentator
        from strawberry.fastapi import GraphQLRouter
        app = FastAPI()
        Instrumentator().instrument(app).expose(app)
        app.include_router(GraphQLRouter(None), prefix="/graphql")
        app.include_router(GraphQLRouter(None, path="/q"), prefix="/p")
        def late():
            Instrumentator(excluded_handlers=["/x"]).expose(app, endpoint="/internal", include_in_schema=False)
        late()
        """,
        [
            "GET /metrics",
            "GET /graphql",
            "POST /graphql",
            "WS /graphql",
            "GET /p/q",
            "POST /p/q",
            "WS /p/q",
            "GET /internal",
        ],
    ),
}


@pytest.mark.parametrize("name", PROJECTS)
def test_routes(name: str) -> None:
    source, expected = PROJECTS[name]
    assert lines(Project(source).routes()) == expected


def test_what_a_package_serves_below_its_path_is_open() -> None:
    project = Project(
        """
        --- main.py
        import gradio as gr
        from fastapi import FastAPI
        from langserve import add_routes
        from sqladmin import Admin, ModelView
        app = FastAPI()
        admin = Admin(app, None, title="x")
        admin.add_view(ModelView)
        Admin(app, None, base_url="/staff/")
        add_routes(app, None, path="/chain")
        app = gr.mount_gradio_app(app, None, path="/ui")
        @app.get("/x")
        def x(): ...
        """
    )
    assert lines(project.routes()) == ["GET /x"]
    assert project.gaps() == [
        "/admin: what sqladmin.Admin serves",
        "/staff: what sqladmin.Admin serves",
        "/chain: what langserve.add_routes serves",
        "/ui: what gradio.mount_gradio_app serves",
    ]


def test_the_schemas_are_the_responses() -> None:
    project = Project(
        """
        --- main.py
        from fastapi import FastAPI
        from fastapi_users import FastAPIUsers
        from pydantic import BaseModel
        class UserRead(BaseModel):
            id: int
        users = FastAPIUsers(None, [])
        app = FastAPI()
        app.include_router(users.get_users_router(UserRead, UserRead), prefix="/users", tags=["people"])
        """
    )
    routes = project.routes()
    assert [getattr(one.response, "key", None) for one in routes] == ["main.py:UserRead"] * 4 + [None]
    assert {(one.location.line, one.tags, one.handler) for one in routes} == {
        (8, ("people",), "fastapi_users.FastAPIUsers.get_users_router")
    }


@pytest.mark.parametrize("factory", FACTORIES, ids=lambda one: one.call)
def test_every_line_of_the_table_has_a_source_and_a_version(factory: object) -> None:
    source = getattr(factory, "source", "")
    assert source.startswith("https://")
    assert "(" in source
