"""What paths are, by their names and neighbours."""

from __future__ import annotations

import pytest

from auditor.engine.places import Places, is_bundle, is_test

NEIGHBOURS = [
    "carried/libs/click-8.1.dist-info/METADATA",
    "shop/__init__.py",
    "shop/build/__init__.py",
    "flat/pyproject.toml",
    "flat/dist/__init__.py",
    "service/requirements.txt",
    "web/package.json",
    "src/lib/package.json",
    "src/shop/__init__.py",
    "src/shop/static/admin/package.json",
]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("shop/build/routes.py", ""),
        ("shop/dist/routes.py", ""),
        ("shop/vendor/routes.py", ""),
        ("shop/dist/bundle.js", "built"),
        ("shop/static/vendor/jquery.js", "vendored"),
        ("flat/build/lib/shop/routes.py", "built"),
        ("flat/dist/routes.py", ""),
        ("build/main.py", "built"),
        ("service/vendor/lib.py", "vendored"),
        ("third_party/lib.py", "vendored"),
        ("web/build/main.js", "built"),
        ("web/dist/index.d.ts", "built"),
        ("src/lib/dist/index.ts", "built"),
        ("web/src/features/build/page.tsx", ""),
        ("web/src/features/vendor/api.js", ""),
        ("web/app/coverage/page.tsx", ""),
        ("web/src/static/vendor/d3.js", "vendored"),
        ("service/app/api/build/routes.py", ""),
        ("src/shop/static/admin/src/main.js", ""),
        ("src/shop/static/admin/dist/main.js", "built"),
        ("src/shop/static/admin/src/components/dist/map.vue", ""),
        ("shop/_vendor/lib.py", "vendored"),
        ("carried/libs/click/core.py", "vendored"),
        ("carried/own.py", ""),
        ("shop/__pycache__/x.py", "built"),
        ("web/.next/server.js", "hidden"),
        ("web/.eslintrc.js", "hidden"),
    ],
)
def test_source_and_output(path: str, expected: str) -> None:
    assert Places(NEIGHBOURS).left_out(path) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("web/public/a/logo.svg", True),
        ("web/static/logo.svg", True),
        ("web/src/assets/logo.svg", True),
        ("web/src/public/logo.svg", False),
        ("src/shop/static/logo.svg", False),
        ("public/logo.svg", False),
        ("web/node/public.svg", False),
    ],
)
def test_public_files(path: str, expected: bool) -> None:
    assert Places(NEIGHBOURS).is_public(path) is expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("tests/api.py", True),
        ("app/test_users.py", True),
        ("app/users_test.py", True),
        ("app/tests.py", True),
        ("conftest.py", True),
        ("src/__tests__/setup.ts", True),
        ("src/a.spec.ts", True),
        ("src/a.test.tsx", True),
        ("src/a.stories.tsx", True),
        ("src/a.cy.ts", True),
        ("e2e/login.ts", True),
        ("web/integration_tests/util.ts", True),
        ("app/testing/router.py", False),
        ("app/latest.py", False),
        ("app/contest.py", False),
        ("app/attest_users.py", False),
        ("src/testimonials.ts", False),
        ("src/spec.ts", False),
        ("app/tests/page.tsx", False),
        ("app/tests/[id]/route.ts", False),
        ("src/routes/tests/+page.svelte", False),
    ],
)
def test_tests(path: str, expected: bool) -> None:
    assert is_test(path) is expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [("a/jquery.min.js", True), ("a/app-min.js", True), ("a/x.bundle.mjs", True), ("a/admin.js", False)],
)
def test_bundles(path: str, expected: bool) -> None:
    assert is_bundle(path) is expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [("web/.env", True), ("tests/compose.yml", False), (".devcontainer/compose.yml", False), ("compose.yml", True)],
)
def test_settings_that_speak_for_the_project(path: str, expected: bool) -> None:
    assert Places(NEIGHBOURS).holds_settings(path) is expected
