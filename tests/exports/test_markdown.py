"""The page as Markdown: whatever was typed comes out as it was typed, and none of it is markup."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from profiles.exports.markdown import as_typed, markdown
from profiles.sheet.sheet import SheetAnswer, SheetPhoto
from tests.imports.pages import JOS_PHOTO, make_sheet

GOLDEN = Path(__file__).parent / "golden"
OURS = {"text", "softbreak", "text_special"}  # what a line of words is read as, and nothing else
COMMON = MarkdownIt("commonmark")
MORE = MarkdownIt("js-default", {"html": True, "typographer": False})  # tables, and struck words


def read(text: str, reader: MarkdownIt = COMMON) -> list[Token]:
    return reader.parse(text)


def items(tokens: list[Token]) -> Iterator[str]:
    """What stands in each item of a list, as a reader of Markdown sees it."""
    within = 0
    for token in tokens:
        within += token.nesting if token.type == "list_item_open" else 0
        within -= token.type == "list_item_close"
        if within and token.type == "inline":
            assert {each.type for each in token.children or ()} <= OURS, token.children
            yield "".join(each.content for each in token.children or ())


def said(text: str, reader: MarkdownIt = COMMON) -> list[str]:
    return list(items(read(markdown(make_sheet(SheetAnswer(topic="calm", text=text))), reader)))


def test_jos_page_reads_as_it_always_has():
    text = markdown(make_sheet(photo=JOS_PHOTO))
    assert text == (GOLDEN / "jo.md").read_text(encoding="utf-8")


def test_no_title_skips_a_level():
    titles = [line for line in markdown(make_sheet()).splitlines() if line.startswith("#")]
    levels = [len(title.split()[0]) for title in titles]
    assert levels[0] == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))


def test_every_line_of_every_answer_is_an_item_of_a_list():
    sheet = make_sheet()
    lines = [line for entry in sheet.entries for line in entry.lines]
    assert list(items(read(markdown(sheet)))) == lines


MARKUP = [
    "# Heading", "1. One", "12345) Twelve", "- dash", "+ plus", "* star", "> quote", "---", "===",
    "***", "* * *", "```", "~~~", "`code`", "*a* **b** _c_ __d__ ~~e~~", "[a](http://b.example)",
    "![a](b.png)", "<b>bold</b>", "<script>alert(1)</script>", "<http://a.example>", "&amp; &#35;",
    "a | b", "| - | - |", "[ ] task", "[a]: http://b.example", "ends in \\", "a\\*b", ": told",
    "#", "1.", "-", "AT&T & co", "07700-900 123", "£5 (or $6)", "trailing #", "\\", "$x$ ^2^",
    "<!-- gone -->", "![", "]", "a  \\", "x" * 5000, "😀 :)", "e\u0301", "a\u00a0b",
]  # fmt: skip


@pytest.mark.parametrize("reader", [COMMON, MORE], ids=["common", "more"])
def test_no_sign_becomes_markup(reader):
    for words in MARKUP:
        assert said(words, reader) == [words]


SIGNS = st.sampled_from("#*-+=_~`<>[]()!&;:/\\|.@$^ \t10aw\u05d0\u0627\u2066\u202e")
APART = dict.fromkeys(map(ord, "\u2066\u2069"))  # without ink, and ours to set


@given(st.text(SIGNS))
@example("www.a.example https://b.example c@d.example")
@example("\u2066    - a")
@settings(max_examples=150, deadline=None)
def test_whatever_is_drawn_reads_as_it_was_typed(words):
    typed = words.translate(APART).strip()
    for reader in (COMMON, MORE):
        found = [each.translate(APART).strip() for each in said(words, reader)]
        assert found == [typed] * bool(typed)


def test_names_and_photos_are_words_too():
    photo = SheetPhoto(data=b"", alt="# My\ncup ![x](y)")
    sheet = make_sheet(
        SheetAnswer(topic="call_me", text="*Jo* #\n# <i>"),
        SheetAnswer(topic="calm", text="Sit.", said_by="[Dee](x)", photo=photo),
        full_name="1. *Jo* <b>",
        helped_by=["- <b>"],
        photo=SheetPhoto(data=b"", alt="*Jo*\nin red"),
    )
    for token in read(markdown(sheet)):
        if token.type == "inline":
            assert {each.type for each in token.children or ()} <= OURS
    text = " ".join(
        "".join(part.content for part in token.children or ())
        for token in read(markdown(sheet))
        if token.type == "inline"
    )
    for words in (
        "*Jo* #",
        "# <i>",
        "[Dee](x)",
        "(Photo: # My cup ![x](y))",
        "Photo: *Jo* in red",
        "1. *Jo* <b>",
        "- <b>",
    ):
        assert words in text
    assert (
        sum(token.type == "heading_open" and token.tag == "h1" for token in read(markdown(sheet)))
        == 1
    )


def test_whoever_said_most_of_it_is_named_in_words():
    calm, people = (
        SheetAnswer(topic=topic, text="Tea.", said_by="[Dee](x) <b>*D*")
        for topic in ("calm", "people")
    )
    [told] = [
        token
        for token in read(markdown(make_sheet(calm, people)))
        if token.type == "inline" and token.content.startswith("Written by")
    ]
    assert {each.type for each in told.children or ()} <= OURS
    said = "".join(each.content for each in told.children or ())
    assert said == "Written by [Dee](x) <b>*D*."


def test_addresses_do_not_turn_into_links():
    assert as_typed("https://a.example") == "https\\://a.example"
    assert as_typed("WWW.a.example") == "WWW\\.a.example"
    assert as_typed("jo@a.example") == "jo\\@a.example"


def test_a_number_between_arabic_words_stays_as_it_was_typed():
    sheet = make_sheet(SheetAnswer(topic="ring_first", text="دينا 07700 900123", language="ar"))
    assert "* دينا \u206607700 900123\u2069\n" in markdown(sheet)


def test_where_the_marks_go_again_a_number_begins_no_list():
    assert "\u2066" not in markdown(make_sheet(SheetAnswer(topic="calm", text="1. 2")))
    assert said("1. 2") == ["1. 2"]


def test_an_empty_page_is_a_page():
    text = markdown(make_sheet(SheetAnswer(topic="calm", text=" "), full_name="", helped_by=[]))
    assert text.startswith("# A page about me\n")
