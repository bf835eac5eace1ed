"""Somebody writes "Tea.", is asked once which, and may leave it."""

from playwright.sync_api import Page, expect

from profiles.pages.models import Profile
from profiles.topics.load import load
from tests.factories import texts
from tests.journeys.conftest import Browsers
from tests.journeys.steps import box, choose, expect_heading, follow, press, say

TEA = "Which tea? How do you like it?"
PEOPLE = load().topic("people").question


def test_a_bit_more_is_asked_once(browsers: Browsers, scripted: bool) -> None:
    jo = browsers.open(java_script_enabled=scripted)
    given_a_page_begun(jo)
    jo.goto("/me/matters/important/")
    say(jo, "important", "Tea.")
    expect_heading(jo, TEA)
    expect(jo.get_by_text("What you wrote is saved")).to_be_visible()
    follow(jo, "Add a bit more")
    expect(box(jo, "important")).to_have_value("Tea.")
    expect(jo.locator(".prompts")).to_have_text(TEA)
    say(jo, "important", "Tea. Green, in my tall cup.")
    expect_heading(jo, PEOPLE)
    assert texts(Profile.objects.get(), "important") == ["Tea.", "Tea. Green, in my tall cup."]


def test_it_is_right_as_it_is(browsers: Browsers, scripted: bool) -> None:
    jo = browsers.open(java_script_enabled=scripted)
    given_a_page_begun(jo)
    jo.goto("/me/matters/important/")
    say(jo, "important", "Tea.")
    follow(jo, "It is right as it is")
    expect_heading(jo, PEOPLE)
    jo.goto("/me/matters/important/")
    say(jo, "important", "Tea, please.")
    expect_heading(jo, PEOPLE)
    assert texts(Profile.objects.get(), "important") == ["Tea.", "Tea, please."]


def given_a_page_begun(jo: Page) -> None:
    jo.goto("/start/")
    choose(jo, "Me")
    press(jo, "Begin")
    say(jo, "call_me", "Jo", then="Save and stop for now")
