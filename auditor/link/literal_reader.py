"""Which URLs of development hosts does one file name, and what comes before each of them?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from auditor.link.evaluate.walk import is_main
from auditor.link.literal_places import (
    compares,
    dotted,
    environment_default,
    environment_read,
    is_exempt,
    mentions_mode,
    presence_of,
    speaks,
)
from auditor.model import form
from auditor.model.span import Span

HOST = (
    r"(?:localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1\]|10\.\d+\.\d+\.\d+|192\.168\.\d+\.\d+"
    r"|172\.(?:1[6-9]|2\d|3[01])\.\d+\.\d+|host\.docker\.internal)"
)
"""A host of this machine or of a private network, as a regular expression."""

_URL = re.compile(rf"(?P<scheme>https?|wss?)://(?P<host>{HOST})(?P<port>:\d*)?(?:[/?#][^\s,]*)?", re.IGNORECASE)
_CONFIGURATION = re.compile(r"(?:Config|Configuration|Settings)$")
_COMPARISONS = frozenset({"==", "!=", "in", "not in", "is", "is not", "<", ">"})


@dataclass(frozen=True, slots=True)
class Place:
    """What is known of the place that is being looked at: the variable that comes first, the class, the key."""

    fallback: str = ""
    owner: str = ""
    key: str = ""


Found = tuple[str, Span, str]
"""A URL with `{}` for what is known at run time, its place, and the variable it is the default of ("" if none)."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Looks through one file. `known` are local names that hold an environment variable."""

    settings: frozenset[str]
    python: bool
    known: dict[str, str]

    def statements(self, body: Sequence[form.Statement], place: Place) -> Iterator[Found]:
        """The URLs of statements that run in order."""
        for statement in body:
            yield from self._statement(statement, place)
            # `if (env) return env;`: what follows is the default of the variable.
            if isinstance(statement, form.If) and statement.test is not None and _leaves(statement.then):
                if mentions_mode(statement.test):
                    return
                variable = presence_of(statement.test, self.known)
                place = replace(place, fallback=variable or place.fallback)

    def _statement(self, node: form.Statement, place: Place) -> Iterator[Found]:
        match node:
            case form.Do(value=form.Literal() | form.Template()) | form.Stop() | form.Import() | form.Export():
                return
            case form.TypeDefinition():
                return
            case form.Bind(target=target, value=value):
                name = _target_name(target)
                if value is not None and not is_exempt(name):
                    yield from self._defaults(target, None, place)
                    yield from self._expression(value, place)
            case form.If(test=test, then=then, otherwise=otherwise):
                if test is not None:
                    yield from self._expression(test, place)
                    if mentions_mode(test) or is_main(test):
                        return
                    place = replace(place, fallback=presence_of(test, self.known) or place.fallback)
                yield from self.statements(then, place)
                yield from self.statements(otherwise, place)
            case form.Class(name=name, bases=bases, body=body):
                owner = "" if self._is_settings(bases) else name if _CONFIGURATION.search(name) else None
                inside = Place(key="", owner="*" if owner == "" else owner or "")
                yield from self.statements(body, inside)
            case form.Field(name=name, value=value) if value is not None and not is_exempt(name):
                fallback = name if place.owner == "*" else f"{place.owner}.{name}" if place.owner else ""
                yield from self._expression(value, replace(place, fallback=fallback or place.fallback))
            case form.Field():
                return
            case form.Def(function=function) if not is_exempt(function.name):
                yield from self._expression(function, Place())
            case form.Def():
                return
            case _:
                yield from self._below(node, place)

    def _expression(self, node: form.Expression, place: Place) -> Iterator[Found]:
        match node:
            case form.Literal(value=str() as value, span=span):
                yield from self._text(value, span, place, ends=True)
            case form.Template(parts=parts, span=span):
                yield from self._template(parts, span, place)
            case form.Function(parameters=parameters, body=body):
                for parameter in parameters:
                    yield from self._defaults(parameter.target, parameter.default, place)
                yield from self.statements(body, replace(place, owner=""))
            case form.Binary(operator=operator, left=left, right=right):
                yield from self._binary(operator, left, right, place)
            case form.Conditional(test=test, then=then, other=other):
                yield from self._expression(test, place)
                if not mentions_mode(test):
                    inner = replace(place, fallback=presence_of(test, self.known) or place.fallback)
                    yield from self._expression(then, inner)
                    yield from self._expression(other, inner)
            case form.Call():
                yield from self._call(node, place)
            case form.Object(entries=entries):
                yield from self._object(entries, place)
            case form.Array(items=items):
                if sum(1 for item in items if _bare_url(item)) < 2:  # several in a row are origins
                    for item in items:
                        yield from self._expression(item, place)
            case form.Opaque(reason=reason, parts=parts):
                shown = (form.Literal, form.Template) if reason.startswith("jsx:") else ()
                for part in parts:
                    if not isinstance(part, shown):
                        yield from self._expression(part, place)
            case form.Cast(value=value):
                yield from self._expression(value, place)
            case _:
                yield from self._below(node, place)

    def _below(self, node: form.Node, place: Place) -> Iterator[Found]:
        """What is inside a node without a meaning of its own."""
        for name in node.__struct_fields__:
            if name in ("annotation", "returns", "type_arguments", "decorators"):
                continue
            value = getattr(node, name)
            below = value if isinstance(value, tuple) else (value,)
            statements = [one for one in below if isinstance(one, _STATEMENTS)]
            if statements:
                yield from self.statements(statements, place)
                continue
            for one in below:
                if isinstance(one, form.Node):
                    yield from self._expression(one, place)  # type: ignore[arg-type]  # expressions and their parts

    def _binary(self, operator: str, left: form.Expression, right: form.Expression, place: Place) -> Iterator[Found]:
        if operator in _COMPARISONS:
            for side in (left, right):
                if not isinstance(side, form.Literal | form.Template | form.Array):
                    yield from self._expression(side, place)
            return
        yield from self._expression(left, place)
        if operator in ("or", "??"):
            place = replace(place, fallback=environment_read(left, self.known) or place.fallback)
        if operator == "and" and mentions_mode(left):
            return
        if operator == "+" and isinstance(left, form.Literal | form.Template):
            return  # only the head of a text says where it leads
        yield from self._expression(right, place)

    def _call(self, node: form.Call, place: Place) -> Iterator[Found]:
        if speaks(node):
            return
        yield from self._expression(node.callee, place)
        fallback = environment_default(node)
        if (
            isinstance(node.callee, form.Member)
            and node.callee.name == "default"
            and isinstance(node.callee.object, form.Call)
        ):
            fallback = place.key  # a schema of variables: `API_URL: z.string().default("…")`
        inner = replace(place, fallback=fallback or place.fallback)
        for position, argument in enumerate(node.arguments):
            if argument.name is not None and is_exempt(argument.name):
                continue
            if compares(node) and isinstance(argument.value, form.Literal | form.Template):
                continue
            if dotted(node.callee) == "URL" and position == 1 and isinstance(argument.value, form.Literal):
                continue  # any host will do to take a relative URL apart
            yield from self._expression(argument.value, inner)

    def _object(self, entries: Iterable[form.Entry], place: Place) -> Iterator[Found]:
        keys = {_key(entry) for entry in entries}
        described = bool(keys & {"description", "type", "title"})
        for entry in entries:
            key = _key(entry)
            if is_exempt(key) or (described and key in ("url", "default", "value", "example")):
                continue
            if entry.key is not None and not isinstance(entry.key, form.Literal):
                yield from self._expression(entry.key, place)
            yield from self._expression(entry.value, replace(place, key=key))

    def _defaults(self, target: form.Pattern, default: form.Expression | None, place: Place) -> Iterator[Found]:
        """The default of a parameter or variable, and those inside its pattern.

        A destructured environment names its variables: `const { API_URL = "…" } = process.env`.
        """
        if default is not None and not is_exempt(_target_name(target)):
            yield from self._expression(default, place)
        if not isinstance(target, form.ObjectPattern):
            return
        for item in target.items:
            name = str(item.key.value) if isinstance(item.key, form.Literal) else ""
            variable = name if re.fullmatch(r"[A-Z][A-Z0-9_]+", name) else ""
            if not is_exempt(name):
                yield from self._defaults(
                    item.target, item.default, replace(place, fallback=variable or place.fallback)
                )

    def _template(self, parts: tuple[str | form.Expression, ...], span: Span, place: Place) -> Iterator[Found]:
        shown = "".join(part if isinstance(part, str) else "{}" for part in parts)
        head = parts[0] if parts else ""
        if isinstance(head, str):
            yield from self._text(head, span, place, ends=len(parts) == 1, shown=shown)
        for part in parts:
            if not isinstance(part, str):
                yield from self._expression(part, place)

    def _text(self, value: str, span: Span, place: Place, *, ends: bool, shown: str = "") -> Iterator[Found]:
        found = _URL.fullmatch(value)
        if found is None:
            return
        # A server that adds a port at run time talks to a process of its own, which is where it runs.
        port_is_open = not (found["port"] or "").strip(":") or "{" in value
        if self.python and port_is_open:
            return
        yield shown or value, span, place.fallback

    def _is_settings(self, bases: Iterable[form.Expression]) -> bool:
        return any(last_name(base) in self.settings for base in bases)


_STATEMENTS = (
    form.Bind, form.Do, form.Return, form.For, form.If, form.Block, form.Def, form.Field, form.Class, form.Import,
    form.Export, form.Enum, form.TypeDefinition, form.Stop,
)  # fmt: skip


def _leaves(body: Sequence[form.Statement]) -> bool:
    """Whether a branch leaves the function, as far as its own statements say."""
    return any(
        isinstance(one, form.Return | form.Stop) or (isinstance(one, form.Block) and _leaves(one.body)) for one in body
    )


def _bare_url(node: form.Expression) -> bool:
    value = node.value if isinstance(node, form.Literal) else None
    return isinstance(value, str) and re.fullmatch(r"(?:https?|wss?)://[^/\s]+/?", value) is not None


def _target_name(target: form.Pattern) -> str:
    match target:
        case form.Name(id=name) | form.Member(name=name):
            return name
        case form.Index(index=form.Literal(value=str() as name)):
            return name
        case _:
            return ""


def _key(entry: form.Entry) -> str:
    return entry.key.value if isinstance(entry.key, form.Literal) and isinstance(entry.key.value, str) else ""


def last_name(node: form.Expression) -> str:
    """The last part of a dotted name, type arguments taken off."""
    return dotted(node.target if isinstance(node, form.Apply) else node).rpartition(".")[2]
