"""How does the neutral form look on one line? A notation for tests, close to the sources it comes from."""

from __future__ import annotations

import json
from collections.abc import Iterable

from auditor.model import form

_BRACKETS = {"list": "[]", "tuple": "()", "set": "{}"}


def rendered(body: Iterable[form.Statement]) -> str:
    """Statements, separated by semicolons."""
    return "; ".join(_statement(statement) for statement in body)


def _statement(node: form.Statement) -> str:
    match node:
        case form.Bind(target, value, _, annotation, kind, operator):
            typed = f": {_expression(annotation)}" if annotation else ""
            valued = f" {operator}= {_expression(value)}" if value else ""
            return f"{kind} {_pattern(target)}{typed}{valued}"
        case form.Do(value):
            return _expression(value)
        case form.Return(value):
            return f"return {_expression(value)}" if value else "return"
        case form.Stop(kind, value):
            return f"{kind} {_expression(value)}" if value else kind
        case form.For(target, iterable, body, keys):
            return f"for {_pattern(target)} {'in' if keys else 'of'} {_expression(iterable)} {_block(body)}"
        case form.If(test, then, otherwise):
            other = f" else {_block(otherwise)}" if otherwise else ""
            return f"if {_expression(test) if test else '?'} {_block(then)}{other}"
        case form.Block(body, kind):
            return f"{kind}{_block(body)}"
        case form.Def(function, decorators, _, kind):
            return f"{_decorators(decorators)}def{' ' + kind if kind else ''} {_function(function)}"
        case form.Field(name, annotation, value, static, _, optional, decorators):
            typed = f": {_expression(annotation)}" if annotation else ""
            valued = f" = {_expression(value)}" if value else ""
            return f"{_decorators(decorators)}{'static ' if static else ''}{name}{'?' * optional}{typed}{valued}"
        case form.Class():
            return _class(node)
        case form.Import(module, names, _, level, type_only):
            return f"import{' type' * type_only} {'.' * level}{module} ({_names(names)})"
        case form.Export(names, _, module, type_only):
            return f"export{' type' * type_only} ({_names(names)}){'' if module is None else f' from {module}'}"
        case form.Enum(name, members):
            listed = (member.name + (f" = {_expression(member.value)}" if member.value else "") for member in members)
            return f"enum {name} {{{', '.join(listed)}}}"
        case form.TypeDefinition(name, parameters, value, _, extends, interface):
            above = f" extends {_listed(extends)}" if extends else ""
            return f"{'interface' if interface else 'type'} {name}{_angled(parameters)}{above} = {_expression(value)}"


def _expression(node: form.Expression) -> str:
    match node:
        case form.Literal(value):
            return json.dumps(value, ensure_ascii=False)
        case form.Template(parts, _, tag):
            texts = (part if isinstance(part, str) else f"${{{_expression(part)}}}" for part in parts)
            return f"{_expression(tag) if tag else ''}`{''.join(texts)}`"
        case form.Name(name):
            return name
        case form.Member(target, name):
            return f"{_expression(target)}.{name}"
        case form.Index(target, index):
            return f"{_expression(target)}[{_expression(index)}]"
        case form.Call(callee, arguments, _, types, new):
            inside = ", ".join(map(_argument, arguments))
            return f"{'new ' * new}{_expression(callee)}{_angled(map(_expression, types))}({inside})"
        case form.Object(entries):
            return f"{{{', '.join(map(_entry, entries))}}}"
        case form.Array(items, kind):
            return f"{_BRACKETS[kind][0]}{_listed(items)}{_BRACKETS[kind][1]}"
        case form.Function():
            return _function(node)
        case form.Conditional(test, then, other):
            return f"({_expression(test)} ? {_expression(then)} : {_expression(other)})"
        case form.Binary(operator, left, right):
            return f"({_expression(left)} {operator} {_expression(right)})"
        case form.Unary(operator, operand):
            return f"({operator} {_expression(operand)})"
        case form.Spread(value):
            return f"...{_expression(value)}"
        case form.Comprehension(kind, target, iterable, conditions, element):
            tests = "".join(f" if {_expression(test)}" for test in conditions)
            return f"<{kind} {_expression(element)} for {_pattern(target)} of {_expression(iterable)}{tests}>"
        case form.Regex(pattern, flags):
            return f"/{pattern}/{flags}"
        case form.Assign(target, value, operator):
            return f"({_pattern(target)} {operator}= {_expression(value)})"
        case form.Cast(value, type_):
            return f"({_expression(value)} as {_expression(type_)})"
        case form.Opaque(reason, parts):
            return f"<{reason}{' ' if parts else ''}{_listed(parts)}>"
        case form.Shape(members):
            return f"{{{'; '.join(map(_shape_member, members))}}}"
        case form.Apply(target, types):
            return f"{_expression(target)}<{_listed(types)}>"
        case form.ClassExpression(definition):
            return _class(definition)


def _pattern(node: form.Pattern) -> str:
    match node:
        case form.ObjectPattern(items):
            return f"{{{', '.join(map(_property, items))}}}"
        case form.ArrayPattern(elements):
            return f"[{', '.join(map(_element, elements))}]"
        case _:
            return _expression(node)


def _property(item: form.ObjectPatternItem) -> str:
    target = _pattern(item.target) + (f" = {_expression(item.default)}" if item.default else "")
    return f"...{target}" if item.key is None else f"{_expression(item.key)}: {target}"


def _element(item: form.ArrayPatternItem) -> str:
    if item.target is None:
        return "-"
    return f"{'...' * item.rest}{_pattern(item.target)}" + (f" = {_expression(item.default)}" if item.default else "")


def _function(node: form.Function) -> str:
    marks = "async " * node.asynchronous + "*" * node.generator
    returned = f": {_expression(node.returns)}" if node.returns else ""
    head = f"{marks}{node.name}{_angled(node.type_parameters)}({', '.join(map(_parameter, node.parameters))}){returned}"
    return f"{head} {'=> ' * node.arrow}{_block(node.body)}"


def _parameter(node: form.Parameter) -> str:
    marks = _decorators(node.decorators) + "this." * node.field + {"rest": "...", "": ""}.get(node.kind, node.kind)
    typed = f": {_expression(node.annotation)}" if node.annotation else ""
    default = f" = {_expression(node.default)}" if node.default else ""
    return f"{marks}{_pattern(node.target)}{'?' * node.optional}{typed}{default}"


def _class(node: form.Class) -> str:
    above = f" extends {_listed(node.bases)}" if node.bases else ""
    head = (
        f"{_decorators(node.decorators)}{'abstract ' * node.abstract}class {node.name}{_angled(node.type_parameters)}"
    )
    return f"{head}{above} {_block(node.body)}"


def _argument(node: form.Argument) -> str:
    return f"{node.spread}{node.name + '=' if node.name else ''}{_expression(node.value)}"


def _entry(node: form.Entry) -> str:
    if node.key is None:
        return f"...{_expression(node.value)}"
    return f"{node.kind + ' ' if node.kind else ''}{_expression(node.key)}: {_expression(node.value)}"


def _shape_member(node: form.ShapeMember) -> str:
    name = f"[{_expression(node.key)}]" if node.key else node.name
    return f"{name}{'?' * node.optional}: {_expression(node.type)}"


def _names(names: Iterable[form.ImportName]) -> str:
    return ", ".join(f"{name.name or 'module'} as {name.local}" for name in names)


def _decorators(nodes: Iterable[form.Expression]) -> str:
    return "".join(f"@{_expression(node)} " for node in nodes)


def _block(body: Iterable[form.Statement]) -> str:
    return f"{{{rendered(body)}}}"


def _angled(texts: Iterable[str]) -> str:
    inside = ", ".join(texts)
    return f"<{inside}>" if inside else ""


def _listed(nodes: Iterable[form.Expression]) -> str:
    return ", ".join(map(_expression, nodes))
