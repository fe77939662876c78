"""What do the literals and doc comments of TypeScript say?"""

from __future__ import annotations

import re

from tree_sitter import Node

_SURROGATE = re.compile("[\ud800-\udfff]")
_SIMPLE = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v"}
_LARGEST = 2**63


def decoded(raw: bytes) -> str:
    """The text of some bytes; what is not UTF-8 becomes U+FFFD."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("utf-8", "replace")


def text_of(source: bytes, node: Node) -> str:
    """The source of a node."""
    return decoded(source[node.start_byte : node.end_byte])


def string_value(source: bytes, node: Node) -> str:
    """The value of a string literal, escapes resolved."""
    raw = source[node.start_byte + 1 : node.end_byte - 1]
    if b"\\" not in raw:
        return decoded(raw)
    return joined([piece_value(source, child) for child in node.named_children])


def piece_value(source: bytes, node: Node) -> str:
    """The value of one piece of a string or template: text or an escape."""
    text = text_of(source, node)
    match node.type:
        case "escape_sequence":
            return _escape_value(text)
        case "string_fragment":
            # A line break in a template is always "\n" (ECMA-262 12.9.6.1, TRV).
            return text.replace("\r\n", "\n") if "\r" in text else text
        case _:
            return ""


def joined(pieces: list[str]) -> str:
    """The pieces as one text: surrogate pairs combined, lone surrogates replaced by U+FFFD."""
    text = "".join(pieces)
    if _SURROGATE.search(text):
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def number_value(text: str) -> int | float | None:
    """The value of a number literal, `None` where it is malformed.

    What does not fit into 63 bits becomes a float, as all numbers of the language are.
    """
    digits = text.replace("_", "").removesuffix("n").lower()
    try:
        whole = _whole_number(digits)
        if whole is None:
            return float(digits)
        return whole if whole < _LARGEST else float(whole)
    except (ValueError, OverflowError):
        return None


def doc_text(comment: str) -> str:
    """The text of a `/** … */` comment without its stars; "" for other comments."""
    if not comment.startswith("/**") or comment == "/**/":
        return ""
    lines = comment.removeprefix("/**").removesuffix("*/").splitlines()
    return "\n".join(line.strip().removeprefix("*").strip() for line in lines).strip()


def _whole_number(digits: str) -> int | None:
    if digits[:2] in ("0x", "0o", "0b"):
        return int(digits, 0)
    if not digits.isdigit():
        return None
    legacy_octal = len(digits) > 1 and digits[0] == "0" and not set(digits) & {"8", "9"}
    return int(digits, 8 if legacy_octal else 10)


def _escape_value(escape: str) -> str:
    body = escape[1:]
    match body[:1]:
        case "u" | "x" if len(body) > 1:
            return _code_point(body[1:].strip("{}"))
        case "\n" | "\r" | "\u2028" | "\u2029":
            return ""
        case digit if digit in "01234567" and digit:
            return chr(int(body, 8))
        case letter:
            return _SIMPLE.get(letter, body)


def _code_point(digits: str) -> str:
    try:
        return chr(int(digits, 16))
    except (ValueError, OverflowError):
        return "\ufffd"
