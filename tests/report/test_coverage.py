"""The matrices count what is certain, and say what is not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from report_graphs import ambiguous, api, call, field, model, project, route

from auditor.model.finding import Confidence, Evidence, Side
from auditor.model.graph import (
    Candidate,
    Kind,
    Matched,
    Missing,
    Own,
    ProjectGraph,
    TypePair,
    Unknown,
    ValuePair,
    Verdict,
)
from auditor.model.shape import AnyShape, EnumType, FieldType, ListOf, Ref, Scalar, UnknownShape, Value
from auditor.report.agreement import Alignment
from auditor.report.alignment import AlignmentRow, type_alignment
from auditor.report.channels import ChannelStatus, channel_table
from auditor.report.coverage import CategoryCoverage, call_counts, endpoint_coverage, may_reach, path_coverage, total


def test_endpoint_coverage() -> None:
    assert endpoint_coverage(project()) == (CategoryCoverage("users", 2, 1, 0), CategoryCoverage("ws", 1, 0, 0))
    assert total(endpoint_coverage(project())) == CategoryCoverage("total", 3, 1, 0)


def test_an_uncertain_target_is_neither_called_nor_uncalled() -> None:
    one, two, three = route("/a"), route("/b"), route("/c/{id}")
    graph = ProjectGraph(
        routes=(one, two, three),
        calls=(call("/{}", ambiguous("/a", "/b")), call("/a", Matched(one)), call("/{}/c/{}", Unknown("base"))),
    )
    assert endpoint_coverage(graph) == (CategoryCoverage("users", 3, 1, 2),)


def test_mounts_are_no_endpoints() -> None:
    assert endpoint_coverage(ProjectGraph(routes=(route("/static", kind=Kind.MOUNT),))) == ()


@pytest.mark.parametrize(
    ("routes", "called", "percent"), [(0, 0, None), (1000, 1, 1), (1000, 999, 99), (3, 3, 100), (3, 0, 0), (7, 2, 29)]
)
def test_percent(routes: int, called: int, percent: int | None) -> None:
    assert CategoryCoverage("x", routes, called, 0).percent == percent


@pytest.mark.parametrize(
    ("asked", "served", "reach"),
    [
        ("/users/{}", "/api/v1/users/{id}", True),
        ("/{}/users/{}", "/api/v1/users/{id}", True),
        ("/users/{}", "/users", False),
        ("/users/7", "/users/{id}", True),
        ("/items/{}", "/users/{id}", False),
        ("/{}", "/users/{id}", False),
        ("/{}/{}", "/a/{b}", False),
        ("/api/users", "/users", False),
    ],
)
def test_may_reach(asked: str, served: str, reach: bool) -> None:
    assert may_reach(call(asked, Unknown("?")), route(served)) is reach


def test_another_method_does_not_reach() -> None:
    assert not may_reach(call("/users", Unknown("?"), method="POST"), route("/users"))


def test_call_counts() -> None:
    counts = call_counts(project())
    assert (counts.matched, counts.missing, counts.unknown, counts.own, counts.total) == (1, 1, 1, 0, 3)


def pair_of(
    back: tuple[FieldType, ...], front: tuple[FieldType, ...], direction: str = "response", open: bool = False
) -> AlignmentRow:
    mine, theirs = model("b.py:A", *back, open=open), model("f.ts:B", *front, side="frontend")
    evidence = (Evidence(Side.FRONTEND, api(4), "call"),)
    pair = TypePair(mine.key, theirs.key, "call", direction, Confidence.HIGH, evidence)
    (row,) = type_alignment(ProjectGraph(models={mine.key: mine, theirs.key: theirs}, pairs=(pair,)))
    return row


NUMBER, STRING = Scalar("integer"), Scalar("string")


@pytest.mark.parametrize(
    ("back", "front", "direction", "status", "differences"),
    [
        ([field("a", NUMBER)], [field("a", Scalar("number"))], "response", "aligned", ()),
        ([field("a", NUMBER), field("b", STRING)], [field("a", NUMBER)], "response", "partial",
         ("only in the backend: b",)),
        ([field("a", NUMBER)], [field("a", NUMBER), field("b", STRING)], "response", "mismatch",
         ("only in the frontend: b",)),
        ([field("a", NUMBER)], [field("a", NUMBER), field("b", STRING, required=False)], "response", "partial",
         ("only in the frontend: b",)),
        ([field("a", NUMBER), field("c", NUMBER)], [field("a", NUMBER), field("b", STRING, required=False)],
         "response", "mismatch", ("only in the frontend: b", "only in the backend: c")),
        ([field("a", NUMBER), field("b", STRING)], [field("a", NUMBER)], "request", "mismatch",
         ("only in the backend: b",)),
        ([field("a", NUMBER)], [field("a", STRING)], "response", "mismatch",
         ("a: number in the backend, string in the frontend",)),
        ([field("a", NUMBER)], [field("a", ListOf(NUMBER))], "response", "mismatch",
         ("a: number in the backend, array in the frontend",)),
        ([field("a", UnknownShape("?"))], [field("a", STRING)], "response", "aligned", ()),
        ([field("a", NUMBER, nullable=True)], [field("a", NUMBER)], "response", "partial", ("may be null: a",)),
        ([field("a", NUMBER, nullable=True)], [field("a", NUMBER)], "request", "aligned", ()),
    ],
)  # fmt: skip
def test_models(
    back: list[FieldType], front: list[FieldType], direction: str, status: str, differences: tuple[str, ...]
) -> None:
    row = pair_of(tuple(back), tuple(front), direction)
    assert (row.status, row.differences) == (status, differences)


def test_an_open_model_lacks_nothing() -> None:
    row = pair_of((field("a", NUMBER),), (field("a", NUMBER), field("b", STRING)), open=True)
    assert (row.status, row.differences) == (Alignment.PARTIAL, ("not all fields are known",))


def enum(side: str, *values: str, open: bool = False) -> EnumType:
    return EnumType(f"{side}:E", "E", side, api(1), tuple(Value(v, "", api(1)) for v in values), open, "enum")


@pytest.mark.parametrize(
    ("back", "front", "direction", "status", "differences"),
    [
        (enum("backend", "a", "b"), enum("frontend", "b", "a"), "both", "aligned", ()),
        (enum("backend", "a", "b"), enum("frontend", "a"), "response", "mismatch", ('only in the backend: "b"',)),
        (enum("backend", "a", "b"), enum("frontend", "a"), "request", "partial", ('only in the backend: "b"',)),
        (enum("backend", "a"), enum("frontend", "a", "b"), "request", "mismatch", ('only in the frontend: "b"',)),
        (enum("backend", "a"), enum("frontend", "a", "b"), "response", "partial", ('only in the frontend: "b"',)),
        (enum("backend", "a", open=True), enum("frontend", "a", "b"), "both", "partial", ("not all values are known",)),
        (enum("backend", "bearer"), enum("frontend", "Bearer"), "response", "mismatch",
         ('"bearer" is "Bearer" in the frontend',)),
        (enum("backend", "bearer", open=True), enum("frontend", "Bearer"), "response", "mismatch",
         ('"bearer" is "Bearer" in the frontend',)),
    ],
)  # fmt: skip
def test_values(back: EnumType, front: EnumType, direction: str, status: str, differences: tuple[str, ...]) -> None:
    pair = ValuePair(back, front, "field", direction, Confidence.HIGH, ())
    (row,) = type_alignment(ProjectGraph(values=(pair,)))
    assert (row.status, row.differences) == (status, differences)
    assert [one.side for one in row.evidence] == [Side.BACKEND, Side.FRONTEND]


def test_a_model_of_untyped_calls_is_missing() -> None:
    back = model("b.py:Token", field("a", NUMBER))
    served = route("/token", response=Ref(back.key))
    untyped = ProjectGraph(routes=(served,), models={back.key: back}, calls=(call("/token", Matched(served)),))
    (row,) = type_alignment(untyped)
    assert (row.backend, row.frontend, row.status) == ("Token", "", Alignment.MISSING)


@pytest.mark.parametrize("kind", ["typed", "unresolved", "uncalled"])
def test_a_model_without_a_pair_is_not_missing(kind: str) -> None:
    back = model("b.py:Token", field("a", NUMBER))
    served = route("/token", response=Ref(back.key))
    typed = call("/token", Matched(served), type="Token" if kind != "uncalled" else "")
    calls = () if kind == "uncalled" else (typed,)
    assert type_alignment(ProjectGraph(routes=(served,), models={back.key: back}, calls=calls)) == ()


def test_a_field_of_any_type_may_be_null() -> None:
    assert pair_of((field("a", NUMBER, nullable=True),), (field("a", AnyShape()),)).status is Alignment.ALIGNED


def test_channels() -> None:
    served = route("/ws/a", kind=Kind.WEBSOCKET)
    unused = route("/ws/b", kind=Kind.WEBSOCKET)
    wrong = route("/ws/c", kind=Kind.WEBSOCKET)
    stream = route("/stream", kind=Kind.SSE)
    near = Missing(Verdict.TRANSPORT, (Candidate(wrong, "is a WebSocket"),))
    graph = ProjectGraph(
        routes=(served, unused, wrong, stream),
        calls=(
            call("/ws/a", Matched(served), kind=Kind.WEBSOCKET),
            call("/ws/c", near, kind=Kind.SSE, line=5),
            call("/ws/gone", Missing(Verdict.NO_ROUTE), kind=Kind.WEBSOCKET, line=6),
            call("/{}", Unknown("host"), kind=Kind.WEBSOCKET, line=7),
            call("/stream", Unknown("base"), kind=Kind.HTTP, line=8),
            call("/own", Own("pages/api/own.ts"), kind=Kind.SSE, line=9),
        ),
    )
    assert [(row.kind.value, row.path, row.status, len(row.clients)) for row in channel_table(graph)] == [
        ("websocket", "/ws/a", ChannelStatus.CONNECTED, 1),
        ("websocket", "/ws/b", ChannelStatus.UNUSED, 0),
        ("websocket", "/ws/c", ChannelStatus.TRANSPORT, 1),
        ("sse", "/stream", ChannelStatus.POSSIBLE, 1),
        ("websocket", "/ws/gone", ChannelStatus.MISSING, 1),
        ("websocket", "/{}", ChannelStatus.UNKNOWN, 1),
    ]


def test_a_route_that_a_call_misses_by_a_prefix_is_meant_and_not_called() -> None:
    one, two = route("/api/a"), route("/api/b")
    missing = Missing(Verdict.PREFIX, (Candidate(one, "lacks '/api'"),), drift="add '/api'")
    wrong = Missing(Verdict.PREFIX, (Candidate(two, "lacks '/api'"),), drift="add '/api'", answered=False)
    graph = ProjectGraph(routes=(one, two), calls=(call("/a", missing), call("/b", wrong)))
    (row,) = endpoint_coverage(graph)
    assert (row.called, row.nominal, row.uncalled) == (0, 1, 1)


def test_one_path_of_a_client_that_arrives_is_not_meant_for_the_route_it_is_like() -> None:
    one, two = route("/api/a"), route("/b")
    missing = Missing(Verdict.PREFIX, (Candidate(two, "has '/api' before it"),), drift="remove '/api'")
    calls = tuple(replace(one, base="axios.create") for one in (call("/api/a", Matched(one)), call("/api/b", missing)))
    assert sum(row.nominal for row in endpoint_coverage(ProjectGraph(routes=(one, two), calls=calls))) == 1


def test_coverage_by_path_leaves_sockets_out_and_tells_doubled_prefixes_apart() -> None:
    paths = ("/api/v1/users", "/api/v1/users/{id}", "/api/v1/users/users/{id}", "/health", "/")
    routes = (*map(route, paths), route("/ws", kind=Kind.WEBSOCKET))
    rows = path_coverage(ProjectGraph(routes=routes))
    assert [(row.category, row.routes) for row in rows] == [
        ("/", 1),
        ("/api/v1/users", 2),
        ("/api/v1/users/users", 1),
        ("/health", 1),
    ]


def test_a_hidden_route_is_excluded() -> None:
    first = route("/a")
    graph = ProjectGraph(routes=(first, replace(first, shadowed_by=first.location)))
    (row,) = endpoint_coverage(graph)
    assert (row.routes, row.excluded) == (1, 1)
