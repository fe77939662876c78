"""Which places may name a development host without sending anything there: origins, examples, comparisons, logs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.link.evaluate.walk import called_name, walk
from auditor.model import form

_TOOLS = re.compile(
    r"""
    (?:^|/)(?:
        [^/]*\.(?:config|conf|setup)(?:\.[\w-]+)*\.[cm]?[jt]sx?
      | (?:setupProxy|gulpfile|Gruntfile|server-dev|dev-server|codegen|orval)[\w.-]*\.[cm]?[jt]s
      | (?:vite|vitest|webpack|playwright|jest|cypress)[\w.-]*\.[cm]?[jt]s
      | (?:gunicorn[\w.]*|locustfile|fabfile|tasks|noxfile|setup|manage|mock_\w+)\.py
      | (?:[\w.-]*\.mocks?|mock|mocks|fixtures?)\.[cm]?[jt]sx?
      | (?:examples?|demo|sample|debug|verify|check|run)_\w+\.py | \w+_(?:examples?|demo|benchmarks?)\.py
    )$
    | (?:^|/)(?:
        scripts? | tools? | bin | cli | examples? | samples? | demos? | docs | docs_src | benchmarks? | evaluation
      | evals? | tests? | testing | load[-_]?test\w* | e2e | mocks? | __mocks__ | fixtures | stories | storybook
      | cypress | playwright | legacy | dev | migrations | alembic | playground | archived? | notebooks
    )/
    """,
    re.VERBOSE,
)
_SHIPPED_FOLDERS = re.compile(r"(?:^|/)(?:src|app)/(?:.*/)?tools?/")
_NAMES = re.compile(
    r"cors|origins|allow|trusted|white_?list|csp|content_?security|redirect_?uri|callback_?ur[il]"
    r"|example|placeholder|label|title|tooltip|description|summary|help|hint|docs?$|message|comment|doc_?string|prompt|readme"
    r"|mock|dummy|fake|sample|^alt$|^aria-|^servers?$|default_?value|schema_extra|caption|instructions?",
    re.IGNORECASE,
)
_COMPARING = frozenset({
    "startsWith", "startswith", "endsWith", "endswith", "includes", "indexOf", "match", "test", "search", "replace",
    "replaceAll", "removeprefix", "split", "strip", "lstrip", "rstrip", "equals", "find", "count", "contains",
})  # fmt: skip
_SPEAKING = frozenset({
    "log", "info", "warn", "warning", "error", "debug", "exception", "critical", "trace", "print", "echo", "secho",
    "pprint", "success", "fatal", "toast", "notify", "alert", "write", "group", "add_middleware",
})  # fmt: skip
_MODES = re.compile(
    r"(?i:^(?:is_?|in_?)?(?:dev|development|local|localhost|prod|production|debug)(?:_?(?:mode|env|environment|build|host))?$)"
    r"|^__DEV__$|^NODE_ENV$|^MODE$|^DEV$|^PROD$|^ENVIRONMENT$|^(?:APP_|RAILS_)?ENV$|^hostname$"
)
_SETTINGS = re.compile(
    r"^_?(?:\w+_)?(?:config(?:uration)?|settings|conf|cfg|environ(?:ment)?)$|(?:Config|Settings)$", re.IGNORECASE
)
_ENVIRONMENT = re.compile(
    r"^(?:(?:globalThis|window)\.)?(?:process\.env|import\.meta\.env|Deno\.env|Bun\.env|os\.environ|environ|env|__ENV)$"
)
_READERS = re.compile(
    r"^(?:os\.)?(?:getenv|get_env|getEnv|getEnvVar|env|config|environ)$|^env\.\w+$"
    r"|^(?:os\.)?environ\.(?:get|pop|setdefault)$|^(?:Deno|Bun)\.env\.get$"
)


def is_sideline(file: str) -> bool:
    """Whether a file configures a tool or stands among tests, scripts, examples and documentation."""
    return _TOOLS.search(file) is not None and _SHIPPED_FOLDERS.search(file) is None


def is_exempt(name: str) -> bool:
    """Whether what goes by this name (a variable, a key, an argument, an attribute) is for people or for a filter."""
    return _NAMES.search(name) is not None


def compares(node: form.Call) -> bool:
    """Whether a call looks for its argument in a text."""
    return isinstance(node.callee, form.Member) and node.callee.name in _COMPARING


def speaks(node: form.Call) -> bool:
    """Whether a call writes for people, or is told whom to let in."""
    return called_name(node) in _SPEAKING or is_exempt(called_name(node))


def mentions_mode(test: form.Expression) -> bool:
    """Whether a test asks if this is a development build or a page on this machine."""
    return any(_MODES.match(name) for name in _names(test))


def environment_read(node: form.Expression | None, known: dict[str, str]) -> str:
    """The environment variable or setting that an expression reads first, "" if it reads none.

    `known` are local names that hold one.
    """
    if node is None:
        return ""
    for one in walk(node):
        found = _read(one, known)
        if found:
            return found
    return ""


def presence_of(test: form.Expression, known: dict[str, str]) -> str:
    """The environment variable whose presence a test asks for (`if (process.env.X)`, `x is None`), or ""."""
    match test:
        case form.Unary(operator="not", operand=operand):
            return presence_of(operand, known)
        case form.Binary(operator="and" | "or", left=left, right=right):
            return presence_of(left, known) or presence_of(right, known)
        case form.Binary(operator="==" | "!=" | "is" | "is not", left=left, right=right):
            empty = isinstance(right, form.Literal) and right.value in (None, "")
            return held(left, known) if empty or dotted(right) == "undefined" else ""
        case form.Binary(operator="in" | "not in", left=left, right=right):
            return _text(left) if _ENVIRONMENT.match(dotted(right)) else ""
        case form.Call(arguments=arguments):
            return held(test, known) or next((found for one in arguments if (found := held(one.value, known))), "")
        case _:
            return held(test, known)


def held(node: form.Expression | None, known: dict[str, str]) -> str:
    """The environment variable that an expression is, up to defaults, casts and its own methods, or ""."""
    match node:
        case form.Binary(operator="or" | "??", left=left, right=right):
            return held(left, known) or held(right, known)
        case form.Cast(value=value):
            return held(value, known)
        case form.Conditional(then=then, other=other):
            return held(then, known) or held(other, known)
        case form.Call(callee=form.Member(object=owner)) if not environment_default(node):
            return held(owner, known)
        case form.Member() | form.Index() | form.Name() | form.Call():
            found = _read(node, known)
            return found if "." not in found else ""
        case _:
            return ""


def environment_default(node: form.Call) -> str:
    """The variable that a call reads with a default: `os.getenv("X", …)`, `config("X", default=…)`."""
    path = dotted(node.callee)
    name = _text(node.arguments[0].value) if node.arguments else ""
    if path == "getattr" and len(node.arguments) > 2 and _SETTINGS.search(_owner(node.arguments[0].value)):
        return f"{_bare(dotted(node.arguments[0].value))}.{_text(node.arguments[1].value)}"
    if name and _READERS.match(path):
        return name
    owner, _, method = path.rpartition(".")
    if name and method == "get" and _SETTINGS.search(owner.rpartition(".")[2]):
        return f"{_bare(owner)}.{name}"
    return ""


def dotted(node: form.Node) -> str:
    """`a.b.c` of names and members; "" for anything else."""
    match node:
        case form.Name(id):
            return id
        case form.Member(owner, name):
            outer = dotted(owner)
            return f"{outer}.{name}" if outer else ""
        case _:
            return ""


def _read(node: form.Node, known: dict[str, str]) -> str:
    match node:
        case form.Name(id=name):
            return known.get(name, "")
        case form.Member(object=owner, name=name):
            path = dotted(owner)
            if _ENVIRONMENT.match(path):
                return "" if name in ("get", "pop") else name
            if path and _SETTINGS.search(path.rpartition(".")[2]):
                return "" if name in ("get", "setdefault") else f"{_bare(path)}.{name}"
        case form.Index(object=owner, index=index) if _ENVIRONMENT.match(dotted(owner)):
            return _text(index)
        case form.Call():
            return environment_default(node)
        case _:
            pass
    return ""


def _names(node: form.Node) -> Iterator[str]:
    for one in walk(node):
        match one:
            case form.Name(id=name) | form.Member(name=name):
                yield name
            case _:
                pass


def _bare(path: str) -> str:
    return path.removeprefix("self.").removeprefix("this.")


def _owner(node: form.Expression) -> str:
    return dotted(node).rpartition(".")[2]


def _text(node: form.Expression) -> str:
    return node.value if isinstance(node, form.Literal) and isinstance(node.value, str) else ""
