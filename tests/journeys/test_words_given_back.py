"""Words that cannot be kept come back on a page that is open to everybody, with the way on."""

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from profiles.core import rate_limits
from profiles.supporters import actions
from tests.accessibility import problems_here
from tests.factories import make_page, make_supporter, make_user
from tests.journeys.conftest import Browsers
from tests.journeys.steps import expect_heading, press

pytestmark = pytest.mark.once
CLIPBOARD = ["clipboard-read", "clipboard-write"]
NOT_SAVED = "These words are not saved"
WORDS = "She likes the window open.\n" + "Llanfairpwllgwyngyll" * 6 + "\nالشاي أولاً، ثم نتكلم."


def ask(window: Page) -> None:
    """Type a question to see somebody's page."""
    window.goto("/with-me/ask/")
    for label, said in (("code", "7KQ3-M9XT"), ("name", "Priya"), ("role", "nurse")):
        window.locator(f"[name={label}]").fill(said)
    window.locator("[name=why]").fill(WORDS)


def are_given_back(window: Page, title: str = NOT_SAVED) -> None:
    expect_heading(window, title)
    expect(window.get_by_role("textbox").last).to_have_value(WORDS)
    window.get_by_role("button", name="Copy", exact=True).last.click()
    expect(window.get_by_role("button", name="Copied")).to_be_visible()
    assert window.evaluate("navigator.clipboard.readText()") == WORDS
    assert problems_here(window) == [], title


def test_they_come_back_to_whoever_was_signed_out_or_asked_too_much(
    browsers: Browsers, transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = browsers.open(make_user("priya@example.org"), permissions=CLIPBOARD)
    with monkeypatch.context() as patch:
        patch.setattr(rate_limits.ratelimit, "consume", lambda *_, **__: None)
        ask(window)
        press(window, "Ask")
        are_given_back(window, "That was a lot of tries in a short time")
    ask(window)
    window.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)  # in another window
    press(window, "Ask")
    are_given_back(window)
    window.get_by_role("main").get_by_role("link", name="Sign in").click()
    assert window.url.endswith("?next=/with-me/ask/")
    window.goto("/me/looked/?about_page=x")  # where an email leads, pressed where nobody is in
    expect_heading(window, "No page is open here")
    assert problems_here(window) == []
    window.get_by_role("main").get_by_role("link", name="Sign in").click()
    assert window.url.endswith("?next=/me/looked/%3Fabout_page%3Dx")


def test_they_come_back_to_whoever_helps_no_more_and_it_is_said(
    browsers: Browsers, transactional_db: None
) -> None:
    dee = make_user("dee@example.org")
    jos_page = make_page(make_user("jo@example.org"), call_me="Jo", important="Tea first.")
    helper = make_supporter(jos_page, dee)
    window = browsers.open(dee, permissions=CLIPBOARD)
    window.goto(f"/helping/{helper.ref}/suggest/matters/important/")
    window.get_by_label("Your words").fill(WORDS)
    actions.stop(supporter=helper, by=jos_page.owner)
    press(window, "Suggest this")
    are_given_back(window)
    window.goto(f"/helping/{helper.ref}/")
    expect_heading(window, "You do not help them any more")
    assert problems_here(window) == []
    window.get_by_role("main").get_by_role("link", name="People I help").click()
    expect_heading(window, "People I help")
