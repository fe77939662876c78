"""What a request carries besides its path: names in the query, the body and the headers, and credentials."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from auditor.model.span import Location

COLLECTIONS = (
    "URLSearchParams", "FormData", "Headers", "@angular/common/http.HttpParams", "@angular/common/http.HttpHeaders",
)  # fmt: skip
"""The collections of names and values, of browsers and of Angular."""


@dataclass(frozen=True, slots=True)
class Keys:
    """Names that a request may carry at one place of it, sorted.

    The set is closed if `open` is ""; else that is why there may be others. `places` are where it was written.
    """

    names: tuple[str, ...] = ()
    open: str = ""
    places: tuple[Location, ...] = ()

    @property
    def closed(self) -> bool:
        """Whether nothing but `names` can be there."""
        return not self.open

    @property
    def listed(self) -> str:
        """`page,size,…`: an ellipsis where there may be more."""
        return ",".join([*self.names, *(["…"] if self.open else [])])


NO_KEYS = Keys()


@dataclass(frozen=True, slots=True)
class Body:
    """A body. `kind` is "json", "form" (multipart), "urlencoded", "text", or "" where it is not known; `keys` are
    those of the object that is sent, open where it is no object. `may_be_missing`: one is not always sent."""

    kind: str
    keys: Keys = NO_KEYS
    may_be_missing: bool = False


@dataclass(frozen=True, slots=True)
class Carried:
    """What one call site carries; alternatives are united, so that a name which is not here is never sent.

    `query` are the keys behind the `?`. `body` is None where none is sent. `headers` are the names that the code
    sets, in lower case. `credentials` is "include", "same-origin" or "omit", "" where nothing is said, "?" where it
    is not known.
    """

    query: Keys = NO_KEYS
    body: Body | None = None
    headers: Keys = NO_KEYS
    credentials: str = ""

    @property
    def short(self) -> str:
        """`?page,size json{name,…}`: an ellipsis where there may be more; nothing for a body that is not known."""
        query, body = self.query, self.body
        pieces = [f"?{query.listed}" if query.names or query.open else ""]
        if body is not None and (body.kind or body.keys.names):
            pieces.append(f"{body.kind or 'body'}{{{body.keys.listed}}}")
        return " ".join(piece for piece in pieces if piece)


NOTHING = Carried()
"""Nothing at all."""


def united(every: Iterable[Keys]) -> Keys:
    """The names of all; open if one is."""
    names: set[str] = set()
    places: dict[Location, None] = {}
    reason = ""
    for keys in every:
        names.update(keys.names)
        places.update(dict.fromkeys(keys.places))
        reason = reason or keys.open
    return Keys(tuple(sorted(names)), reason, tuple(sorted(places)))


def either(one: Carried, other: Carried) -> Carried:
    """What is carried where one of two requests is sent."""
    if one == other:
        return one
    return Carried(
        query=united((one.query, other.query)),
        body=_either_body(one.body, other.body),
        headers=united((one.headers, other.headers)),
        credentials=one.credentials if one.credentials == other.credentials else "?",
    )


def _either_body(one: Body | None, other: Body | None) -> Body | None:
    if one is None or other is None:
        known = one or other
        return Body(known.kind, known.keys, True) if known is not None else None
    kind = one.kind if one.kind == other.kind else ""
    return Body(kind, united((one.keys, other.keys)), one.may_be_missing or other.may_be_missing)
