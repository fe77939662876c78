"""Python module location, on in-memory projects."""

from __future__ import annotations

import pytest

from auditor.link.modules.python import Located, PythonModules, python_modules
from auditor.model.facts import Dialect, FileFacts
from auditor.model.form import Import, ImportName
from auditor.model.span import NOWHERE


def project(files: dict[str, str]) -> PythonModules:
    """The index of files given with their imports, in short: "app.core.db:Base, .models:User, os"."""
    return python_modules({file: facts(imports) for file, imports in files.items()})


def facts(imports: str) -> FileFacts:
    body = []
    for one in filter(None, (part.strip() for part in imports.split(","))):
        path, _, name = one.partition(":")
        module = path.lstrip(".")
        imported = ImportName(name or "", name or module.partition(".")[0], NOWHERE)
        body.append(Import(module, (imported,), NOWHERE, level=len(path) - len(module)))
    return FileFacts(Dialect.PYTHON, tuple(body))


BACKEND = {
    "backend/app/__init__.py": "",
    "backend/app/main.py": "app.api.users:router, redis, app.core.config:settings, .deps:get",
    "backend/app/deps.py": "",
    "backend/app/api/__init__.py": "",
    "backend/app/api/users.py": "..core:config, app.redis.client:pool",
    "backend/app/core/config.py": "",
    "backend/app/redis/__init__.py": "",
    "backend/app/redis/client.py": "redis.asyncio:Redis",
    "backend/app/redis/asyncio.py": "",
    "backend/app/storage.py": "",
    "backend/app/storage/__init__.py": "",
    "backend/app/storage/disk.py": "",
    "backend/alembic/versions/one.py": "alembic:op",
    "backend/alembic/env.py": "alembic:context",
}


@pytest.mark.parametrize(
    ("importer", "module", "level", "expected"),
    [
        ("backend/app/main.py", "app", 0, "backend/app/__init__.py"),
        ("backend/app/main.py", "app.api.users", 0, "backend/app/api/users.py"),
        ("backend/app/main.py", "app.api.gone", 0, None),
        ("backend/app/main.py", "redis", 0, None),
        ("backend/app/main.py", "redis.asyncio", 0, None),
        ("backend/app/main.py", "app.redis", 0, "backend/app/redis/__init__.py"),
        ("backend/app/main.py", "app.storage", 0, "backend/app/storage/__init__.py"),
        ("backend/app/main.py", "deps", 1, "backend/app/deps.py"),
        ("backend/app/api/users.py", "core.config", 2, "backend/app/core/config.py"),
        ("backend/app/api/__init__.py", "users", 1, "backend/app/api/users.py"),
        ("backend/app/api/users.py", "", 1, "backend/app/api/__init__.py"),
        ("backend/app/api/users.py", "x", 9, None),
        ("backend/alembic/env.py", "alembic", 0, None),
        ("backend/app/main.py", "alembic", 0, None),
    ],
)
def test_locates_in_one_backend(importer: str, module: str, level: int, expected: str | None) -> None:
    found = project(BACKEND).locate(importer, module, level)
    assert (found.file if found else None) == expected


def test_a_folder_without_init_is_a_namespace_package() -> None:
    modules = project(BACKEND)
    core = modules.locate("backend/app/main.py", "app.core")
    assert core == Located(None, "backend/app/core")
    assert modules.submodule(core, "config") == Located("backend/app/core/config.py", "backend/app/core/config")
    assert modules.submodule(core, "gone") is None


def test_a_plain_module_has_no_submodules() -> None:
    modules = project({"x.py": "", "x/y.py": "", "main.py": "x"})
    found = modules.locate("main.py", "x")
    assert found is not None
    assert found.file == "x.py"
    assert modules.submodule(found, "y") is None


def test_a_project_of_namespace_packages_only() -> None:
    modules = project(
        {
            "srv/shop/main.py": "shop.api.carts:router, redis",
            "srv/shop/api/carts.py": "shop:settings",
            "srv/shop/settings.py": "",
            "srv/shop/redis/pool.py": "",
        }
    )
    assert modules.locate("srv/shop/main.py", "shop") == Located(None, "srv/shop")
    assert modules.locate("srv/shop/main.py", "redis") is None
    assert modules.dotted("srv/shop/api/carts.py") == "shop.api.carts"


def test_flat_modules_beside_the_script() -> None:
    modules = project(
        {
            "server/main.py": "routers.users:router, database:Base",
            "server/database.py": "",
            "server/routers/users.py": "",
        }
    )
    assert modules.locate("server/main.py", "database") == Located("server/database.py", "server/database")
    assert modules.locate("server/routers/users.py", "database") == Located("server/database.py", "server/database")


def test_an_init_beside_flat_modules_does_no_harm() -> None:
    modules = project(
        {
            "server/__init__.py": "",
            "server/main.py": "routers.users:router, routers.items:router",
            "server/routers/__init__.py": "",
            "server/routers/users.py": "",
            "server/routers/items.py": "",
        }
    )
    found = modules.locate("server/main.py", "routers.users")
    assert found is not None
    assert found.file == "server/routers/users.py"


def test_services_with_packages_of_one_name_do_not_mix() -> None:
    files = {
        f"{service}/app/{name}": imports
        for service in ("a", "b")
        for name, imports in {"__init__.py": "", "main.py": "app.core:x, settings", "core.py": ""}.items()
    }
    modules = project(files | {"b/settings.py": ""})
    for service in ("a", "b"):
        found = modules.locate(f"{service}/app/main.py", "app.core")
        assert found is not None
        assert found.file == f"{service}/app/core.py"
    assert modules.locate("a/app/main.py", "settings") is None
    assert modules.locate("b/app/main.py", "settings") == Located("b/settings.py", "b/settings")


def test_a_shared_package_of_another_root_is_found() -> None:
    modules = project(
        {
            "libs/common/src/common/__init__.py": "",
            "libs/common/src/common/auth.py": "",
            "services/web/web/__init__.py": "",
            "services/web/web/main.py": "common.auth:user, web.routes:r, common:auth",
            "services/web/web/routes.py": "",
        }
    )
    found = modules.locate("services/web/web/main.py", "common")
    assert found is not None
    assert found.file == "libs/common/src/common/__init__.py"


def test_a_folder_imported_both_ways_serves_both() -> None:
    modules = project(
        {
            "src/shop/__init__.py": "",
            "src/shop/api.py": "shop.db:x, shop.models:y, shop.views:z",
            "src/shop/db.py": "",
            "src/shop/models.py": "",
            "src/shop/views.py": "",
            "jobs/run.py": "src.shop.api:app, src.shop.db:x, src.shop.models:m, src.shop.views:v",
        }
    )
    for importer, module in [("src/shop/api.py", "shop.db"), ("jobs/run.py", "src.shop.db")]:
        found = modules.locate(importer, module)
        assert found is not None
        assert found.file == "src/shop/db.py"


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("backend/app/main.py", "app.main"),
        ("backend/app/api/__init__.py", "app.api"),
        ("backend/app/core/config.py", "app.core.config"),
    ],
)
def test_dotted_names(file: str, expected: str) -> None:
    assert project(BACKEND).dotted(file) == expected


def test_other_languages_are_passed_over() -> None:
    modules = python_modules({"a.ts": FileFacts(Dialect.TYPESCRIPT), "b.py": FileFacts(Dialect.PYTHON)})
    assert modules.files == {"b.py"}


def test_a_carried_copy_of_a_framework_is_the_framework() -> None:
    facts_of = {
        "lib/bottle/__init__.py": facts(""), "lib/bottle/ext.py": facts(""), "lib/own/paths.py": facts(""),
        "main.py": facts("bottle.ext, own.paths"),
    }  # fmt: skip
    modules = python_modules(facts_of, frozenset({"bottle"}))
    assert modules.locate("main.py", "bottle.ext") is None
    assert modules.locate("main.py", "own.paths") == Located("lib/own/paths.py", "lib/own/paths")
