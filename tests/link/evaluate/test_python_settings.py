"""Settings and environment variables of Python, one table row per way to read them."""

from __future__ import annotations

import pytest
from python_project import value_of

_SETTINGS = {
    "getenv without a value": ("import os\nx = os.getenv('A')", "?"),
    "getenv with a default": ("import os\nx = os.getenv('A', '/a')", "~/a"),
    "environ get": ("import os\nx = os.environ.get('A', '/a')", "~/a"),
    "environ from import": ("from os import environ\nx = environ.get('A', '/a')", "~/a"),
    "environ item": ("import os\nx = os.environ['A']", "?"),
    "env file": ("--- main.py\nimport os\nx = os.environ['A']\n--- .env\nA=/from-file\n", "~/from-file"),
    "getenv or": ("import os\nx = os.getenv('A') or '/a'", "/a"),
    "settings class": (
        "from pydantic_settings import BaseSettings\nclass S(BaseSettings):\n    P: str = '/a'\nx = S().P",
        "~/a",
    ),
    "settings joined": (
        "from pydantic_settings import BaseSettings\nclass S(BaseSettings):\n    P: str = '/a'\nx = f'{S().P}/b'",
        "~/a/b",
    ),
    "settings of a subclass": (
        "from pydantic import BaseSettings\nclass S(BaseSettings):\n    P: str = '/a'\nclass T(S):\n"
        "    Q: str = '/q'\nx = T().P",
        "~/a",
    ),
    "settings property": (
        "from pydantic_settings import BaseSettings\nclass S(BaseSettings):\n    P: str = '/a'\n    @property\n"
        "    def q(self):\n        return self.P + '/q'\nx = S().q",
        "~/a/q",
    ),
    "settings computed": (
        "from pydantic import computed_field\nfrom pydantic_settings import BaseSettings\nclass S(BaseSettings):\n"
        "    P: str = '/a'\n    @computed_field\n    @property\n    def q(self) -> str:\n"
        "        return self.P + '/q'\nx = S().q",
        "~/a/q",
    ),
    "settings field": (
        "from pydantic import Field\nfrom pydantic_settings import BaseSettings\nclass S(BaseSettings):\n"
        "    P: str = Field('/a', alias='Q')\nx = S().P",
        "~/a",
    ),
    "settings without a default": (
        "from pydantic_settings import BaseSettings\nclass S(BaseSettings):\n    P: str\nx = S().P",
        "?",
    ),
    "settings getter": (
        "from functools import lru_cache\nfrom pydantic_settings import BaseSettings\nclass S(BaseSettings):\n"
        "    P: str = '/a'\n@lru_cache\ndef get():\n    return S()\nx = get().P",
        "~/a",
    ),
    "model nested": (
        "from pydantic import BaseModel\nclass R(BaseModel):\n    prefix: str = '/a'\nclass S(BaseModel):\n"
        "    r: R = R()\nx = S().r.prefix",
        "/a",
    ),
    "type checking": ("from typing import TYPE_CHECKING\nx = '/a'\nif TYPE_CHECKING:\n    x = '/b'", "/a"),
}


@pytest.mark.parametrize(("source", "expected"), _SETTINGS.values(), ids=_SETTINGS)
def test_setting(source: str, expected: str) -> None:
    assert value_of(source) == expected
