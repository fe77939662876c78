"""What the user asked for: `auditor.yaml` or `[tool.auditor]`, read into one frozen value."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from auditor.config.document import ConfigError, read_document
from auditor.config.keys import KEYS, Reader
from auditor.model.finding import Confidence, Severity
from auditor.model.patterns import Patterns, covers, parse_patterns

__all__ = ["KEYS", "Config", "ConfigError", "Rewrite", "load_config"]


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A request that begins with `source` reaches the backend with `target` in its place.

    Both are path prefixes ("/api", "/"); in `Config.base_urls`, `source` is an absolute URL.
    """

    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Config:
    """Settings of one audit. Folders are relative to the audited path, "." for itself.

    `file` is the configuration file as seen from the audited path, "" without one. `select` and
    `ignore` hold rule codes or names, unchecked: which rules there are depends on `rule_packs`.
    `base_urls` are the public addresses of the audited backend, `rewrites` what a proxy that no file
    of the project configures does to paths. `prefix` leads from the folder of the configuration
    file, where the patterns of `exclude` start, down to the audited path.
    """

    file: str = ""
    backend: tuple[str, ...] = ()
    frontend: tuple[str, ...] = ()
    exclude: Patterns = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: Severity = Severity.HIGH
    min_confidence: Confidence = Confidence.LOW
    rule_packs: tuple[str, ...] = ("auditor_rules",)
    base_urls: tuple[Rewrite, ...] = ()
    rewrites: tuple[Rewrite, ...] = ()
    env: Mapping[str, str] = field(default_factory=dict)
    prefix: str = ""

    def excludes(self, path: str) -> bool:
        """Whether `exclude` leaves out this path, itself or by a folder above it."""
        return covers(self.exclude, f"{self.prefix}/{path}" if self.prefix else path)


def load_config(root: Path) -> Config:
    """The closest configuration at `root` or above it, up to the root of its repository.

    One file counts, nothing is merged. In one folder `auditor.yaml` comes before `.auditor.yaml`
    and both before `pyproject.toml`, which counts only with a `[tool.auditor]` table. Folders of
    the file that lie outside `root` are passed over. Raises `ConfigError`.
    """
    root = root.resolve()
    for folder in _folders(root):
        for name in _NAMES:
            path = folder / name
            if not path.is_file():
                continue
            shown = Path(os.path.relpath(path, root)).as_posix()
            settings = read_document(path, shown)
            if settings is not None:
                return _config(Reader(settings, shown, folder, root))
    return Config()


_NAMES = ("auditor.yaml", ".auditor.yaml", "auditor.yml", ".auditor.yml", "pyproject.toml")


def _folders(root: Path) -> list[Path]:
    """`root` and what is above it inside its repository; `root` alone outside of one."""
    chain = [root, *root.parents]
    top = next((place for place, folder in enumerate(chain) if (folder / ".git").exists()), 0)
    return chain[: top + 1]


def _config(reader: Reader) -> Config:
    reader.refuse_unknown()
    default = Config()
    return Config(
        file=reader.shown,
        backend=reader.folders("backend", documents=True),
        frontend=reader.folders("frontend"),
        exclude=parse_patterns(reader.texts("exclude")),
        select=reader.texts("select"),
        ignore=reader.texts("ignore"),
        fail_on=Severity(reader.choice("fail-on", list(Severity), default.fail_on)),
        min_confidence=Confidence(reader.choice("min-confidence", list(Confidence), default.min_confidence)),
        rule_packs=reader.texts("rule-packs") or default.rule_packs,
        base_urls=tuple(Rewrite(*pair) for pair in reader.rewrites("base-urls", "http")),
        rewrites=tuple(Rewrite(*pair) for pair in reader.rewrites("rewrites", "/")),
        env=reader.mapping("env"),
        prefix=reader.prefix,
    )
