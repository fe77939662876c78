"""Classes of errors: status, code and text of one that is made without arguments."""

from __future__ import annotations

import pytest
from typed_project import facts_of

from auditor.link.contents.names import Names
from auditor.link.errors.classes import error_classes
from auditor.link.modules.symbols import Symbols
from auditor.link.modules.typescript import typescript_modules
from auditor.link.types import Types
from auditor.model.errors import ErrorClass


def errors(source: str, file: str = "main.py") -> dict[str, ErrorClass]:
    """The error classes of one file, by name."""
    facts = facts_of({file: source})
    symbols = Symbols(facts, typescript_modules(facts, {}))
    return {one.name: one for one in error_classes(facts, facts, Names(symbols, Types(facts, symbols)))}


def told(source: str, file: str = "main.py") -> list[tuple[str, int, str, str]]:
    """Name, status, code and text of each."""
    return [(one.name, one.status, one.code, one.message) for one in errors(source, file).values()]


def test_class_attributes_are_inherited_and_named_statuses_are_numbers() -> None:
    assert told("""
from http import HTTPStatus
from fastapi import status
class Base(Exception):
    status_code: int = HTTPStatus.INTERNAL_SERVER_ERROR
    code = "BASE"
class Gone(Base):
    status_code = status.HTTP_410_GONE
    message = "It is gone"
class GoneAgain(Gone):
    code = "GONE_AGAIN"
""") == [
        ("Base", 500, "BASE", ""),
        ("Gone", 410, "BASE", "It is gone"),
        ("GoneAgain", 410, "GONE_AGAIN", "It is gone"),
    ]


def test_what_a_constructor_passes_on_arrives_above() -> None:
    assert told("""
class Base(Exception):
    def __init__(self, message: str, *, status: int = 500, code: str | None = None):
        self.message = message
        self.status = status
        self.code = code or "UNNAMED"
class Quota(Base):
    def __init__(self, message="Too much"):
        super().__init__(message, status=429, code="QUOTA")
class Missing(Base):
    def __init__(self, name: str):
        Base.__init__(self, f"{name} is missing", status=404)
""") == [("Base", 500, "UNNAMED", ""), ("Quota", 429, "QUOTA", "Too much"), ("Missing", 404, "UNNAMED", "")]


def test_an_attribute_that_only_an_argument_replaces_stays() -> None:
    source = """
class Base(Exception):
    message = "Something failed"
    def __init__(self, message: str | None = None):
        if message:
            self.message = message
        super().__init__(self.message)
"""
    assert told(source) == [("Base", 0, "", "Something failed")]


def test_an_exception_of_a_framework_takes_its_status() -> None:
    source = """
from fastapi import HTTPException
class Locked(HTTPException):
    def __init__(self) -> None:
        super().__init__(status_code=423, detail="It is locked")
"""
    assert told(source) == [("Locked", 423, "", "It is locked")]


def test_classes_of_typescript() -> None:
    assert told(
        """
enum Code { Gone = "GONE" }
export abstract class ApiError extends Error {
  abstract get status(): number;
}
export class Gone extends ApiError {
  readonly code = Code.Gone;
  get status() { return 410; }
  constructor(message = "It is gone", details?: object) { super(message); }
}
export class Limit extends Error {
  constructor(readonly status: number = 429, public code = "LIMIT") { super(`wait for ${status}`); }
}
""",
        "errors.ts",
    ) == [("ApiError", 0, "", ""), ("Gone", 410, "GONE", "It is gone"), ("Limit", 429, "LIMIT", "")]


@pytest.mark.parametrize("use", ["raise Gone()", "raise Gone", "make(Gone())"])
def test_a_class_that_is_made_or_raised_is_raised(use: str) -> None:
    assert errors(f"class Gone(Exception): ...\ndef f():\n    {use}\n")["Gone"].raised


def test_families_and_what_is_no_error() -> None:
    found = errors("""
class Base(Exception): ...
class Inner(Base): ...
class Model: ...
class Loop(Loop): ...
""")
    assert [(one.name, one.root, one.parent, one.raised) for one in found.values()] == [
        ("Base", "main.py:Base", "", False),
        ("Inner", "main.py:Base", "Base", False),
    ]
