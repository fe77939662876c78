"""Which shape has the body that a Python handler answers with, as the code that makes it says?

`return {"status": "ok", "count": n}` says which keys travel, better than `-> dict` does, and so does the dict that a
function of the project writes, fills and gives back. What cannot be followed leaves the shape open or gives none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from auditor.link.answers.classes import Classes
from auditor.link.answers.dumped import dumped
from auditor.link.answers.filled import filled
from auditor.link.answers.frame import Change, Frame, Local, given_to, gives, local_of, nested, returned
from auditor.link.answers.merge import UNTOLD, is_told, item_of, joined, without_nothing
from auditor.link.answers.naming import entered
from auditor.link.answers.serialized import serialized
from auditor.link.answers.status import is_failure, is_status, passed_on, refuses
from auditor.link.contents.names import Callee, Names, place_of
from auditor.link.evaluate.walk import called_name
from auditor.link.types.resolve import Types
from auditor.link.types.unions import NULL, STRING
from auditor.model import form
from auditor.model.shape import FieldType, Inline, ListOf, MapOf, Ref, Scalar, Shape
from auditor.model.span import Location

_RESPONSES = frozenset(
    {"JSONResponse", "ORJSONResponse", "UJSONResponse", "JsonResponse", "Response", "jsonify", "json"}
)
_CONTENT = ("content", "data")
_SAME = frozenset({"jsonable_encoder", "deepcopy", "copy", "cast", "sorted", "list", "reversed"})
_TEXTS = frozenset({"str", "isoformat", "strftime", "join", "lower", "upper", "strip", "hexdigest"})
_NUMBERS = frozenset({"len", "int", "float", "round", "sum"})
_FLAGS = frozenset({"bool", "any", "all", "isinstance"})
# These call what they are given, in a thread.
_RUNNING = {"to_thread": 0, "run_in_threadpool": 0, "run_sync": 0, "run_in_executor": 1}
_FIELDED = frozenset({"pydantic", "dataclass", "typeddict"})
_DEPTH = 8

IsSuccess = Callable[[form.Call], bool]


class Answers:
    """Asks functions of the project what they give back; each function without arguments is asked once."""

    def __init__(self, names: Names, types: Types, is_success: IsSuccess) -> None:
        self._names, self._types, self._is_success = names, types, is_success
        self._classes = Classes(names)

    def of(self, file: str, function: form.Function, owner: Callee | None = None) -> Shape | None:
        """The shape of what a handler answers on success; objects are models named after the function that makes them.

        None where something is answered that cannot be told.
        """
        frame = Frame(file, function, owner)
        shape, _ = without_nothing(self._function(frame, 0, {}))
        made = entered(self._types, shape, self._maker(frame)) if is_told(shape) else shape
        return made if is_told(made) else None

    def filling(self, shape: Shape, file: str, function: form.Function) -> Shape:
        """A response model with what a handler writes into fields of it that are declared to be any object."""
        frame = Frame(file, function, None)
        return filled(
            self._names, self._types, shape, frame, lambda node, where: self._value(node, where, 0, {}) or UNTOLD
        )

    def _maker(self, frame: Frame) -> Frame:
        """The function that writes what a handler answers: another one where the handler only returns its result."""
        for _ in range(_DEPTH):
            values = list(returned(frame.function))
            if len(values) != 1 or not isinstance(values[0], form.Call):
                return frame
            found = [one for one in self._callees(values[0], frame) if gives(one)]
            if not found or any(one.function.name != found[0].function.name for one in found):
                return frame
            frame = found[0]
        return frame

    def _function(self, frame: Frame, depth: int, seen: dict[form.Function, int]) -> Shape:
        """What a function gives back; UNTOLD where that is not known."""
        if depth > _DEPTH or frame.function.generator or seen.get(frame.function, 0) > 1:
            return UNTOLD
        seen = {**seen, frame.function: seen.get(frame.function, 0) + 1}
        shapes: list[Shape] = []
        handed = list(passed_on(frame.function))
        for value in returned(frame.function):
            if any(value is one for one in handed):
                continue
            shape = NULL if value is None else self._value(value, frame, depth, seen)
            if shape is not None:
                shapes.append(shape)
        return joined(shapes) if shapes else UNTOLD

    def _value(self, node: form.Expression, frame: Frame, depth: int, seen: dict[form.Function, int]) -> Shape | None:
        """What an expression gives; None for the answer of an error, which says nothing about success."""
        match node:
            case form.Literal(None):
                return NULL
            case form.Literal(bool()):
                return Scalar("boolean")
            case form.Literal(str()) | form.Template():
                return STRING
            case form.Literal():
                return Scalar("number")
            case form.Object(entries):
                return self._object(node, entries, frame, depth, seen)
            case form.Array((body, *rest), "tuple") if rest and all(is_status(one) for one in rest):
                # Flask: body, status and headers side by side.
                return self._value(body, frame, depth, seen) if not is_failure(rest[0]) else None
            case form.Array(items, kind) if kind != "tuple":
                told = [self._value(item, frame, depth, seen) or UNTOLD for item in items]
                return ListOf(joined(told) if told else UNTOLD)
            case form.Comprehension(kind="list" | "set", body=body):
                return ListOf(self._value(body, frame, depth, seen) or UNTOLD)
            case form.Comprehension(kind="dict", body=form.Array((_, value), _)):
                return MapOf(self._value(value, frame, depth, seen) or UNTOLD)
            case form.Conditional(_, then, other):
                parts = [self._value(part, frame, depth, seen) for part in (then, other)]
                return joined([part or UNTOLD for part in parts])
            case form.Name(id):
                return self._name(id, frame, depth, seen)
            case form.Call():
                return self._call(node, frame, depth, seen)
            case form.Member(form.Call(form.Member(_, "dump")) as made, "data"):  # marshmallow 2
                return self._call(made, frame, depth, seen)
            case form.Member(object, "data"):
                return serialized(self._names, self._types, object, frame)
            case form.Index(object, index):
                return item_of(self._value(object, frame, depth + 1, seen) or UNTOLD, index)
            case _:
                return UNTOLD

    def _object(
        self, node: form.Object, entries: Sequence[form.Entry], frame: Frame, depth: int, seen: dict[form.Function, int]
    ) -> Shape:
        fields: dict[str, FieldType] = {}
        others: list[Shape] = []
        open = False
        for entry in entries:
            shape = self._value(entry.value, frame, depth + 1, seen) or UNTOLD
            if entry.key is None:
                inner, _ = without_nothing(shape)
                open = open or not isinstance(inner, Inline) or inner.open
                fields |= {one.wire: one for one in inner.fields} if isinstance(inner, Inline) else {}
            elif isinstance(entry.key, form.Literal) and isinstance(entry.key.value, str):
                fields[entry.key.value] = _field(entry.key.value, shape, True, Location(frame.file, entry.key.span))
            else:
                others.append(shape)
        if others and not fields and not open:
            return MapOf(joined(others))
        return Inline(tuple(fields.values()), open or bool(others))

    def _name(self, id: str, frame: Frame, depth: int, seen: dict[form.Function, int]) -> Shape:
        if id in frame.given:
            value, where = frame.given[id]
            return self._value(value, where, depth + 1, seen) or UNTOLD
        local = local_of(frame.function, id)
        if local is None:
            return self._name(id, frame.outer, depth, seen) if frame.outer is not None else UNTOLD
        if depth > _DEPTH:
            return UNTOLD
        told = [self._value(value, frame, depth + 1, seen) for value in local.values]
        shape = joined([one for one in told if one is not None]) if any(told) else UNTOLD
        return self._changed(shape, local, frame, depth, seen)

    def _changed(self, shape: Shape, local: Local, frame: Frame, depth: int, seen: dict[form.Function, int]) -> Shape:
        items = [change for change in local.changes if change.item]
        keys = [change for change in local.changes if not change.item]
        plain, nullable = without_nothing(shape)
        match plain:
            case ListOf(item) if not keys:
                told = [self._change(change, frame, depth, seen) for change in items]
                known = told if item is UNTOLD else [item, *told]
                shape = ListOf(UNTOLD if local.lost or not known else joined(known))
            case Inline(fields, open) if not items:
                if keys and not fields and not open and all(change.key is None for change in keys) and not local.lost:
                    return MapOf(joined([self._change(change, frame, depth, seen) for change in keys]))
                found = {one.wire: one for one in fields}
                for change in keys:
                    if change.key is None:
                        open = True
                        continue
                    before = found.get(change.key)
                    made = self._change(change, frame, depth, seen)
                    if before is not None:
                        made = joined([made, before.shape]) if not change.always else made
                    place = Location(frame.file, frame.function.span) if before is None else before.location
                    if before is None and change.value is not None:
                        place = _place(frame, change.value)
                    certain = change.always or (before is not None and before.required)
                    found[change.key] = _field(change.key, made, certain, place)
                shape = Inline(tuple(found.values()), open or local.lost)
            case MapOf() if not items and not local.lost:
                return plain
            case _:
                return UNTOLD if local.changes or local.lost else shape
        return shape if not nullable else joined([shape, NULL])

    def _change(self, change: Change, frame: Frame, depth: int, seen: dict[form.Function, int]) -> Shape:
        return (self._value(change.value, frame, depth + 1, seen) or UNTOLD) if change.value is not None else UNTOLD

    def _call(self, node: form.Call, frame: Frame, depth: int, seen: dict[form.Function, int]) -> Shape | None:
        name = called_name(node)
        first = node.arguments[0].value if node.arguments and not node.arguments[0].spread else None
        written = dumped(self._names, node, frame)
        if written is not None:
            return written
        if refuses(node):
            return None
        if name in _RESPONSES and self._names.callee(frame.written(node.callee)) is None:
            if not self._is_success(node):
                return None
            content = next((one.value for one in node.arguments if one.name in _CONTENT), None)
            content = content or (first if node.arguments and node.arguments[0].name is None else None)
            if name == "jsonify" and content is None and node.arguments:
                entries = tuple(form.Entry(form.Literal(one.name, node.span), one.value) for one in node.arguments)
                return self._object(form.Object(entries, node.span), entries, frame, depth, seen)
            return self._value(content, frame, depth, seen) if content is not None else UNTOLD
        found = self._callees(node, frame)
        if found:
            told = [self._function(one, depth + 1, seen) for one in found if gives(one)]
            declared = [self._declared(one) for one in found]
            shape = joined(told) if told else UNTOLD
            return shape if is_told(shape) else next((one for one in declared if one is not None), shape)
        made = self._names.callee(frame.written(node.callee))
        if made is not None and isinstance(made.node, form.Class):
            return self._model(made)
        if name == "get" and isinstance(node.callee, form.Member) and first is not None:
            inside = item_of(self._value(node.callee.object, frame, depth + 1, seen) or UNTOLD, first)
            default = node.arguments[1].value if len(node.arguments) > 1 else form.Literal(None, node.span)
            return joined([inside, self._value(default, frame, depth + 1, seen) or UNTOLD])
        if name in _SAME and first is not None:
            return self._value(first, frame, depth + 1, seen)
        if name == "dict" and all(one.name for one in node.arguments):
            entries = tuple(form.Entry(form.Literal(one.name, node.span), one.value) for one in node.arguments)
            return self._object(form.Object(entries, node.span), entries, frame, depth, seen)
        kinds = ((_TEXTS, STRING), (_NUMBERS, Scalar("number")), (_FLAGS, Scalar("boolean")))
        return next((shape for names, shape in kinds if name in names), UNTOLD)

    def _callees(self, node: form.Call, frame: Frame) -> tuple[Frame, ...]:
        """The functions that a call may run, with what their parameters are given."""
        name = called_name(node)
        place = _RUNNING.get(name, -1)
        if 0 <= place < len(node.arguments):
            inner = self._functions(node.arguments[place].value, frame)
            if inner:
                return tuple(given_to(one, node.arguments[place + 1 :], frame) for one in inner)
        return tuple(given_to(one, node.arguments, frame) for one in self._functions(node.callee, frame))

    def _functions(self, callee: form.Expression, frame: Frame) -> tuple[Frame, ...]:
        match callee:
            case form.Function():
                return (Frame(frame.file, callee, frame.owner, frame),)
            case form.Name(id):
                around: Frame | None = frame
                while around is not None:
                    if id in around.given:
                        return self._functions(*around.given[id])
                    inside = nested(around.function, id)
                    if inside is not None:
                        return (Frame(around.file, inside, around.owner, around),)
                    around = around.outer
        if (
            isinstance(callee, form.Member)
            and isinstance(callee.object, form.Call)
            and called_name(callee.object) == "super"
        ):
            return self._classes.above(frame, callee.name)
        found = self._names.callee(frame.written(callee)) if isinstance(callee, form.Name | form.Member) else None
        if found is not None and isinstance(found.node, form.Function):
            return (Frame(found.file, found.node),)
        if found is None and isinstance(callee, form.Member):
            owner = self._classes.of_value(callee.object, frame)
            return self._classes.methods(owner, callee.name) if owner is not None else ()
        return ()

    def _declared(self, frame: Frame) -> Shape | None:
        """What the annotation of a function says, where it names a model."""
        if frame.function.returns is None:
            return None
        shape, _ = without_nothing(self._types.shape(frame.file, frame.function.returns))
        inner = shape.item if isinstance(shape, ListOf) else shape
        return shape if isinstance(inner, Ref) else None

    def _model(self, made: Callee) -> Shape:
        shape = self._types.declared_in(made.file, made.name)
        model = self._types.models.get(shape.key) if isinstance(shape, Ref) else None
        return shape if model is not None and model.framework in _FIELDED else UNTOLD


def _field(name: str, shape: Shape, required: bool, place: Location) -> FieldType:
    plain, nullable = without_nothing(shape)
    return FieldType(name, name, UNTOLD if plain == NULL else plain, required, nullable, place)


def _place(frame: Frame, node: form.Expression) -> Location:
    return place_of(frame.written(node))
