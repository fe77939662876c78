"""Where do the two sides send, read and demand credentials?

Backend: the security schemes of FastAPI (https://fastapi.tiangolo.com/reference/security/), headers and cookies of a
request that are read by name, cookies that a response sets. Frontend: headers given as objects or set by name, and
what makes a browser send cookies (https://fetch.spec.whatwg.org/#concept-request-credentials-mode, `withCredentials`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from auditor.link.evaluate.walk import called_name, walk
from auditor.model import form
from auditor.model.auth import Credential
from auditor.model.facts import Dialect, FileFacts
from auditor.model.finding import Side
from auditor.model.span import Location, Span

_MARKS = (
    b"authorization", b"credentials", b"cookie", b"bearer", b"httpbasic", b"httpdigest", b"openidconnect", b"apikey",
    b"-auth", b"-token", b"-key",
)  # fmt: skip
"""What the encoded form of a file has, in whatever case, that names any of them."""

_HEADER = re.compile(r"authorization|(x-)?(\w+-)*(api-?key|auth|(access-|session-|auth-)?token)(-\w+)*", re.IGNORECASE)
_FOREIGN = re.compile(r"csrf|xsrf|recaptcha|proxy-|www-", re.IGNORECASE)
_SCHEME = re.compile(r"^([A-Z][A-Za-z-]+) $")
_SCHEMES = {
    "OAuth2PasswordBearer": "Bearer", "OAuth2AuthorizationCodeBearer": "Bearer", "HTTPBearer": "Bearer",
    "OpenIdConnect": "Bearer", "HTTPBasic": "Basic", "HTTPDigest": "Digest",
}  # fmt: skip
_KEYS = {"APIKeyHeader": "header", "APIKeyCookie": "cookie", "APIKeyQuery": "query"}


def credentials(facts: Mapping[str, FileFacts], files: Iterable[str]) -> tuple[Credential, ...]:
    """All places in these files, by place; of equal ones in one file the first.

    With the first file of a frontend, generated ones included, that names a demanded header in whatever way.
    """
    found: dict[tuple[object, ...], Credential] = {}
    for file in sorted(files):
        one = facts[file]
        encoded = msgspec.msgpack.encode(one.body).lower()
        if not any(mark in encoded for mark in _MARKS):
            continue
        read = _backend if one.dialect is Dialect.PYTHON else _frontend
        for statement in one.body:
            for node in walk(statement):
                for made in read(file, node):
                    key = (file, made.carrier, made.name.lower(), made.scheme, made.act)
                    found.setdefault(key, made)
    named = _named(facts, {one.name for one in found.values() if one.act == "demands" and one.carrier == "header"})
    return tuple(sorted((*found.values(), *named), key=lambda one: (one.location, one.carrier, one.name)))


def _named(facts: Mapping[str, FileFacts], names: Iterable[str]) -> Iterator[Credential]:
    waiting = {name.lower(): name for name in sorted(names)}
    for file in sorted(facts):
        if facts[file].dialect is Dialect.PYTHON or not waiting:
            continue
        encoded = msgspec.msgpack.encode(facts[file].body).lower()
        for name in [name for name in waiting if name.encode() in encoded]:
            yield _made(Side.FRONTEND, "header", waiting.pop(name), "", "names", file, Span(1, 1, 1, 1))


def _backend(file: str, node: form.Node) -> Iterator[Credential]:
    match node:
        case form.Call(span=span):
            name = called_name(node)
            lenient = _argument(node, "auto_error", -1)
            act = "reads" if isinstance(lenient, form.Literal) and lenient.value is False else "demands"
            if name in _SCHEMES:
                yield _made(Side.BACKEND, "header", "Authorization", _SCHEMES[name], act, file, span)
            elif name in _KEYS and (given := _text(_argument(node, "name", 0))):
                yield _made(Side.BACKEND, _KEYS[name], given, "", act, file, span)
            elif name == "set_cookie" and (given := _text(_argument(node, "key", 0))):
                yield _made(Side.BACKEND, "cookie", given, "", "sets", file, span)
            elif name == "get" and isinstance(node.callee, form.Member):
                yield from _read(file, node.callee.object, _argument(node, "key", 0), span)
            elif (given := _text(_argument(node, "alias", -1))) and (
                name == "Cookie" or (name == "Header" and _is_header(given))
            ):
                yield _made(Side.BACKEND, name.lower(), given, "", "reads", file, span)
        case form.Index(form.Member(_, _, span) as owner, index):
            yield from _read(file, owner, index, span)
        case _:
            pass


def _read(file: str, owner: form.Expression, key: form.Expression | None, span: Span) -> Iterator[Credential]:
    """`request.headers.get("X-API-Key")`, `request.cookies["session"]`."""
    name = _text(key)
    what = (
        owner.name.lower()
        if isinstance(owner, form.Member)
        else owner.id.lower()
        if isinstance(owner, form.Name)
        else ""
    )
    if what == "headers" and _is_header(name):
        yield _made(Side.BACKEND, "header", name, "", "reads", file, span)
    elif what == "cookies" and name:
        yield _made(Side.BACKEND, "cookie", name, "", "reads", file, span)


def _frontend(file: str, node: form.Node) -> Iterator[Credential]:
    match node:
        case form.Object(entries, span):
            for entry in entries:
                key = _key(entry.key)
                if _is_header(key) and _is_sent(entry.value):
                    yield _made(Side.FRONTEND, "header", key, _scheme(entry.value), "sends", file, _place(entry, span))
                elif (key == "credentials" and _text(entry.value) == "include") or (
                    key == "withCredentials" and isinstance(entry.value, form.Literal) and entry.value.value is True
                ):
                    yield _made(Side.FRONTEND, "cookie", "*", "", "sends", file, _place(entry, span))
        case form.Call(callee=form.Member(owner, "set" | "append" | "setHeader" | "setRequestHeader", span)):
            name = _text(_argument(node, "", 0))
            second = _argument(node, "", 1)
            if _is_header(name) and second is not None and _is_headers(owner):
                yield _made(Side.FRONTEND, "header", name, _scheme(second), "sends", file, span)
        case form.Bind(target, value, span) if value is not None:
            yield from _assigned(file, target, value, span)
        case form.Assign(target, value):
            yield from _assigned(file, target, value, _span_of(target))
        case _:
            pass


def _assigned(file: str, target: form.Node, value: form.Expression, span: Span) -> Iterator[Credential]:
    """`headers.Authorization = …`, `config.headers["X-API-Key"] = …`, `axios.defaults.withCredentials = true`."""
    match target:
        case form.Member(owner, name) if _is_header(name) and _is_headers(owner):
            yield _made(Side.FRONTEND, "header", name, _scheme(value), "sends", file, span)
        case form.Index(owner, index) if _is_header(_text(index)) and _is_headers(owner):
            yield _made(Side.FRONTEND, "header", _text(index), _scheme(value), "sends", file, span)
        case form.Member(_, "withCredentials") if isinstance(value, form.Literal) and value.value is True:
            yield _made(Side.FRONTEND, "cookie", "*", "", "sends", file, span)
        case _:
            pass


def _made(side: Side, carrier: str, name: str, scheme: str, act: str, file: str, span: Span) -> Credential:
    return Credential(side, carrier, name, scheme, act, Location(file, span))


def _is_header(name: str) -> bool:
    # A bare `token` or `apiKey` names a field more often than a header.
    named = "-" in name or name.lower() == "authorization"
    return named and _HEADER.fullmatch(name) is not None and _FOREIGN.search(name) is None


def _is_headers(owner: form.Expression) -> bool:
    """Whether something is called after headers, or is a request that takes them."""
    match owner:
        case form.Name(id):
            return "header" in id.lower() or id in ("xhr", "req", "request")
        case form.Member(inner, name):
            return "header" in name.lower() or (name in ("common", "get", "post") and _is_headers(inner))
        case form.Call(callee):
            return _is_headers(callee)
        case _:
            return False


def _is_sent(value: form.Expression) -> bool:
    """Whether the value of a header may be a secret: a text that is made, or anything computed."""
    return not isinstance(value, form.Literal | form.Function | form.Object | form.Array)


def _scheme(value: form.Expression) -> str:
    """`Bearer` of `Bearer ${token}` and `"Bearer " + token`."""
    match value:
        case form.Template(parts) if parts and isinstance(parts[0], str):
            found = _SCHEME.match(parts[0])
            return found.group(1) if found else ""
        case form.Binary("+", left, _):
            found = _SCHEME.match(_text(left))
            return found.group(1) if found else ""
        case form.Conditional(_, then, other):
            return _scheme(then) or _scheme(other)
        case form.Binary("or" | "and" | "??", left, right):
            return _scheme(left) or _scheme(right)
        case _:
            return ""


def _argument(node: form.Call, name: str, position: int) -> form.Expression | None:
    for argument in node.arguments:
        if name and argument.name == name:
            return argument.value
    plain = [one.value for one in node.arguments if one.name is None and not one.spread]
    return plain[position] if 0 <= position < len(plain) else None


def _text(node: form.Expression | None) -> str:
    return node.value if isinstance(node, form.Literal) and isinstance(node.value, str) else ""


def _key(node: form.Expression | None) -> str:
    return node.id if isinstance(node, form.Name) else _text(node)


def _place(entry: form.Entry, fallback: Span) -> Span:
    span = getattr(entry.key, "span", None)
    return span if isinstance(span, Span) else fallback


def _span_of(node: form.Node) -> Span:
    span = getattr(node, "span", None) or getattr(getattr(node, "object", None), "span", None)
    return span if isinstance(span, Span) else Span(1, 1, 1, 1)
