"""The requests that Nuxt's authentication modules send as their configuration says.

@nuxtjs/auth 5 (https://auth.nuxtjs.org/schemes/local) and @sidebase/nuxt-auth 0.6 to 1.0
(https://auth.sidebase.io/guide/local/quick-start): endpoints for sign-in, refresh, sign-out and the user.

```ts
// nuxt.config.ts
export default {
  auth: { strategies: { local: { endpoints: { login: { url: "/api/auth/login", method: "post" } } } } },
};
// POST /api/auth/login
```
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from auditor.adapter import Adapter, Machine, Requested
from auditor.adapter.requests import UNSAID, below, methods
from auditor.model import form
from auditor.model.finding import Side
from auditor.model.span import Location
from auditor.model.value import UNDEFINED, Arguments, Record, Site, Text, Value

_METHODS = {"login": "POST", "signIn": "POST", "logout": "POST", "signOut": "POST", "signUp": "POST", "refresh": "POST"}
_ROOT = Text(("/",))


def _configured(machine: Machine, exported: Sequence[tuple[str, Value]]) -> None:
    for file, config in exported:
        if PurePosixPath(file).name.startswith("nuxt.config."):
            _read(machine, config)


def _passed(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`defineNuxtConfig(x)` is x."""
    return machine.argument(arguments, 0) or UNDEFINED


def _read(machine: Machine, config: Value) -> None:
    auth = _entry(machine, config, "auth")
    provider = _entry(machine, auth, "provider")
    strategies = _entry(machine, auth, "strategies")
    known = list(strategies.entries) if isinstance(strategies, Record) else []
    for holder in (provider, *(_entry(machine, strategies, name) for name in known)):
        for name, endpoint in _entries(machine, _entry(machine, holder, "endpoints")):
            _send(machine, name, endpoint)


def _send(machine: Machine, name: str, endpoint: Value) -> None:
    url = _entry(machine, endpoint, "url") or _entry(machine, endpoint, "path")
    if not isinstance(url, Text) or not url.parts or not url.trail:
        return
    place: Location = url.trail[0]
    given = _entry(machine, endpoint, "method")
    call = form.Call(form.Name("auth", place.span), (), place.span)
    machine.emit(
        Requested(
            kind="http",
            client="nuxt-auth",
            method=methods(machine, given, Text((_METHODS.get(name, "GET"),))),
            url=(below(_ROOT, url),),
            chain=(Site(place.file, call),),
            carried=UNSAID,  # the module adds the token, and the credentials that somebody types in
        )
    )


def _entry(machine: Machine, value: Value | None, name: str) -> Value | None:
    if not isinstance(value, Record) or name not in value.entries:
        return None
    return machine.force(value.entries[name])


def _entries(machine: Machine, value: Value | None) -> Iterator[tuple[str, Value]]:
    if isinstance(value, Record):
        for name in value.entries:
            yield name, machine.force(value.entries[name])


ADAPTER = Adapter(
    id="nuxt_auth",
    side=Side.FRONTEND,
    symbols=dict.fromkeys(("defineNuxtConfig", "nuxt/config.defineNuxtConfig"), _passed),
    variables={"default": _configured},
)
