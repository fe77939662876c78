"""What are the attributes of an object that is made of a class without arguments, as far as they are constants?

Class attributes, getters, constructors with their defaults, and what they hand to the constructor above. Nothing
is evaluated beyond names: an attribute that is computed is `COMPUTED`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from auditor.link.contents.names import Callee, Names, Written
from auditor.link.contents.status import status_of
from auditor.model import form

Known: TypeAlias = str | int | None


class Computed:
    """A value that is no constant."""


COMPUTED = Computed()
Standing: TypeAlias = Mapping[str, Known | Computed]

# What constructors of libraries make of their positional arguments:
# https://www.starlette.dev/exceptions/, https://werkzeug.palletsprojects.com/en/stable/exceptions/,
# https://www.django-rest-framework.org/api-guide/exceptions/, https://tc39.es/ecma262/#sec-error-constructor
_LIBRARY = {
    "HTTPException": ("status_code", "detail"),
    "APIException": ("detail", "code"),
    "Error": ("message",),
    "Exception": ("message",),
}
_SELF = ("self", "this")
_DEPTH = 16


def standing(names: Names, cls: Callee) -> Standing:
    """The attributes by name; a class that is its own base gives what was found until then."""
    chain = list(names.bases(cls))
    found: dict[str, Known | Computed] = {}
    python = cls.file.endswith(".py")
    if python:
        for one in reversed(chain):
            found.update(_attributes(names, one))
    _construct(names, cls, _Given((), {}), found, python, 0)
    for one in reversed(chain):
        found.update(_getters(names, one))
    return found


class _Given:
    """The arguments of a constructor, evaluated."""

    def __init__(self, positional: tuple[Known | Computed, ...], named: Mapping[str, Known | Computed]) -> None:
        self.positional, self.named = positional, named

    def take(self, position: int, name: str) -> Known | Computed | None:
        """What is given for a parameter; None if nothing is."""
        if name in self.named:
            return self.named[name]
        return self.positional[position] if position < len(self.positional) else None


def _construct(
    names: Names, cls: Callee, given: _Given, found: dict[str, Known | Computed], python: bool, depth: int
) -> None:
    """Enters what constructing a class sets."""
    if not isinstance(cls.node, form.Class) or depth > _DEPTH:
        return
    constructor = _constructor(cls.node)
    if constructor is None:
        _above(names, cls, given, found, python, depth)
    if not python:
        found.update(_attributes(names, cls))
    if constructor is None:
        return
    local: dict[str, Known | Computed] = {}
    parameters = constructor.parameters[1:] if python else constructor.parameters
    for position, parameter in enumerate(parameters):
        if not isinstance(parameter.target, form.Name) or parameter.kind in ("rest", "keywords"):
            continue
        name = parameter.target.id
        taken = given.take(position, name)
        if taken is None and parameter.default is not None:
            taken = _value(names, Written(cls.file, parameter.default), {})
        elif taken is None and not parameter.optional and name not in given.named:
            taken = COMPUTED  # who makes one has to say it
        local[name] = taken
        if parameter.field:
            found[name] = taken
    for node in _flat(constructor.body):
        seen = {**{f"{owner}.{name}": value for owner in _SELF for name, value in found.items()}, **local}
        match node:
            case form.Do(form.Call() as call) if _is_super(names, cls, call):
                _above(names, cls, _arguments(names, cls, call, seen, python), found, python, depth)
            case form.Bind(form.Member(form.Name(owner), name), value) if owner in _SELF and value is not None:
                known = _value(names, Written(cls.file, value), seen)
                if known is not None or name not in found:
                    found[name] = known
            case form.Bind(form.Name(name), value) if value is not None:
                local[name] = _value(names, Written(cls.file, value), seen)
            case _:
                pass


def _above(
    names: Names, cls: Callee, given: _Given, found: dict[str, Known | Computed], python: bool, depth: int
) -> None:
    assert isinstance(cls.node, form.Class)
    for base in cls.node.bases[:1]:
        plain = base.object if isinstance(base, form.Index) else base
        inner = names.callee(Written(cls.file, plain))
        if inner is not None:
            _construct(names, inner, given, found, python, depth + 1)
            continue
        library = names.library(Written(cls.file, plain))
        for position, name in enumerate(_LIBRARY.get(library, ())):
            value = given.take(position, name)
            if value is not None:
                found[name] = value


def _arguments(
    names: Names, cls: Callee, call: form.Call, local: Mapping[str, Known | Computed], python: bool
) -> _Given:
    plain = [one for one in call.arguments if one.name is None and not one.spread]
    if python and isinstance(call.callee, form.Member) and not isinstance(call.callee.object, form.Call):
        plain = plain[1:]  # `Base.__init__(self, …)`
    positional = tuple(_value(names, Written(cls.file, one.value), local) for one in plain)
    named = {one.name: _value(names, Written(cls.file, one.value), local) for one in call.arguments if one.name}
    return _Given(positional, named)


def _attributes(names: Names, cls: Callee) -> Iterator[tuple[str, Known | Computed]]:
    """Class attributes, and in TypeScript the fields of its objects."""
    assert isinstance(cls.node, form.Class)
    for statement in cls.node.body:
        if isinstance(statement, form.Field) and statement.value is not None:
            yield statement.name, _value(names, Written(cls.file, statement.value), {})


def _getters(names: Names, cls: Callee) -> Iterator[tuple[str, Known | Computed]]:
    assert isinstance(cls.node, form.Class)
    for statement in cls.node.body:
        if isinstance(statement, form.Def) and (statement.kind == "get" or _is_property(statement)):
            match statement.function.body:
                case (form.Return(value),) if value is not None:
                    yield statement.function.name, _value(names, Written(cls.file, value), {})
                case _:
                    pass


def _value(names: Names, written: Written, local: Mapping[str, Known | Computed]) -> Known | Computed:
    """A constant, a status by name, what a parameter holds; the last resort of `given or "text"`."""
    node = written.node
    match node:
        case form.Literal(value):
            return COMPUTED if isinstance(value, float) else value
        case form.Cast(inner, _):
            return _value(names, written.other(inner), local)
        case form.Name(id) if id in local:
            return local[id]
        case form.Name("undefined"):
            return None
        case form.Binary("or" | "??", left, right):
            first = _value(names, written.other(left), local)
            return _value(names, written.other(right), local) if first in (None, "") else first
        case form.Member(form.Name(owner), name) if owner in _SELF:
            return local.get(f"{owner}.{name}", COMPUTED)
        case form.Member(form.Member() | form.Name() as owner, "value"):
            return _value(names, written.other(owner), local)
        case form.Name() | form.Member():
            return _named(names, written) or status_of(node) or COMPUTED
        case _:
            return COMPUTED


def _named(names: Names, written: Written) -> str | int | None:
    """The constant that a name of the project was bound to, or a member of an enum."""
    found = names.symbols.member(written.file, written.node)
    statement = found.statement if found is not None else None
    if isinstance(statement, form.Bind | form.Field) and isinstance(statement.value, form.Literal):
        value = statement.value.value
        return value if isinstance(value, str | int) else None
    if isinstance(written.node, form.Member):
        owner = names.symbols.member(written.file, written.node.object)
        if owner is not None and isinstance(owner.statement, form.Enum):
            for member in owner.statement.members:
                if member.name == written.node.name and isinstance(member.value, form.Literal):
                    value = member.value.value
                    return value if isinstance(value, str | int) else None
    return None


def _constructor(cls: form.Class) -> form.Function | None:
    found = (one for one in cls.body if isinstance(one, form.Def))
    return next((one.function for one in found if one.kind == "constructor" or one.function.name == "__init__"), None)


def _is_property(statement: form.Def) -> bool:
    return any(isinstance(one, form.Name) and "property" in one.id for one in statement.decorators)


def _is_super(names: Names, cls: Callee, call: form.Call) -> bool:
    match call.callee:
        case form.Name("super") | form.Member(form.Call(form.Name("super")), "__init__"):
            return True
        case form.Member(form.Name() as owner, "__init__"):
            bases = cls.node.bases if isinstance(cls.node, form.Class) else ()
            return any(isinstance(base, form.Name) and base.id == owner.id for base in bases)
        case _:
            return False


def _flat(body: Iterable[form.Statement]) -> Iterator[form.Statement]:
    """Statements in order; of a test only what follows if it holds, as `if message:` before `self.message = …`."""
    for statement in body:
        match statement:
            case form.If(_, then, _):
                yield from _flat(then)
            case form.Block(inner):
                yield from _flat(inner)
            case _:
                yield statement
