"""What requests carry, as plain JSON values."""

from __future__ import annotations

from auditor.model.carried import Carried, Keys
from auditor.report.records import Record


def carried_record(carried: Carried | None) -> Record | None:
    """Query, body and headers with their names; `open` says why there may be others, null if there are none."""
    if carried is None:
        return None
    body = carried.body
    return {
        "query": _keys(carried.query),
        "body": None if body is None else {"kind": body.kind or None, **_keys(body.keys)},
        "headers": _keys(carried.headers),
        "credentials": carried.credentials or None,
    }


def _keys(keys: Keys) -> Record:
    return {
        "names": list(keys.names),
        "open": keys.open or None,
        "places": [f"{place.file}:{place.line}" for place in keys.places],
    }
