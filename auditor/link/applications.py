"""Which applications the backend has, and what each serves: effects of the evaluator put together."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from auditor.adapter import ApplicationMade, Mounted, RouteAdded
from auditor.link.evaluate.control import OFF
from auditor.model.span import Location
from auditor.model.text import join
from auditor.model.value import Hole, Instance, Text

_SIDELINE = re.compile(
    r"(^|/)(tests?|testing|docs?|docs_src|examples?|samples?|scripts?|benchmarks?|evaluation|legacy)/"
)
_DEPTH = 12


@dataclass(frozen=True, slots=True)
class Served:
    """A route of an application with its whole path, and the mounts that led to it."""

    effect: RouteAdded
    path: Text
    condition: str
    tags: tuple[str, ...]
    mounts: tuple[Mounted, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """Below `prefix` an application may serve more than is known, for this reason."""

    prefix: Text
    location: Location
    reason: str


@dataclass(frozen=True, slots=True)
class Application:
    """An application object and what it serves, in registration order."""

    instance: Instance
    location: Location
    framework: str
    routes: tuple[Served, ...]
    gaps: tuple[Gap, ...]
    reached: frozenset[int]
    statics: tuple[Text, ...]
    conditional: bool


@dataclass(frozen=True, slots=True)
class Registrations:
    """All effects of a backend, by the router they happened to."""

    made: tuple[ApplicationMade, ...]
    by_router: Mapping[int, Sequence[RouteAdded | Mounted]]

    @staticmethod
    def of(effects: Sequence[object]) -> Registrations:
        """Sorts the effects of a machine."""
        by_router: dict[int, list[RouteAdded | Mounted]] = {}
        for effect in effects:
            if isinstance(effect, RouteAdded):
                by_router.setdefault(id(effect.router), []).append(effect)
            elif isinstance(effect, Mounted):
                by_router.setdefault(id(effect.parent), []).append(effect)
        made = tuple(effect for effect in effects if isinstance(effect, ApplicationMade))
        return Registrations(made, by_router)

    def mounted(self) -> frozenset[int]:
        """The routers and applications that are put under another. One may be put under itself, within a server that
        passes on what it does not know (`ASGIApp(sockets, app)`)."""
        return frozenset(
            id(effect.child)
            for effects in self.by_router.values()
            for effect in effects
            if isinstance(effect, Mounted) and effect.child is not None and effect.child is not effect.parent
        )


def assemble(registrations: Registrations, made: ApplicationMade, modules: frozenset[str] | None) -> Application:
    """What one application serves, counting only what `modules` (None: all) did to it."""
    routes: list[Served] = []
    gaps: list[Gap] = []
    statics: list[Text] = []
    reached: set[int] = set()

    def visit(router: Instance, prefix: Text, conditions: tuple[str, ...], mounts: tuple[Mounted, ...]) -> None:
        reached.add(id(router))
        if len(mounts) > _DEPTH or any(mount.parent is router for mount in mounts):
            return
        effects = registrations.by_router.get(id(router), ())
        elsewhere = _mounted_by_default(effects)
        for effect in effects:
            if modules is not None and effect.module not in modules:
                continue
            if isinstance(effect, Mounted) and OFF in effect.condition and id(effect.child) in elsewhere:
                continue
            tags = tuple(tag for mount in mounts for tag in mount.tags)
            if isinstance(effect, RouteAdded):
                if effect.handler is None and all(isinstance(p, Hole) for text in effect.path for p in text.parts):
                    gaps.append(Gap(prefix, effect.location, "a route whose path and handler are unknown"))
                    continue
                for path in _concrete(effect.path):
                    condition = " and ".join(dict.fromkeys(c for c in (*conditions, effect.condition) if c))
                    for front in _front(effect, mounts):
                        whole = _behind(front, _behind(prefix, path))
                        routes.append(Served(effect, whole, condition, (*tags, *effect.tags), mounts))
                continue
            inner = tuple(c for c in (*conditions, effect.condition) if c)
            for below in _concrete(effect.prefix):
                whole = _behind(prefix, below)
                if effect.static:
                    statics.append(whole)
                elif effect.child is None:
                    gaps.append(Gap(whole, effect.location, effect.reason))
                else:
                    visit(effect.child, whole, inner, (*mounts, effect))

    visit(made.application, Text(()), (), ())
    return Application(
        made.application, made.location, made.framework, tuple(routes), tuple(gaps), frozenset(reached),
        tuple(statics), bool(made.condition),
    )  # fmt: skip


def _mounted_by_default(effects: Sequence[RouteAdded | Mounted]) -> frozenset[int]:
    """What the defaults put somewhere: where another setting would have put it, it is not."""
    mounts = [one for one in effects if isinstance(one, Mounted) and one.child is not None]
    return frozenset(id(one.child) for one in mounts if OFF not in one.condition)


def is_sideline(file: str) -> bool:
    """Whether a file stands in a folder of tests, documentation, examples or scripts."""
    return _SIDELINE.search(file) is not None


def _front(effect: RouteAdded, mounts: tuple[Mounted, ...]) -> tuple[Text, ...]:
    """What stands before the whole path: the route's own, else that of the nearest mount that has one."""
    return effect.front or next((mount.front for mount in reversed(mounts) if mount.front), (Text(()),))


def _behind(prefix: Text, path: Text) -> Text:
    """A path below a prefix; of two slashes that meet, one stays."""
    first, last = (path.parts[0] if path.parts else ""), (prefix.parts[-1] if prefix.parts else "")
    if isinstance(first, str) and first.startswith("/") and isinstance(last, str) and last.endswith("/"):
        path = replace(path, parts=(first[1:], *path.parts[1:]))
    return join((prefix, path))


def _concrete(prefixes: Sequence[Text]) -> Sequence[Text]:
    """Of several possible prefixes of one mount, or paths of one route, those without holes if there are any."""
    known = [prefix for prefix in prefixes if prefix.literal is not None]
    return known or prefixes
