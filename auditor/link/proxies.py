"""Where does a path that the browser asks the frontend's server for come out?

Proxies of development servers, rewrites, handlers that forward and nginx, each read from its own
configuration; what cannot be read goes on the ledger and rewrites nothing.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from auditor.config import Config, Rewrite
from auditor.link.evaluate.machine import Machine
from auditor.link.forwarding.caddy import caddy_rewrites
from auditor.link.forwarding.dev_servers import Origin, rule_rewrites, setup_rewrites, table_rewrites
from auditor.link.forwarding.handlers import handler_rewrite
from auditor.link.forwarding.next_config import next_rewrites
from auditor.link.forwarding.nginx import nginx_rewrites
from auditor.link.forwarding.rewrite import Inside, Outcome, PathRewrite, Phase, rewrite, under
from auditor.link.forwarding.runner import Runner
from auditor.link.modules.folders import ancestors, folder_of, holds
from auditor.link.modules.jsonc import mapping, read_object
from auditor.link.own import OwnPaths
from auditor.model.facts import FileFacts
from auditor.model.finding import Step, Unresolved
from auditor.model.graph import External, Own, Unknown
from auditor.model.span import NOWHERE, Location
from auditor.model.value import List, Record, Value, text

__all__ = ["Forwarded", "PathRewrite", "answer", "apply", "from_base_url", "rewrites_of"]

_HOPS = 4
_CONFIGURATION = re.compile(
    r"(?:vite|vitest|next|nuxt|vue|webpack|rsbuild|rspack|astro|svelte|app|umi|farm|craco|config-overrides|quasar)"
    r"(?:[.-][\w.-]+)?\.config(?:[.-][\w.-]+)?\.[cm]?[jt]s|vue\.config\.js|webpack[\w.-]*\.[cm]?js|proxy\.conf\.[cm]?js|\.umirc\.ts"
)
_TABLES = (
    ("server", "proxy"), ("vite", "server", "proxy"), ("devServer", "proxy"), ("proxy",), ("dev", "proxy"),
    ("webpack", "devServer", "proxy"), ("nitro", "devProxy"), ("devProxy",),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Forwarded:
    """The path that reaches the backend, and what made it so."""

    path: str
    steps: tuple[Step, ...]


def rewrites_of(
    machine: Machine,
    facts: Mapping[str, FileFacts],
    texts: Mapping[str, str],
    roots: Iterable[str],
    config: Config,
    own: OwnPaths | None = None,
) -> tuple[Mapping[str, tuple[PathRewrite, ...]], tuple[Unresolved, ...]]:
    """The rewrites of every frontend in the order in which they are asked, and what could not be read.

    `texts` are the settings files. With `own`, catch-all handlers of the frontend count as well.
    """
    runner = Runner(machine)
    found: dict[str, tuple[PathRewrite, ...]] = {}
    unread: list[Unresolved] = []
    everything = list(roots)
    for root in everything:
        rules = [_configured(root, one, config.file) for one in config.rewrites]
        read = [*_from_files(runner, facts, texts, root), *_from_texts(runner, texts, root, everything)]
        rules += [one for one in read if isinstance(one, PathRewrite)]
        unread += [one for one in read if isinstance(one, Unresolved)]
        rules += [handler_rewrite(runner, root, route) for route in own.catch_alls.get(root, ())] if own else []
        found[root] = tuple(sorted(rules, key=lambda rule: rule.phase))
    return found, tuple(unread)


def apply(rewrites: Sequence[PathRewrite], path: str, method: str = "GET") -> tuple[str, tuple[Step, ...]]:
    """The path behind the rewrites and what changed it; as it was where none applies or none is sure."""
    found = answer(rewrites, None, "", method, path)
    return (found.path, found.steps) if isinstance(found, Forwarded) else (path, ())


def answer(
    rewrites: Sequence[PathRewrite], own: OwnPaths | None, frontend: str, method: str, path: str
) -> Forwarded | Own | External | Unknown | None:
    """What becomes of a request to the frontend's own server; None if nothing there knows the path.

    The order is that of `Phase`: rewrites before everything, files and constant handlers, rewrites
    after files, handlers with parameters, what is left.
    """
    steps: tuple[Step, ...] = ()
    for _ in range(_HOPS):
        found = _once(rewrites, own, frontend, method, path)
        if not isinstance(found, tuple):
            return found
        outcome, step = found
        if isinstance(outcome, str):
            return Forwarded(outcome, (*steps, step))
        if not isinstance(outcome, Inside):
            return outcome
        path, steps = outcome.path, (*steps, step)
    return Unknown(f"rewrites of {frontend or 'the frontend'} lead in a circle")


def from_base_url(base_urls: Sequence[Rewrite], url: str) -> str | None:
    """The backend's path of an absolute URL below one of its public addresses; None for other hosts."""
    for one in sorted(base_urls, key=lambda rule: -len(rule.source)):
        base = one.source.rstrip("/")
        if url == base or url.startswith(base + "/"):
            return under(one.target.rstrip("/"), url[len(base) :] or "/") or "/"
    return None


def _once(
    rewrites: Sequence[PathRewrite], own: OwnPaths | None, frontend: str, method: str, path: str
) -> tuple[Outcome, Step] | Own | Unknown | None:
    first = [rule for rule in rewrites if rule.phase is Phase.FIRST]
    after = [rule for rule in rewrites if rule.phase is Phase.AFTER_FILES]
    rest = [rule for rule in rewrites if rule.phase > Phase.AFTER_FILES]
    for rules, dynamic in ((first, False), (after, True), (rest, None)):
        for rule in rules:
            if rule.matches(path):
                outcome = rule.outcome(method, path)
                shown = outcome.path if isinstance(outcome, Inside) else outcome
                what = f"{path} becomes {shown}" if shown != path else f"{path} goes on as it is"
                return outcome, Step(rule.location, f"{rule.what} {rule.source}: {what}")
        if own is None or dynamic is None:
            continue
        owner = own.owner(frontend, method, path, dynamic)
        if owner is not None:
            return Own(owner)
        silent = own.owner(frontend, "", path, dynamic)
        if silent is not None and "{" not in method:
            return Unknown(f"{silent} answers {path}, but not {method}")
    return None


def _from_files(
    runner: Runner, facts: Mapping[str, FileFacts], texts: Mapping[str, str], root: str
) -> Iterator[PathRewrite | Unresolved]:
    for file in _below(facts, root):
        name = posixpath.basename(file)
        if re.fullmatch(r"setupProxy\.[cm]?[jt]s", name):
            yield from setup_rewrites(runner, file, root, strips=_strips_mounts(texts, file))
        elif _CONFIGURATION.fullmatch(name):
            location = Location(file, NOWHERE)
            seen: set[tuple[str, str]] = set()
            for configuration in runner.configurations(file):
                for one in _configuration(runner, configuration, root, location, name):
                    key = (one.source, one.target) if isinstance(one, PathRewrite) else (one.reason, "")
                    if key not in seen:
                        seen.add(key)
                        yield one


def _configuration(
    runner: Runner, value: Value, root: str, location: Location, name: str
) -> Iterator[PathRewrite | Unresolved]:
    if isinstance(value, List):
        if name.startswith("proxy.conf"):
            yield from table_rewrites(runner, value, Origin(root, location))
        for item in runner.items(value):
            yield from _configuration(runner, item, root, location, name) if isinstance(item, Record) else ()
        return
    if name.startswith("proxy.conf"):
        yield from table_rewrites(runner, value, Origin(root, location))
        return
    yield from next_rewrites(runner, value, root, location)
    for keys in _TABLES:
        table = runner.entry(value, *keys)
        yield from table_rewrites(runner, table, Origin(root, location, strips=keys[-1] == "devProxy"))
    for keys in (("routeRules",), ("nitro", "routeRules")):
        yield from rule_rewrites(runner, runner.entry(value, *keys), Origin(root, location))


def _from_texts(
    runner: Runner, texts: Mapping[str, str], root: str, roots: Sequence[str]
) -> Iterator[PathRewrite | Unresolved]:
    for file in _below(texts, root):
        name = posixpath.basename(file)
        if name == "proxy.conf.json":
            yield from table_rewrites(runner, _value(_json(texts[file])), Origin(root, Location(file, NOWHERE)))
        elif name == "package.json" and "proxy" in (manifest := read_object(texts[file])):
            yield from table_rewrites(runner, _value(manifest["proxy"]), Origin(root, Location(file, NOWHERE)))
    for file in sorted(texts):
        elsewhere = any(holds(_folder(other), file) for other in roots if other != root and _folder(other))
        if "proxy_pass" in texts[file] and re.search(r"\.conf(\.|$)|nginx", file) and not elsewhere:
            yield from nginx_rewrites(file, texts[file], root)
        if posixpath.basename(file) == "Caddyfile" and not elsewhere:
            yield from caddy_rewrites(file, texts[file], root)


def _strips_mounts(texts: Mapping[str, str], file: str) -> bool:
    """Whether the http-proxy-middleware in use (3 and later) sees paths without the mount point."""
    manifests = (texts.get(f"{folder}/package.json".lstrip("/"), "") for folder in ancestors(folder_of(file)))
    found = (re.search(r'"http-proxy-middleware"\s*:\s*"[^"\d]*(\d+)', text) for text in manifests)
    return next((int(one[1]) >= 3 for one in found if one), False)


def _configured(root: str, rule: Rewrite, file: str) -> PathRewrite:
    source, target = rule.source.rstrip("/"), rule.target.rstrip("/")
    return rewrite(
        root,
        rule.source,
        Location(file, NOWHERE),
        lambda path: path == source or path.startswith(source + "/"),
        lambda method, path: under(target, path[len(source) :] or "/") or "/",
        probe=f"{source}/{{}}",
        what="the rewrite",
    )


def _below(files: Iterable[str], root: str) -> list[str]:
    return [file for file in sorted(files) if holds(_folder(root), file)]


def _folder(root: str) -> str:
    return "" if root == "." else root


def _json(source: str) -> object:
    bare = source.strip()
    return read_object('{"table": ' + bare + "}").get("table") if bare.startswith("[") else mapping(read_object(source))


def _value(value: object) -> Value:
    """A JSON value as the evaluator sees it."""
    match value:
        case str():
            return text(value)
        case dict():
            return Record({str(key): _value(one) for key, one in value.items()})
        case list():
            return List([_value(one) for one in value])
        case _:
            return Record({})
