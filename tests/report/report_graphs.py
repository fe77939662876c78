"""Small linked projects, built by hand, that the tests of the report share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from auditor.model.finding import Confidence, Diagnostic, Evidence, Finding, Severity, Side, Step, Unresolved
from auditor.model.graph import (
    Ambiguous,
    CallSite,
    FileCounts,
    Kind,
    Matched,
    Missing,
    ProjectGraph,
    Route,
    Service,
    Target,
    TypePair,
    Unknown,
    Verdict,
)
from auditor.model.shape import FieldType, ListOf, Model, Ref, Scalar, Shape
from auditor.model.span import Location, Span
from auditor.report.report import Report, build_report

BACKEND = Service("backend", Side.BACKEND, "fastapi", entry="app.main:app")
FRONTEND = Service("frontend", Side.FRONTEND, "vite", pairs=("backend",))

SOURCES: Mapping[str, Sequence[str]] = {
    "backend/app/users.py": (
        "router = APIRouter()",
        "",
        '@router.get("/users/{user_id}")',
        "def read_user(user_id: int) -> User: ...",
        "",
        "class User(BaseModel):",
        "    id: int",
        "    name: str",
    ),
    "frontend/src/api.ts": (
        'import { api } from "./client";',
        "",
        "export const login = () => api.post(`/auth/login`);",
        "export const user = (id: string) => api.get<User>(`/users/${id}`);",
        "export interface User {",
        "  id: number;",
        "  email: string;",
        "}",
    ),
}


def at(file: str, line: int, column: int = 1, end_column: int = 1, end_line: int | None = None) -> Location:
    """A place; columns are bytes from 1."""
    return Location(file, Span(line, column, end_line or line, max(end_column, column)))


def api(line: int, column: int = 1, end_column: int = 1, end_line: int | None = None) -> Location:
    """A place in the frontend's file."""
    return at("frontend/src/api.ts", line, column, end_column, end_line)


def users(line: int, column: int = 1, end_column: int = 1, end_line: int | None = None) -> Location:
    """A place in the backend's file."""
    return at("backend/app/users.py", line, column, end_column, end_line)


def route(
    path: str,
    method: str = "GET",
    kind: Kind = Kind.HTTP,
    line: int = 3,
    category: str = "users",
    response: Shape | None = None,
) -> Route:
    """A route of the backend."""
    return Route(
        kind, method, path, users(line, 1, 32), "read_user", "fastapi", "backend", line, category, response=response
    )


def call(
    path: str, target: Target, method: str = "GET", kind: Kind = Kind.HTTP, line: int = 4, type: str = ""
) -> CallSite:
    """A call of the frontend."""
    return CallSite(kind, method, path, api(line, 42, 66), "axios", "frontend", target, type=type)


def field(name: str, shape: Shape, required: bool = True, nullable: bool = False) -> FieldType:
    """A field whose wire name is its name."""
    return FieldType(name, name, shape, required, nullable, users(7))


def model(key: str, *fields: FieldType, side: str = "backend", open: bool = False) -> Model:
    """A model; its name is what follows the colon in the key."""
    return Model(
        key, key.rpartition(":")[2], side, users(6), fields, open, "pydantic" if side == "backend" else "interface"
    )


def finding(
    code: str = "EP101",
    name: str = "missing-endpoint",
    severity: Severity = Severity.CRITICAL,
    message: str = "no route serves POST /auth/login",
    subject: str = "POST /auth/login",
    hint: str = "serve POST /auth/login or drop the call",
    evidence: tuple[Evidence, ...] | None = None,
    confidence: Confidence = Confidence.HIGH,
    provenance: tuple[Step, ...] = (),
    places: tuple[Evidence, ...] = (),
) -> Finding:
    """A finding with evidence on both sides."""
    both = (
        Evidence(Side.FRONTEND, api(3, 28, 51), "sends POST /auth/login"),
        Evidence(Side.BACKEND, users(3, 1, 32), "nearest route"),
    )
    return Finding(
        code, name, "endpoints", severity, confidence, message, hint, subject, both if evidence is None else evidence,
        provenance, places,
    )  # fmt: skip


def project() -> ProjectGraph:
    """Two routes, of which one is called, a socket without a client, one type pair, one unresolved call."""
    read = route("/users/{user_id}", response=Ref("backend/app/users.py:User"))
    listing = route("/users", line=4, response=ListOf(Ref("backend/app/users.py:User")))
    socket = route("/ws/updates", kind=Kind.WEBSOCKET, line=6, category="ws")
    back = model("backend/app/users.py:User", field("id", Scalar("integer")), field("name", Scalar("string")))
    front = model(
        "frontend/src/api.ts:User", field("id", Scalar("number")), field("email", Scalar("string")), side="frontend"
    )
    pair = TypePair(
        back.key, front.key, "call", "response", Confidence.HIGH, (Evidence(Side.FRONTEND, api(4), "call"),)
    )
    return ProjectGraph(
        services=(BACKEND, FRONTEND),
        routes=(read, listing, socket),
        calls=(
            call("/users/{}", Matched(read), type="User"),
            call("/auth/login", Missing(Verdict.NO_ROUTE), method="POST", line=3),
            call("/x/{}", Unknown("base URL comes from VITE_API"), line=5),
        ),
        models={back.key: back, front.key: front},
        pairs=(pair,),
        unresolved=(Unresolved("call", api(5), "base URL comes from VITE_API"),),
        diagnostics=(Diagnostic("syntax-error", "cannot be read as Python", "backend/app/old.py", 2),),
        files=FileCounts(12, {"test": 3, "vendored": 1}),
    )


def report(
    *findings: Finding, graph: ProjectGraph | None = None, sources: Mapping[str, Sequence[str]] = SOURCES
) -> Report:
    """A report of the project, or of another graph."""
    return build_report(project() if graph is None else graph, findings, lambda file: sources.get(file, ()))


def ambiguous(*paths: str) -> Ambiguous:
    """A target that may be any of these GET routes on line 3."""
    return Ambiguous(tuple(route(path) for path in paths))


def drifted() -> tuple[Finding, ...]:
    """One finding of each severity but medium, in no order."""
    unused = finding(
        "EP201", "unused-endpoint", Severity.LOW, "nothing calls GET /users", "GET /users", "",
        (Evidence(Side.BACKEND, users(4), ""),),
    )  # fmt: skip
    unresolved = finding(
        "XT001", "unresolved-call", Severity.INFO, "base URL comes from VITE_API", "/x/{}", "",
        (Evidence(Side.FRONTEND, api(5), ""),),
    )  # fmt: skip
    unreturned = finding(
        "RS101", "field-not-returned", Severity.HIGH, "User.email is never returned", "User.email", "return it",
        (
            Evidence(Side.FRONTEND, api(5, 1, 2, 8), "User expects email"),
            Evidence(Side.BACKEND, users(6, 1, 15, 8), "User has no email"),
        ),
        Confidence.MEDIUM,
        places=(Evidence(Side.FRONTEND, api(7, 3, 8), "read"),),
    )  # fmt: skip
    missing = finding(provenance=(Step(api(1), "client from ./client"),))
    return unused, unresolved, unreturned, missing
