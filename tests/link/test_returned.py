"""Objects that handlers write in place."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.config import Config
from auditor.model.graph import ProjectGraph
from auditor.model.shape import ListOf, MapOf, Ref, Scalar, Shape
from auditor.pipeline import audit_texts, link_project

CLIENT = {
    "frontend/package.json": "{}",
    "frontend/src/client.ts": "interface Told { status: string; total: number }\n"
    "export async function read(): Promise<Told> {\n  const r = await fetch('/told');\n  return r.json();\n}\n"
    "console.log(await read());\n",
}
HEAD = "from fastapi import FastAPI\nfrom fastapi.responses import JSONResponse\napp = FastAPI()\n@app.get('/told')\n"


@pytest.mark.parametrize(
    ("handler", "missing"),
    [
        ("def told():\n    return {'status': 'ok'}", ["total"]),
        ("def told() -> dict:\n    return {'status': 'ok'}", ["total"]),
        ("def told():\n    return JSONResponse({'status': 'ok'})", ["total"]),
        ("def told(x: int):\n    if x:\n        return {'status': 'ok'}\n    return {'total': 1, 'status': 'no'}", []),
        (
            "def told(x: int):\n    if x:\n        return JSONResponse({'error': 'x'}, status_code=400)\n"
            "    return {'status': 'ok'}",
            ["total"],
        ),
        # What a function of the project writes and gives back.
        ("def told():\n    told = {'status': 'ok'}\n    return told", ["total"]),
        ("def told():\n    told = {'status': 'ok'}\n    told['total'] = 1\n    return told", []),
        ("def told():\n    told = {'status': 'ok'}\n    told.update({'total': 1})\n    return JSONResponse(told)", []),
        ("def told():\n    return made()\n\ndef made() -> dict:\n    return {'status': 'ok'}", ["total"]),
        (
            "async def told():\n    return await thread(made)\n\ndef made():\n    return {'status': 'ok'}\n\n"
            "async def thread(fn, *args):\n    loop = get_loop()\n"
            "    future = loop.run_in_executor(None, lambda: fn())\n"
            "    return await future",
            ["total"],
        ),
        (
            "def told():\n    return maker.make()\n\nclass Maker:\n    def make(self):\n"
            "        raise NotImplementedError\n\n"
            "class Special(Maker):\n    def make(self):\n        return {'status': 'ok'}\n\nmaker: Maker = find()",
            ["total"],
        ),
        (
            "def told():\n    return Maker().make()\n\nclass Maker:\n    def make(self):\n"
            "        return {'total': 1}\n\n"
            "class Special(Maker):\n    def make(self):\n        return {'status': 'ok'}",
            [],
        ),
        # What else happens to it is not known.
        ("def told():\n    told = {'status': 'ok'}\n    fill(told)\n    return told", []),
        ("def told(key: str):\n    told = {'status': 'ok'}\n    told[key] = 1\n    return told", []),
        ("def told():\n    told = {'status': 'ok'}\n    def fill():\n        told['total'] = 1\n    return told", []),
        ("def told():\n    return made()\n\ndef made():\n    return load('x')", []),
        ("def told():\n    return told()", []),
        # What else may be returned is not known.
        ("def told(x: int):\n    if x:\n        return more()\n    return {'status': 'ok'}", []),
        ("def told(x: dict):\n    return {'status': 'ok', **x}", []),
    ],
)
def test_keys(handler: str, missing: list[str]) -> None:
    report = audit_texts({**CLIENT, "backend/api.py": HEAD + handler + "\n"}, frozenset({"RS101"}))
    assert [name for one in report.findings for name in one.details["missing"]] == missing  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("handler", "shape"),
    [
        ("@app.get('/x')\ndef x():\n    return [{'a': 1} for _ in y]", "[x(){a}]"),
        ("@app.get('/x')\ndef x():\n    found = []\n    found.append({'a': 1})\n    return found", "[x(){a}]"),
        ("@app.get('/x')\ndef x():\n    by = {}\n    for y in z:\n        by[y] = {'a': 1}\n    return by", "<x(){a}>"),
        ("@app.get('/x', response_model=dict[str, Any])\ndef x():\n    return {'a': {'b': 'c'}}", "x(){a: x().a{b}}"),
        (
            "@app.get('/x')\ndef x(y: int):\n    if y:\n        return {'a': 1, 'b': 2}\n    return {'a': 1}",
            "x(){a, b?}",
        ),
        ("@app.get('/x')\ndef x(y: int):\n    z = {'a': 1}\n    if y:\n        z['b'] = 1\n    return z", "x(){a, b?}"),
        ("@app.get('/x')\ndef x(y: dict):\n    return {'a': 1, **y}", "x(){a, …}"),
        ("@app.get('/x')\ndef x():\n    return 'text'", ""),
        ("@app.get('/x', response_model=list[str])\ndef x():\n    return [{'a': 1}]", "?"),
    ],
)
def test_shapes(handler: str, shape: str, tmp_path: Path) -> None:
    (tmp_path / "api.py").write_text(
        f"from typing import Any\nfrom fastapi import FastAPI\napp = FastAPI()\n{handler}\n"
    )
    graph = link_project(tmp_path, Config(), 1)
    (route,) = graph.routes
    assert _short(graph, route.response) == shape


@pytest.mark.parametrize(
    ("code", "path", "shape"),
    [
        ("@app.get('/x')\ndef x():\n    return jsonify({'a': 1})", "/x", "x(){a}"),
        ("@app.get('/x')\ndef x():\n    return jsonify(a=1)", "/x", "x(){a}"),
        (
            "@app.get('/x')\ndef x(y=1):\n    if y:\n        return {'e': 1}, 404\n    return {'a': 1}, 200",
            "/x",
            "x(){a}",
        ),
        ("@app.get('/x')\ndef x():\n    return render_template('x.html')", "/x", ""),
    ],
)
def test_flask(code: str, path: str, shape: str, tmp_path: Path) -> None:
    (tmp_path / "api.py").write_text(f"from flask import Flask, jsonify, render_template\napp = Flask('x')\n{code}\n")
    graph = link_project(tmp_path, Config(), 1)
    assert [_short(graph, route.response) for route in graph.routes if route.path == path] == [shape]


@pytest.mark.parametrize(
    ("view", "shape"),
    [
        ("class V(APIView):\n    def get(self, request):\n        return Response({'a': 1})", "get(){a}"),
        (
            "class V(APIView):\n    def get(self, request):\n        if not request.user:\n"
            "            return Response({'e': 1}, status=status.HTTP_400_BAD_REQUEST)\n"
            "        return Response({'a': 1})",
            "get(){a}",
        ),
        (
            "class V(APIView):\n    def get(self, request):\n        made = S(things(), many=True)\n"
            "        return Response(made.data)",
            "[S{n}]",
        ),
        # What is refused says nothing about success.
        (
            "class V(APIView):\n    def get(self, request):\n        if not request.user:\n"
            "            return HttpResponseForbidden('no')\n        found = self.find(request)\n"
            "        if isinstance(found, HttpResponseForbidden):\n            return found\n"
            "        return Response({'a': 1})",
            "get(){a}",
        ),
        ("class V(APIView):\n    def get(self, request):\n        return Response(things())", ""),
        (
            "def v(request):\n    return JsonResponse({'a': 1})\n\nclass V:\n    as_view = staticmethod(lambda: v)",
            "v(){a}",
        ),
    ],
)
def test_django(view: str, shape: str, tmp_path: Path) -> None:
    target = "v" if "def v(" in view else "V.as_view()"
    (tmp_path / "manage.py").write_text("import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'settings')\n")
    (tmp_path / "settings.py").write_text("ROOT_URLCONF = 'urls'\nINSTALLED_APPS = ['rest_framework']\n")
    (tmp_path / "urls.py").write_text(
        f"from django.urls import path\nfrom views import *\nurlpatterns = [path('x/', {target})]\n"
    )
    (tmp_path / "views.py").write_text(
        "from django.http import HttpResponseForbidden, JsonResponse\nfrom rest_framework import serializers, status\n"
        "from rest_framework.response import Response\nfrom rest_framework.views import APIView\n"
        f"class S(serializers.Serializer):\n    n = serializers.IntegerField()\n{view}\n"
    )
    graph = link_project(tmp_path, Config(), 1)
    told = {
        _short(graph, route.response) for route in graph.routes if route.path == "/x/" and route.method in ("GET", "*")
    }
    assert told == {shape}


def _short(graph: ProjectGraph, shape: Shape | None) -> str:
    match shape:
        case None:
            return ""
        case ListOf(item) if not isinstance(item, Scalar):
            return f"[{_short(graph, item)}]"
        case MapOf(value):
            return f"<{_short(graph, value)}>"
        case Ref(key):
            model = graph.models[key]
            names = [
                field.name
                + ("" if field.required else "?")
                + (f": {below}" if len(below := _short(graph, field.shape)) > 1 else "")
                for field in model.fields
            ]
            return f"{model.name}{{{', '.join(names + ['…'] * model.open)}}}"
        case _:
            return "?"


@pytest.mark.parametrize(
    ("handler", "missing"),
    [
        ("def told():\n    return Told(inner={'total': 1})", ["total"]),
        ("def told():\n    if x:\n        raise ValueError\n    return Told(inner=dict(total=1))", ["total"]),
        ("def told():\n    return Told(inner={'total': 1, **more})", None),
        ("def told():\n    return Told(inner=read())", None),
        ("def told():\n    return load()", None),
        ("def told():\n    return Told(inner={'total': 1}) if x else load()", None),
    ],
)
def test_any_object_in_a_declared_model(handler: str, missing: list[str] | None) -> None:
    """The keys of a field that may hold any object are those that the handler writes, if it writes all of them."""
    api = (
        "from fastapi import FastAPI\nfrom pydantic import BaseModel\napp = FastAPI()\n"
        "class Told(BaseModel):\n    inner: dict\n@app.get('/told', response_model=Told)\n" + handler + "\n"
    )
    report = audit_texts({**CLIENT, "backend/api.py": api})
    routes = report.graph.routes
    (shape,) = [route.response for route in routes]
    assert isinstance(shape, Ref)
    (field,) = report.graph.models[shape.key].fields
    keys = [one.wire for one in report.graph.models[field.shape.key].fields] if isinstance(field.shape, Ref) else None
    assert keys == missing
