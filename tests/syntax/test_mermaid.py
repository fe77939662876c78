"""Sequence diagrams, statement by statement."""

from __future__ import annotations

import pytest

from auditor.model.document import Fence
from auditor.model.guide import Arrow, Diagram, Remark
from auditor.syntax.mermaid import is_sequence, read_sequence
from auditor.syntax.sample import field_names, read_sample


def diagram(*lines: str) -> Diagram:
    return read_sequence(Fence("mermaid", ("sequenceDiagram", *lines), 1), "T")


@pytest.mark.parametrize(
    ("line", "arrow"),
    [
        ("A->>B: x", ("A", "B", "x", False, False)),
        ("A-->>B: x", ("A", "B", "x", True, False)),
        ("A->B:x", ("A", "B", "x", False, False)),
        ("A-->B: x", ("A", "B", "x", True, False)),
        ("A-xB: x", ("A", "B", "x", False, True)),
        ("A--xB: x", ("A", "B", "x", True, True)),
        ("A-)B: x", ("A", "B", "x", False, False)),
        ("A--)B: x", ("A", "B", "x", True, False)),
        ("A<<->>B: x", ("A", "B", "x", False, False)),
        ("Web App->>+API-1: GET /a?b=c: d", ("Web App", "API-1", "GET /a?b=c: d", False, False)),
        ("A->>A: x;", ("A", "A", "x", False, False)),
    ],
)
def test_arrows_of_every_kind(line: str, arrow: tuple[str, str, str, bool, bool]) -> None:
    (step,) = diagram(line).arrows
    assert (step.source, step.target, step.text, step.reply, step.lost) == arrow


def test_blocks_nest_and_branch() -> None:
    shown = diagram(
        "loop Every 2 s", "alt a", "A->>B: 1", "else b", "A->>B: 2", "end", "end", "rect rgb(1,2,3)", "A->>B: 3", "end"
    )
    assert [step.block for step in shown.arrows] == [("loop Every 2 s", "alt a"), ("loop Every 2 s", "else b"), ()]
    assert shown.problem == 0


def test_participants_have_labels_and_others_their_name() -> None:
    shown = diagram("participant UI as The front end", "actor B", "UI->>C: x", "box Blue", "participant D", "end")
    assert [(one.id, one.label) for one in shown.participants] == [
        ("UI", "The front end"), ("B", "B"), ("C", "C"), ("D", "D"),
    ]  # fmt: skip


def test_notes_and_silent_statements() -> None:
    shown = diagram("autonumber", "%% nothing", "title: x", "Note over A,B: {x}", "note right of A: y", "A->>B: z")
    assert [step.text for step in shown.steps] == ["{x}", "y", "z"]
    assert [type(step) for step in shown.steps] == [Remark, Remark, Arrow]
    assert shown.problem == 0


def test_activations_that_never_end() -> None:
    assert diagram("A->>+B: x", "B->>+C: y", "C-->>-B: z", "activate D", "deactivate D").active == ("B",)


@pytest.mark.parametrize(
    ("lines", "problem"), [(("A->>B: x", "what is this", "A->>B: y"), 4), (("loop x", "A->>B: x"), 1)]
)
def test_what_is_no_diagram_has_its_line(lines: tuple[str, ...], problem: int) -> None:
    shown = diagram(*lines)
    assert (shown.problem, len(shown.arrows)) == (problem, 1)


def test_other_diagrams_are_left_alone() -> None:
    assert not is_sequence(Fence("mermaid", ("graph TD", "A-->B"), 1))
    assert not is_sequence(Fence("", ("sequenceDiagram",), 1))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ('{"a": 1, "b": {"c": [..]}}', ["a", "b", "b.c"]),
        ('Response: {"a": {...}, ...}', ["a"]),
        ('{<br/>  "a": "x",<br/>  b: N // why<br/>}', ["a", "b"]),
        ('[{"a": 1}, {"b": 2}]', ["a"]),
        ("{", []),
        ("no json", []),
        ("{" * 500, []),
        ('{"a": "x" "b": }', ["a", "b"]),
    ],
)
def test_samples_are_read_leniently(text: str, names: list[str]) -> None:
    assert list(field_names(read_sample(text))) == names
