"""What does `UserSchema().dump(user)` of marshmallow give?

marshmallow 3 and 4: https://marshmallow.readthedocs.io/en/stable/api_reference.html#marshmallow.Schema.dump; what a
method under `post_dump` makes of it: https://marshmallow.readthedocs.io/en/stable/extending.html. `jsonify` is
flask-marshmallow's.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.link.answers.frame import Frame, returned
from auditor.link.answers.merge import UNTOLD, joined
from auditor.link.answers.order import bound_before
from auditor.link.contents.marshmallow import schema_shape
from auditor.link.contents.names import Callee, Names, Written, place_of
from auditor.link.evaluate.walk import walk
from auditor.link.types.unions import one_of
from auditor.model import form
from auditor.model.shape import FieldType, Inline, ListOf, Ref, Shape, UnknownShape

_DUMPING = frozenset({"dump", "jsonify"})
_OTHER = UnknownShape("what is put beside the data")


def dumped(names: Names, node: form.Call, frame: Frame) -> Shape | None:
    """The shape that a schema writes; None where the call is none of a schema."""
    if not isinstance(node.callee, form.Member) or node.callee.name not in _DUMPING:
        return None
    many = next((one.value for one in node.arguments if one.name == "many"), None)
    shapes: list[Shape] = []
    for made in constructions(names, node.callee.object, frame, node):
        shape = schema_shape(made, names, takes=False)
        if shape is None:
            return None
        if many is not None:
            item = shape.item if isinstance(shape, ListOf) else shape
            shape = ListOf(item) if isinstance(many, form.Literal) and many.value is True else item
        shapes.append(_after(made, shape, names))
    several = len(set(shapes)) > 1 and all(isinstance(shape, Ref) for shape in shapes)
    return one_of(shapes) if several else joined(shapes) if shapes else None


def constructions(names: Names, node: form.Expression, frame: Frame, use: form.Expression) -> Iterator[Written]:
    """What a schema may have been made by where it is used: `UserSchema(many=True)`, also behind a variable or an
    attribute of the class."""
    match node:
        case form.Name(id) if id in frame.given:
            value, where = frame.given[id]
            yield from constructions(names, value, where, value)
        case form.Name(id) if values := bound_before(frame.function, id, use):
            for value in values:
                yield from constructions(names, value, frame, use)
        case form.Call(callee, arguments, span=span):
            attribute = _attribute(names, callee, frame.owner)
            if attribute is not None:
                yield attribute.other(form.Call(attribute.node, arguments, span))
            else:
                yield frame.written(node)
        case form.Member():
            yield _attribute(names, node, frame.owner) or frame.written(node)
        case _:
            yield frame.written(node)


def _attribute(names: Names, node: form.Expression, owner: Callee | None) -> Written | None:
    """What `self.schema` is set to in the class, or one above it."""
    if not isinstance(node, form.Member) or not isinstance(node.object, form.Name) or owner is None:
        return None
    if node.object.id not in ("self", "cls"):
        return None
    for base in names.bases(owner):
        for part in base.node.body if isinstance(base.node, form.Class) else ():
            if isinstance(part, form.Field) and part.name == node.name and part.value is not None:
                return Written(base.file, part.value)
    return None


def _after(made: Written, shape: Shape, names: Names) -> Shape:
    """What the methods under `post_dump` make of it."""
    node = made.node.callee if isinstance(made.node, form.Call) else made.node
    cls = names.callee(names.value(made.other(node)))
    for base in names.bases(cls) if cls is not None else ():
        for part in base.node.body if isinstance(base.node, form.Class) else ():
            whole = _hook(part)
            if whole is None or cls is None or not isinstance(part, form.Def):
                continue
            if whole or not isinstance(shape, ListOf):
                shape = _wrapped(part.function, shape, cls, base, names)
            else:
                shape = ListOf(_wrapped(part.function, shape.item, cls, base, names))
    return shape


def _hook(part: form.Node) -> bool | None:
    """Whether a method is given the whole list of what is dumped; None if it is no such method."""
    for one in part.decorators if isinstance(part, form.Def) else ():
        call = one.callee if isinstance(one, form.Call) else one
        if (call.name if isinstance(call, form.Member) else getattr(call, "id", "")) == "post_dump":
            options = {item.name: item.value for item in one.arguments} if isinstance(one, form.Call) else {}
            given = options.get("pass_many", options.get("pass_collection"))
            return isinstance(given, form.Literal) and given.value is True
    return None


def _wrapped(function: form.Function, shape: Shape, cls: Callee, owner: Callee, names: Names) -> Shape:
    data = [one.target.id for one in function.parameters if isinstance(one.target, form.Name)][1:2]
    if not data or any(_touches(node, data[0]) for part in function.body for node in walk(part)):
        return UNTOLD
    return joined([_given_back(value, data[0], shape, cls, owner, names) for value in returned(function)] or [UNTOLD])


def _given_back(
    value: form.Expression | None, data: str, shape: Shape, cls: Callee, owner: Callee, names: Names
) -> Shape:
    if isinstance(value, form.Name) and value.id == data:
        return shape
    if not isinstance(value, form.Object):
        return UNTOLD
    fields: list[FieldType] = []
    for entry in value.entries:
        key = _constant(entry.key, cls, names)
        if not key:
            return UNTOLD
        inside = shape if isinstance(entry.value, form.Name) and entry.value.id == data else _OTHER
        fields.append(FieldType(key, key, inside, True, False, place_of(Written(owner.file, entry.value))))
    return Inline(tuple(fields))


def _constant(key: form.Expression | None, cls: Callee, names: Names) -> str:
    """A key that is written, or an attribute of the class that is dumped by."""
    if isinstance(key, form.Literal):
        return str(key.value)
    found = _attribute(names, key, cls) if key is not None else None
    node = found.node if found is not None else None
    return str(node.value) if isinstance(node, form.Literal) and isinstance(node.value, str) else ""


def _touches(node: form.Node, name: str) -> bool:
    """Whether something is done to a variable: a key is set or removed, or it is handed on."""
    match node:
        case form.Bind(target=form.Index(form.Name(id)) | form.Name(id)) if id == name:
            return True
        case form.Call(form.Member(form.Name(id))) if id == name:
            return True
        case form.Call(arguments=arguments):
            return any(isinstance(one.value, form.Name) and one.value.id == name for one in arguments)
        case _:
            return False
