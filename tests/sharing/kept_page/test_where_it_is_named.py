"""Wherever a share is named, it says that a keeper made it."""

import json
import re

import pytest
from django.core import mail
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from profiles.exports.receipt import as_data
from profiles.sharing.receipts import receipt_for
from tests.exports.test_receipt import problems
from tests.factories import (
    make_share,
    say,
)
from tests.sharing.kept_page.keeping import FOR_THEM, NOT_YET, at, go_through

pytestmark = pytest.mark.django_db


# ---- where it is named


def test_the_doorstep_says_it_without_a_name(kept, cal):
    page = cal.open(make_share(kept).key)
    assertContains(page, "The person has not taken the page over yet.")
    assertContains(page, "it was not the person who shared it")
    words = re.sub(r'"csrfmiddlewaretoken" value="\w+"', "", page.content.decode())  # any letters
    for name in ("Rosa", "Jo", "rosa@example.org", "Tea"):
        assert name not in words


def test_the_doorstep_of_a_persons_own_share_says_nothing_of_it(anas_page, cal):
    assertNotContains(cal.open(make_share(anas_page).key), "taken the page over")


def test_the_readers_page_says_who_shared_it(kept, cal):
    share = make_share(kept)
    page = cal.read(share)
    assert NOT_YET in page
    assert "is sharing this with you" not in page
    assert "rosa@example.org" not in page


def test_a_name_that_is_kept_private_is_not_told_to_readers(kept, cal):
    say(kept, "call_me", "CNRYname", only_me=True)
    page = cal.read(make_share(kept))
    assert "Shared by Rosa, who keeps this page for somebody." in page
    assert "CNRYname" not in page


def test_what_a_keeper_calls_themself_is_only_words(kept, cal):
    share = make_share(kept, keeper_name="<b>{reader}</b> %s")
    page = cal.read(share)
    assert "&lt;b&gt;{reader}&lt;/b&gt; %s" in page
    assert "<b>{reader}</b> %s keeps this page" in share.events.get().wording


def test_a_named_worker_is_told_in_their_list(kept, priya, priyas_browser):
    make_share(kept, email=priya.email)
    assertContains(
        priyas_browser.get(reverse("workers:with_me")), "Shared by Rosa, who keeps this page"
    )


@pytest.mark.parametrize("email", ["", "priya@example.org"])
def test_the_email_says_that_the_page_is_kept(rosas_browser, kept, email):
    share = make_share(kept, email=email)
    said = {"email": "priya@example.org", "say_name": "on"}
    assert rosas_browser.post(at("send", share), said).status_code == 302
    (message,) = mail.outbox
    assert "Rosa keeps a page for somebody" in message.body
    assert "Whoever keeps the page can see" in message.body
    said = re.sub(r"/s/\S+", "", message.subject + message.body)  # a key may hold any letters
    assert not re.search("Jo|rosa@|their page", said)


def test_the_ledger_and_the_receipt_never_call_it_consent(rosas_browser, kept):
    share = go_through(rosas_browser)
    rosas_browser.post(at("pause", share))
    rosas_browser.post(at("resume", share))
    rosas_browser.post(at("stop", share))
    page = rosas_browser.get(at("exports:receipt", share))
    for said in [
        NOT_YET,
        "Rosa, who kept this page then, shared it with Oak School.",
        "Rosa decided, and says that the person told them yes.",
        "Rosa says: They pointed, or looked at it.",
        "Rosa says: I used pictures or signs.",
        "What Rosa was shown:",
        "Rosa, who kept this page then, stopped sharing with Oak School.",
    ]:
        assertContains(page, said)
    assertNotContains(page, "You shared")
    terms = [json.loads(event.terms) for event in share.events.all()]
    assert {(one["by"], one["keeper"]) for one in terms} == {("keeper", "Rosa")}
    receipt = as_data(receipt_for(share), site="https://example.org", contact="")
    assert problems(receipt) == []
    assert "consent" not in json.dumps(receipt["events"])
    assert {event["entity_id"] for event in receipt["events"]} == {"keeper"}
    (processing,) = receipt["pii_processing"]
    assert processing["purposes"][0]["lawful_basis"].startswith("a decision made for the person")


def test_what_was_decided_for_them_is_told_by_right_and_by_whom(rosas_browser, kept):
    share = go_through(rosas_browser, **FOR_THEM)
    page = rosas_browser.get(at("share", share))
    assertContains(page, "It was decided by Rosa, their mother.")
    assertContains(page, "parental responsibility")
