"""Whose words a page holds, on paper: in the head once, and every word of it proved."""

from dataclasses import replace

import pytest

from profiles.pdf.estimate import Estimate
from profiles.pdf.printing import make_pdf_here, render_job_for, renderer_here
from profiles.pdf.proof import lost
from profiles.sheet.sheet import Sheet, SheetAnswer
from profiles.sheet.sizes import A4, BEDSIDE, CARD, EASY_READ, LARGE_PRINT, TWO_SIDES
from tests.pdf.reading import letter_boxes, text_of
from tests.pdf.test_one_page_promise import letters_missing
from tests.sheet.factories import TYPICAL, make_photo, make_sheet
from tests.verapdf import validate

NAMES = {
    "short": "my mum",
    "long": "my daughters Anna and Elisabeth, and Mrs Featherstonehaugh-W",  # 60 letters
    "one long word": "M" * 60,
    "right to left": "أمي وأختي ليلى",
    "a number in it": "دينا 07700 900123",
}
SMALL = {"call_me": "Jo", "must_know": "No nuts.", "ring_first": "Dee, 07700 900123"}


def by(voice: str, words: dict[str, str], **others: str) -> Sheet:
    """These words, all of one voice but for some."""
    return make_sheet(
        [
            SheetAnswer(topic=topic, text=text, said_by=others.get(topic, voice))
            for topic, text in words.items()
        ]
    )


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
@pytest.mark.parametrize("checked", ["", ", and checked with me"], ids=["", "checked"])
def test_every_name_stands_once_in_the_head(name: str, checked: str) -> None:
    sheet = by(name + checked, TYPICAL, sleep="", people="my dad", call_me="")
    made = make_pdf_here(replace(sheet, helped_by=(name,)))
    text = text_of(made.pdf)
    for word in ("Written", "In my own words.", "Said by"):
        assert text.count(word) == 1
    assert letters_missing(sheet, made) == {}
    assert validate(made.pdf)[0].passed


@pytest.mark.parametrize(
    "size", [A4, TWO_SIDES, LARGE_PRINT, EASY_READ, BEDSIDE, CARD], ids=lambda size: size.key
)
def test_every_size_tells_it_once(size) -> None:
    sheet = by("my mum, and checked with me", SMALL, call_me="").on(size)
    text = text_of(make_pdf_here(sheet).pdf)
    assert "Written by my mum, and checked with me." in " ".join(text.split())
    assert text.count("my mum") == 1


@pytest.mark.parametrize("size", [A4, CARD], ids=lambda size: size.key)
def test_a_name_that_somebody_else_said_tells_so(size) -> None:
    sheet = by("", SMALL, call_me="my dad").on(size)
    assert "Said by my dad." in text_of(make_pdf_here(sheet).pdf)


def test_it_stands_right_under_the_words_also_where_they_are_large() -> None:
    boxes = letter_boxes(make_pdf_here(by("", {"must_know": "No nuts."}, must_know="my dad")).pdf)
    text = "".join(letter for letter, _ in boxes)
    words, mark = (boxes[text.index(first)][1][0] for first in ("No nuts", "Said by"))
    assert mark == pytest.approx(words, abs=2)


def test_a_page_that_reads_from_the_right_tells_it() -> None:
    words = dict.fromkeys(("must_know", "important", "sleep"), "أخبرني قبل أن تتأخر.")
    made = make_pdf_here(by(NAMES["right to left"], words, sleep=""))
    text = text_of(made.pdf)
    assert (text.count("Written"), text.count("In my own words.")) == (1, 1)


def test_a_word_of_whose_it_is_that_is_not_on_the_paper_is_missed() -> None:
    sheet = by("my mum", TYPICAL, sleep="", people="my dad")
    read = text_of(make_pdf_here(sheet).pdf)
    assert lost(sheet, read) == []
    for words in ("Written by my mum.", "In my own words.", "my dad"):
        assert read.count(words) == 1
        [line] = lost(sheet, read.replace(words, ""))
        assert line == words


@pytest.mark.parametrize("photo", [None, make_photo()], ids=["", "photo"])
def test_the_estimate_measures_the_head_and_the_marks(photo) -> None:
    """A page told once is guessed as much shorter as its marks are tall, with its head line."""
    once = replace(by("my mum", TYPICAL, call_me=""), photo=photo)
    each = replace(by("my mum", TYPICAL, **dict.fromkeys(list(TYPICAL)[:7], "")), photo=photo)
    assert once.voice and not each.voice
    for sheet in (once, each):
        composed = renderer_here().set(render_job_for(sheet))
        step = composed.steps[-1]
        height = composed.lay_out(step, tall=True).height_pt
        guessed = Estimate(sheet, renderer_here()._widths).height(step)
        assert guessed == pytest.approx(height, rel=0.03)


def test_advice_counts_the_marks_that_come_back_with_fewer_answers() -> None:
    """Without one of Mum's answers she said less than most, and each of them tells it again."""
    topics = list(TYPICAL)[1:13]
    words = dict.fromkeys(topics, "Tea, and then we talk.")
    sheet = by("my mum", words, **dict.fromkeys(topics[:4], ""))
    fewer = sheet.without([topics[-1]])
    assert sheet.voice and not fewer.voice
    widths, step = renderer_here()._widths, renderer_here().set(render_job_for(sheet)).steps[-1]
    guessed = Estimate(sheet, widths).without([topics[-1]]).height(step)
    assert guessed == Estimate(fewer, widths).height(step)
