"""The neutral form: the one small language that Python and TypeScript sources are lowered into.

The readers in `auditor.syntax` write it, the evaluator in `auditor.link` runs it, and nothing else
knows what a syntax tree is. What has no meaning for an audit is gone: `await`, parentheses, `!`,
optional chaining. Type expressions are ordinary expressions (`A | B` is `Binary("|")`, a generic
application in TypeScript is `Apply`, a Python subscript stays `Index`).

All nodes compare by identity, so that they can key the evaluator's tables; compare their encoding
(`msgspec.json.encode`) to compare contents.
"""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from auditor.model.span import Span


class Node(msgspec.Struct, frozen=True, array_like=True, gc=False, eq=False, tag_field="node"):
    """Base of all nodes of the neutral form."""


# -- expressions --------------------------------------------------------------------------------


class Literal(Node, frozen=True, tag=0):
    """A constant: text, number, boolean, or `None` for `None` and `null`. Bytes read as text.

    `undefined` is `Name("undefined")`, as in the language.
    """

    value: str | int | float | bool | None
    span: Span


class Template(Node, frozen=True, tag=1):
    """An f-string or template literal: text pieces and expressions in source order.

    `tag` is the function of a tagged template (`gql` in gql`…`).
    """

    parts: tuple[str | Expression, ...]
    span: Span
    tag: Expression | None = None


class Name(Node, frozen=True, tag=2):
    """A variable. `this` and `self` are plain names; `super` is `Name("super")`."""

    id: str
    span: Span


class Member(Node, frozen=True, tag=3):
    """`object.name`; the span is that of the name."""

    object: Expression
    name: str
    span: Span


class Index(Node, frozen=True, tag=4):
    """`object[index]`. In TypeScript types it is an indexed access, never a generic."""

    object: Expression
    index: Expression


class Argument(Node, frozen=True, tag=40):
    """An argument of a call. `name` is a Python keyword; `spread` marks `*x`, `...x` and (with no
    name) `spread="**"`."""

    value: Expression
    name: str | None = None
    spread: str = ""


class Call(Node, frozen=True, tag=5):
    """`callee(arguments)` or, with `new`, a construction.

    The span starts at the member name for `a.b(…)` (the line a reader would point at in a
    multi-line chain), else at the callee, and ends with the closing parenthesis.
    """

    callee: Expression
    arguments: tuple[Argument, ...]
    span: Span
    type_arguments: tuple[Expression, ...] = ()
    new: bool = False


class Entry(Node, frozen=True, tag=41):
    """One entry of an object: a key expression and a value; a spread has no key.

    `kind` is "" for values, "get" or "set" for accessors (their value is a `Function`).
    """

    key: Expression | None
    value: Expression
    kind: str = ""


class Object(Node, frozen=True, tag=6):
    """A Python dict display or a JavaScript object literal, in source order."""

    entries: tuple[Entry, ...]
    span: Span


class Array(Node, frozen=True, tag=7):
    """A list, tuple or set; `kind` is "list", "tuple" or "set". Items may be `Spread`."""

    items: tuple[Expression, ...]
    kind: str
    span: Span


class Parameter(Node, frozen=True, tag=42):
    """A parameter: pattern, default, annotation.

    `kind` is "" (positional or keyword), "rest" (`*args`, `...rest`), "keywords" (`**kw`) or
    "keyword-only". `field` marks a TypeScript parameter property (`constructor(private http)`).
    """

    target: Pattern
    default: Expression | None = None
    annotation: Expression | None = None
    kind: str = ""
    optional: bool = False
    field: bool = False
    decorators: tuple[Expression, ...] = ()


class Function(Node, frozen=True, tag=8):
    """Any function: `def`, lambda, arrow, method. An expression body is one `Return`.

    `arrow` keeps `this` of its surroundings (Python lambdas and comprehension bodies too).
    """

    name: str
    parameters: tuple[Parameter, ...]
    body: tuple[Statement, ...]
    span: Span
    returns: Expression | None = None
    type_parameters: tuple[str, ...] = ()
    arrow: bool = False
    asynchronous: bool = False
    generator: bool = False
    doc: str = ""


class Conditional(Node, frozen=True, tag=9):
    """`test ? then : other`."""

    test: Expression
    then: Expression
    other: Expression


class Binary(Node, frozen=True, tag=10):
    """An operator between two operands, spelled as in Python for the logical ones.

    `and`, `or`, `??`, `+`, `-`, `*`, `/`, `//`, `%`, `**`, `|`, `&`, `^`, `<<`, `>>`, `==`, `!=`, `<`, `<=`,
    `>`, `>=`, `in`, `not in`, `is`, `is not`, `instanceof`. `===` is `==`, `!==` is `!=`, `&&` is
    `and`, `||` is `or`. In types, `|` is a union and `&` an intersection.
    """

    operator: str
    left: Expression
    right: Expression


class Unary(Node, frozen=True, tag=11):
    """`not`, `-`, `+`, `~`, `typeof`, `void`, `delete`; in types `typeof`, `keyof`."""

    operator: str
    operand: Expression


class Spread(Node, frozen=True, tag=12):
    """`*x` or `...x` inside an `Array`."""

    value: Expression


class Comprehension(Node, frozen=True, tag=13):
    """`[body for target in iterable if conditions]`; nested `for`s nest comprehensions in `body`.

    `kind` is "list", "set", "dict" (the body is an `Array` pair) or "generator".
    """

    kind: str
    target: Pattern
    iterable: Expression
    conditions: tuple[Expression, ...]
    body: Expression


class Regex(Node, frozen=True, tag=14):
    """A JavaScript regular expression literal."""

    pattern: str
    flags: str
    span: Span


class Assign(Node, frozen=True, tag=15):
    """An assignment used as an expression (`a = b`, `a += b`, `x := y`); `operator` is "" or "+"…"""

    target: Pattern
    value: Expression
    operator: str = ""


class Cast(Node, frozen=True, tag=16):
    """`value as type`, `<type>value`, `value satisfies type`; `as const` has `Name("const")`."""

    value: Expression
    type: Expression


class Opaque(Node, frozen=True, tag=17):
    """Syntax the form does not model, with the sub-expressions that still matter.

    A JSX element is `Opaque("jsx:Name", (props object, *children))`; `yield x` is
    `Opaque("yield", (x,))`. In types: "function-type", "mapped-type", "conditional-type", "infer"…
    """

    reason: str
    parts: tuple[Expression, ...]
    span: Span


class ShapeMember(Node, frozen=True, tag=43):
    """A member of an object type. An index signature has the name "[]" and `key` its key type.

    A method signature has an `Opaque("function-type", …)` as type.
    """

    name: str
    type: Expression
    optional: bool
    span: Span
    key: Expression | None = None


class Shape(Node, frozen=True, tag=18):
    """A TypeScript object type `{a: string; b?: number}`."""

    members: tuple[ShapeMember, ...]
    span: Span


class Apply(Node, frozen=True, tag=19):
    """A generic type application in TypeScript: `Promise<User>`; `T[]` is `Apply(Name("Array"), (T,))`."""

    target: Expression
    arguments: tuple[Expression, ...]


class ClassExpression(Node, frozen=True, tag=20):
    """A class used as an expression."""

    definition: Class


# -- patterns -------------------------------------------------------------------------------------


class ObjectPatternItem(Node, frozen=True, tag=44):
    """`{key: target = default}`; the rest element has no key."""

    key: Expression | None
    target: Pattern
    default: Expression | None = None


class ObjectPattern(Node, frozen=True, tag=21):
    """Destructuring of an object."""

    items: tuple[ObjectPatternItem, ...]


class ArrayPatternItem(Node, frozen=True, tag=45):
    """An element of a sequence pattern; a hole in it has no target."""

    target: Pattern | None
    default: Expression | None = None
    rest: bool = False


class ArrayPattern(Node, frozen=True, tag=22):
    """Destructuring of a sequence."""

    items: tuple[ArrayPatternItem, ...]


# -- statements -----------------------------------------------------------------------------------


class Bind(Node, frozen=True, tag=23):
    """`target = value`, `target: annotation`, `const target = value`, `target += value`.

    `kind` is "const", "let", "var" or "assign" (Python assignments are "assign"), or "global" or
    "nonlocal" for a name of Python declared so. `operator` is "" or the operator of an augmented
    assignment ("+", "||", "??"…).
    """

    target: Pattern
    value: Expression | None
    span: Span
    annotation: Expression | None = None
    kind: str = "assign"
    operator: str = ""


class Do(Node, frozen=True, tag=24):
    """An expression evaluated for its effect."""

    value: Expression


class Return(Node, frozen=True, tag=25):
    """`return value`."""

    value: Expression | None
    span: Span


class For(Node, frozen=True, tag=26):
    """`for target in iterable`; JavaScript `for…of` and `for…in` (`keys`), `async for`."""

    target: Pattern
    iterable: Expression
    body: tuple[Statement, ...]
    keys: bool = False


class If(Node, frozen=True, tag=27):
    """A two-way branch; `test=None` is a branch that may or may not run.

    `while`, classic `for`, `switch`, `match` and exception handlers become such branches;
    a `switch` or `match` case keeps `Binary("==", subject, value)` as its test.
    """

    test: Expression | None
    then: tuple[Statement, ...]
    otherwise: tuple[Statement, ...] = ()


class Block(Node, frozen=True, tag=28):
    """Statements run in order. `kind` is "", "try" (a stop inside does not end the flow), "finally",
    "except" or "with"."""

    body: tuple[Statement, ...]
    kind: str = ""


class Def(Node, frozen=True, tag=29):
    """A named function, or a method inside a class.

    `kind` is "", "static", "class", "get", "set", "constructor" or "abstract". In Python, `static`
    and `class` come from the built-in decorators, which stay in `decorators` too.
    """

    function: Function
    decorators: tuple[Expression, ...]
    span: Span
    kind: str = ""


class Field(Node, frozen=True, tag=30):
    """An attribute in a class body: `name: annotation = value`.

    In Python every one is `static`; in TypeScript only those marked so.
    """

    name: str
    annotation: Expression | None
    value: Expression | None
    static: bool
    span: Span
    optional: bool = False
    decorators: tuple[Expression, ...] = ()


class Class(Node, frozen=True, tag=31):
    """A class. `bases` are expressions; `keywords` are Python's (`metaclass=…`)."""

    name: str
    bases: tuple[Expression, ...]
    body: tuple[Statement, ...]
    span: Span
    decorators: tuple[Expression, ...] = ()
    keywords: tuple[Argument, ...] = ()
    type_parameters: tuple[str, ...] = ()
    abstract: bool = False
    doc: str = ""


class ImportName(Node, frozen=True, tag=46):
    """One imported name. `name` is "*" for all names, "" for the module itself, "default"…"""

    name: str
    local: str
    span: Span


class Import(Node, frozen=True, tag=32):
    """An import. `level` counts the leading dots of a Python relative import.

    `import a.b` has one name ("" → "a"), `import a.b as c` one ("" → "c"); `from a import *` has
    ("*" → ""); `import * as ns from "m"` has ("" → "ns"); `import x from "m"` has ("default" → "x").
    A bare `import "m"` has none.
    """

    module: str
    names: tuple[ImportName, ...]
    span: Span
    level: int = 0
    type_only: bool = False


class Export(Node, frozen=True, tag=33):
    """`export {local as name}`, `export … from "module"`; `export const x` binds and exports.

    `export * from "m"` has ("*" → ""), `export * as ns from "m"` has ("" → "ns"). In each
    `ImportName`, `name` is the inner name and `local` the exported one. `export default expr` is
    `Bind(Name("default"))` followed by an `Export` of "default".
    """

    names: tuple[ImportName, ...]
    span: Span
    module: str | None = None
    type_only: bool = False


class EnumMember(Node, frozen=True, tag=47):
    """A member of a TypeScript enum."""

    name: str
    value: Expression | None
    span: Span


class Enum(Node, frozen=True, tag=34):
    """A TypeScript enum. Python enums are classes."""

    name: str
    members: tuple[EnumMember, ...]
    span: Span


class TypeDefinition(Node, frozen=True, tag=35):
    """A named type: `type X<T> = …`, `interface X extends Y {…}` (value is a `Shape`), Python `type X = …`."""

    name: str
    parameters: tuple[str, ...]
    value: Expression
    span: Span
    extends: tuple[Expression, ...] = ()
    interface: bool = False


class Stop(Node, frozen=True, tag=36):
    """`raise`, `throw`, `break`, `continue`: the statements behind it do not run."""

    kind: str
    value: Expression | None
    span: Span


Expression: TypeAlias = (
    Literal | Template | Name | Member | Index | Call | Object | Array | Function | Conditional
    | Binary | Unary | Spread | Comprehension | Regex | Assign | Cast | Opaque | Shape | Apply | ClassExpression
)  # fmt: skip
Pattern: TypeAlias = Name | Member | Index | ObjectPattern | ArrayPattern
Statement: TypeAlias = (
    Bind | Do | Return | For | If | Block | Def | Field | Class | Import | Export | Enum | TypeDefinition | Stop
)  # fmt: skip
