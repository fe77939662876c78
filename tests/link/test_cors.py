"""Origins that backends let in, and the ports of development servers."""

from __future__ import annotations

import pytest
from typed_project import facts_of

from auditor.link.contents.names import Names
from auditor.link.cors import cors, dev_origins
from auditor.link.modules.symbols import Symbols
from auditor.link.modules.typescript import typescript_modules
from auditor.link.types import Types
from auditor.model.cors import Cors


def told(source: str) -> list[Cors]:
    """What one module says."""
    facts = facts_of({"main.py": source})
    symbols = Symbols(facts, typescript_modules(facts, {}))
    return list(cors(facts, facts, Names(symbols, Types(facts, symbols))))


STARLETTE = "from starlette.middleware.cors import CORSMiddleware\n"


@pytest.mark.parametrize(
    ("source", "origins", "credentials", "is_open"),
    [
        (f'{STARLETTE}app.add_middleware(CORSMiddleware, allow_origins=["http://a"])', ("http://a",), False, False),
        (f'{STARLETTE}X = ["*"]\napp.add_middleware(CORSMiddleware, allow_origins=X)', ("*",), False, False),
        (
            f"{STARLETTE}app.add_middleware(CORSMiddleware, allow_origins=settings.x, allow_credentials=True)",
            (),
            True,
            True,
        ),
        (f'{STARLETTE}app.add_middleware(CORSMiddleware, allow_origin_regex=".*")', (), False, True),
        (f"{STARLETTE}app.add_middleware(CORSMiddleware)", (), False, False),
        (f"{STARLETTE}m = [Middleware(CORSMiddleware, allow_origins=['http://a'])]", ("http://a",), False, False),
        (
            'from flask_cors import CORS\nCORS(app, origins="http://a", supports_credentials=True)',
            ("http://a",),
            True,
            False,
        ),
        ("from flask_cors import CORS\nCORS(app)", ("*",), False, False),
        ('CORS_ALLOWED_ORIGINS = ["http://a", os.environ["B"]]', ("http://a",), True, True),
    ],
)
def test_origins(source: str, origins: tuple[str, ...], credentials: bool, is_open: bool) -> None:
    (found,) = told(source)
    assert (found.origins, found.credentials, bool(found.open)) == (origins, credentials, is_open)


def test_another_middleware_says_nothing() -> None:
    assert told("app.add_middleware(GZipMiddleware, minimum_size=1000)") == []


@pytest.mark.parametrize(
    ("manifest", "config", "port", "written"),
    [
        ('{"scripts": {"dev": "next dev -p 3001"}, "dependencies": {"next": "15"}}', "", 3001, True),
        ('{"scripts": {"start": "PORT=8080 react-scripts start"}}', "", 8080, True),
        ('{"devDependencies": {"vite": "6"}}', "", 5173, False),
        ('{"devDependencies": {"vite": "6"}}', "export default defineConfig({ server: { port: 4000 } })", 4000, True),
        ('{"dependencies": {"next": "15", "vite": "6"}}', "", 3000, False),
    ],
)
def test_ports(manifest: str, config: str, port: int, written: bool) -> None:
    facts = facts_of({"web/vite.config.ts": config})
    (found,) = dev_origins(facts, {"web/package.json": manifest}, ["web"])
    assert (found.port, found.written) == (port, written)


def test_an_unknown_tool_has_no_port() -> None:
    assert dev_origins({}, {"web/package.json": "{}"}, ["web"]) == ()
