"""Which types does the code around a call promise: for what comes back, and for what it sends?

`async function read(): Promise<User> { const r = await fetch(url); return r.json(); }` promises a User, and so do
`const user: User = await …` and `(await …) as User`. What goes through a function first is promised by nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from auditor.link.around import Around, Promised, around_calls, is_variable
from auditor.link.bodies import Bodies
from auditor.link.evaluate.walk import called_name, children
from auditor.link.modules.symbols import Symbols
from auditor.link.stepping import BODY, is_nothing, is_vague
from auditor.model import form
from auditor.model.facts import FileFacts
from auditor.model.value import Site

_SENDING = ("post", "put", "patch")


class Promises:
    """Reads each file once, when the first of its calls is asked about."""

    def __init__(self, facts: Mapping[str, FileFacts], symbols: Symbols) -> None:
        self._facts = facts
        self._bodies = Bodies(symbols)
        self._files: dict[str, dict[form.Call, Around]] = {}

    def result(self, site: Site) -> Promised | None:
        """The type that the code around a call gives to what comes back; None where it gives none."""
        return next(iter(self._around(site).results), None)

    def expected(self, chain: Sequence[Site]) -> Promised | None:
        """The type argument, or else the type that the code around gives to the result, nearest to the call site.

        Where a function on the way makes another object of what comes back, only what it says of that counts.
        """
        for depth, site in enumerate(chain):
            transform = _transform(site.node)
            if transform is not None:  # it takes what comes; the type of the call says what it makes of that
                taken = transform.parameters[0].annotation if transform.parameters else None
                return Promised(taken, site.file) if taken is not None and not is_vague(taken) else None
            types = site.node.type_arguments
            promised = Promised(types[0], site.file) if types and not _is_key(types[0]) else self.result(site)
            if promised is None:
                continue
            mapping = [self._around(inner) for inner in chain[depth + 1 :] if self._around(inner).mapped]
            if not mapping:
                return promised
            return mapping[-1].results[0] if len(mapping[-1].results) == 1 else None
        return None

    def reads(self, site: Site) -> tuple[str, ...]:
        """The keys that the code around a call reads from the body of the answer, in the order of the code."""
        return self._around(site).reads

    def reads_below(self, site: Site) -> tuple[tuple[str, ...], ...]:
        """The keys that are read from parts of the body, each with those that lead to it."""
        return self._around(site).below

    def body(self, chain: Sequence[Site]) -> Promised | None:
        """The declared type of the body that the last call of a chain sends, found from there outwards."""
        for depth in range(len(chain) - 1, -1, -1):
            sent = _body_of(chain[depth].node) if depth == len(chain) - 1 else None
            found = self._declared(chain, depth, sent) if sent is not None else self._optional(chain[depth])
            if found is not None:
                return found
        return None

    def _optional(self, site: Site) -> Promised | None:
        """The body in the options of a generated call: `post({ url, ...options })` in a function of
        `options: Options<T>`, where `T` is an object type with the members `body`, `path`, `query` and `url`.

        https://heyapi.dev/openapi-ts/output/sdk (`@hey-api/openapi-ts` from 0.54 on)
        """
        for argument in site.node.arguments:
            entries = argument.value.entries if isinstance(argument.value, form.Object) else ()
            spread = {one.value.id for one in entries if one.key is None and isinstance(one.value, form.Name)}
            if not spread or not any(isinstance(one.key, form.Literal) and one.key.value == "url" for one in entries):
                continue
            for function in self._around(site).functions:
                for parameter in function.parameters:
                    named = isinstance(parameter.target, form.Name) and parameter.target.id in spread
                    match parameter.annotation if named else None:
                        case form.Apply(_, (form.Name() as data, *_)):
                            return Promised(form.Index(data, form.Literal("body", data.span)), site.file)
                        case _:
                            pass
        return None

    def _declared(self, chain: Sequence[Site], depth: int, value: form.Expression) -> Promised | None:
        site = chain[depth]
        value = _plain(value)
        if isinstance(value, form.Cast):
            return None if is_vague(value.type) else Promised(value.type, site.file)
        if isinstance(value, form.Object) and (parts := _spread(value)) is not None:
            spread = self._declared(chain, depth, parts[0])
            return replace(spread, beside=parts[1]) if spread is not None and spread.beside is None else None
        if isinstance(value, form.Member) and isinstance(value.object, form.Name):
            whole = self._declared(chain, depth, value.object)  # `data.requestBody` of `data: CreateUserData`
            if whole is None or whole.beside is not None or not isinstance(whole.type, form.Name):
                return None
            return replace(whole, type=form.Index(whole.type, form.Literal(value.name, value.span)))
        if not isinstance(value, form.Name):
            return None
        for function in self._around(site).functions:
            local = _bound(function, value.id)
            if local is not None:
                if local.annotation is not None:
                    return Promised(local.annotation, site.file)
                return self._declared(chain, depth, local.value) if local.value is not None else None
            for position, parameter in enumerate(function.parameters):
                if not isinstance(parameter.target, form.Name) or parameter.target.id != value.id:
                    continue
                annotation = parameter.annotation
                if annotation is not None and not is_vague(annotation) and not is_variable(function, annotation):
                    return Promised(annotation, site.file)
                given = chain[depth - 1].node.arguments if depth else ()
                if position < len(given) and not any(one.spread for one in given):
                    return self._declared(chain, depth - 1, given[position].value)
                return None
        return None

    def _around(self, site: Site) -> Around:
        known = self._files.get(site.file)
        if known is None:
            known = self._files[site.file] = around_calls(site.file, self._facts.get(site.file), self._bodies)
        return known.get(site.node, Around())


def _body_of(call: form.Call) -> form.Expression | None:
    """The expression that a client sends: the second argument of `post`, `body`, `json` or `data` of the options."""
    for argument in call.arguments:
        if isinstance(argument.value, form.Object):
            for entry in argument.value.entries:
                if isinstance(entry.key, form.Literal) and entry.key.value in BODY:
                    return entry.value
    name = called_name(call).lower()
    given = call.arguments
    if name not in _SENDING or len(given) < 2 or given[1].spread:
        return None
    value = given[1].value
    return None if isinstance(value, form.Object) and _spread(value) is None else value


def _spread(value: form.Object) -> tuple[form.Expression, tuple[str, ...]] | None:
    """The one value that an object spreads, and the keys beside it, all of them written; None for other objects."""
    spread = [entry.value for entry in value.entries if entry.key is None]
    keys = [entry.key.value for entry in value.entries if isinstance(entry.key, form.Literal)]
    whole = len(spread) == 1 and len(keys) == len(value.entries) - 1
    return (spread[0], tuple(str(key) for key in keys)) if whole else None


def _plain(value: form.Expression) -> form.Expression:
    """The value without `JSON.stringify(…)` and without the branch that sends nothing."""
    match value:
        case form.Call(form.Member(form.Name("JSON"), "stringify"), (form.Argument(inner), *_)):
            return _plain(inner)
        case form.Conditional(_, then, other):
            given = [one for one in (then, other) if not is_nothing(one)]
            return _plain(given[0]) if len(given) == 1 else value
        case form.Binary("??" | "||", left, form.Object(())):
            return _plain(left)
        case _:
            return value


def _bound(function: form.Function, name: str) -> form.Bind | None:
    """The only binding of a name in the body of a function."""
    found = [one for one in _binds(function.body) if isinstance(one.target, form.Name) and one.target.id == name]
    return found[0] if len(found) == 1 else None


def _binds(body: Sequence[form.Node]) -> Iterator[form.Bind]:
    for node in body:
        if isinstance(node, form.Bind):
            yield node
        elif not isinstance(node, form.Function | form.Class):
            yield from _binds(children(node))


def _transform(call: form.Call) -> form.Function | None:
    """`transformResponse: (response) => …` among the options of a call, as axios and RTK Query take it."""
    for argument in call.arguments:
        for entry in argument.value.entries if isinstance(argument.value, form.Object) else ():
            named = isinstance(entry.key, form.Literal) and entry.key.value == "transformResponse"
            if named and isinstance(entry.value, form.Function):
                return entry.value
    return None


def _is_key(type: form.Expression) -> bool:
    """`keyof T`: it names the members of what a function makes, never a body."""
    return isinstance(type, form.Unary) and type.operator == "keyof"
