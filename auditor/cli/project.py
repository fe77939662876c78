"""What every command that reads a project does first: check the path, read the configuration."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.cli.console import progress, tell
from auditor.cli.failure import Exit, Failure
from auditor.cli.options import FailOn, Sureness

if TYPE_CHECKING:
    from auditor.config import Config
    from auditor.model.finding import Side
    from auditor.model.graph import ProjectGraph
    from auditor.rule import Rule


def checked(path: Path) -> Path:
    """The path, which is a folder that can be read; raises `Failure` if it is not."""
    if not path.exists():
        raise Failure(f"{path}: no such folder")
    if not path.is_dir():
        raise Failure(f"{path}: not a folder; give the folder of the project")
    if not os.access(path, os.R_OK | os.X_OK):
        raise Failure(f"{path}: cannot be read")
    return path


def configured(
    root: Path,
    backend: Sequence[str] | None = None,
    frontend: Sequence[str] | None = None,
    select: Sequence[str] | None = None,
    ignore: Sequence[str] | None = None,
    fail_on: FailOn | None = None,
    min_confidence: Sureness | None = None,
) -> Config:
    """The project's configuration with the options of the command line before it.

    Raises `Failure` for folders that are not there and rules that do not exist, `ConfigError` for
    a broken configuration file.
    """
    from auditor.config import load_config
    from auditor.model.finding import Confidence, Severity

    config = load_config(root)
    if backend:
        config = replace(config, backend=tuple(_folder(root, name, documents=True) for name in backend))
    if frontend:
        config = replace(config, frontend=tuple(_folder(root, name) for name in frontend))
    if fail_on and fail_on is not FailOn.NEVER:
        config = replace(config, fail_on=Severity(fail_on.value))
    if min_confidence:
        config = replace(config, min_confidence=Confidence(min_confidence.value))
    chosen = _selectors(select) or config.select
    passed = (*config.ignore, *_selectors(ignore))
    if chosen or passed:
        rules = rules_of(config)
        config = replace(config, select=_codes(chosen, rules), ignore=_codes(passed, rules))
    return config


def rules_of(config: Config) -> tuple[Rule, ...]:
    """The rules of all packs, sorted by code; raises `Failure` for a pack that cannot be imported."""
    from auditor.registry import load
    from auditor.rule import Rule

    found: dict[str, Rule] = {}
    for pack in config.rule_packs:
        try:
            found.update((rule.code, rule) for rule in load(pack, "RULE", Rule))
        except ModuleNotFoundError as error:
            if error.name and not pack.startswith(error.name):
                raise
            raise Failure(f"rule pack '{pack}' is not installed") from None
    return tuple(found[code] for code in sorted(found))


def linked(
    path: Path, backend: Sequence[str] | None, frontend: Sequence[str] | None, processes: int | None
) -> ProjectGraph:
    """The graph of the project at a path, with the options that lists have."""
    root = checked(path)
    config = configured(root, backend, frontend)
    from auditor.pipeline import link_project

    with progress("reading the project"):
        graph = link_project(root, config, processes)
    require_documents(graph, config)
    return graph


def require_documents(graph: ProjectGraph, config: Config) -> None:
    """End where the user named an API document that is none: one line with file, line and reason."""
    for problem in graph.diagnostics:
        if problem.code == "bad-document" and problem.file in config.backend:
            raise Failure(f"{problem.file}:{problem.line}: {problem.message}")


def require_sides(graph: ProjectGraph, path: Path, needed: Sequence[Side]) -> None:
    """End a list: a side that it needs and that was not found is exit 3 with a hint."""
    from auditor.model.finding import Side

    found = {Side.BACKEND: graph.backends, Side.FRONTEND: graph.frontends}
    report_absent(tuple(side for side in needed if not found[side]), path, graph.files.analysed)


def report_absent(sides: Sequence[Side], path: Path, analysed: int) -> None:
    """Tell which sides were not found and how to name them, and end with exit 3; nothing if all are there."""
    if not sides:
        return
    names = f"no {sides[0]}" if len(sides) == 1 else "neither a backend nor a frontend"
    options = " and ".join(f"--{side} DIR" for side in sides)
    place = "here" if str(path) == "." else f"in {path}"
    read = "no source file" if not analysed else f"{analysed} source file{'s' if analysed > 1 else ''}"
    tell(f"{names} was found {place} ({read} read); if there is one, name its folder with {options} or in auditor.yaml")
    raise Failure("", Exit.NO_SIDE)


def nearest(word: str, words: Sequence[str]) -> str:
    """A hint at the most similar word, with a leading blank; "" if none is similar."""
    close = get_close_matches(word, words, n=1)
    return f" (did you mean '{close[0]}'?)" if close else ""


def _folder(root: Path, name: str, documents: bool = False) -> str:
    """A folder given on the command line, or an API document, relative to the project; from there or from the working
    folder."""
    for folder in (root / name, Path(name)):
        if folder.is_dir() or (documents and folder.is_file()):
            if folder.is_file() and folder.suffix not in (".json", ".yaml", ".yml"):
                raise Failure(f"{name}: neither a folder nor an OpenAPI document (.json, .yaml)")
            place, top = folder.resolve(), root.resolve()
            if not place.is_relative_to(top):
                raise Failure(f"{name}: outside of {root}")
            return place.relative_to(top).as_posix()
    raise Failure(f"{name}: no such folder in {root}")


def _selectors(given: Sequence[str] | None) -> tuple[str, ...]:
    return tuple(word.strip() for text in given or () for word in text.split(",") if word.strip())


def _codes(words: Sequence[str], rules: Sequence[Rule]) -> tuple[str, ...]:
    """The codes that codes, names and beginnings of codes ("EP", "EN1") stand for, sorted."""
    codes: set[str] = set()
    for word in words:
        hits = {rule.code for rule in rules if rule.name == word.lower() or rule.code.startswith(word.upper())}
        if not hits:
            names = [text for rule in rules for text in (rule.code, rule.name)]
            raise Failure(f"no rule '{word}'{nearest(word, names)}; 'auditor rules' lists them")
        codes |= hits
    return tuple(sorted(codes))
