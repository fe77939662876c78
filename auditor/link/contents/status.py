"""The number of an HTTP status, however it is written."""

from __future__ import annotations

import re
from http import HTTPStatus

from auditor.model import form

_STATUS = re.compile(r"(?:HTTP_)?(\d{3})(?:_|$)")


def status_of(node: form.Expression | None) -> int:
    """The number of `201`, `status.HTTP_201_CREATED`, `HTTPStatus.CREATED`; 0 if it cannot be told."""
    match node:
        case form.Literal(int(value)) if not isinstance(value, bool):
            return value
        case form.Member(_, name) | form.Name(name):
            found = _STATUS.search(name)
            return int(found.group(1)) if found else _BY_NAME.get(name, 0)
        case _:
            return 0


_BY_NAME = {name: int(status) for name, status in HTTPStatus.__members__.items()}
