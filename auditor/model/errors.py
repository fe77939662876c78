"""Classes of errors on either side, and what each stands for on the wire."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.model.finding import Side
from auditor.model.span import Location


@dataclass(frozen=True, slots=True)
class ErrorClass:
    """A class of the project that derives from the language's error, or from a library's.

    `key` is `file:name`, `root` the key of the topmost class of the project above it (its own for that class),
    `parent` the name of the class above. `status` is the HTTP status (0 if it names none), `code` its
    machine-readable name and `message` its text where it is made without one; "" where there is none or it is not
    constant. `raised`: code of the project raises or throws it.
    """

    key: str
    name: str
    side: Side
    location: Location
    root: str
    parent: str
    status: int = 0
    code: str = ""
    message: str = ""
    raised: bool = False

    @property
    def is_root(self) -> bool:
        """Whether nothing of the project stands above it."""
        return self.key == self.root


@dataclass(frozen=True, slots=True)
class ErrorBodies:
    """The keys of the JSON objects that the backends answer errors with, each with a place that says so (None: the
    framework). `open` is why there may be others, "" if there are none. `kinds` are the places that surely answer an
    error, by key, "" for a body that is a text without any key; they are known even where there may be others."""

    keys: tuple[tuple[str, Location | None], ...] = ()
    open: str = "nothing was read"
    kinds: tuple[tuple[str, tuple[Location, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class ErrorRead:
    """The keys of an error's body that one function of the client reads, with the place of the first.

    `whole`: it also takes the body as a whole, and may read others. `importers`: how many files import the function.
    """

    keys: tuple[str, ...]
    location: Location
    function: str = ""
    whole: bool = False
    importers: int = 0
