"""In which files does null belong to every type?

https://www.typescriptlang.org/tsconfig/#strictNullChecks (5.9): only settings that say `false` themselves, or extend a
file of the project that does, count; what other packages set is not known.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping

from auditor.link.modules.folders import ancestors, folder_of, join
from auditor.link.modules.jsonc import mapping, read_object, strings
from auditor.model.finding import Side
from auditor.model.shape import Model

_TRUE, _FALSE, _UNSAID = True, False, None


def loose_models(models: Mapping[str, Model], texts: Mapping[str, str]) -> frozenset[str]:
    """The keys of the frontend's models of which any field may be null, whatever its type says."""
    folders: dict[str, list[bool | None]] = {}
    for file in sorted(texts):
        name = posixpath.basename(file)
        if name.startswith(("tsconfig", "jsconfig")) and name.endswith(".json"):
            folders.setdefault(folder_of(file), []).append(_checks(file, texts, ()))
    loose = {folder for folder, said in folders.items() if _FALSE in said and _TRUE not in said}
    if not loose:
        return frozenset()
    found: set[str] = set()
    for key, model in models.items():
        if model.side == Side.FRONTEND:
            nearest = next((one for one in ancestors(folder_of(model.location.file)) if one in folders), None)
            found |= {key} if nearest in loose else set()
    return frozenset(found)


def _checks(file: str, texts: Mapping[str, str], seen: tuple[str, ...]) -> bool | None:
    """What a settings file says of null; None where it says nothing that can be read."""
    if file in seen:
        return _UNSAID
    settings = read_object(texts[file])
    compiler = mapping(settings.get("compilerOptions"))
    for name in ("strictNullChecks", "strict"):
        said = compiler.get(name)
        if isinstance(said, bool):
            return said
    for base in reversed(strings(settings.get("extends"))):
        path = join(folder_of(file), base) if base.startswith(".") else None
        for choice in (path, f"{path}.json") if path is not None else ():
            if choice in texts:
                return _checks(choice, texts, (*seen, file))
    return _UNSAID
