"""Nobody writes alone: somebody is asked to help, suggests, writes side by side, and is stopped."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from playwright.sync_api import Page, expect

from profiles.accounts.models import User
from profiles.pages.actions import start_page
from profiles.pages.models import Profile
from tests.accessibility import check_once_more
from tests.factories import make_page, make_user, say
from tests.journeys.conftest import Browsers
from tests.journeys.steps import choose, expect_heading, follow, press

TEA, ROVERS, NERVES = "Tea before we talk.", "Rovers on Saturdays.", "Tablets for my nerves."
SOUP = "Soup in the blue bowl."


@pytest.fixture
def jo(transactional_db: None) -> User:
    cache.clear()
    return make_user("jo@example.org")


@pytest.fixture
def dee(transactional_db: None) -> User:
    return make_user("dee@example.org")


@pytest.fixture
def jos_page(jo: User) -> Profile:
    page = make_page(jo, call_me="Jo", important=TEA)
    say(page, "health", NERVES, only_me=True)
    return page


@pytest.fixture(autouse=True)
def links_lead_here(settings, live_server) -> None:
    settings.SITE_ADDRESS = live_server.url


def test_somebody_helps_and_the_person_keeps_the_pen(
    browsers: Browsers, scripted: bool, jo: User, dee: User, jos_page: Profile
) -> None:
    person = browsers.open(jo, java_script_enabled=scripted)
    helper = browsers.open(dee, java_script_enabled=scripted, color_scheme="dark")
    when_the_person_asks_her_sister(person)
    when_she_says_yes(helper)
    then_she_sees_the_page_without_what_is_private(helper)
    when_she_suggests_words(helper)
    when_the_person_uses_them(person)
    then_the_page_says_whose_words_they_are(person)
    when_they_write_side_by_side(helper)
    then_the_person_sees_it_all_in_the_log(person)
    when_the_person_stops_it_in_one_press(person)
    then_she_finds_nothing(helper)


def when_the_person_asks_her_sister(person: Page) -> None:
    person.goto("/me/")
    follow(person, "See who helps me, or ask somebody to help")
    follow(person, "Ask somebody to help")
    assert person.locator("main input:checked").count() == 0
    person.get_by_label("What do you call them?").fill("my sister Dee")
    person.get_by_label("Their email address").fill("dee@example.org")
    choose(person, "They can do that, and write with me when we are together")
    press(person, "Carry on")
    expect(person.locator("main")).to_contain_text("Nothing goes on your page until you say yes.")
    press(person, "Yes, ask them")
    expect(person.locator("main")).to_contain_text("Not answered yet")


def when_she_says_yes(helper: Page) -> None:
    (message,) = mail.outbox
    found = re.search(r"http\S+/helping/\S+", message.body)
    assert found
    helper.goto(found[0])
    expect_heading(helper, "Jo asks you to help with their page")
    assert check_once_more(helper) == []
    press(helper, "Yes, I will help")


def then_she_sees_the_page_without_what_is_private(helper: Page) -> None:
    expect(helper.locator(".sheet")).to_contain_text(TEA)
    expect(helper.locator("main")).not_to_contain_text(NERVES)


def when_she_suggests_words(helper: Page) -> None:
    follow(helper, "Suggest words")
    follow(helper, "What matters most to me: said")
    helper.get_by_label("Your words").fill(f"{TEA}\n{ROVERS}")
    press(helper, "Suggest this")
    expect(helper.locator("main")).to_contain_text("Not answered yet.")


def when_the_person_uses_them(person: Page) -> None:
    person.goto("/me/")
    expect(person.locator("main")).to_contain_text("has an idea for")
    person.goto("/me/suggestions/")
    follow(person, "Look at this: What matters most to me")
    expect(person.locator("main")).to_contain_text(ROVERS)
    press(person, "Use the words of my sister Dee")


def then_the_page_says_whose_words_they_are(person: Page) -> None:
    person.goto("/me/page/")
    expect(person.locator(".sheet")).to_contain_text("Said by my sister Dee, and checked with me.")


def when_they_write_side_by_side(helper: Page) -> None:
    helper.goto("/helping/")
    follow(helper, "Open it: Jo’s page")
    follow(helper, "Write together")
    follow(helper, "Eating and drinking")
    helper.get_by_role("textbox").fill(SOUP)
    choose(helper, "Jo’s own words")
    press(helper, "Show Jo the words")
    expect_heading(helper, "Is this right, Jo?")
    press(helper, "Yes, keep it")
    expect(helper.get_by_role("alert")).to_contain_text("Choose how the person said yes")
    choose(helper, "pointing or looking at it")
    press(helper, "Yes, keep it")
    expect_heading(helper, "What shall we write?")


def then_the_person_sees_it_all_in_the_log(person: Page) -> None:
    person.goto("/me/page/")
    expect(person.locator(".sheet")).to_contain_text(SOUP)
    expect(person.locator(".sheet")).to_contain_text("I had help to write this, from my sister Dee")
    person.goto("/me/looked/by-day/")
    for sentence in (
        "said yes to helping you with your page.",
        "looked at your page.",
        "suggested some words.",
        "wrote down words together with you.",
    ):
        expect(person.locator("main")).to_contain_text(sentence)


def when_the_person_stops_it_in_one_press(person: Page) -> None:
    person.goto("/me/helpers/")
    press(person, "Stop their help now: my sister Dee")
    expect(person.locator("main")).to_contain_text("Nobody helps you here just now.")


def then_she_finds_nothing(helper: Page) -> None:
    helper.goto("/helping/")
    expect(helper.locator("main")).not_to_contain_text("Jo’s page")


def test_a_page_that_was_kept_is_handed_over(
    browsers: Browsers, scripted: bool, transactional_db: None
) -> None:
    cache.clear()
    amir, nan = make_user("amir@example.org"), make_user("nan@example.org")
    kept = start_page(for_someone=True, language="en", user=amir)
    say(kept, "call_me", "Nan")
    say(kept, "important", "My rosary.")
    keeper = browsers.open(amir, java_script_enabled=scripted)
    person = browsers.open(nan, java_script_enabled=scripted)
    keeper.goto("/helping/")
    follow(keeper, "Hand it to the person: Nan’s page, which you keep")
    keeper.get_by_label("Their own email address").fill("nan@example.org")
    keeper.get_by_label("What do they call you?").fill("my grandson Amir")
    press(keeper, "Offer it to them")
    (message,) = mail.outbox
    found = re.search(r"http\S+/helping/\S+", message.body)
    assert found
    person.goto(found[0])
    expect_heading(person, "My grandson Amir has written a page about you")
    press(person, "Take my page")
    expect(person.locator("main")).to_contain_text("Waits for your yes")
    keeper.goto("/helping/")
    expect(keeper.locator("main")).not_to_contain_text("Nan")
    follow(person, "Choose what they can do: my grandson Amir")
    choose(person, "They can see it, and suggest words. I decide about each")
    press(person, "Carry on")
    press(person, "Yes, that is right")
    keeper.goto("/helping/")
    follow(keeper, "Open it: Nan’s page")
    expect(keeper.locator(".sheet")).to_contain_text("My rosary.")
