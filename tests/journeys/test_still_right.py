"""Half a year on: is it still right? Two minutes, in as many sittings as it takes."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Page, expect

from profiles.accounts.models import User
from profiles.pages.models import Profile
from profiles.review.models import HALF_A_YEAR
from tests.factories import make_page, make_user
from tests.journeys.conftest import Browsers
from tests.journeys.steps import expect_heading, follow, press, say

pytestmark = pytest.mark.usefixtures("transactional_db")

FIRST, NEW = "Bed at ten.", "Bed at nine, now that I work."


@pytest.fixture
def jo() -> User:
    return make_user("jo@example.org")


@pytest.fixture
def jos_page(jo: User) -> Profile:
    """Jo's page, last checked half a year ago."""
    page = make_page(jo, call_me="Jo", important="Tea first.", sleep=FIRST)
    moment = timezone.now() - HALF_A_YEAR - timedelta(days=1)
    page.reviews.create(with_person=True, begun_at=moment, finished_at=moment)
    return page


def test_a_page_is_checked_in_two_sittings(
    browsers: Browsers, scripted: bool, jo: User, jos_page: Profile
) -> None:
    phone = browsers.open(jo, java_script_enabled=scripted)
    when_home_asks_jo_starts(phone)
    say_that_it_is_still_right(phone, "What to call me", "1 of 3")
    follow(phone, "Stop for now")
    expect(phone.get_by_text("You have looked at 1 of 3.")).to_be_visible()
    library = browsers.open(jo, java_script_enabled=scripted)
    library.goto("/me/")
    press(library, "Go on with the check: Is it still right?")
    say_that_it_is_still_right(library, "What matters most to me", "2 of 3")
    change_what_has_changed(library)
    then_the_page_says_that_it_was_checked(library)


def when_home_asks_jo_starts(jo: Page) -> None:
    jo.goto("/me/")
    press(jo, "Start: Is it still right?")


def say_that_it_is_still_right(jo: Page, topic: str, place: str) -> None:
    expect_heading(jo, topic)
    expect(jo.get_by_text(place)).to_be_visible()
    press(jo, "Still right")


def change_what_has_changed(jo: Page) -> None:
    expect_heading(jo, "My nights")
    expect(jo.get_by_text(FIRST)).to_be_visible()
    follow(jo, "Change: My nights")
    say(jo, "sleep", NEW)


def then_the_page_says_that_it_was_checked(jo: Page) -> None:
    expect(jo.get_by_role("heading", level=1)).to_contain_text("You checked your page on")
    follow(jo, "See my page")
    today = timezone.localdate()
    expect(jo.locator(".sheet")).to_contain_text(NEW)
    expect(jo.locator(".sheet")).to_contain_text(f"Checked with Jo: {today.day} {today:%B %Y}.")


def test_before_hospital_what_a_ward_must_know_comes_first(
    browsers: Browsers, scripted: bool, jo: User
) -> None:
    make_page(jo, call_me="Jo", important="Tea first.", pain="I go quiet.")
    window = browsers.open(jo, java_script_enabled=scripted)
    window.goto("/me/")
    follow(window, "Is it still right? Check it")
    press(window, "I am going into hospital")
    expect_heading(window, "How to tell I am in pain")
    for _ in range(3):
        press(window, "Not now")
    expect_heading(window, "That is all for now")
    expect(window.get_by_text("So the page does not say yet that it was checked.")).to_be_visible()


@pytest.mark.usefixtures("jos_page")
def test_an_email_reminds_and_stops_at_one_press(browsers: Browsers, scripted: bool) -> None:
    call_command("tidy", verbosity=0)
    [address] = re.findall(r"http://testserver(/mail/stop/\S+)", str(mail.outbox[-1].body))
    anybody = browsers.open(java_script_enabled=scripted)
    anybody.goto(address)
    expect_heading(anybody, "Stop these emails?")
    assert Profile.objects.get().reminds_me
    press(anybody, "Stop these emails")
    expect_heading(anybody, "You will get no more of these emails")
    assert not Profile.objects.get().reminds_me
