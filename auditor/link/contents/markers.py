"""What FastAPI reads from a parameter: its type, its marker (`Query(…)`, `Depends(…)`) and its default.

FastAPI 0.100 to 0.141: https://fastapi.tiangolo.com/tutorial/query-params-str-validations/ and
https://fastapi.tiangolo.com/reference/dependencies/.
"""

from __future__ import annotations

from dataclasses import dataclass

from auditor.link.contents.names import Names, Written
from auditor.model import form
from auditor.syntax.python import read_python

MARKERS = ("Path", "Query", "Header", "Cookie", "Body", "Form", "File", "Parameter", "Dependency")
DEPENDS = ("Depends", "Security")
_DEPTH = 8


@dataclass(frozen=True, slots=True)
class Annotated:
    """A parameter's type without its metadata, its marker ("" for none) with the arguments, and its default."""

    type: Written | None
    marker: str
    arguments: tuple[form.Argument, ...]
    where: Written | None
    default: Written | None
    required: bool

    def option(self, name: str) -> form.Expression | None:
        """A keyword argument of the marker."""
        return next((one.value for one in self.arguments if one.name == name), None)

    @property
    def first(self) -> form.Expression | None:
        """The positional argument of the marker."""
        return next((one.value for one in self.arguments if one.name is None and not one.spread), None)


def annotated(names: Names, annotation: Written | None, default: Written | None) -> Annotated:
    """Reads an annotation and a default. In `Annotated[…]` the last marker counts, a default that is one before it."""
    kind, marker, plain = "", None, annotation
    for _ in range(_DEPTH):
        if plain is None:
            break
        plain = _alias(names, plain)
        match plain.node:
            case form.Index(target, form.Array(items=(type_, *metadata))) if (
                names.library(plain.other(target)) == "Annotated"
            ):
                for one in metadata:
                    found = names.value(plain.other(one))
                    name = names.library(found) if isinstance(found.node, form.Call) else ""
                    if name in MARKERS or name in DEPENDS:
                        kind, marker = name, found
                plain = plain.other(type_)
            case form.Index(target, inner) if names.library(plain.other(target)) in MARKERS:  # of django-ninja
                kind, plain = names.library(plain.other(target)), plain.other(inner)
            case form.Literal(str(text)):
                parsed = _parsed(text)
                if parsed is None:
                    break
                plain = plain.other(parsed)
            case _:
                break
    given = _made(names, names.value(default)) if default is not None else None
    if given is not None and isinstance(given.node, form.Call) and names.library(given) in (*MARKERS, *DEPENDS):
        kind, marker, default = names.library(given), given, None
        if kind in MARKERS:
            default = _own_default(given)
    elif default is None and marker is not None and kind in MARKERS:
        default = _own_default(marker, positional=False)
    arguments = marker.node.arguments if marker is not None and isinstance(marker.node, form.Call) else ()
    required = default is None or _is_ellipsis(default.node)
    return Annotated(plain, kind, arguments, marker, None if required else default, required)


def _made(names: Names, written: Written) -> Written:
    """The marker that a function of the project makes: `session = needs_session()` with `return Depends(…)`."""
    if not isinstance(written.node, form.Call):
        return written
    maker = names.callee(written.other(written.node.callee))
    if maker is None or not isinstance(maker.node, form.Function):
        return written
    returned = [node for node in maker.node.body if isinstance(node, form.Return)]
    if len(returned) == 1 and isinstance(returned[0].value, form.Call):
        made = Written(maker.file, returned[0].value)
        return made if names.library(made) in DEPENDS else written
    return written


def _alias(names: Names, written: Written) -> Written:
    """`CurrentUser = Annotated[User, Depends(…)]` for `CurrentUser`; a type that is declared stays as it is."""
    followed = names.value(written)
    if isinstance(followed.node, form.Index) and followed is not written:
        target = followed.other(followed.node.object)
        if names.library(target) == "Annotated":
            return followed
    found = names.symbols.member(written.file, written.node) if isinstance(written.node, form.Name) else None
    if found is not None and isinstance(found.statement, form.TypeDefinition) and found.statement.value is not None:
        return Written(found.file, found.statement.value)
    return written


def _own_default(marker: Written, positional: bool = True) -> Written | None:
    if not isinstance(marker.node, form.Call):
        return None
    for argument in marker.node.arguments:
        if argument.name in ("default", "default_factory") or (argument.name is None and positional):
            return marker.other(argument.value)
    return None


def _is_ellipsis(node: form.Expression) -> bool:
    # The readers lower `...` so, with the other constants the form has no value for.
    return isinstance(node, form.Opaque) and node.reason == "constant"


def _parsed(text: str) -> form.Expression | None:
    """An annotation that is written as a text."""
    match read_python(f"_: {text.strip()}\n".encode()).body:
        case (form.Bind(annotation=annotation),) if not isinstance(annotation, form.Literal):
            return annotation
        case _:
            return None
