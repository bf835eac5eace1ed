"""The proof of the promise can fail: a page that lost a word is caught."""

from dataclasses import replace

import pytest
from weasyprint import HTML

from profiles.door.stamp import stamped
from profiles.pdf import proof
from profiles.pdf.printing import render_job_for, renderer_here
from profiles.pdf.proof import BrokenPromise, check, lost
from profiles.pdf.render_job import CardJob
from profiles.sheet.sizes import SIZES
from tests.sheet.factories import TODAY, make_sheet

WORDS = {"important": "Tea first.\nThen we talk about the day."}


def printed(body: str, style: str = "") -> bytes:
    pdf: bytes = HTML(string=f"<style>@page {{ size: A4 }} {style}</style>{body}").write_pdf()
    return pdf


def test_only_so_many_letters_are_known_at_a_time() -> None:
    kept = proof.KeptLetters(str.isalpha)
    everything = "".join(map(chr, range(0x20, 0x20 + 3 * proof.MOST_LETTERS)))
    assert everything.translate(kept) == "".join(filter(str.isalpha, everything))
    assert len(kept) <= proof.MOST_LETTERS


def test_a_whole_page_passes() -> None:
    check(printed("<p>Tea first.<p>Then we talk about the day."), make_sheet(WORDS))


@pytest.mark.parametrize(
    "body",
    [
        "<p>Tea first.",
        "<p>Tea first.<p>Then we talk about the",
        "<p>Tea first.<p>Then we talk about the da",
        "<p>Tea.<p>Then we talk about the day.",
        "<div style='height: 5mm; overflow: hidden'><p>Tea first.<p>Then we talk about the day.",
    ],
)
def test_a_lost_word_is_caught(body: str) -> None:
    with pytest.raises(BrokenPromise, match="not whole|off the paper"):
        check(printed(body, "div { position: absolute; top: 400mm }"), make_sheet(WORDS))


def test_a_second_page_is_caught() -> None:
    body = "<p>Tea first.<p style='break-before: page'>Then we talk about the day."
    with pytest.raises(BrokenPromise, match="2 pages"):
        check(printed(body), make_sheet(WORDS))


@pytest.mark.parametrize("side", ["left: 190mm", "left: -40mm", "top: 295mm", "top: -30mm"])
def test_words_off_the_paper_are_caught(side: str) -> None:
    body = "<p>Tea first.<p class=off>Then we talk about the day."
    style = f".off {{ position: absolute; white-space: nowrap; {side} }}"
    with pytest.raises(BrokenPromise):
        check(printed(body, style), make_sheet(WORDS))


def test_what_its_foot_promises_must_be_there() -> None:
    sheet = stamped(make_sheet(WORDS), code="7KQ3M9XT", made_for="Priya", check_by=TODAY)
    read = " ".join(["Tea first.", "Then we talk about the day.", *sheet.stamp.lines])
    assert lost(sheet, read) == []
    for words in ("Priya", "7KQ3-M9XT", "testserver/check"):
        assert lost(sheet, read.replace(words, "")) == [words]


def test_a_whole_name_and_who_helped_must_be_there() -> None:
    sheet = replace(make_sheet(WORDS), full_name="Jo Bright", helped_by=("Amir (brother)",))
    read = "Jo Bright Tea first. Then we talk about the day. Amir (brother)"
    assert lost(sheet, read) == []
    for words in ("Jo Bright", "Amir (brother)"):
        assert lost(sheet, read.replace(words, "")) == [words]


@pytest.mark.parametrize("size", ["a4", "two-sides", "large-print", "bedside", "card"])
def test_no_page_is_given_away_that_lost_a_word(size: str) -> None:
    job = render_job_for(make_sheet({"must_know": "No nuts at all."}).on(SIZES[size]))
    assert renderer_here().print(job).pages == 1
    with pytest.raises(BrokenPromise, match="not whole"):
        renderer_here().print(replace(job, html=job.html.replace("nuts", "")))


def test_no_hello_card_is_given_away_that_lost_a_word() -> None:
    html = "<html lang=en><title>Hello</title><p>Tea.</p></html>"
    assert renderer_here().print_card(CardJob(html=html, lines=("Tea.",)))
    with pytest.raises(BrokenPromise, match="not whole"):
        renderer_here().print_card(CardJob(html=html, lines=("Tea, and cake.",)))


def test_a_line_said_twice_must_be_there_twice() -> None:
    sheet = make_sheet({"important": "Tea first.", "people": "Tea first."})
    assert lost(sheet, "Tea first.") == ["Tea first."]
    assert lost(sheet, "Tea first.\r\nTea first.") == []


@pytest.mark.parametrize(
    "said, found, missing",
    [
        ("Llŷr a’r dŵr", "Llŷr a’r dŵr", False),
        ("Llŷr a’r dŵr", "Llyr a’r dwr", True),
        ("a twenty-five-year-old", "a twenty-five-\r\nyear-old", False),
        ("a long word", "a lo\r\nng wo\u200brd", False),
        ("سلمى", "ىملس", True),  # right to left comes back in another order
        ("سلمى", "ىمل", True),
        ("سلمى 𝕼", "سلمى", False),  # PDFium turns the halves of such a letter round
        ("tea 𝕼", "tea", True),
        ("e\u0301te\u0301", "été", False),
        ("½ ﬁ", "1⁄2 fi", False),
    ],
)
def test_what_counts_as_lost(said: str, found: str, missing: bool) -> None:
    assert bool(lost(make_sheet({"important": said}), found)) == missing


def test_an_emoji_that_was_drawn_is_not_lost() -> None:
    sheet = make_sheet({"important": "Tea ❤️ 1️⃣"})
    assert lost(sheet, "Tea") != []
    assert lost(sheet, "Tea", drawn="❤️1️⃣") == []


def test_how_an_emoji_is_drawn_is_not_asked_of_a_font_that_knows_one_way() -> None:
    sheet = make_sheet({"important": "Tea 😀\ufe0f ☏\ufe0f first"})
    assert lost(sheet, "Tea ☏ first", drawn="😀") == []
    assert lost(sheet, "Tea ☏ first") != []
    assert lost(sheet, "Tea first", drawn="😀") != []


def test_a_letter_no_font_has_is_told_and_not_counted_as_lost() -> None:
    assert lost(make_sheet({"important": "Tea \U000f0000"}), "Tea", unprintable="\U000f0000") == []


def test_a_short_name_is_not_looked_for_in_a_long_one_that_is_told_the_other_way_round() -> None:
    """A reader's name on a line of ours: PDFium tells its words from the left."""
    long, short = "أمينة عبد الرحمن", "أمين"
    sheet = make_sheet({"important": f"{short}\n{long}"})
    turned = " ".join(reversed(long.split()))
    assert lost(sheet, f"Made for {turned} today. With {short}.") == []
    assert lost(sheet, f"Made for {turned} today. With nobody.") != []
    assert lost(sheet, f"Made for {turned.replace('ة', '')} today. With {short}.") == [long]
