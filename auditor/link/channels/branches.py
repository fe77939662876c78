"""Where does code of the project tell the parts and states of a library's messages apart?

A library keeps what it receives as parts of a history, in states: https://ai-sdk.dev/docs/reference/ai-sdk-core/ui-message.
The code that shows them, and the backend that gets them back, compare the part's type and state with constants.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from auditor.link.channels.origins import Origins
from auditor.link.channels.tables import Scope
from auditor.link.channels.values import Const, Made
from auditor.link.channels.written import last_name, text_of
from auditor.link.evaluate.walk import walk
from auditor.model import form
from auditor.model.channel import Branches
from auditor.model.finding import Side
from auditor.model.protocol import Protocol
from auditor.model.span import NOWHERE, Location

_FEWEST = {Side.FRONTEND: 3, Side.BACKEND: 2}  # as many in common are no accident


def branches(origins: Origins, side: Side, protocol: Protocol) -> tuple[Branches, ...]:
    """The groups of comparisons of one subject in one function that are about parts or states of a protocol."""
    groups: dict[tuple[Scope, str, str], list[tuple[form.Binary, tuple[form.Statement, ...], list[Const]]]] = {}
    for node, (scope, then) in origins.index.comparisons.items():
        left, right = (node.right, node.left) if isinstance(node.left, form.Literal) else (node.left, node.right)
        about = {protocol.key: "part", "state": "state"}.get(last_name(left), "")
        if about and scope.function is not None and node.operator in ("==", "in"):
            constants = list(_constants(origins, right, scope))
            groups.setdefault((scope, written(left), about), []).append((node, then, constants))
    made = _made(origins)
    found: list[Branches] = []
    for (scope, subject, about), tests in groups.items():
        known = {one.value: one.location for _, _, constants in reversed(tests) for one in constants}
        names = protocol.parts if about == "part" else protocol.states
        if len(names.keys() & known.keys()) < _FEWEST[side] or (about == "state" and not names.keys() >= known.keys()):
            continue
        function = scope.function
        found.append(
            Branches(
                side=side,
                about=about,
                subject=subject,
                location=min(begins(one, scope) for one, _, _ in tests),
                known=tuple(sorted(known.items())),
                prefixes=tuple(sorted(_prefixes(origins, scope, subject))) if about == "part" else (),
                otherwise=function is not None and any(_has_rest(function.body, test) for test, _, _ in tests),
                only=tuple(sorted(_only(tests))),
                made=tuple(sorted(known.keys() & made)) if about == "part" else (),
            )
        )
    return tuple(sorted(found, key=lambda one: (one.location, one.subject)))


def written(node: form.Node) -> str:
    """A name or a chain of members as written; "…" for what is neither."""
    match node:
        case form.Name(id):
            return id
        case form.Member(owner, name):
            return f"{written(owner)}.{name}"
        case form.Cast(value):
            return written(value)
        case _:
            return "…"


def _constants(origins: Origins, node: form.Expression, scope: Scope) -> Iterator[Const]:
    for one in origins.of(node, scope):
        if isinstance(one, Const):
            yield one
        elif isinstance(one, Made) and isinstance(one.node, form.Array):
            for item in one.node.items:
                yield from (inner for inner in origins.of(item, one.scope) if isinstance(inner, Const))


def begins(test: form.Binary, scope: Scope) -> Location:
    """Where a comparison begins, which has no span of its own."""
    spans = [span for node in walk(test) if (span := getattr(node, "span", None)) is not None]
    return Location(scope.file, min(spans, default=NOWHERE))


def _prefixes(origins: Origins, scope: Scope, subject: str) -> Iterator[str]:
    """`part.type.startsWith("tool-")`: further parts that the same code knows."""
    for name in ("startsWith", "startswith"):
        for call, place in origins.index.calls.get(name, ()):
            if place is scope and isinstance(call.callee, form.Member) and written(call.callee.object) == subject:
                text = text_of(call.arguments[0].value) if call.arguments else None
                if text:
                    yield text


def _has_rest(body: Iterable[form.Statement], test: form.Binary) -> bool:
    """Whether something runs where no branch of the chain with this test does."""
    for statement in body:
        for node in walk(statement):
            if isinstance(node, form.If) and node.test is test:
                rest = node.otherwise
                while len(rest) == 1 and isinstance(rest[0], form.If):
                    rest = rest[0].otherwise
                return bool(rest)
    return False


def _only(tests: list[tuple[form.Binary, tuple[form.Statement, ...], list[Const]]]) -> Iterator[tuple[str, str]]:
    """States whose branch does something for one value of a flag alone: ("approval-responded", "approved is false")."""
    for _, then, constants in tests:
        inner = [one for one in then if isinstance(one, form.If)]
        if len(constants) != 1 or len(inner) != 1 or len(then) > 1 or inner[0].otherwise or inner[0].test is None:
            continue
        for node in walk(inner[0].test):
            if isinstance(node, form.Binary) and node.operator in ("is", "=="):
                flag = node.right.value if isinstance(node.right, form.Literal) else None
                if isinstance(flag, bool) and last_name(node.left):
                    yield constants[0].value, f"{last_name(node.left)} is {str(flag).lower()}"


def _made(origins: Origins) -> set[str]:
    """The types of the objects that this side writes itself."""
    return {
        text
        for file in origins.index.facts.values()
        for statement in file.body
        for node in walk(statement)
        if isinstance(node, form.Entry) and text_of(node.key) == "type" and (text := text_of(node.value)) is not None
    }
