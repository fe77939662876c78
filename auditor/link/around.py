"""What does the code around each call of a file do with what comes back: which types, which keys of the body?"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from auditor.link.bodies import Bodies
from auditor.link.called import function_of
from auditor.link.evaluate.walk import children, walk
from auditor.link.stepping import BODY, Names, Steps, is_vague, steps_to
from auditor.model import form
from auditor.model.facts import FileFacts

_STEPS = 3
_NESTED = 4  # keys below a body that are followed


@dataclass(frozen=True, slots=True)
class Promised:
    """A type expression, the file it stands in, and the keys below the body that lead to it. `beside` are keys that
    are written beside a value of that type which is spread (`{ ...request, stream: true }`); None where none is."""

    type: form.Expression
    file: str
    path: tuple[str, ...] = ()
    beside: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around one call: the functions it is in, innermost first, the types its result is given, and the
    keys of the body that are read, in any branch; `below` are the paths to what is read from parts of it. `mapped`: the
    function gives back an object that it makes of parts of the body, under other names."""

    functions: tuple[form.Function, ...] = ()
    results: tuple[Promised, ...] = ()
    reads: tuple[str, ...] = ()
    below: tuple[tuple[str, ...], ...] = ()
    mapped: bool = False


def around_calls(file: str, facts: FileFacts | None, bodies: Bodies) -> dict[form.Call, Around]:
    """What stands around each call of a file."""
    found: dict[form.Call, Around] = {}
    for statement in facts.body if facts else ():
        _Reader(file, found, bodies).visit(statement, (), {})
    return found


@dataclass(slots=True)
class _Reader:
    file: str
    found: dict[form.Call, Around]
    bodies: Bodies
    owner: form.Class | None = None
    typed: Names = field(default_factory=dict)  # names of parts of an answer that have a type of their own

    def visit(self, node: form.Node, functions: tuple[form.Function, ...], names: Names) -> None:
        match node:
            case form.Class():
                inner = replace(self, owner=node)
                for child in children(node):
                    inner.visit(child, functions, names)
                return
            case form.Function():
                given = {one.target.id for one in node.parameters if isinstance(one.target, form.Name)}
                typed = {name: steps for name, steps in self.typed.items() if name not in given}
                reader, functions, names = replace(self, typed=typed), (node, *functions), dict(names)
                for child in children(node):
                    reader.visit(child, functions, names)
                return
            case form.Call():
                known = self.found.get(node, Around())
                self.found[node] = replace(known, functions=functions)
                self._handed(node, names)
                if node.type_arguments and self._reads(node.callee) is not None:
                    self._promise(node, node.type_arguments[0], names)
            case form.Member():
                self._read(steps_to(node, names, self._reads))
            case form.Bind(target, value, annotation=annotation) if value is not None:
                self.visit(value, functions, names)
                self._bind(target, value, annotation, names)
                return
            case form.Cast(value, type):
                self.visit(value, functions, names)
                self._promise(value, type, names)
                return
            case form.Return(value) if value is not None and functions:
                self.visit(value, functions, names)
                function = functions[0]
                self._map(value, names)
                if function.returns is not None and not is_variable(function, function.returns):
                    self._promise(value, function.returns, names)
                return
            case _:
                pass
        for child in children(node):
            self.visit(child, functions, names)

    def _bind(
        self, target: form.Pattern, value: form.Expression, annotation: form.Expression | None, names: Names
    ) -> None:
        if annotation is not None:
            self._promise(value, annotation, names)
        steps = steps_to(value, names, self._reads)
        match target:
            case form.Name(id):
                if steps is not None and annotation is None:
                    names[id] = steps
                else:
                    names.pop(id, None)
                    self.typed.pop(id, None)
                if steps is not None and annotation is not None:
                    self.typed[id] = steps
            case form.ObjectPattern(items):
                for item in items:
                    if not isinstance(item.target, form.Name):
                        continue
                    names.pop(item.target.id, None)
                    if steps is not None and isinstance(item.key, form.Literal) and annotation is None:
                        names[item.target.id] = (steps[0], (*steps[1], str(item.key.value)))
                        self._read(names[item.target.id])
            case _:
                pass

    def _read(self, steps: Steps | None) -> None:
        """Notes the key below the body of an answer."""
        if steps is None or len(steps[1]) < 2 or steps[1][0] not in BODY:
            return
        call, (_, key, *further) = steps
        known = self.found.get(call, Around())
        if key not in known.reads:
            self.found[call] = known = replace(known, reads=(*known.reads, key))
        if 0 < len(further) < _NESTED and (key, *further) not in known.below:
            self.found[call] = replace(known, below=(*known.below, (key, *further)))

    def _handed(self, node: form.Call, names: Names) -> None:
        """Notes what a function of the project reads from a part of a body that it is given."""
        given = [(place, steps_to(one.value, names, self._reads)) for place, one in enumerate(node.arguments)]
        parts = [(place, steps) for place, steps in given if steps is not None and len(steps[1]) > 1]
        function = function_of(self.bodies.symbols, self.file, self.owner, node.callee) if parts else None
        for place, (call, path) in parts if function is not None else ():
            parameters = function[1].parameters if function is not None else ()
            target = parameters[place].target if place < len(parameters) else None
            if function is None or not isinstance(target, form.Name) or path[0] not in BODY:
                continue
            for key in _read_from(function[1], target.id):
                self._read((call, (*path, key)))

    def _map(self, value: form.Expression, names: Names) -> None:
        """Notes that an object is made of parts of a body under names that they do not have there."""
        for entry in value.entries if isinstance(value, form.Object) else ():
            steps = steps_to(entry.value, {**self.typed, **names}, self._reads)
            key = entry.key.value if isinstance(entry.key, form.Literal) else None
            if steps is not None and len(steps[1]) > 1 and steps[1][0] in BODY and key != steps[1][-1]:
                self.found[steps[0]] = replace(self.found.get(steps[0], Around()), mapped=True)

    def _reads(self, callee: form.Expression) -> tuple[int, tuple[str, ...]] | None:
        return self.bodies.read(self.file, self.owner, callee)

    def _promise(self, value: form.Expression, type: form.Expression, names: Names) -> None:
        steps = steps_to(value, names, self._reads)
        if steps is None or is_vague(type):
            return
        call, path = steps
        if path and path[0] in BODY:
            path = path[1:]
        if len(path) > _STEPS:
            return
        known = self.found.get(call, Around())
        self.found[call] = replace(known, results=(*known.results, Promised(type, self.file, path)))


def _read_from(function: form.Function, name: str) -> list[str]:
    """The keys that a function reads from one of its parameters, which it does not bind again."""
    nodes = [node for statement in function.body for node in walk(statement)]
    if any(isinstance(node, form.Bind) and _is_named(node.target, name) for node in nodes):
        return []
    return list(
        dict.fromkeys(one.name for one in nodes if isinstance(one, form.Member) and _is_named(one.object, name))
    )


def _is_named(node: form.Node, name: str) -> bool:
    return isinstance(node, form.Name) and node.id == name


def is_variable(function: form.Function, type: form.Expression) -> bool:
    """Whether a type is a type parameter of the function, bare or in a wrapper."""
    match type:
        case form.Name(id):
            return id in function.type_parameters
        case form.Apply(_, (inner,)):
            return is_variable(function, inner)
        case _:
            return False
