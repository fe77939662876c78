"""Which constants does an enum allow?"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.link.types.constants import Constant, constant, key_of, object_behind
from auditor.link.types.scope import Found, Scope, last, written_class
from auditor.model import form
from auditor.model.shape import EnumType, Value
from auditor.model.span import Span

_TEXT = frozenset({"str", "StrEnum", "TextChoices"})
_CHOICES = frozenset({"TextChoices", "IntegerChoices", "Choices"})
ENUMS = _CHOICES | {"Enum", "IntEnum", "StrEnum", "Flag", "IntFlag", "ReprEnum"}
_LOWER = frozenset({"StrEnum"})
_FLAGS = frozenset({"Flag", "IntFlag"})


def library_bases(scope: Scope, found: Found, seen: frozenset[str] = frozenset()) -> frozenset[str]:
    """The last names of all library bases of a Python class, direct and inherited."""
    if not isinstance(found.statement, form.Class) or found.key in seen:
        return frozenset()
    names: set[str] = {found.name} & _LOWER
    for base in found.statement.bases:
        target = written_class(base)
        inner = scope.project.member(found.file, target)
        if inner is not None and isinstance(inner.statement, form.Class):
            names |= library_bases(scope, inner, seen | {found.key})
        else:
            names.add(last(scope.project.library(found.file, target)))
    return frozenset(names)


def is_enum(bases: frozenset[str]) -> bool:
    """Whether these library bases make a class an enum."""
    return bool(bases & ENUMS)


def python_enum(scope: Scope, found: Found, bases: frozenset[str]) -> EnumType:
    """A Python enum class. Open where a value is no constant or `_missing_` accepts others."""
    values: list[Value] = []
    local: dict[str, Constant] = {}
    open = False
    inner = scope.at(found.file, {})
    generate = _generator(scope, found)
    methods = {s.function.name for s in _body(found) if isinstance(s, form.Def)}
    # Django's choices and enums with `__new__` keep the value first and a label behind it.
    labelled = bool(bases & _CHOICES) or "__new__" in methods
    for member in _members(found):
        known = _member_value(inner, member.value, local, labelled)
        if known is None and _is_auto(scope, found.file, member.value):
            known = _automatic(member.name, list(local.values()), bases, generate)
        if known is None or known.value is None:
            open = True
            continue
        local[member.name] = known
        if all(value.value != known.value for value in values):
            values.append(Value(known.value, member.name, inner.place(member.span)))
    open = open or "_missing_" in methods or not values
    return EnumType(found.key, found.name, scope.project.side(found.file), found.location, tuple(values), open, "enum")


def functional_enum(scope: Scope, found: Found, call: form.Call) -> EnumType | None:
    """`Enum("Color", ["RED", "GREEN"])`, `Enum("Color", {"RED": "red"})`; None if it is no such call."""
    if last(scope.project.library(found.file, call.callee)) not in ENUMS or len(call.arguments) < 2:
        return None
    members = call.arguments[1].value
    place = scope.at(found.file, {}).place(call.span)
    lower = last(scope.project.library(found.file, call.callee)) in _LOWER
    names: list[str] | None = None
    values: list[Value] = []
    match members:
        case form.Literal(str(text)):
            names = text.replace(",", " ").split()
        case form.Array(items) if all(isinstance(item, form.Literal) for item in items):
            names = [str(item.value) for item in items if isinstance(item, form.Literal)]
        case form.Object(entries):
            pairs = [(key_of(entry), constant(scope.at(found.file, {}), entry.value)) for entry in entries]
            values = [
                Value(c.value, k, place) for k, c in pairs if k is not None and c is not None and c.value is not None
            ]
            return _named(scope, found, values, len(values) != len(entries), "enum")
        case _:
            return _named(scope, found, values, True, "enum")
    values = [Value(n.lower() if lower else i, n, place) for i, n in enumerate(names, 1)]
    return _named(scope, found, values, False, "enum")


def typescript_enum(scope: Scope, found: Found, enum: form.Enum) -> EnumType:
    """A TypeScript enum: texts, numbers that count on, members of itself."""
    values: list[Value] = []
    local: dict[str, Constant] = {}
    following: int | float | None = 0
    open = False
    inner = scope.at(found.file, {})
    for member in enum.members:
        if member.value is None:
            known = None if following is None else Constant(following)
        else:
            known = _member_value(inner, member.value, local)
        if known is None or known.value is None:
            open, following = True, None
            continue
        following = known.value + 1 if isinstance(known.value, (int, float)) else None
        local[member.name] = known
        values.append(Value(known.value, member.name, inner.place(member.span)))
    return _named(scope, found, values, open or not values, "enum")


def constant_members(scope: Scope, expression: form.Expression) -> tuple[tuple[Value, ...], bool] | None:
    """The constants in an array literal or in the values of an object literal, and whether there may be more.

    None if the expression is no such literal, or one whose contents are no constants.
    """
    behind = object_behind(scope, expression)
    if behind is None:
        return None
    inner, literal = behind
    found: list[Value] = []
    open = False
    if isinstance(literal, form.Object):
        for entry in literal.entries:
            known = None if entry.key is None else constant(inner, entry.value)
            if known is None or known.value is None:
                open = True
                continue
            found.append(Value(known.value, key_of(entry) or "", inner.place(_span(entry.value, literal.span))))
    else:
        for item in literal.items:
            if isinstance(item, form.Spread):
                spread = constant_members(inner, item.value)
                found += spread[0] if spread else ()
                open = open or spread is None or spread[1]
                continue
            known = constant(inner, item)
            if known is None or known.value is None:
                open = True
                continue
            found.append(Value(known.value, "", inner.place(_span(item, literal.span))))
    return (tuple(found), open) if found else None


def _named(scope: Scope, found: Found, values: list[Value], open: bool, framework: str) -> EnumType:
    side = scope.project.side(found.file)
    return EnumType(found.key, found.name, side, found.location, tuple(values), open or not values, framework)


def _body(found: Found) -> tuple[form.Statement, ...]:
    return found.statement.body if isinstance(found.statement, form.Class) else ()


def _members(found: Found) -> Iterator[form.Field]:
    for statement in _body(found):
        if isinstance(statement, form.Field) and statement.value is not None and not statement.name.startswith("_"):
            yield statement


def _member_value(
    scope: Scope, value: form.Expression | None, local: dict[str, Constant], labelled: bool = False
) -> Constant | None:
    match value:
        case None:
            return None
        case form.Name(id) if id in local:
            return local[id]
        case form.Member(_, name) if name in local and constant(scope, value) is None:
            return local[name]
        case form.Array(items, "tuple") if items and labelled:
            return _member_value(scope, items[0], local)
        case form.Call(form.Name("member"), (form.Argument(inner),)):
            return _member_value(scope, inner, local)
        case _:
            return constant(scope, value)


def _is_auto(scope: Scope, file: str, value: form.Expression | None) -> bool:
    return isinstance(value, form.Call) and last(scope.project.library(file, value.callee)) == "auto"


def _automatic(name: str, before: list[Constant], bases: frozenset[str], generate: str) -> Constant | None:
    # https://docs.python.org/3/library/enum.html#enum.auto
    if generate:
        return {"name": Constant(name), "lower": Constant(name.lower())}.get(generate)
    if bases & _LOWER:
        return Constant(name.lower())
    numbers = [known.value for known in before if isinstance(known.value, int)]
    if bases & _FLAGS:
        return Constant(2 * max(numbers, default=0) or 1)
    following = max(numbers, default=0) + 1
    return Constant(str(following)) if bases & _TEXT else Constant(following)


def _generator(scope: Scope, found: Found) -> str:
    """What `_generate_next_value_` gives: "name", "lower", "?" where it cannot be told, "" where there is none."""
    for statement in _body(found):
        if not isinstance(statement, form.Def) or statement.function.name != "_generate_next_value_":
            continue
        match statement.function.body:
            case (*_, form.Return(form.Name("name"))):
                return "name"
            case (*_, form.Return(form.Call(form.Member(form.Name("name"), "lower")))):
                return "lower"
            case _:
                return "?"
    if isinstance(found.statement, form.Class):
        for base in found.statement.bases:
            inner = scope.project.member(found.file, base)
            if inner is not None and inner.key != found.key:
                return _generator(scope, inner)
    return ""


def _span(expression: form.Expression, otherwise: Span) -> Span:
    match expression:
        case form.Literal(_, span) | form.Member(_, _, span) | form.Name(_, span):
            return span
        case _:
            return otherwise
