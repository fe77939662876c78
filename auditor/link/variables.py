"""Which environment variables do frontends read, and are they there?

Vite 3 to 7 (https://vite.dev/guide/env-and-mode): `import.meta.env` has what begins with `VITE_` or an `envPrefix`.
Create React App 4 and 5 (https://create-react-app.dev/docs/adding-custom-environment-variables/): `REACT_APP_`.
Next.js 12 to 16 (https://nextjs.org/docs/app/guides/environment-variables): in files for the browser `NEXT_PUBLIC_`,
and what `env` of its configuration names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import msgspec

from auditor.link.environment import Environment
from auditor.link.evaluate.walk import children
from auditor.link.literal_places import dotted, is_sideline
from auditor.model import form
from auditor.model.facts import Dialect, FileFacts
from auditor.model.span import Location
from auditor.model.variables import VariableRead

_VITE, _NODE = "import.meta.env", "process.env"
_BUILT_IN = frozenset({
    "MODE", "DEV", "PROD", "SSR", "BASE_URL", "LEGACY", "VITEST", "NODE_ENV", "PUBLIC_URL", "CI", "FAST_REFRESH",
    "NEXT_RUNTIME", "NEXT_PHASE", "WDS_SOCKET_HOST", "WDS_SOCKET_PATH", "WDS_SOCKET_PORT",
})  # fmt: skip
_ONLY_VITE = _BUILT_IN - {"NODE_ENV", "PUBLIC_URL", "CI", "FAST_REFRESH", "NEXT_RUNTIME", "NEXT_PHASE"}
_PUBLIC = (
    "VITE_",
    "NEXT_PUBLIC_",
    "REACT_APP_",
    "NUXT_PUBLIC_",
    "VUE_APP_",
    "GATSBY_",
    "EXPO_PUBLIC_",
    "PUBLIC_",
    "NG_",
)
_OTHER_PREFIXES = ("envPrefix", "EnvironmentPlugin", "vite-plugin-environment", "envCompatible")
_OTHER_TOOLS = ("react-app-rewired", "craco", "customize-cra", "astro", "@sveltejs/kit", "nuxt", "dotenv-webpack")


@dataclass(slots=True)
class _Read:
    places: list[Location] = field(default_factory=list)
    guarded: bool = False


def variables_of(
    facts: Mapping[str, FileFacts],
    texts: Mapping[str, str],
    environment: Environment,
    frontend_of: Callable[[str], str],
    roots: Sequence[str],
) -> tuple[VariableRead, ...]:
    """The variables that shipped code of the frontends reads, by frontend, source and name."""
    found: dict[tuple[str, str, str], _Read] = {}
    in_browser: dict[tuple[str, str, str], list[Location]] = {}
    for file in sorted(facts):
        one = facts[file]
        if one.dialect is Dialect.PYTHON or is_sideline(file) or not _mentions(one):
            continue
        root = frontend_of(file)
        if root not in roots:
            continue
        for source, name, location, guarded in _reads(file, one.body):
            key = (root, source, name)
            read = found.setdefault(key, _Read())
            read.places.append(location)
            read.guarded = read.guarded or guarded
            if "use client" in one.directives:
                in_browser.setdefault(key, []).append(location)
    said = _Said(facts, texts)
    known = {key: environment.defined(key[2]) or said.names(key[2]) for key in found}
    return tuple(
        VariableRead(
            name=name,
            source=source,
            frontend=root,
            places=tuple(in_browser.get((root, source, name)) or read.places),
            guarded=read.guarded,
            defined=known[root, source, name],
            documented=_is_documented(root, known),
            public=_is_public(name),
            hidden=_hidden(source, name, root, said, bool(in_browser.get((root, source, name)))),
        )
        for (root, source, name), read in sorted(found.items())
        if name not in _BUILT_IN or source == _VITE
    )


class _Said:
    """What settings files and the configurations of tools say."""

    def __init__(self, facts: Mapping[str, FileFacts], texts: Mapping[str, str]) -> None:
        self._texts = texts
        self._tools = {
            file: msgspec.msgpack.encode(one.body)
            for file, one in facts.items()
            if one.dialect is not Dialect.PYTHON and is_sideline(file)
        }

    def names(self, name: str) -> bool:
        """Whether any of them has a name in it."""
        return any(name in text for text in self._texts.values()) or self._in_tools("", name)

    def defines(self, source: str) -> bool:
        """Whether a configuration writes `import.meta.env` or `process.env` into a text, as `define` asks for."""
        return self._in_tools("", source)

    def uses(self, root: str, package: str) -> bool:
        """Whether a frontend names a package."""
        return f'"{package}"' in self._texts.get("package.json" if root == "." else f"{root}/package.json", "")

    def _in_tools(self, root: str, *words: str) -> bool:
        return any(
            word.encode() in encoded
            for file, encoded in self._tools.items()
            for word in words
            if root in ("", ".") or file.startswith(f"{root}/")
        )

    def changes_prefixes(self, root: str) -> bool:
        """Whether a configuration may hand over further variables."""
        return self._in_tools(root, *_OTHER_PREFIXES) or any(self.uses(root, tool) for tool in _OTHER_TOOLS)


def _hidden(source: str, name: str, root: str, said: _Said, in_browser: bool) -> str:
    """Why a variable is not there in the browser."""
    if _is_public(name) or said.changes_prefixes(root) or said.defines(source):
        return ""
    if source == _VITE:
        return "" if name in _ONLY_VITE or not said.uses(root, "vite") else "Vite hands over what begins with VITE_"
    if name in _BUILT_IN:
        return ""
    if said.uses(root, "react-scripts"):
        return "Create React App hands over what begins with REACT_APP_"
    if said.uses(root, "next") and in_browser and not said.names(name):
        return "Next.js hands over what begins with NEXT_PUBLIC_"
    return ""


def _is_public(name: str) -> bool:
    """Whether a name has the prefix by which a build tool hands variables to browsers."""
    return name.startswith(_PUBLIC)


def _is_documented(root: str, known: Mapping[tuple[str, str, str], bool]) -> bool:
    answers = [is_known for (of, _, name), is_known in known.items() if of == root and _is_public(name)]
    return len(answers) > 1 and sum(answers) * 2 >= len(answers)


def _mentions(one: FileFacts) -> bool:
    encoded = msgspec.msgpack.encode(one.body)
    return b"env" in encoded and (b"process" in encoded or b"meta" in encoded)


def _reads(file: str, body: Sequence[form.Statement]) -> Iterator[tuple[str, str, Location, bool]]:
    """Every read: its source, the name, the place, and whether its absence is provided for: here, or where the name
    that the variable is bound to is tested."""
    reads = [(node, guarded, bound) for node, guarded, bound in _names(body) if isinstance(node, form.Member)]
    tested = {node.id for node, guarded, _ in _names(body) if isinstance(node, form.Name) and guarded} if reads else ()
    for node, guarded, bound in reads:
        yield dotted(node.object), node.name, Location(file, node.span), guarded or bound in tested


def _names(body: Sequence[form.Statement]) -> Iterator[tuple[form.Member | form.Name, bool, str]]:
    """Variables and names that are read, each with whether its value is tested, and the name that it is bound to."""
    waiting: list[tuple[form.Node, bool, str]] = [(statement, False, "") for statement in reversed(body)]
    while waiting:
        node, guarded, bound = waiting.pop()
        match node:
            case form.Member(object=owner) if dotted(owner) in (_VITE, _NODE):
                yield node, guarded, bound
                continue
            case form.Name():
                yield node, guarded, bound
            case form.Binary(operator="or" | "??" | "and" | "==" | "!=" | "is" | "is not") | form.Unary():
                guarded = True
            case form.Conditional(test=test, then=then, other=other):
                waiting += [(other, guarded, ""), (then, guarded, ""), (test, True, "")]
                continue
            case form.If(test=test, then=then, otherwise=otherwise):
                waiting += [(one, guarded, "") for one in reversed((*then, *otherwise))]
                waiting += [(test, True, "")] if test is not None else []
                continue
            case form.Bind(target=form.Name(id=name), value=form.Member() as value):
                waiting.append((value, guarded, name))
                continue
            case form.Function() | form.Call():
                guarded = False
            case form.TypeDefinition():
                continue
            case _:
                pass
        waiting += [(child, guarded, "") for child in reversed(children(node))]
