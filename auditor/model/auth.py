"""How requests prove who sends them, on either side: headers, cookies and query parameters."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.model.finding import Side
from auditor.model.span import Location


@dataclass(frozen=True, slots=True)
class Credential:
    """One place where credentials are demanded, read, sent or set.

    `carrier` is "header", "cookie" or "query"; `name` is that of the header, cookie or parameter as written, "*" for
    all cookies. `scheme` is what stands before the secret ("Bearer", "Token"), "" for none. `act` is "demands" (a
    declared security scheme that refuses requests without), "reads", "sets" (a response sets a cookie), "sends", or
    "names" (says the name somewhere, the place being only the file).
    """

    side: Side
    carrier: str
    name: str
    scheme: str
    act: str
    location: Location

    @property
    def label(self) -> str:
        """`header Authorization: Bearer …`, `cookie session`."""
        return f"{self.carrier} {self.name}{f': {self.scheme} …' if self.scheme else ''}"
