"""SvelteKit's events: `load`, form actions, endpoints and hooks get a `fetch` of their own.

SvelteKit 1 and 2 (https://svelte.dev/docs/kit/load#Making-fetch-requests): the functions of `+page`, `+layout`
and `+server` files and of `hooks` are handed an event whose `fetch` works as the global one.

```ts
export const load = ({ fetch, params }) => fetch(`/api/users/${params.id}`);  // GET /api/users/{}
```
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from auditor.adapter import Adapter
from auditor.model import form
from auditor.model.finding import Side

_FILE = re.compile(r"(^|/)(\+(page|layout)(@[^/]*)?(\.server)?|\+server|hooks(\.server|\.client)?)\.(ts|js)$")
_EVENT = {"fetch": "fetch"}


def _handed(file: str, parameter: form.Parameter) -> Mapping[str, str]:
    target = parameter.target
    if not _FILE.search(file):
        return {}
    if isinstance(target, form.ObjectPattern):
        names = {item.key.value for item in target.items if isinstance(item.key, form.Literal)}
        return _EVENT if "fetch" in names else {}
    return _EVENT if isinstance(target, form.Name) and target.id == "event" else {}


ADAPTER = Adapter(id="svelte-kit", side=Side.FRONTEND, handed=_handed)
