"""What the clients of a frontend have in common."""

from __future__ import annotations

TYPED = frozenset(("axios", "ky", "$fetch", "HttpClient", "got", "up-fetch", "umi-request", "alova"))
"""Clients whose methods take the type of the body as a type argument."""
