"""Against an oracle: regular expressions tried in order, as Starlette compiles and tries them."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from match_routes import route, routes

from auditor.link.match import Matcher, shadowed
from auditor.link.match.fallback import Fallbacks
from auditor.model.graph import Ambiguous, Kind, Matched, Route

_CONVERTERS = {"str": "[^/]+", "int": "[0-9]+", "path": ".*"}
_PARAMETER = re.compile(r"\{\w+(?::(\w+))?\}")

_words = st.sampled_from(["a", "b", "users", "7"])
_parameters = st.sampled_from(["{%s}", "{%s:int}", "r.{%s}"])


@st.composite
def _labels(draw: st.DrawFn) -> str:
    kinds = draw(st.lists(st.one_of(_words, _parameters), min_size=1, max_size=4))
    parts = [kind % f"p{index}" if "%" in kind else kind for index, kind in enumerate(kinds)]
    end = draw(st.sampled_from(["", "", "", "/", "/{rest:path}", "/{rest:path}/end"]))
    return f"{draw(st.sampled_from(['GET', 'POST']))} /{'/'.join(parts)}{end}"


_tables = st.lists(_labels(), min_size=1, max_size=12)
_paths = st.lists(st.sampled_from(["a", "b", "users", "7", "r.7", "end"]), min_size=1, max_size=5).flatmap(
    lambda parts: st.sampled_from(["/" + "/".join(parts), "/" + "/".join(parts) + "/"])
)


def _first(labels: list[str], method: str, path: str) -> int | None:
    for index, label in enumerate(labels):
        own, _, template = label.partition(" ")
        pieces = _PARAMETER.split(template)
        expression = "".join(
            re.escape(piece or "") if place % 2 == 0 else _CONVERTERS[piece or "str"]
            for place, piece in enumerate(pieces)
        )
        if own == method and re.fullmatch(expression, path):
            return index
    return None


@given(_tables, st.sampled_from(["GET", "POST"]), _paths)
def test_a_known_path_is_answered_as_starlette_answers(labels: list[str], method: str, path: str) -> None:
    expected = _first(labels, method, path)
    target = Matcher(routes(*labels)).target(Kind.HTTP, method, path)
    if expected is None:
        assert not isinstance(target, Matched) or target.redirect
    else:
        assert isinstance(target, Matched)
        assert (target.route.order, target.redirect) == (expected, False)


@given(_tables, st.data())
def test_a_call_made_from_a_route_reaches_it_or_an_earlier_one(labels: list[str], data: st.DataObject) -> None:
    own = data.draw(st.sampled_from(routes(*labels)))
    values = {"int": "7", "path": "x/y"}
    converters = dict(own.converters)
    path = re.sub(r"\{(\w+)\}", lambda name: values.get(converters.get(name[1], ""), "zz"), own.path)
    target = Matcher(routes(*labels)).target(own.kind, own.method, path)
    assert isinstance(target, Matched)
    assert target.route.order <= own.order


@given(_tables, st.data())
def test_a_template_made_from_a_route_is_never_missing(labels: list[str], data: st.DataObject) -> None:
    own = data.draw(st.sampled_from(routes(*labels)))
    path = re.sub(r"\{\w+\}", "{}", own.path)
    target = Matcher(routes(*labels)).target(own.kind, own.method, path)
    if any(text not in ("", "{}") for text in path.split("/")):
        assert isinstance(target, Matched | Ambiguous)
        found = (target.route,) if isinstance(target, Matched) else target.routes
        assert min(one.order for one in found) <= own.order


@given(_tables, st.sampled_from(["GET", "POST"]), _paths)
def test_leaving_out_shadowed_routes_changes_no_answer(labels: list[str], method: str, path: str) -> None:
    every, live = Matcher(routes(*labels)), Matcher(shadowed(routes(*labels)))
    one, other = (matcher.target(Kind.HTTP, method, path) for matcher in (every, live))
    if isinstance(one, Matched):
        assert isinstance(other, Matched)
        assert one.route.order == other.route.order


_shuffled = _tables.map(lambda labels: routes(*labels)).flatmap(
    lambda table: st.tuples(st.just(table), st.permutations(table))
)


@given(_shuffled, _paths)
def test_the_order_given_does_not_matter(tables: tuple[tuple[Route, ...], list[Route]], path: str) -> None:
    one, other = (Matcher(table).target(Kind.HTTP, "GET", path) for table in tables)
    assert one == other


def test_fallbacks_are_no_ordinary_routes() -> None:
    page, proxy = route("GET /{rest:path}", 0), route("* /{rest:path}", 1)
    assert page in Fallbacks([page, proxy])
    assert proxy not in Fallbacks([page, proxy])
