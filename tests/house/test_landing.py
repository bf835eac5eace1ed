"""Where somebody lands who signs in: at their own page, or else at the people they have."""

import re
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from profiles.accounts.models import User
from profiles.house.landing import lists_of
from profiles.pages.actions import delete_page
from profiles.pages.models import Profile
from profiles.sharing import actions as sharing
from profiles.sharing.models import Share
from profiles.supporters import actions as helping
from profiles.supporters import handing
from tests.accounts.test_sign_in import ASK, CONFIRM, code_from_email, sign_in
from tests.factories import (
    ask_for_help,
    make_card,
    make_kept_page,
    make_page,
    make_share,
    make_supporter,
    make_user,
    say,
)
from tests.names import assert_names_nobody

pytestmark = pytest.mark.django_db
ME, START = reverse("house:me"), reverse("pages:start")
WITH_ME, HELPING = reverse("workers:with_me"), reverse("supporters:home")
LINKS = {WITH_ME: "People who share with me", HELPING: "People I help", ME: "My page"}


def lands(browser: Client) -> str:
    """Where somebody is who has just signed in."""
    answer = sign_in(browser, "dee@example.org")
    answer = browser.get(answer.url, follow=True)
    assert answer.status_code == 200
    return answer.request["PATH_INFO"]


def menu(browser: Client, at: str) -> list[str]:
    """Which of the three lists the menu leads to."""
    bar = browser.get(at).content.decode().partition("</nav>")[0]
    return [where for where, words in LINKS.items() if f'href="{where}">{words}</a>' in bar]


def next_in(page: HttpResponse) -> str:
    """Where a form says that it leads."""
    found = re.search(r'name="next" value="([^"]*)"', page.content.decode())
    assert found
    return found[1]


def test_somebody_new_is_asked_who_the_page_is_for(client):
    assert lands(client) == START
    assert menu(client, START) == [ME]


def test_a_person_with_a_page_of_their_own_lands_there(client, dee, anas_page):
    make_page(dee, call_me="Dee")
    make_share(anas_page, email=dee.email)
    make_supporter(anas_page, dee)
    assert lands(client) == ME
    assert {*menu(client, ME)} == {ME, WITH_ME, HELPING}


def test_a_worker_lands_at_the_people_who_share(client, anas_page):
    make_share(anas_page, email="dee@example.org")
    assert lands(client) == WITH_ME
    assert menu(client, WITH_ME) == [WITH_ME]


def test_a_helper_lands_at_the_people_they_help(client, dee, anas_page):
    make_supporter(anas_page, dee)
    assert lands(client) == HELPING
    assert menu(client, HELPING) == [HELPING]


def test_whoever_has_both_is_led_from_each_to_the_other(client, dee, anas_page):
    make_supporter(anas_page, dee)
    make_share(anas_page, email=dee.email)
    assert lands(client) == WITH_ME
    for here, there in [(WITH_ME, HELPING), (HELPING, WITH_ME)]:
        main = client.get(here).content.decode().partition("<main")[2].partition("</main>")[0]
        assert f'href="{there}"' in main
    assert {*menu(client, HELPING)} == {WITH_ME, HELPING}


def test_a_visitors_page_comes_along_and_they_land_there(visitor, anas_page):
    make_share(anas_page, email="dee@example.org")
    assert lands(visitor) == ME


@pytest.mark.parametrize("ended", ["stop", "pause"])
def test_whose_last_share_has_ended_keeps_a_kind_page(client, ana, anas_page, ended):
    share = make_share(anas_page, email="dee@example.org")
    getattr(sharing, ended)(share=share, by=ana)
    assert lands(client) == WITH_ME
    assertContains(client.get(WITH_ME), "Nobody shares with you at this address just now.")


def test_whose_last_share_ran_out_does_too(client, anas_page):
    share = make_share(anas_page, email="dee@example.org")
    past = timezone.now() - timedelta(days=1)
    Share.objects.filter(pk=share.pk).update(ends_at=past)
    assert lands(client) == WITH_ME


def test_a_worker_whose_people_are_all_gone_keeps_their_card(client, dee, anas_page):
    make_card(dee)
    assert lands(client) == WITH_ME


def test_who_helps_nobody_any_more_lands_at_a_kind_page(client, ana, dee, anas_page):
    supporter = make_supporter(anas_page, dee)
    helping.stop(supporter=supporter, by=ana)
    assert lands(client) == HELPING
    assertContains(client.get(HELPING), "Nobody just now.")


def test_people_of_today_come_before_those_of_before(client, ana, dee, anas_page):
    sharing.stop(share=make_share(anas_page, email=dee.email), by=ana)
    make_supporter(anas_page, dee)
    assert lands(client) == HELPING


def test_who_was_asked_to_help_is_told_to_open_the_link_again(client, anas_page):
    ask_for_help(anas_page, email="dee@example.org")
    assert lands(client) == HELPING
    page = client.get(HELPING)
    assertContains(page, "open the link in that email")
    assert_names_nobody(page, "Ana")


def test_who_was_offered_a_page_is_told_to_open_the_link_again(client):
    page = make_kept_page()
    assert page.kept_by
    handing.offer(profile=page, by=page.kept_by, email="dee@example.org", keeper_name="Rosa")
    assert lands(client) == HELPING
    assertNotContains(client.get(HELPING), "Rosa")


def test_a_link_leads_to_what_it_was_for(client, anas_page):
    key = ask_for_help(anas_page, email="dee@example.org")
    there = reverse("supporters:invitation", kwargs={"key": key})
    asked = client.get(f"{reverse('account_login')}?next={there}", follow=True)
    told = client.post(ASK, {"email": "dee@example.org", "next": next_in(asked)}, follow=True)
    assertContains(told, f'?next={there}"')  # the way back, to use another address
    again = client.post(CONFIRM, {"action": "resend", "next": next_in(told)}, follow=True)
    assert len(re.findall(r'name="next" value', told.content.decode())) == 2  # of either button
    typed = {"code": code_from_email(), "next": next_in(again)}
    assert client.post(CONFIRM, typed).url == there
    answer = client.post(there, {"say": "yes"}, follow=True)
    assertContains(answer, "Ana")
    assert client.get(ME, follow=True).request["PATH_INFO"] == HELPING


def test_a_second_window_that_signs_in_again_is_led_the_same_way(client, anas_page):
    make_share(anas_page, email="dee@example.org")
    lands(client)
    again = client.get(reverse("account_login"), follow=True)
    assertRedirects(again, WITH_ME)


def test_the_address_of_ones_own_page_leads_them_there_too(client, anas_page):
    make_share(anas_page, email="dee@example.org")
    lands(client)
    assertRedirects(client.get(ME), WITH_ME)
    assertContains(client.get(reverse("sharing:home"), follow=True), f'href="{WITH_ME}"')


def test_who_begins_or_loses_a_page_lands_as_they_are_now(client, dee, anas_page):
    make_share(anas_page, email=dee.email)
    assert lands(client) == WITH_ME
    mine = make_page(dee, call_me="Dee")
    assert client.get(ME).status_code == 200
    delete_page(profile=mine)
    assertRedirects(client.get(ME), WITH_ME)


def test_a_worker_can_still_begin_a_page(client, anas_page):
    make_share(anas_page, email="dee@example.org")
    lands(client)
    assertContains(client.get(WITH_ME), f'href="{START}"')


def test_the_account_of_another_address_is_led_to_nobodys_people(dee, anas_page):
    make_share(anas_page, email=dee.email)
    make_supporter(anas_page, dee)
    other: User = make_user("dee2@example.org")
    found = lists_of(other)
    assert not (found.worker or found.helper or found.own)


def test_it_takes_one_question(dee, django_assert_num_queries, anas_page: Profile):
    make_share(anas_page, email=dee.email)
    with django_assert_num_queries(1):
        assert lists_of(dee).shared_with


# ---- on a shared computer


def test_who_signs_in_is_told_whose_page_comes_along(visitor, visitors_page):
    assertContains(visitor.get(ASK), "Jo’s page was begun on this device.")
    say(visitors_page, "call_me", "")
    assertContains(visitor.get(ASK), "A page was begun on this device.")


def test_nothing_is_told_where_no_page_comes_along(client, visitor, visitors_page):
    assertNotContains(client.get(ASK), "begun on this device")
    delete_page(profile=visitors_page)
    assertNotContains(visitor.get(ASK), "begun on this device")
