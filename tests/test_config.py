"""Configuration: where it is found, what it may say, and the one line that a mistake costs."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.config import Config, ConfigError, Rewrite, load_config
from auditor.model.finding import Confidence, Severity


def write(root: Path, name: str, text: str) -> Path:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(text, "utf-8")
    return root


def error(root: Path) -> str:
    with pytest.raises(ConfigError) as raised:
        load_config(root)
    return str(raised.value)


def test_without_a_file_everything_has_its_default(tmp_path: Path) -> None:
    config = load_config(tmp_path)
    assert config == Config()
    assert config.fail_on is Severity.HIGH
    assert config.rule_packs == ("auditor_rules",)
    assert not config.excludes("a.py")


def test_every_key_in_yaml(tmp_path: Path) -> None:
    (tmp_path / "api").mkdir()
    (tmp_path / "web" / "app").mkdir(parents=True)
    write(
        tmp_path,
        "auditor.yaml",
        "backend: api\nfrontend: [web/app]\nexclude: ['*.gen.ts']\nselect: [EP101, missing-field]\nignore:\n"
        "fail-on: medium\nmin-confidence: high\nrule-packs: [auditor_rules, acme_rules]\n"
        "base-urls:\n  - {from: 'https://api.example.com', to: /v1}\nrewrites:\n  - from: /api\n    to: /\n"
        "env:\n  VITE_PORT: 08000\n  VITE_EMPTY:\n",
    )
    config = load_config(tmp_path)
    assert config.file == "auditor.yaml"
    assert (config.backend, config.frontend) == (("api",), ("web/app",))
    assert config.excludes("a/b.gen.ts")
    assert (config.select, config.ignore) == (("EP101", "missing-field"), ())
    assert (config.fail_on, config.min_confidence) == (Severity.MEDIUM, Confidence.HIGH)
    assert config.rule_packs == ("auditor_rules", "acme_rules")
    assert config.base_urls == (Rewrite("https://api.example.com", "/v1"),)
    assert config.rewrites == (Rewrite("/api", "/"),)
    assert config.env == {"VITE_PORT": "08000", "VITE_EMPTY": ""}


def test_the_same_in_toml(tmp_path: Path) -> None:
    (tmp_path / "api").mkdir()
    write(
        tmp_path,
        "pyproject.toml",
        '[tool.auditor]\nbackend = ["api"]\nfail-on = "low"\nenv = { PORT = 8000, ON = true }\n'
        '[[tool.auditor.rewrites]]\nfrom = "/api"\nto = "/"\n',
    )
    config = load_config(tmp_path)
    assert (config.backend, config.fail_on, config.env) == (("api",), Severity.LOW, {"PORT": "8000", "ON": "true"})
    assert config.rewrites == (Rewrite("/api", "/"),)


def test_an_empty_file_is_a_configuration(tmp_path: Path) -> None:
    assert load_config(write(tmp_path, "auditor.yaml", "# later\n")).file == "auditor.yaml"


def test_the_closest_file_wins_up_to_the_repository(tmp_path: Path) -> None:
    repository = tmp_path / "repository"
    web = repository / "apps" / "web"
    (web / "src").mkdir(parents=True)
    (repository / "api").mkdir()
    (repository / ".git").mkdir()
    write(tmp_path, "auditor.yaml", "fail-on: info\n")
    assert load_config(web) == Config()
    write(repository, "auditor.yaml", "backend: [api]\nfrontend: [apps/web]\nexclude: [apps/web/src/old]\n")
    config = load_config(web)
    assert config.file == "../../auditor.yaml"
    assert (config.backend, config.frontend) == ((), (".",))
    assert config.excludes("src/old/a.ts")
    assert not config.excludes("apps/web/src/old/a.ts")
    write(repository, "apps/pyproject.toml", "[tool.other]\n")
    assert load_config(web).file == "../../auditor.yaml"
    write(web, ".auditor.yaml", "fail-on: low\n")
    assert load_config(web).file == ".auditor.yaml"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("backend: []\nfrontends: [web]\n", "auditor.yaml:2: unknown key 'frontends'; did you mean 'frontend'?"),
        ("fail_on: low\n", "auditor.yaml:1: unknown key 'fail_on'; did you mean 'fail-on'?"),
        ("fail-on: hihg\n", "auditor.yaml:1: fail-on: 'hihg' is not known; did you mean 'high'?"),
        (
            "fail-on: 7\n",
            "auditor.yaml:1: fail-on: '7' is not known; expected one of critical, high, medium, low, info",
        ),
        ("frontend:\n- web/ap\n", "auditor.yaml:2: frontend: there is no folder 'web/ap'; did you mean 'web/app'?"),
        ("select: {a: b}\n", "auditor.yaml:1: select: expected a text"),
        ("env: [A]\n", "auditor.yaml:1: env: expected 'NAME: value' lines"),
        ("rewrites:\n- from: /api\n", "auditor.yaml:2: rewrites: 'to' is missing"),
        ("rewrites:\n- {form: /a, to: /}\n", "auditor.yaml:2: unknown key in rewrites 'form'; did you mean 'from'?"),
        ("rewrites: [{from: api, to: /}]\n", "auditor.yaml:1: rewrites: 'from' must begin with '/', not 'api'"),
        ("base-urls: [{from: /a, to: /}]\n", "auditor.yaml:1: base-urls: 'from' must begin with 'http', not '/a'"),
        ("backend: []\nbackend: []\n", "auditor.yaml:2: 'backend' is given twice"),
        ("- backend\n", "auditor.yaml:1: expected keys such as 'backend:' and 'frontend:'"),
        ("backend: [a\nfrontend: b\n", "auditor.yaml:2: expected ',' or ']', but got ':'"),
        ("a: &a [*a]\n", "auditor.yaml:1: nested too deeply or too large"),
    ],
)
def test_a_mistake_is_one_line_with_its_place(tmp_path: Path, text: str, expected: str) -> None:
    (tmp_path / "web" / "app").mkdir(parents=True)
    assert error(write(tmp_path, "auditor.yaml", text)) == expected


def test_a_word_that_is_near_nothing_gets_the_list(tmp_path: Path) -> None:
    message = error(write(tmp_path, "auditor.yaml", "xyzzy: 1\n"))
    assert message.startswith("auditor.yaml:1: unknown key 'xyzzy'; there are backend, frontend, ")


def test_toml_mistakes_have_a_line_too(tmp_path: Path) -> None:
    text = "[project]\nexcludes = 1\n\n[tool.auditor]\nselect = []\nexcludes = []\n"
    expected = "pyproject.toml:6: unknown key 'excludes'; did you mean 'exclude'?"
    assert error(write(tmp_path, "pyproject.toml", text)) == expected
    broken = error(write(tmp_path, "pyproject.toml", "[tool.auditor]\nselect = [\n"))
    assert broken.startswith("pyproject.toml: ")
    assert "\n" not in broken


def test_a_broken_pyproject_of_somebody_else_is_not_ours(tmp_path: Path) -> None:
    assert load_config(write(tmp_path, "pyproject.toml", "[broken\n")) == Config()


def test_aliases_cannot_blow_up(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 25)]
    assert error(write(tmp_path, "auditor.yaml", "\n".join(lines))).endswith("nested too deeply or too large")


def test_a_file_in_another_encoding(tmp_path: Path) -> None:
    (tmp_path / "auditor.yaml").write_bytes("backend: [é]".encode("latin-1"))
    assert error(tmp_path) == "auditor.yaml: not in UTF-8"
