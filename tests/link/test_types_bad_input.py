"""Types that have no end, or are very large: read as far as they go, in a moment, on both sides."""

from __future__ import annotations

from auditor.model.finding import Severity
from auditor.pipeline import audit_texts
from auditor.report.report import Report

CODES = frozenset({"EN101", "EN102", "RQ201", "RQ202", "RS101", "RS103", "RS105"})
HEAD = """
from __future__ import annotations
from enum import Enum
from typing import Annotated, Generic, Literal, TypeVar
from fastapi import FastAPI
from pydantic import BaseModel, Field
app = FastAPI()
T = TypeVar("T")
"""


def audit(api: str, client: str, **others: str) -> Report:
    """The audit of one backend file and one frontend file that calls with axios."""
    texts = {"api/main.py": HEAD + api, "web/client.ts": 'import axios from "axios";\n' + client, **others}
    texts["web/package.json"] = '{"dependencies": {"axios": "1"}}'
    return audit_texts(texts, CODES)


def told(result: Report) -> list[tuple[str, str]]:
    """Code and message of what is above info."""
    return [(one.code, one.message) for one in result.findings if one.severity is not Severity.INFO]


def test_recursive_models() -> None:
    """A tree of itself, and two that name each other; the field that is missing is found at the bottom of both."""
    result = audit(
        """
class Node(BaseModel):
    name: str
    children: list[Node] = []
    owner: Person | None = None
class Person(BaseModel):
    name: str
    nodes: dict[str, list[Node]]
@app.get("/tree")
def tree() -> Node: ...
""",
        """
interface Node { name: string; children: Node[]; owner: Person | null }
interface Person { name: string; nodes: Record<string, Node[]>; age: number }
export const tree = () => axios.get<Node>("/tree").then((r) => r.data.owner?.age);
console.log(tree());
""",
    )
    assert told(result) == [("RS101", "Person expects 'age', which Person does not return")]


def test_a_generic_that_never_closes() -> None:
    """Each level asks for one more around it."""
    result = audit(
        """
class Box(BaseModel, Generic[T]):
    item: T
    wrapped: Box[Box[T]] | None = None
@app.get("/box")
def box() -> Box[int]: ...
""",
        """
interface Box<T> { item: T; wrapped: Box<Box<T>> | null; label: string }
type Endless<T> = { next: Endless<T[]> };
export const box = () => axios.get<Box<number>>("/box").then((r) => r.data.label);
export const endless = () => axios.get<Endless<number>>("/box");
console.log(box(), endless());
""",
    )
    assert [code for code, message in told(result) if "'label'" in message] == ["RS101"]


def test_two_models_of_one_name() -> None:
    """Each call is compared with the one that its own route answers with."""
    result = audit(
        """
from api import other
class Item(BaseModel):
    name: str
@app.get("/items")
def items() -> list[Item]: ...
@app.get("/others")
def others() -> list[other.Item]: ...
""",
        """
interface Item { name: string }
namespace Other { export interface Item { price: number } }
export const items = () => axios.get<Item[]>("/items").then((r) => r.data[0].name);
export const others = () => axios.get<Other.Item[]>("/others").then((r) => r.data[0].price);
console.log(items(), others());
""",
        **{"api/other.py": "from pydantic import BaseModel\nclass Item(BaseModel):\n    price: int\n"},
    )
    assert told(result) == []


def test_an_enum_of_5000_members() -> None:
    members = "\n".join(f'    M{number} = "m{number}"' for number in range(5000))
    union = "".join(f'\n  | "m{number}"' for number in range(4999))
    result = audit(
        f"""
class Mark(str, Enum):
{members}
class Thing(BaseModel):
    name: str
    mark: Mark
@app.get("/thing")
def thing() -> Thing: ...
""",
        f"""
interface Thing {{ name: string; mark: {union} }}
export const thing = () => axios.get<Thing>("/thing").then((r) => r.data.mark);
console.log(thing());
""",
    )
    assert told(result) == [("EN101", "Thing.mark lacks 'm4999' of Mark")]


def test_a_union_of_200_types() -> None:
    """The one member that the frontend lacks is told by its mark."""
    classes = "\n".join(
        f'class E{number}(BaseModel):\n    kind: Literal["e{number}"]\n    value{number}: int' for number in range(200)
    )
    interfaces = "\n".join(
        f'interface E{number} {{ kind: "e{number}"; value{number}: number }}' for number in range(199)
    )
    result = audit(
        f"""
{classes}
Event = Annotated[{" | ".join(f"E{number}" for number in range(200))}, Field(discriminator="kind")]
@app.get("/events")
def events() -> list[Event]: ...
""",
        f"""
{interfaces}
type Event = {" | ".join(f"E{number}" for number in range(199))};
export const events = () => axios.get<Event[]>("/events").then((r) => r.data.map((one) => one.kind));
console.log(events());
""",
    )
    assert told(result) == [
        ("EN101", "E0 | E1 | ….kind of the frontend lacks 'e199' of E0 | E1 | ….kind of the backend")
    ]
