"""How Markdown is read: by CommonMark, with tables, strikethrough and footnotes.

The library's rules do it. Ours are there for what they leave out: where in the text each piece
stands, footnotes, and a time that grows with the length of a text and no faster, whatever is in it.
"""

import re
from collections.abc import Callable
from typing import Any, Final, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.rules_block import StateBlock, blockquote, code, list_block
from markdown_it.rules_inline import StateInline

DEEPEST: Final = 16  # each further one is another walk along every line; words in them stay text

# What no rule is about: most letters, and a sign that cannot open anything.
PLAIN: Final = re.compile(
    r"(?: [^\n\\`*_~\[\]!<&|]++ | !(?!\[) | <(?=[\s<]) | &(?![#a-zA-Z]) )++", re.VERBOSE
)
# After [words]: (address "title").
TAIL: Final = re.compile(
    r"""
    \( \s*+
    (?: <(?:\\.|[^<>\\\n])*+> | (?!<)
        (?:\\[()\\]|[^\s()\x00-\x1f\x7f]|\((?:\\[()\\]|[^\s()\x00-\x1f\x7f]|\(
        (?:\\[()\\]|[^\s()\x00-\x1f\x7f]|\((?:\\[()\\]|[^\s()\x00-\x1f\x7f])*+\))*+\))*+\))++ )?+
    (?: \s++ (?: "(?P<a>(?:\\.|[^"\\])*+)" | '(?P<b>(?:\\.|[^'\\])*+)'
        | \((?P<c>(?:\\.|[^()\\])*+)\) ) )?
    \s* \)
    """,
    re.VERBOSE | re.DOTALL | re.ASCII,  # a no-break space parts nothing here
)
LABEL: Final = re.compile(r"\[((?:\\.|[^\[\]\\]){0,999}+)\]", re.DOTALL)
FOOTNOTE: Final = re.compile(r"\[\^([^\[\]\s]{1,99})\](:?)")

BlockRule = Callable[[StateBlock, int, int, bool], bool]


class Bracket(NamedTuple):
    """A bracket that may turn out to open a link or a picture."""

    token: int
    begins: int  # where its words begin
    delimiters: int  # how many marks stood before it
    is_picture: bool


def environment() -> dict[str, Any]:
    """What the rules note about a whole text."""
    return {"references": {}, "footnotes": set(), "used": set()}


def place(state: StateInline, silent: bool) -> bool:
    """Note where each step begins, before any rule; and take what no rule is about."""
    if state.pending:
        state.pushPending()
    state.env["steps"].append((len(state.tokens), state.pos))
    found = PLAIN.match(state.src, state.pos)
    if found:
        state.append_pending(found[0])
        state.pos = found.end()
    return bool(found)


def brackets(state: StateInline, silent: bool) -> bool:
    """Links and pictures, as CommonMark's own description does it.

    The library's rule looks for the end of each bracket from its beginning: that never ends for a
    file of nothing but brackets.
    """
    opening = "![" if state.src.startswith("![", state.pos) else "["
    brackets: list[Bracket] = state.env["brackets"]
    if state.src.startswith(opening, state.pos):
        token = state.push("text", "", 0)
        token.content = opening
        state.pos += len(opening)
        at = len(state.tokens) - 1
        brackets.append(Bracket(at, state.pos, len(state.delimiters), opening == "!["))
        return True
    if state.src[state.pos] != "]" or not brackets:
        return False
    bracket = brackets.pop()
    within_a_link = len(brackets) < state.env["no_link_before"]
    state.env["no_link_before"] = min(len(brackets), state.env["no_link_before"])
    if within_a_link and not bracket.is_picture:
        return False
    end = _end_of_link(state, bracket)
    if end:
        _make_link(state, bracket)
        state.pos = end
    return bool(end)


def _end_of_link(state: StateInline, bracket: Bracket) -> int:
    """Where the link ends whose words end here; 0 if it is none. Its title is noted."""
    after = state.pos + 1
    if found := TAIL.match(state.src, after):
        if found.lastgroup:
            state.env["titles"].append(found.span(found.lastgroup))
        return found.end()
    named = LABEL.match(state.src, after)
    label = named[1] if named else ""
    if not label and state.pos - bracket.begins < 1000:
        label = state.src[bracket.begins : state.pos]
    label = normalizeReference(label)
    if label not in state.env["references"]:
        return 0
    state.env["used"].add(label)
    return named.end() if named else after


def _make_link(state: StateInline, bracket: Bracket) -> None:
    kind = "picture" if bracket.is_picture else "link"
    opening = state.tokens[bracket.token]
    opening.type, opening.content = kind, ""
    # Marks in a link pair only with one another.
    state.tokens_meta.append({"delimiters": state.delimiters[bracket.delimiters :]})
    del state.delimiters[bracket.delimiters :]
    state.push(kind, "", 0)
    if not bracket.is_picture:
        state.env["no_link_before"] = len(state.env["brackets"])


def footnote_sign(state: StateInline, silent: bool) -> bool:
    """The sign in the text that leads to a footnote, which is no word."""
    found = FOOTNOTE.match(state.src, state.pos)
    if not found or found[1] not in state.env["footnotes"]:
        return False
    state.push("footnote_sign", "", 0)
    state.pos += len(found[1]) + len("[^]")
    return True


def comment(state: StateInline, silent: bool) -> bool:
    """A comment, to its first `-->`."""
    if not state.src.startswith("<!--", state.pos):
        return False
    if state.src.startswith(("<!-->", "<!--->"), state.pos):
        end = state.src.index(">", state.pos) + 1
    elif state.html_terminator_last("-->") < state.pos + len("<!--"):
        return False
    else:
        end = state.src.index("-->", state.pos + len("<!--")) + len("-->")
    state.push("html_inline", "", 0).content = state.src[state.pos : end]
    state.pos = end
    return True


def footnote(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A footnote: `[^1]:` and its text, with what is indented below it."""
    at = state.bMarks[start] + state.tShift[start]
    found = FOOTNOTE.match(state.src, at, state.eMarks[start])
    if not found or not found[2] or state.is_code_block(start):
        return False
    if silent:
        return True
    state.env["footnotes"].add(found[1])
    before = state.bMarks[start], state.tShift[start], state.sCount[start], state.parentType
    after = state.skipSpaces(found.end())
    state.bMarks[start], state.tShift[start] = found.end(), after - found.end()
    state.blkIndent += 4
    state.sCount[start] = state.blkIndent
    state.parentType = "footnote"
    state.push("footnote_open", "", 1)
    state.md.block.tokenize(state, start, end)
    state.push("footnote_close", "", -1)
    state.blkIndent -= 4
    state.bMarks[start], state.tShift[start], state.sCount[start], state.parentType = before
    return True


def _not_too_deep(rule: BlockRule) -> BlockRule:
    """The library would leave out what lies deeper. To us it is text."""

    def shallow(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        return state.level < DEEPEST and rule(state, start, end, silent)

    return shallow


def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"maxNesting": 99, "inline_definitions": True})
    markdown.enable(["table", "strikethrough"])
    markdown.core.ruler.enableOnly(["block"])
    markdown.inline.ruler2.disable("fragments_join")
    ends = ["paragraph", "reference", "blockquote"]
    block = markdown.block.ruler
    block.at("blockquote", _not_too_deep(blockquote), {"alt": [*ends, "list"]})
    block.at("list", _not_too_deep(list_block), {"alt": ends})
    block.at("code", _not_too_deep(code))
    block.before("reference", "footnote", _not_too_deep(footnote), {"alt": [*ends, "list"]})
    inline = markdown.inline.ruler
    inline.at("text", place)
    inline.at("link", brackets)
    inline.disable("image")
    inline.before("link", "footnote_sign", footnote_sign)
    inline.before("html_inline", "comment", comment)
    return markdown


def _only(*rules: str) -> MarkdownIt:
    some = _markdown()
    some.inline.ruler.enableOnly(["text", *rules])
    some.inline.ruler2.enableOnly([])
    return some


MARKDOWN: Final = _markdown()
HTML: Final = _only("comment", "html_inline", "entity")
TITLE: Final = _only("escape", "entity")
