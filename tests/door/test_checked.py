"""The line that says when the page was last checked: with whom, on every format, and counted."""

from datetime import date, datetime

import pytest
from django.utils import timezone

from profiles.access.models import Channel
from profiles.answers import actions
from profiles.door import door
from profiles.door.stamp import stamped, with_room_for_its_foot
from profiles.exports.plain import plain
from profiles.exports.portable import as_portable
from profiles.exports.web_page import web_page
from profiles.pages.models import Profile
from profiles.pdf.print_steps import CLOSE
from profiles.pdf.printing import make_pdf_here, measure_here, render_job_for, renderer_here
from profiles.pdf.proof import BrokenPromise, check
from profiles.review import actions as review_actions
from profiles.review.course import course_of
from tests.factories import make_page, say
from tests.pdf.reading import text_of
from tests.sheet.factories import FEW, TYPICAL, full_page, make_photo, make_sheet
from tests.verapdf import validate

pytestmark = pytest.mark.once  # how a page looks is the same on every database

DAY = date(2026, 11, 25)


def checked(words=TYPICAL, **more):
    return make_sheet(words, checked_on=DAY, **more)


def on_paper(sheet) -> str:
    return " ".join(text_of(make_pdf_here(sheet).pdf).split())


def check_all(page: Profile, at=None) -> None:
    review = review_actions.begin(profile=page, at=at)
    for topic in course_of(review, page).topics:
        number = page.answers.about(topic.key).first().number
        review_actions.still_right(review=review, page=page, topic=topic, number=number, at=at)


def test_it_says_with_whom_and_when_on_paper_on_the_web_and_in_text():
    sheet = checked()
    assert "Checked with Jo: 25 November 2026." in on_paper(sheet)
    assert "Checked with <bdi>Jo</bdi>: 25 November 2026." in web_page(sheet)
    assert "Checked with Jo: 25 November 2026." in plain(sheet)


def test_a_check_by_somebody_else_does_not_say_with():
    sheet = checked(checked_by_person=False)
    for text in (on_paper(sheet), web_page(sheet), plain(sheet)):
        assert "Checked: 25 November 2026." in text


@pytest.mark.parametrize("words", [{"important": "Tea."}, {"call_me": "Jo " * 12}])
def test_where_there_is_no_short_name_it_is_with_me(words):
    assert "Checked with me: 25 November 2026." in on_paper(checked(words))


def test_a_name_that_is_read_the_other_way_turns_nothing_around():
    assert "25 November 2026" in on_paper(checked({"call_me": "أميرة", "important": "الشاي"}))


def test_a_page_that_nobody_checked_says_nothing_of_it():
    sheet = make_sheet()
    for text in (on_paper(sheet), web_page(sheet), plain(sheet)):
        assert "Checked" not in text


def test_the_portable_file_has_no_member_for_it():
    assert as_portable(checked()) == as_portable(make_sheet())


def test_a_page_that_lost_the_line_is_given_to_nobody():
    without = make_pdf_here(make_sheet())
    with pytest.raises(BrokenPromise):
        check(without.pdf, checked())


@pytest.mark.parametrize("words", [FEW, TYPICAL], ids=["few", "typical"])
def test_it_is_pdf_ua(words):
    [report] = validate(make_pdf_here(checked(words, photo=make_photo())).pdf)
    assert report.passed, report


MOST_THAT_FIT = 25  # so both sides of the edge are tried


@pytest.mark.parametrize("topics", range(15, 28, 2))
def test_what_the_fullness_row_promises_holds_once_it_is_checked_and_shared(topics):
    words = dict([*full_page(400).items()][:topics])
    fit = measure_here(with_room_for_its_foot(make_sheet(words)))
    if not fit.lines_over:
        sheet = stamped(checked(words), code="7KQ3M9XT", made_for="Priya", check_by=DAY)
        assert make_pdf_here(sheet).pages == 1
    assert bool(fit.lines_over) == (topics > MOST_THAT_FIT)


@pytest.mark.parametrize("more", [{}, {"helped_by": ("Amir",)}], ids=["alone", "with help"])
def test_the_guess_of_the_height_grows_as_the_page_does(more):
    composed_pages = [
        renderer_here().set(render_job_for(sheet))
        for sheet in (make_sheet(TYPICAL, **more), checked(TYPICAL, **more))
    ]
    guessed = [composed.estimate.height(CLOSE) for composed in composed_pages]
    real = [composed.lay_out(CLOSE, tall=True).height_pt for composed in composed_pages]
    assert guessed[1] - guessed[0] == pytest.approx(real[1] - real[0], abs=0.5)


@pytest.mark.django_db
def test_the_door_tells_of_the_last_check_that_was_whole():
    page = make_page(call_me="Jo", important="Tea first.")
    assert door.open_for(page, by=None, channel=Channel.SCREEN).checked_on is None
    check_all(page)
    sheet = door.open_for(page, by=None, channel=Channel.SCREEN)
    assert (sheet.checked_on, sheet.checked_by_person) == (timezone.localdate(), True)


@pytest.mark.django_db
def test_a_keepers_check_was_not_with_the_person():
    page = make_page(call_me="Nan", important="My rosary.")
    page.for_someone = True
    page.save()
    check_all(page)
    assert not door.open_for(page, by=None, channel=Channel.SCREEN).checked_by_person


@pytest.mark.django_db
def test_a_check_of_the_words_that_stand_now_says_nothing_of_earlier_ones():
    page = make_page(call_me="Jo", important="Tea first.")
    first = actions.freeze_if_changed(page).edition
    say(page, "important", "Coffee first.")
    check_all(page)
    assert door.open_earlier(page, first.number).checked_on is None


@pytest.mark.django_db
def test_the_day_is_by_our_clock():
    page = make_page(call_me="Jo")
    just_after_midnight = timezone.make_aware(datetime(2026, 7, 1, 0, 30))
    check_all(page, at=just_after_midnight)
    sheet = door.open_for(page, by=None, channel=Channel.SCREEN)
    assert sheet.checked_on == date(2026, 7, 1)
