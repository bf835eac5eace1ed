"""What becomes of a page afterwards: earlier words, other colours, an account, and the end."""

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from profiles.accounts.models import DataKey, User
from profiles.answers.models import Answer
from profiles.pages.models import Profile
from tests.factories import make_page, make_user, say
from tests.journeys.conftest import Browsers
from tests.journeys.steps import choose, expect_heading, first_words, follow, press, sign_in

EMAIL = "jo@example.org"
FIRST, SECOND = "Tea first.", "Coffee, never tea."


@pytest.fixture(autouse=True)
def nobody_has_tried(transactional_db: None) -> None:
    """The count of tries at signing in outlives a test, as it outlives a process."""
    cache.clear()


def test_earlier_words_can_be_brought_back(browsers: Browsers, scripted: bool) -> None:
    jo = given_jo_changed_their_mind(browsers, scripted)
    when_jo_looks_at_earlier_words(jo)
    press_bring_back_in_the_older_row(jo)
    expect(first_words(jo, "important")).to_have_text(FIRST)
    then_nothing_was_lost(jo)


def given_jo_changed_their_mind(browsers: Browsers, scripted: bool) -> Page:
    page = make_page(call_me="Jo", important=FIRST)
    say(page, "important", SECOND)
    return browsers.open(page, java_script_enabled=scripted)


def when_jo_looks_at_earlier_words(jo: Page) -> None:
    jo.goto("/me/matters/important/")
    follow(jo, "See my earlier words")
    expect_heading(jo, "Your earlier words: What matters most to me")
    expect(jo.locator(".words")).to_have_text([SECOND, FIRST])


def press_bring_back_in_the_older_row(jo: Page) -> None:
    jo.get_by_role("button", name="Bring this back").click()


def then_nothing_was_lost(jo: Page) -> None:
    jo.goto("/me/matters/important/earlier/")
    expect(jo.locator(".words")).to_have_text([FIRST, SECOND, FIRST])


def test_an_earlier_page_can_be_brought_back(browsers: Browsers, scripted: bool) -> None:
    page = make_page(call_me="Jo", important=FIRST)
    jo = browsers.open(page, java_script_enabled=scripted)
    jo.goto("/me/page/")
    say(page, "important", SECOND)
    jo.goto("/me/page/")
    jo.goto("/me/earlier/")
    expect(jo.get_by_role("heading", name="Edition")).to_have_text(["Edition 2", "Edition 1"])
    follow(jo, "See it: edition 1")
    expect(jo.locator(".sheet")).to_contain_text(FIRST)
    press(jo, "Bring this back")
    expect_heading(jo, "Hello, I’m Jo")
    expect(jo.locator(".sheet")).to_contain_text(FIRST)


def test_text_and_colours_change_every_page(browsers: Browsers, scripted: bool) -> None:
    jo = browsers.open(make_page(call_me="Jo"), java_script_enabled=scripted)
    jo.goto("/me/")
    before = the_looks_of(jo)
    follow(jo, "Text and colours")
    choose(jo, "Biggest")
    choose(jo, "Light words on a dark page")
    press(jo, "Use these")
    expect(jo.get_by_text("Every page on this device will look like this")).to_be_visible()
    follow(jo, "Go back to where I was")
    expect_heading(jo, "Hello Jo")
    after = the_looks_of(jo)
    assert after["size"] > before["size"]
    assert after["brightness"] < before["brightness"]


def the_looks_of(window: Page) -> dict[str, float]:
    """How big a page's words are, and how bright it is behind them."""
    window.wait_for_load_state()  # before its stylesheet is there, there is nothing behind
    found: dict[str, float] = window.evaluate(
        """() => {
        const style = getComputedStyle(document.body);
        const behind = [document.body, document.documentElement]
            .map((element) => getComputedStyle(element).backgroundColor)
            .find((colour) => !colour.endsWith(", 0)"));
        const [red, green, blue] = behind.match(/[\\d.]+/g).map(Number);
        return {size: parseFloat(style.fontSize), brightness: red + green + blue};
        }"""
    )
    return found


def test_signing_in_keeps_the_page_until_it_is_deleted(browsers: Browsers, scripted: bool) -> None:
    page = make_page(call_me="Jo", important=FIRST)
    jo = browsers.open(page, java_script_enabled=scripted)
    when_jo_signs_in_to_keep_it(jo)
    then_the_page_belongs_to_the_account(page)
    when_jo_signs_out_the_page_is_closed(jo)
    another = browsers.open(java_script_enabled=scripted)
    when_jo_comes_back_on_another_device(another)
    when_jo_deletes_everything(another)
    then_nothing_of_jo_is_left()


def when_jo_signs_in_to_keep_it(jo: Page) -> None:
    jo.goto("/me/")
    follow(jo, "Sign in to keep this page")
    sign_in(jo, EMAIL)
    expect_heading(jo, "Hello Jo")
    expect(jo.get_by_text("You are signed in. What you write here is kept.")).to_be_visible()


def then_the_page_belongs_to_the_account(page: Profile) -> None:
    page.refresh_from_db()
    assert page.owner == User.objects.get(email=EMAIL)


def when_jo_signs_out_the_page_is_closed(jo: Page) -> None:
    press(jo, "Sign out")
    expect_heading(jo, "Say it once, in your own words")
    jo.goto("/me/")
    expect_heading(jo, "No page is open here")


def when_jo_comes_back_on_another_device(jo: Page) -> None:
    jo.goto("/")
    jo.get_by_role("main").get_by_role("link", name="Sign in").click()
    sign_in(jo, EMAIL)
    follow(jo, "What matters to me")
    expect(first_words(jo, "important")).to_have_text(FIRST)


def when_jo_deletes_everything(jo: Page) -> None:
    jo.goto("/me/delete/")
    expect(jo.get_by_text("Paper you have printed, and files you have saved")).to_be_visible()
    press(jo, "Delete this page for good")
    expect(jo.get_by_role("alert")).to_contain_text("Tick the box")
    choose(jo, "Yes, delete it all")
    press(jo, "Delete this page for good")
    expect_heading(jo, "Your page is deleted")


def then_nothing_of_jo_is_left() -> None:
    for table in (User, Profile, Answer, DataKey):
        assert not table.objects.exists()


def test_two_pages_in_one_account_both_stay(browsers: Browsers, scripted: bool) -> None:
    owner = make_user(EMAIL)
    make_page(owner, call_me="Jo at home")
    jo = browsers.open(make_page(call_me="Jo in hospital"), java_script_enabled=scripted)
    jo.goto("/account/login/")
    sign_in(jo, EMAIL)
    expect_heading(jo, "Which page would you like to open?")
    press(jo, "Open this one: Jo at home’s page")
    expect_heading(jo, "Hello Jo at home")
    follow(jo, "Open another page")
    press(jo, "Open this one: Jo in hospital’s page")
    expect_heading(jo, "Hello Jo in hospital")
