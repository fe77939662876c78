"""Python annotations, classes and enums as wire shapes."""

from __future__ import annotations

import pytest
from typed_project import fields_in_short, outline, resolve, types_of

from auditor.model.shape import Ref, UnknownShape

IMPORTS = """
import datetime as dt
from datetime import datetime, date
from decimal import Decimal
from enum import Enum, IntEnum, StrEnum, auto
from pathlib import Path
from typing import Annotated, Any, ClassVar, Generic, Literal, Optional, TypeVar, Union, List, Dict, NewType
from typing import NamedTuple, NotRequired, TypedDict
from uuid import UUID
from dataclasses import dataclass, field
from pydantic import AliasChoices, BaseModel, ConfigDict, EmailStr, Field, PrivateAttr, RootModel, computed_field
from pydantic.alias_generators import to_camel
"""


@pytest.mark.parametrize(
    ("annotation", "expected"),
    [
        ("str", "string"),
        ("int", "integer"),
        ("float", "number"),
        ("bool", "boolean"),
        ("None", "null"),
        ("bytes", "string:binary"),
        ("datetime", "string:date-time"),
        ("dt.date", "string:date"),
        ("UUID", "string:uuid"),
        ("Decimal", "string:decimal"),
        ("EmailStr", "string:email"),
        ("Path", "string:path"),
        ("Any", "any"),
        ("list", "[any]"),
        ("dict", "map any"),
        ("list[int]", "[integer]"),
        ("List['int']", "[integer]"),
        ("tuple[int, ...]", "[integer]"),
        ("tuple[int, str]", "[integer | string]"),
        ("dict[str, list[UUID]]", "map [string:uuid]"),
        ("Dict[str, Any]", "map any"),
        ("Optional[int]", "integer | null"),
        ("int | None", "integer | null"),
        ("Union[int, str, None]", "integer | string | null"),
        ("Annotated[int, 'seconds']", "integer"),
        ('"list[int] | None"', "[integer] | null"),
        ("Literal['a', 'b']", "'a' 'b'"),
        ("Literal['a', None]", "'a' | null"),
        ("Literal['a'] | Literal['b', 'a']", "'a' 'b'"),
        ("'not a type'", "?"),
        ("numpy.ndarray", "?"),
        ("Missing", "?"),
    ],
)
def test_annotations(annotation: str, expected: str) -> None:
    types, shape = resolve({"m.py": IMPORTS}, "m.py", annotation)
    assert outline(types, shape) == expected


@pytest.mark.parametrize(
    ("definition", "expected"),
    [
        ("class X(str, Enum):\n    A = 'a'\n    B = 'b'", "X(a, b)"),
        ("class X(StrEnum):\n    FIRST = auto()\n    B = 'x'", "X(first, x)"),
        ("class X(IntEnum):\n    A = 5\n    B = auto()", "X(5, 6)"),
        ("class X(Enum):\n    A = auto()\n    B = auto()", "X(1, 2)"),
        ("class X(str, Enum):\n    A = 'a'\n    ALIAS = A\n    B = 'b'", "X(a, b)"),
        ("class X(str, Enum):\n    A = 'a'\n    _ignored_ = 'z'\n    def label(self): return 1", "X(a)"),
        ("NAME = 'n'\nclass X(str, Enum):\n    A = NAME\n    B = NAME + '-b'\n    C = f'{NAME}!'", "X(n, n-b, n!)"),
        ("class X(str, Enum):\n    A = 'a'\n    B = compute()", "X(a, …)"),
        ("class X(str, Enum):\n    A = 'a'\n    @classmethod\n    def _missing_(cls, v): return cls.A", "X(a, …)"),
        ("class B(str, Enum):\n    pass\nclass X(B):\n    A = 'a'", "X(a)"),
        ("class X(models.TextChoices):\n    A = 'a', 'Label'", "X(a)"),
        ("class X(Enum):\n    A = 'a', 'b'\n    C = 'c'", "X(c, …)"),
        (
            "class B(StrEnum):\n    @staticmethod\n    def _generate_next_value_(name, start, count, last):\n"
            "        return name\nclass X(B):\n    A_B = auto()",
            "X(A_B)",
        ),
        ("X = Enum('X', 'A B')", "X(1, 2)"),
        ("X = StrEnum('X', ['A', 'B'])", "X(a, b)"),
        ("X = Enum('X', {'A': 'a'})", "X(a)"),
        ("X = Literal['a', 'b']", "X(a, b)"),
        ("type X = Literal['a', 'b']", "X(a, b)"),
        ("class Y(str, Enum):\n    A = 'a'\nX = Literal[Y.A]", "X(a)"),
        ("X = NewType('X', int)", "integer"),
        ("X = list[int]", "[integer]"),
        ("type X[T] = list[T]", "[?]"),
        ("X = TypeVar('X')", "?"),
        ("X = list['X']", "[?]"),
        ("class X(RootModel[list[int]]):\n    pass", "[integer]"),
        ("class X:\n    a: int", "?"),
    ],
)
def test_declared_names(definition: str, expected: str) -> None:
    types, shape = resolve({"m.py": f"{IMPORTS}{definition}\n"}, "m.py", "X")
    assert outline(types, shape) == expected


@pytest.mark.parametrize(
    ("definition", "expected"),
    [
        (
            "class X(BaseModel):\n    a: int\n    b: str | None = None\n    c: bool = True",
            "a: integer, b?: string | null, c?: boolean = True",
        ),
        (
            "class X(BaseModel):\n    a: int = Field(...)\n    b: int = Field(3, ge=1)\n"
            "    c: list[int] = Field(default_factory=list)",
            "a: integer, b?: integer = 3, c?: [integer]",
        ),
        (
            "class X(BaseModel):\n    a: Annotated[int, Field(alias='anA')]\n    b: int = ...",
            "anA: integer, b: integer",
        ),
        (
            "class X(BaseModel):\n    a: int = Field(alias='x', serialization_alias='y')\n"
            "    b: int = Field(validation_alias=AliasChoices('q', 'b'))",
            "y: integer, b: integer",
        ),
        (
            "class X(BaseModel):\n    _p: int = 1\n    K: ClassVar[int] = 2\n"
            "    s: int = Field(1, exclude=True)\n    q: int = PrivateAttr(1)\n    a: int",
            "a: integer",
        ),
        (
            "class X(BaseModel):\n    model_config = ConfigDict(alias_generator=to_camel)\n"
            "    first_name: str\n    x_1: int",
            "firstName: string, x_1: integer".replace("x_1", "x1"),
        ),
        (
            "class X(BaseModel):\n    model_config = {'alias_generator': to_camel}\n"
            "    first_name: str = Field(alias='fn')",
            "fn: string",
        ),
        (
            "class X(BaseModel):\n    class Config:\n        alias_generator = to_camel\n    first_name: str",
            "firstName: string",
        ),
        (
            "class B(BaseModel):\n    model_config = ConfigDict(alias_generator=to_camel)\n"
            "    base_id: int\n    kind: str\nclass X(B):\n    own_name: str\n    kind: Literal['x'] = 'x'",
            "baseId: integer, kind?: 'x' = 'x', ownName: string",
        ),
        (
            "class A(BaseModel):\n    a: int\nclass B(BaseModel):\n    b: int\nclass X(A, B):\n    c: int",
            "b: integer, a: integer, c: integer",
        ),
        ("class X(BaseModel):\n    me: 'X | None' = None\n    all: list['X'] = []", "me?: X | null, all?: [X]"),
        ("class X(BaseModel):\n    kind: Literal['a', 'b'] = 'a'", "kind?: X.kind(a, b) = 'a'"),
        (
            "class S(str, Enum):\n    ON = 'on'\nclass X(BaseModel):\n    s: S = S.ON\n    v: str = S.ON.value",
            "s?: S(on) = 'on', v?: string = 'on'",
        ),
        ("class X(BaseModel):\n    class S(str, Enum):\n        ON = 'on'\n    s: 'X.S'", "s: X.S(on)"),
        (
            "class X(BaseModel):\n    a: int\n    @computed_field\n    @property\n    def twice(self) -> int: return 2",
            "a: integer, twice?: integer",
        ),
        (
            "@dataclass\nclass X:\n    a: int\n    b: list[int] = field(default_factory=list)",
            "a: integer, b?: [integer]",
        ),
        ("class X(TypedDict):\n    a: int\n    b: NotRequired[str]", "a: integer, b?: string"),
        ("class X(TypedDict, total=False):\n    a: int", "a?: integer"),
        ("class X(NamedTuple):\n    a: int\n    b: str = ''", "a: integer, b?: string = ''"),
    ],
)
def test_fields(definition: str, expected: str) -> None:
    types, shape = resolve({"m.py": f"{IMPORTS}{definition}\n"}, "m.py", "X")
    assert isinstance(shape, Ref)
    model = types.models[shape.key]
    assert ", ".join(fields_in_short(types, model)) == expected
    assert not model.open


@pytest.mark.parametrize(
    "definition",
    [
        "class X(BaseModel):\n    model_config = ConfigDict(extra='allow')\n    a: int",
        "class X(BaseModel):\n    a: int\n    class Config:\n        extra = Extra.allow",
        "class X(BaseModel):\n    model_config = ConfigDict(alias_generator=odd)\n    a_b: int",
        "class X(BaseModel):\n    a: int = Field(alias=NAMES['a'])",
        "class X(LibraryModel):\n    a: int",
        "class X(BaseModel, LibraryMixin):\n    a: int",
        "class X(BaseModel):\n    a: int\n    @model_serializer\n    def out(self): return {}",
    ],
)
def test_a_model_is_open_where_other_keys_may_travel(definition: str) -> None:
    types, shape = resolve({"m.py": f"{IMPORTS}{definition}\n"}, "m.py", "X")
    assert isinstance(shape, Ref)
    assert types.models[shape.key].open


def test_imports_are_followed() -> None:
    sources = {
        "app/__init__.py": "",
        "app/base.py": "from pydantic import BaseModel as Root\nclass Base(Root):\n    id: int\n",
        "app/models/__init__.py": "from .user import User\n",
        "app/models/user.py": "from app.base import Base\nfrom . import kinds\nclass User(Base):\n"
        "    kind: kinds.Kind\n",
        "app/models/kinds.py": "import enum\nclass Kind(str, enum.Enum):\n    A = 'a'\n",
        "app/api.py": "from app.models import User\n",
    }
    types, shape = resolve(sources, "app/api.py", "list[User]")
    assert outline(types, shape) == "[User]"
    assert fields_in_short(types, types.models["app/models/user.py:User"]) == ["id: integer", "kind: Kind(a)"]
    kind = types.enums["app/models/kinds.py:Kind"]
    assert [(value.name, value.value, value.location.line) for value in kind.values] == [("A", "a", 3)]


@pytest.mark.parametrize(
    "generic",
    [
        "T = TypeVar('T')\nclass Page(BaseModel, Generic[T]):\n    items: list[T]\n",
        "class Page[T](BaseModel):\n    items: list[T]\n",
    ],
)
def test_generics(generic: str) -> None:
    source = f"{IMPORTS}{generic}class User(BaseModel):\n    id: int\nclass Users(Page[User]):\n    total: int\n"
    types, shape = resolve({"m.py": source}, "m.py", "Page[User] | Users")
    assert outline(types, shape) == "Page[User] | Users"
    assert fields_in_short(types, types.models["m.py:Page[m.py:User]"]) == ["items: [User]"]
    assert fields_in_short(types, types.models["m.py:Users"]) == ["items: [User]", "total: integer"]


def test_a_generic_that_grows_ends() -> None:
    source = f"{IMPORTS}T = TypeVar('T')\nclass X(BaseModel, Generic[T]):\n    next: 'X[list[T]]'\n"
    types, shape = resolve({"m.py": source}, "m.py", "X[int]")
    assert outline(types, shape) == "X[integer]"
    assert 2 < len(types.models) < 40


def test_reasons_are_given() -> None:
    _, shape = resolve({"m.py": "from lib import Thing\n"}, "m.py", "Thing")
    assert shape == UnknownShape("`lib.Thing` is not defined in the project")


def test_declared_lists_models_and_enums_but_no_constants() -> None:
    types = types_of(
        {"m.py": f"{IMPORTS}class A(BaseModel):\n    a: int\nclass E(Enum):\n    X = 1\nLIMIT = 'A'\nAlias = A\n"}
    )
    assert [item.key for item in types.declared()] == ["m.py:A", "m.py:E"]
