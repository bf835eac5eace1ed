"""Words that cannot be kept come back on a page that is open to everybody, with the way on."""

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from profiles.accounts import recent_login
from profiles.core import rate_limits
from profiles.core.bodies import LONGEST_FORM
from profiles.supporters import actions
from tests.accessibility import check, problems_here
from tests.factories import make_card, make_page, make_share, make_supporter, make_user
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


def send_as_it_is(window: Page, to: str = "") -> None:
    """Send the form past what our scripts and the page itself would say."""
    window.locator("form:has([name=why])").evaluate(
        "(form, to) => { if (to) form.action = to; HTMLFormElement.prototype.submit.call(form) }",
        to,
    )
    window.wait_for_load_state()


def test_they_come_back_where_they_are_too_long_or_their_page_is_gone(
    browsers: Browsers, transactional_db: None
) -> None:
    window = browsers.open(make_user("priya@example.org"))
    ask(window)
    send_as_it_is(window, to="/helping/nobody/suggest/matters/important/")
    expect_heading(window, NOT_SAVED)
    expect(window.get_by_label("Your name")).to_have_value("Priya")
    expect(window.get_by_label("Why would you like to read")).to_have_value(WORDS)
    assert check(window) == []
    ask(window)
    window.locator("[name=why]").fill("a" * LONGEST_FORM)
    send_as_it_is(window)
    expect_heading(window, "That is too long")
    expect(window.get_by_label("What you do")).to_have_value("nurse")
    assert check(window) == []


def test_they_come_back_to_whoever_signed_in_a_while_ago_or_saved_the_card_elsewhere(
    browsers: Browsers, transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    priya = make_user("priya@example.org")
    window = browsers.open(priya)
    window.goto("/with-me/hello/")
    window.get_by_label("Your name").fill("Priya")
    window.get_by_label("What I enjoy").fill("Rovers.")
    make_card(priya)  # in another window
    press(window, "Save my card")
    expect(window.get_by_text("Your card was changed in another window")).to_be_visible()
    expect(window.get_by_label("What I enjoy")).to_have_value("Rovers.")
    assert problems_here(window) == []
    was_here = [True]
    monkeypatch.setattr(recent_login, "_was_here", lambda request: all(was_here))
    window.goto("/account/email/")
    window.get_by_role("textbox").fill("new@example.org")
    was_here.append(False)  # half an hour later
    window.locator("main form button").first.click()
    expect_heading(window, NOT_SAVED)
    expect(window.get_by_role("textbox")).to_have_value("new@example.org")
    assert problems_here(window) == []


def test_where_a_browser_lets_nobody_copy_the_words_are_marked(browsers: Browsers) -> None:
    ana = make_user("ana@example.org")
    share = make_share(make_page(ana, call_me="Ana"))
    window = browsers.open(ana)  # with no leave to write what is copied
    window.goto(f"/me/sharing/{share.ref}/")
    press(window, "Copy the link")
    expect(window.get_by_role("button", name="It is marked. Copy it yourself")).to_be_visible()
    assert share.key in window.evaluate("getSelection().toString()")
