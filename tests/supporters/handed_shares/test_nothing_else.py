"""Nothing but the yes of its person opens it; and what its keeper finds from then on."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from profiles.accounts.models import User
from profiles.pages.models import Profile
from profiles.sharing import actions, new_actions
from profiles.sharing.models import ConsentEvent, Share
from profiles.sharing.receipts import receipt_for
from profiles.sharing.terms import NotAsShown
from profiles.supporters import actions as helping
from profiles.supporters.models import Supporter
from tests.factories import (
    I_DECIDED,
    TOLD_ROSA,
    begin_share,
    make_page,
    signed_in,
    take_over,
)
from tests.supporters.handed_shares.handed import HANDED, ME, at, shown_on

pytestmark = pytest.mark.django_db


# ---- nothing else opens it


@pytest.mark.parametrize(
    "name", ["resume", "pause", "passcode", "change_what", "change_how_long", "speak", "send"]
)
def test_nothing_but_their_yes_opens_or_changes_it(jos_browser, share, name):
    said = {"mode": "me", "topics": ["important"], "may": "print", "until": "week"}
    said |= {"email": "cal@example.org", "wanted": "yes"}
    before = Share.objects.values().get(pk=share.pk)
    assertRedirects(jos_browser.post(at(name, share), said), at("keep", share))
    assert Share.objects.values().get(pk=share.pk) == before


@pytest.mark.parametrize("name", ["resume", "pause", "speak"])
def test_nor_does_another_way_in(jo, jos, share, name):
    share = Share.objects.select_related("profile").get(pk=share.pk)
    with pytest.raises(PermissionDenied):
        getattr(actions, name)(share=share, by=jo)


def test_the_page_that_says_it_is_ready_leads_to_what_waits(jos_browser):
    assertRedirects(jos_browser.get(reverse("sharing:ready")), HANDED)


def test_one_that_ends_meanwhile_is_not_asked_about(jos_browser, jos, jo, share):
    shown = shown_on(jos_browser, share)
    Share.objects.filter(pk=share.pk).update(ends_at=timezone.now() - timedelta(minutes=1))
    assertContains(jos_browser.get(HANDED), "nothing left to decide")
    assertNotContains(jos_browser.get(ME), "before the page was yours")
    answer = jos_browser.post(at("keep", share), {"mode": "me", "shown": shown})
    assertRedirects(answer, at("share", share))
    assert not Share.objects.open().exists()
    assertContains(
        jos_browser.get(at("share", share)), "Rosa shared this before the page was yours"
    )
    call_command("tidy", verbosity=0)
    assert share.events.filter(kind=ConsentEvent.Kind.EXPIRED).count() == 1


def test_one_that_was_stopped_before_says_who_stopped_it(kept, share, rosa, jo):
    actions.stop(share=share, by=rosa)
    take_over(kept, jo)
    page = signed_in(jo).get(at("share", share))
    assertContains(page, "Rosa, who kept this page then, stopped sharing with Oak School.")
    assertNotContains(page, "You stopped")


# ---- the keeper, from then on


def test_the_keeper_finds_nothing_at_the_addresses_they_know(rosas_browser, rosa, share):
    names = ["share", "show", "keep", "stop", "passcode", "door:as_reader", "exports:receipt"]
    for name in names:  # no page left: to the first question
        assertRedirects(rosas_browser.get(at(name, share)), reverse("pages:start"))
    make_page(rosa, call_me="Rosa")
    for name in [*names, "exports:receipt_json", "door:as_reader_pdf", "change_what"]:
        assert rosas_browser.get(at(name, share)).status_code == 404
    for name in ("resume", "pause", "stop", "speak", "send", "keep"):
        assert rosas_browser.post(at(name, share)).status_code == 404
    assertNotContains(rosas_browser.get(reverse("access:looked")), "Oak School")
    assert Share.objects.get(pk=share.pk).waits_for_yes


def test_a_form_that_was_open_in_the_keepers_window_changes_nothing(kept, rosa, jo, share):
    """Each action has a share that was read before the page was taken over."""
    stale, begun = share, begin_share(kept, reader_name="The day centre")
    take_over(Profile.objects.get(pk=kept.pk), jo)
    ends = timezone.now() + timedelta(days=3)
    what = {"topics": ["important"], "with_photo": False, "may_print": True}
    asked = {"share": stale, "by": rosa}
    for change in (
        lambda: actions.resume(**asked),
        lambda: actions.pause(**asked),
        lambda: actions.stop(**asked),
        lambda: actions.speak(**asked),
        lambda: actions.change_passcode(**asked, decided=TOLD_ROSA),
        lambda: actions.change_what(**asked, **what, decided=TOLD_ROSA),
        lambda: actions.change_how_long(**asked, ends_at=ends, decided=TOLD_ROSA),
        lambda: actions.choose_layout(**asked, layout=""),
        lambda: new_actions.let_go(share=begun, by=rosa),
        lambda: new_actions.say_who(share=begun, by=rosa, reader_name="X", keeper_name="Rosa"),
        lambda: new_actions.say_what(share=begun, by=rosa, **what),
        lambda: new_actions.say_how_long(share=begun, by=rosa, ends_at=ends),
        lambda: new_actions.give(share=begun, by=rosa, decided=TOLD_ROSA, shown=""),
        lambda: new_actions.begin(profile=kept, by=rosa),
    ):
        stale.profile = begun.profile = kept  # as it was
        with pytest.raises(PermissionDenied):
            change()
    assert not Share.objects.open().exists()


def test_one_who_is_let_help_again_has_what_helpers_have(jos_browser, jos, jo, rosa, share):
    supporter = jos.supporters.get()
    supporter.profile = jos
    helping.change(supporter=supporter, by=jo, may=Supporter.May.WRITE, kept_topics=[])
    browser = signed_in(rosa)
    assert browser.get(reverse("door:helping", kwargs={"ref": supporter.ref})).status_code == 200
    make_page(rosa, call_me="Rosa")
    for name in ("share", "stop", "keep", "exports:receipt"):
        assert browser.get(at(name, share)).status_code == 404
    with pytest.raises(PermissionDenied):
        actions.keep(share=share, by=rosa, decided=I_DECIDED, shown="")


def test_a_person_who_erases_the_page_ends_what_waits(jos_browser, share, cal):
    jos_browser.post(reverse("pages:delete"), {"sure": "on"})
    assert not Share.objects.exists()
    assert cal.open(share.key).status_code == 410


def test_a_keeper_whose_account_goes_leaves_their_name_in_the_ledger(
    rosas_browser, rosa, jos, share
):
    rosas_browser.post(reverse("pages:delete"), {"sure": "on"})
    assert not User.objects.filter(email="rosa@example.org").exists()
    share = Share.objects.select_related("profile__data_key").get(pk=share.pk)
    assert share.waits_for_yes and share.keeper_name == "Rosa"
    assert receipt_for(share).keeper == "Rosa"


def test_not_as_shown_is_raised_for_another_text(jos, jo, share):
    share = Share.objects.select_related("profile").get(pk=share.pk)
    with pytest.raises(NotAsShown):
        actions.keep(share=share, by=jo, decided=I_DECIDED, shown="another")
