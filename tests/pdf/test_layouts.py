"""Every layout in every size it is offered in: one whole page, and PDF/UA."""

from dataclasses import replace
from itertools import product

import pytest

from profiles.pdf.printing import make_pdf_here, renderer_here
from profiles.sheet.catalogue import layouts
from profiles.sheet.layouts import Layout
from profiles.sheet.sheet import Sheet, SheetAnswer
from profiles.sheet.sizes import SIZES, Size
from profiles.sheet.themes import THEMES
from tests.drawn import each_once
from tests.pdf.reading import letter_boxes, opened, tags_of, text_of
from tests.sheet.factories import TYPICAL, make_photo, make_sheet
from tests.verapdf import validate

OFFERED = [(layout, SIZES[key]) for layout in layouts().values() for key in layout.sizes]
ARABIC = "أخبرني قبل أن تتأخر. 07700 900123"
TEXTS: dict[str, list[SheetAnswer]] = {
    "empty": [],
    "typical": [SheetAnswer(topic=topic, text=text) for topic, text in TYPICAL.items()],
    "right to left": [
        SheetAnswer(topic=topic, text=ARABIC, language="ar")
        for topic in ("call_me", "must_know", "ring_first", "important", "do", "do_not", "sleep")
    ],
    "long words": [
        SheetAnswer(topic=topic, text="x" * 150) for topic in ("call_me", "must_know", "ring_first")
    ],
}


def offered(text: str) -> list[tuple[Layout, Size]]:
    """Every layout in every size; by day each of both once, and of each text others."""
    first = [*TEXTS].index(text) * len(OFFERED) // len(TEXTS)
    pairs = [(layout.key, size.key) for layout, size in OFFERED[first:] + OFFERED[:first]]
    return [(layouts()[layout], SIZES[size]) for layout, size in each_once(pairs)]


def pages(text: str) -> list[Sheet]:
    """This text in every layout and size, each in the next set of colours."""
    said = TEXTS[text]
    photo = make_photo() if text == "typical" else None
    themes = [*THEMES.values()]
    return [
        replace(make_sheet(said, layout=layout, photo=photo), theme=themes[at % 4]).on(size)
        for at, (layout, size) in enumerate(offered(text))
    ]


@pytest.mark.parametrize("text", TEXTS)
def test_it_is_whole_and_of_its_size_and_pdf_ua(text: str) -> None:
    pdfs = []
    for sheet in pages(text):
        made = make_pdf_here(sheet)  # which proves that every word is on it, and none off the paper
        with opened(made.pdf) as document:
            assert len(document) == made.pages <= sheet.size.sides
            width, height = document[0].get_size()
        assert width == pytest.approx(sheet.size.column_pt + 2 * sheet.size.side * 72 / 25.4, abs=1)
        assert height > width
        pdfs.append(made.pdf)
    assert all(report.passed for report in validate(*pdfs))


@pytest.mark.parametrize("layout", layouts().values(), ids=layouts())
def test_the_tags_are_in_the_order_of_the_layout(layout) -> None:
    sheet = make_sheet(TYPICAL, layout=layout)
    told = "".join(tag.text for tag in tags_of(make_pdf_here(sheet).pdf)).replace(" ", "")
    firsts = [entry.lines[0].replace(" ", "") for entry in sheet.entries[1:]]
    places = [told.find(first) for first in firsts]
    assert -1 not in places
    printed = [entry.topic for part in sheet.parts for entry in part.every_entry]
    assert printed == [entry.topic for entry in sheet.entries[1:]]
    order = [told.find(e.lines[0].replace(" ", "")) for p in sheet.parts for e in p.every_entry]
    assert order == sorted(order)


def test_each_theme_and_paper_prints_the_same_words() -> None:
    sheet = make_sheet(TYPICAL)
    read = {
        " ".join(text_of(make_pdf_here(replace(sheet, theme=theme, size=size)).pdf).split())
        for theme, size in product(THEMES.values(), (SIZES["a4"], SIZES["letter"]))
    }
    assert len({len(words.replace(" ", "")) for words in read}) == 1


def test_what_one_page_alone_needs_is_not_kept_for_the_next() -> None:
    make_pdf_here(make_sheet(TYPICAL, photo=make_photo()))
    kept = renderer_here()._made
    assert kept
    assert not [css for css in kept if ".number { font-size" in css]
    before = len(kept)
    for name in ("Jo", "Maria-Concepción", "Oyelaran-Hughes of Whitby"):
        make_pdf_here(make_sheet(TYPICAL | {"call_me": name}, photo=make_photo()))
    assert len(kept) - before <= 3  # a step's own, at the most


def test_labels_may_stand_above_their_words() -> None:
    above = replace(layouts()["one-page"], labels="above")
    beside, over = (
        make_sheet({"sleep": "Light on."}, layout=each) for each in (layouts()["one-page"], above)
    )
    tops = []
    for sheet in (beside, over):
        boxes = letter_boxes(make_pdf_here(sheet).pdf)
        text = "".join(letter for letter, _ in boxes)
        tops.append(boxes[text.index("My nights")][1][1] - boxes[text.index("Light on")][1][1])
    assert abs(tops[0]) < 3  # on one line
    assert tops[1] > 10
