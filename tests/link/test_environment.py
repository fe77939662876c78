"""Environment variables from the files that set them."""

from __future__ import annotations

import pytest

from auditor.link.environment import EnvValue, environment


def value(texts: dict[str, str], name: str, asking: str = "web/src/client.ts") -> str | None:
    found = environment(texts).lookup(name, asking)
    return found.value if found else None


def test_a_value_has_its_place() -> None:
    env = environment({"web/.env": "# base\nVITE_API=/api # own host\n"})
    assert env.lookup("VITE_API", "web/src/a.ts") == EnvValue("/api", "/api", "web/.env", 2, False)
    assert env.lookup("VITE_API", "web/a.ts") is not None
    assert env.lookup("VITE_API", "website/a.ts") is None
    assert env.lookup("VITE_API", "a.ts") is None
    assert env.lookup("OTHER", "web/a.ts") is None
    assert env.defined("VITE_API")
    assert not env.defined("OTHER")


def test_a_variable_that_stands_for_itself_is_filled_in_later() -> None:
    text = "ENV VITE_API=__VITE_API_PLACEHOLDER__\nENV VITE_BASE=/VITE_BASE/x\n"
    assert value({"web/Dockerfile": text}, "VITE_API") is None
    assert value({"web/Dockerfile": text}, "VITE_BASE") == "/VITE_BASE/x"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("A=b", "b"),
        ("A = b", "b"),
        ("export A=b", "b"),
        ("A: b", "b"),
        ("A=", ""),
        ("A= # none", ""),
        ("A=http://x/#top", "http://x/#top"),
        ("A='$B # c'", "$B # c"),
        ('A="b\\nc # d"', "b\nc # d"),
        ('A="b" # c', "b"),
        ("A=`b`", "b"),
        ("A=b\r", "b"),
        ("A=b\nA=c", "c"),
        ('X="\nA=no\n"\nA=b', "b"),
        ("A=$B/x\nB=b", "b/x"),
        ("A=${B}/x\nB=b", "b/x"),
        ("A=${B:-c}/x", "c/x"),
        ("A=${B:-c}\nB=", "c"),
        ("A=${B-c}\nB=", ""),
        ("A=${B:-${C}}\nC=c", "c"),
        ("A=${B}/x", None),
        ("A=${B:?missing}", None),
        ("A=$A", None),
        ("A=$B\nB=$A", None),
        ("A=5$$", "5$"),
        ("not a line", None),
    ],
)
def test_dotenv(line: str, expected: str | None) -> None:
    assert value({"web/.env": line}, "A") == expected


def test_files_of_one_folder_have_an_order() -> None:
    names = [".env.local", ".env.development", ".env", ".env.staging", ".env.production", ".env.example"]
    while names:
        texts = {f"web/{name}": f"A={name}" for name in reversed(names)}
        assert value(texts, "A") == names[0]
        names = names[1:]


def test_the_nearest_folder_wins() -> None:
    texts = {".env": "A=far", "web/.env.production": "A=near", "web/src/deep/.env": "A=elsewhere"}
    assert value(texts, "A") == "near"
    assert value(texts, "A", "api/main.py") == "far"


@pytest.mark.parametrize("name", [".env.example", ".env.local.sample", "env.template", "example.env", ".env.dist"])
def test_examples_define_without_promising(name: str) -> None:
    env = environment({f"web/{name}": "A=http://localhost/api\nB=\n"})
    found = env.lookup("A", "web/a.ts")
    assert found is not None
    assert (found.value, found.example) == ("http://localhost/api", True)
    blank = env.lookup("B", "web/a.ts")
    assert blank is not None
    assert blank.value is None
    assert value({f"web/{name}": "A=near", ".env": "A=real"}, "A") == "real"


def test_dockerfiles() -> None:
    text = (
        "FROM node\nARG API\nARG PORT=80 \\\n    # the socket's\n    SOCKET='/ws'\n"
        'ENV VITE_API=$API VITE_WS="$SOCKET/v1"\nenv OLD /old/way\n# ENV NO=1\n'
    )
    env = environment({"web/Dockerfile.prod": text})
    assert env.lookup("API", "web/a.ts") == EnvValue(None, "", "web/Dockerfile.prod", 2, False)
    assert env.lookup("VITE_API", "web/a.ts") == EnvValue(None, "$API", "web/Dockerfile.prod", 6, False)
    assert value({"web/Dockerfile": text}, "PORT") == "80"
    assert value({"web/Dockerfile": text}, "VITE_WS") == "/ws/v1"
    assert value({"web/Dockerfile": text}, "OLD") == "/old/way"
    assert not env.defined("NO")


COMPOSE = """
x-common: &common
  SHARED: s
services:
  api:
    build: ./api
    environment:
      <<: *common
      ROOT_PATH: /api
      PASSED:
    env_file: [docker/api.env]
  web:
    build:
      context: web
      args:
        - VITE_API=${VITE_API:-http://localhost:8000}
        - VITE_TOKEN
  db:
    image: postgres
    environment: {PORT: 1}
  cache:
    image: redis
    environment: {PORT: 2}
"""


def test_compose_files_speak_for_the_folder_a_service_is_built_from() -> None:
    texts = {"docker-compose.yml": COMPOSE, "docker/api.env": "SECRET=x\n"}
    env = environment(texts)
    assert env.lookup("ROOT_PATH", "api/main.py") == EnvValue("/api", "/api", "docker-compose.yml", 9, False)
    assert env.lookup("ROOT_PATH", "web/a.ts") is None
    assert value(texts, "SHARED", "api/main.py") == "s"
    assert value(texts, "SECRET", "api/main.py") == "x"
    assert value(texts, "PASSED", "api/main.py") is None
    assert value(texts, "VITE_API") == "http://localhost:8000"
    assert value({**texts, ".env": "VITE_API=/from-env\n"}, "VITE_API") == "/from-env"
    assert env.defined("VITE_TOKEN")


def test_services_that_disagree_tell_nothing() -> None:
    env = environment({"docker-compose.yml": COMPOSE})
    found = env.lookup("PORT", "any.py")
    assert found is not None
    assert found.value is None


def test_a_compose_file_reaches_the_folder_beside_it_but_not_beyond_the_project() -> None:
    text = "services:\n  web:\n    build: {context: %s}\n    environment: {A: x}\n"
    assert value({"docker/compose.yaml": text % "../web"}, "A") == "x"
    assert value({"docker/compose.yaml": text % ".."}, "A") == "x"
    assert value({"docker/compose.yaml": text % "../../other"}, "A") is None
    assert value({"docker/compose.yaml": text % "../../other"}, "A", "docker/a.py") == "x"


def test_production_compose_files_come_last() -> None:
    text = "services: {web: {build: web, environment: {A: %s}}}"
    texts = {"docker-compose.prod.yml": text % "prod", "docker-compose.yml": text % "dev"}
    assert value(texts, "A") == "dev"


def test_scripts_of_package_json() -> None:
    text = """{
  "name": "A=x",
  "scripts": {
    "build": "VITE_API=/built vite build",
    "dev": "cross-env VITE_API=/dev VITE_WS='/w s' vite && export LATE=1",
    "lint": "eslint --env node=true ."
  }
}"""
    env = environment({"web/package.json": text})
    assert env.lookup("VITE_API", "web/a.ts") == EnvValue("/dev", "/dev", "web/package.json", 5, False)
    assert value({"web/package.json": text}, "VITE_WS") == "/w s"
    assert env.defined("LATE")
    assert not env.defined("node")
    assert not env.defined("A")


def test_what_the_user_states_comes_first() -> None:
    env = environment({"web/.env.local": "A=file"}, {"A": "$stated"}, "auditor.yaml")
    assert env.lookup("A", "web/a.ts") == EnvValue("$stated", "$stated", "auditor.yaml", 1, False)


@pytest.mark.parametrize(
    ("path", "text"),
    [("package.json", "{"), ("docker-compose.yml", "services: ["), ("compose.yml", "a: &a [*a]")],
)
def test_broken_files_are_named(path: str, text: str) -> None:
    env = environment({path: text, ".env": "A=1"})
    assert env.unread == (path,)
    assert env.defined("A")


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("package.json", "[]"),
        ("package.json", '{"scripts": []}'),
        ("package.json", '{"scripts": {"a": 1}}'),
        ("docker-compose.yml", "services: [a]"),
        ("docker-compose.yml", "services: {a: {build: [x], environment: 3, env_file: {}}}"),
        ("docker-compose.yml", ""),
        ("nginx.conf", "A=1"),
    ],
)
def test_files_without_variables(path: str, text: str) -> None:
    env = environment({path: text})
    assert env.unread == ()
    assert not env.defined("A")


def test_references_that_multiply_are_given_up() -> None:
    lines = [f"A{number}=" + f"$A{number + 1}" * 10 for number in range(40)]
    assert value({".env": "\n".join([*lines, "A40=x"])}, "A0") is None
