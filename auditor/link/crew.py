"""Several processes that do one piece of work together, and meet at the same places of it.

Every process runs the same code on the same data (they are forked from one) and takes its share. What
one learns the others get when they meet, so the outcome does not depend on how many they are.
"""

from __future__ import annotations

import io
import os
import pickle
import sys
import warnings
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, Pipe
from typing import Any, TypeVar

M = TypeVar("M")
P = TypeVar("P")
T = TypeVar("T")


class CrewLost(Exception):
    """One of the processes ended before its work was done."""


@dataclass(frozen=True, slots=True)
class Crew:
    """This process among the others. `number` counts from 0, which is the one that began; `lines` lead to
    the others from there, to that one from the others. `shared` are objects that every process had when it
    began: they travel by number."""

    size: int = 1
    number: int = 0
    lines: tuple[Connection, ...] = ()
    shared: Sequence[object] = ()

    def takes(self, position: int) -> bool:
        """Whether a piece of work is this process's."""
        return position % self.size == self.number

    def meet(self, news: T) -> list[T]:
        """Waits for the others; what each of them has to say, by number."""
        if self.size == 1:
            return [news]
        if self.number:
            self.say(news)
            heard: list[T] = self._hear(self.lines[0])
            return heard
        told = [news, *(self._hear(line) for line in self.lines)]
        for line in self.lines:
            _send(line, self._packed(told))
        return told

    def say(self, news: object) -> None:
        """Tells the first line's other end something."""
        _send(self.lines[0], self._packed(news))

    def hear(self) -> list[Any]:
        """What the other ends of the lines tell."""
        return [self._hear(line) for line in self.lines]

    def _packed(self, news: object) -> bytes:
        buffer = io.BytesIO()
        _Packer(buffer, {id(one): number for number, one in enumerate(self.shared)}).dump(news)
        return buffer.getvalue()

    def _hear(self, line: Connection) -> Any:
        try:
            received = line.recv_bytes()
        except (EOFError, OSError) as error:
            raise CrewLost from error
        return _Unpacker(io.BytesIO(received), self.shared).load()


def together(size: int, shared: Sequence[object], work: Callable[[Crew], T]) -> list[T]:
    """The outcomes of `work` in `size` processes, by number. Raises CrewLost if one of them dies.

    Where processes cannot be forked the work is done by this one alone.
    """
    if size <= 1 or sys.platform != "linux":
        return [work(Crew())]
    lines: list[Connection] = []
    children: list[int] = []
    try:
        for number in range(1, size):
            here, there = Pipe()
            child = _fork()
            if child == 0:
                for line in (here, *lines):
                    line.close()
                _serve(Crew(size, number, (there,), shared), work)
            there.close()
            lines.append(here)
            children.append(child)
        crew = Crew(size, 0, tuple(lines), shared)
        own = work(crew)
        return [own, *crew.hear()]
    finally:
        for line in lines:
            line.close()
        for child in children:
            os.waitpid(child, 0)


def aside(prepare: Callable[[], P], finish: Callable[[P, M], T], processes: int) -> Callable[[M], Callable[[], T]]:
    """Begins work in a process beside this one, if there may be one.

    It prepares at once and finishes when it is told the rest. Gives what tells it, which gives what waits
    for the outcome; what is told and the outcome are plain data.
    """
    if processes <= 1 or sys.platform != "linux":
        return lambda told: lambda: finish(prepare(), told)
    here, there = Pipe()
    child = _fork()
    if child == 0:
        here.close()
        crew = Crew(2, 1, (there,))
        _serve(crew, lambda one: _finished(prepare(), one, finish))
    there.close()
    crew = Crew(2, 0, (here,))

    def tell(told: M) -> Callable[[], T]:
        def outcome() -> T:
            try:
                found: T = crew.hear()[0]
            except CrewLost:
                found = finish(prepare(), told)
            here.close()
            os.waitpid(child, 0)
            return found

        with suppress(CrewLost):  # then the outcome is found out here
            crew.say(told)
        return outcome

    return tell


def _finished(prepared: P, crew: Crew, finish: Callable[[P, M], T]) -> T:
    told: M = crew.hear()[0]
    return finish(prepared, told)


def _fork() -> int:
    with warnings.catch_warnings():
        # Other threads only wait for this one.
        warnings.simplefilter("ignore", DeprecationWarning)
        return os.fork()


def _serve(crew: Crew, work: Callable[[Crew], object]) -> None:
    try:
        crew.say(work(crew))
    finally:
        os._exit(0)


def _send(line: Connection, content: bytes) -> None:
    try:
        line.send_bytes(content)
    except OSError as error:
        raise CrewLost from error


class _Packer(pickle.Pickler):
    def __init__(self, buffer: io.BytesIO, numbers: dict[int, int]) -> None:
        super().__init__(buffer, pickle.HIGHEST_PROTOCOL)
        self._numbers = numbers

    def persistent_id(self, one: object) -> int | None:
        return self._numbers.get(id(one))


class _Unpacker(pickle.Unpickler):
    def __init__(self, buffer: io.BytesIO, shared: Sequence[object]) -> None:
        super().__init__(buffer)
        self._shared = shared

    def persistent_load(self, number: int) -> object:
        return self._shared[number]
