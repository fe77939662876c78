"""What Flask, Quart and their extensions share: Werkzeug's URL rules, and classes as views.

https://werkzeug.palletsprojects.com/en/stable/routing/ (2.2 to 3.1) and
https://flask.palletsprojects.com/en/stable/views/ (2.2 to 3.1).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from auditor.adapter import Machine
from auditor.model.text import join
from auditor.model.value import (
    NONE,
    UNDEFINED,
    Arguments,
    Choice,
    Class,
    Closure,
    Constant,
    Instance,
    List,
    Symbol,
    Text,
    Unknown,
    Value,
)

EMPTY = Text(())
VIEW = "flask.views.view"
"""The kind of what `SomeView.as_view("name")` gives; its state is the class."""

VERBS = ("get", "post", "put", "patch", "delete", "head", "options", "trace")
_VARIABLE = re.compile(r"<(?:(?P<converter>[A-Za-z_]\w*)(?:\((?:[^()]|\([^()]*\))*\))?:)?(?P<name>[A-Za-z_]\w*)>")
_PLAIN_BASES = frozenset({"object", "abc.ABC", "typing.Generic", "typing.Protocol"})
_DISPATCHING = ("MethodView", "Resource")  # classes that send each method to the function of its name


@dataclass(frozen=True, slots=True)
class Answer:
    """The methods one function answers; `handler` is None where it could not be resolved."""

    methods: tuple[str, ...]
    handler: Value | None


def rules(machine: Machine, value: Value | None) -> tuple[Text, ...]:
    """URL rules as route paths, one per alternative: `/users/<int:id>` is `/users/{id:int}`."""
    if value is None:
        return (Text(()),)
    return tuple(replace(text, parts=tuple(map(_part, text.parts))) for text in machine.texts(value))


def below(rule: Text) -> Text:
    """A rule as it continues the prefix of a blueprint: nothing, or with exactly one slash in front."""
    first = rule.parts[0] if rule.parts else ""
    return rule if not isinstance(first, str) or not first else _with_first(rule, "/" + first.lstrip("/"))


def prefix(rule: Text) -> Text:
    """A rule as the prefix of others: with a slash in front and none at the end, nothing for `/`."""
    rule = below(rule)
    last = rule.parts[-1] if rule.parts else ""
    if not isinstance(last, str) or not last.endswith("/"):
        return rule
    rest = last.rstrip("/")
    return replace(rule, parts=(*rule.parts[:-1], rest) if rest else rule.parts[:-1])


def joined(first: Sequence[Text], second: Sequence[Text]) -> tuple[Text, ...]:
    """Every way to put one of the second behind one of the first."""
    return tuple(join((a, b)) for a in first for b in second)[: Choice.LIMIT]


def options(value: Value | None) -> tuple[Value, ...]:
    """The alternatives of a value, none for None."""
    if value is None or value in (NONE, UNDEFINED):
        return ()
    return value.options if isinstance(value, Choice) else (value,)


def methods_of(machine: Machine, value: Value | None) -> tuple[str, ...]:
    """`methods=…` in upper case; `*` where they are given but cannot be read."""
    if value is None or value in (NONE, UNDEFINED):
        return ()
    if not isinstance(value, List):
        return ("*",)
    named = [text.literal for item in value.items for text in machine.texts(machine.force(item))]
    return tuple(dict.fromkeys(name.upper() for name in named if name)) or ("*",)


def as_view(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`SomeView.as_view("name")`: a function that makes an instance of the class for each request."""
    if not isinstance(this, Class):
        return Unknown("a view of an unknown class")
    return Instance(None, VIEW, state=this, location=arguments.location)


def unwrapped(value: Value | None) -> Value | None:
    """The function behind decorators that are not modelled."""
    for _ in range(12):
        if isinstance(value, Unknown) and value.wraps is not None:
            value = value.wraps
        elif isinstance(value, Closure) and value.attributes and "__wrapped__" in value.attributes:
            value = value.attributes["__wrapped__"]
        else:
            break
    return value


def answers(machine: Machine, view: Value | None, given: tuple[str, ...]) -> Iterator[Answer]:
    """Which methods a view answers, and with which function.

    `given` are the methods that the registration names: they take the place of the view's own.
    """
    view = unwrapped(view)
    cls = view.state if isinstance(view, Instance) and view.kind == VIEW else view
    if isinstance(cls, Class):
        for method in given or _methods(machine, cls):
            name = "get" if method == "HEAD" else method.lower()
            yield Answer((method,), next(_found(cls, name, "dispatch_request"), cls))
        return
    own = view.attributes.get("methods") if isinstance(view, Closure) and view.attributes else None
    known = None if isinstance(view, Unknown) else view
    yield Answer(given or methods_of(machine, own and machine.force(own)) or ("GET",), known)


def unknown_base(view: Value | None) -> str:
    """Why a class may answer more methods than its own code says, "" if it cannot."""
    view = unwrapped(view)
    cls = view.state if isinstance(view, Instance) and view.kind == VIEW else view
    for base in _lineage(cls) if isinstance(cls, Class) else ():
        if isinstance(base, Unknown):
            return base.reason
        if isinstance(base, Symbol) and base.name not in _PLAIN_BASES and not base.name.endswith((*_DISPATCHING, "View")):
            return f"the methods of {base.name}"
    return ""


def is_false(value: Value | None) -> bool:
    """Whether an option was given as False."""
    return isinstance(value, Constant) and value.value is False


def _methods(machine: Machine, cls: Class) -> tuple[str, ...]:
    """`View.methods`, and for a class that dispatches the functions named after methods."""
    lineage = _lineage(cls)
    explicit = methods_of(machine, next(_found(cls, "methods"), None))
    dispatching = any(isinstance(base, Symbol) and base.name.endswith(_DISPATCHING) for base in lineage)
    if "methods" in cls.attributes or not dispatching:
        return explicit or ("GET",)
    named = [verb.upper() for verb in VERBS if next(_found(cls, verb), None) is not None]
    return tuple(dict.fromkeys((*explicit, *named)))


def _found(cls: Class, *names: str) -> Iterator[Value]:
    for name in names:
        for base in _lineage(cls):
            if isinstance(base, Class) and name in base.attributes:
                value = unwrapped(base.attributes[name])
                if value is not None:
                    yield value


def _lineage(cls: Class) -> list[Value]:
    """A class and everything it inherits from, nearest first."""
    found: list[Value] = []
    queue: list[Value] = [cls]
    while queue and len(found) < 50:
        current = queue.pop(0)
        if isinstance(current, Choice):
            queue = [*current.options, *queue]
        elif current not in found:
            found.append(current)
            queue = [*current.bases, *queue] if isinstance(current, Class) else queue
    return found


def _part(part: object) -> object:
    return _VARIABLE.sub(_variable, part) if isinstance(part, str) else part


def _variable(found: re.Match[str]) -> str:
    converter = found["converter"]
    plain = converter in (None, "default", "string")
    return f"{{{found['name']}}}" if plain else f"{{{found['name']}:{converter}}}"


def _with_first(rule: Text, first: str) -> Text:
    return replace(rule, parts=(first, *rule.parts[1:]))
