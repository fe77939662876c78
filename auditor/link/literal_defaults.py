"""Which constants of a file are only ever the default of an environment variable, and at which ports does it listen?

`const LOCAL = "http://localhost:8000"; … process.env.API_URL || LOCAL` says the same as the text in its place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from auditor.link.evaluate.walk import called_name, walk
from auditor.link.literal_places import environment_default, environment_read
from auditor.model import form
from auditor.model.span import Span

_SERVING = frozenset({"run", "serve", "run_app", "run_server", "start", "launch"})


def constant_defaults(body: Sequence[form.Statement], known: dict[str, str]) -> Mapping[Span, str]:
    """The variable that each such constant stands behind, by the place of its text. `known` are local names that hold
    a variable."""
    constants = {
        statement.target.id: statement.value.span
        for statement in body
        if isinstance(statement, form.Bind)
        and isinstance(statement.target, form.Name)
        and isinstance(statement.value, form.Literal | form.Template)
    }
    if not constants:
        return {}
    uses: Counter[str] = Counter()
    defaults: dict[str, list[str]] = {}
    for statement in body:
        for node in walk(statement):
            match node:
                case form.Name(id) if id in constants:
                    uses[id] += 1
                case form.Binary("or" | "??", left, form.Name(id)) if id in constants:
                    variable = environment_read(left, known)
                    defaults.setdefault(id, []).extend([variable] if variable else [])
                case form.Call(arguments=(_, *rest)) if variable := environment_default(node):
                    for one in rest:
                        if isinstance(one.value, form.Name) and one.value.id in constants:
                            defaults.setdefault(one.value.id, []).append(variable)
                case _:
                    pass
    # The binding itself names it once.
    return {
        constants[id]: variables[0]
        for id, variables in defaults.items()
        if variables and len(variables) == uses[id] - 1
    }


def own_ports(body: Sequence[form.Statement]) -> frozenset[int]:
    """The ports at which the file itself listens: `server.listen(8080)`, `app.run(port=8080)`."""
    found: set[int] = set()
    for statement in body:
        for node in walk(statement):
            if not isinstance(node, form.Call):
                continue
            name = called_name(node)
            for position, one in enumerate(node.arguments):
                listens = (name == "listen" and position == 0) or (name in _SERVING and one.name == "port")
                if listens and isinstance(one.value, form.Literal) and isinstance(one.value.value, int | float):
                    found.add(int(one.value.value))
    return frozenset(found)
