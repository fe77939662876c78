"""What requests carry, as plain JSON values and in short for people."""

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
        "operation": carried.operation or None,
    }


def carried_text(carried: Carried | None) -> str:
    """`?page,size json{name,…}`: an ellipsis where there may be more; nothing for a body that is not known."""
    if carried is None:
        return ""
    query, body = carried.query, carried.body
    pieces = [carried.operation, f"?{_listed(query)}" if query.names or query.open else ""]
    if body is not None and (body.kind or body.keys.names):
        pieces.append(f"{body.kind or 'body'}{{{_listed(body.keys)}}}")
    return " ".join(piece for piece in pieces if piece)


def _listed(keys: Keys) -> str:
    return ",".join([*keys.names, *(["…"] if keys.open else [])])


def _keys(keys: Keys) -> Record:
    return {
        "names": list(keys.names),
        "open": keys.open or None,
        "places": [f"{place.file}:{place.line}" for place in keys.places],
    }
