"""What do the models and request parsers of Flask-RESTX and Flask-RESTful say?

https://flask-restx.readthedocs.io/en/latest/marshalling.html, https://flask-restx.readthedocs.io/en/latest/parsing.html
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.link.contents.names import Callee, Names, Written, place_of
from auditor.link.evaluate.walk import called_name, walk
from auditor.model import form
from auditor.model.finding import Side
from auditor.model.operation import Part, Taken
from auditor.model.shape import AnyShape, FieldType, ListOf, Model, Scalar, Shape, UnknownShape, Value, Values

_SCALARS: dict[str, Shape] = {
    "String": Scalar("string"), "Integer": Scalar("integer"), "Float": Scalar("number"), "Boolean": Scalar("boolean"),
    "DateTime": Scalar("string", "date-time"), "Date": Scalar("string", "date"), "Url": Scalar("string", "uri"),
    "Raw": AnyShape(), "Arbitrary": Scalar("number"), "Fixed": Scalar("number"), "FormattedString": Scalar("string"),
}  # fmt: skip
_TYPES = {"int": "integer", "float": "number", "bool": "boolean", "str": "string", "inputs.boolean": "boolean"}
_PLACES = {"args": "query", "headers": "header", "cookies": "cookie", "form": "form", "files": "file", "json": "json"}
_MAKERS = ("model", "Model", "inherit", "clone")
_DEPTH = 8


def restx_shape(written: Written, names: Names, depth: int = 0) -> Shape | None:
    """The shape of `api.model("User", {"id": fields.Integer})`, or of the plain dict of fields."""
    written = names.value(written)
    call = written.node
    name = ""
    fields: form.Expression | None = call
    inherited: list[FieldType] = []
    if isinstance(call, form.Call):
        if called_name(call) not in _MAKERS or len(call.arguments) < 2:
            return None
        first = call.arguments[0].value
        name = str(first.value) if isinstance(first, form.Literal) else ""
        fields = names.value(written.other(call.arguments[-1].value)).node
        for parent in call.arguments[1:-1]:
            above = restx_shape(written.other(parent.value), names, depth + 1)
            key = getattr(above, "key", "")
            inherited += names.types.models[key].fields if key in names.types.models else ()
    if not isinstance(fields, form.Object) or depth > _DEPTH:
        return None
    found = list(inherited)
    for entry in fields.entries:
        key = entry.key.value if isinstance(entry.key, form.Literal) else None
        field = _field(str(key), written.other(entry.value), names, depth) if isinstance(key, str) else None
        if field is None:
            return None
        found.append(field)
    place = place_of(written)
    named = f"{place.file}:{name}" if name else f"{place.file}:{place.line}:fields"
    return names.types.enter(
        Model(named, name or "fields", Side.BACKEND, place, tuple(found), False, "restx" if name else "inline")
    )


def parsed_by(callee: Callee, method: str, names: Names) -> Iterator[Taken | Part]:
    """What `parser.parse_args()` in a handler reads: the arguments that were added to the parser."""
    for node in walk(callee.node):
        match node:
            case form.Call(form.Member(form.Name() as parser, "parse_args")):
                yield from _arguments(Written(callee.file, parser), callee, method, names)
            case _:
                pass


def _arguments(parser: Written, callee: Callee, method: str, names: Names) -> Iterator[Taken | Part]:
    assert isinstance(parser.node, form.Name)
    found = names.symbols.definition(parser.file, parser.node.id)
    file, name = (found.file, found.name) if found is not None else (callee.file, parser.node.id)
    body = names.symbols.facts[file].body if found is not None and file in names.symbols.facts else callee.node.body
    for statement in body:
        for node in walk(statement) if isinstance(statement, form.Do) else ():
            match node:
                case form.Call(
                    form.Member(form.Name(id), "add_argument"), (form.Argument(form.Literal(str(said))), *rest)
                ):
                    if id == name:
                        yield _argument(
                            said, {one.name: one.value for one in rest if one.name}, Written(file, node), method
                        )
                case _:
                    pass


def _argument(name: str, options: dict[str, form.Expression], written: Written, method: str) -> Taken | Part:
    place = place_of(written)
    location = options.get("location")
    usual = "args" if method in ("GET", "HEAD", "DELETE") else "json"
    where = _PLACES.get(str(location.value) if isinstance(location, form.Literal) else usual, "query")
    kind = options.get("type")
    shape: Shape = Scalar(_TYPES.get(kind.id if isinstance(kind, form.Name) else "", "string"))
    if isinstance(action := options.get("action"), form.Literal) and action.value in ("append", "split"):
        shape = ListOf(shape)
    required = isinstance(must := options.get("required"), form.Literal) and must.value is True
    default = options.get("default")
    literal = default.value if isinstance(default, form.Literal) else None
    if where in ("form", "file", "json"):
        return Part(name, where, shape, required, place, embedded=True)
    return Taken(name, where, shape, required, place, literal)


def _field(name: str, written: Written, names: Names, depth: int) -> FieldType | None:
    call = written.node
    callee = call.callee if isinstance(call, form.Call) else call
    full = names.types.library(written.file, callee)
    if full.partition(".")[0] not in ("flask_restx", "flask_restplus", "flask_restful"):
        return None
    kind = full.rpartition(".")[2]
    arguments = call.arguments if isinstance(call, form.Call) else ()
    options = {one.name: one.value for one in arguments if one.name}
    first = next((one.value for one in arguments if one.name is None and not one.spread), None)
    required = isinstance(must := options.get("required"), form.Literal) and must.value is True
    return FieldType(
        name, name, _shape(kind, first, options, written, names, depth), required, False, place_of(written)
    )


def _shape(
    kind: str,
    first: form.Expression | None,
    options: dict[str, form.Expression],
    written: Written,
    names: Names,
    depth: int,
) -> Shape:
    if kind in ("Nested", "List") and first is not None:
        if kind == "Nested":
            found: Shape = restx_shape(written.other(first), names, depth + 1) or UnknownShape("a nested model")
            many = isinstance(listed := options.get("as_list"), form.Literal) and listed.value is True
            return ListOf(found) if many else found
        item = _field("", written.other(first), names, depth + 1)
        return ListOf(item.shape if item is not None else UnknownShape("the items of a list"))
    choices = options.get("enum")
    if isinstance(choices, form.Array) and all(isinstance(one, form.Literal) for one in choices.items):
        place = place_of(written)
        texts = [one.value for one in choices.items if isinstance(one, form.Literal) and one.value is not None]
        return Values(tuple(Value(text, "", place) for text in texts))
    return _SCALARS.get(kind, UnknownShape(f"what a field of the kind {kind} holds"))
