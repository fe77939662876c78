"""Which classes of errors does the project declare, and which status, code and text has each?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from auditor.link.contents.names import Callee, Names, Written
from auditor.link.errors.standing import Standing, standing
from auditor.link.evaluate.walk import called_name, walk
from auditor.model import form
from auditor.model.errors import ErrorClass
from auditor.model.facts import Dialect, FileFacts
from auditor.model.finding import Side

_ERROR = re.compile(r"(Error|Exception)$|^(HTTPException|BaseException|Exception|Error|Warning)$")
_CODE = re.compile(r"[A-Za-z][\w.:/-]*$")
_CODES = ("error_code", "errorCode", "code", "default_code", "type", "kind", "slug", "error", "error_type", "errorType")
_MESSAGES = ("message", "detail", "default_detail", "default_message", "description", "msg", "title", "reason")
_FIRST, _LAST = 400, 599
_DEPTH = 24


def error_classes(facts: Mapping[str, FileFacts], files: Iterable[str], names: Names) -> tuple[ErrorClass, ...]:
    """The error classes at the top of these files, by place."""
    wanted = {file: facts[file] for file in sorted(files)}
    lines: list[list[Callee]] = []
    for file, one in wanted.items():
        lines += [line for cls in _classes(one.body) if (line := _line(names, Callee(file, cls, cls.name)))]
    declared = frozenset(line[0].name for line in lines)
    raised = _raised({file: one for file, one in wanted.items() if _may_make(one, declared)}, declared, names)
    return tuple(_error(names, line, _side(facts[line[0].file]), _key(line[0]) in raised) for line in lines)


def _error(names: Names, line: list[Callee], side: Side, raised: bool) -> ErrorClass:
    own, root = line[0], line[-1]
    known = standing(names, own)
    return ErrorClass(
        key=_key(own),
        name=own.name,
        side=side,
        location=own.location,
        root=_key(root),
        parent=line[1].name if len(line) > 1 else "",
        status=_status(known),
        code=_text(known, _CODES, coded=True),
        message=_text(known, _MESSAGES),
        raised=raised,
    )


def _line(names: Names, cls: Callee) -> list[Callee]:
    """A class and those of the project above it, if a language's or library's error stands at the end; else none."""
    line = [cls]
    for _ in range(_DEPTH):
        current = line[-1]
        assert isinstance(current.node, form.Class)
        above: Callee | None = None
        for base in current.node.bases:
            plain = base.object if isinstance(base, form.Index) else base
            inner = names.callee(Written(current.file, plain))
            if inner is not None and isinstance(inner.node, form.Class) and all(inner.node is not c.node for c in line):
                above = inner
                break
            if inner is None and _ERROR.search(names.library(Written(current.file, plain))):
                return line
        if above is None:
            return []
        line.append(above)
    return []


def _classes(body: Iterable[form.Statement]) -> Iterator[form.Class]:
    for statement in body:
        match statement:
            case form.Class() if statement.bases:
                yield statement
            case form.If(_, then, otherwise):
                yield from _classes((*then, *otherwise))
            case form.Block(inner):
                yield from _classes(inner)
            case _:
                pass


def _raised(facts: Mapping[str, FileFacts], declared: frozenset[str], names: Names) -> set[str]:
    """The keys of classes that are made anywhere, or raised as they are (`raise NotFound`)."""
    found: set[str] = set()
    for file, one in facts.items():
        for statement in one.body:
            for node in walk(statement):
                named: form.Expression | None = None
                if isinstance(node, form.Call) and called_name(node) in declared:
                    named = node.callee
                elif isinstance(node, form.Stop) and isinstance(node.value, form.Name | form.Member):
                    named = node.value
                cls = names.callee(Written(file, named)) if named is not None else None
                if cls is not None:
                    found.add(_key(cls))
    return found


def _may_make(facts: FileFacts, declared: frozenset[str]) -> bool:
    """Whether a file may make one: it calls such a name, or knows one that it may raise without calling it."""
    known = {name.local for one in facts.body if isinstance(one, form.Import) for name in one.names}
    known |= {one.name for one in facts.body if isinstance(one, form.Class)}
    return not declared.isdisjoint(known.union(facts.called))


def _side(facts: FileFacts) -> Side:
    return Side.BACKEND if facts.dialect is Dialect.PYTHON else Side.FRONTEND


def _status(known: Standing) -> int:
    """The attribute that is a number of an error's status, one that says so in its name first."""
    numbers = {name: value for name, value in known.items() if type(value) is int and _FIRST <= value <= _LAST}
    ordered = sorted(numbers, key=lambda name: ("status" not in name.lower(), name))
    return numbers[ordered[0]] if ordered else 0


def _text(known: Standing, wanted: tuple[str, ...], coded: bool = False) -> str:
    for name in wanted:
        value = known.get(name)
        if isinstance(value, str) and value and (not coded or _CODE.match(value)):
            return value
    return ""


def _key(cls: Callee) -> str:
    return f"{cls.file}:{cls.name}"
