"""Of which kind is a field of a marshmallow schema, also where the project derives it from a field of the library?"""

from __future__ import annotations

from auditor.link.contents.names import Names, Written
from auditor.link.evaluate.walk import walk
from auditor.model import form

PACKAGES = ("marshmallow", "flask_marshmallow", "apiflask", "webargs", "flask_smorest", "marshmallow_sqlalchemy")
_OTHER = "a field of the project"


def field_kind(written: Written, names: Names) -> str:
    """`Str` for `fields.Str()`, `ma.Str()`, `Str()` of one of the packages, and for a class of the project that
    derives from it; "" for anything else. A class that serializes by itself is of no kind that is known."""
    if not isinstance(written.node, form.Call):
        return ""
    callee = written.node.callee
    full = names.types.library(written.file, callee)
    if is_package(full):
        return full.rpartition(".")[2]
    if isinstance(callee, form.Member) and is_extension(written.other(callee.object), names):
        return callee.name
    made = names.callee(written.other(callee))
    if made is None or not isinstance(made.node, form.Class):
        return ""
    own = False
    for cls in names.bases(made):
        assert isinstance(cls.node, form.Class)
        own = own or any(_replaces(part) for part in cls.node.body)
        for base in cls.node.bases:
            full = names.types.library(cls.file, base)
            if is_package(full) and "fields" in full:
                return _OTHER if own else full.rpartition(".")[2]
    return ""


def is_extension(written: Written, names: Names) -> bool:
    """`ma` of `ma = Marshmallow(app)`, also beneath (`ma.auto.…`)."""
    made = names.value(written)
    return isinstance(made.node, form.Call) and is_package(names.types.library(made.file, made.node.callee))


def is_package(full: str) -> bool:
    """Whether a dotted name is of marshmallow or an extension of it."""
    return full.partition(".")[0] in PACKAGES


def _replaces(part: form.Node) -> bool:
    """`_serialize` that does not hand on to the one above."""
    if not isinstance(part, form.Def) or part.function.name != "_serialize":
        return False
    return not any(isinstance(node, form.Call) and _is_super(node) for node in walk(part.function))


def _is_super(node: form.Call) -> bool:
    return isinstance(node.callee, form.Name) and node.callee.id == "super"
