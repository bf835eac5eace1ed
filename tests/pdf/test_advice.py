"""What to keep off a page that is too long: few whole answers, enough, and none that is urgent."""

import pytest

from profiles.pdf.fit import Fit
from profiles.pdf.printing import make_pdf_here, measure_here
from profiles.sheet.sheet import Sheet
from tests.sheet.factories import ONE_PAGE, full_page, make_photo, make_sheet, words_of

LONG = {
    "one long answer": full_page(350) | {"story": words_of(300)},
    "all rather long": full_page(800),
    "twice too long": full_page(1_100),
    "a long red box": full_page(450) | {"must_know": words_of(140)},
    "two long answers": full_page(250) | {"story": words_of(260), "people": words_of(260)},
}


def fit_of(sheet: Sheet) -> Fit:
    fit = measure_here(sheet)
    assert fit.lines_over
    return fit


@pytest.mark.parametrize("kind", LONG)
@pytest.mark.parametrize("photo", [None, make_photo()], ids=["without a photo", "with a photo"])
def test_without_what_is_named_the_rest_has_room(kind: str, photo) -> None:
    said = LONG[kind]
    named = fit_of(make_sheet(said, photo=photo)).keep_off
    assert named
    rest = {topic: text for topic, text in said.items() if topic not in named}
    assert make_pdf_here(make_sheet(rest, photo=photo)).pages == 1
    for topic in named[:-1]:  # none is named for nothing
        with_it = measure_here(make_sheet(rest | {topic: said[topic]}, photo=photo))
        assert with_it.lines_over or with_it.lines_left <= 1


@pytest.mark.parametrize("kind", LONG)
def test_what_is_urgent_is_never_named(kind: str) -> None:
    fit = fit_of(make_sheet(LONG[kind]))
    named = {*fit.keep_off, *(topic for topic, _ in fit.longest)}
    assert not named & {*ONE_PAGE.strip, "call_me"}


def test_one_answer_is_named_where_one_is_enough_and_the_shortest_such() -> None:
    long = {"story": words_of(450), "people": words_of(250), "interests": words_of(200)}
    said = {"call_me": "Jo"} | long
    assert fit_of(make_sheet(said)).keep_off == ("people",)


def test_nothing_is_named_where_only_the_urgent_is_long() -> None:
    fit = fit_of(make_sheet({"call_me": "Jo", "must_know": words_of(700)}))
    assert fit.keep_off == ()
    assert [topic for topic, _ in fit.longest] == ["must_know", "call_me"]


def test_a_page_that_has_room_gets_no_advice() -> None:
    assert measure_here(make_sheet()).keep_off == ()
