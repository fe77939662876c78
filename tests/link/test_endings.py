"""Where a generator ends without the event that is waited for."""

from __future__ import annotations

import textwrap

import pytest

from auditor.link.channels.endings import silent_ends
from auditor.model import form
from auditor.syntax.python import read_python

DONE = 'yield "event: done\\ndata: {}\\n\\n"'


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        (f"yield x\n{DONE}", []),
        (f"if bad:\n    return\n{DONE}", [3]),
        (f"if bad:\n    {DONE}\n    return\n{DONE}", []),
        (f"if await request.is_disconnected():\n    return\n{DONE}", []),
        (f"for x in y:\n    if bad:\n        return\n    yield x\n{DONE}", [4]),
        (f"try:\n    {DONE}\nexcept Exception:\n    log.error(1)", [4]),
        (f"try:\n    {DONE}\nexcept Exception:\n    raise", []),
        (f"try:\n    {DONE}\nexcept CancelledError:\n    pass", []),
        (f"try:\n    {DONE}\nexcept Exception:\n    {DONE}", []),
        (f"try:\n    work()\n    return\nfinally:\n    {DONE}", []),
        (f"try:\n    work()\nexcept Exception:\n    log.error(1)\n{DONE}", []),
        ("yield x\nreturn", []),  # none at all is another finding
        (f"def inner():\n    return\n{DONE}", []),
        ('if bad:\n    return\nyield event("done", {})', [3]),
        ('if bad:\n    return\nyield event("undone", {})', []),
    ],
)
def test_ends(body: str, lines: list[int]) -> None:
    text = "async def stream(request):\n" + textwrap.indent(body, "    ") + "\n"
    facts = read_python(text.encode())
    function = next(one.function for one in facts.body if isinstance(one, form.Def))
    assert [place.line for place in silent_ends(function, "api.py", ["done"])] == lines
