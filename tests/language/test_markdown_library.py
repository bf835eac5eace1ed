"""Our quicker ways through a Markdown text end where the library's own end."""

from hypothesis import assume, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from profiles.language.markdown import Reading
from profiles.language.markdown_rules import DEEPEST, TEXT, blocks_in, environment, pieces_in

LIBRARY = MarkdownIt("commonmark", {"inline_definitions": True}).enable(["table", "strikethrough"])

LINES = [
    "a", "b c ", "\n", "\n", "\n\n", " ", "    ", "\t", "- ", "-", "* ", "+ ", "1. ", "2) ", "> ",
    ">", "# ", "#", "=", "===\n", "---\n", "***\n", "___\n", "```", "~~~\n", "|", "|-|\n", "-|-\n",
    "|a|b|\n|-|-|\n", "<div>", "<b>", "<!-- ", "-->", "[a]: b 'c'\n", "[a]", "\\", "\\|", "\xa0",
]  # fmt: skip
MARKS = [
    "a", "b", "c d", " ", "  \n", "\n ", "*", "**", "***", "_", "__", "~~", "~~~", "`", "``", "\\",
    "\\*", "!", "|", "&amp;", "&", ".", "é", "“",
]  # fmt: skip


def some(pieces: list[str]) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(pieces), max_size=40).map("".join)


def as_read(piece: Token) -> str:
    if piece.type == "softbreak" or piece.type == "hardbreak":
        return "\n"
    return "." if piece.type == "code_inline" else piece.content


@given(some(LINES))
def test_the_blocks_are_the_same(text):
    tokens = LIBRARY.parse(text)
    assume(all(token.level < DEEPEST for token in tokens))
    theirs = [
        (token.content, token.map and token.map[0])
        for token in tokens
        if token.type in {"inline", "html_block"}
    ]
    ours = [
        (block.content, block.map and block.map[0])
        for block in blocks_in(text, environment())
        if block.type in {"inline", "html_block"}
    ]
    assert ours == theirs


@given(some(MARKS))
def test_the_words_among_marks_are_the_same(text):
    (block,) = LIBRARY.parseInline(text)
    theirs = "".join(map(as_read, block.children or []))
    noted = environment() | {"places": [], "steps": [], "brackets": [], "titles": []}
    ours = "".join(map(as_read, pieces_in(text, TEXT, noted)))
    assert ours.split() == theirs.split()


@given(some(["a", "client ", "\n", "  ", "  \n", "\t", "- ", "> ", "1. ", "wheelchair\n", "bound"]))
def test_a_block_without_a_sign_is_read_as_one_with_signs_is(text):
    class TheLongWay(Reading):
        def _plain_words(self, piece):
            self._marked_words(TEXT, piece)

    quick, long = Reading(text), TheLongWay(text)
    assert quick.text == long.text
    assert [quick.place(at) for at, letter in enumerate(quick.text) if letter.isalpha()] == [
        long.place(at) for at, letter in enumerate(long.text) if letter.isalpha()
    ]
