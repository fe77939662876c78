"""Which functions of a frontend are used."""

from __future__ import annotations

import pytest

from auditor.link.evaluate.walk import called_name, walk
from auditor.link.modules.symbols import Symbols
from auditor.link.modules.typescript import typescript_modules
from auditor.link.usage import Usage
from auditor.model import form
from auditor.model.facts import Dialect
from auditor.syntax.single_file import read_component
from auditor.syntax.typescript import read_typescript

_LOAD = "export const get = () => fetch('/a');"


@pytest.mark.parametrize(
    ("source", "owner", "used"),
    [
        ("export const get = () => fetch('/a');", "get", False),
        ("export const get = () => fetch('/a'); get();", "get", True),
        ("export const api = { get: () => fetch('/a') };", "get", False),
        ("export const api = { get: () => fetch('/a') }; api.get();", "get", True),
        ("export function useX() { return useQuery({ queryFn: () => fetch('/a') }); } useX();", "useX", True),
        ("class Api { get() { return fetch('/a'); } }", "get", False),
        ("class Api { get() { return fetch('/a'); } } new Api().get();", "get", True),
        ("class Api { constructor() { fetch('/a'); } } new Api();", "Api", True),
        (
            "class Other {} const other = new Other(); other.get(); class Api { get() { fetch('/a'); } }",
            "get",
            False,
        ),
        ("@Component({}) class Page { ngOnInit() { fetch('/a'); } }", "ngOnInit", True),
        ("@Injectable() class Api { get() { fetch('/a'); } }", "get", False),
        ("export default function Page() { return fetch('/a'); }", "Page", True),
        ("export default () => <form onSubmit={() => fetch('/a')} />;", "", True),
        ("const get = () => fetch('/a'); const dead = () => get();", "get", False),
        ("const get = () => fetch('/a'); const dead = create(() => ({ run: () => get() }));", "get", False),
        ("const get = () => get() || fetch('/a');", "get", False),
        ("const api = { get: () => fetch('/a') }; Object.values(api).map((one) => one());", "get", True),
        (
            "const api = { get: () => fetch('/a') }; const run = (name) => api[name](); run('get');",
            "get",
            True,
        ),
        ("class Page extends React.Component { componentDidMount() { fetch('/a'); } } <Page />;",
         "componentDidMount", True),
        ("class Base {} class Api extends Base { get() { fetch('/a'); } } new Api();", "get", False),
        ("const actions = { get() { fetch('/a'); } }; new Store({ actions }); store.dispatch('users/get');",
         "get", True),
        ("const options = () => ({ queryFn: () => fetch('/a') }); useQuery(options());", "queryFn", True),
        ("export const interceptor = intercept(client, () => fetch('/a'));", "", True),
        ("fetch('/a');", "", True),
    ],
)  # fmt: skip
def test_usage(source: str, owner: str, used: bool) -> None:
    assert _usage({"a.tsx": source}) == (owner, used)


@pytest.mark.parametrize(
    ("files", "used"),
    [
        ({"b.ts": "import { get } from './a'; get();"}, True),
        ({"b.ts": "import { get as go } from './a'; go();"}, True),
        ({"b.ts": "import * as api from './a'; api.get();"}, True),
        ({"b.ts": "const api = await import('./a'); api.get();"}, True),
        ({"b.ts": "const { get } = require('./a'); get();"}, True),
        ({"b.ts": "import { get } from 'unknown/alias'; get();"}, True),
        ({"b.vue": "<script setup>get()</script>"}, True),  # Nuxt imports it
        ({"i.ts": "export * from './a';", "b.ts": "import { get } from './i'; get();"}, True),
        ({"i.ts": "export { get as go } from './a';", "b.ts": "import { go } from './i'; go();"}, True),
        ({"i.ts": "import { get } from './a'; export default { get };", "b.ts": "import x from './i'; x.get();"}, True),
        ({"i.ts": "import { get } from './a'; export default { get };", "b.ts": "import x from './i'; give(x);"}, True),
        ({"i.ts": "import { get } from './a'; export default { get };", "b.ts": "import x from './i'; x.go();"}, False),
        ({"i.ts": "import { get } from './a'; const x = { get }; export default x;", "b.ts": "import './i';"}, False),
        ({"b.ts": "export { get } from './a';"}, False),
        ({"b.ts": "export * from './a';"}, False),
        ({"b.ts": "const get = () => 1; get();"}, False),
        ({"b.ts": "import { get } from './c'; get();", "c.ts": "export const get = () => 1;"}, False),
        ({"b.ts": "const { get } = useStore(); get();"}, False),
        ({"b.ts": "import { get } from './a'; export const useDead = () => get();"}, False),
        ({"b.ts": "import { get } from './a'; const use = () => get(); use();"}, True),
        ({"b.ts": "import { get } from './a'; export async function getServerSideProps() { await get(); }"}, True),
        ({"b.ts": "import { get } from './a'; export const Page = () => get();",
          "c.ts": "import { Page } from './b'; render(<Page />);"}, True),
        ({"b.ts": "import { get } from './a'; export const routes = { element: get };",
          "c.ts": "import { routes } from './b'; createRouter(routes);"}, True),
    ],
)  # fmt: skip
def test_who_uses_a_function_of_another_file(files: dict[str, str], used: bool) -> None:
    assert _usage({"a.ts": _LOAD, **files}) == ("get", used)


def test_a_component_may_use_whatever_it_has() -> None:
    options = "<script>export default { methods: { get() { fetch('/a'); } } }</script>"
    assert _usage({"a.vue": options}) == ("get", True)


def _usage(files: dict[str, str]) -> tuple[str, bool]:
    """The owner of the first file's call of fetch, and whether it is used."""
    facts = {
        file: read_component(source.encode(), Dialect.VUE)
        if file.endswith(".vue")
        else read_typescript(source.encode(), Dialect.TSX)
        for file, source in files.items()
    }
    usage = Usage(facts, Symbols(facts, typescript_modules(facts, {})))
    nodes = (node for statement in next(iter(facts.values())).body for node in walk(statement))
    call = next(node for node in nodes if isinstance(node, form.Call) and called_name(node) == "fetch")
    return usage.owner(call), usage.is_used(call)


@pytest.mark.parametrize(("key", "used"), [("`load${kind}`", True), ("`${kind}List`", True), ("`save${kind}`", False)])
def test_a_name_that_is_put_together_may_be_any_that_begins_and_ends_so(key: str, used: bool) -> None:
    client = "export class Api { loadUsersList() { return fetch('/users'); } }"
    model = f"class Model {{ api = new Api(); list(kind) {{ return this.api[{key}](); }} }}"
    caller = f"import {{ Api }} from './a'; {model} new Model().list('Users');"
    assert _usage({"a.ts": client, "b.ts": caller}) == ("loadUsersList", used)
