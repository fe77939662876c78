"""A project from source texts, with its types, for tests."""

from __future__ import annotations

from auditor.link.modules.symbols import Symbols
from auditor.link.modules.typescript import typescript_modules
from auditor.link.types import Types
from auditor.model import form
from auditor.model.facts import Dialect, FileFacts
from auditor.model.shape import AnyShape, Inline, ListOf, MapOf, Model, OneOf, Ref, Scalar, Shape, UnknownShape, Values
from auditor.syntax.python import read_python
from auditor.syntax.typescript import read_typescript


def facts_of(sources: dict[str, str]) -> dict[str, FileFacts]:
    """The facts of each file, read by its ending."""
    return {
        file: read_python(text.encode())
        if file.endswith(".py")
        else read_typescript(text.encode(), Dialect.TSX if file.endswith("x") else Dialect.TYPESCRIPT)
        for file, text in sources.items()
    }


def types_of(sources: dict[str, str]) -> Types:
    """The types of a project, nothing resolved yet."""
    facts = facts_of(sources)
    return Types(facts, Symbols(facts, typescript_modules(facts, {})))


def resolve(sources: dict[str, str], file: str, text: str) -> tuple[Types, Shape]:
    """The shape of a type expression as it would stand at the end of `file`."""
    line = f"\nprobe: {text}\n" if file.endswith(".py") else f"\nlet probe: {text};\n"
    facts = facts_of({**sources, file: sources.get(file, "") + line})
    types = Types(facts, Symbols(facts, typescript_modules(facts, {})))
    last = facts[file].body[-1]
    assert isinstance(last, form.Bind)
    assert last.annotation is not None
    return types, types.shape(file, last.annotation)


def outline(types: Types, shape: Shape) -> str:
    """A shape in short: enums with their values, models by name, `?` for what is unknown."""

    match shape:
        case Scalar(kind, format):
            return f"{kind}:{format}" if format else kind
        case Values(values):
            return " ".join(repr(value.value) for value in values)
        case Ref(key) if key in types.enums:
            enum = types.enums[key]
            return f"{enum.name}({', '.join(str(v.value) for v in enum.values)}{', …' if enum.open else ''})"
        case Ref(key):
            return types.models[key].name
        case ListOf(item):
            return f"[{outline(types, item)}]"
        case MapOf(value):
            return f"map {outline(types, value)}"
        case OneOf(options):
            return " | ".join(outline(types, option) for option in options)
        case Inline(fields, open):
            return f"{{{', '.join(f.name for f in fields)}{', …' if open else ''}}}"
        case AnyShape():
            return "any"
        case UnknownShape():
            return "?"


def fields_in_short(types: Types, model: Model) -> list[str]:
    """The fields of a model: wire name, `?` if it may be missing, shape, `| null`, default."""
    return [
        f"{field.wire}{'' if field.required else '?'}: {outline(types, field.shape)}"
        f"{' | null' if field.nullable else ''}{f' = {field.default!r}' if field.default is not None else ''}"
        for field in model.fields
    ]
