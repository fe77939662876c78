"""What does one Python file say?"""

from __future__ import annotations

import ast
import re
import sys
import warnings

from auditor.model.facts import Dialect, FileFacts, Problem
from auditor.model.form import Statement
from auditor.model.span import NOWHERE, Span
from auditor.syntax.python_commented import commented_code
from auditor.syntax.python_reading import Notes
from auditor.syntax.python_statements import lower_statement, without_docstring
from auditor.syntax.python_text import auditor_comments, decode, is_generated, line_count, span_at


def read_python(source: bytes) -> FileFacts:
    """The facts of one file, read with `ast` or, where the syntax is newer than this Python, with LibCST.

    Problems: `syntax-error`, `partly-read`, `not-utf8`, `newer-syntax`.
    """
    text, problems = decode(source)
    tree = _parse(text)
    if not isinstance(tree, ast.Module):
        newer = _parse_newer(text, tree)
        problems += (_problem(text, tree, read=newer is not None),)
        tree = newer or ast.Module([], [])
    notes = Notes()
    doc, statements = without_docstring(tree.body)
    body, too_deep = _lower(statements, notes)
    return FileFacts(
        Dialect.PYTHON,
        body,
        problems + too_deep,
        called=tuple(sorted(notes.called)),
        comments=auditor_comments(source, text),
        generated=is_generated(text, doc, statements[0].lineno if statements else sys.maxsize),
        lines=line_count(text),
        commented=commented_code(text, _code),
    )


def _code(text: str) -> tuple[Statement, ...] | None:
    """The statements of a text, None where it is no Python."""
    tree = _parse(text)
    if not isinstance(tree, ast.Module):
        return None
    body, problems = _lower(tree.body, Notes())
    return None if problems else body


def _lower(nodes: list[ast.stmt], notes: Notes) -> tuple[tuple[Statement, ...], tuple[Problem, ...]]:
    body: list[Statement] = []
    problems: list[Problem] = []
    for node in nodes:
        try:
            body += lower_statement(node, notes)
        except RecursionError:
            span = Span(node.lineno, node.col_offset + 1, node.lineno, node.col_offset + 1)
            message = f"line {node.lineno} starts a statement that is nested too deeply; the rest was read"
            problems.append(Problem("partly-read", message, span))
    return tuple(body), tuple(problems)


# -- parsing --------------------------------------------------------------------------------------

_Refusal = SyntaxError | ValueError | RecursionError | MemoryError


def _parse(text: str) -> ast.Module | _Refusal:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # invalid escapes are none of our business
        try:
            return ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError) as refusal:
            return refusal


def _parse_newer(text: str, refusal: _Refusal) -> ast.Module | None:
    """The tree of a file that `ast` refused. `None` if it is no Python, or too deep for its parsers."""
    if not isinstance(refusal, SyntaxError):
        return None
    parenthesised = _with_parenthesised_handlers(text, refusal)
    if parenthesised:
        return parenthesised
    # Not imported above: LibCST takes 135 ms to load, and few files need it.
    from auditor.syntax.python_cst import read_with_libcst

    return read_with_libcst(text)


_HANDLER = re.compile(r"(\s*except\*?)\s([^#:'\"\\()]+?)(\s*:\s*(?:#.*)?)")
_MOST_HANDLERS = 64


def _with_parenthesised_handlers(text: str, refusal: SyntaxError) -> ast.Module | None:
    """The tree of a file whose only newer syntax is `except A, B:` (PEP 758).

    The clauses that `ast` complains about get their parentheses, one after the other; the opening one takes the
    place of a blank and only a comment may follow the closing one, so that all places stay as they are. Parsing
    again is thirty times faster than LibCST, and LibCST reads this syntax since 1.8.3 only.
    """
    lines = text.split("\n")
    for _ in range(_MOST_HANDLERS):
        at = (refusal.lineno or 0) - 1
        if "must be parenthesized" not in refusal.msg or not 0 <= at < len(lines):
            return None
        clause = _HANDLER.fullmatch(lines[at].rstrip("\r"))
        if not clause:
            return None
        lines[at] = f"{clause[1]}({clause[2]}){clause[3]}"
        tree = _parse("\n".join(lines))
        if isinstance(tree, ast.Module):
            return tree
        if not isinstance(tree, SyntaxError):
            return None
        refusal = tree
    return None


# -- problems -------------------------------------------------------------------------------------

_SUSPICIONS = (
    (r"\s*(?:<{7}|={7}|>{7})(?:\s|$)", "a merge conflict marker"),
    (r".*\{[{%]", "a template placeholder"),
    (r"\s*print\b(?!\s*\()|.*:\s*print\s+[\"'\w]", "a Python 2 print statement"),
    (r"\s*exec\s+[\"'\w]", "a Python 2 exec statement"),
    (r"\s*raise\s[^,(]+,", "a Python 2 raise statement"),
    (r"\s*except\s.*,\s*\w+\s*:", "a Python 2 except clause"),
    (r".*<>", "the Python 2 operator `<>`"),
    (r".*`", "Python 2 backticks"),
    (r"\s*[%!]\w", "a notebook command"),
)


def _problem(text: str, refusal: _Refusal, *, read: bool) -> Problem:
    version = f"Python {sys.version_info.major}.{sys.version_info.minor}"
    if not isinstance(refusal, SyntaxError):
        deep = isinstance(refusal, (RecursionError, MemoryError))
        reason = "it is nested too deeply" if deep else str(refusal)
        return Problem("syntax-error", f"the file could not be read: {reason}", NOWHERE)
    line = refusal.lineno or 1
    span = span_at(text, line, refusal.offset or 1)
    if read:
        message = f"line {line} has syntax that {version} does not know; the fallback reader read the file"
        return Problem("newer-syntax", message, span)
    lines = text.split("\n")
    wrong = lines[line - 1] if line <= len(lines) else ""
    suspicion = next((words for pattern, words in _SUSPICIONS if re.match(pattern, wrong)), None)
    looks = f"line {line} looks like {suspicion}" if suspicion else f"line {line} is no {version}: {refusal.msg}"
    return Problem("syntax-error", f"{looks}; nothing was read", span)
