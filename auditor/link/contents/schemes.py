"""The security schemes of FastAPI as an OpenAPI document describes them.

https://fastapi.tiangolo.com/reference/security/, https://spec.openapis.org/oas/v3.1.0#security-scheme-object
"""

from __future__ import annotations

from auditor.link.contents.names import Names, Written, place_of
from auditor.model import form
from auditor.model.operation import Scheme

SCHEMES = (
    "OAuth2PasswordBearer", "OAuth2AuthorizationCodeBearer", "OAuth2", "HTTPBearer", "HTTPBasic", "HTTPDigest",
    "APIKeyHeader", "APIKeyQuery", "APIKeyCookie", "OpenIdConnect",
)  # fmt: skip
_PLAIN: dict[str, dict[str, object]] = {
    "HTTPBearer": {"type": "http", "scheme": "bearer"},
    "HTTPBasic": {"type": "http", "scheme": "basic"},
    "HTTPDigest": {"type": "http", "scheme": "digest"},
    "OpenIdConnect": {"type": "openIdConnect"},
}
_KEYS = {"APIKeyHeader": "header", "APIKeyQuery": "query", "APIKeyCookie": "cookie"}
_FLOWS = {"OAuth2PasswordBearer": "password", "OAuth2AuthorizationCodeBearer": "authorizationCode"}
_URLS = {"authorizationUrl": "authorizationUrl", "refreshUrl": "refreshUrl", "tokenUrl": "tokenUrl"}
_UNKNOWN = "x-auditor-unknown"


def scheme_of(made: Written, kind: str, name: str, names: Names) -> Scheme:
    """The scheme that a call constructs: of the class `kind`, called `name` where it has no name of its own."""
    given = made.node.arguments if isinstance(made.node, form.Call) else ()
    options = {one.name: made.other(one.value) for one in given if one.name}
    plain = [made.other(one.value) for one in given if one.name is None and not one.spread]
    own = _constant(options.get("scheme_name"), names)
    return Scheme(str(own) if own else name, place_of(made), _definition(kind, options, plain, names))


def _definition(kind: str, options: dict[str, Written], plain: list[Written], names: Names) -> dict[str, object]:
    if kind in _KEYS:
        said = _constant(options.get("name"), names)
        record: dict[str, object] = {"type": "apiKey", "in": _KEYS[kind]}
        return record | ({"name": said} if said else {_UNKNOWN: "the name of the key is no constant"})
    if kind in _FLOWS:
        if plain and "tokenUrl" not in options and kind == "OAuth2PasswordBearer":
            options = {**options, "tokenUrl": plain[0]}
        flow: dict[str, object] = {"scopes": _scopes(options.get("scopes"), names)}
        for option, key in _URLS.items():
            if option in options:
                said = _constant(options[option], names)
                flow |= {key: said} if isinstance(said, str) else {_UNKNOWN: f"{option} is no constant"}
        return {"type": "oauth2", "flows": {_FLOWS[kind]: dict(sorted(flow.items()))}}
    if kind == "OAuth2":
        return {"type": "oauth2", "flows": {}, _UNKNOWN: "the flows are given as an object"}
    record = dict(_PLAIN.get(kind, {"type": "oauth2", "flows": {}}))
    for option in ("bearerFormat", "openIdConnectUrl"):
        said = _constant(options.get(option), names)
        record |= {option: said} if isinstance(said, str) else {}
    return record


def _scopes(written: Written | None, names: Names) -> dict[str, object]:
    value = names.value(written) if written is not None else None
    found: dict[str, object] = {}
    for entry in value.node.entries if value is not None and isinstance(value.node, form.Object) else ():
        name = _constant(value.other(entry.key), names) if value is not None and entry.key is not None else None
        text = _constant(value.other(entry.value), names) if value is not None else None
        if isinstance(name, str):
            found[name] = text if isinstance(text, str) else ""
    return found


def _constant(written: Written | None, names: Names) -> str | int | float | bool | None:
    return names.types.constant(written.file, written.node) if written is not None else None
