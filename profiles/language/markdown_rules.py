"""How Markdown is read: by CommonMark, with tables, strikethrough and footnotes.

The library's rules do it. Ours are there for what they leave out: where in the text each piece
stands, footnotes, and a time that grows with the length of a text and no faster, whatever is in it.
"""

import re
from collections.abc import Callable, Mapping, MutableMapping
from typing import Any, Final, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.common.utils import mdTrim, normalizeReference
from markdown_it.rules_block import (
    StateBlock,
    blockquote,
    code,
    fence,
    heading,
    hr,
    html_block,
    list_block,
    reference,
)
from markdown_it.rules_inline import (
    StateInline,
    autolink,
    backtick,
    emphasis,
    entity,
    escape,
    html_inline,
    link_pairs,
    newline,
    strikethrough,
)
from markdown_it.token import Token

from profiles.language.markdown_states import Block, Blocks, PlainText, Spans

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

# What a block that is no paragraph begins with; a table may begin with anything, and has a |.
OPENS: Final = tuple("`~>*+-_#<[0123456789")
UNDERLINE: Final = re.compile(r"(?:=+|-+)[ \t]*\Z")

BlockRule = Callable[[StateBlock, int, int, bool], bool]
PieceRule = Callable[[StateInline, bool], bool]
PieceRules = Mapping[str, tuple[PieceRule, ...]]  # by the sign that they begin with


class Bracket(NamedTuple):
    """A bracket that may turn out to open a link or a picture."""

    token: int
    begins: int  # where its words begin
    delimiters: int  # how many marks stood before it
    is_picture: bool


def environment() -> dict[str, Any]:
    """What the rules note about a whole text."""
    return {"references": {}, "footnotes": set(), "used": set(), "scanned": {}}


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


def paragraph(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A paragraph, or a heading with a line of = or - below it: one walk along its lines.

    The library walks twice, and asks every rule about every line.
    """
    before, state.parentType = state.parentType, "paragraph"
    may_be_heading = not state.is_code_block(start)
    ends_it = state.md.block.ruler.getRules("paragraph")
    below, after = start + 1, 0  # after: the line after a heading
    while below < end and not state.isEmpty(below):
        indent = state.sCount[below] - state.blkIndent
        if may_be_heading and 0 <= indent <= 3 and _underlines(state, below):
            after = below + 1
            break
        if (
            indent <= 3
            and state.sCount[below] >= 0
            and _may_open(state, below)
            and any(rule(state, below, end, True) for rule in ends_it)
        ):
            break
        below += 1
    state.line = after or below
    token = state.push("inline", "", 0)
    token.content = mdTrim(state.getLines(start, below, state.blkIndent, False))
    token.map = [start, below]
    state.parentType = before
    return True


def words(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A paragraph whose first letter tells that it is nothing else: no rule need be asked."""
    if _may_open(state, start) or state.is_code_block(start):
        return False
    return paragraph(state, start, end, silent)


def _may_open(state: StateBlock, line: int) -> bool:
    """Can anything but a paragraph begin in this line?"""
    begins = state.bMarks[line] + state.tShift[line]
    return (
        state.src.startswith(OPENS, begins) or state.src.find("|", begins, state.eMarks[line]) >= 0
    )


def _underlines(state: StateBlock, line: int) -> bool:
    begins = state.bMarks[line] + state.tShift[line]
    return bool(UNDERLINE.match(state.src, begins, state.eMarks[line]))


def _at(letters: str, rule: BlockRule) -> BlockRule:
    """A rule that is asked only about lines that begin so. The library's look at much more."""
    first = tuple(letters)

    def begins(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        at = state.bMarks[start] + state.tShift[start]
        return state.src.startswith(first, at) and rule(state, start, end, silent)

    return begins


def _not_too_deep(rule: BlockRule) -> BlockRule:
    """The library would leave out what lies deeper. To us it is text."""

    def shallow(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        return state.level < DEEPEST and rule(state, start, end, silent)

    return shallow


def _blocks() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"inline_definitions": True})
    markdown.enable("table")
    ends = ["paragraph", "reference", "blockquote"]
    block = markdown.block.ruler
    block.at("fence", _at("`~", fence), {"alt": [*ends, "list"]})
    block.at("blockquote", _at(">", _not_too_deep(blockquote)), {"alt": [*ends, "list"]})
    block.at("hr", _at("*-_", hr), {"alt": [*ends, "list"]})
    block.at("list", _at("*+-0123456789", _not_too_deep(list_block)), {"alt": ends})
    block.at("code", _not_too_deep(code))
    block.at("reference", _at("[", reference))
    block.at("html_block", _at("<", html_block), {"alt": ends})
    block.at("heading", _at("#", heading), {"alt": ends})
    block.at("paragraph", paragraph)
    block.disable("lheading")
    block.before("reference", "footnote", _not_too_deep(footnote), {"alt": [*ends, "list"]})
    block.before("table", "words", words)
    return markdown


MARKDOWN: Final = _blocks()
TITLE: Final[PieceRules] = {"\\": (escape,), "&": (entity,)}
HTML: Final[PieceRules] = {"<": (comment, html_inline), "&": (entity,)}
TEXT: Final[PieceRules] = {
    "\n": (newline,),
    "\\": (escape,),
    "`": (backtick,),
    "~": (strikethrough.tokenize,),
    "*": (emphasis.tokenize,),
    "_": (emphasis.tokenize,),
    "[": (footnote_sign, brackets),
    "!": (brackets,),
    "]": (brackets,),
    "<": (autolink, comment, html_inline),
    "&": (entity,),
}


def blocks_in(text: str, noted: MutableMapping[str, Any]) -> list[Block]:
    """The blocks of a text that are read, in their order."""
    state = Blocks(text, MARKDOWN, noted)
    MARKDOWN.block.tokenize(state, 0, state.lineMax)
    return state.tokens  # type: ignore[return-value]


def pieces_in(text: str, rules: PieceRules, noted: MutableMapping[str, Any]) -> list[Token]:
    """The pieces of a block. It is noted where each step begins, and before which piece."""
    state = Spans(text, MARKDOWN, noted)
    tokens, places, steps = state.tokens, noted["places"], noted["steps"]
    at, end = 0, len(text)
    while at < end:
        if state.pending:
            state.pushPending()
        places.append(at)
        steps.append(len(tokens))
        found = PLAIN.match(text, at)
        if found:
            tokens.append(PlainText(found[0]))  # type: ignore[arg-type]
            at = found.end()
            continue
        state.pos = at
        for rule in rules.get(text[at], ()):
            if rule(state, False):
                at = state.pos
                break
        else:
            tokens.append(PlainText(text[at]))  # type: ignore[arg-type]
            at += 1
    if state.pending:
        state.pushPending()
    for pairs in (link_pairs, strikethrough.postProcess, emphasis.postProcess):
        pairs(state)
    return tokens
