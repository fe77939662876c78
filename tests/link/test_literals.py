"""URLs of development hosts: what counts as written into shipped source, and as whose default."""

from __future__ import annotations

import pytest
from own_project import facts_of

from auditor.link.literals import url_literals
from auditor.model.finding import Side

HARD = ""


def found(file: str, source: str) -> list[tuple[str, str]]:
    """The URLs of a file, each with the variable it is the default of."""
    return [(url.text, url.fallback_of) for url in url_literals(facts_of({file: source}))]


L = "http://localhost:8000"


@pytest.mark.parametrize(
    ("source", "fallback"),
    [
        (f'const BASE = "{L}";', HARD),
        (f'fetch("{L}");', HARD),
        (f'const a = <a href="{L}">x</a>;', HARD),
        (f'function f(base = "{L}") {{}}', HARD),
        (f'function f({{ base = "{L}" }}) {{}}', HARD),
        (f'class A {{ base = "{L}"; }}', HARD),
        (f'const x = typeof window === "undefined" ? "{L}" : "";', HARD),
        (f'const response = get(process.env.API);\nif (!response) go("{L}");', HARD),
        (f'if (config.enabled) go("{L}");', HARD),
        (f'const BASE = process.env.API || "{L}";', "API"),
        (f'const BASE = process.env["API"] ?? "{L}";', "API"),
        (f'const BASE = import.meta.env.VITE_API || "{L}";', "VITE_API"),
        (f'const BASE = process.env.A || process.env.B || "{L}";', "A"),
        (f'const BASE = (process.env.API as string)?.trim() || "{L}";', "API"),
        (f'const BASE = process.env.API ? process.env.API : "{L}";', "API"),
        (f'const BASE = process.env.API !== undefined ? process.env.API : "{L}";', "API"),
        (f"const url = `${{process.env.API || '{L}'}}/users`;", "API"),
        (f'const env = process.env.API;\nconst BASE = env || "{L}";', "API"),
        (f'function f() {{ if (process.env.API) return process.env.API;\n return "{L}"; }}', "API"),
        (f'let url = process.env.API;\nif (!url) url = "{L}";', "API"),
        (f'const {{ API_URL = "{L}" }} = process.env;', "API_URL"),
        (f'const schema = z.object({{ API_URL: z.string().url().default("{L}") }});', "API_URL"),
        (f'const c = {{ url: env("API", "{L}") }};', "API"),
        (f'const D = "{L}";\nconst BASE = process.env.API?.trim() || D;', "API"),
        (f'const D = "{L}";\nconst BASE = process.env.API || D;\nfetch(D);', HARD),
    ],
)
def test_typescript(source: str, fallback: str) -> None:
    assert found("web/src/a.tsx", source) == [(L, fallback)]


@pytest.mark.parametrize(
    ("source", "fallback"),
    [
        (f'BASE = "{L}"', HARD),
        (f'def call(base: str = "{L}"): ...', HARD),
        (f'BASE = os.getenv("API", "{L}")', "API"),
        (f'D = "{L}"\nBASE = os.getenv("API", D)', "API"),
        (f'BASE = getattr(config, "API", "{L}")', "config.API"),
        (f'BASE = getattr(thing, "API", "{L}")', HARD),
        (f'BASE = os.environ.get("API", "{L}")', "API"),
        (f'BASE = os.environ.get("API") or "{L}"', "API"),
        (f'BASE = config("API", default="{L}")', "API"),
        (f'BASE = settings.api_url or "{L}"', "settings.api_url"),
        (f'class S(BaseSettings):\n    api_url: str = "{L}"', "api_url"),
        (f'class Base(BaseSettings): ...\nclass S(Base):\n    api: str = Field(default="{L}")', "api"),
        (f'class ProxyConfig:\n    api: str = "{L}"', "ProxyConfig.api"),
        (f'class Client:\n    api: str = "{L}"', HARD),
        (f'url = os.getenv("API")\nif not url:\n    url = "{L}"', "API"),
        (f'if "API" in os.environ:\n    u = os.environ["API"]\nelse:\n    u = "{L}"', "API"),
    ],
)
def test_python(source: str, fallback: str) -> None:
    assert found("api/app/a.py", source) == [(L, fallback)]


@pytest.mark.parametrize(
    ("file", "source"),
    [
        ("web/src/a.tsx", f'if (url === "{L}") go();'),
        ("web/src/a.tsx", f'const x = url.startsWith("{L}") || url.includes("{L}");'),
        ("web/src/a.tsx", f'const x = url.replace("{L}", "");'),
        ("web/src/a.tsx", f'const a = <input placeholder="{L}" title="{L}" aria-label="{L}" />;'),
        ("web/src/a.tsx", f'const a = <b>{L} {{"{L}"}}</b>;'),
        ("web/src/a.tsx", f'console.log("{L}"); logger.info("{L}");'),
        ("web/src/a.tsx", f'const field = {{ placeholder: "{L}", label: "{L}" }};'),
        ("web/src/a.tsx", f'const field = {{ type: "string", default: "{L}" }};'),
        ("web/src/a.tsx", f'const ALLOWED_ORIGINS = ["{L}"];'),
        ("web/src/a.tsx", f'const known = ["{L}", "http://localhost:3000"];'),
        ("web/src/a.tsx", f'const BASE = process.env.NODE_ENV === "development" ? "{L}" : "";'),
        ("web/src/a.tsx", f'const BASE = import.meta.env.DEV ? "{L}" : "";'),
        ("web/src/a.tsx", f'if (window.location.hostname === "localhost") {{ base = "{L}"; }}'),
        ("web/src/a.tsx", f'function f() {{ if (isProduction) return "";\n return "{L}"; }}'),
        ("web/src/a.tsx", f'const path = new URL(request.url, "{L}").pathname;'),
        ("web/src/a.tsx", f'throw new Error("{L}");'),
        ("web/src/a.tsx", f'type Base = "{L}";'),
        ("web/src/a.tsx", 'const text = "Open http://localhost:8000 in your browser";'),
        ("web/src/a.tsx", 'const BASE = "https://api.example.com"; const n = "http://localhosts.com";'),
        ("web/src/a.tsx", 'const n = "http://172.32.0.1/a"; const m = "http://100.1.1.1";'),
        ("web/vite.config.ts", f'export default {{ target: "{L}" }};'),
        ("web/playwright.config.ts", f'export default {{ use: {{ baseURL: "{L}" }} }};'),
        ("web/src/mocks/handlers.ts", f'http.get("{L}", f);'),
        ("scripts/seed.py", f'BASE = "{L}"'),
        ("api/app/a.py", f'def f():\n    """See {L}"""'),
        ("api/app/a.py", f'app.add_middleware(CORSMiddleware, allow_origins=["{L}"])'),
        ("api/app/a.py", f'CORS_ORIGINS = "{L}"'),
        ("api/app/a.py", f'class S(BaseSettings):\n    cors_origins: list[str] = ["{L}"]'),
        ("api/app/a.py", f'x = Field(..., description="{L}", examples=["{L}"])'),
        ("api/app/a.py", f'app = FastAPI(servers=[{{"url": "{L}", "description": "local"}}])'),
        ("api/app/a.py", f'if __name__ == "__main__":\n    run("{L}")'),
        ("api/app/a.py", f'print("{L}")\nlogger.warning("{L}")'),
        ("api/app/a.py", f'if settings.debug:\n    base = "{L}"'),
        ("api/app/a.py", 'url = f"http://localhost:{port}/alive"'),
    ],
)
def test_not_reported(file: str, source: str) -> None:
    assert found(file, source) == []


@pytest.mark.parametrize(
    ("text", "scheme", "host"),
    [
        ("ws://127.0.0.1:1/ws", "ws", "127.0.0.1"),
        ("wss://[::1]:8000", "wss", "[::1]"),
        ("https://192.168.0.4/a", "https", "192.168.0.4"),
        ("http://10.1.2.3", "http", "10.1.2.3"),
        ("http://172.20.1.1:80", "http", "172.20.1.1"),
        ("http://0.0.0.0:80", "http", "0.0.0.0"),
        ("http://host.docker.internal:80", "http", "host.docker.internal"),
    ],
)
def test_hosts(text: str, scheme: str, host: str) -> None:
    [url] = url_literals(facts_of({"a.ts": f'const x = "{text}";'}))
    assert (url.text, url.scheme, url.host, url.local, url.side) == (text, scheme, host, True, Side.FRONTEND)


def test_templates_show_their_holes_and_places_are_kept() -> None:
    [url] = url_literals(facts_of({"a.ts": "\nconst socket = new WebSocket(`ws://localhost:1/ws/${id}`);"}))
    assert (url.text, url.location.file, url.location.line) == ("ws://localhost:1/ws/{}", "a.ts", 2)


def test_roots_limit_what_is_looked_at() -> None:
    facts = facts_of({"web/a.ts": f'x = "{L}";', "other/a.ts": f'x = "{L}";', "api/a.py": f'x = "{L}"'})
    assert [url.location.file for url in url_literals(facts, ["web", "api"])] == ["api/a.py", "web/a.ts"]
    assert len(url_literals(facts)) == 3


@pytest.mark.parametrize(("beside", "count"), [("environment.prod.ts", 0), ("environment.test.ts", 1)])
def test_a_file_that_a_build_for_production_replaces(beside: str, count: int) -> None:
    source = "export const environment = { api: 'http://localhost:8000/api' };"
    facts = facts_of({"src/environments/environment.ts": source, f"src/environments/{beside}": "export const x = 1;"})
    assert len(url_literals(facts)) == count


@pytest.mark.parametrize(
    ("file", "source"),
    [
        ("web/serve.js", f'server.listen(8000, () => open("{L}"));'),
        ("api/main.py", f'uvicorn.run(app, port=8000)\nwebbrowser.open("{L}")'),
    ],
)
def test_the_address_of_the_process_itself_is_none(file: str, source: str) -> None:
    assert found(file, source) == []
    assert found(file, source.replace("listen(8000", "listen(9000").replace("port=8000", "port=9000")) != []
