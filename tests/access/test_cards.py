"""Who has looked, a card each: a person or a place, when last, and what they said back."""

import re
from datetime import datetime, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains
from time_machine import travel

from profiles.access import cards
from profiles.access.actions import Reader, note
from profiles.access.models import Happened
from profiles.answers.actions import freeze_if_changed
from tests.factories import make_share, say
from tests.readers import ReaderWithLink

pytestmark = pytest.mark.django_db
LOOKED, BY_DAY = reverse("access:looked"), reverse("access:by_day")
THURSDAY = datetime.fromisoformat("2026-11-26T12:00+00:00")
PRIYA = Reader(name="Priya", role="support worker", place="Sunrise")


@pytest.fixture
def share(anas_page):
    cache.clear()
    return make_share(anas_page, reader_name="Tuesday carers")


@pytest.fixture
def then(share):
    """Writes down what happened so long before a Thursday."""

    def write(happened, reader=PRIYA, share=share, words="", **ago):
        at = THURSDAY - timedelta(**ago)
        page = share.profile
        return note(happened, profile=page, share=share, reader=reader, words=words, at=at)

    return write


def of(page):
    found, all_of_them = cards.reader_cards(page, THURSDAY)
    assert all_of_them
    return found


def test_one_reader_is_one_card_however_often_they_came(anas_page, then):
    for days in (1, 4, 9):
        then(Happened.LOOKED, days=days)
    then(Happened.PRINTED, reader=Reader(name="PRIYA"), days=10)
    [card] = of(anas_page)
    assert (card.who, card.about, card.shared_with) == (
        "Priya", "support worker, Sunrise", "Tuesday carers",
    )  # fmt: skip
    assert card.opened.at == THURSDAY - timedelta(days=1)


def test_who_looked_last_is_on_top(anas_page, then):
    for days, name in enumerate(["Tess", "Priya", "Cal"]):
        then(Happened.LOOKED, reader=Reader(name=name), days=days)
    then(Happened.LOOKED, reader=Reader(name="Tess"), days=20)
    assert [card.who for card in of(anas_page)] == ["Tess", "Priya", "Cal"]


def test_readers_who_gave_no_name_are_the_place_it_is_shared_with(anas_page, then):
    then(Happened.LOOKED, reader=Reader(), days=1)
    then(Happened.WRONG_PASSCODE, reader=Reader(), days=2)
    then(Happened.LOCKED, reader=Reader(), days=2)
    [card] = of(anas_page)
    assert (card.who, card.shared_with) == ("Tuesday carers", "")
    assert [row.kind for row in card.said] == ["locked", "wrong"]


def test_one_name_at_two_places_is_two_cards(anas_page, then):
    then(Happened.LOOKED, days=1)
    then(Happened.LOOKED, share=make_share(anas_page, reader_name="Ward 4"), days=2)
    assert [card.shared_with for card in of(anas_page)] == ["Tuesday carers", "Ward 4"]


def test_it_says_what_they_saw_and_whether_it_is_on_paper(anas_browser, anas_page, share, cal):
    cal.read(share)
    assertContains(anas_browser.get(LOOKED), "Edition 1. Not taken on paper.")
    say(anas_page, "important", "Coffee.")
    cal.read(share, "pdf")
    page = anas_browser.get(LOOKED)
    assertContains(page, "Edition 2. Taken on paper on")
    assertNotContains(page, "A copy of the words")
    cal.read(share, "text")
    assertContains(anas_browser.get(LOOKED), "A copy of the words taken on")


def test_a_record_is_told_with_when_it_first_took_the_page(anas_page, then):
    for days in (3, 8):
        then(Happened.TOOK_RECORD, reader=Reader(name="Ward 4"), days=days)
    [card] = of(anas_page)
    assert card.recorded.at == THURSDAY - timedelta(days=8)
    assert card.opened.at == THURSDAY - timedelta(days=3)


def test_paper_that_was_not_given_is_not_taken(anas_page, then, share):
    edition = freeze_if_changed(anas_page).edition
    note(Happened.PRINTED, profile=anas_page, share=share, edition=edition, reader=PRIYA)
    [card] = of(anas_page)
    assert card.printed is None
    assert [row.sentence for row in card.said] == [
        "asked for your page as a PDF, and did not get it."
    ]


def test_what_they_said_is_there_the_newest_first_and_once(anas_browser, anas_page, then):
    then(Happened.LOOKED, days=9)
    for days in (5, 4):
        then(Happened.SUGGESTED, days=days)
    then(Happened.HAS_READ, words="I will knock.", days=3)
    [card] = of(anas_page)
    assert [(row.kind, row.words) for row in card.said] == [
        ("read", "I will knock."), ("suggest", ""),
    ]  # fmt: skip
    page = anas_browser.get(LOOKED)
    assertContains(page, "One thing I will do because I read this:")
    assertContains(page, "I will knock.")


def test_a_helper_who_has_not_looked_has_a_card_too(anas_browser, anas_page):
    note(Happened.HELPS, profile=anas_page, reader=Reader(name="Dee"))
    [card] = of(anas_page)
    assert (card.who, card.opened, card.weeks) == ("Dee", None, [])
    assertNotContains(anas_browser.get(LOOKED), "Not taken on paper.")


def test_the_last_weeks_are_a_strip_in_which_each_look_is_a_dot_that_has_words(
    anas_browser, anas_page, then
):
    for days in (0, 3, 4, 52, 53):  # the week begins on a Monday: three days ago, and 52
        then(Happened.LOOKED, days=days)
    [card] = of(anas_page)
    assert [len(week.looks) for week in card.weeks] == [1, 0, 0, 0, 0, 0, 1, 2]
    assert card.lately == 4
    with travel(THURSDAY):
        anas_browser.force_login(anas_page.owner)
        page = anas_browser.get(LOOKED).content.decode()
    dots = re.findall(r'<span class="weeks-look" data-kind="html" title="([^"]+)"', page)
    assert dots == [
        f"{when} in the {part}: looked at your page."
        for when, part in [
            ("Monday 5 October, 1:00", "afternoon"),
            ("Sunday 22 November, 12:00", "afternoon"),
            ("Monday 23 November, 12:00", "afternoon"),
            ("Thursday 26 November, 12:00", "afternoon"),
        ]
    ]
    for words in dots:  # for whom a dot says nothing
        assert f"<li>{words}</li>" in page


def test_a_week_of_many_looks_says_how_many_more(anas_page, then):
    for hours in range(10):
        then(Happened.LOOKED, hours=hours)
    [card] = of(anas_page)
    assert (len(card.weeks[-1].looks), card.weeks[-1].more, card.lately) == (6, 4, 10)


def test_a_card_leads_to_all_of_it_and_the_list_to_everything(anas_browser, then, anas_page):
    then(Happened.LOOKED, reader=Reader(name="Priya & Co"), days=1)
    then(Happened.LOOKED, reader=Reader(name="Cal"), days=1)
    page = anas_browser.get(LOOKED)
    assertContains(page, f'href="{BY_DAY}"')
    assertContains(page, f'href="{BY_DAY}?name=Priya%20%26%20Co"')
    theirs = anas_browser.get(BY_DAY, {"name": "Priya & Co"})
    assertContains(theirs, "<b><bdi>Priya &amp; Co</bdi></b>")
    assertNotContains(theirs, "<b><bdi>Cal</bdi></b>")


def test_many_readers_are_shown_page_by_page(anas_browser, then):
    for n in range(25):
        then(Happened.WRONG_PASSCODE, reader=Reader(name=f"N{n:02d}"), hours=n)
    first = anas_browser.get(LOOKED)
    assertContains(first, "<bdi>N00")
    assertNotContains(first, "<bdi>N20")
    assertContains(anas_browser.get(LOOKED, {"page": 2}), "<bdi>N20")


def test_of_a_long_log_the_newest_lines_are_told_and_it_says_so(
    anas_browser, anas_page, then, monkeypatch
):
    monkeypatch.setattr(cards, "NEWEST", 2)
    for days, name in enumerate(["Tess", "Priya", "Cal"]):
        then(Happened.LOOKED, reader=Reader(name=name), days=days)
    found, all_of_them = cards.reader_cards(anas_page, timezone.now())
    assert ([card.who for card in found], all_of_them) == (["Tess", "Priya"], False)
    assertContains(anas_browser.get(LOOKED), "Who looked before that is in the list day by day.")


def test_more_readers_are_not_more_questions(
    anas_browser, then, django_assert_max_num_queries, share
):
    then(Happened.LOOKED)
    anas_browser.get(LOOKED)
    with CaptureQueriesContext(connection) as few:
        anas_browser.get(LOOKED)
    asked = len(few)
    for n in range(15):
        ReaderWithLink(name=f"N{n}").read(share)
    with django_assert_max_num_queries(asked):
        assertContains(anas_browser.get(LOOKED), "<bdi>N14")
