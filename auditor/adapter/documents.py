"""GraphQL documents: what a tagged template says it asks for."""

from __future__ import annotations

import re

from auditor.adapter import Machine
from auditor.model.value import UNDEFINED, Arguments, Instance, Record, Text, Value

_DOCUMENT = "graphql.document"
_NAMED = re.compile(r"\b(?:query|mutation|subscription)\s+(\w+)")
_AGAIN = re.compile(r"@refetchable\s*\(\s*queryName\s*:\s*\"(\w+)\"")


def document(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    """A document, from a template or a text."""
    given = machine.argument(arguments, 0) or UNDEFINED
    return Instance(None, _DOCUMENT, state=_name(given) if isinstance(given, Text) else "")


def operation_of(value: Value | None) -> str:
    """The name of the operation that a document or its text is, "" if it is not known."""
    if isinstance(value, Instance) and value.kind == _DOCUMENT:
        name: str = value.state
        return name
    return _name(value) if isinstance(value, Text) else ""


def operation_in(machine: Machine, body: Value | None) -> str:
    """The name of the operation that a body `{query, variables}` asks for, "" if it is no such body."""
    source = machine.force(body.fields["source"]) if isinstance(body, Instance) and body.kind == "json" else body
    if not isinstance(source, Record) or "query" not in source.entries:
        return ""
    return operation_of(machine.force(source.entries["query"]))


def _name(text: Text) -> str:
    written = " ".join(part for part in text.parts if isinstance(part, str))
    found = _NAMED.search(written) or _AGAIN.search(written)
    return found.group(1) if found else ""
