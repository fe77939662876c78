"""Which names does each named function, object or class of a frontend read?

One pass over every file gives its units: the file's own code, what is bound at its top level, and the members
of objects and classes. What stands deeper belongs to the unit around it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from auditor.link.evaluate.walk import children
from auditor.model import form
from auditor.model.facts import Dialect, FileFacts


@dataclass(eq=False, slots=True)
class Unit:
    """A piece of code that runs as a whole or not at all, and the names read in it.

    `holder` is what has to be used for it to be reached at all; a member of it may stand only for another name
    (`forwards`). `names` are variables read, `members` what is read off values, `opened` names whose members
    are read by computed keys, `computed` how such keys begin and end, `given` those given away as a whole,
    `bases` what a class extends. All members of an `open` unit are used with it.
    """

    file: str
    name: str
    holder: Unit | None = None
    forwards: bool = False
    open: bool = False
    names: set[str] = field(default_factory=set)
    members: set[str] = field(default_factory=set)
    opened: set[str] = field(default_factory=set)
    computed: set[tuple[str, str]] = field(default_factory=set)
    given: set[str] = field(default_factory=set)
    bases: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Units:
    """All units: the code of each file, what files declare, members by name, and the unit of every call."""

    code: dict[str, Unit] = field(default_factory=dict)
    declared: dict[tuple[str, str], Unit] = field(default_factory=dict)
    members: dict[str, list[Unit]] = field(default_factory=dict)
    inside: dict[form.Call, Unit] = field(default_factory=dict)
    bound: dict[str, set[str]] = field(default_factory=dict)
    loaded: set[tuple[str, str]] = field(default_factory=set)


def units_of(facts: Mapping[str, FileFacts]) -> Units:
    """The units of all files. `bound` has every name that a file binds, at whatever depth; `loaded` the
    modules that `import()` and `require` name, with the file that does."""
    units = Units()
    for file, one in facts.items():
        # What the template of a component uses is not seen by name alone.
        component = one.dialect in (Dialect.VUE, Dialect.SVELTE)
        top = units.code[file] = Unit(file, "", open=component)
        reader = _Reader(units, file, top)
        for statement in one.body:
            reader.visit(statement, top, component)
    return units


_TELLING = 3  # letters of a computed name


class _Reader:
    """Enters the units of one file."""

    def __init__(self, units: Units, file: str, top: Unit) -> None:
        self._units = units
        self._file = file
        self._top = top
        self._bound = units.bound.setdefault(file, set())

    def visit(self, node: form.Node, unit: Unit, handed: bool = False) -> None:
        """`handed`: the node is handed to a call, which may use every function in it (`useQuery({queryFn})`)."""
        kind = type(node)
        if kind is form.Name:
            unit.names.add(node.id)  # type: ignore[attr-defined]  # by kind
            unit.given.add(node.id)  # type: ignore[attr-defined]  # by kind
            return
        if kind is form.Literal:
            if isinstance(value := node.value, str) and len(value) < _LONG:  # type: ignore[attr-defined]  # by kind
                unit.members.add(value.rpartition("/")[2])  # stores map and dispatch actions by their names
            return
        inner = unit
        match node:
            case form.Member(name=name):
                unit.members.add(name)
            case form.Index(object=owner, index=index):
                if isinstance(index, form.Literal):
                    unit.members.add(str(index.value))
                else:
                    unit.opened.add(_last(owner))
                    unit.computed.update(_pattern(index))
            case form.Call():
                self._call(node, unit)
            case form.Argument(value=form.Call(callee=callee)):
                unit.opened.add(_last(callee))  # `useQuery(options())`: what the call gives is given away
            case form.Opaque(reason=reason) if reason.startswith("jsx:"):
                first, *rest = reason[4:].split(".")
                unit.names.add(first)
                unit.members.update(rest)
            case form.Parameter(target=target) | form.For(target=target) | form.Comprehension(target=target):
                self._bind(target, unit)
            case form.Bind(target=target, value=value):
                self._bind(target, unit)
                while isinstance(value, form.Cast):
                    value = value.value
                if unit is self._top and value is not None and isinstance(target, form.Name):
                    inner = self._bound_to(target.id, value)
                    if type(value) is form.Object:
                        self._entries(value, inner)
                        return
            case form.Entry(key=form.Literal(value=str(name)), value=form.Function()) if not handed:
                self.visit(node.value, self._member(name, unit))
                return
            case form.Def(function=function):
                if unit is self._top:
                    inner = self._declare(function.name)
                elif node.kind not in ("", "constructor"):
                    inner = self._member(function.name, unit)
                else:
                    self._bound.add(function.name)
            case form.Class():
                self._class(node, unit)
                return
            case form.Import(names=names):
                if unit.open:
                    unit.names.update(item.local for item in names)  # for the template
                return
            case form.TypeDefinition():
                return
            case form.Export(names=names, module=module):
                # Exporting by default hands the function to whoever renders the module.
                if module is None:
                    unit.names.update(item.name for item in names if item.local == "default" != item.name)
                return
            case _:
                pass
        # An attribute of a JSX element is handed over too.
        within = kind is form.Call or kind is form.Opaque or (handed and kind is not form.Function)
        kept = getattr(node, _KEPT[kind]) if kind in _KEPT else None
        for child in children(node):
            if kind in _BINDING and child is node.target:  # type: ignore[attr-defined]  # by kind
                continue
            if child is kept and isinstance(child, form.Name):
                inner.names.add(child.id)  # called or looked into, not given away
            else:
                self.visit(child, inner, within)

    def _entries(self, value: form.Object, holder: Unit) -> None:
        """The entries of an object at the top level: those that only name something else run when they are read."""
        for entry in value.entries:
            match entry:
                case form.Entry(key=form.Literal(value=str(name)), value=form.Name(id)):
                    self._member(name, holder, forwards=True).names.add(id)
                case form.Entry(key=None, value=form.Name(id)):
                    holder.names.add(id)  # its members are read by their names
                case _:
                    self.visit(entry, holder)

    def _call(self, node: form.Call, unit: Unit) -> None:
        self._units.inside[node] = unit
        match node:
            case form.Call(callee=form.Name("import" | "require"), arguments=(form.Argument(form.Literal(str(path))),)):
                self._units.loaded.add((self._file, path))
            case form.Call(callee=form.Member(form.Name("Object"), _), arguments=(first, *_)):
                unit.opened.add(_last(first.value))
            case _:
                pass

    def _bind(self, target: form.Node | None, unit: Unit) -> None:
        """A pattern binds names, and reads the members that it takes apart."""
        match target:
            case form.Name(id):
                self._bound.add(id)
                if (self._file, id) in self._units.declared:
                    unit.names.add(id)
            case form.ObjectPattern(items):
                for item in items:
                    if isinstance(item.key, form.Literal):
                        unit.members.add(str(item.key.value))
                    elif item.key is not None:
                        self.visit(item.key, unit)
                    self._bind(item.target, unit)
                    if item.default is not None:
                        self.visit(item.default, unit)
            case form.ArrayPattern(elements):
                for element in elements:
                    self._bind(element.target, unit)
                    if element.default is not None:
                        self.visit(element.default, unit)
            case form.Node():
                self.visit(target, unit)
            case _:
                pass

    def _bound_to(self, name: str, value: form.Node) -> Unit:
        """The unit of what a top-level name is bound to; the file's own code where nobody has to name it."""
        if name == "default" or type(value) not in _HOLDERS:
            return self._top
        if isinstance(value, form.Call):
            if any(isinstance(argument.value, form.Name) for argument in value.arguments):
                return self._top  # `intercept(client, …)` changes something that is there
            if isinstance(value.callee, form.Name):
                self._top.names.add(value.callee.id)  # this call is made when the module is loaded
        return self._declare(name)

    def _class(self, node: form.Class, unit: Unit) -> None:
        owner = self._declare(node.name) if unit is self._top and node.name else unit
        if node.decorators and _INJECTED not in map(_last, node.decorators):
            self._top.names.add(node.name)  # a framework makes the object, and calls what a template names
            owner.open = True
        owner.bases.update(map(_first, node.bases))
        for part in (*node.bases, *node.decorators):
            self.visit(part, owner)
        for statement in node.body:
            match statement:
                case form.Def(function=function, kind=kind) if kind != "constructor":
                    inner = self._member(function.name, owner)
                    for child in children(statement):
                        self.visit(child, inner)
                case form.Field(name=name, value=form.Function()):
                    self.visit(statement, self._member(name, owner))
                case _:
                    for child in children(statement):
                        self.visit(child, owner)

    def _declare(self, name: str) -> Unit:
        self._bound.add(name)
        key = (self._file, name)
        if key not in self._units.declared:
            self._units.declared[key] = Unit(self._file, name, self._top)
        return self._units.declared[key]

    def _member(self, name: str, holder: Unit, *, forwards: bool = False) -> Unit:
        unit = Unit(self._file, name, holder, forwards)
        self._units.members.setdefault(name, []).append(unit)
        return unit


_LONG = 60  # characters: no name is as long
_BINDING = frozenset({form.Bind, form.Parameter, form.For, form.Comprehension})
_KEPT = {form.Member: "object", form.Call: "callee", form.Bind: "value", form.Index: "object", form.Spread: "value"}
_HOLDERS = frozenset({form.Function, form.Call, form.Object, form.ClassExpression})
_INJECTED = "Injectable"


def _last(node: form.Node) -> str:
    match node:
        case form.Name(id):
            return id
        case form.Member(name=name):
            return name
        case form.Call(callee=callee):
            return _last(callee)
        case form.Cast(value=value):
            return _last(value)
        case _:
            return ""


def _first(node: form.Node) -> str:
    """The name that a chain of members begins with; "" for anything else."""
    while isinstance(node, form.Member | form.Apply):
        node = node.object if isinstance(node, form.Member) else node.target
    return node.id if isinstance(node, form.Name) else ""


def _pattern(key: form.Expression) -> Iterator[tuple[str, str]]:
    """How a computed name begins and ends: `` api[`load${name}`] ``."""
    if isinstance(key, form.Template):
        begin, end = key.parts[0], key.parts[-1]
        written = (begin if isinstance(begin, str) else "", end if isinstance(end, str) else "")
        if len("".join(written)) >= _TELLING:
            yield written
