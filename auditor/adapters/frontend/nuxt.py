"""What Nuxt hands to components and composables: `$axios` and `$fetch` of the application context.

Nuxt 2 with @nuxtjs/axios 5 (https://axios.nuxtjs.org/usage) and @nuxtjs/composition-api
(`useContext`), Nuxt 3 and 4 (`useNuxtApp`, https://nuxt.com/docs/api/composables/use-nuxt-app).

```ts
const { $axios } = useContext();
$axios.get(`/api/users/${id}`)  // GET /api/users/{}
```
"""

from __future__ import annotations

from auditor.adapter import Adapter, Machine
from auditor.model.finding import Side
from auditor.model.value import Arguments, Record, Value


def _context(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    return Record({"$axios": machine.symbol("axios"), "$fetch": machine.symbol("$fetch")}, open=True)


ADAPTER = Adapter(
    id="nuxt",
    side=Side.FRONTEND,
    symbols=dict.fromkeys(("@nuxtjs/composition-api.useContext", "useNuxtApp", "#app.useNuxtApp"), _context),
    hot=("useContext", "useNuxtApp"),
)
