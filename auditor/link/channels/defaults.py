"""Does the code that tells messages apart do anything with a message that is none of them?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from auditor.link.channels.branches import begins
from auditor.link.channels.tables import Scope
from auditor.link.evaluate.walk import children
from auditor.model import form
from auditor.model.span import Location


def falling_through(tests: Mapping[form.Binary, Scope]) -> Location | None:
    """Where a chain of comparisons begins that ends without a default; None if there is one, or several chains.

    A guard (`if kind not in known`) is a default, and so is whatever stands behind the chain.
    """
    scopes = {id(scope): scope for scope in tests.values()}
    if len(scopes) != 1 or any(test.operator not in ("==", "in") for test in tests):
        return None
    (scope,) = scopes.values()
    wanted = {id(test) for test in tests}
    if scope.function is None or not _falls(scope.function.body, wanted):
        return None
    return min(begins(test, scope) for test in tests)


def _falls(body: Sequence[form.Statement], wanted: set[int]) -> bool:
    """Whether a block that holds all of the comparisons ends when none of them holds."""
    holding = [at for at, statement in enumerate(body) if _holds([statement], wanted)]
    if not holding:
        return False
    inside = [inner for inner in _blocks(body[holding[0]]) if _all_in(inner, wanted)]
    if len(holding) == 1 and len(inside) == 1 and not _is_test(body[holding[0]], wanted):
        return _falls(inside[0], wanted)
    chains = body[holding[0] :]
    return all(isinstance(one, form.If) and _is_test(one, wanted) and not _default(one, wanted) for one in chains)


def _default(node: form.If, wanted: set[int]) -> bool:
    rest: Sequence[form.Statement] = node.otherwise
    while rest:
        first = rest[0]
        if len(rest) > 1 or not isinstance(first, form.If) or not _is_test(first, wanted):
            return True
        rest = first.otherwise
    return False


def _is_test(node: form.Statement, wanted: set[int]) -> bool:
    return isinstance(node, form.If) and node.test is not None and _holds([node.test], wanted)


def _blocks(node: form.Statement) -> Iterable[Sequence[form.Statement]]:
    match node:
        case form.If(then=then, otherwise=otherwise):
            return (then, otherwise)
        case form.Block(body=body) | form.For(body=body):
            return (body,)
        case _:
            return ()


def _all_in(body: Sequence[form.Node], wanted: set[int]) -> bool:
    return wanted <= _below(body)


def _holds(body: Sequence[form.Node], wanted: set[int]) -> bool:
    return bool(wanted & _below(body))


def _below(body: Sequence[form.Node]) -> set[int]:
    stack, found = list(body), set[int]()
    while stack:
        current = stack.pop()
        found.add(id(current))
        stack.extend(one for one in children(current) if not isinstance(one, form.Function))
    return found
