"""Emails that come by themselves stop at one press, without signing in."""

import re

import pytest
from django.core import mail
from django.core.signing import Signer
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from profiles.access.models import Channel
from profiles.core import mails
from profiles.core.mails import KINDS, OPENED, REMINDER, stop_address
from profiles.door.door import open_through
from profiles.pages import actions
from profiles.sharing import ask_actions
from tests.factories import make_page, make_share, make_user
from tests.structure.everybody import READER

pytestmark = pytest.mark.django_db


def path(kind=REMINDER, *, page, account) -> str:
    return stop_address(kind, row=page.pk, account=account.pk).removeprefix("http://testserver")


def wants(page) -> tuple[bool, bool]:
    page.refresh_from_db()
    return page.reminds_me, page.tells_me


@pytest.fixture
def wanted(anas_page):
    actions.tell_by_email(profile=anas_page, wanted=True)
    anas_page.refresh_from_db()
    return anas_page


def test_opening_it_asks_and_changes_nothing(client, ana, wanted):
    page = client.get(path(page=wanted, account=ana))
    assertContains(page, "Stop these emails?")
    assert page.content.decode().count('<button class="button" type="submit">') == 1
    client.head(path(page=wanted, account=ana))
    assert wants(wanted) == (True, True)


def test_one_press_stops_that_kind_and_no_other(client, ana, wanted):
    done = client.post(path(page=wanted, account=ana))
    assertContains(done, "You will get no more of these emails")
    assertContains(done, reverse("review:review"))
    assert wants(wanted) == (False, True)
    client.post(path(OPENED, page=wanted, account=ana))
    assert wants(wanted) == (False, False)


def test_pressed_twice_it_is_the_same(client, ana, wanted):
    for _ in range(2):
        assert client.post(path(page=wanted, account=ana)).status_code == 200
    assert wants(wanted) == (False, True)


def test_a_mail_program_posts_for_its_person_without_cookie_or_token(ana, wanted):
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(
        path(page=wanted, account=ana),
        "List-Unsubscribe=One-Click",
        content_type="application/x-www-form-urlencoded",
    )
    assert answer.status_code == 200  # RFC 8058: an answer that leads elsewhere is not followed
    assert answer.cookies == {}
    assert wants(wanted) == (False, True)


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_address_that_we_did_not_make_says_nothing(client, ana, wanted, method):
    right = path(page=wanted, account=ana)
    token = right.split("/")[-2]
    other = stop_address(REMINDER, row=wanted.pk, account=ana.pk + 1).split("/")[-2]
    mixed = f"{other.partition(':')[0]}:{token.partition(':')[2]}"
    for wrong in (token[:-1], "x", "a:b", mixed, token.swapcase()):
        answer = getattr(client, method)(reverse("house:stop_mails", kwargs={"token": wrong}))
        assertContains(answer, "We cannot find that page", status_code=404)
    assert wants(wanted) == (True, True)


def test_it_stops_the_emails_of_no_account_but_the_one_it_went_to(client, dee, wanted):
    """A page may go to another account: whoever had it before cannot stop its emails."""
    client.post(path(page=wanted, account=dee))
    client.post(path(OPENED, page=wanted, account=dee))
    assert wants(wanted) == (True, True)


def test_it_stops_the_emails_of_no_other_page(client, ana, wanted):
    other = make_page(ana, call_me="Ana in hospital")
    client.post(path(page=other, account=ana))
    assert wants(wanted) == (True, True)
    assert wants(other)[0] is False


def test_somebody_who_keeps_a_page_can_stop_them_too(client):
    ben = make_user("ben@example.org")
    kept = actions.start_page(for_someone=True, language="en", user=ben)
    client.post(path(page=kept, account=ben))
    assert wants(kept)[0] is False


def test_for_a_page_that_is_gone_it_says_the_same(client, ana, wanted):
    address = path(page=wanted, account=ana)
    before = client.get(address).content
    actions.delete_page(profile=wanted)
    assert client.get(address).content == before
    assert client.post(address).status_code == 200


def test_it_says_nothing_about_whose_page_it_is(client, ana, wanted):
    page = client.get(path(page=wanted, account=ana))
    for word in ("Ana", "ana@example.org", wanted.key):
        assertNotContains(page, word)
    assert page["Referrer-Policy"] == "no-referrer"
    assert "no-store" in page["Cache-Control"]


@pytest.mark.parametrize("name", ["opened", "asked"])
def test_the_notice_that_somebody_looked_or_asked_can_be_stopped_from_itself(
    client, ana, wanted, priya, name, django_capture_on_commit_callbacks
):
    code = ask_actions.make_ask_code(profile=wanted, by=ana).code
    with django_capture_on_commit_callbacks(execute=True):
        if name == "opened":
            open_through(make_share(wanted), reader=READER, channel=Channel.SCREEN)
        else:
            ask_actions.ask(code=code, worker=priya, reader=READER, why="")
    [email] = mail.outbox
    [address] = re.findall(r"http://testserver/mail/stop/\S+", email.body)
    assert email.extra_headers["List-Unsubscribe"] == f"<{address}>"
    client.post(address.removeprefix("http://testserver"))
    assert wants(wanted) == (True, False)


def test_an_email_that_cannot_be_stopped_says_nothing_of_it(ana):
    mails.send("locked", ana.email)
    [email] = mail.outbox
    assert "List-Unsubscribe" not in email.extra_headers
    assert "/mail/stop/" not in email.body


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.key)
def test_every_kind_has_its_column_and_a_page_where_it_starts_again(kind, ana, anas_page):
    row = ana if kind.table == "User" else anas_page
    mails.no_more(mails.Stop(kind, row.pk, ana.pk))
    row.refresh_from_db()
    assert getattr(row, kind.column) is False
    assert reverse(kind.again)


def test_an_address_in_an_email_from_long_ago_still_stops_them(client, ana, wanted):
    """Whatever our files are called by then: by what we signed with when it was sent."""
    token = Signer(salt="profiles.mails.stop").sign_object([OPENED.key, wanted.pk, ana.pk])
    client.post(reverse("house:stop_mails", args=[token]))
    assert wants(wanted) == (True, False)
