"""What Flask, Quart and their extensions share: Werkzeug's URL rules, and classes as views.

https://werkzeug.palletsprojects.com/en/stable/routing/ (2.2 to 3.1) and
https://flask.palletsprojects.com/en/stable/views/ (2.2 to 3.1).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from auditor.adapter import Machine
from auditor.adapter.endpoints import UNREAD, VERBS, Answer, lineage, methods_named
from auditor.model import form
from auditor.model.span import Location
from auditor.model.text import join
from auditor.model.value import (
    Arguments,
    Choice,
    Class,
    Closure,
    Constant,
    Hole,
    Instance,
    Symbol,
    Text,
    Unknown,
    Value,
)
from auditor.model.wrapping import unwrapped

EMPTY = Text(())
VIEW = "flask.views.view"
"""The kind of what `SomeView.as_view("name")` gives; its state is the class."""

_VARIABLE = re.compile(r"<(?:(?P<converter>[A-Za-z_]\w*)(?:\((?:[^()]|\([^()]*\))*\))?:)?(?P<name>[A-Za-z_]\w*)>")
_DISPATCHING = ("MethodView", "Resource")  # classes that send each method to the function of its name
_KNOWN_BASES = (*_DISPATCHING, "views.View", "object", "abc.ABC", "typing.Generic", "typing.Protocol")


def rules(machine: Machine, value: Value | None) -> tuple[Text, ...]:
    """URL rules as route paths, one per alternative: `/users/<int:id>` is `/users/{id:int}`."""
    if value is None:
        return (Text(()),)
    return tuple(replace(text, parts=tuple(map(_part, text.parts))) for text in machine.texts(value))


def below(rule: Text) -> Text:
    """A rule of a blueprint, or its prefix: nothing, or with exactly one slash in front."""
    first = rule.parts[0] if rule.parts else ""
    return rule if not isinstance(first, str) or not first else _with_first(rule, "/" + first.lstrip("/"))


def place(arguments: Arguments, rule: Text, decorator: bool = False) -> Location:
    """Where a rule is registered: in the call that has its text, or above a function that only hands it on.

    In `def add(rule): app.add_url_rule("/api" + rule)` that is where `add` gets its rule. A decorator that has some
    of the text itself stands above its function, which is the better place.
    """
    within = [one for one in rule.trail if _contains(arguments.location, one)]
    handed = _names(arguments.node.arguments) if arguments.node is not None else set()
    scope = arguments.scope
    if scope is not None and scope.parent is not None and handed & scope.names.keys() and not (decorator and within):
        return rule.trail[-1] if rule.trail else arguments.location
    return within[0] if within and not decorator else arguments.location


def joined(first: Sequence[Text], second: Sequence[Text]) -> tuple[Text, ...]:
    """Every way to put one of the second behind one of the first."""
    return tuple(join((a, b)) for a in first for b in second)[: Choice.LIMIT]


def as_view(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """`SomeView.as_view("name")`: a function that makes an instance of the class for each request."""
    if not isinstance(this, Class):
        return Unknown("a view of an unknown class")
    return Instance(None, VIEW, state=this, location=arguments.location)


def answers(machine: Machine, view: Value | None, given: tuple[str, ...]) -> Iterator[Answer]:
    """Which methods a view answers, and with which function.

    `given` are the methods that the registration names: they take the place of the view's own. A view that
    was not resolved may name any, which ones is not known.
    """
    view = unwrapped(view)
    cls = view.state if isinstance(view, Instance) and view.kind == VIEW else view
    if isinstance(cls, Class):
        for method in given or _methods(machine, cls):
            name = "get" if method == "HEAD" else method.lower()
            yield Answer((method,), next(_found(cls, name, "dispatch_request"), cls))
        return
    own = view.attributes.get("methods") if isinstance(view, Closure) and view.attributes else None
    usual = (UNREAD,) if isinstance(view, Unknown | Symbol) else ("GET",)
    yield Answer(
        given or methods_named(machine, own and machine.force(own)) or usual,
        None if isinstance(view, Unknown) else view,
    )


def unknown_base(view: Value | None) -> str:
    """Why a class may answer more methods than its own code says, "" if it cannot."""
    view = unwrapped(view)
    cls = view.state if isinstance(view, Instance) and view.kind == VIEW else view
    for base in lineage(cls) if isinstance(cls, Class) else ():
        if isinstance(base, Unknown):
            return base.reason
        if isinstance(base, Symbol) and not base.name.endswith(_KNOWN_BASES):
            return f"the methods of {base.name}"
    return ""


def is_false(value: Value | None) -> bool:
    """Whether an option was given as False."""
    return isinstance(value, Constant) and value.value is False


def _methods(machine: Machine, cls: Class) -> tuple[str, ...]:
    """`View.methods`, and for a class that dispatches the functions named after methods."""
    above = lineage(cls)
    explicit = methods_named(machine, next(_found(cls, "methods"), None))
    dispatching = any(isinstance(base, Symbol) and base.name.endswith(_DISPATCHING) for base in above)
    if "methods" in cls.attributes or not dispatching:
        return explicit or ("GET",)
    named = [verb.upper() for verb in VERBS if next(_found(cls, verb), None) is not None]
    return tuple(dict.fromkeys((*explicit, *named)))


def _found(cls: Class, *names: str) -> Iterator[Value]:
    for name in names:
        for base in lineage(cls):
            if isinstance(base, Class) and name in base.attributes:
                value = unwrapped(base.attributes[name])
                if isinstance(value, Closure) and base is not cls and value.this is None:
                    value = replace(value, this=cls)  # inherited: what `self` has is the view's
                if value is not None:
                    yield value


def _names(nodes: Sequence[form.Argument]) -> set[str]:
    """Names in the arguments that may hold a rule: those without a keyword, and those in lists and templates."""
    found: set[str] = set()
    queue: list[object] = [one.value for one in nodes if one.name in (None, "rule")]
    while queue:
        node = queue.pop()
        if isinstance(node, form.Name):
            found.add(node.id)
        elif isinstance(node, form.Node) and not isinstance(node, form.Function):
            for name in node.__struct_fields__:
                value = getattr(node, name)
                queue += value if isinstance(value, tuple) else (value,)
    return found


def _contains(outer: Location, inner: Location) -> bool:
    first, last = (outer.span.start_line, outer.span.start_column), (outer.span.end_line, outer.span.end_column)
    return outer.file == inner.file and first <= (inner.span.start_line, inner.span.start_column) <= last


def _part(part: str | Hole) -> str | Hole:
    return _VARIABLE.sub(_variable, part) if isinstance(part, str) else part


def _variable(found: re.Match[str]) -> str:
    converter = found["converter"]
    plain = converter in (None, "default", "string")
    return f"{{{found['name']}}}" if plain else f"{{{found['name']}:{converter}}}"


def _with_first(rule: Text, first: str) -> Text:
    return replace(rule, parts=(first, *rule.parts[1:]))
