"""Compares the OpenAPI document made from the source with the one that the running application gives.

    python -m benchmarks.openapi_diff CORPUS [NAME…]

CORPUS holds one folder per project. The truth is `benchmarks/truth/NAME/openapi.json`; a prefix under which
the application is mounted is dropped. Shares are of the truth's entries: operations; parameters with the same
name, location and `required`; component schemas by name; of those, the ones whose name a class of the repository has
(models of libraries are not in it); of those that both have, the ones with equal property names, with equal `required`
sets, with equal enum members.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

Document: TypeAlias = dict[str, Any]
_VERBS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
_CLASS = re.compile(r"^[ \t]*class (\w+)", re.MULTILINE)
_TRUTH = Path(__file__).parent / "truth"


def main(corpus: Path, names: list[str]) -> None:
    """Prints one row per project and the most common differences."""
    known = names or sorted(path.parent.name for path in _TRUTH.glob("*/openapi.json"))
    print("| project | operations | parameters | schemas | declared here | properties | required | enums |")
    print("|---|---|---|---|---|---|---|---|")
    for name in known:
        truth = json.loads((_TRUTH / name / "openapi.json").read_text("utf-8"))
        made = subprocess.run(
            [sys.executable, "-m", "auditor", "openapi", str(corpus / name)], capture_output=True, check=True
        )
        row, causes = compared(truth, json.loads(made.stdout), declared(corpus / name))
        print(f"| {name} | {' | '.join(row)} |", flush=True)
        for cause, count in causes.most_common(12):
            print(f"    {count} x {cause}", file=sys.stderr)


def declared(folder: Path) -> frozenset[str]:
    """The names of the classes in the Python files of a folder, and of the schemas that FastAPI itself has."""
    texts = (path.read_text("utf-8", "replace") for path in sorted(folder.rglob("*.py")) if path.is_file())
    found = {name for text in texts for name in _CLASS.findall(text)}
    return frozenset(found | {"HTTPValidationError", "ValidationError"})


def compared(truth: Document, made: Document, known: frozenset[str]) -> tuple[list[str], Counter[str]]:
    """The shares, and the differences by kind."""
    prefix = _prefix(truth, made)
    wanted = dict(_operations(truth, ""))
    found = dict(_operations(made, prefix))
    causes: Counter[str] = Counter(f"operation {key} is not found" for key in wanted if key not in found)
    same = total = 0
    for key in wanted.keys() & found.keys():
        mine, theirs = _parameters(found[key]), _parameters(wanted[key])
        total += len(theirs)
        same += len(mine & theirs)
        causes.update(f"parameter {one} of the truth only" for one in theirs - mine)
        causes.update(f"parameter {one} of ours only" for one in mine - theirs)
    schemas, own = _schemas(truth), _schemas(made)
    both = sorted(schemas.keys() & own.keys())
    causes.update(f"schema {name} of the truth only" for name in schemas.keys() - own.keys())
    objects = [name for name in both if "properties" in schemas[name]]
    enums = [name for name in both if "enum" in schemas[name]]
    properties = [name for name in objects if set(schemas[name]["properties"]) == set(own[name].get("properties", {}))]
    required = [
        name for name in objects if set(schemas[name].get("required", [])) == set(own[name].get("required", []))
    ]
    members = [name for name in enums if set(schemas[name]["enum"]) == set(own[name].get("enum", []))]
    for name in sorted(set(objects) - set(properties)):
        mine = set(own[name].get("properties", {}))
        causes[f"properties of {name}: {sorted(set(schemas[name]['properties']) ^ mine)[:6]}"] += 1
    for name in sorted(set(objects) - set(required)):
        causes[f"required of {name}: {sorted(_required(schemas[name]) ^ _required(own[name]))[:6]}"] += 1
    here = [name for name in schemas if name.partition("_")[0] in known]
    return [
        _share(len(wanted.keys() & found.keys()), len(wanted)),
        _share(same, total),
        _share(len(both), len(schemas)),
        _share(sum(name in own for name in here), len(here)),
        _share(len(properties), len(objects)),
        _share(len(required), len(objects)),
        _share(len(members), len(enums)),
    ], causes


def _required(schema: Document) -> set[str]:
    return set(schema.get("required", []))


def _prefix(truth: Document, made: Document) -> str:
    """The mount prefix that our paths have in front of the truth's."""
    wanted = {_plain(path) for path in truth["paths"]}
    ours = [_plain(path) for path in made["paths"]]
    votes = Counter(path[: -len(one)] for path in ours for one in wanted if path.endswith(one))
    usual = [(count, -len(prefix), prefix) for prefix, count in votes.items()]
    return max(usual)[2] if usual else ""


def _operations(document: Document, prefix: str) -> Iterator[tuple[str, Document]]:
    for path, item in document["paths"].items():
        plain = _plain(path)
        if plain.startswith(prefix):
            for verb in _VERBS:
                if verb in item:
                    yield f"{verb} {plain[len(prefix) :]}", item[verb]


def _plain(path: str) -> str:
    return re.sub(r"\{[^}]*\}", "{}", path)


def _parameters(operation: Document) -> set[tuple[str, str, bool]]:
    return {(one["name"], one["in"], bool(one.get("required"))) for one in operation.get("parameters", [])}


def _schemas(document: Document) -> Document:
    """The named schemas; of a pair for input and output the one for input, of `Body_…` none: its name is derived."""
    found: Document = {}
    for name, schema in document.get("components", {}).get("schemas", {}).items():
        if not name.startswith("Body_"):
            found.setdefault(name.removesuffix("-Input").removesuffix("-Output"), schema)
    return found


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f} ({part}/{whole})" if whole else "-"


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
