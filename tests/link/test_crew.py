"""Processes that work together: what they tell each other, and what happens when one is lost."""

from __future__ import annotations

import os

import pytest

from auditor.link.crew import Crew, CrewLost, aside, together


class Thing:
    """Something that every process knows."""


def test_everybody_hears_everybody_in_order() -> None:
    def work(crew: Crew) -> list[list[str]]:
        return [crew.meet(f"{crew.number} at {place}") for place in range(2)]

    meetings = [["0 at 0", "1 at 0", "2 at 0"], ["0 at 1", "1 at 1", "2 at 1"]]
    assert together(3, (), work) == [meetings, meetings, meetings]


def test_every_piece_of_work_is_taken_once() -> None:
    taken = together(3, (), lambda crew: [piece for piece in range(10) if crew.takes(piece)])
    assert sorted(piece for pieces in taken for piece in pieces) == list(range(10))


def test_what_all_know_keeps_its_identity_on_the_way() -> None:
    known = (Thing(), Thing())

    def work(crew: Crew) -> Thing:
        assert crew.meet(known[crew.number])[1] is known[1]
        return known[crew.number]

    found = together(2, known, work)
    assert found[0] is known[0]
    assert found[1] is known[1]


def test_alone_there_is_nobody_to_hear() -> None:
    assert together(1, (), lambda crew: crew.meet("news")) == [["news"]]


def test_a_process_that_dies_is_noticed() -> None:
    def work(crew: Crew) -> list[str]:
        if crew.number:
            os._exit(3)
        return crew.meet("is anybody there?")

    with pytest.raises(CrewLost):
        together(2, (), work)


def test_work_aside_is_done_elsewhere() -> None:
    def where(prepared: int, told: str) -> tuple[int, int, str]:
        return prepared, os.getpid(), told

    here = os.getpid()
    assert aside(os.getpid, where, processes=1)("told")() == (here, here, "told")
    prepared, finished, told = aside(os.getpid, where, processes=2)("told")()
    assert (prepared, told) == (finished, "told")
    assert prepared != here


def test_work_that_is_lost_aside_is_done_here() -> None:
    here = os.getpid()

    def work() -> str:
        if os.getpid() != here:
            os._exit(3)
        return "done"

    assert aside(work, lambda done, told: f"{done} {told}", processes=2)("told")() == "done told"
