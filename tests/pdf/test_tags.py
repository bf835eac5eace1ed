"""The tags a screen reader goes by: order, headings, languages, and words for the photo."""

import re
from itertools import pairwise

import pytest

from profiles.pdf.printing import make_pdf_here
from profiles.sheet.sheet import SheetAnswer
from profiles.topics.load import load
from tests.pdf.reading import Tag, metadata, opened, tags_of, uncompressed
from tests.sheet.factories import FEW, TYPICAL, make_photo, make_said, make_sheet
from tests.verapdf import validate

HEADINGS = {"H1": 1, "H2": 2, "H3": 3}


@pytest.fixture(scope="module")
def tags() -> list[Tag]:
    sheet = make_sheet(TYPICAL, photo=make_photo("Jo in a red hat"), helped_by=("Amir",))
    return tags_of(make_pdf_here(sheet).pdf)


def squeezed(words: str) -> str:
    """Without spaces: a line that is broken on paper has none where it breaks."""
    return "".join(words.split())


def test_the_words_are_read_in_the_order_of_the_page(tags: list[Tag]) -> None:
    sheet = make_sheet(TYPICAL)
    said = [squeezed(tag.words) for tag in tags if tag.kind in {"P", "LI"}]
    lines = [squeezed(line) for entry in sheet.entries[1:] for line in entry.lines]
    assert [words for words in said if words in lines] == lines


def test_each_title_is_read_before_its_words(tags: list[Tag]) -> None:
    read = [(tag.kind, squeezed(tag.words)) for tag in tags if tag.kind in {"H3", "P", "LI"}]
    at = read.index(("H3", squeezed(load("en").topic("washing").label)))
    assert read[at + 1] == ("P", squeezed(TYPICAL["washing"]))


def test_headings_start_at_one_and_skip_no_level(tags: list[Tag]) -> None:
    levels = [HEADINGS[tag.kind] for tag in tags if tag.kind in HEADINGS]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_parts_are_headings(tags: list[Tag]) -> None:
    assert [tag.words for tag in tags if tag.kind == "H2"] == [
        "Keep me safe",
        "What people like about me",
        "What matters to me",
        "How to help me well",
    ]


def test_several_lines_are_a_list(tags: list[Tag]) -> None:
    lists = [tag for tag in tags if tag.kind == "L"]
    important = next(tag for tag in lists if TYPICAL["important"].splitlines()[0] in tag.words)
    assert [kid.kind for kid in important.kids] == ["LI", "LI"]


def test_the_photo_has_its_words(tags: list[Tag]) -> None:
    assert [tag.alt for tag in tags if tag.kind == "Figure"] == ["Jo in a red hat"]


def test_a_photo_without_words_still_says_what_it_is() -> None:
    tags = tags_of(make_pdf_here(make_sheet(FEW, photo=make_photo(alt=""))).pdf)
    assert [tag.alt for tag in tags if tag.kind == "Figure"] == ["A photo of me"]


def test_pictures_that_repeat_the_words_are_not_read_out() -> None:
    assert not [tag for tag in tags_of(make_pdf_here(make_sheet()).pdf) if tag.kind == "Figure"]


def test_each_answer_says_its_language() -> None:
    said = [
        SheetAnswer(topic="important", text="Te yn gyntaf.", language="cy"),
        SheetAnswer(topic="goals", text="Mówić po polsku.", language="pl"),
        SheetAnswer(topic="story", text="وُلدتُ في حلب.", language="en"),
        SheetAnswer(topic="interests", text="Trains.", language="en"),
        SheetAnswer(topic="people", text="میری بہن ڈی۔\nShe rings on Sundays.", language="ur"),
    ]
    tags = tags_of(make_pdf_here(make_sheet(said)).pdf)
    languages = {tag.words: tag.language for tag in tags if tag.kind in {"P", "LI"}}
    assert languages["Te yn gyntaf."] == "cy"
    assert languages["Mówić po polsku."] == "pl"
    assert languages["Trains."] == "en"
    assert sorted(languages.values()) == sorted(
        ["en-GB", "en-GB", "cy", "pl", "ar", "en", "ur", "en"]
    )


def test_a_name_and_a_photo_say_the_language_of_their_words() -> None:
    said = [
        SheetAnswer(topic="call_me", text="أمينة", language="ar"),
        SheetAnswer(topic="goals", text="Mówić.", language="pl", photo=make_photo("Mój kubek")),
    ]
    tags = tags_of(make_pdf_here(make_sheet(said, photo=make_photo("میری بہن"))).pdf)
    languages = {tag.alt or tag.words: tag.language for tag in tags if tag.language}
    assert languages["أمينة"] == "ar"
    assert languages["Mój kubek"] == "pl"
    assert languages["میری بہن"] == "ur"
    heading = next(tag for tag in tags if tag.kind == "H1")
    assert heading.language == "en-GB"
    assert "" in {tag.language for tag in heading.walk() if "Hello" in tag.words}  # told once


def test_the_title_is_neutral_and_the_file_has_a_language() -> None:
    pdf = make_pdf_here(make_sheet(TYPICAL)).pdf
    assert metadata(pdf)["Title"] == "A page about me: please read this before you help me"
    assert "Jo" not in metadata(pdf).values()
    with opened(pdf) as document:
        assert document.is_tagged()


def test_the_photo_is_where_the_tags_say_it_is() -> None:
    pdf = make_pdf_here(make_sheet(FEW, photo=make_photo())).pdf
    with opened(pdf) as document:
        image = next(document[0].get_objects([3]))
        left, bottom, right, top = image.get_bounds()
    boxes = re.findall(rb"/O /Layout\s*/BBox \[([^]]+)\]", uncompressed(pdf))
    (claimed,) = [[float(side) for side in box.split()] for box in boxes]
    assert claimed == pytest.approx([left, bottom, right, top], abs=1)


@pytest.mark.parametrize("words", [{}, FEW, TYPICAL])
@pytest.mark.parametrize("photo", [None, make_photo()])
def test_it_is_pdf_ua(words: dict[str, str], photo: object) -> None:
    made = make_pdf_here(make_sheet(make_said(words), photo=photo))  # type: ignore[arg-type]
    (report,) = validate(made.pdf)
    assert report.passed, report
