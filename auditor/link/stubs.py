"""Which handlers take something, do nothing with it and answer a constant all the same?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from auditor.link.evaluate.walk import called_name, walk
from auditor.link.modules.python import PythonModules
from auditor.model import form
from auditor.model.facts import FileFacts
from auditor.model.graph import Route, Stub
from auditor.model.span import Location

_ADMITS = re.compile(r"\b(stub|placeholder|todo|fixme|mock(ed)?|dummy|not (yet )?implemented)\b", re.IGNORECASE)
_MUTATING = ("POST", "PUT", "PATCH", "DELETE")
_TELLING = frozenset(("debug", "info", "warning", "error", "exception", "critical", "log", "print"))
_INJECTED = frozenset(("Depends", "Security", "BackgroundTasks"))
_GIVEN = frozenset(("self", "cls", "request", "req", "response", "background_tasks"))


def stubs(facts: Mapping[str, FileFacts], modules: PythonModules, routes: Sequence[Route]) -> tuple[Stub, ...]:
    """The stubs behind these routes, in the order of the routes."""
    wanted: dict[str, dict[str, list[Route]]] = {}
    for route in routes:
        module, _, name = route.handler.partition(":")
        if name:
            wanted.setdefault(module, {}).setdefault(name, []).append(route)
    found: list[Stub] = []
    for file in sorted(facts):
        names = wanted.get(modules.dotted(file), {}) if file in modules.files else {}
        for name, function in functions_in(facts[file].body, "") if names else ():
            for route in names.get(name, ()):
                stub = _stub(file, function, route)
                if stub is not None:
                    found.append(stub)
    return tuple(sorted(found, key=lambda one: (one.location, one.route.label)))


def _stub(file: str, function: form.Function, route: Route) -> Stub | None:
    answer: form.Return | None = None
    for statement in function.body:
        match statement:
            case form.Return() if answer is None:
                answer = statement
            case form.Do(form.Literal()):
                pass
            case form.Do(form.Call() as call) if called_name(call) in _TELLING:
                pass
            case _:
                return None
    if answer is None or answer.value is None or not _is_constant(answer.value):
        return None
    taken = [name for parameter in function.parameters if (name := _taken(parameter))]
    if route.operation is not None:
        known = {one.name.replace("-", "_") for one in route.operation.parameters}
        known |= {part.name for part in route.operation.body}
        taken = [name for name in taken if name in known]
    read = {node.id for node in walk(answer) if isinstance(node, form.Name)}
    ignored = tuple(name for name in taken if name not in read)
    if not taken or len(ignored) < len(taken) or not _looks_done(answer.value):
        return None
    return (
        Stub(route, Location(file, answer.span), ignored)
        if route.method in _MUTATING or _is_empty(answer.value)
        else None
    )


def functions_in(body: Sequence[form.Node], owner: str) -> Iterator[tuple[str, form.Function]]:
    """The functions of a module as handlers are named, methods as `Class.method`."""
    for statement in body:
        match statement:
            case form.Def(function=function):
                yield f"{owner}{function.name}", function
            case form.Class(name=name, body=inner):
                yield from functions_in(inner, f"{name}.")
            case form.If(_, then, otherwise):
                yield from functions_in((*then, *otherwise), owner)
            case form.Block(inner):
                yield from functions_in(inner, owner)
            case _:
                pass


def _taken(parameter: form.Parameter) -> str:
    """The name of a parameter that the request fills; "" for what the framework or a dependency gives."""
    if not isinstance(parameter.target, form.Name) or parameter.kind in ("rest", "keywords"):
        return ""
    for part in (parameter.default, parameter.annotation):
        for node in walk(part) if part is not None else ():
            name = called_name(node) if isinstance(node, form.Call) else getattr(node, "id", getattr(node, "name", ""))
            if name in _INJECTED or name in ("Request", "Response", "WebSocket"):
                return ""
    return "" if parameter.target.id in _GIVEN else parameter.target.id


def _is_constant(value: form.Expression) -> bool:
    """Constants, also in a model or response that is made of nothing else; members of enums are constants."""
    match value:
        case form.Literal():
            return True
        case form.Array(items):
            return all(map(_is_constant, items))
        case form.Object(entries):
            return all(entry.key is not None and _is_constant(entry.value) for entry in entries)
        case form.Member(form.Name(owner), name):
            return owner[:1].isupper() and name.isupper()
        case form.Call(callee=form.Name(name), arguments=arguments):
            return name[:1].isupper() and all(not one.spread and _is_constant(one.value) for one in arguments)
        case _:
            return False


def _looks_done(value: form.Expression) -> bool:
    """Whether an answer says more than that there is none."""
    if isinstance(value, form.Object):
        return bool(value.entries)
    return not (isinstance(value, form.Literal) and value.value in (None, ""))


def _is_empty(value: form.Expression) -> bool:
    """An empty list, or an object in which every list is empty and one is."""
    match value:
        case form.Array(items):
            return not items
        case form.Object(entries):
            lists = [entry.value for entry in entries if isinstance(entry.value, form.Array)]
            return bool(lists) and not any(one.items for one in lists)
        case form.Call(arguments=arguments):
            given = [one.value for one in arguments if isinstance(one.value, form.Array)]
            return bool(given) and not any(one.items for one in given)
        case _:
            return False
