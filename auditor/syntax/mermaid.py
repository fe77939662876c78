"""Reads Mermaid sequence diagrams.

Follows the grammar of Mermaid 11 (https://mermaid.js.org/syntax/sequenceDiagram.html): participants and actors with
aliases, all arrows, activations, notes, and the blocks loop, alt, opt, par, critical, break, rect and box.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from auditor.model.document import Fence
from auditor.model.guide import Arrow, Diagram, Participant, Remark

_HEAD = re.compile(r"\s*sequenceDiagram\b\s*;?\s*$")
_PARTICIPANT = re.compile(r"(?:create\s+)?(?:participant|actor)\s+(.+?)(?:@\{.*\})?(?:\s+as\s+(.+))?$", re.IGNORECASE)
_ARROW = re.compile(
    r"(?P<source>[^<>:+]*?[^\s<>:+-])\s*"
    r"(?P<arrow><<-->>|<<->>|-->>|->>|--\\\\|-\\\\|--//|-//|--\\|-\\|--/|-/|-->|->|--x|-x|--\)|-\))"
    r"\s*(?P<mark>[+-])?\s*(?P<target>[^\s<>:+-][^<>:]*?)\s*(?::\s*(?P<text>.*))?$"
)
_NOTE = re.compile(r"note\s+(?:over|left\s+of|right\s+of)\s+([^:]+?)\s*:\s*(.*)$", re.IGNORECASE)
_OPEN = re.compile(r"(loop|alt|opt|par|critical|break|rect|box|par_over)\b\s*(.*)$", re.IGNORECASE)
_BRANCH = re.compile(r"(else|and|option)\b\s*(.*)$", re.IGNORECASE)
_ACTIVE = re.compile(r"(activate|deactivate)\s+(.+)$", re.IGNORECASE)
_SILENT = re.compile(
    r"(?:autonumber|title|accTitle|accDescr|links?|properties|details|destroy)\b.*$|%%.*$|---$|\w+:\s.*$", re.IGNORECASE
)


def is_sequence(fence: Fence) -> bool:
    """Whether a code block is a sequence diagram."""
    return fence.language == "mermaid" and any(_HEAD.match(line) for line in fence.lines)


def read_sequence(fence: Fence, title: str) -> Diagram:
    """The diagram of a code block. A line that is no Mermaid ends the reading: `problem` is its number."""
    start = next(place for place, line in enumerate(fence.lines) if _HEAD.match(line))
    sheet = _Sheet()
    for place, line in enumerate(fence.lines[start + 1 :], start + 1):
        text = line.strip().rstrip(";").strip()
        number = fence.line + 1 + place
        if text and not _read(sheet, text, number):
            return _diagram(sheet, title, fence.line, number)
    unfinished = fence.line if sheet.blocks else 0  # a block without its "end"
    return _diagram(sheet, title, fence.line, unfinished)


@dataclass(slots=True)
class _Sheet:
    participants: dict[str, Participant] = field(default_factory=dict)
    steps: list[Arrow | Remark] = field(default_factory=list)
    blocks: list[str] = field(default_factory=list)
    active: list[str] = field(default_factory=list)

    def meet(self, name: str, line: int) -> str:
        """Notes a participant that is not declared."""
        self.participants.setdefault(name, Participant(name, name, line))
        return name

    def close(self, name: str) -> None:
        """Ends the innermost activation of a participant."""
        if name in self.active:
            del self.active[len(self.active) - 1 - self.active[::-1].index(name)]


def _diagram(sheet: _Sheet, title: str, line: int, problem: int) -> Diagram:
    return Diagram(title, line, tuple(sheet.participants.values()), tuple(sheet.steps), tuple(sheet.active), problem)


def _read(sheet: _Sheet, text: str, line: int) -> bool:
    """Reads one statement; False if it is none."""
    declared = _PARTICIPANT.match(text)
    if declared:
        name = declared[1].strip()
        sheet.participants[name] = Participant(name, (declared[2] or name).strip(), line)
        return True
    if text.lower() == "end":
        if sheet.blocks:
            sheet.blocks.pop()
        return True
    return _read_block(sheet, text) or _read_step(sheet, text, line) or bool(_SILENT.match(text))


def _read_block(sheet: _Sheet, text: str) -> bool:
    opened, branch, activation = _OPEN.match(text), _BRANCH.match(text), _ACTIVE.match(text)
    if opened and not _ARROW.match(text):
        sheet.blocks.append(f"{opened[1].lower()} {opened[2]}".strip())
    elif branch and sheet.blocks and not _ARROW.match(text):
        sheet.blocks[-1] = f"{branch[1].lower()} {branch[2]}".strip()
    elif activation:
        name = activation[2].strip()
        if activation[1].lower() == "activate":
            sheet.active.append(name)
        else:
            sheet.close(name)
    else:
        return False
    return True


def _read_step(sheet: _Sheet, text: str, line: int) -> bool:
    note = _NOTE.match(text)
    if note:
        over = tuple(name.strip() for name in note[1].split(","))
        sheet.steps.append(Remark(over, note[2], line, _shown(sheet.blocks)))
        return True
    arrow = _ARROW.match(text)
    if arrow is None:
        return False
    source, target = sheet.meet(arrow["source"].strip(), line), sheet.meet(arrow["target"].strip(), line)
    if arrow["mark"] == "+":
        sheet.active.append(target)
    elif arrow["mark"] == "-":
        sheet.close(source)
    sheet.steps.append(
        Arrow(
            source,
            target,
            (arrow["text"] or "").strip(),
            line,
            reply="--" in arrow["arrow"],
            lost="x" in arrow["arrow"],
            block=_shown(sheet.blocks),
            opens=arrow["mark"] == "+",
            closes=arrow["mark"] == "-",
        )
    )
    return True


def _shown(blocks: Sequence[str]) -> tuple[str, ...]:
    return tuple(block for block in blocks if not block.startswith(("rect", "box")))
