"""Symbol tables over both languages, read by the real readers from in-memory projects."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from auditor.link.modules.symbols import Symbols
from auditor.link.modules.typescript import typescript_modules
from auditor.model.facts import Dialect, FileFacts
from auditor.syntax.python import read_python
from auditor.syntax.single_file import read_component
from auditor.syntax.typescript import read_typescript


def project(sources: Mapping[str, str]) -> Symbols:
    return Symbols(
        {file: facts for file, source in sources.items() if (facts := read(file, source)) is not None},
        typescript_modules(sources, {file: text for file, text in sources.items() if file.endswith(".json")}),
    )


def read(file: str, source: str) -> FileFacts | None:
    match file.rpartition(".")[2]:
        case "py":
            return read_python(source.encode())
        case "vue":
            return read_component(source.encode(), Dialect.VUE)
        case "json":
            return None
        case "ts":
            return read_typescript(source.encode(), Dialect.TYPESCRIPT)
        case _:
            return read_typescript(source.encode(), Dialect.TSX)


def shown(symbols: Symbols, file: str, path: str, *, types: bool = False) -> str | None:
    """The answer in short: "file:name kind"."""
    found = symbols.member(file, path, types)
    if found is None:
        return None
    kind = "Module" if found.statement is None else type(found.statement).__name__
    return f"{found.file or found.folder + '/'}:{found.name} {kind}"


PYTHON = {
    "app/__init__.py": "from .models import User as Account\nfrom . import schemas\n",
    "app/main.py": """
import app.models
import app.models as m
import fastapi
from app import Account, schemas, routes, missing
from app.models import *
from .routes import users, app as inner
from .routes.users import router as user_router
try:
    from orjson import dumps
    from app.fast import Fast
except ImportError:
    Fast = None
    dumps = None
if TYPE_CHECKING:
    from app.models import Order
else:
    Order = object
Alias = Account
Other = fastapi.APIRouter
Deep = m.Order.Status
def factory():
    from app.late import late
""",
    "app/models.py": """
class Base: ...
class User(Base): ...
class Order(Base):
    class Status(str): ...
    size = 3
    def total(self): ...
_private = 1
first = second = 2
a, (b, *c) = 1, (2, 3)
X = X
P = Q
Q = P
""",
    "app/schemas/__init__.py": "from .one import *\nfrom .two import *\n",
    "app/schemas/one.py": "class Shared: ...\nclass One: ...\n",
    "app/schemas/two.py": "class Shared: ...\nfrom . import *\n",
    "app/routes/__init__.py": "from . import app\nfrom .users import users\n",
    "app/routes/app.py": "class Inner: ...\n",
    "app/routes/users.py": "router = make()\nusers = 3\n",
    "app/late.py": "def late(): ...\n",
    "app/plain/deep.py": "class Deep: ...\n",
    "app/fast.py": "def Fast(): ...\n",
}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("Account", "app/models.py:User Class"),
        ("Alias", "app/models.py:User Class"),
        ("User", "app/models.py:User Class"),
        ("_private", None),
        ("m", "app/models.py: Module"),
        ("m.User", "app/models.py:User Class"),
        ("m.first", "app/models.py:first Bind"),
        ("c", "app/models.py:c Bind"),
        ("m.gone", None),
        ("app", "app/__init__.py: Module"),
        ("app.models.Order.Status", "app/models.py:Order.Status Class"),
        ("app.models.Order.size", "app/models.py:Order.size Field"),
        ("app.models.Order.total", "app/models.py:Order.total Def"),
        ("app.models.Order.gone", None),
        ("app.plain", "app/plain/: Module"),
        ("app.plain.deep.Deep", "app/plain/deep.py:Deep Class"),
        ("Deep", "app/models.py:Order.Status Class"),
        ("schemas.One", "app/schemas/one.py:One Class"),
        ("schemas.Shared", "app/schemas/two.py:Shared Class"),
        ("schemas.gone", None),
        ("routes.app.Inner", "app/routes/app.py:Inner Class"),
        ("inner", "app/routes/app.py: Module"),
        ("users", "app/routes/users.py:users Bind"),
        ("user_router", "app/routes/users.py:router Bind"),
        ("missing", None),
        ("Fast", "app/fast.py:Fast Def"),
        ("dumps", None),
        ("Order", "app/models.py:Order Class"),
        ("fastapi", None),
        ("fastapi.APIRouter", None),
        ("Other", "app/main.py:Other Bind"),
        ("factory", "app/main.py:factory Def"),
        ("X", "app/models.py:X Bind"),
        ("undefined", None),
        ("", None),
    ],
)
def test_python_names(path: str, expected: str | None) -> None:
    assert shown(project(PYTHON), "app/main.py", path) == expected


def test_aliases_in_a_circle_end() -> None:
    assert shown(project(PYTHON), "app/models.py", "P") in ("app/models.py:P Bind", "app/models.py:Q Bind")


TYPESCRIPT = {
    "src/main.ts": """
import Client, { get as fetchIt, type User, Role, Status, gone } from "./api";
import * as api from "./api";
import { Legacy } from "./barrel";
import View from "./View.vue";
import settings from "./settings.json";
import axios from "axios";
import { Branch, User as Hidden } from "./git";
import Named from "./named";
import Expression from "./expression";
import common, { helper } from "./common";
const { helper: required } = require("./common");
const whole = require("./common");
const again = fetchIt;
export const own = 1, { left, right: [renamed] } = pair();
export { own as public };
import Short = api.User;
""",
    "src/api/index.ts": """
export * from "./users";
export * from "./loop";
export * as nested from "./users";
export { default } from "./client";
export { request as get } from "./client";
export type { Role } from "./role";
export { Status } from "./role";
""",
    "src/api/users.ts": "export interface User { id: string }\nexport default 3;\nconst hidden = 1;\n",
    "src/api/loop.ts": 'export * from "./index";\nexport { lost } from "./index";\n',
    "src/api/client.ts": "export default class Client {}\nexport function request() {}\n",
    "src/api/role.ts": """
export const Role = { A: "a" } as const;
export type Role = (typeof Role)[keyof typeof Role];
export enum Status { On = "on" }
""",
    "src/barrel.ts": """import { Old } from "./old";
import * as users from "./api/users";
export { Old as Legacy, users };
""",
    "src/old.ts": "export class Old { static make() {} }\n",
    "src/git.d.ts": 'import { User } from "./api";\ninterface Branch { of: User }\n',
    "src/View.vue": "<script setup>const x = 1</script>",
    "src/settings.json": "{}",
    "src/named.ts": "const local = { a: 1 };\nexport default local as Shape;\n",
    "src/expression.ts": "export default { a: 1 };\n",
    "src/common.js": "function helper() {}\nmodule.exports = { helper };\nexports.extra = 1;\n",
    "src/later.ts": """const Page = lazy(() => import("./old"));
import type { Old } from "./old";
export * from "./barrel";
""",
}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("Client", "src/api/client.ts:Client Class"),
        ("fetchIt", "src/api/client.ts:request Def"),
        ("again", "src/api/client.ts:request Def"),
        ("User", "src/api/users.ts:User TypeDefinition"),
        ("Short", "src/api/users.ts:User TypeDefinition"),
        ("Role", "src/api/role.ts:Role Bind"),
        ("Status", "src/api/role.ts:Status Enum"),
        ("gone", None),
        ("api", "src/api/index.ts: Module"),
        ("api.User", "src/api/users.ts:User TypeDefinition"),
        ("api.nested.User", "src/api/users.ts:User TypeDefinition"),
        ("api.hidden", None),
        ("api.lost", None),
        ("api.default", "src/api/client.ts:Client Class"),
        ("Legacy", "src/old.ts:Old Class"),
        ("Legacy.make", "src/old.ts:Old.make Def"),
        ("View", "src/View.vue: Module"),
        ("settings", "src/settings.json: Module"),
        ("axios", None),
        ("Branch", "src/git.d.ts:Branch TypeDefinition"),
        ("Hidden", None),
        ("axios.get", None),
        ("Named", "src/named.ts:local Bind"),
        ("Expression", "src/expression.ts:default Bind"),
        ("common", "src/common.js:default Bind"),
        ("helper", "src/common.js:helper Def"),
        ("required", "src/common.js:helper Def"),
        ("whole", "src/common.js:default Bind"),
        ("renamed", "src/main.ts:renamed Bind"),
        ("public", "src/main.ts:own Bind"),
    ],
)
def test_typescript_names(path: str, expected: str | None) -> None:
    assert shown(project(TYPESCRIPT), "src/main.ts", path) == expected


def test_a_type_and_a_value_of_one_name() -> None:
    symbols = project(TYPESCRIPT)
    assert shown(symbols, "src/main.ts", "Role", types=True) == "src/api/role.ts:Role TypeDefinition"
    assert shown(symbols, "src/main.ts", "Role") == "src/api/role.ts:Role Bind"


def test_a_barrel_answers_for_what_it_passes_on() -> None:
    symbols = project(TYPESCRIPT)
    assert shown(symbols, "src/barrel.ts", "Legacy") == "src/old.ts:Old Class"
    assert shown(symbols, "src/barrel.ts", "users.User") == "src/api/users.ts:User TypeDefinition"
    assert shown(symbols, "src/api/index.ts", "default") == "src/api/client.ts:Client Class"
    assert shown(symbols, "src/api/index.ts", "hidden") is None


def importing(symbols: Symbols, file: str, name: str = "") -> list[tuple[str, int, bool, bool]]:
    return [
        (importer.file, importer.span.start_line, importer.type_only, importer.dynamic)
        for importer in symbols.importers(file, name)
    ]


def test_importers_of_a_module_also_through_barrels_and_calls() -> None:
    assert importing(project(TYPESCRIPT), "src/old.ts") == [
        ("src/barrel.ts", 1, False, False),
        ("src/later.ts", 1, False, True),
        ("src/later.ts", 2, True, False),
        ("src/main.ts", 4, False, False),
    ]


def test_importers_of_a_symbol() -> None:
    symbols = project(TYPESCRIPT)
    assert importing(symbols, "src/old.ts", "Old") == [
        ("src/barrel.ts", 1, False, False),
        ("src/later.ts", 2, True, False),
        ("src/main.ts", 4, False, False),
    ]
    assert importing(symbols, "src/api/users.ts", "User") == [
        ("src/git.d.ts", 1, False, False),
        ("src/main.ts", 2, True, False),
    ]
    assert importing(symbols, "src/api/users.ts", "hidden") == []


def test_importers_in_python_with_lazy_imports_and_submodules() -> None:
    symbols = project(PYTHON)
    assert importing(symbols, "app/late.py") == [("app/main.py", 23, False, False)]
    assert importing(symbols, "app/routes/app.py") == [
        ("app/main.py", 7, False, False),
        ("app/routes/__init__.py", 1, False, False),
    ]
    assert importing(symbols, "app/models.py", "User") == [
        ("app/__init__.py", 1, False, False),
        ("app/main.py", 5, False, False),
    ]
