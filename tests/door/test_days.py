"""The days that stand on paper are those of our clock, on whichever day it is made."""

from datetime import date

import pytest
from time_machine import travel

from profiles.door import door
from profiles.door.models import Paper
from profiles.door.own_pages import on_paper
from profiles.door.paper_codes import keep_own
from profiles.pdf.printing import fill
from tests.factories import make_share, say

pytestmark = pytest.mark.django_db
CODE = "7KQ3M9XT"
DAYS = {
    "2027-03-31 12:00": ("31 March 2027", "30 June 2027"),
    "2028-02-29 12:00": ("29 February 2028", "29 May 2028"),
    "2026-11-30 12:00": ("30 November 2026", "28 February 2027"),
    "2026-12-31 23:59": ("31 December 2026", "31 March 2027"),
    "2027-01-01 00:30": ("1 January 2027", "1 April 2027"),
    # The clocks go forward, and back; half past midnight, and an hour before, as London has it.
    "2027-03-27 23:30": ("27 March 2027", "27 June 2027"),
    "2027-03-28 00:30": ("28 March 2027", "28 June 2027"),
    "2027-03-28 23:30": ("29 March 2027", "29 June 2027"),
    "2026-10-24 22:30": ("24 October 2026", "24 January 2027"),
    "2026-10-24 23:30": ("25 October 2026", "25 January 2027"),
    "2026-10-26 00:30": ("26 October 2026", "26 January 2027"),
}


def test_paper_says_on_which_day_it_was_made_and_after_which_to_ask_again(anas_page):
    for moment, (made, ask_again) in DAYS.items():
        with travel(f"{moment}Z", tick=False):
            foot = fill(on_paper(door.to_print(anas_page), CODE))
        assert f"Made on {made}." in foot, moment
        assert f"Please ask me again after {ask_again}." in foot, moment


def test_a_word_said_past_midnight_is_of_that_day(anas_page):
    with travel("2027-06-30 23:30Z", tick=False):
        say(anas_page, "important", "Tea.")
        foot = fill(door.to_print(anas_page))
    assert "My words last changed on 1 July 2027." in foot


def test_what_is_written_down_is_what_paper_says_though_it_was_made_before_midnight(anas_page):
    with travel("2027-06-30 22:59Z", tick=False):
        sheet = door.to_print(anas_page)
    with travel("2027-06-30 23:01Z", tick=False):
        keep_own(anas_page, sheet, None, CODE)
    assert f"{Paper.objects.get().check_by:%-d %B %Y}" == "30 September 2027"


def test_a_reader_is_told_no_day_of_words_that_they_do_not_see(anas_page):
    with travel("2027-06-01 12:00Z", tick=False):
        say(anas_page, "important", "Tea first.")
        share = make_share(anas_page, topics=["important", "sleep"])
    with travel("2027-06-02 12:00Z", tick=False):
        say(anas_page, "sleep", "Light on.", only_me=True)
        say(anas_page, "people", "Dee.")
        assert door.as_reader(share).updated_on == date(2027, 6, 1)
        assert door.to_print(anas_page).updated_on == date(2027, 6, 2)
