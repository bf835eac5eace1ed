"""A page that was begun without an account comes along into it, and no word of it is lost."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from profiles.accounts.models import User
from profiles.answers.actions import Words
from profiles.answers.draft_actions import save_draft
from profiles.pages import actions, rules
from profiles.pages.models import Profile, chosen_page
from profiles.photos.actions import add_photo
from profiles.photos.images import take_in
from profiles.topics.load import load
from tests.accounts.test_sign_in import sign_in
from tests.at_once import at_once
from tests.factories import make_page, make_user, say, texts
from tests.photos.photos import as_file, corners

BEGIN = reverse("pages:start")
ROUNDS = 12


@pytest.fixture(autouse=True)
def nobody_has_tried(db: None) -> None:
    cache.clear()


@pytest.fixture
def full(ana: User, monkeypatch: pytest.MonkeyPatch) -> User:
    """Somebody who has as many pages as can be begun."""
    monkeypatch.setattr(rules, "MOST_PAGES", 2)
    make_page(ana, call_me="Ana")
    make_page(ana, call_me="Nan")
    return ana


def visitor_who_wrote(*words: str) -> Client:
    browser = Client()
    for each in words:
        browser.post(BEGIN, {"who": "me", "language": "en"})
        page = Profile.objects.unclaimed().latest("pk")
        say(page, "call_me", each)
    return browser


def test_words_come_along_into_a_full_account_and_it_is_said(full: User) -> None:
    browser = visitor_who_wrote("Jo", "Sam")
    answer = browser.get(sign_in(browser).url)
    assert {page.name for page in Profile.objects.of(full)} == {"Ana", "Nan", "Jo", "Sam"}
    assertContains(answer, "nothing is lost. You have 4 pages here now")
    assertContains(answer, "fewer than 2")
    assertNotContains(browser.get(reverse("pages:choose")), "nothing is lost")


def test_then_no_other_can_be_begun_until_there_are_fewer(full: User) -> None:
    browser = visitor_who_wrote("Jo")
    sign_in(browser)
    refused = browser.post(BEGIN, {"who": "me", "language": "en"})
    assertContains(refused, "That is the most we can keep", status_code=422)
    for page in Profile.objects.of(full)[:2]:
        actions.delete_page(profile=page)
    assert browser.post(BEGIN, {"who": "me", "language": "en"}).status_code == 302


def test_an_account_with_room_is_told_nothing_of_it(ana: User) -> None:
    browser = visitor_who_wrote("Jo")
    assertNotContains(browser.get(sign_in(browser).url), "nothing is lost")


def test_a_page_that_was_only_begun_comes_along_where_there_is_no_other(ana: User) -> None:
    page, other = make_page(), make_page()
    assert actions.adopt(profile=page, by=ana)
    assert not actions.adopt(profile=other, by=ana)  # begun and left
    assert [*Profile.objects.all()] == [*Profile.objects.of(ana)] == [page]


@pytest.mark.parametrize("has", ["a photo", "words half typed"])
def test_one_with_a_photo_or_half_typed_words_alone_is_not_blank(ana: User, has: str) -> None:
    page, _ = make_page(), make_page(ana, call_me="Ana")
    topic = load().topic("calm")
    if has == "a photo":
        add_photo(profile=page, whole=take_in(as_file(corners())), alt="Jo")
    else:
        words = Words(text="Sit n")
        save_draft(profile=page, topic=topic, words=words, started_from=0, version="")
    assert actions.adopt(profile=page, by=ana)


def test_the_page_that_came_along_opens_first(ana: User) -> None:
    page, other = make_page(call_me="Jo"), make_page(ana, call_me="Ana")
    actions.choose(profile=other)
    assert actions.adopt(profile=page, by=ana)
    assert chosen_page.first(ana.pk) == page


def test_a_page_that_is_tidied_away_meanwhile_is_no_error(ana: User) -> None:
    page = make_page(call_me="Jo")
    actions.delete_page(profile=Profile.objects.get(pk=page.pk))
    assert not actions.adopt(profile=page, by=ana)


@pytest.mark.django_db(transaction=True)
def test_words_that_are_saved_while_somebody_signs_in_are_not_lost() -> None:
    ana = make_user("ana@example.org")
    make_page(ana, call_me="Ana")
    for number in range(ROUNDS):
        page = make_page()
        said = f"Jo {number}"

        def write(page: Profile = page, said: str = said) -> bool:
            try:
                say(page, "call_me", said)
            except Profile.DoesNotExist:
                return False  # and so they are told
            return True

        def move(page: Profile = page) -> bool:
            return actions.adopt(profile=Profile.objects.get(pk=page.pk), by=ana)

        written, _ = at_once([write, move])
        if written:
            assert texts(Profile.objects.of(ana).get(pk=page.pk), "call_me") == [said]
