"""What somebody reads in a Markdown text, and where each word of it stands in the file."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate, pairwise
from typing import Any, Final, NamedTuple

from markdown_it.token import Token

from profiles.language.hints import Hint, hints
from profiles.language.markdown_rules import (
    HTML,
    TEXT,
    TITLE,
    PieceRules,
    blocks_in,
    environment,
    pieces_in,
)
from profiles.language.markdown_states import Block

STOP: Final = "\n.\n"  # no phrase reaches across
ADDRESS: Final = re.compile(
    r"""
    \b(?:https?|ftp)://\S+ | \bmailto:\S+ | \bwww\.\S+
    | (?<![\w.+-])[\w.+-]++@[\w-]++(?:\.[\w-]++)++(?:/\S*)?
    """,
    re.VERBOSE | re.IGNORECASE,
)
IN_ADDRESSES: Final = re.compile(r"[:@]|www", re.IGNORECASE)
TAG: Final = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)")
# The tags that words run on through, and the ones around what is no text.
MARKS: Final = frozenset(
    "a abbr b bdi bdo big cite data del dfn em font i ins label mark q s small span strike strong"
    " sub sup time tt u var wbr".split()
)
CODE: Final = frozenset("code kbd pre samp script style".split())
UNCLOSED: Final = re.compile(r"\s*<!--(?!.*-->)", re.DOTALL)  # a comment to the end of the text
# The last thing in a definition, [name]: address "title".
LAST_TITLE: Final = re.compile(
    r""" "((?:\\.|[^"\\])*+)"\s*\Z | '((?:\\.|[^'\\])*+)'\s*\Z | \(((?:\\.|[^()\\])*+)\)\s*\Z """,
    re.VERBOSE | re.DOTALL,
)
# More lines, or more signs, than these and so close together were written by no person, and each
# costs as much as a whole sentence: they are looked at as they stand.
SIGN: Final = re.compile(r"[\\`*_~\[\]<&!|]")
MOST_LINES: Final = 40_000
LETTERS_TO_A_LINE: Final = 25
MOST_SIGNS: Final = 20_000
LETTERS_TO_A_SIGN: Final = 12  # in real texts the densest have one in sixteen


def hints_in(markdown: str) -> list[Hint]:
    """Every word in a Markdown text that may hurt, with its line and column in the file."""
    reading = Reading(markdown)
    found = hints(reading.text, place=reading.place)
    return sorted(found, key=lambda hint: (hint.line, hint.column))


class Reading:
    """The words of a Markdown text as they are read: no code, no address, no mark.

    Blocks, alternative texts and titles have a stop between them.
    """

    def __init__(self, markdown: str) -> None:
        self._source = re.sub("\r\n?", "\n", markdown).replace("\0", "\ufffd")
        self._lines = self._source.split("\n")
        self._starts = [0, *accumulate(len(line) + 1 for line in self._lines)]
        self._noted = environment()
        self._parts: list[str] = []
        self._length = 0
        self._begins: list[int] = []  # where each part begins in the text that is read ...
        self._stands: list[int] = []  # ... and where it stands in the file
        self._signs_left = max(MOST_SIGNS, len(self._source) // LETTERS_TO_A_SIGN)
        if len(self._lines) > max(MOST_LINES, len(self._source) // LETTERS_TO_A_LINE):
            self._add(self._source, 0)
        else:
            self._read()
        self.text = "".join(self._parts)
        if IN_ADDRESSES.search(self.text):
            self.text = ADDRESS.sub(lambda found: "." * len(found[0]), self.text)

    def place(self, at: int) -> tuple[int, int]:
        """The line and the column in the file of this place in the text, both from 1."""
        part = bisect_right(self._begins, at) - 1
        stands = self._stands[part] + at - self._begins[part]
        line = bisect_right(self._starts, stands)
        return line, stands - self._starts[line - 1] + 1

    def _add(self, words: str, stands: int) -> None:
        self._begins.append(self._length)
        self._stands.append(stands)
        self._parts.append(words)
        self._length += len(words)

    def _skip(self, stop: str = STOP) -> None:
        self._parts.append(stop)
        self._length += len(stop)

    def _read(self) -> None:
        blocks = blocks_in(self._source, self._noted)
        cell_ends = 0
        for block in blocks:
            if block.type == "inline":
                if block.after in {"th_open", "td_open"}:
                    piece = self._cell(block.content, cell_ends)
                    cell_ends = piece.place(len(block.content))
                elif block.after == "heading_open":
                    piece = self._heading(block)
                else:
                    piece = self._whole_lines(block)
                self._words(TEXT, piece)
            elif block.type == "tr_open":
                cell_ends = self._starts[_first_line(block)]
            elif block.type == "html_block" and not UNCLOSED.match(block.content):
                self._words(HTML, self._whole_lines(block))
        self._titles_of_definitions(blocks)

    def _heading(self, block: Token) -> "_Piece":
        """A heading that begins with #."""
        first = _first_line(block)
        column = max(0, self._lines[first].rfind(block.content))
        return _Piece(block.content, [0], [self._starts[first] + column])

    def _cell(self, content: str, after: int) -> "_Piece":
        """A cell of a table, in which `\\|` stands for each `|`."""
        if "|" not in content:
            return _Piece(content, [0], [max(after, self._source.find(content, after))])
        written = content.replace("|", "\\|")
        at = max(after, self._source.find(written, after))
        pipes = [0, *(found.end() for found in re.finditer(r"\|", content))]
        stands = [at + pipe + number for number, pipe in enumerate(pipes)]
        return _Piece(content, pipes, stands)

    def _whole_lines(self, block: Token) -> "_Piece":
        """A block whose lines end where lines of the file do, after spaces at most."""
        content = block.content.removesuffix("\n")
        lines, first = content.split("\n"), _first_line(block)
        begins = [0, *accumulate(len(line) + 1 for line in lines[:-1])] if lines[1:] else [0]
        stands = [
            self._starts[number] + len(self._lines[number].rstrip()) - len(line.rstrip())
            for number, line in enumerate(lines, first)
        ]
        return _Piece(content, begins, stands)

    def _words(self, rules: PieceRules, piece: "_Piece") -> None:
        """The words of one block; and below it its titles, which break no phrase of it."""
        signs = len(SIGN.findall(piece.content))
        self._signs_left -= signs
        if self._signs_left < 0:
            for begins, ends in pairwise([*piece.begins, len(piece.content)]):
                self._add(piece.content[begins:ends], piece.place(begins))
            self._skip()
        elif signs or rules is not TEXT:
            self._marked_words(rules, piece)
        else:
            self._plain_words(piece)

    def _plain_words(self, piece: "_Piece") -> None:
        """The words of a block without a sign: there is nothing in it that a rule is about."""
        first, *further = piece.content.split("\n")
        self._add(first, piece.place(0))
        at = len(first) + 1
        for line in further:
            words = line.lstrip(" \t")
            self._skip("\n")
            self._add(words, piece.place(at + len(line) - len(words)))
            at += len(line) + 1
        self._skip()

    def _marked_words(self, rules: PieceRules, piece: "_Piece") -> None:
        noted: dict[str, Any] = self._noted | {
            "places": [], "steps": [], "brackets": [], "no_link_before": 0, "titles": [],
        }  # fmt: skip
        tokens = pieces_in(piece.content, rules, noted)
        hidden, closed = "", _closed_later(tokens) if "<" in piece.content else {}
        address = False
        for number, (token, at) in enumerate(_with_places(tokens, noted)):
            if token.type == "html_inline" and (tag := TAG.match(token.content)):
                name = tag[2].lower()
                if hidden:
                    hidden = "" if tag[1] and name == hidden else hidden
                elif name in CODE and closed.get(name, 0) > number:
                    hidden = name
                    self._skip()
                else:
                    self._add(_read_for(name), piece.place(at))
            elif hidden:
                continue
            elif token.info == "auto":
                address = not address
                self._skip(".")
            elif address:
                continue
            elif token.type in {"text", "text_special"}:
                if token.content:
                    self._add(token.content, piece.place(at))
            elif token.type in {"softbreak", "hardbreak"}:
                self._skip("\n")
            elif token.type in {"code_inline", "picture"}:
                self._skip(".")
        self._skip()
        for start, end in noted["titles"]:
            self._words(TITLE, piece.part(start, end))

    def _titles_of_definitions(self, blocks: list[Block]) -> None:
        """The titles of links that are written elsewhere. One that no link uses is not read."""
        for block in blocks:
            if block.type != "definition" or block.meta["id"] not in self._noted["used"]:
                continue
            self._noted["used"].remove(block.meta["id"])  # a second one is not read either
            first, end = block.map or (0, 0)
            written = "\n".join(self._lines[first:end])
            for found in LAST_TITLE.finditer(written) if block.meta["title"] else ():
                start, end = found.span(found.lastindex or 0)
                piece = _Piece(written, [0], [self._starts[first]]).part(start, end)
                self._words(TITLE, piece)


class _Piece(NamedTuple):
    """The contents of a block, or a part of them, and where they stand in the file."""

    content: str
    begins: list[int]  # where each run of letters begins that stands together in the file ...
    stands: list[int]  # ... and where it does
    before: int = 0  # how many letters of the block were cut off

    def place(self, at: int) -> int:
        """Where in the file this letter stands."""
        run = bisect_right(self.begins, at + self.before) - 1
        return self.stands[run] + at + self.before - self.begins[run]

    def part(self, start: int, end: int) -> "_Piece":
        """The letters from here to there."""
        return self._replace(content=self.content[start:end], before=self.before + start)


def _first_line(block: Token) -> int:
    return block.map[0] if block.map else 0


def _with_places(tokens: list[Token], noted: dict[str, Any]) -> Iterator[tuple[Token, int]]:
    """Each piece of a block with its place: where the step of reading began that made it."""
    steps = [*noted["steps"], len(tokens)]
    for place, first, last in zip(noted["places"], steps, steps[1:], strict=False):
        for number in range(first, last):
            yield tokens[number], place


def _closed_later(tokens: list[Token]) -> dict[str, int]:
    """Where the last closing tag of each name stands."""
    tags = (
        (number, TAG.match(token.content))
        for number, token in enumerate(tokens)
        if token.type == "html_inline"
    )
    return {tag[2].lower(): number for number, tag in tags if tag and tag[1]}


def _read_for(name: str) -> str:
    """What somebody reads in the place of a tag: nothing, a new line, or the end of a block."""
    return "\n" if name == "br" else "" if name in MARKS else STOP
