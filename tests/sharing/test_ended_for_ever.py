"""Once it was seen that a share is over, it is: no clock that goes back opens it again."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from importlib import import_module
from io import StringIO

import pytest
import time_machine
from django.apps import apps
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from profiles.pages.models import Profile
from profiles.reading.actions import hold_open
from profiles.sharing import actions, endings
from profiles.sharing.models import ConsentEvent, Share
from profiles.supporters import actions as helping
from profiles.supporters import handing
from profiles.supporters.models import Handing, Supporter
from tests.factories import (
    I_DECIDED,
    ask_for_help,
    make_kept_page,
    make_share,
    make_user,
    signed_in,
)
from tests.readers import FORMATS, ReaderWithLink

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 25, 10, tzinfo=UTC)
A_DAY = timedelta(days=1)
CLOSED = 410


@pytest.fixture
def clock():
    cache.clear()
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def share(clock, ana, anas_page) -> Share:
    return make_share(anas_page, ends_at=NOW + A_DAY)


def tidy() -> str:
    said = StringIO()
    call_command("tidy", stdout=said)
    return said.getvalue()


def person(share: Share, name: str, **where: str) -> str:
    browser = signed_in(share.profile.owner)
    return browser.get(reverse(name, kwargs=where)).content.decode()


SEEN_BY: dict[str, Callable[[Share], object]] = {
    "tidy": lambda share: tidy(),
    "a reader at the doorstep": lambda share: ReaderWithLink().open(share.key),
    "a reader who reads": lambda share: ReaderWithLink().ask(share),
    "a reader who had come in, at the door": hold_open,
    "its person, who looks at all": lambda share: person(share, "sharing:home"),
    "its person, who looks at it": lambda share: person(share, "sharing:share", ref=share.ref),
    "its person, who stops it": lambda share: person(share, "sharing:stop", ref=share.ref),
    "its person at home": lambda share: person(share, "house:me"),
    "somebody who types the code": lambda share: Client().post(
        "/s/",
        {"code": share.spoken_code},  # type: ignore[attr-defined]
    ),
}


@pytest.mark.parametrize("who", SEEN_BY)
def test_what_was_seen_to_be_over_stays_over_when_the_clock_goes_back(clock, share, who):
    cal = ReaderWithLink()
    cal.come_in(share)
    share.spoken_code = actions.speak(share=share, by=share.profile.owner)
    clock.move_to(NOW + 2 * A_DAY)
    SEEN_BY[who](share)
    clock.move_to(NOW + timedelta(minutes=5))
    assert not Share.objects.open().exists()
    assert not Share.objects.current().exists()
    assert not Share.objects.get(pk=share.pk).is_open()
    assert {cal.ask(share, channel).status_code for channel in FORMATS} == {CLOSED}
    assert ReaderWithLink().open(share.key).status_code == CLOSED
    assert Client().post("/s/", {"code": share.spoken_code}).status_code == 422
    assert share.events.filter(kind=ConsentEvent.Kind.EXPIRED).count() == 1
    assert share.events.in_order().last().kind == ConsentEvent.Kind.EXPIRED


def test_one_that_nobody_saw_end_is_open_by_the_clock(clock, share):
    clock.move_to(NOW + 2 * A_DAY)
    clock.move_to(NOW)
    assert ReaderWithLink().open(share.key).status_code == 200


def test_what_is_paused_ends_for_ever_too(clock, ana, share):
    actions.pause(share=share, by=ana)
    clock.move_to(NOW + 2 * A_DAY)
    tidy()
    clock.move_to(NOW)
    with pytest.raises(Share.DoesNotExist):
        actions.resume(share=Share.objects.select_related("profile").get(pk=share.pk), by=ana)


def test_nobody_makes_longer_or_changes_what_has_ended(clock, ana, share):
    clock.move_to(NOW + 2 * A_DAY)
    tidy()
    clock.move_to(NOW)
    with pytest.raises(Share.DoesNotExist):
        actions.change_how_long(
            share=share, by=ana, ends_at=NOW + 9 * A_DAY, decided=I_DECIDED, shown=""
        )
    with pytest.raises(Share.DoesNotExist):
        actions.speak(share=share, by=ana)


def test_one_made_longer_before_its_end_was_written_down_goes_on(clock, ana, share):
    as_it_was = Share.objects.select_related("profile").get(pk=share.pk)
    actions.change_how_long(share=share, by=ana, ends_at=NOW + 9 * A_DAY, decided=I_DECIDED)
    clock.move_to(NOW + 2 * A_DAY)
    assert not endings.note_ending(share=as_it_was)
    assert Share.objects.open().exists()
    assert not share.events.filter(kind=ConsentEvent.Kind.EXPIRED).exists()


def test_a_clock_that_runs_ahead_ends_it_and_its_person_is_told_kindly(clock, ana, share):
    """To show too little can be put right by a new yes; to show too much cannot be put right."""
    clock.move_to(NOW + 2 * A_DAY)
    tidy()  # on a machine whose clock is wrong
    clock.move_to(NOW)
    for where, named in (("house:me", {}), ("sharing:share", {"ref": share.ref})):
        said = person(share, where, **named)
        assert "That is our mistake." in said
        assert "share again" in said
    assert "Share again" in person(share, "sharing:share", ref=share.ref)
    again = make_share(share.profile, ends_at=NOW + A_DAY)  # a new decision, and a new link
    assert ReaderWithLink().open(again.key).status_code == 200
    assert ReaderWithLink().open(share.key).status_code == CLOSED
    clock.move_to(NOW + A_DAY)
    assert "our mistake" not in person(share, "house:me")


def test_it_is_over_even_if_its_words_do_not_open(clock, share):
    key = share.key
    with connection.cursor() as cursor:
        broken = [b"no seal of ours", share.pk]
        cursor.execute("UPDATE profiles_share SET reader_name = %s WHERE id = %s", broken)
    clock.move_to(NOW + 2 * A_DAY)
    assert ReaderWithLink().open(key).status_code == CLOSED
    clock.move_to(NOW)
    assert ReaderWithLink().open(key).status_code == CLOSED


def test_a_code_that_was_tried_too_late_opens_nothing_any_more(clock, ana, share):
    code = actions.speak(share=share, by=ana)
    clock.move_to(NOW + timedelta(hours=2))
    assert Client().post("/s/", {"code": code}).status_code == 422
    clock.move_to(NOW)
    assert Client().post("/s/", {"code": code}).status_code == 422
    assert Client().post("/s/", {"code": actions.speak(share=share, by=ana)}).status_code == 302


def test_tidy_lets_go_of_codes_that_are_over_and_of_no_others(clock, ana, share):
    code = actions.speak(share=share, by=ana)
    tidy()
    assert Client().post("/s/", {"code": code}).status_code == 302
    clock.move_to(NOW + timedelta(hours=2))
    tidy()
    clock.move_to(NOW)
    assert Client().post("/s/", {"code": code}).status_code == 422


def knocks(what: str, key: str) -> int:
    return Client().get(reverse(f"supporters:{what}", kwargs={"key": key})).status_code


def helpers_of(page: Profile) -> str:
    browser = signed_in(page.owner)
    return browser.get(reverse("supporters:helpers")).content.decode()


@pytest.mark.parametrize("who", ["the one who was asked", "the person", "tidy"])
def test_an_invitation_that_was_seen_to_be_over_is(clock, anas_page, who):
    key = ask_for_help(anas_page)
    dee = make_user("dee@example.org")
    asked = Supporter.objects.asked(key).get()
    clock.move_to(NOW + timedelta(days=31))
    match who:
        case "the one who was asked":
            assert knocks("invitation", key) == CLOSED
        case "the person":
            assert "Did not answer" in helpers_of(anas_page)
        case "tidy":
            tidy()
    clock.move_to(NOW)
    assert knocks("invitation", key) == CLOSED
    assert not helping.accept(supporter=asked, by=dee)
    assert "Did not answer" in helpers_of(anas_page)


@pytest.mark.parametrize("who", ["the person", "tidy"])
def test_an_offer_that_was_seen_to_be_over_is(clock, who):
    kept, jo = make_kept_page(), make_user("jo@example.org")
    key = handing.offer(profile=kept, by=kept.kept_by, email=jo.email, keeper_name="Rosa")
    clock.move_to(NOW + timedelta(days=31))
    if who == "tidy":
        tidy()
    else:
        assert knocks("handed", key) == CLOSED
    clock.move_to(NOW)
    assert knocks("handed", key) == CLOSED
    assert not handing.take(handing=Handing.objects.with_key(key).get(), by=jo)


def test_a_worker_who_saw_that_it_is_closed_finds_it_closed(clock, anas_page):
    tess = make_user("tess@example.org")
    make_share(anas_page, ends_at=NOW + A_DAY, email=tess.email)
    browser = Client()
    for moment in (NOW + 2 * A_DAY, NOW):
        clock.move_to(moment)
        browser.force_login(tess)
        browser.get(reverse("workers:with_me"))
        assert not Share.objects.open().exists()


def test_a_sign_in_code_that_came_too_late_opens_nothing_any_more(clock, ana, mailoutbox):
    browser = Client()
    browser.post(reverse("account_request_login_code"), {"email": ana.email})
    code = re.search(r"\d{4}-\d{4}", mailoutbox[-1].body)
    assert code
    clock.move_to(NOW + timedelta(minutes=61))
    assert browser.get(reverse("account_confirm_login_code")).status_code == 302
    clock.move_to(NOW)
    browser.post(reverse("account_confirm_login_code"), {"code": code[0]})
    assert "_auth_user_id" not in browser.session


def test_what_was_in_the_ledger_before_is_written_on_the_shares(clock, ana, anas_page, share):
    longer, open_ = (make_share(anas_page, ends_at=NOW + A_DAY) for _ in range(2))
    clock.move_to(NOW + 2 * A_DAY)
    endings.note_ending(share=share)
    endings.note_ending(share=longer)
    Share.objects.filter(pk=longer.pk).update(ends_at=NOW + 9 * A_DAY)  # as it was possible then
    Share.objects.update(ended_at=None)
    import_module("profiles.migrations.0027_ended_is_for_ever").write_on_shares(apps, None)
    clock.move_to(NOW)
    assert {*Share.objects.open()} == {longer, open_}
    clock.move_to(NOW + 10 * A_DAY)
    tidy()
    clock.move_to(NOW)
    assert {*Share.objects.open()} == set()
    assert longer.events.filter(kind=ConsentEvent.Kind.EXPIRED).count() == 1
