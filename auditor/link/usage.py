"""Which functions of a frontend somebody uses: a call site in a function nobody uses breaks no feature.

What runs when a module is loaded is used, and so is what it names, and what that names in turn. A name means
what its file declares or imports under it. Members of values count by name alone, whoever they belong to,
and so does every name that nobody in the file binds (Nuxt imports functions by itself).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from auditor.link.modules.imports import imports_in
from auditor.link.modules.symbols import Symbols
from auditor.link.usage_units import Unit, Units, units_of
from auditor.model import form
from auditor.model.facts import Dialect, FileFacts


class Usage:
    """The function that each call stands in, and whether anything that runs leads to it."""

    def __init__(self, facts: Mapping[str, FileFacts], symbols: Symbols) -> None:
        self._facts = facts
        self._units: Units = units_of(facts)
        self._symbols = symbols
        self._imports: dict[tuple[str, str], str] = {}
        self._loaded: set[str] = set()
        self._imported: set[str] = set()
        self._follow_imports()
        self._namesakes: dict[str, list[Unit]] = defaultdict(list)
        for (_, name), unit in self._units.declared.items():
            self._namesakes[name].append(unit)
        self._held: dict[Unit, list[Unit]] = defaultdict(list)
        for units in self._units.members.values():
            for unit in units:
                if unit.holder is not None:
                    self._held[unit.holder].append(unit)
        self._used: set[Unit] = set()
        self._read: set[str] = set()
        self._spread()

    def owner(self, call: form.Call) -> str:
        """The name of the outermost named function or member a call stands in; "" outside of any."""
        unit = self._units.inside.get(call)
        return unit.name if unit is not None else ""

    def is_used(self, call: form.Call) -> bool:
        """Whether anything that runs may lead to a call. What is not known to stand anywhere may always."""
        unit = self._units.inside.get(call)
        return unit is None or unit in self._used

    @property
    def names(self) -> frozenset[str] | None:
        """All names that running code reads; None where a template may read others (Angular, Vue, Svelte)."""
        if any(map(_has_template, self._facts.values())):
            return None
        return frozenset(name for unit in self._used for name in (*unit.names, *unit.members))

    def _follow_imports(self) -> None:
        """Enters what each import binds, and the modules that are used as a whole."""
        locate = self._symbols.typescript.locate
        forwarded: dict[str, set[str]] = defaultdict(set)
        whole = {target for file, path in self._units.loaded if (target := locate(file, path)) is not None}
        for file, one in self._facts.items():
            for node in imports_in(one.body):
                target = locate(file, node.module or "")
                if isinstance(node, form.Import):
                    self._imports.update(((file, item.local), item.name) for item in node.names)
                if target is None:
                    continue
                self._imported.add(target)
                if any(not item.name for item in node.names):
                    whole.add(target)
                if isinstance(node, form.Export):
                    forwarded[file].add(target)
        self._imported |= whole
        waiting = sorted(whole)
        while waiting:
            file = waiting.pop()
            if file not in self._loaded:
                self._loaded.add(file)
                waiting.extend(sorted(forwarded[file]))

    def _spread(self) -> None:
        """Marks what is used, from the code that runs by itself."""
        waiting = list(self._units.code.values())
        for (file, name), unit in self._units.declared.items():
            if self._units.code[file].open or (file not in self._imported and name in _CALLED_BY_FRAMEWORKS):
                waiting.append(unit)
        for units in self._units.members.values():
            waiting += [unit for unit in units if self._is_entry(unit)]
        while waiting:
            unit = waiting.pop()
            if unit in self._used:
                continue
            self._used.add(unit)
            unit.open = unit.open or self._extends_a_library(unit, frozenset())
            for name in unit.names:
                waiting += self._meant(unit.file, name)
            for name in unit.opened:
                for opened in self._meant(unit.file, name):
                    opened.open = True
                    waiting += [opened, *self._held[opened]]
            for name in unit.given:
                waiting += [one for given in self._meant(unit.file, name) for one in self._held[given] if one.forwards]
            waiting += [one for one in self._held[unit] if unit.open or one.name in self._read]
            for begin, end in unit.computed:
                unit.members |= {one for one in self._units.members if one.startswith(begin) and one.endswith(end)}
            for name in unit.members - self._read:
                self._read.add(name)
                waiting += [one for one in self._units.members.get(name, ()) if one.holder in self._used]
                waiting += [one for one in self._namesakes.get(name, ()) if one.file in self._loaded]

    def _extends_a_library(self, unit: Unit, below: frozenset[Unit]) -> bool:
        """Whether a library calls methods of a class by names of its own (`componentDidMount`)."""
        if unit in below:
            return False
        bases = [self._meant(unit.file, name) for name in unit.bases]
        below |= {unit}
        return any(not base or any(self._extends_a_library(one, below) for one in base) for base in bases)

    def _is_entry(self, unit: Unit) -> bool:
        """Whether a framework may call a member of what a module that nobody imports exports by default."""
        return unit.holder is self._units.code[unit.file] and unit.file not in self._imported

    def _meant(self, file: str, name: str) -> list[Unit]:
        """What a name may mean in a file."""
        own = self._units.declared.get((file, name))
        if own is not None:
            return [own]
        if (file, name) in self._imports:
            found = self._symbols.definition(file, name)
            if found is None:
                return self._namesakes.get(self._imports[file, name], [])
            unit = self._units.declared.get((found.file, found.name.partition(".")[0]))
            return [unit or self._units.code[found.file]] if found.file in self._units.code else []
        return [] if name in self._units.bound[file] else self._namesakes.get(name, [])


_CALLED_BY_FRAMEWORKS = frozenset(
    (
        "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "loader", "action", "clientLoader", "clientAction",
        "load", "actions", "handle", "handleError", "handleFetch", "middleware", "proxy", "register", "onRequest",
        "getServerSideProps", "getStaticProps", "getStaticPaths", "getInitialProps", "generateMetadata",
        "generateStaticParams", "sitemap", "meta", "links", "headers", "ErrorBoundary", "HydrateFallback",
    )
)  # fmt: skip


def _has_template(facts: FileFacts) -> bool:
    if facts.dialect in (Dialect.VUE, Dialect.SVELTE):
        return True
    return any(isinstance(one, form.Import) and one.module == "@angular/core" for one in facts.body)
