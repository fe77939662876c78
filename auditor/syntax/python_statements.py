"""Which statements of the neutral form stand for a Python statement?

Here are the compound ones, which contain statements. Beyond the docstrings of `auditor.model.form`:

- `try` is `Block("try")`, one `If(None)` per handler, `Block("")` for `else`, `Block("finally")`.
  The name of a handler is bound to `Opaque("exception", types)`, which stands alone (`Do`) where it has no name.
- `while True` has no test: the `break` inside must not end what follows. The `else` of a loop is one more
  `If(None)`.
- `match` is a chain of `If`: `==` for values, no test for other patterns; `case _:` is the last `otherwise`.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from typing import Any

from auditor.model import form
from auditor.model.span import NOWHERE, Span
from auditor.syntax.python_expressions import lower, lower_keyword, lower_optional, lower_parameters, lower_target
from auditor.syntax.python_reading import (
    Notes,
    Statements,
    call_name,
    clean,
    refuse_long_chain,
    span_between,
    span_of,
    type_parameters,
)
from auditor.syntax.python_simple_statements import SIMPLE_STATEMENTS, lower_assignment


def lower_statement(node: ast.stmt, notes: Notes) -> Statements:
    """The statements of the neutral form for one of Python, often one, sometimes none."""
    return _LOWER[type(node)](node, notes)


def without_docstring(nodes: list[ast.stmt]) -> tuple[str, list[ast.stmt]]:
    """The docstring of a body ("" without one) and the statements behind it."""
    first = nodes[0] if nodes else None
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        return clean(first.value.value).strip(), nodes[1:]
    return "", nodes


def _block(nodes: Sequence[ast.stmt], notes: Notes) -> Statements:
    out: list[form.Statement] = []
    for node in nodes:
        out += _LOWER[type(node)](node, notes)
    return tuple(out)


# -- functions and classes ------------------------------------------------------------------------

_KINDS = {
    "staticmethod": "static", "classmethod": "class", "property": "get", "cached_property": "get", "getter": "get",
    "setter": "set", "abstractmethod": "abstract", "abstractproperty": "get",
}  # fmt: skip
_STRONGEST_KIND_FIRST = ("static", "class", "set", "get", "abstract")


def _function(node: Any, notes: Notes) -> Statements:
    decorators, names = _decorators(node, notes)
    parameters = lower_parameters(node.args, notes)
    returns = lower_optional(node.returns, notes)
    doc, statements = without_docstring(node.body)
    outside, notes.yields = notes.yields, False
    body = _block(statements, notes)
    generator, notes.yields = notes.yields, outside
    function = form.Function(
        node.name,
        parameters,
        body,
        span_of(node),
        returns,
        type_parameters(node),
        asynchronous=type(node) is ast.AsyncFunctionDef,
        generator=generator,
        doc=doc,
    )
    kind = "constructor" if node.name == "__init__" else ""
    if decorators:
        found = {_KINDS[name] for name in names if name in _KINDS}
        kind = next((kind for kind in _STRONGEST_KIND_FIRST if kind in found), kind)
    return (form.Def(function, decorators, _decorated_span(node), kind),)


def _class(node: ast.ClassDef, notes: Notes) -> Statements:
    decorators, _ = _decorators(node, notes)
    doc, statements = without_docstring(node.body)
    body: list[form.Statement] = []
    for statement in statements:
        body += _class_statement(statement, notes)
    definition = form.Class(
        node.name,
        tuple([lower(base, notes) for base in node.bases]),
        tuple(body),
        _decorated_span(node),
        decorators,
        tuple([lower_keyword(keyword, notes) for keyword in node.keywords]),
        type_parameters(node),
        doc=doc,
    )
    return (definition,)


def _class_statement(node: ast.stmt, notes: Notes) -> Statements:
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        value = lower_optional(node.value, notes)
        return (form.Field(node.target.id, lower(node.annotation, notes), value, True, span_of(node)),)
    if isinstance(node, ast.Assign):
        span = span_of(node)
        return tuple(
            form.Field(bind.target.id, None, bind.value, True, span) if isinstance(bind.target, form.Name) else bind
            for bind in lower_assignment(node, notes)
        )
    return _LOWER[type(node)](node, notes)


def _decorators(node: Any, notes: Notes) -> tuple[tuple[form.Expression, ...], list[str]]:
    if not node.decorator_list:
        return (), []
    names = [call_name(decorator) for decorator in node.decorator_list]
    notes.called.update(filter(None, names))
    return tuple([lower(decorator, notes) for decorator in node.decorator_list]), names


def _decorated_span(node: Any) -> Span:
    # `ast` places a decorator behind its `@`, which stands in the column of `def` and `class`.
    line = node.decorator_list[0].lineno if node.decorator_list else node.lineno
    return Span(line, node.col_offset + 1, node.end_lineno, node.end_col_offset + 1)


# -- flow -----------------------------------------------------------------------------------------


def _if(node: ast.If, notes: Notes) -> Statements:
    return (form.If(lower(node.test, notes), _block(node.body, notes), _block(node.orelse, notes)),)


def _for(node: ast.For | ast.AsyncFor, notes: Notes) -> Statements:
    loop = form.For(lower_target(node.target, notes), lower(node.iter, notes), _block(node.body, notes))
    return (loop, *_loop_else(node.orelse, notes))


def _while(node: ast.While, notes: Notes) -> Statements:
    test = None if isinstance(node.test, ast.Constant) else lower(node.test, notes)
    return (form.If(test, _block(node.body, notes)), *_loop_else(node.orelse, notes))


def _loop_else(nodes: list[ast.stmt], notes: Notes) -> Statements:
    return (form.If(None, _block(nodes, notes)),) if nodes else ()


def _with(node: ast.With | ast.AsyncWith, notes: Notes) -> Statements:
    out: list[form.Statement] = []
    for item in node.items:
        value, target = lower(item.context_expr, notes), item.optional_vars
        if target:
            out.append(form.Bind(lower_target(target, notes), value, span_between(item.context_expr, target)))
        else:
            out.append(form.Do(value))
    return (*out, form.Block(_block(node.body, notes), "with"))


def _try(node: Any, notes: Notes) -> Statements:
    out: list[form.Statement] = [form.Block(_block(node.body, notes), "try")]
    out += [form.If(None, (*_caught(handler, notes), *_block(handler.body, notes))) for handler in node.handlers]
    if node.orelse:
        out.append(form.Block(_block(node.orelse, notes)))
    if node.finalbody:
        out.append(form.Block(_block(node.finalbody, notes), "finally"))
    return tuple(out)


def _caught(handler: ast.ExceptHandler, notes: Notes) -> Statements:
    if handler.name and handler.type:
        span = span_of(handler.type)
        error = form.Opaque("exception", (lower(handler.type, notes),), span)
        return (form.Bind(form.Name(handler.name, span), error, span),)
    # without a name the brackets may be left out since Python 3.14: they say nothing
    types = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type] if handler.type else []
    span = span_of(types[0]) if types else NOWHERE
    return (form.Do(form.Opaque("exception", tuple(lower(one, notes) for one in types), span)),)


def _match(node: ast.Match, notes: Notes) -> Statements:
    refuse_long_chain(len(node.cases))
    out: Statements = ()
    for case in reversed(node.cases):
        test, body = _case_test(case.pattern, node.subject, notes), _block(case.body, notes)
        if isinstance(case.pattern, ast.MatchAs) and case.pattern.name:
            span = span_of(case.pattern)
            body = (form.Bind(form.Name(case.pattern.name, span), lower(node.subject, notes), span), *body)
        if case.guard:
            guard = lower(case.guard, notes)
            test, body = (form.Binary("and", test, guard), body) if test else (None, (form.Do(guard), *body))
        elif isinstance(case.pattern, ast.MatchAs) and not case.pattern.pattern:
            out = body
            continue
        out = (form.If(test, body, out),)
    return out


def _case_test(pattern: ast.pattern, subject: ast.expr, notes: Notes) -> form.Expression | None:
    if isinstance(pattern, ast.MatchValue):
        return form.Binary("==", lower(subject, notes), lower(pattern.value, notes))
    if isinstance(pattern, ast.MatchSingleton):
        return form.Binary("==", lower(subject, notes), form.Literal(pattern.value, span_of(pattern)))
    if isinstance(pattern, ast.MatchAs) and pattern.pattern:
        return _case_test(pattern.pattern, subject, notes)
    if not isinstance(pattern, ast.MatchOr):
        return None
    out: form.Expression | None = None
    for choice in pattern.patterns:
        test = _case_test(choice, subject, notes)
        if test is None:
            return None
        out = form.Binary("or", out, test) if out else test
    return out


class _Table(dict[type, Callable[[Any, Notes], Statements]]):
    def __missing__(self, kind: type) -> Callable[[Any, Notes], Statements]:
        return lambda node, notes: ()


_LOWER = _Table(
    {
        **SIMPLE_STATEMENTS,
        ast.FunctionDef: _function,
        ast.AsyncFunctionDef: _function,
        ast.ClassDef: _class,
        ast.If: _if,
        ast.For: _for,
        ast.AsyncFor: _for,
        ast.While: _while,
        ast.With: _with,
        ast.AsyncWith: _with,
        ast.Try: _try,
        ast.TryStar: _try,
        ast.Match: _match,
    }
)
