"""What happened lately, in one sentence, and what the person is told at once."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from profiles.access.actions import Reader, note
from profiles.access.models import TOLD, Happened
from profiles.moments import news
from profiles.supporters import actions as helping
from profiles.supporters.decision_actions import write_down
from tests.factories import TOLD_ROSA, make_share, make_supporter

pytestmark = pytest.mark.django_db
HOME, TOLD_PAGE = reverse("house:me"), reverse("moments:told")
PRIYA = Reader(name="Priya", role="nurse")
NOON = datetime(2026, 6, 17, 11, 30, tzinfo=UTC)  # a Wednesday; in London half past twelve


@pytest.fixture
def share(anas_page):
    return make_share(anas_page, topics=["important"])


def decide(page, supporter, about="Sharing her page with Ward 4", tried="Pictures."):
    return write_down(
        profile=page,
        supporter=supporter,
        by=supporter.user,
        about=about,
        tried=tried,
        decided=TOLD_ROSA,
    )


@pytest.mark.parametrize(
    ("ago", "said"),
    [
        (timedelta(hours=1), "this morning"),
        (timedelta(minutes=1), "this afternoon"),
        (timedelta(hours=14), "yesterday"),
        (timedelta(days=2), "on Monday"),
        (timedelta(days=6), "on Thursday"),
        (timedelta(days=7), "on 10 June"),
        (timedelta(days=365), "on 17 June 2025"),  # and not of this year
        (-timedelta(hours=6), "this evening"),
    ],
)
def test_when_it_was_is_said_as_people_say_it(ago, said):
    assert news.when(NOON - ago, NOON) == said


def test_what_was_read_is_one_sentence_with_what_else_was_done_that_day(
    anas_browser, anas_page, share
):
    with time_machine.travel(NOON, tick=False):
        note(Happened.LOOKED, profile=anas_page, share=share, reader=PRIYA)
        note(Happened.PROMISED, profile=anas_page, share=share, reader=PRIYA, words="I will knock.")
        anas_browser.force_login(anas_page.owner)
        home = anas_browser.get(HOME)
    assertContains(home, "Priya read your page this afternoon, and made you a promise.")


def test_what_another_did_is_not_told_as_if_the_first_had(anas_page, share):
    note(Happened.PROMISED, profile=anas_page, share=share, reader=Reader(name="Sam"))
    note(Happened.LOOKED, profile=anas_page, share=share, reader=PRIYA)
    told = news.newest(anas_page, timezone.now())
    assert (told.who, told.did, told.also) == ("Priya", "read your page", "")


def test_what_was_long_ago_is_no_news(anas_browser, anas_page, share):
    note(Happened.LOOKED, profile=anas_page, share=share, reader=PRIYA)
    with time_machine.travel(timezone.now() + news.LATELY + timedelta(days=1)):
        assert news.newest(anas_page, timezone.now()) is None


def test_the_look_of_a_keeper_is_no_reader(kept):
    note(Happened.LOOKED, profile=kept)
    assert news.newest(kept, timezone.now()) is None


def test_a_decision_stands_first_until_it_was_read_to_its_end(anas_browser, anas_page, anas_sister):
    decide(anas_page, anas_sister)
    home = anas_browser.get(HOME)
    assertContains(home, "</bdi> wrote down a decision about you")
    assertContains(home, "It is about: Sharing her page with Ward 4.")
    assertContains(anas_browser.get(HOME), "wrote down a decision about you")  # it was only shown
    whole = anas_browser.get(TOLD_PAGE)
    assertContains(whole, "What was tried first: Pictures.")
    assertRedirects(anas_browser.post(TOLD_PAGE, {"last": newest(anas_page)}), HOME)
    assertNotContains(anas_browser.get(HOME), "wrote down a decision about you")
    assertContains(anas_browser.get(TOLD_PAGE), "There is nothing new.")


def test_what_came_while_it_was_read_is_told_still(anas_browser, anas_page, anas_sister):
    decide(anas_page, anas_sister)
    seen = newest(anas_page)
    decide(anas_page, anas_sister, about="Going to the dentist")
    anas_browser.post(TOLD_PAGE, {"last": seen})
    assertContains(anas_browser.get(HOME), "It is about: Going to the dentist")
    assertNotContains(anas_browser.get(TOLD_PAGE), "Ward 4")


@pytest.mark.parametrize("last", ["", "0", "x", "999999999999", "1' OR '1"])
def test_made_up_numbers_take_nothing_away(anas_browser, anas_page, anas_sister, last):
    decide(anas_page, anas_sister)
    anas_browser.post(TOLD_PAGE, {"last": last})
    assertContains(anas_browser.get(HOME), "wrote down a decision about you")


def test_a_helper_who_came_and_one_who_left_are_told(anas_browser, anas_page, sister):
    helper = make_supporter(anas_page, sister)
    assertContains(anas_browser.get(HOME), "said yes to helping you with your page")
    assert helping.leave(supporter=helper, by=sister)
    assertContains(anas_browser.get(HOME), "stopped helping you")
    assertContains(anas_browser.get(HOME), "And 1 more thing.")
    assert not helping.leave(supporter=helper, by=sister)  # once
    assert anas_page.looks.filter(happened=Happened.LEFT).count() == 1
    assertContains(anas_browser.get(reverse("access:looked")), "stopped helping you with your page")


def test_whoever_stops_a_helper_is_not_told_that_they_did(anas_page, ana, sister):
    helper = make_supporter(anas_page, sister)
    helping.stop(supporter=helper, by=ana)
    assert not anas_page.looks.filter(happened=Happened.LEFT).exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("wanted", [True, False])
def test_it_is_emailed_to_whoever_said_yes_to_that_and_has_no_word_in_it(
    anas_page, anas_sister, wanted
):
    anas_page.tells_me = wanted
    anas_page.save(update_fields=["tells_me"])
    mail.outbox.clear()
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        decide(anas_page, anas_sister)
        decide(anas_page, anas_sister, about="The dentist")  # at most once an hour
    assert len(mail.outbox) == int(wanted)
    for sent in mail.outbox:
        assert sent.to == [anas_page.owner.email]
        assert TOLD_PAGE in sent.body
        assert "mail/stop/" in sent.body
        assert "Ward 4" not in sent.body + sent.subject


def test_a_keeper_and_a_visitor_are_told_nothing(client, kept, rosa, visitor):
    client.force_login(rosa)
    assert client.get(TOLD_PAGE).status_code == 403
    assert visitor.get(TOLD_PAGE).status_code == 403


def newest(page):
    return page.looks.filter(happened__in=TOLD).latest("pk").pk


def test_of_very_many_none_is_passed_over(anas_browser, anas_page, anas_sister, monkeypatch):
    monkeypatch.setattr(news, "MOST_TOLD", 2)
    anas_browser.post(TOLD_PAGE, {"last": newest(anas_page)})  # that she came to help
    for about in ("The first", "The second", "The third"):
        decide(anas_page, anas_sister, about=about)
    whole = anas_browser.get(TOLD_PAGE)
    assertContains(whole, "The first")
    assertNotContains(whole, "The third")
    anas_page.refresh_from_db()
    seen = news.told(anas_page, timezone.now())[0].number
    anas_browser.post(TOLD_PAGE, {"last": seen})
    assertContains(anas_browser.get(TOLD_PAGE), "The third")
    assertNotContains(anas_browser.get(TOLD_PAGE), "The second")


def test_two_decisions_about_one_thing_are_each_told_whole(anas_browser, anas_page, anas_sister):
    for tried in ("Pictures.", "A second visit."):
        decide(anas_page, anas_sister, about="The dentist", tried=tried)
    whole = anas_browser.get(TOLD_PAGE)
    for tried in ("Pictures.", "A second visit."):
        assertContains(whole, f"What was tried first: {tried}", count=1)
