"""Does the Python reader give the neutral form, the places and the problems that it promises?"""

from __future__ import annotations

import sys

import msgspec
import pytest

from auditor.model import form
from auditor.model.span import Span
from auditor.syntax.python import read_python


def _render(node: object) -> str:
    """A node in one line: names, members, calls and constants as in Python, all others as `Type(field, option=…)`."""
    match node:
        case form.Name(name):
            return name
        case form.Literal(value):
            return repr(value)
        case form.Member(object=owner, name=name):
            return f"{_render(owner)}.{name}"
        case form.Call(callee, arguments):
            return f"{_render(callee)}({', '.join(map(_render, arguments))})"
        case form.Argument(value, name, spread):
            return f"{spread}{name + '=' if name else ''}{_render(value)}"
        case form.Node():
            return f"{type(node).__name__}({', '.join(_fields(node))})"
        case tuple():
            return f"[{', '.join(map(_render, node))}]"
        case _:
            return repr(node)


def _fields(node: form.Node) -> list[str]:
    out = []
    for field in msgspec.structs.fields(type(node)):
        value = getattr(node, field.name)
        if field.required and field.name != "span":
            out.append(_render(value))
        elif not field.required and value != field.default:
            out.append(f"{field.name}={_render(value)}")
    return out


EXPRESSIONS = [
    ("None", "None"),
    ("b'\\xff'", "'ÿ'"),
    ("'a' 'b'", "'ab'"),
    ("...", "Opaque('constant', [])"),
    ("1j", "Opaque('constant', [])"),
    ("1e999", "Opaque('constant', [])"),
    ("99999999999999999999", "Opaque('constant', [])"),
    ("'\\ud800!'", "'\ufffd!'"),
    ("f'/users/{id}'", "Template(['/users/', id])"),
    ("'a' f'{x!r:>{w}}' 'b' 'c'", "Template(['a', x, 'bc'])"),
    ("f'{x=}'", "Template(['x=', x])"),
    ("f'{{}}' '!'", "'{}!'"),
    ("f'{f(1)}' ''", "Template([f(1)])"),
    ("a.b.c", "a.b.c"),
    ("f(1, *a, k=2, **b)", "f(1, *a, k=2, **b)"),
    ("f(x for x in y)", "f(Comprehension('generator', x, y, [], x))"),
    ("d['k']", "Index(d, 'k')"),
    ("Dict[str, 'User']", "Index(Dict, Array([str, 'User'], 'tuple'))"),
    ("d[1:, ::2]", "Index(d, Array([Opaque('slice', [1, None, None]), Opaque('slice', [None, None, 2])], 'tuple'))"),
    ("{'a': 1, **b}", "Object([Entry('a', 1), Entry(None, b)])"),
    ("[1, *a]", "Array([1, Spread(a)], 'list')"),
    ("(1,)", "Array([1], 'tuple')"),
    ("{1}", "Array([1], 'set')"),
    (
        "[x for y in z if y if w for x in y]",
        "Comprehension('list', y, z, [y, w], Comprehension('list', x, y, [], x))",
    ),
    ("{k: v for k, v in d}", "Comprehension('dict', "
     "ArrayPattern([ArrayPatternItem(k), ArrayPatternItem(v)]), d, [], Array([k, v], 'tuple'))"),
    (
        "lambda a, b=1: a",
        "Function('', [Parameter(a), Parameter(b, default=1)], [Return(a)], arrow=True)",
    ),
    ("lambda: (yield)", "Function('', [], [Return(Opaque('yield', []))], arrow=True, generator=True)"),
    ("a if b else c", "Conditional(b, a, c)"),
    ("a or b or c and d", "Binary('or', Binary('or', a, b), Binary('and', c, d))"),
    ("a < b <= c", "Binary('and', Binary('<', a, b), Binary('<=', b, c))"),
    ("a not in b", "Binary('not in', a, b)"),
    ("a is not None", "Binary('is not', a, None)"),
    ("not -a", "Unary('not', Unary('-', a))"),
    ("a // b | c ** d", "Binary('|', Binary('//', a, b), Binary('**', c, d))"),
    ("a @ b", "Opaque('matmul', [a, b])"),
    ("(y := f())", "Assign(y, f())"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "expected"), EXPRESSIONS, ids=[source for source, _ in EXPRESSIONS])
def test_expressions(source: str, expected: str) -> None:
    facts = read_python(f"x = {source}\n".encode())
    assert facts.problems == ()
    assert _render(facts.body) == f"[Bind(x, {expected})]"


STATEMENTS = [
    ("x: int = 1", "Bind(x, 1, annotation=int)"),
    ("x: int", "Bind(x, None, annotation=int)"),
    ("x.y += 1", "Bind(x.y, 1, operator='+')"),
    ("d['k'] = 1", "Bind(Index(d, 'k'), 1)"),
    (
        "a, (b, *c) = d",
        "Bind(ArrayPattern([ArrayPatternItem(a), ArrayPatternItem(ArrayPattern([ArrayPatternItem(b), "
        "ArrayPatternItem(c, rest=True)]))]), d)",
    ),
    ("a = b = 1", "Bind(a, 1), Bind(b, 1)"),
    ("self.a = b = make()", "Bind(b, make()), Bind(self.a, b)"),
    ("a[0] = b[0] = make()", "Bind(Index(a, 0), make()), Bind(Index(b, 0), make())"),
    ("f()", "Do(f())"),
    ("...", ""),
    ("pass\ndel x[f()]\n'text'", ""),
    ("assert x, 'message'", "Do(x)"),
    ("raise E(1) from None", "Stop('raise', E(1))"),
    ("raise", "Stop('raise', None)"),
    ("import a.b, c.d as e", "Import('a.b', [ImportName('', 'a')]), Import('c.d', [ImportName('', 'e')])"),
    ("from ..a import b, c as d", "Import('a', [ImportName('b', 'b'), ImportName('c', 'd')], level=2)"),
    ("from . import *", "Import('', [ImportName('*', '')], level=1)"),
    ("if a: b()\nelif c: d()", "If(a, [Do(b())], otherwise=[If(c, [Do(d())])])"),
    ("for x in y: break\nelse: f()", "For(x, y, [Stop('break', None)]), If(None, [Do(f())])"),
    ("while f(): continue", "If(f(), [Stop('continue', None)])"),
    ("while True: f()", "If(None, [Do(f())])"),
    ("with a() as b, c(): f()", "Bind(b, a()), Do(c()), Block([Do(f())], kind='with')"),
    (
        "try: a()\nexcept E as e: b()\nexcept: pass\nelse: c()\nfinally: d()",
        "Block([Do(a())], kind='try'), If(None, [Bind(e, Opaque('exception', [E])), Do(b())]), "
        "If(None, [Do(Opaque('exception', []))]), "
        "Block([Do(c())]), Block([Do(d())], kind='finally')",
    ),
    (
        "match m:\n case 1 | A.b: f()\n case None if g: h()\n case C(): i()\n case [x] as y: j()\n case _: k()",
        "If(Binary('or', Binary('==', m, 1), Binary('==', m, A.b)), [Do(f())], otherwise=["
        "If(Binary('and', Binary('==', m, None), g), [Do(h())], otherwise=[If(None, [Do(i())], otherwise=["
        "If(None, [Bind(y, m), Do(j())], otherwise=[Do(k())])])])])",
    ),
    (
        "async def f(a: int, /, *b, c=1, **d) -> T:\n '''Doc.'''\n global g\n return await a",
        "Def(Function('f', [Parameter(a, annotation=int), Parameter(b, kind='rest'), "
        "Parameter(c, default=1, kind='keyword-only'), Parameter(d, kind='keywords')], "
        "[Bind(g, None, kind='global'), Return(a)], "
        "returns=T, asynchronous=True, doc='Doc.'), [])",
    ),
    (
        "def f():\n def g(): return 1\n yield from g()",
        "Def(Function('f', [], [Def(Function('g', [], [Return(1)]), []), Do(Opaque('yield-from', [g()]))], "
        "generator=True), [])",
    ),
    ("@app.get('/x')\ndef f(): ...", "Def(Function('f', [], []), [app.get('/x')])"),
    (
        "class A(B, *C, metaclass=M):\n 'Doc.'\n a = b = 1\n c: int = f()\n d: str\n e.f = 2\n for x in y: pass",
        "Class('A', [B, Spread(C)], [Field('a', None, 1, True), Field('b', None, 1, True), "
        "Field('c', int, f(), True), Field('d', str, None, True), Bind(e.f, 2), For(x, y, [])], "
        "keywords=[metaclass=M], doc='Doc.')",
    ),
    ("def __init__(self): pass", "Def(Function('__init__', [Parameter(self)], []), [], kind='constructor')"),
    ("@staticmethod\ndef f(): pass", "Def(Function('f', [], []), [staticmethod], kind='static')"),
    ("@classmethod\ndef f(c): pass", "Def(Function('f', [Parameter(c)], []), [classmethod], kind='class')"),
    ("@x.setter\ndef x(): pass", "Def(Function('x', [], []), [x.setter], kind='set')"),
    (
        "@property\n@abc.abstractmethod\ndef f(): pass",
        "Def(Function('f', [], []), [property, abc.abstractmethod], kind='get')",
    ),
]


@pytest.mark.parametrize(("source", "expected"), STATEMENTS, ids=[source for source, _ in STATEMENTS])
def test_statements(source: str, expected: str) -> None:
    facts = read_python(source.encode())
    assert facts.problems == ()
    assert _render(facts.body) == f"[{expected}]"


NEWER = [
    (
        (3, 14),
        "try: a()\nexcept A, b.C:  # why\n  d()",
        "Block([Do(a())], kind='try'), If(None, [Do(Opaque('exception', [A, b.C])), Do(d())])",
    ),
    (
        (3, 14),
        "try: a()\nexcept A, B: d()",
        "Block([Do(a())], kind='try'), If(None, [Do(Opaque('exception', [A, B])), Do(d())])",
    ),
    ((3, 14), "x = t'a{b}'", "Bind(x, Opaque('template-string', [b]))"),
    ((3, 12), "type X[T, *U, **V] = list[T]", "TypeDefinition('X', ['T', 'U', 'V'], Index(list, T))"),
    ((3, 12), "class A[T: B](C): pass", "Class('A', [C], [], type_parameters=['T'])"),
    ((3, 13), "def f[T = int](): pass", "Def(Function('f', [], [], type_parameters=['T']), [])"),
    ((3, 12), "x = f'a{d['k']}{'\\n'.join(y)}'", "Bind(x, Template(['a', Index(d, 'k'), '\\n'.join(y)]))"),
    ((3, 12), "x = f'{\n  y  # why\n}\\t{{'", "Bind(x, Template([y, '\\t{']))"),
]


@pytest.mark.parametrize(("since", "source", "expected"), NEWER, ids=[source for _, source, _ in NEWER])
def test_newer_syntax(since: tuple[int, int], source: str, expected: str) -> None:
    facts = read_python(source.encode())
    assert [problem.code for problem in facts.problems] == (["newer-syntax"] if sys.version_info < since else [])
    assert _render(facts.body) == f"[{expected}]"


def test_parenthesised_handlers_keep_all_places() -> None:
    handler = "  except A, B:  # a: b\n    g()\n"
    newer = f"try:\n  try:\n    f()\n{handler}{handler}except C, D:\n  h()\n"
    older = newer.replace(" A, B", "(A, B)").replace(" C, D", "(C, D)")
    assert msgspec.json.encode(read_python(newer.encode()).body) == msgspec.json.encode(
        read_python(older.encode()).body
    )


def test_places() -> None:
    source = (
        'é = "é", api .users(\n  1\n).get(2)\n\n@a.b\n@c\nasync def f(é: int = 1): return x\n@d\nclass C:\n  y = 1\n'
    )
    match read_python(source.encode()).body:
        case (
            form.Bind(
                target=form.Name(span=name),
                value=form.Array(items=(_, form.Call(callee=form.Member(object=users, span=member), span=get))),
            ),
            form.Def(function=form.Function(span=function, parameters=(parameter,)), span=definition),
            form.Class(span=whole, body=(form.Field(span=field),)),
        ):
            assert name == Span(1, 1, 1, 3)
            assert member == Span(3, 3, 3, 6)
            assert get == Span(3, 3, 3, 9)
            assert isinstance(users, form.Call)
            assert users.span == Span(1, 17, 3, 2)
            assert definition == Span(5, 1, 7, 35)
            assert function == Span(7, 1, 7, 35)
            assert isinstance(parameter.target, form.Name)
            assert parameter.target.span == Span(7, 13, 7, 15)
            assert whole == Span(8, 1, 10, 8)
            assert field == Span(10, 3, 10, 8)
        case body:
            pytest.fail(_render(body))


def test_called_names() -> None:
    facts = read_python(b"@a.b\n@c\n@d(e)\ndef f(): g.h()(i)\nj[0](k())")
    assert facts.called == ("b", "c", "d", "h", "k")


def test_comments_to_the_auditor() -> None:
    facts = read_python('é = "# auditor: no"  # auditor: ignore[EP101] why\n# other\n#auditor: x\nf(\n'.encode())
    assert [(comment.text, comment.span) for comment in facts.comments] == [
        ("auditor: ignore[EP101] why", Span(1, 23, 1, 51)),
        ("auditor: x", Span(3, 1, 3, 12)),
    ]
