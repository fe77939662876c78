"""Routes that answer with pages for people, which no client asks for data."""

from __future__ import annotations

import pytest
from served_project import Project

_FLASK = (
    "--- main.py\nfrom flask import Flask, jsonify, redirect, render_template\napp = Flask(__name__)\n@app.get('/x')\n"
)
_FASTAPI = "--- main.py\nfrom fastapi import FastAPI\nfrom fastapi.responses import HTMLResponse\napp = FastAPI()\n"
_DJANGO = (
    "--- manage.py\nimport os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'site.settings')\n"
    "--- site/settings.py\nROOT_URLCONF = 'site.urls'\n"
    "--- site/urls.py\nfrom django.urls import path\nfrom site import views\nurlpatterns = [path('x', views.x)]\n"
    "--- site/views.py\nfrom django.http import JsonResponse\nfrom django.shortcuts import render\n"
    "from django.views import View\nfrom django.views.generic import TemplateView\n"
)
PAGES = {
    "a template of Flask": _FLASK + "def x(): return render_template('x.html')\n",
    "a redirect": _FLASK + "def x(): return redirect('/login')\n",
    "a page of FastAPI": _FASTAPI + "@app.get('/x', response_class=HTMLResponse)\ndef x(): return '<p>'\n",
    "a template of Starlette": _FASTAPI + "@app.get('/x')\ndef x(request): return pages.TemplateResponse('x.html')\n",
    "a template of Django": _DJANGO + "def x(request): return render(request, 'x.html')\n",
    "by a helper": _DJANGO
    + "def show(request): return render(request, 'x.html')\ndef x(request): return show(request)\n",
    "a generic view": _DJANGO + "class X(TemplateView):\n    template_name = 'x.html'\nx = X.as_view()\n",
    "a view with a method": _DJANGO + "class X(View):\n    def get(self, request): return render(request, 'x')\n"
    "x = X.as_view()\n",
}
DATA = {
    "data of Flask": _FLASK + "def x(): return jsonify([])\n",
    "a page or data": _FLASK + "def x():\n    if wants_json():\n        return jsonify([])\n"
    "    return render_template('x')\n",
    "a model": _FASTAPI + "@app.get('/x')\ndef x(): return {}\n",
    "data of Django": _DJANGO + "def x(request): return JsonResponse({})\n",
    "a view of data": _DJANGO
    + "class X(View):\n    def get(self, request): return JsonResponse({})\nx = X.as_view()\n",
}


@pytest.mark.parametrize("source", PAGES.values(), ids=PAGES)
def test_pages(source: str) -> None:
    assert {route.page for route in Project(source).routes()} == {True}


@pytest.mark.parametrize("source", DATA.values(), ids=DATA)
def test_data(source: str) -> None:
    assert {route.page for route in Project(source).routes()} == {False}
