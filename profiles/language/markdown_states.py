"""The library's own states of reading Markdown, which make only what of it is read.

A text of nothing but marks, or of small cells, is otherwise mostly the time of making tokens.
"""

import re
from collections.abc import MutableMapping
from typing import Any, Final, Literal

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Scanned
from markdown_it.token import Token

READ: Final = frozenset({"inline", "tr_open", "html_block", "definition"})
RUN: Final = re.compile(r"(.)\1*", re.DOTALL)


class Block(Token):
    """A block that is read, and the kind of what was opened or closed just before it."""

    __slots__ = ("after",)

    def __init__(self, kind: str, after: str) -> None:
        self.type, self.after = kind, after
        self.content, self.markup = "", ""
        self.map, self.level = None, 0


class Span(Token):
    """A piece of a block: its kind, and its letters."""

    __slots__ = ()

    def __init__(self, kind: str) -> None:
        self.type, self.content, self.info = kind, "", ""


class PlainText(str):
    """A piece of nothing but letters. As a string it is quicker made, and let go of sooner."""

    __slots__ = ()
    type = "text"
    info = ""

    @property
    def content(self) -> str:
        """The letters."""
        return self


class Blocks(StateBlock):
    """Reads blocks. What is not read is not kept."""

    def __init__(self, text: str, rules: MarkdownIt, noted: MutableMapping[str, Any]) -> None:
        super().__init__(text, rules, noted, [])
        self._unread = Token("", "", 0)
        self._before = ""

    def push(self, kind: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        """A new token; it is kept if it is read."""
        self.level += nesting
        after, self._before = self._before, kind
        if kind not in READ:
            return self._unread
        block = Block(kind, after)
        self.tokens.append(block)
        return block


class Spans(StateInline):
    """Reads the pieces of a block."""

    def __init__(self, text: str, rules: MarkdownIt, noted: MutableMapping[str, Any]) -> None:
        super().__init__(text, rules, noted, [])
        self._scanned: dict[tuple[str, str, str], Scanned] = noted["scanned"]

    def push(self, kind: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        """A new token, after the letters that wait."""
        if nesting:
            return super().push(kind, tag, nesting)
        if self.pending:
            self.pushPending()
        piece = Span(kind)
        self.tokens.append(piece)
        return piece

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: N802, N803
        """What a run of marks may open and close: the same wherever the same stands around it."""
        found = RUN.match(self.src, start)
        end = found.end() if found else start
        around = self.src[start - 1 : start], self.src[start:end], self.src[end : end + 1]
        if around not in self._scanned:
            self._scanned[around] = super().scanDelims(start, canSplitWord)
        return self._scanned[around]
