"""Which keys a configuration has, and what their values may be."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from auditor.config.document import ConfigError
from auditor.config.tree import Setting, Settings

KEYS = (
    "backend",
    "frontend",
    "exclude",
    "select",
    "ignore",
    "fail-on",
    "min-confidence",
    "rule-packs",
    "base-urls",
    "rewrites",
    "env",
)


@dataclass(frozen=True, slots=True)
class Reader:
    """The settings of one file, read key by key. Every method raises `ConfigError` for a value it cannot use."""

    settings: Settings
    shown: str
    folder: Path
    root: Path

    @property
    def prefix(self) -> str:
        """The audited path as seen from the folder of the file; "" for that folder itself."""
        path = self.root.relative_to(self.folder).as_posix()
        return "" if path == "." else path

    def refuse_unknown(self) -> None:
        """Raises for the first key that does not exist."""
        self._refuse(self.settings, KEYS, "key")

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; a single text is a list of one."""
        return tuple(text for _, text in self._items(key))

    def folders(self, key: str, documents: bool = False) -> tuple[str, ...]:
        """Folders that exist, made relative to the audited path; those outside of it are left out. With `documents`
        JSON and YAML files, too."""
        found = []
        for line, text in self._items(key):
            path = Path(os.path.normpath(self.folder / text))
            if not path.is_dir() and not (documents and path.is_file() and path.suffix in (".json", ".yaml", ".yml")):
                near = _nearest(text.strip("./"), _folder_names(self.folder))
                raise self._error(line, f"{key}: there is no folder '{text}'{near}")
            if path.is_relative_to(self.root):
                found.append(path.relative_to(self.root).as_posix())
        return tuple(found)

    def choice(self, key: str, allowed: Sequence[str], default: str) -> str:
        """One word of a few."""
        setting = self.settings.get(key)
        if setting is None or setting.value is None:
            return default
        if not isinstance(setting.value, str):
            raise self._error(setting.line, f"{key}: expected one of {', '.join(allowed)}")
        if setting.value not in allowed:
            hint = _nearest(setting.value, allowed) or f"; expected one of {', '.join(allowed)}"
            raise self._error(setting.line, f"{key}: '{setting.value}' is not known{hint}")
        return setting.value

    def mapping(self, key: str) -> dict[str, str]:
        """Names with one text each."""
        setting = self.settings.get(key)
        if setting is None or setting.value is None:
            return {}
        if not isinstance(setting.value, dict):
            raise self._error(setting.line, f"{key}: expected 'NAME: value' lines")
        return {name: self._text(f"{key}.{name}", value) for name, value in setting.value.items()}

    def rewrites(self, key: str, start: str) -> tuple[tuple[str, str], ...]:
        """Pairs of `from` and `to`; `from` begins with `start`, `to` with a slash."""
        setting = self.settings.get(key)
        if setting is None or setting.value is None:
            return ()
        if not isinstance(setting.value, tuple):
            raise self._error(setting.line, f"{key}: expected a list of 'from' and 'to' pairs")
        return tuple(self._rewrite(key, item, start) for item in setting.value)

    def _rewrite(self, key: str, item: Setting, start: str) -> tuple[str, str]:
        if not isinstance(item.value, dict):
            raise self._error(item.line, f"{key}: expected 'from' and 'to'")
        self._refuse(item.value, ("from", "to"), f"key in {key}")
        for name in ("from", "to"):
            if name not in item.value:
                raise self._error(item.line, f"{key}: '{name}' is missing")
        source = self._text(f"{key}.from", item.value["from"])
        target = self._text(f"{key}.to", item.value["to"])
        if not source.startswith(start):
            raise self._error(item.line, f"{key}: 'from' must begin with '{start}', not '{source}'")
        if target and not target.startswith("/"):
            raise self._error(item.line, f"{key}: 'to' must begin with '/', not '{target}'")
        return source, target

    def _items(self, key: str) -> list[tuple[int, str]]:
        setting = self.settings.get(key)
        if setting is None or setting.value is None:
            return []
        if isinstance(setting.value, tuple):
            return [(item.line, self._text(key, item)) for item in setting.value]
        return [(setting.line, self._text(key, setting))]

    def _text(self, key: str, setting: Setting) -> str:
        if setting.value is not None and not isinstance(setting.value, str):
            raise self._error(setting.line, f"{key}: expected a text")
        return setting.value or ""

    def _refuse(self, settings: Settings, allowed: Sequence[str], what: str) -> None:
        for key, setting in settings.items():
            if key not in allowed:
                hint = _nearest(key.replace("_", "-"), allowed) or f"; there are {', '.join(allowed)}"
                raise self._error(setting.line, f"unknown {what} '{key}'{hint}")

    def _error(self, line: int, message: str) -> ConfigError:
        return ConfigError(" ".join(f"{self.shown}:{line}: {message}".split()))


def _nearest(word: str, allowed: Iterable[str]) -> str:
    near = get_close_matches(word.lower(), list(allowed), n=1, cutoff=0.5)
    return f"; did you mean '{near[0]}'?" if near else ""


def _folder_names(folder: Path) -> list[str]:
    """Folders one and two levels down, as the user would write them."""
    levels = [*folder.glob("*/"), *folder.glob("*/*/")]
    return sorted(path.relative_to(folder).as_posix() for path in levels if path.is_dir())
