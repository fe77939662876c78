"""Where does a LibCST node stand, in the words of `ast`?"""

from __future__ import annotations

import ast
import re
from bisect import bisect_right
from typing import Any, TypeVar

import libcst as cst
from libcst.metadata import ByteSpanPositionProvider, MetadataWrapper

_Node = TypeVar("_Node", bound=ast.AST)
_LINE_END = re.compile(rb"\r\n|\r|\n")


class Places:
    """The place of every node of one tree."""

    def __init__(self, text: str, tree: cst.Module) -> None:
        # A parsed tree holds no node twice, so the copy that LibCST makes for safety is spared.
        self._spans = MetadataWrapper(tree, unsafe_skip_copy=True).resolve(ByteSpanPositionProvider)
        self._starts = [0, *(end.end() for end in _LINE_END.finditer(text.encode()))]

    def at(self, new: _Node, node: Any) -> _Node:
        """The new `ast` node, placed where the LibCST node stands (without its parentheses, as in `ast`)."""
        return self.between(new, node, node)

    def between(self, new: _Node, first: Any, last: Any) -> _Node:
        """The new node, placed from the start of one LibCST node to the end of another."""
        start, end = self._spans[first].start, self._spans[last].start + self._spans[last].length
        placed: Any = new
        placed.lineno = bisect_right(self._starts, start)
        placed.col_offset = start - self._starts[placed.lineno - 1]
        placed.end_lineno = bisect_right(self._starts, end)
        placed.end_col_offset = end - self._starts[placed.end_lineno - 1]
        return new

    def enclosed(self, new: _Node, node: Any) -> _Node:
        """As `at`, with the innermost parentheses: those belong to a tuple or a generator."""
        return self.between(new, node.lpar[-1], node.rpar[0]) if node.lpar else self.at(new, node)
