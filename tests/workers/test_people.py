"""A named worker: only that account, and a list of those who share with it."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from profiles.accounts.models import User
from profiles.sharing import actions
from profiles.sharing.models import Share
from tests.factories import I_DECIDED, make_page, make_share, make_user, say, signed_in
from tests.names import assert_names_nobody
from tests.readers import ReaderWithLink, address

pytestmark = pytest.mark.django_db
WITH_ME = reverse("workers:with_me")


@pytest.fixture
def share(anas_page, priya) -> Share:
    cache.clear()
    return make_share(anas_page, email=priya.email, reader_name="Priya")


@pytest.fixture
def worker(priyas_browser) -> ReaderWithLink:
    return ReaderWithLink(name="Priya", role="support worker", browser=priyas_browser)


def test_that_account_can_open_it(share, worker):
    assert "Tea first" in worker.read(share)


@pytest.mark.parametrize("channel", ["html", "pdf", "text", "json"])
def test_no_other_account_can_and_nobody_signed_out(share, dees_browser, channel):
    for browser in (dees_browser, Client()):
        somebody = ReaderWithLink(browser=browser)
        assert somebody.come_in(share).status_code == 410
        assert somebody.ask(share, channel).status_code == 302
    assert not share.looks.exists()


def test_its_doorstep_says_no_name_and_where_to_sign_in_without_the_key(share, client):
    page = client.get(address("reading:doorstep", share.key))
    assertContains(page, "Sign in with the email address that this link was sent to")
    assertNotContains(page, "Priya")
    assert_names_nobody(page, "Ana")
    assertContains(page, f"/account/login/?next={WITH_ME}")


def test_somebody_signed_in_as_another_is_told_so(share, dees_browser):
    page = dees_browser.get(address("reading:doorstep", share.key))
    assertContains(page, "You are signed in as dee@example.org")


def test_signing_out_closes_what_they_had_open(share, worker):
    worker.come_in(share)
    worker.browser.post(reverse("account_logout"))
    assert worker.ask(share).status_code == 302


def test_it_goes_with_the_account_when_that_changes_its_address(share, worker, priya):
    worker.read(share)
    User.objects.filter(pk=priya.pk).update(email="priya.k@example.org")
    assert worker.ask(share).status_code == 200
    newcomer = make_user("priya@example.org")
    browser = signed_in(newcomer)
    assert ReaderWithLink(browser=browser).come_in(share).status_code == 410
    assert_names_nobody(browser.get(WITH_ME), "Ana")


def test_opening_the_link_alone_binds_no_account(share, worker):
    worker.open(share.key)
    share.refresh_from_db()
    assert share.worker is None


def test_the_address_of_a_worker_is_not_in_the_database_in_the_clear(share):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT worker_email, worker_digest FROM profiles_share")
        sealed, digest = cursor.fetchone()
    assert b"priya" not in bytes(sealed)
    assert "priya" not in digest


def test_what_they_said_of_themselves_is_there_the_next_time(share, worker):
    worker.come_in(share)
    page = worker.open(share.key)
    assertContains(page, 'value="support worker"')


# ---- the list


def test_the_list_has_those_who_share_with_this_worker(priyas_browser, share):
    page = priyas_browser.get(WITH_ME)
    assertContains(page, "Ana’s page")
    assertContains(page, "You have not read it yet.")
    assertContains(page, address("reading:doorstep", share.key))


def test_it_is_for_that_account_alone(dees_browser, client, share):
    assertContains(dees_browser.get(WITH_ME), "Nobody shares with you")
    assert_names_nobody(dees_browser.get(WITH_ME), "Ana")
    assert client.get(WITH_ME).status_code == 302


def test_a_link_for_everybody_is_in_nobodys_list(priyas_browser, anas_page):
    make_share(anas_page)
    assertContains(priyas_browser.get(WITH_ME), "Nobody shares with you")


def test_it_says_what_is_new_since_they_last_read(priyas_browser, anas_page, share, worker):
    worker.read(share)
    assertContains(priyas_browser.get(WITH_ME), "Nothing has changed since then.")
    say(anas_page, "important", "Coffee.")
    say(anas_page, "sleep", "Hall light.")  # not shared with her
    page = priyas_browser.get(WITH_ME)
    assertContains(page, "<b>What matters most to me</b>")
    assertNotContains(page, "My nights")


def test_a_name_that_is_kept_is_not_in_the_list(priyas_browser, anas_page, share):
    say(anas_page, "call_me", "Ana", only_me=True)
    page = priyas_browser.get(WITH_ME)
    assertContains(page, "A page without a name")
    assert_names_nobody(page, "Ana")


def test_of_an_old_first_line_only_the_name_is_in_the_list(priyas_browser, anas_page, share):
    say(anas_page, "call_me", "Ana (not Anna)")
    assertContains(priyas_browser.get(WITH_ME), "Ana’s page")


def test_nothing_is_said_to_be_closed_while_all_is_open(priyas_browser, share):
    page = priyas_browser.get(WITH_ME)
    assertContains(page, "Ana’s page")
    assertNotContains(page, "is closed")


@pytest.mark.parametrize("verb", ["pause", "stop"])
def test_what_is_closed_is_in_it_without_a_name(priyas_browser, ana, share, verb):
    getattr(actions, verb)(share=share, by=ana)
    page = priyas_browser.get(WITH_ME)
    assertContains(page, "is closed. If you still need it, ask the person.")
    assert_names_nobody(page, "Ana")
    assertNotContains(page, share.key)


def test_fewer_topics_than_before_are_no_news_of_what_they_were(
    priyas_browser, ana, anas_page, worker
):
    say(anas_page, "sleep", "Hall light.")
    named = make_share(anas_page, email="priya@example.org", topics=["important", "sleep"])
    worker.read(named)
    actions.change_what(
        share=named, by=ana, topics=["important"], with_photo=False, may_print=True,
        decided=I_DECIDED,
    )  # fmt: skip
    assertNotContains(priyas_browser.get(WITH_ME), "My nights")


def test_two_people_share_with_one_worker(priyas_browser, share):
    bo = make_user("bo@example.org")
    make_share(make_page(bo, call_me="Bo", important="Quiet."), email="Priya@Example.org")
    page = priyas_browser.get(WITH_ME)
    assertContains(page, "Ana’s page")
    assertContains(page, "Bo’s page")
