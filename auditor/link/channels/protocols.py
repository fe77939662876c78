"""Protocols that a library owns, read from the data files in `packs/`: one YAML file each, with its source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from json import loads
from pathlib import Path
from re import search
from typing import Any

import yaml

from auditor.model import form
from auditor.model.channel import Messages
from auditor.model.facts import FileFacts
from auditor.model.protocol import Protocol

_SPOKEN = 3  # as many types in common are no accident


@dataclass(frozen=True, slots=True)
class Pack:
    """A protocol, the packages that speak it and their major versions (none: all). `calls` are the methods that they
    call of the transports they are given, if these are known."""

    protocol: Protocol
    packages: tuple[str, ...]
    versions: tuple[int, ...]
    calls: tuple[str, ...] = ()


@cache
def packs() -> tuple[Pack, ...]:
    """All packs, by file name."""
    folder = Path(__file__).parent / "packs"
    return tuple(_pack(yaml.safe_load(path.read_text(encoding="utf-8"))) for path in sorted(folder.glob("*.yaml")))


def calls_of_libraries() -> dict[str, frozenset[str]]:
    """The methods that packages call of the transports they are given, by package."""
    found: dict[str, frozenset[str]] = {}
    for pack in packs():
        for name in pack.packages if pack.calls else ():
            found[name] = found.get(name, frozenset()) | frozenset(pack.calls)
    return found


def spoken(
    facts: Mapping[str, FileFacts], texts: Mapping[str, str], files: Iterable[str], sends: Messages
) -> Protocol | None:
    """The protocol that the clients in these files leave to a library, if the backend speaks it too."""
    imported = {
        statement.module
        for file in files
        if file in facts
        for statement in facts[file].body
        if isinstance(statement, form.Import)
    }
    versions = _versions(texts)
    found: list[tuple[int, int, Pack, bool]] = []
    for number, pack in enumerate(packs()):
        used = [name for name in pack.packages if name in imported]
        majors = {major for name in used for major in versions.get(name, ())}
        if not used or (pack.versions and majors and not majors & set(pack.versions)):
            continue
        known = {one.type for one in sends.entries if one.key == pack.protocol.key and pack.protocol.entry(one.type)}
        if len(known) >= _SPOKEN:
            found.append((len(known), number, pack, bool(majors)))
    if not found:
        return None
    *_, best, sure = max(found, key=lambda one: one[:2])  # where the version is not known, the one that knows most
    return replace(best.protocol, elsewhere=_elsewhere(best)) if sure else best.protocol


def _elsewhere(used: Pack) -> dict[str, str]:
    """The types of the library's other versions that this one does not know."""
    return {
        kind: pack.protocol.name
        for pack in packs()
        if pack.versions and pack.packages == used.packages and pack.versions != used.versions
        for kind in pack.protocol.required
        if used.protocol.entry(kind) is None
    }


def _versions(texts: Mapping[str, str]) -> dict[str, set[int]]:
    """The major versions by package name, of all package.json files."""
    found: dict[str, set[int]] = {}
    for file, text in sorted(texts.items()):
        if file.rpartition("/")[2] != "package.json":
            continue
        try:
            content = loads(text)
        except ValueError:
            continue
        for kind in ("dependencies", "devDependencies", "peerDependencies"):
            declared = content.get(kind) if isinstance(content, dict) else None
            for name, version in declared.items() if isinstance(declared, dict) else ():
                number = search(r"\d+", version) if isinstance(version, str) else None
                if number:
                    found.setdefault(name, set()).add(int(number.group()))
    return found


def _pack(content: Any) -> Pack:
    messages = content["messages"]
    protocol = Protocol(
        name=content["name"],
        source=content["source"],
        key=content["key"],
        strict=bool(content.get("strict")),
        required={kind: tuple(entry.get("required", ())) for kind, entry in messages.items()},
        creates={kind: entry["part"] for kind, entry in messages.items() if "part" in entry},
        parts={kind: tuple(fields) for kind, fields in (content.get("parts") or {}).items()},
        states={state: tuple(after) for state, after in (content.get("states") or {}).items()},
        answers=tuple(content.get("answers", ())),
        besides={kind: tuple(fields) for kind, fields in (content.get("besides") or {}).items()},
    )
    return Pack(
        protocol, tuple(content["packages"]), tuple(content.get("versions", ())), tuple(content.get("calls", ()))
    )
