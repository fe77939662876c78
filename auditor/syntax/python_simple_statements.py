"""Which statements of the neutral form stand for a Python statement that contains no other statement?

`a = b = make()` binds `a`, then `b` to `a`: one call in the source is one call in the form. `global`
and `nonlocal` are bindings without a value; `del`, `pass` and constants used as statements are gone.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from auditor.model import form
from auditor.syntax.python_expressions import lower, lower_optional, lower_target
from auditor.syntax.python_reading import OPERATORS, Notes, Statements, TypeAlias, span_of, type_parameters


def lower_assignment(node: ast.Assign, notes: Notes) -> tuple[form.Bind, ...]:
    """One `Bind` per target. A call is in one of them only; the other targets are bound to the first name."""
    span, value = span_of(node), lower(node.value, notes)
    if len(node.targets) == 1:
        return (form.Bind(lower_target(node.targets[0], notes), value, span),)
    source: ast.expr = node.value
    targets: list[ast.expr] = sorted(node.targets, key=_target_rank)
    if not isinstance(source, (ast.Constant, ast.Name)) and isinstance(targets[0], (ast.Name, ast.Attribute)):
        source = targets[0]
    first, *others = targets
    return (
        form.Bind(lower_target(first, notes), value, span),
        *[form.Bind(lower_target(target, notes), lower(source, notes), span) for target in others],
    )


def _target_rank(target: ast.expr) -> int:
    return 0 if isinstance(target, ast.Name) else 1 if isinstance(target, ast.Attribute) else 2


def _annotated(node: ast.AnnAssign, notes: Notes) -> Statements:
    value = lower_optional(node.value, notes)
    return (form.Bind(lower_target(node.target, notes), value, span_of(node), lower(node.annotation, notes)),)


def _augmented(node: ast.AugAssign, notes: Notes) -> Statements:
    operator = OPERATORS[type(node.op)]
    return (form.Bind(lower_target(node.target, notes), lower(node.value, notes), span_of(node), operator=operator),)


def _effect(node: ast.Expr, notes: Notes) -> Statements:
    return () if isinstance(node.value, ast.Constant) else (form.Do(lower(node.value, notes)),)


def _assert(node: ast.Assert, notes: Notes) -> Statements:
    return (form.Do(lower(node.test, notes)),)


def _return(node: ast.Return, notes: Notes) -> Statements:
    return (form.Return(lower_optional(node.value, notes), span_of(node)),)


def _raise(node: ast.Raise, notes: Notes) -> Statements:
    return (form.Stop("raise", lower_optional(node.exc, notes), span_of(node)),)


def _outer(kind: str) -> Callable[[Any, Notes], Statements]:
    """`global a, b` and `nonlocal a`: a binding of that kind and without a value for each name."""
    return lambda node, notes: tuple(
        form.Bind(form.Name(name, span_of(node)), None, span_of(node), kind=kind) for name in node.names
    )


def _loop_end(kind: str) -> Callable[[Any, Notes], Statements]:
    return lambda node, notes: (form.Stop(kind, None, span_of(node)),)


def _nothing(node: ast.stmt, notes: Notes) -> Statements:
    return ()


def _import(node: ast.Import, notes: Notes) -> Statements:
    span = span_of(node)
    return tuple(
        form.Import(name.name, (form.ImportName("", name.asname or name.name.partition(".")[0], span_of(name)),), span)
        for name in node.names
    )


def _import_from(node: ast.ImportFrom, notes: Notes) -> Statements:
    names = [
        form.ImportName(name.name, "" if name.name == "*" else name.asname or name.name, span_of(name))
        for name in node.names
    ]
    return (form.Import(node.module or "", tuple(names), span_of(node), node.level),)


def _type_definition(node: Any, notes: Notes) -> Statements:
    return (form.TypeDefinition(node.name.id, type_parameters(node), lower(node.value, notes), span_of(node)),)


SIMPLE_STATEMENTS: dict[type, Callable[[Any, Notes], Statements]] = {
    ast.Assign: lower_assignment,
    ast.AnnAssign: _annotated,
    ast.AugAssign: _augmented,
    ast.Expr: _effect,
    ast.Assert: _assert,
    ast.Return: _return,
    ast.Raise: _raise,
    ast.Break: _loop_end("break"),
    ast.Continue: _loop_end("continue"),
    ast.Pass: _nothing,
    ast.Delete: _nothing,
    ast.Global: _outer("global"),
    ast.Nonlocal: _outer("nonlocal"),
    ast.Import: _import,
    ast.ImportFrom: _import_from,
    TypeAlias: _type_definition,
}
