"""The picture of a page: its first side, sharp and small, and where each answer stands on it."""

import io

import pytest
from PIL import Image, ImageChops, ImageStat

from profiles.core.busy import Places
from profiles.pdf import drawing, printing
from profiles.pdf.fit import Box, DrawnPage
from profiles.pdf.printing import Busy, TooHard, draw_page, render_job_for, renderer_here
from profiles.pdf.sanitise import MOST_CHARACTERS, beginning, characters
from profiles.sheet.catalogue import layouts
from profiles.sheet.sheet import SheetAnswer
from tests.pdf.reading import letter_boxes, opened
from tests.sheet.factories import TYPICAL, make_photo, make_sheet

ALL = {topic: f"Words {at} about this, said once." for at, topic in enumerate(TYPICAL)} | {
    "do": "Ask before you help.",
    "do_not": "Leave my chair alone.",
    "health": "Asthma.",
}
IN_ARABIC = [
    SheetAnswer(topic=topic, text=f"أخبرني قبل أن تتأخر {4401 + at}", language="ar")
    for at, topic in enumerate(("call_me", "important", "people", "sleep", "do", "do_not"))
]
TOO_LONG = {"call_me": "Jo", "people": "\n".join(f"Line {n}." for n in range(90)), "do": "Ask."}


@pytest.fixture
def drawn_pdfs(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The PDFs that pictures were made of."""
    pdfs: list[bytes] = []
    alone = drawing.alone
    monkeypatch.setattr(drawing, "alone", lambda pdf: pdfs.append(pdf) or alone(pdf))
    return pdfs


def words_in(pdf: bytes, box: Box) -> str:
    """What PDFium reads of the letters whose middle is in this box."""
    left, top, width, height = box
    with opened(pdf) as document:
        across, down = document[0].get_size()
    found = ""
    for letter, (x1, y1, x2, y2) in letter_boxes(pdf):
        x, y = 500 * (x1 + x2) / across, 1000 - 500 * (y1 + y2) / down
        if left <= x <= left + width and top <= y <= top + height:
            found += letter
    return "".join(found.split())


@pytest.mark.parametrize("layout", layouts().values(), ids=layouts())
@pytest.mark.parametrize("words", [ALL, IN_ARABIC], ids=["english", "arabic"])
def test_each_answer_stands_in_its_own_box_and_in_no_other(layout, words, drawn_pdfs) -> None:
    sheet = make_sheet(words, layout=layout, photo=make_photo())
    boxes = renderer_here().draw(render_job_for(sheet)).boxes
    assert boxes.keys() == {*sheet.topics}
    read = {topic: words_in(drawn_pdfs[0], box) for topic, box in boxes.items()}
    for entry in sheet.entries:
        # Digits stay in order, whichever way the line is read.
        mark = entry.lines[0][-4:] if words is IN_ARABIC else "".join(entry.lines[0].split())
        assert [topic for topic, said in read.items() if mark in said] == [entry.topic]


def test_the_picture_is_small_and_as_wide_as_its_room(drawn_pdfs) -> None:
    drawn = renderer_here().draw(render_job_for(make_sheet(photo=make_photo())))
    picture = Image.open(io.BytesIO(drawn.png))
    assert (picture.format, picture.mode) == ("PNG", "P")
    assert picture.size == (drawing.WIDTH, round(drawing.WIDTH * 297 / 210))
    assert drawn.is_whole
    assert len(drawn.png) < 60_000


def test_each_dot_is_as_pdfium_drew_it_but_for_a_shade(drawn_pdfs) -> None:
    drawn = renderer_here().draw(render_job_for(make_sheet(photo=make_photo())))
    exact = drawing.first_side(drawn_pdfs[0], drawing.WIDTH)
    picture = Image.open(io.BytesIO(drawn.png)).convert("RGB")
    off = ImageStat.Stat(ImageChops.difference(exact, picture))
    assert max(off.rms) < 3
    assert max(most for _, most in off.extrema) < 64  # of 255, at the edge of a letter


@pytest.mark.parametrize("words", [{"calm": "Sit near me."}, ALL], ids=["few", "all"])
def test_a_page_is_drawn_as_it_is_printed(words) -> None:
    sheet = make_sheet(words, photo=make_photo())
    seen = renderer_here().draw(render_job_for(sheet)).png
    assert seen == drawing.alone(printing.make_pdf_here(sheet).pdf)


def test_a_page_that_is_too_long_is_drawn_as_far_as_it_goes() -> None:
    drawn = renderer_here().draw(render_job_for(make_sheet(TOO_LONG)))
    assert not drawn.is_whole
    assert "people" in drawn.boxes
    assert all(0 <= side <= 1000 for box in drawn.boxes.values() for side in box)
    _, top, _, height = drawn.boxes["call_me"]
    assert drawn.boxes["people"][1] >= top + height > top  # what is over draws nothing together


def test_a_book_is_drawn_by_its_beginning() -> None:
    book = make_sheet(dict.fromkeys(list(TYPICAL)[1:], "Tea first. " * 300))
    assert characters(book) > MOST_CHARACTERS
    assert MOST_CHARACTERS > characters(beginning(book)) > 3_000
    drawn = draw_page(book)
    assert not drawn.is_whole
    assert "must_know" in drawn.boxes


def test_what_can_be_laid_out_is_not_cut() -> None:
    sheet = make_sheet(TOO_LONG)
    assert beginning(sheet) is sheet


def test_an_empty_page_can_be_drawn_as_well() -> None:
    assert renderer_here().draw(render_job_for(make_sheet([]))).boxes.keys() == {"call_me"}


def test_where_every_place_to_draw_is_taken_it_says_so(monkeypatch) -> None:
    places = Places(1)
    monkeypatch.setattr(printing, "PLACES", places)
    with places.to_draw(), pytest.raises(Busy):
        draw_page(make_sheet())


def test_what_is_no_picture_is_refused(monkeypatch) -> None:
    made = DrawnPage(png=b"<script>", boxes={}, is_whole=True)
    monkeypatch.setattr(printing, "ask", lambda *_: made)
    with pytest.raises(TooHard):
        draw_page(make_sheet())
