"""The same project gives the same bytes, however many processes read it."""

from __future__ import annotations

import shutil
from pathlib import Path

from auditor.config import Config
from auditor.pipeline import audit
from auditor.report.renderers import json

GENERATED_PAIRS = 150
"""Files on each side of the generated project: enough for the process pool to be used."""


def test_processes_do_not_matter(repository: Path, tmp_path: Path) -> None:
    project = tmp_path / "chimera"
    shutil.copytree(repository / "fixtures" / "chimera", project)
    one, two = (json.RENDERER.render(audit(project, Config(), processes=count)) for count in (1, 2))
    assert one.encode() == two.encode()
    assert '"EP101"' in one


def test_processes_do_not_matter_in_a_large_project(tmp_path: Path) -> None:
    _generate(tmp_path)
    one, two = (audit(tmp_path, Config(), processes=count) for count in (1, 2))
    assert json.RENDERER.render(one).encode() == json.RENDERER.render(two).encode()
    # Every seventh call names a route that is not there.
    assert sum(finding.code == "EP101" for finding in one.findings) == len(range(0, GENERATED_PAIRS, 7))
    assert len(one.graph.routes) == 2 * GENERATED_PAIRS


def _generate(root: Path) -> None:
    """A backend of 150 routers with two routes each and a frontend of as many modules."""
    routers, client = root / "backend" / "app" / "routers", root / "frontend" / "src"
    routers.mkdir(parents=True)
    client.mkdir(parents=True)
    (root / "backend" / "pyproject.toml").write_text('[project]\nname = "large"\ndependencies = ["fastapi"]\n')
    (root / "frontend" / "package.json").write_text('{"name": "large", "dependencies": {"react": "^18.3.0"}}')
    for package in (routers, routers.parent):
        (package / "__init__.py").write_text("")
    main = ["from fastapi import FastAPI", "app = FastAPI()"]
    index = []
    for number in range(GENERATED_PAIRS):
        main += [f"from app.routers import r{number}", f"app.include_router(r{number}.router, prefix='/v1')"]
        (routers / f"r{number}.py").write_text(_ROUTER.replace("NUMBER", str(number)))
        path = f"absent{number}/nothing/here" if number % 7 == 0 else f"things{number}"
        (client / f"c{number}.ts").write_text(_CLIENT.replace("NUMBER", str(number)).replace("PATH", path))
        index.append(f"import {{ list{number} }} from './c{number}';\nvoid list{number}();\n")
    (routers.parent / "main.py").write_text("\n".join(main) + "\n")
    (client / "index.ts").write_text("".join(index))


_ROUTER = """from fastapi import APIRouter

router = APIRouter(prefix="/thingsNUMBER")


@router.get("")
def list_things() -> list[str]:
    return []


@router.get("/{thing_id}")
def read_thing(thing_id: int) -> str:
    return str(thing_id)
"""

_CLIENT = """export async function listNUMBER(): Promise<string[]> {
  return (await fetch('/v1/PATH')).json();
}
"""
