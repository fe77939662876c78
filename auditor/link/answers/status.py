"""Does a value say how an answer went, rather than what is in it?

https://flask.palletsprojects.com/en/stable/quickstart/#about-responses: body, status and headers side by side.
"""

from __future__ import annotations

from auditor.model import form


def is_status(node: form.Expression) -> bool:
    """A status or headers that stand beside a body."""
    return isinstance(node, form.Object | form.Member) or (
        isinstance(node, form.Literal) and isinstance(node.value, int) and 100 <= node.value < 600
    )


def is_failure(node: form.Expression) -> bool:
    """Whether a status is that of an error."""
    return isinstance(node, form.Literal) and isinstance(node.value, int) and node.value >= 400
