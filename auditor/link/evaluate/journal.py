"""The log of writes, which lets branches be joined and sessions be taken back."""

from __future__ import annotations

from auditor.model.carried import COLLECTIONS
from auditor.model.value import (
    NOTHING_ASSUMED,
    Assumed,
    Choice,
    Instance,
    Lazy,
    List,
    Record,
    Value,
    begin_session,
)


class Journal:
    """Writes to names, fields and lists. Within a mark they can be undone; what a session does to
    objects that are older than itself is taken back at its end, so that sessions do not see each other."""

    def __init__(self) -> None:
        self._log: list[tuple[dict[str, Value], str, Value | None]] = []
        self._lists: list[tuple[List, int, bool]] = []
        self._shared: list[tuple[dict[str, Value], str, Value | None]] = []
        self._session = 0
        self._marks = 0
        self._exposed: dict[int, Record] = {}
        self.loading = 0
        self.condition_stack: list[str] = []
        self.held: Assumed = NOTHING_ASSUMED
        """What the branches that are being run take for granted."""

    def write(self, mapping: dict[str, Value], key: str, value: Value, born: int | None = None) -> None:
        """Sets a name, field or entry of something made in session `born` (None: in this one)."""
        if self._marks:
            self._log.append((mapping, key, mapping.get(key)))
        if born is not None and born < self._session:
            self._shared.append((mapping, key, mapping.get(key)))
        mapping[key] = value

    def append(self, target: List, value: Value) -> None:
        """Adds an item to a list."""
        if target.born < self._session:
            self._lists.append((target, len(target.items), target.unsure))
        target.unsure = target.unsure or bool(self._marks or self.condition_stack)
        if len(target.items) < 2_000:
            target.items.append(value)
        else:
            target.open = True

    @property
    def in_session(self) -> bool:
        """Whether a function is looked at by itself, rather than a module run."""
        return self._session > 0 and not self.loading

    def may_grow(self, target: List) -> bool:
        """Whether an empty list was there before the function that is looked at, which others may have filled."""
        return not target.items and target.born < self._session

    def owns(self, target: List) -> bool:
        """Whether a list was made by the function that is looked at."""
        return target.born >= self._session

    def mark(self) -> int:
        """Starts recording writes; every mark is closed by `release`."""
        self._marks += 1
        return len(self._log)

    def release(self) -> None:
        """Ends the innermost mark."""
        self._marks -= 1
        if not self._marks:
            self._log.clear()

    def set_apart(self) -> tuple[list[tuple[dict[str, Value], str, Value | None]], int]:
        """Begins a log of its own for the top level of a module: it runs once, whatever becomes of the branch that
        imports it. What this gives goes to `put_back`."""
        outer = (self._log, self._marks)
        self._log, self._marks = [], 0
        return outer

    def put_back(self, outer: tuple[list[tuple[dict[str, Value], str, Value | None]], int]) -> None:
        """Goes on with the log that `set_apart` gave."""
        self._log, self._marks = outer

    def changes(self, mark: int) -> dict[tuple[int, str], tuple[dict[str, Value], str, Value | None, Value]]:
        """What was written since a mark: (mapping, key, value before, value now), in order."""
        found: dict[tuple[int, str], tuple[dict[str, Value], str, Value | None, Value]] = {}
        for mapping, key, old in self._log[mark:]:
            before = found[id(mapping), key][2] if (id(mapping), key) in found else old
            if key in mapping:
                found[id(mapping), key] = (mapping, key, before, mapping[key])
        return found

    def undo(self, mark: int) -> None:
        """Takes back the writes since a mark."""
        _restore(self._log, mark)

    def begin_session(self) -> None:
        """Starts looking at one function by itself: what it does to older objects is taken back at the end."""
        self._session = begin_session()
        self._exposed = {}

    def expose(self, value: Lazy | Value | None) -> None:
        """A value was handed to something that is not followed: it may have further entries now."""
        match value:
            case Lazy(value=known) if known is not None:
                self.expose(known)
            case Record():
                self._exposed[id(value)] = value
            case Instance(kind=kind) if kind in COLLECTIONS:
                value.state = True
            case Choice(options):
                for option in options:
                    self.expose(option)
            case _:
                pass

    def is_exposed(self, value: Record | Instance) -> bool:
        """Whether an object may have entries that nobody saw: it was handed out, or others hold it."""
        return id(value) in self._exposed or value.born < self._session

    def end_session(self) -> None:
        """Takes back what the session did to objects that were there before it."""
        _restore(self._shared, 0)
        while self._lists:
            target, length, unsure = self._lists.pop()
            target.unsure = unsure
            del target.items[length:]


def _restore(log: list[tuple[dict[str, Value], str, Value | None]], length: int) -> None:
    while len(log) > length:
        mapping, key, old = log.pop()
        if old is None:
            mapping.pop(key, None)
        else:
            mapping[key] = old
