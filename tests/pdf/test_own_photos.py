"""Photos of a person's own beside their answers, on paper."""

import pickle
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from profiles.core.pdf_standards import UA_2
from profiles.pdf.fit import DoesNotFit
from profiles.pdf.fitting import KERNED
from profiles.pdf.printing import (
    guess,
    make_pdf,
    make_pdf_here,
    measure_here,
    render_job_for,
    renderer_here,
)
from profiles.photos.images import BESIDE, PRINTED_BYTES, printed, take_in
from profiles.sheet.build import build
from profiles.sheet.catalogue import ONE_PAGE, layout, layouts
from profiles.sheet.sheet import Sheet, SheetAnswer, SheetPhoto
from profiles.sheet.sizes import A4, SIZES, Size
from profiles.topics.load import load
from tests.pdf.reading import tags_of, text_of
from tests.photos.photos import as_file, corners
from tests.photos.test_beside import noise
from tests.sheet.factories import TYPICAL, make_photo
from tests.verapdf import validate, validate_well_tagged

CUP = SheetPhoto(data=printed(take_in(as_file(corners()), BESIDE)), alt="My blue cup")
SAID = TYPICAL | {"do": "Knock first.\nSay my name.", "do_not": "Do not touch my chair."}
TWELVE = [topic for topic in SAID if topic != "call_me"][:12]
SOME = ["must_know", "yes_no", "ring_first", "important", "do"]


def page(
    topics: list[str] = SOME,
    *,
    size: Size = A4,
    pictures: str = "usual",
    layout_key: str = ONE_PAGE,
    photo: SheetPhoto = CUP,
    said: Mapping[str, str] = SAID,
) -> Sheet:
    """A typical page, with a photo beside what is said under these topics."""
    answers = [
        SheetAnswer(topic=topic, text=text, photo=photo if topic in topics else None)
        for topic, text in said.items()
    ]
    return build(
        answers=answers,
        layout=layout(layout_key),
        topics=load("en"),
        made_on=date(2026, 11, 29),
        photo=make_photo(),
        size=size,
        pictures=pictures,
    )


def figures(pdf: bytes) -> list[str]:
    """What the figures of a page show, in reading order."""
    return [tag.alt for tag in tags_of(pdf) if tag.kind == "Figure"]


@pytest.mark.parametrize("pictures", ["usual", "none"])
def test_each_is_a_figure_that_says_what_it_shows_with_pictures_and_without(pictures):
    pdf = make_pdf_here(page(pictures=pictures)).pdf
    assert figures(pdf).count("My blue cup") == len(SOME)


def test_it_is_told_just_before_the_words_that_it_stands_beside():
    tags = tags_of(make_pdf_here(page(["yes_no"])).pdf)
    at = next(number for number, tag in enumerate(tags) if tag.alt == "My blue cup")
    after = "".join(tag.text for tag in tags[at:])
    assert after.index("Eyes up is yes") < after.index("I remember everyone")
    assert "Eyes up" not in "".join(tag.text for tag in tags[:at])


def test_programs_read_the_words_beside_it_where_they_stand_also_overleaf():
    long = SAID | {"important": "Then we walk on to the sea. " * 60}
    sheet = page(size=SIZES["large-print"], said=long)
    made = make_pdf_here(sheet)  # or it would be refused: the end of a line would not be found
    words = " ".join(text_of(made.pdf).split())
    firsts = [entry.lines[0].split(".")[0] for entry in sheet.entries]
    places = [words.index(first) for first in firsts]
    assert made.pages > 2 and places == sorted(places)


@pytest.mark.parametrize("key", [key for key in SIZES if key != "card"])
def test_in_every_size_each_answer_that_stands_there_has_its_photo(key):
    sheet = page(size=SIZES[key])
    shown = [topic for topic in SOME if topic in sheet.topics]
    assert shown and figures(make_pdf_here(sheet).pdf).count("My blue cup") == len(shown)


def test_a_card_has_no_place_for_it_and_leaves_out_no_words_for_that():
    sheet = page(size=SIZES["card"])
    assert not sheet.photos and "You must know" not in " ".join(sheet.left_out)
    assert "My blue cup" not in figures(make_pdf_here(sheet).pdf)


@pytest.mark.parametrize("key", layouts())
def test_in_every_layout_it_keeps_the_standard(key):
    pdf = make_pdf_here(page(layout_key=key)).pdf
    assert figures(pdf).count("My blue cup") == len(SOME)
    assert validate(pdf)[0].passed, validate(pdf)[0]


def test_large_and_on_several_sides_it_keeps_the_newest_standard_too():
    made = make_pdf_here(page(size=SIZES["easy-read"]), UA_2)
    assert made.pages > 1
    assert all(report.passed for report in validate_well_tagged(made.pdf))


def test_twelve_that_show_the_most_are_on_one_page_and_weigh_little():
    loud = SheetPhoto(data=printed(take_in(noise(3000, 2000), BESIDE)), alt="My rug")
    without = make_pdf_here(page([])).pdf
    made = make_pdf_here(page(TWELVE, photo=loud))
    assert made.pages == 1 and made.print_pt >= A4.smallest_pt
    assert figures(made.pdf).count("My rug") == 12
    assert len(made.pdf) - len(without) <= 12 * (PRINTED_BYTES + 500)


def test_where_they_leave_no_room_for_the_words_the_page_is_refused_as_ever():
    with pytest.raises(DoesNotFit) as refused:
        make_pdf_here(page(TWELVE, pictures="large"))
    assert refused.value.fit.lines_over > 0


def test_the_same_page_is_the_same_file_here_and_in_its_worker_process():
    sheet = page()
    assert make_pdf_here(sheet).pdf == make_pdf_here(sheet).pdf == make_pdf(sheet).pdf


def test_a_page_without_any_is_the_file_that_it_was():
    sheet = page([])
    steps = renderer_here().set(render_job_for(sheet)).steps
    assert {step.own_photo for step in steps} == {0.0}
    assert "own-photo" not in render_job_for(sheet).html


@pytest.mark.parametrize("topics", [SOME, TWELVE, ["do", "do_not"], ["ring_first"]])
@pytest.mark.parametrize("key", ["one-page", "hospital"])
def test_the_guess_of_its_height_is_near_the_truth(topics, key):
    sheet = page(topics, layout_key=key)
    composed = renderer_here().set(render_job_for(sheet))
    for step in (composed.steps[-1], composed.guessed_step()):
        real = composed.lay_out(step, tall=True).height_pt
        guessed = composed.estimate.height(step, KERNED)
        assert abs(real - guessed) < 0.04 * real, (step.print_pt, real, guessed)


def test_the_guess_for_whoever_is_typing_counts_them():
    sheet = page(TWELVE)
    guessed = guess(sheet)
    assert guessed and guessed.floor.own_photo > 0
    real = measure_here(sheet).height_pt
    assert abs(real - guessed.height_pt) < 0.04 * real


def test_it_goes_to_the_worker_process_no_larger_than_it_is_printed():
    sheet = page(photo=replace(CUP, whole=bytes(40_000)))
    copy = pickle.loads(pickle.dumps(render_job_for(sheet))).sheet
    assert [photo.whole for photo in copy.photos.values()] == [b""] * len(SOME)


def test_its_description_is_words_alone():
    odd = replace(CUP, alt='"><img src=x onerror=alert(1)>\u202e')
    pdf = make_pdf_here(page(["yes_no"], photo=odd)).pdf
    assert '"><img src=x onerror=alert(1)>' in figures(pdf)
    assert "onerror" not in text_of(pdf)


def test_the_name_has_the_portrait_beside_it_and_nothing_else():
    sheet = page(["call_me"])
    assert not sheet.photos and sheet.called and not sheet.called.photo


def test_it_stands_on_the_picture_of_the_page():
    drawn, plain = (renderer_here().draw(render_job_for(page(topics))) for topics in (SOME, []))
    assert drawn.png != plain.png and drawn.is_whole
