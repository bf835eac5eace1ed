"""Whom somebody helps, on cards: what is new with each, and a search where they are many."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from profiles.access.models import Happened, Look
from profiles.accounts.models import DataKey, User
from profiles.pages.actions import start_page
from profiles.pages.lists import MANY
from profiles.sharing.models import ConsentEvent
from profiles.supporters import actions
from profiles.supporters.models import Supporter
from tests.factories import (
    ask_for_help,
    make_page,
    make_share,
    make_supporter,
    make_user,
    say,
    signed_in,
)

pytestmark = pytest.mark.django_db
HELPING = reverse("supporters:home")
NEW, CHANGED = "New since then:", "Changed since then:"
NOTHING = "Nothing has changed since then."


@pytest.fixture
def helped(anas_page, dee) -> Supporter:
    return make_supporter(anas_page, dee)


def look(browser: Client, supporter: Supporter) -> None:
    address = reverse("door:helping", kwargs={"ref": supporter.ref})
    assert browser.get(address).status_code == 200


def many(dee: User, count: int, *, first: int = 0) -> list[Supporter]:
    return [
        make_supporter(make_page(make_user(f"{n}@example.org"), call_me=f"P {n}"), dee)
        for n in range(first, first + count)
    ]


def test_a_page_is_new_until_it_is_opened_and_then_says_what_changed(
    dees_browser, anas_page, helped
):
    assertContains(dees_browser.get(HELPING), ">New</span>")
    address = reverse("door:helping", kwargs={"ref": helped.ref})
    dees_browser.head(address)  # is shown to nobody
    assertContains(dees_browser.get(HELPING), ">New</span>")
    look(dees_browser, helped)
    assertContains(dees_browser.get(HELPING), NOTHING)
    say(anas_page, "important", "Coffee.")
    say(anas_page, "sleep", "Dark.")
    page = dees_browser.get(HELPING)
    assertContains(page, f"{CHANGED} <b>What matters most to me</b>")
    assertContains(page, f"{NEW} <b>My nights</b>")


def test_nobody_is_told_of_what_the_person_keeps(dees_browser, anas_page, helped):
    look(dees_browser, helped)
    say(anas_page, "sleep", "A secret.", only_me=True)
    say(anas_page, "important", "Another.", only_me=True)
    assertContains(dees_browser.get(HELPING), NOTHING)
    say(anas_page, "important", "Tea first.\nThen we talk.")
    assertContains(dees_browser.get(HELPING), NOTHING)


def test_two_helpers_of_one_name_each_have_their_own_look(dees_browser, dee, priya, anas_page):
    first = make_supporter(anas_page, dee, name="Sam")
    make_supporter(anas_page, priya, name="Sam")
    look(dees_browser, first)
    other = signed_in(priya)
    assertContains(other.get(HELPING), ">New</span>")


def test_whose_help_was_stopped_is_not_in_the_list_or_found(dees_browser, dee, ana, helped):
    many(dee, MANY)
    assertContains(dees_browser.post(HELPING, {"words": "ana"}), "We found 1 person.")
    actions.stop(supporter=helped, by=ana)
    assertContains(dees_browser.post(HELPING, {"words": "ana"}), "We found nobody")


def test_there_is_a_search_from_ten_people_on_kept_pages_among_them(dees_browser, dee):
    many(dee, MANY - 1)
    assertNotContains(dees_browser.get(HELPING), 'role="search"')
    kept = start_page(for_someone=True, language="en", user=dee)
    say(kept, "call_me", "Ŵyn")
    page = dees_browser.post(HELPING, {"words": "wyn"})
    assertContains(page, "Ŵyn’s page, which you keep")
    assertContains(page, '<section class="card">', count=1)


def test_a_hidden_name_is_not_found(dees_browser, dee, anas_page, helped):
    many(dee, MANY)
    say(anas_page, "call_me", "Zuleika", only_me=True)
    assertContains(dees_browser.post(HELPING, {"words": "zuleika"}), "We found nobody")


def test_thirty_people_take_as_many_questions_as_three(dees_browser, dee):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            dees_browser.get(HELPING)
        return len(queries)

    def live(supporters: list[Supporter]) -> None:
        look(dees_browser, supporters[0])
        say(supporters[0].profile, "sleep", "Dark.")
        say(start_page(for_someone=True, language="en", user=dee), "call_me", "Nan")

    live(many(dee, 3))
    asked()
    few = asked()
    live(many(dee, 25, first=3))
    assert asked() == few


def test_whoever_deletes_their_account_is_told_and_helps_nobody_any_more(
    anas_browser, anas_page, sister
):
    helper, browser = make_supporter(anas_page, sister), Client()
    browser.force_login(sister)
    assertContains(browser.get(reverse("pages:delete")), "Your help for others")
    browser.post(reverse("pages:delete"), {"sure": "on"})
    helper.refresh_from_db()
    assert helper.user is None
    page = anas_browser.get(reverse("supporters:helpers"))
    assertContains(page, "Nobody helps you here just now.")
    assertNotContains(page, "Can see your page")
    key = ask_for_help(anas_page, email=sister.email, may="see")  # she can be asked again
    assert Supporter.objects.asked(key).exists()


def test_the_person_is_told_and_the_ledger_knows_that_they_help_no_more(
    dees_browser, anas_page, helped
):
    make_page(helped.user)
    dees_browser.post(reverse("pages:delete"), {"sure": "on"})
    assert Look.objects.filter(profile=anas_page, happened=Happened.LEFT).count() == 1
    assert anas_page.consent_events.latest("pk").kind == ConsentEvent.Kind.WITHDRAWN


def test_a_page_that_does_not_open_keeps_nobody_who_helps_from_leaving(
    dees_browser, anas_page, helped
):
    make_page(helped.user)
    DataKey.objects.filter(pk=anas_page.data_key_id).update(wrapped=b"lost")
    dees_browser.post(reverse("pages:delete"), {"sure": "on"})
    assert not User.objects.filter(pk=helped.user.pk).exists()
    helped.refresh_from_db(fields=["ended_at"])
    assert helped.ended_at


def test_whoever_deletes_a_page_is_told_what_they_share_goes(anas_browser, anas_page):
    said = "every link closes at once."
    assertNotContains(anas_browser.get(reverse("pages:delete")), said)
    make_share(anas_page)
    assertContains(anas_browser.get(reverse("pages:delete")), said)
    assertNotContains(anas_browser.get(reverse("pages:delete")), "Your help for others")
