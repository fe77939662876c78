"""What a URL configuration of Django must know of django-ninja: the types whose `urls` it serves."""

from __future__ import annotations

APIS = ("ninja.NinjaAPI", "ninja.main.NinjaAPI", "ninja_extra.NinjaExtraAPI")
"""APIs by qualified name; an instance of one is mounted where its `urls` are put."""
