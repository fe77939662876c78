"""Claims against what is said: which are told, and how."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.claims import Seen, told

SEEN = Seen(
    (("MS103", "'a' is handled"),),
    frozenset({("WS /live", "frontend_sends", "b")}),
    {"live": (1, 0)},
    ((3, "the gap is RESOLVED", "refuted"), (4, "unclear", "not checkable")),
)


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ({"finding": ["MS103", "'a'"]}, True),
        ({"finding": ["MS103", "'b'"]}, False),
        ({"type": ["WS /live", "frontend_sends", "b"]}, True),
        ({"type": ["WS /live", "backend_sends", "b"]}, False),
        ({"untested": ["live"]}, True),
        ({"uncalled": ["live"]}, True),
        ({"report": [3, "RESOLVED"]}, False),
        ({"report": [4, "unclear"]}, None),
        ({"report": [5, "RESOLVED"]}, None),
        ({"not": {"report": [3, "RESOLVED"]}}, True),
        ({"unless": {"finding": ["MS103", "'a'"]}}, False),
        ({"unless": {"finding": ["MS103", "'b'"]}}, None),
        ({"any": [{"finding": ["MS103", "'b'"]}, {"finding": ["MS103", "'a'"]}]}, True),
        ({"all": [{"finding": ["MS103", "'b'"]}, {"finding": ["MS103", "'a'"]}]}, False),
        (None, None),
    ],
)
def test_told(shown: dict[str, Any] | None, expected: bool | None) -> None:
    assert told(shown, SEEN) is expected
