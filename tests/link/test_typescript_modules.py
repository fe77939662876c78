"""TypeScript module location, on in-memory projects."""

from __future__ import annotations

import pytest

from auditor.link.modules.typescript import typescript_modules

FILES = (
    "web/src/main.ts",
    "web/src/api.ts",
    "web/src/api/users.ts",
    "web/src/App.vue",
    "web/src/lib/index.ts",
    "web/src/lib/format.js",
    "web/src/lib/format.d.ts",
    "web/src/types.d.ts",
    "web/src/user.service.ts",
    "web/src/axios.ts",
    "web/src/worker.mts",
    "packages/ui/src/index.ts",
    "packages/ui/src/button.tsx",
    "packages/ui/src/icons/arrow.tsx",
    "packages/util/src/index.ts",
    "packages/util/src/dates.ts",
    "packages/plain/index.js",
)
TEXTS = {
    "web/package.json": '{"name": "web", "dependencies": {"axios": "1", "@acme/ui": "workspace:*"}, '
    '"imports": {"#api/*": "./src/api/*.ts", "#env": {"node": "./src/gone.ts", "default": "./src/types.d.ts"}}}',
    "web/tsconfig.json": """\ufeff{
        // "paths" as every template has them
        "compilerOptions": {"baseUrl": "src", /* from here */
        "paths": {"@/*": ["./*"], "~types": ["types"], "*": ["*"],},},
    }""",
    "packages/ui/package.json": '{"name": "@acme/ui", "exports": {".": {"types": "./dist/index.d.ts", '
    '"import": "./dist/index.js"}, "./icons/*": "./dist/icons/*.js"}}',
    "packages/util/package.json": '{"name": "@acme/util", "main": "lib/index.js"}',
    "packages/plain/package.json": '{"name": "plain", "main": "index.js"}',
}


@pytest.mark.parametrize(
    ("specifier", "expected"),
    [
        ("./api", "web/src/api.ts"),
        ("./api/users", "web/src/api/users.ts"),
        ("./api/users.js", "web/src/api/users.ts"),
        ("./App.vue", "web/src/App.vue"),
        ("./App", "web/src/App.vue"),
        ("./lib", "web/src/lib/index.ts"),
        ("./lib/", "web/src/lib/index.ts"),
        ("./lib/format", "web/src/lib/format.js"),
        ("./types", "web/src/types.d.ts"),
        ("./user.service", "web/src/user.service.ts"),
        ("./worker.mjs?worker", "web/src/worker.mts"),
        ("raw-loader!./api", "web/src/api.ts"),
        ("./gone", None),
        ("../../../api", None),
        ("/src/api", "web/src/api.ts"),
        ("@/api/users", "web/src/api/users.ts"),
        ("@/gone", None),
        ("~types", "web/src/types.d.ts"),
        ("api/users", "web/src/api/users.ts"),
        ("lib", "web/src/lib/index.ts"),
        ("axios", None),
        ("react", None),
        ("node:fs", None),
        ("#api/users", "web/src/api/users.ts"),
        ("#env", "web/src/types.d.ts"),
        ("@acme/ui", "packages/ui/src/index.ts"),
        ("@acme/ui/icons/arrow", "packages/ui/src/icons/arrow.tsx"),
        ("@acme/ui/button", "packages/ui/src/button.tsx"),
        ("@acme/util", "packages/util/src/index.ts"),
        ("@acme/util/lib/dates", "packages/util/src/dates.ts"),
        ("plain", "packages/plain/index.js"),
        ("../package.json", "web/package.json"),
        ("", None),
    ],
)
def test_locates_from_the_main_file(specifier: str, expected: str | None) -> None:
    assert typescript_modules(FILES, TEXTS).locate("web/src/main.ts", specifier) == expected


@pytest.mark.parametrize(
    ("settings", "specifier"),
    [
        ({"tsconfig.json": '{"extends": "./base"}',
          "base.json": '{"compilerOptions": {"paths": {"@x/*": ["./app/*"]}}}'}, "@x/a"),
        ({"tsconfig.json": '{"files": [], "references": [{"path": "./tsconfig.app.json"}]}',
          "tsconfig.app.json": '{"compilerOptions": {"paths": {"@x/*": ["app/*"]}}}'}, "@x/a"),
        ({"tsconfig.json": '{"references": [{"path": "./conf/web.json"}]}',
          "conf/web.json": '{"compilerOptions": {"baseUrl": "..", "paths": {"@x/*": ["app/*"]}}}'}, "@x/a"),
        ({"jsconfig.json": '{"compilerOptions": {"baseUrl": "app"}}'}, "a"),
        ({"tsconfig.json": '{"extends": "./tsconfig.b.json", "compilerOptions": {"baseUrl": "./app"}}',
          "tsconfig.b.json": '{"extends": "./tsconfig.json"}'}, "a"),
        ({"tsconfig.json": '{"extends": "@acme/conf/web.json"}', "conf/package.json": '{"name": "@acme/conf"}',
          "conf/web.json": '{"compilerOptions": {"paths": {"@x/*": ["${configDir}/app/*"]}}}'}, "@x/a"),
        ({"tsconfig.json": '{"extends": ["./one.json", "./two.json"]}',
          "one.json": '{"compilerOptions": {"paths": {"@x/*": ["nowhere/*"]}}}',
          "two.json": '{"compilerOptions": {"paths": {"@x/*": ["app/*"]}}}'}, "@x/a"),
        ({"tsconfig.json": '{"compilerOptions": {"paths": {"@x/*": ["gone/*", "app/*"]}}}'}, "@x/a"),
        ({"app/sub/tsconfig.json": '{"compilerOptions": {"strict": true}}',
          "tsconfig.json": '{"compilerOptions": {"paths": {"@x/*": ["app/*"]}}}'}, "@x/a"),
    ],
)  # fmt: skip
def test_settings_files(settings: dict[str, str], specifier: str) -> None:
    assert (
        typescript_modules(["app/a.ts", "app/sub/main.ts"], settings).locate("app/sub/main.ts", specifier) == "app/a.ts"
    )


def test_the_nearest_settings_win() -> None:
    texts = {
        "tsconfig.json": '{"compilerOptions": {"paths": {"@/*": ["one/*"]}}}',
        "two/tsconfig.json": '{"compilerOptions": {"paths": {"@/*": ["./*"]}}}',
    }
    modules = typescript_modules(["one/a.ts", "two/a.ts"], texts)
    assert modules.locate("two/main.ts", "@/a") == "two/a.ts"
    assert modules.locate("one/main.ts", "@/a") == "one/a.ts"


@pytest.mark.parametrize(
    "text", ["{", "[]", '{"compilerOptions": []}', '{"compilerOptions": {"paths": {"@/*": 3}}}', ""]
)
def test_broken_settings_say_nothing(text: str) -> None:
    assert typescript_modules(["a.ts", "b.ts"], {"tsconfig.json": text}).locate("a.ts", "./b") == "b.ts"


@pytest.mark.parametrize(
    ("files", "importer", "specifier", "expected"),
    [
        (["web/src/a.ts"], "web/src/x/main.ts", "@/a", "web/src/a.ts"),
        (["web/a.ts"], "web/pages/main.ts", "@/a", "web/a.ts"),
        (["web/a.ts"], "web/pages/main.ts", "~/a", "web/a.ts"),
        (["web/a.ts", "web/src/a.ts"], "web/src/main.ts", "~~/a", "web/a.ts"),
        (["web/client/app/a.ts"], "web/client/app/x/main.ts", "@/a", "web/client/app/a.ts"),
        (["web/src/lib/a.ts"], "web/src/routes/main.ts", "$lib/a", "web/src/lib/a.ts"),
        (["web/src/lib/index.ts"], "web/src/routes/main.ts", "$lib", "web/src/lib/index.ts"),
        (["web/src/client/a.ts"], "web/src/main.ts", "client/a", "web/src/client/a.ts"),
        (["web/src/client/a.ts"], "web/src/main.ts", "src/client/a", "web/src/client/a.ts"),
        (["web/src/views/a.vue"], "web/src/main.ts", "@views/a.vue", "web/src/views/a.vue"),
        (["web/src/react.ts"], "web/src/main.ts", "react", None),
        (["web/src/next/link.ts"], "web/src/main.ts", "next/link", None),
        (["other/src/a.ts"], "web/src/main.ts", "@/a", None),
    ],
)
def test_conventions_without_settings(files: list[str], importer: str, specifier: str, expected: str | None) -> None:
    texts = {"web/package.json": '{"dependencies": {"next": "15"}}', "package.json": "{}"}
    assert typescript_modules(files, texts).locate(importer, specifier) == expected


@pytest.mark.parametrize(
    ("specifier", "expected"),
    [
        ("@/a", "web/app/a.ts"),
        ("api", "web/app/a.ts"),
        ("deep/a/x", "web/app/a.ts"),
        ("@", "web/app/index.ts"),
        ("apis", None),
    ],
)
def test_bundler_aliases_are_taken_as_given(specifier: str, expected: str | None) -> None:
    aliases = {"web": {"@": "web/app", "api": "web/app/a.ts", "deep/*/x": "web/app/*"}}
    modules = typescript_modules(["web/app/a.ts", "web/app/index.ts", "web/src/a.ts"], {}, aliases)
    assert modules.locate("web/main.ts", specifier) == expected
    assert modules.locate("elsewhere/main.ts", specifier) is None


def test_packages_of_one_name_do_not_mix() -> None:
    files = ["one/lib/src/index.ts", "two/lib/src/index.ts"]
    texts = {f"{copy}/lib/package.json": '{"name": "@acme/lib"}' for copy in ("one", "two")}
    assert typescript_modules(files, texts).locate("two/web/main.ts", "@acme/lib") == "two/lib/src/index.ts"


def test_the_package_of_a_file() -> None:
    modules = typescript_modules(FILES, TEXTS)
    assert modules.package_of("web/src/lib/index.ts") == "web"
    assert modules.package_of("elsewhere/a.ts") == ""
