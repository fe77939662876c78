"""Times of queries: products, names and members of constants; defaults apart."""

from __future__ import annotations

from typed_project import facts_of

from auditor.link.contents.names import Names
from auditor.link.modules.symbols import Symbols
from auditor.link.modules.typescript import typescript_modules
from auditor.link.timings import timings
from auditor.link.types import Types


def test_times() -> None:
    facts = facts_of(
        {
            "client.ts": """
const MINUTE = 60 * 1000;
const TIMES = { slow: 10 * MINUTE } as const;
export const client = new QueryClient({ defaultOptions: { queries: { staleTime: 5 * MINUTE } } });
export const a = useQuery({ queryKey: ["a"], staleTime: TIMES.slow });
export const b = useQuery({ queryKey: ["b"], refetchInterval: 500 });
export const c = useQuery({ queryKey: ["c"], staleTime: Infinity, refetchInterval: (query) => 10 });
"""
        }
    )
    symbols = Symbols(facts, typescript_modules(facts, {}))
    found = timings(facts, facts, Names(symbols, Types(facts, symbols)))
    assert [(one.kind, one.label, one.default) for one in found] == [
        ("fresh", "300000 ms (5 min)", True),
        ("fresh", "600000 ms (10 min)", False),
        ("poll", "500 ms", False),
    ]
