"""A keeper has the same rights over a share, and no more; and what is left when the page goes."""

import json
import re

import pytest
from django.core import mail
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from profiles.access.models import Happened
from profiles.accounts.models import User
from profiles.pages import actions as page_actions
from profiles.pages.models import Tombstone
from profiles.sharing import rules
from profiles.sharing.decided import Decided, Mode
from profiles.sharing.ledger import history
from profiles.sharing.models import ConsentEvent, Share
from tests.factories import (
    begin_share,
    make_card,
    make_kept_page,
    make_page,
    make_promise,
    make_share,
    say,
)
from tests.readers import FORMATS
from tests.sharing.kept_page.keeping import HOME, TOLD, at
from tests.sharing.test_new import WHAT, WHO

pytestmark = pytest.mark.django_db


# ---- the same rights, and no more


def test_what_is_kept_private_stays_so_unless_it_is_ticked(kept, cal):
    say(kept, "health", "CNRYhealth", only_me=True)
    assert "CNRYhealth" not in cal.read(make_share(kept, topics=["important"]))
    share = make_share(kept, topics=["important", "health"])
    assert "These are kept private, and will be shown to" in share.events.get().wording
    assert "CNRYhealth" in cal.read(share)
    say(kept, "health", "CNRYhealth2")  # opened, and kept again: the tick is over
    say(kept, "health", "CNRYhealth3", only_me=True)
    assert "CNRYhealth3" not in cal.read(share)


def test_what_is_private_says_so_before_it_is_ticked(rosas_browser, kept):
    say(kept, "health", "Epilepsy.", only_me=True)
    begin_share(kept)
    assertContains(rosas_browser.get(WHAT), "Only they and you see this now")


@pytest.mark.parametrize("name", ["change_what", "change_how_long", "passcode"])
def test_a_change_is_decided_in_a_keepers_ways_too(rosas_browser, kept, name):
    share = make_share(kept)
    said = {"topics": ["important"], "may": "read", "until": "week", "wanted": "yes"}
    page = rosas_browser.post(at(name, share), said | TOLD).content.decode()
    shown = re.search(r'name="shown" value="(\w+)"', page)
    if name == "passcode":
        shown = re.search(
            r'name="shown" value="(\w+)"', rosas_browser.get(at(name, share)).content.decode()
        )
    assert shown
    refused = said | {"mode": "me", "shown": shown[1]}
    assert rosas_browser.post(at(name, share), refused).status_code == 422
    done = rosas_browser.post(at(name, share), said | TOLD | {"shown": shown[1]})
    assert done.status_code == 302
    event = share.events.get(kind=ConsentEvent.Kind.CHANGED)
    assert json.loads(event.decided)["mode"] == "told"
    assert "Rosa keeps this page for Jo" in event.wording


def test_everything_can_be_ticked_at_one_press(rosas_browser, kept):
    share = make_share(kept)
    page = rosas_browser.post(at("change_what", share), {"all": "yes"} | TOLD)
    assertContains(page, "They told me yes")
    assertNotContains(page, "my page")


def test_looking_at_what_a_reader_sees_is_a_keepers_look(rosas_browser, kept):
    share = make_share(kept)
    before = kept.looks.count()
    rosas_browser.get(at("door:as_reader", share))
    look = kept.looks.latest_first().first()
    assert (kept.looks.count(), look.happened, look.share) == (before + 1, "html", None)


def test_their_own_paper_is_noted_also_where_a_reader_has_just_had_one(rosas_browser, kept, cal):
    cal.read(make_share(kept), "pdf")
    for _ in range(2):  # a browser, and its viewer
        assert rosas_browser.get(reverse("door:page_pdf")).status_code == 200
    printed = kept.looks.of_kinds([Happened.PRINTED]).order_by("pk").with_profile(kept)
    assert [(look.reader_said, look.share is None) for look in printed] == [
        ("Cal", False), ("", True),
    ]  # fmt: skip


def test_a_persons_own_look_at_it_is_none(anas_browser, anas_page):
    anas_browser.get(at("door:as_reader", make_share(anas_page)))
    assert not anas_page.looks.exists()


def test_the_keeper_sees_who_has_looked_and_what_they_wrote(rosas_browser, kept, cal):
    share = make_share(kept)
    cal.read(share)
    cal._at(share.key).post(
        reverse("reading:tell", kwargs={"key": share.key}), {"words": "The bus has gone."}
    )
    page = rosas_browser.get(reverse("access:looked"))
    assertContains(page, "Cal")
    assertContains(page, "The bus has gone.")


def test_readers_are_told_who_sees_what_they_write(kept, cal):
    share = make_share(kept)
    cal.read(share)
    for name in ("reading:tell", "workers:have_read", "reading:thanks"):
        page = cal._at(share.key).get(reverse(name, kwargs={"key": share.key}))
        assertContains(page, "hoever keeps the page sees")


def test_the_keeper_is_told_of_a_passcode_that_is_locked(
    kept, cal, django_capture_on_commit_callbacks
):
    share = make_share(kept, with_passcode=True)
    with django_capture_on_commit_callbacks(execute=True):
        for wrong in range(10):
            guess = str((int(share.passcode) + wrong + 1) % 1_000_000).zfill(6)
            cal.come_in(share, passcode=guess)
    assert [message.to for message in mail.outbox] == [["rosa@example.org"]]


@pytest.mark.parametrize("name", ["sharing:ask_code", "supporters:ask"])
def test_what_only_the_person_can_say_waits_for_them(rosas_browser, kept, name):
    answer = rosas_browser.post(reverse(name), {"wanted": "yes"})
    assertContains(answer, "It waits until they have taken the page over", status_code=403)
    assertNotContains(rosas_browser.get(HOME), "ask me")


def test_what_became_of_a_promise_only_the_person_can_say(rosas_browser, kept):
    promise = make_promise(make_share(kept))
    page = rosas_browser.get(reverse("workers:promises"))
    assertContains(page, "I will ring you.")
    here = reverse("workers:answer", kwargs={"ref": promise.ref})
    assertNotContains(page, here)
    assertNotContains(rosas_browser.get(reverse("house:me")), here)
    assert rosas_browser.post(here, {"say": "done"}).status_code == 403


def test_a_hello_card_is_for_the_person(rosas_browser, kept, priya, priyas_browser):
    card = make_card(priya)
    share = make_share(kept, email=priya.email)
    priyas_browser.post(
        reverse("reading:doorstep", kwargs={"key": share.key}), {"name": "Priya", "role": "nurse"}
    )
    priyas_browser.get(reverse("door:read", kwargs={"key": share.key}))
    for page in (at("share", share), reverse("access:looked")):
        assertNotContains(rosas_browser.get(page), "hello card")
    assert rosas_browser.get(reverse("door:hello", kwargs={"ref": card.ref})).status_code == 403


# ---- when the page goes


def test_a_page_that_its_keeper_erases_ends_its_shares(rosas_browser, kept, cal):
    share = make_share(kept)
    cal.read(share)
    number = kept.pk
    rosas_browser.post(reverse("pages:delete"), {"sure": "on"})
    assert not Share.objects.exists() and not ConsentEvent.objects.exists()
    assert Tombstone.objects.filter(page=number).exists()
    for channel in FORMATS:
        assert cal.ask(share.key, channel).status_code == 410
    assert not User.objects.filter(email="rosa@example.org").exists()


def test_an_account_with_a_page_that_it_keeps_is_not_deleted(rosa, kept):
    own = make_page(rosa, call_me="Rosa")
    make_share(kept)
    assert not page_actions.leave(profile=own, account=rosa)
    assert kept.shares.open().exists()


def test_a_visitors_words_for_somebody_move_in_unshared(rosa):
    page = page_actions.start_page(for_someone=True, language="en", user=None)
    say(page, "call_me", "Sam")
    assert page_actions.adopt(profile=page, by=rosa)
    page.refresh_from_db()
    assert page.is_kept
    assert rules.may_share(rosa, page)


def test_two_kept_pages_do_not_mix(rosas_browser, rosa, kept):
    """What was typed for one page is shared of that page, whichever was opened meanwhile."""
    other = make_kept_page(rosa, call_me="Sam", important="CNRYsam")
    page_actions.choose(profile=other)
    said = {"reader_name": "Oak School", "way": "link", "keeper_name": "Rosa"}
    rosas_browser.post(WHO, said | {"about_page": kept.key})
    assert kept.shares.being_made().exists() and not other.shares.exists()
    share = make_share(other)
    page_actions.choose(profile=kept)
    assert rosas_browser.get(at("share", share)).status_code == 404


def test_a_keepers_look_through_the_archive_holds_the_ledger(kept):
    make_share(kept)
    (entry,) = history(kept)
    assert entry["terms"]["keeper"] == "Rosa"
    assert entry["decided"]["mode"] == "told"
    assert Decided.from_json(json.dumps(entry["decided"])).mode is Mode.TOLD
    assert Happened.HANDED not in kept.looks.values_list("happened", flat=True)
