"""What does `UserSerializer(user).data` of Django REST framework hold?

https://www.django-rest-framework.org/api-guide/serializers/#serializing-objects (3.14 to 3.16)
"""

from __future__ import annotations

from auditor.link.answers.frame import Frame, local_of
from auditor.link.answers.merge import UNTOLD
from auditor.link.contents.names import Names
from auditor.link.types.resolve import Types
from auditor.link.types.serializers import INPUT
from auditor.model import form
from auditor.model.shape import ListOf, Ref, Shape


def serialized(names: Names, types: Types, node: form.Expression, frame: Frame) -> Shape:
    """The shape of `node.data`, where `node` is such a call or a variable for one."""
    if isinstance(node, form.Name):
        local = local_of(frame.function, node.id)
        node = local.values[0] if local is not None and len(local.values) == 1 else node
    made = names.callee(frame.written(node.callee)) if isinstance(node, form.Call) else None
    if made is None or not isinstance(node, form.Call) or not isinstance(made.node, form.Class):
        return UNTOLD
    shape = types.declared_in(made.file, made.name)
    if not isinstance(shape, Ref) or shape.key + INPUT not in types.models:
        return UNTOLD
    many = [one.value for one in node.arguments if one.name == "many"]
    if not many:
        return shape
    return ListOf(shape) if isinstance(many[0], form.Literal) and many[0].value is True else UNTOLD
