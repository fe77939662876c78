"""The paths of Django's `path()`, with converters, as route paths.

Django 3.2 to 5.2 (https://docs.djangoproject.com/en/5.2/topics/http/urls/#path-converters).
"""

from __future__ import annotations

import re

from auditor.adapter.pathtext import parameter

_VARIABLE = re.compile(r"<(?:\s*([A-Za-z_]\w*):)?([A-Za-z_]\w*)\s*>")


def rewritten(path: str) -> str:
    """`path()` syntax: `users/<int:pk>/` is `users/{pk:int}/`."""
    return _VARIABLE.sub(lambda found: parameter(found[2], "" if found[1] in (None, "str") else found[1]), path)
