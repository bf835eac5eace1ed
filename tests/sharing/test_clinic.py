"""A share with a hospital's or clinic's computer: made, changed and over."""

import base64
import json
from contextlib import nullcontext
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from profiles.access.actions import Reader, note
from profiles.access.models import Channel, Happened
from profiles.accounts.models import DataKey
from profiles.answers.actions import freeze_if_changed
from profiles.core import codes
from profiles.door import door
from profiles.door.paper_codes import hand_over, keep_own
from profiles.exports.receipt import as_data
from profiles.pages.actions import delete_page
from profiles.pages.models import Profile
from profiles.sharing import actions, endings, new_actions
from profiles.sharing.checks import every_clinic_link_is_short
from profiles.sharing.clinic import (
    A_CLINIC,
    AT_THE_DESK,
    KEPT_UNSAID,
    TWO_DAYS,
    ClinicLink,
    Taking,
)
from profiles.sharing.models import A_KEY, MOST_TRIES, Share
from profiles.sharing.new_actions import NotReady
from profiles.sharing.receipts import receipt_for
from profiles.sharing.shlink import LABEL, LONGEST_SITE, payload, shlink, viewer_link
from profiles.sharing.wording import wording_for
from tests.exports.test_receipt import problems
from tests.factories import I_DECIDED, begin_clinic_share, begin_share, clinic_share
from tests.tidying import tidy

pytestmark = pytest.mark.django_db


def opened(link: str) -> dict[str, object]:
    """What a computer reads in a link."""
    said = link.removeprefix("shlink:/")
    found: dict[str, object] = json.loads(base64.urlsafe_b64decode(said + "=" * (-len(said) % 4)))
    return found


def test_the_link_says_where_until_when_how_and_by_what_key(anas_page):
    share = clinic_share(anas_page)
    link = share.clinic_link
    bare = shlink(share, link)
    assert (
        opened(bare)
        == payload(share, link)
        == {
            "url": f"http://testserver/shl/{share.key}",
            "exp": int(share.ends_at.timestamp()),
            "flag": "U",
            "key": link.content_key,
            "label": LABEL,
        }
    )
    assert viewer_link(share, link) == f"http://testserver/shl/#{bare}"
    assert "=" not in bare and " " not in bare
    assert len(share.key) == len(link.content_key) == 43
    assert len(LABEL) <= 80
    assert "Ruiz" not in str(payload(share, link))


def test_its_key_is_found_as_a_clinics_alone(anas_page):
    share = clinic_share(anas_page)
    assert share.key_digest == codes.digest(share.key, about=A_CLINIC)
    assert not Share.objects.filter(key_digest=codes.digest(share.key, about=A_KEY))


def test_a_short_one_counts_from_the_yes(anas_page):
    share = clinic_share(anas_page)
    assert share.ends_at == share.given_at + AT_THE_DESK


def test_a_computer_that_takes_it_keeps_it_whatever_was_said(ana, anas_page):
    share = begin_clinic_share(anas_page)
    new_actions.say_what(share=share, by=ana, topics=[], with_photo=False, may_print=False)
    assert Share.objects.get().may_print


@pytest.mark.parametrize("taking", Taking)
def test_a_passcode_goes_with_two_ways_of_taking_it(anas_page, taking):
    share = clinic_share(anas_page, taking=taking)
    assert share.passcode_set is (len(share.passcode) == 6) is (taking != Taking.NOW)
    assert payload(share, share.clinic_link)["flag"] == taking


def test_stopping_forgets_what_was_typed_at_once(anas_page, ana):
    share = clinic_share(anas_page, nhs_number="9434765919")
    actions.pause(share=share, by=ana)
    assert ClinicLink.objects.exists()  # it may be opened again
    assert actions.stop(share=share, by=ana)
    assert not ClinicLink.objects.exists()


def test_another_way_in_leaves_nothing_of_the_clinic(anas_page, ana):
    share = begin_clinic_share(anas_page, taking=Taking.PASSCODE)
    keys = {share.key}
    for for_clinic in (False, True):
        new_actions.say_who(share=share, by=ana, reader_name="Ward 4", for_clinic=for_clinic)
        keys.add(share.key)
        share = Share.objects.being_made().get()
        assert (share.topics, share.may_print, share.ends_at) == ([], None, None)
        assert (share.passcode, share.passcode_set) == ("", False)
        assert [link.family_name for link in ClinicLink.objects.all()] == [""] * for_clinic
    assert len(keys) == 3


@pytest.mark.parametrize("for_clinic", [False, True])
def test_a_window_that_does_not_know_of_the_other_leaves_nothing_half(anas_page, ana, for_clinic):
    stale = begin_share(anas_page)
    begin_clinic_share(anas_page)
    new_actions.say_who(share=stale, by=ana, reader_name="Ward 4", for_clinic=for_clinic)
    [now] = Share.objects.with_profile(anas_page)
    about = A_CLINIC if for_clinic else A_KEY
    assert now.key_digest == codes.digest(now.key, about=about)
    assert len(now.key) == (43 if for_clinic else 22)
    assert ClinicLink.objects.count() == for_clinic


def test_nothing_is_typed_for_a_clinic_where_another_window_chose_a_link(anas_page, ana):
    stale = begin_clinic_share(anas_page)
    begin_share(anas_page)
    found_by = stale.clinic_link.found_by
    with pytest.raises(Share.DoesNotExist):
        new_actions.say_clinic(share=stale, by=ana, taking=Taking.NOW, found_by=found_by)
    new_actions.say_how_long(share=stale, by=ana, lasts=AT_THE_DESK)
    new_actions.say_what(
        share=stale, by=ana, topics=["important"], with_photo=False, may_print=False
    )
    assert Share.objects.get().may_print is False
    assert not ClinicLink.objects.exists()


def test_one_that_ran_out_is_forgotten_by_whoever_sees_it_first(anas_page, anas_browser):
    share = clinic_share(anas_page)
    with time_machine.travel(timezone.now() + AT_THE_DESK, tick=False):
        anas_browser.force_login(anas_page.owner)
        page = anas_browser.get(reverse("sharing:home"))
    assertContains(page, "It ended by itself at ")
    assert not ClinicLink.objects.exists()
    assert [*share.events.in_order().values_list("kind", flat=True)] == ["given", "expired"]


def test_tidy_forgets_what_ran_out_and_what_was_never_given(anas_page, ana):
    clinic_share(anas_page)
    begin_clinic_share(anas_page)
    with time_machine.travel(timezone.now() + timedelta(days=31), tick=False):
        call_command("tidy", stdout=StringIO())
    assert not ClinicLink.objects.exists()
    with time_machine.travel(timezone.now() + timedelta(days=91), tick=False):
        call_command("tidy", stdout=StringIO())
    [share] = Share.objects.select_related("profile")
    assert (share.key, share.passcode) == ("", "")


def typed(ago: timedelta) -> None:
    """What was typed for the only clinic link was typed so long ago."""
    ClinicLink.objects.update(typed_at=timezone.now() - ago)


A_MINUTE = timedelta(minutes=1)


def test_tidy_forgets_after_a_day_what_was_typed_and_no_yes_followed(anas_page, ana):
    begun = begin_clinic_share(anas_page, taking=Taking.PASSCODE)
    typed(KEPT_UNSAID - A_MINUTE)
    assert "no yes followed: 0 forgotten." in tidy()
    typed(KEPT_UNSAID)
    assert "no yes followed: 1 would be forgotten." in tidy("--dry-run")
    assert ClinicLink.objects.exists()
    assert "no yes followed: 1 forgotten." in tidy()
    assert not ClinicLink.objects.exists()
    share = Share.objects.being_made().get()
    assert (share.key_digest, share.topics) == (begun.key_digest, begun.topics)
    shown = wording_for(begun).fingerprint
    with pytest.raises(NotReady):
        new_actions.give(share=share, by=ana, decided=I_DECIDED, shown=shown)


def test_it_is_shown_no_more_also_where_tidy_did_not_run(anas_page, anas_browser):
    begin_clinic_share(anas_page)
    typed(KEPT_UNSAID)
    clinic = reverse("sharing:clinic")
    assertRedirects(anas_browser.get(reverse("sharing:check")), clinic)
    assert not ClinicLink.objects.exists()
    page = anas_browser.get(clinic)
    assertNotContains(page, "Ruiz")
    assertContains(page, "If you do not finish, we forget it after a day.")


def test_typed_again_it_is_kept_for_a_day_again(anas_page, ana):
    share = begin_clinic_share(anas_page)
    found_by = share.clinic_link.found_by
    typed(KEPT_UNSAID)
    tidy()
    for _ in range(2):
        new_actions.say_clinic(share=share, by=ana, taking=Taking.NOW, found_by=found_by)
        assert not ClinicLink.objects.left().exists()
        typed(KEPT_UNSAID)
    assert ClinicLink.objects.left().exists()


def test_of_what_was_typed_before_that_was_noted_the_share_says_when(anas_page):
    begin_clinic_share(anas_page)
    ClinicLink.objects.update(typed_at=None)
    assert not ClinicLink.objects.left().exists()
    Share.objects.update(made_at=timezone.now() - KEPT_UNSAID)
    assert ClinicLink.objects.left().exists()


def test_after_the_yes_it_stays_until_the_end(anas_page, anas_browser):
    share = clinic_share(anas_page, lasts=TWO_DAYS)
    typed(timedelta(hours=47))
    tidy()
    assertContains(anas_browser.get(reverse("sharing:home")), share.reader_name)
    assert ClinicLink.objects.exists()


@pytest.mark.parametrize("was", ["open", "paused", "until a day", "sealed wrong"])
def test_tidy_alone_forgets_what_was_typed_when_it_is_over(anas_page, ana, was):
    ends_at = timezone.now() + AT_THE_DESK if was == "until a day" else None
    share = clinic_share(anas_page, ends_at=ends_at, lasts=None if ends_at else AT_THE_DESK)
    if was == "paused":
        actions.pause(share=share, by=ana)
    if was == "sealed wrong":
        DataKey.objects.update(wrapped=b"nonsense")
    tidy()
    assert ClinicLink.objects.exists()
    says_so = pytest.raises(CommandError) if was == "sealed wrong" else nullcontext()
    with time_machine.travel(timezone.now() + AT_THE_DESK, tick=False), says_so:
        tidy()
    assert not ClinicLink.objects.exists()


def test_it_is_over_although_its_words_do_not_open(anas_page):
    clinic_share(anas_page)
    DataKey.objects.update(wrapped=b"nonsense")
    with time_machine.travel(timezone.now() + AT_THE_DESK, tick=False):
        endings.note_endings_of(Profile.objects.get())
    assert not ClinicLink.objects.exists()
    assert Share.objects.get().ended_at


def test_without_a_way_of_taking_it_nothing_is_given(anas_page, ana):
    shown = wording_for(begin_clinic_share(anas_page)).fingerprint
    ClinicLink.objects.update(taking="")
    with pytest.raises(NotReady):
        new_actions.give(share=Share.objects.get(), by=ana, decided=I_DECIDED, shown=shown)
    assert not Share.objects.given().exists()


def test_it_is_read_out_as_no_code(anas_page, ana):
    share = clinic_share(anas_page)
    with pytest.raises(PermissionDenied):
        actions.speak(share=share, by=ana)
    assert not Share.objects.exclude(spoken_digest="").exists()


def test_to_leave_it_forgets_what_was_typed(anas_page, ana):
    new_actions.let_go(share=begin_clinic_share(anas_page), by=ana)
    assert not ClinicLink.objects.exists()


def test_the_ledger_says_how_it_was_taken_also_when_it_is_stopped(anas_page, ana):
    share = clinic_share(anas_page, taking=Taking.UPDATED)
    actions.stop(share=share, by=ana)
    rows = share.events.in_order().with_profile(anas_page)
    assert [json.loads(row.terms)["taking"] for row in rows] == ["LP", "LP"]


def test_one_that_is_locked_says_what_to_do(anas_page, anas_browser):
    share = clinic_share(anas_page, taking=Taking.PASSCODE)
    Share.objects.update(wrong_tries=MOST_TRIES)
    page = anas_browser.get(reverse("sharing:share", kwargs={"ref": share.ref}))
    for said in ("Locked", "No computer can take it now.", "Make a new passcode, and tell it"):
        assertContains(page, said)


def test_a_stop_that_fails_forgets_nothing(anas_page, ana, monkeypatch):
    share = clinic_share(anas_page)

    def fails(share: Share) -> None:
        raise RuntimeError

    monkeypatch.setattr(actions, "forget_clinic_link", fails)
    with pytest.raises(RuntimeError):
        actions.stop(share=share, by=ana)
    assert ClinicLink.objects.exists() and Share.objects.get().stopped_at is None


def test_a_deleted_page_takes_it_along(anas_page):
    clinic_share(anas_page)
    delete_page(profile=anas_page)
    assert not ClinicLink.objects.exists()


def test_records_are_named_once_each_and_a_nameless_one_is_said_to_be(anas_page, anas_browser):
    share = clinic_share(anas_page, ends_at=timezone.now() + timedelta(days=2))
    edition = freeze_if_changed(anas_page).edition
    for name in ("St Mary’s", "", "St Mary’s"):
        note(
            Happened.TOOK_RECORD,
            profile=anas_page, share=share, edition=edition, reader=Reader(name=name),
        )  # fmt: skip
    stop = anas_browser.get(reverse("sharing:stop", kwargs={"ref": share.ref}))
    for said in ("taken by St Mary’s (2 times).", "taken by somebody who did not say.", "keeps it"):
        assertContains(stop, said)
    assertContains(anas_browser.get(reverse("sharing:share", kwargs={"ref": share.ref})), "3 times")
    looked = anas_browser.get(reverse("access:looked"))
    assertContains(looked, "Somebody who did not say")
    assertContains(looked, "Taken into its records first on ")
    by_day = anas_browser.get(reverse("access:by_day"))
    assertContains(by_day, "took your page into its records.")
    assertContains(anas_browser.get("/me/"), "took your page into its records")


def test_where_it_is_stopped_the_code_of_what_a_record_took_is_said_and_it_is_no_paper(
    anas_page, anas_browser
):
    share = clinic_share(anas_page)
    reader = Reader(name="St Mary’s")
    opened = door.open_through(share, reader=reader, channel=Channel.RECORD)
    hand_over(opened, reader=reader, code="7KQ3M9XT", happened=Happened.TOOK_RECORD)
    own_paper = codes.new_code()
    keep_own(anas_page, opened.sheet, share, own_paper)
    stop = anas_browser.get(reverse("sharing:stop", kwargs={"ref": share.ref}))
    assertContains(stop, "Its code is 7KQ3-M9XT.", count=1)
    assertContains(stop, "Whoever checks the code on it will be told that it is no longer shared.")
    assertContains(stop, "Paper, edition 1", count=1)
    assertContains(stop, codes.shown(own_paper))


def test_its_receipt_says_how_long_to_the_minute(anas_page):
    data = as_data(receipt_for(clinic_share(anas_page)), site="https://example.org", contact="")
    assert data["events"][0]["validity_duration"] == "PT15M"
    assert problems(data) == []
    [purpose] = data["pii_processing"][0]["purposes"]
    assert "kept in its records" in purpose["processing_method"]


def test_a_site_with_a_longer_address_than_links_may_have_is_told(settings, anas_page):
    fits = "https://" + "a" * (LONGEST_SITE - 8)
    settings.SITE_ADDRESS = fits
    share = clinic_share(anas_page)
    assert len(payload(share, share.clinic_link)["url"]) == 128
    assert every_clinic_link_is_short(None) == []
    settings.SITE_ADDRESS = f"{fits}a"
    [error] = every_clinic_link_is_short(None)
    assert "SITE_ADDRESS is longer than 80 letters" in error.msg
