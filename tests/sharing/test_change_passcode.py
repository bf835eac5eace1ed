"""A new passcode: everybody comes in again, and a yes is asked for before there is one or none."""

import json

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from profiles.access.actions import Reader
from profiles.access.models import Channel
from profiles.door import door, paper_codes
from profiles.reading import actions as reading
from profiles.reading.decorators import open_share
from profiles.sharing import actions
from profiles.sharing.decided import Decided
from profiles.sharing.models import ConsentEvent, Share
from tests.factories import I_DECIDED, make_share
from tests.readers import FORMATS, address

pytestmark = pytest.mark.django_db


@pytest.fixture
def share(anas_page) -> Share:
    return make_share(anas_page)


def here(share: Share) -> str:
    return reverse("sharing:passcode", kwargs={"ref": share.ref})


def say_yes(browser: Client, share: Share, wanted: str = "yes", **said: str):
    """See the sentences, say how it was decided, and say yes to them."""
    page = browser.get(here(share), {"wanted": wanted})
    shown = page.context["wording"].fingerprint
    return browser.post(here(share), {"wanted": wanted, "mode": "me", "shown": shown} | said)


def newest(share: Share) -> ConsentEvent:
    event = share.events.in_order().last()
    assert event
    event.profile = share.profile
    return event


# Readers who are in.


@pytest.mark.parametrize("channel", FORMATS)
def test_a_new_passcode_puts_out_who_came_in_before_it(share, ana, cal, channel):
    cal.come_in(share)
    with_one = actions.change_passcode(share=share, by=ana)
    assert cal.ask(share, channel).url == address("reading:doorstep", share.key)
    cal.come_in(share, passcode=with_one.passcode)
    assert cal.ask(share, channel).status_code == 200
    with_another = actions.change_passcode(share=with_one, by=ana)
    assert cal.ask(share, channel).status_code == 302
    assert cal.come_in(share, passcode=with_one.passcode).status_code == 422
    cal.come_in(share, passcode=with_another.passcode)
    assert cal.ask(share, channel).status_code == 200


def test_they_can_say_nothing_back_either(share, ana, cal):
    cal.come_in(share)
    actions.change_passcode(share=share, by=ana)
    cal.browser.post(address("reading:tell", share.key), {"words": "Old."})
    assert not share.looks.exists()


def test_without_a_passcode_any_more_readers_stay_and_with_one_again_they_go(share, ana, cal):
    first = actions.change_passcode(share=share, by=ana)
    cal.come_in(share, passcode=first.passcode)
    actions.change_passcode(share=share, by=ana, wanted=False)
    assert cal.ask(share).status_code == 200
    actions.change_passcode(share=share, by=ana)
    assert cal.ask(share).status_code == 302


def test_of_another_share_they_are_not_put_out(share, ana, anas_page, cal):
    other = make_share(anas_page, reader_name="Ward 4")
    cal.come_in(other)
    actions.change_passcode(share=share, by=ana)
    assert cal.ask(other).status_code == 200


def test_who_comes_in_while_it_is_changed_is_not_let_in_by_the_old_one(
    share, ana, cal, monkeypatch
):
    share = actions.change_passcode(share=share, by=ana)
    introduce = reading.introduce

    def changed_meanwhile(**given):
        actions.change_passcode(share=Share.objects.select_related("profile").get(), by=ana)
        return introduce(**given)

    monkeypatch.setattr(reading, "introduce", changed_meanwhile)
    cal.come_in(share, passcode=share.passcode)
    assert cal.ask(share).status_code == 302


def test_a_page_that_is_being_opened_or_printed_meanwhile_is_not_given(share, ana):
    seen = open_share(share.key)
    opened = door.open_through(seen, reader=Reader(name="Cal"), channel=Channel.PAPER)
    assert opened
    actions.change_passcode(share=share, by=ana)
    assert door.open_through(seen, reader=Reader(name="Cal"), channel=Channel.SCREEN) is None
    assert not paper_codes.hand_over(opened, reader=Reader(name="Cal"), code="7KQ3M9XT")


# The person's yes.


def test_a_passcode_is_added_after_a_yes_to_the_sentences(anas_browser, share):
    page = anas_browser.get(here(share))
    assertContains(page, "passcode")
    assertNotContains(page, "checked")
    assertRedirects(
        say_yes(anas_browser, share), reverse("sharing:share", kwargs={"ref": share.ref})
    )
    share.refresh_from_db()
    assert share.passcode_set and len(share.passcode) == 6
    event = newest(share)
    assert Decided.from_json(event.decided) == I_DECIDED
    assert json.loads(event.terms)["passcode"]
    assert event.wording == page.context["wording"].text


def test_it_is_taken_away_after_a_yes_as_well(anas_browser, ana, share):
    actions.change_passcode(share=share, by=ana)
    anas_browser.post(here(share), {"wanted": "no"})
    share.refresh_from_db()
    assert share.passcode_set
    say_yes(anas_browser, share, "no")
    share.refresh_from_db()
    assert not share.passcode_set and not share.passcode
    assert Decided.from_json(newest(share).decided) == I_DECIDED
    assertContains(
        anas_browser.get(reverse("sharing:share", kwargs={"ref": share.ref})),
        "They come in with the link.",
    )


@pytest.mark.parametrize(
    "said, status",
    [
        ({}, 200),
        ({"shown": "a" * 64}, 422),
        ({"shown": "a" * 64, "mode": "me"}, 200),
        ({"shown": "", "mode": "me"}, 422),
    ],
)
def test_without_a_yes_nothing_changes(anas_browser, share, said, status):
    answer = anas_browser.post(here(share), {"wanted": "yes"} | said)
    assert answer.status_code == status
    assertContains(answer, "Yes, ask for a passcode", status_code=status)
    share.refresh_from_db()
    assert not share.passcode_set
    assert share.events.count() == 1


def test_how_others_decided_has_to_be_told_whole(anas_browser, share):
    answer = say_yes(anas_browser, share, mode="for_me")
    assertContains(answer, "Tell us who decided", status_code=422)
    share.refresh_from_db()
    assert not share.passcode_set


def test_another_one_is_made_at_one_press_and_pressed_twice_after_a_yes_it_is_one(
    anas_browser, ana, share
):
    say_yes_to = anas_browser.get(here(share)).context["wording"].fingerprint
    said = {"wanted": "yes", "mode": "me", "shown": say_yes_to}
    codes = []
    for press in (said, said, {"wanted": "yes"}):
        anas_browser.post(here(share), press)
        share.refresh_from_db()
        codes.append(share.passcode)
    assert codes[0] == codes[1] != codes[2]
    assert share.events.count() == 3


def test_a_worker_who_signs_in_needs_none(anas_browser, anas_page):
    share = make_share(anas_page, email="priya@example.org")
    for answer in (anas_browser.get(here(share)), anas_browser.post(here(share))):
        assert answer.status_code == 404
    share.refresh_from_db()
    assert not share.passcode_set
