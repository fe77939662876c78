"""Which functions of the project read the body of a response that they are given?

`handle<T>(response: Response): Promise<T> { if (!response.ok) throw …; return response.json(); }` gives back the body
of its first argument, so what `handle<User>(await fetch(url))` gives is the body that the call expects.
"""

from __future__ import annotations

from auditor.link.evaluate.walk import children
from auditor.link.modules.symbols import Symbols
from auditor.link.stepping import BODY, Names, is_nothing, steps_to
from auditor.model import form
from auditor.model.span import NOWHERE

_READ = tuple[int, tuple[str, ...]]
_GIVEN = form.Call(form.Name("", NOWHERE), (), NOWHERE)


class Bodies:
    """Looks at each function once."""

    def __init__(self, symbols: Symbols) -> None:
        self.symbols = symbols
        self._known: dict[form.Function, _READ | None] = {}

    def read(self, file: str, owner: form.Class | None, callee: form.Expression) -> _READ | None:
        """The place of the argument whose body a function gives back, and the keys that it reads from it.

        None for a function that is not known, or gives back something else too.
        """
        found = self._function(file, owner, callee)
        if found is None:
            return None
        where, cls, function = found
        if function not in self._known:
            self._known[function] = None  # one that calls itself meets this
            self._known[function] = self._result(where, cls, function)
        return self._known[function]

    def _function(
        self, file: str, owner: form.Class | None, callee: form.Expression
    ) -> tuple[str, form.Class | None, form.Function] | None:
        match callee:
            case form.Member(form.Name("this"), name) if owner is not None:
                methods = [one for one in owner.body if isinstance(one, form.Def) and one.function.name == name]
                return (file, owner, methods[0].function) if len(methods) == 1 else None
            case form.Name() | form.Member():
                definition = self.symbols.member(file, callee)
                match definition.statement if definition is not None else None:
                    case form.Def(function) if definition is not None:
                        return definition.file, None, function
                    case form.Bind(_, form.Function() as function) if definition is not None:
                        return definition.file, None, function
        return None

    def _result(self, file: str, owner: form.Class | None, function: form.Function) -> _READ | None:
        for position, parameter in enumerate(function.parameters):
            if not isinstance(parameter.target, form.Name):
                continue
            trace = _Trace(self, file, owner, {parameter.target.id: (_GIVEN, ())})
            trace.visit(function.body)
            paths = set(trace.results)
            if len(paths) == 1 and (path := paths.pop()) is not None and path and path[0] in BODY:
                return position, path
        return None


class _Trace:
    """Follows one parameter through the statements of a function: what of it is returned."""

    def __init__(self, bodies: Bodies, file: str, owner: form.Class | None, names: Names) -> None:
        self._bodies, self._file, self._owner, self._names = bodies, file, owner, names
        self.results: list[tuple[str, ...] | None] = []

    def visit(self, body: tuple[form.Statement, ...] | list[form.Node]) -> None:
        """In source order; functions inside are not looked at."""
        for node in body:
            match node:
                case form.Return(value) if value is not None and not is_nothing(value):
                    steps = self._steps(value)
                    self.results.append(steps[1] if steps is not None and steps[0] is _GIVEN else None)
                case form.Bind(form.Name(id), value) if value is not None:
                    steps = self._steps(value)
                    if steps is not None and steps[0] is _GIVEN:
                        self._names[id] = steps
                    else:
                        self._names.pop(id, None)
                case form.Function() | form.Class() | form.Def():
                    continue
                case _:
                    self.visit(children(node))

    def _steps(self, value: form.Expression) -> tuple[form.Call, tuple[str, ...]] | None:
        # What a function is said to give says nothing about what it reads: `as T` is no obstacle here.
        plain = value.value if isinstance(value, form.Cast) else value
        return steps_to(plain, self._names, lambda callee: self._bodies.read(self._file, self._owner, callee))
