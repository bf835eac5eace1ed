"""What whoever runs the site does for somebody, who sees that it was done, and by whom."""

import logging
import re
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from profiles.access.models import Look
from profiles.accounts.models import DataKey, User
from profiles.core import security_log
from profiles.core.journal import endings_after, move_all
from profiles.core.models import JournalMark
from profiles.exports.models import KeptArchive
from profiles.house import for_people
from profiles.house.replay import catch_up
from profiles.pages.models import Profile, Tombstone
from tests.accounts.test_sign_in import ASK, CONFIRM, sign_in
from tests.factories import make_kept_page, make_share, make_supporter, make_user, say, signed_in

pytestmark = pytest.mark.django_db
WORDS = "CNRY tea first"


def people(*what: str) -> str:
    said = StringIO()
    call_command("people", *what, stdout=said)
    return said.getvalue()


@pytest.fixture
def events(caplog):
    caplog.set_level(logging.INFO, logger=security_log.LOG)
    return lambda: [line.message for line in caplog.records if line.name == security_log.LOG]


def test_an_account_is_found_and_no_word_of_it_is_told(ana, anas_page):
    say(anas_page, "call_me", "CNRY Ana")
    make_share(anas_page, reader_name="CNRY Ward")
    said = people("find", " ANA@example.org ")
    assert said == people("find", str(ana.pk))
    assert f"Account {ana.pk}: open" in said and "1 open shares, 0 paused" in said
    assert "CNRY" not in said and "ana@" not in said


def test_what_is_paused_is_not_told_as_open(ana, anas_page):
    """Whoever asks “can anybody read it just now?” is told the truth."""
    make_share(anas_page)
    people("close", str(ana.pk))
    assert "0 open shares, 1 paused" in people("find", str(ana.pk))


def test_days_are_those_of_our_clock(ana, anas_page):
    late = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
    User.objects.update(joined_at=late, last_login=late)
    Profile.objects.update(made_at=late)
    assert people("find", str(ana.pk)).count("2026-07-02") == 3


@pytest.mark.parametrize("who", ["nobody@example.org", "0", "#0", "CNRY", "", "9" * 5_000])
def test_whoever_is_not_there_is_not_found(ana, who):
    with pytest.raises(CommandError, match="There is no such account"):
        people("find", who)


@pytest.mark.parametrize("what", ["close", "reopen", "send-copy", "delete"])
def test_an_account_that_is_deleted_meanwhile_is_said_to_be_none(anas_page, monkeypatch, what):
    """By its person; or by a second of those who run the site, at the same moment."""
    person = for_people.person

    def found_and_gone(who):
        found = person(who)
        for_people.delete(user=person(who))
        return found

    monkeypatch.setattr(for_people, "person", found_and_gone)
    with pytest.raises(CommandError, match="There is no such account"):
        people(what, "ana@example.org", "--sure")


def test_a_page_that_is_deleted_meanwhile_is_said_kindly(anas_page, monkeypatch):
    def gone(**_):
        raise Profile.DoesNotExist

    monkeypatch.setattr(for_people.sharing, "pause_for_site", gone)
    with pytest.raises(CommandError, match="nothing was done"):
        people("close", "ana@example.org")
    assert User.objects.get().is_active


def test_a_closed_account_lets_nobody_in_and_nobody_read(ana, anas_page, anas_browser, cal):
    say(anas_page, "important", WORDS)
    share = make_share(anas_page)
    helper = make_supporter(anas_page, user=make_user("dee@example.org"))
    dees = signed_in(helper.user)
    helped = reverse("door:helping", kwargs={"ref": helper.ref})
    assert WORDS in cal.read(share)
    assert dees.get(helped).status_code == 200
    people("close", "ana@example.org")
    assertContains(anas_browser.get("/me/"), "No page is open here", status_code=403)
    assert cal.ask(share).status_code == 410
    assert dees.get(helped).status_code == 404
    mail.outbox.clear()
    browser = Client()
    browser.post(ASK, {"email": "ana@example.org"})
    assert not any(re.search(r"\d{4}-\d{4}", letter.body) for letter in mail.outbox)
    assert browser.post(CONFIRM, {"code": "0000-0000"}).status_code == 200
    assert Look.objects.filter(profile=anas_page, happened="closed").exists()


def test_opened_again_what_was_shared_stays_paused_and_its_person_sees_who_did_it(
    ana, anas_page, cal
):
    share = make_share(anas_page)
    people("close", "ana@example.org")
    people("reopen", "ana@example.org")
    assert cal.ask(share).status_code == 410
    browser = Client()
    assert sign_in(browser).status_code == 302
    page = browser.get(reverse("access:by_day"))
    assertContains(page, "closed your account")
    assertContains(page, "opened your account again")
    assertContains(page, "Whoever runs this site")
    assertContains(browser.get(reverse("access:looked")), "Whoever runs this site")
    share.refresh_from_db()
    assert share.paused_at and not share.stopped_at
    page = browser.get(reverse("sharing:share", args=[share.ref]))
    assertContains(page, "Whoever runs this site closed the account, so sharing with")
    assertNotContains(page, "You paused sharing")


def test_opened_again_nobody_is_in_who_was_before(ana, anas_page, anas_browser):
    """It may have been closed because somebody else was signed in."""
    assert anas_browser.get("/me/").status_code == 200
    people("close", "ana@example.org")
    people("reopen", "ana@example.org")
    assert anas_browser.get("/me/").status_code == 403
    assert sign_in(anas_browser).status_code == 302


@pytest.mark.parametrize("last, is_open", [("close", False), ("reopen", True)])
def test_after_a_restore_an_account_is_as_it_was_left(ana, anas_page, last, is_open):
    people("reopen", "ana@example.org")
    people("close", "ana@example.org")
    people(last, "ana@example.org")
    move_all()
    User.objects.update(is_active=True)  # as in a backup from before
    JournalMark.objects.update(number=0)
    catch_up()
    ana.refresh_from_db()
    assert ana.is_active is is_open


@pytest.fixture
def broken_page(ana):
    """A page that does not open, beside another of the same account, which does."""
    page = make_kept_page(ana)
    share = make_share(page)
    DataKey.objects.filter(pk=page.data_key_id).update(wrapped=b"1.test.changed")
    return share


def test_a_page_that_does_not_open_keeps_no_account_from_being_closed(ana, broken_page, cal):
    """Its words may open again: then nobody may find it open."""
    share = make_share(make_kept_page(ana))
    people("close", "ana@example.org")
    ana.refresh_from_db()
    assert not ana.is_active
    for each in (share, broken_page):
        each.refresh_from_db(fields=["paused_at"])
        assert each.paused_at
    assert cal.ask(share).status_code == 410
    move_all()
    assert [line.ref for line in endings_after(0)[1] if line.says.get("paused")] == [
        share.ref, broken_page.ref
    ]  # fmt: skip
    people("reopen", "ana@example.org")
    ana.refresh_from_db()
    assert ana.is_active


def test_of_a_page_that_does_not_open_no_copy_is_made_and_of_the_others_one_is(ana, broken_page):
    with pytest.raises(CommandError, match="none that opens"):
        people("send-copy", "ana@example.org")
    page = make_kept_page(ana)
    assert "Copies: 1." in people("send-copy", "ana@example.org")
    assert KeptArchive.objects.get().profile == page


def test_closed_twice_it_also_pauses_what_was_opened_in_between(ana, anas_page):
    people("close", str(ana.pk))
    share = make_share(anas_page)
    people("close", str(ana.pk))
    share.refresh_from_db()
    assert share.paused_at


def test_a_copy_is_made_for_its_person_and_shown_to_nobody_else(
    ana, anas_page, django_capture_on_commit_callbacks
):
    say(anas_page, "important", WORDS)
    with django_capture_on_commit_callbacks(execute=True):
        said = people("send-copy", "ana@example.org")
    assert "Copies: 1." in said and WORDS not in said
    assert [letter.to for letter in mail.outbox] == [["ana@example.org"]]
    assert KeptArchive.objects.get().account == ana
    assert Look.objects.filter(profile=anas_page, happened="copysent").exists()


def test_of_a_closed_account_or_one_without_a_page_no_copy_is_made(ana, anas_page):
    make_user("dee@example.org")
    with pytest.raises(CommandError, match="There is no page"):
        people("send-copy", "dee@example.org")
    people("close", "ana@example.org")
    with pytest.raises(CommandError, match="The account is closed"):
        people("send-copy", "ana@example.org")
    assert not KeptArchive.objects.exists()


def test_deleted_nothing_is_left_but_a_number(ana, anas_page, events):
    number, page = ana.pk, anas_page.pk
    with pytest.raises(CommandError, match="--sure"):
        people("delete", "ana@example.org")
    assert User.objects.filter(pk=number).exists()
    people("delete", "ana@example.org", "--sure")
    assert (
        not User.objects.exists() and not Profile.objects.exists() and not DataKey.objects.exists()
    )
    assert Tombstone.objects.filter(page=page).exists()
    assert events() == [f"event=account-deleted account={number} pages=1"]


def test_an_account_without_a_page_can_be_deleted_too(ana):
    assert "0 pages" in people("delete", "ana@example.org", "--sure")
    assert not User.objects.exists()


def test_each_is_a_security_event(ana, anas_page, events):
    for what in ("close", "reopen", "send-copy"):
        people(what, "ana@example.org")
    number = ana.pk
    assert events() == [
        f"event=account-closed account={number}",
        f"event=account-reopened account={number}",
        f"event=copy-sent account={number} page={anas_page.pk}",
    ]


def test_a_page_that_is_kept_for_somebody_is_paused_with_its_keepers_account():
    rosa = make_user("rosa@example.org")
    share = make_share(make_kept_page(rosa))
    people("close", "rosa@example.org")
    share.refresh_from_db()
    assert share.paused_at
