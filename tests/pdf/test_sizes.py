"""The sizes that are more than one side of paper, or less than one: whole all the same."""

from dataclasses import replace
from datetime import date
from random import Random

import pytest

from profiles.door.stamp import stamped
from profiles.pdf.folded_card import FACE_PT, card_steps
from profiles.pdf.printing import (
    DoesNotFit,
    make_pdf_here,
    measure_here,
    render_job_for,
    renderer_here,
)
from profiles.pdf.sanitise import MOST_EMOJI
from profiles.sheet.catalogue import layouts
from profiles.sheet.sheet import Sheet, SheetAnswer
from profiles.sheet.sizes import (
    A4,
    BEDSIDE,
    CARD,
    EASY_READ,
    LARGE_PRINT,
    MM,
    SIZES,
    TWO_SIDES,
    Size,
)
from tests.drawn import NIGHTLY
from tests.pdf.reading import letter_boxes, opened, print_sizes, tags_of, text_of
from tests.pdf.test_one_page_promise import HOSTILE, letters_missing
from tests.sheet.factories import TODAY, TYPICAL, full_page, make_photo, make_sheet, words_of
from tests.verapdf import validate

OVERLEAF = (TWO_SIDES, LARGE_PRINT, EASY_READ)
CARRIED = {
    "call_me": "Maria\nMARE-ee-ah",
    "must_know": "I have epilepsy. If I shake, ring 999 after 5 minutes.\nNo nuts.\nWait.\nFourth.",
    "ring_first": "My sister Ana, 07700 900333, any time\nDr Patel, 01632 960001",
    "yes_no": "I nod for yes.",
    "important": "Tea first.\nThen we talk.",
    "story": "I was a baker.",
}


def with_stamp(sheet: Sheet) -> Sheet:
    return stamped(sheet, code="ABCDEFGHJK", made_for="Priya", check_by=date(2027, 2, 28))


def by_side(pdf: bytes) -> list[str]:
    """What stands on each side of the paper."""
    with opened(pdf) as document:
        return [page.get_textpage().get_text_range() for page in document]


def test_both_sides_of_the_paper_hold_what_one_does_not() -> None:
    sheet = make_sheet(full_page(750), photo=make_photo())
    with pytest.raises(DoesNotFit):
        make_pdf_here(sheet)
    made = make_pdf_here(with_stamp(sheet).on(TWO_SIDES))
    assert made.pages == 2
    assert made.print_pt >= A4.smallest_pt
    assert validate(made.pdf)[0].passed


def test_what_is_urgent_and_the_foot_stand_on_the_first_of_two_sides() -> None:
    made = make_pdf_here(with_stamp(make_sheet(full_page(600))).on(TWO_SIDES))
    first, second = by_side(made.pdf)
    for words in ("Hello, I’m", "Keep me safe", "Is this the newest page?", "side 1 of 2"):
        assert words in first
        assert words not in second
    assert "Jo’s page, side 2 of 2" in second
    told = [tag.words for tag in tags_of(made.pdf)]
    foot = next(at for at, words in enumerate(told) if words.startswith("Is this the newest"))
    assert told.index("How to help me well") < foot or "How to help me well" in second


def test_three_sides_are_too_many_for_both_sides_of_the_paper() -> None:
    with pytest.raises(DoesNotFit) as refused:
        make_pdf_here(make_sheet(full_page(1500)).on(TWO_SIDES))
    assert refused.value.fit.lines_over > 10


@pytest.mark.parametrize("size", OVERLEAF, ids=lambda size: size.key)
def test_each_side_says_whose_page_it_is_and_which_of_how_many(size) -> None:
    made = make_pdf_here(make_sheet(full_page(700), photo=make_photo()).on(size))
    sides = by_side(made.pdf)
    assert len(sides) == made.pages > 1
    what = "side " if size is TWO_SIDES else ""
    for number, words in enumerate(sides, 1):
        assert f"Jo’s page, {what}{number} of {made.pages}" in words


@pytest.mark.parametrize("size", OVERLEAF, ids=lambda size: size.key)
def test_nothing_is_parted_from_its_first_line(size) -> None:
    made = make_pdf_here(make_sheet(full_page(700), photo=make_photo()).on(size))
    sheet = make_sheet(full_page(700))
    heads = {*sheet.part_titles, *(entry.label for entry in sheet.entries)}
    for words in by_side(made.pdf)[:-1]:
        lines = [line.strip() for line in words.splitlines() if line.strip()]
        assert lines[-1] not in heads
        assert lines[-2] not in heads  # the last may be what stands in the margin


@pytest.mark.parametrize("size", OVERLEAF, ids=lambda size: size.key)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_one_line_that_goes_on_overleaf_is_whole(size, language: str) -> None:
    words = {"en": "tea biscuit then we talk about day", "ar": "أخبرني قبل أن تتأخر سؤال واحد"}
    said_often = Random(1).choices(words[language].split(), k=650)
    long = " ".join(said_often)[:3_900].strip()
    said = [
        SheetAnswer(topic="call_me", text={"en": "Jo", "ar": "ليلى"}[language], language=language),
        SheetAnswer(topic="story", text=long, language=language),
        SheetAnswer(topic="sleep", text=words[language], language=language),
    ]
    sheet = with_stamp(make_sheet(said)).on(size)
    made = make_pdf_here(sheet)  # which proves that every word is on it
    assert made.pages > 1
    assert letters_missing(sheet, made) == {}
    assert validate(made.pdf)[0].passed


@pytest.mark.parametrize("size", [LARGE_PRINT, EASY_READ], ids=lambda size: size.key)
def test_print_to_read_with_tired_eyes_is_never_small(size) -> None:
    sheet = with_stamp(make_sheet(full_page(500))).on(size)
    made = make_pdf_here(sheet)
    composed = renderer_here().set(render_job_for(sheet))
    assert made.pages == composed.lay_out(composed.steps[-1]).pages  # on as few sides as can be
    assert composed.lay_out(composed.steps[0]).pages > made.pages
    assert 16 <= made.print_pt <= 18
    assert min(print_sizes(made.pdf)) >= 16  # at the top and the foot of its sides too
    assert made.fit.lines_over == 0
    assert made.fit.sentence.startswith(f"Your page takes {made.pages} sides of paper.")


def test_a_page_that_runs_over_ends_somewhere() -> None:
    sheet = make_sheet({topic: words_of(500) for topic in layouts()["one-page"].topics[1:9]})
    with pytest.raises(DoesNotFit) as refused:
        make_pdf_here(sheet.on(LARGE_PRINT))
    assert refused.value.fit.lines_over


def test_easy_to_read_has_a_large_picture_and_its_words_beside_it() -> None:
    made = make_pdf_here(make_sheet({"call_me": "Jo", "sleep": "Light on."}).on(EASY_READ))
    lefts = {letter: box[0] for letter, box in letter_boxes(made.pdf) if letter == "L"}
    assert lefts["L"] > (EASY_READ.side + 24) * MM


def test_a_small_page_holds_what_is_needed_at_once_and_tells_what_it_leaves_out() -> None:
    sheet = make_sheet(
        CARRIED, photo=make_photo(), helped_by=("Ana",), checked_on=TODAY, full_name="Maria Sun"
    )
    sheet = replace(sheet, updated_on=TODAY, ask_me=True)
    bedside, card = sheet.on(BEDSIDE), sheet.on(CARD)
    for small in (bedside, card):
        assert (small.helped_by, small.checked_on, small.updated_on) == ((), None, None)
        assert (small.ask_me, small.full_name) == (False, "")
    assert replace(sheet, called=None).on(CARD).full_name == "Maria Sun"  # else it is nobody's
    assert bedside.topics == ("call_me", "must_know", "yes_no", "ring_first", "important")
    assert card.topics == ("call_me", "must_know", "ring_first")
    assert [len(entry.lines) for entry in bedside.entries] == [2, 3, 1, 2, 1]
    titles = {entry.topic: entry.title for entry in sheet.entries}
    assert bedside.left_out == (titles["must_know"], titles["important"], titles["story"])
    assert card.left_out == tuple(
        titles[topic] for topic in ("call_me", "must_know", "yes_no", "important", "story")
    )
    assert sheet.on(LARGE_PRINT).left_out == ()
    for small in (bedside, card):
        text = text_of(make_pdf_here(with_stamp(small)).pdf)
        assert "baker" not in text
        assert "Fourth" not in text
        assert "07700 900333" in text


@pytest.mark.parametrize("size", [BEDSIDE, CARD], ids=lambda size: size.key)
def test_what_not_to_do_stands_on_a_small_page_where_it_leaves_the_print_large(size: Size) -> None:
    carried = CARRIED | {"must_know": "No nuts."}
    said = carried | {"do": "Knock.", "do_not": "Do not rush me.\nDo not touch my chair.\nThird."}
    made = make_pdf_here(with_stamp(make_sheet(said, photo=make_photo()).on(size)))
    text = text_of(made.pdf)
    assert "Please do not" in text and "Do not touch my chair." in text
    assert "Third." not in text and "Knock." not in text
    assert made.print_pt >= size.besides_pt
    assert validate(made.pdf)[0].passed
    # Where it would make the rest too small, the page is the one that it would be without.
    long = carried | {"do_not": words_of(250)}
    page, without = (with_stamp(make_sheet(each).on(size)) for each in (long, carried))
    assert "do_not" in page.topics
    made = make_pdf_here(page)
    assert made.pdf == make_pdf_here(without).pdf
    assert measure_here(page) == made.fit
    assert (job := render_job_for(page)).fewer
    assert renderer_here().draw(job).png == renderer_here().draw(job.fewer).png
    assert renderer_here().sketch(job) == renderer_here().sketch(job.fewer)
    # Nor is the name of its reader made small for it, nor anything refused.
    assert renderer_here().set(job).smaller_names == ()
    assert renderer_here().set(job.fewer).smaller_names
    emoji = with_stamp(make_sheet(carried | {"do_not": "😀" * (MOST_EMOJI + 1)}).on(size))
    assert "do_not" not in render_job_for(emoji).sheet.topics


def test_what_not_to_do_is_left_off_a_card_that_would_only_hold_it_in_smaller_print() -> None:
    said = CARRIED | {"must_know": "No nuts.", "do_not": words_of(60)}
    card = with_stamp(make_sheet(said).on(CARD))
    job = render_job_for(card)
    smaller = renderer_here().set(job).lay_out(card_steps(CARD)[-1])
    assert smaller.height_pt < FACE_PT  # so there would be room
    made = make_pdf_here(card)
    assert made.print_pt >= CARD.besides_pt and "Please do not" not in text_of(made.pdf)


@pytest.mark.parametrize("size", [BEDSIDE, CARD], ids=lambda size: size.key)
def test_a_small_page_never_carries_what_a_share_does_not_show(size) -> None:
    shown = make_sheet({topic: CARRIED[topic] for topic in ("call_me", "yes_no", "story")})
    assert set(shown.on(size).topics) <= {*shown.topics}


def test_a_card_is_cut_and_folded_from_one_sheet() -> None:
    made = make_pdf_here(with_stamp(make_sheet(CARRIED, photo=make_photo()).on(CARD)))
    boxes = letter_boxes(made.pdf)
    text = "".join(letter for letter, _ in boxes)
    name, number = (boxes[text.index(words)][1] for words in ("Maria", "07700"))
    fold = CARD.width / 2 * MM
    assert name[2] < fold < number[0]  # each on a face of its own
    (width, height), _ = size_of(made.pdf)
    assert (round(width), round(height)) == (595, 842)
    assert CARD.smallest_pt <= made.print_pt <= CARD.largest_pt
    assert validate(made.pdf)[0].passed


def test_a_face_of_a_card_is_as_large_as_a_bank_card_and_in_the_largest_print_it_holds() -> None:
    steps = card_steps(CARD)
    for count in (1, *range(20, 60, 8)):
        card = with_stamp(make_sheet(CARRIED | {"must_know": words_of(count)}).on(CARD))
        page = renderer_here().set(render_job_for(card))
        chosen = page.fit().chosen
        assert chosen and chosen.height_pt <= 54 * MM
        for larger in steps[: steps.index(chosen.step)]:
            assert page.lay_out(larger).height_pt > 54 * MM


def size_of(pdf: bytes) -> tuple[tuple[float, float], int]:
    with opened(pdf) as document:
        return document[0].get_size(), len(document)


def test_a_card_that_has_no_room_is_refused_and_says_what_is_long() -> None:
    sheet = make_sheet(CARRIED | {"must_know": words_of(300)})
    with pytest.raises(DoesNotFit) as refused:
        make_pdf_here(sheet.on(CARD))
    assert refused.value.fit.longest[0][0] == "must_know"
    assert refused.value.fit.lines_over > 1


SMALL_OR_LONG = [size for size in SIZES.values() if size not in (A4, SIZES["letter"])]


def sizes_for(kind: str) -> list[Size]:
    """By day, each kind of words in the next of the sizes."""
    next_one = [*HOSTILE].index(kind) % len(SMALL_OR_LONG)
    return SMALL_OR_LONG if NIGHTLY else [SMALL_OR_LONG[next_one]]


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_words_are_whole_in_every_size(kind: str) -> None:
    text, language = HOSTILE[kind]
    topics = ("call_me", "must_know", "ring_first", "important", "eating", "do", "do_not")
    said = [SheetAnswer(topic=topic, text=text, language=language) for topic in topics]
    made = []
    for size in (sizes := sizes_for(kind)):
        sheet = with_stamp(make_sheet(said).on(size))
        try:
            page = make_pdf_here(sheet)
        except DoesNotFit:
            assert size.is_small
            continue
        fewer = sheet.without_besides()
        assert {} in [letters_missing(each, page) for each in (sheet, fewer)]
        made.append(page.pdf)
    assert len(made) >= len([size for size in sizes if size in OVERLEAF])
    assert all(report.passed for report in validate(*made))


def test_large_pictures_take_their_room_and_none_take_none() -> None:
    few = ("call_me", "must_know", "people", "sleep", "bad_day", "eating")
    sheet = make_sheet({topic: TYPICAL[topic] for topic in few})
    usual, large, none = (
        make_pdf_here(replace(sheet, chosen_pictures=each)) for each in ("usual", "large", "none")
    )
    assert large.print_pt < usual.print_pt <= none.print_pt
    assert "OpenMoji" in text_of(usual.pdf)
    assert "OpenMoji" not in text_of(none.pdf)
    assert all(report.passed for report in validate(large.pdf, none.pdf))
