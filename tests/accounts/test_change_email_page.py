"""Changing the email address in a real browser, with a script and without."""

from typing import Any

import pytest
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from tests.accessibility import check, check_every_way
from tests.factories import make_page, make_user
from tests.journeys.steps import code_from_email, expect_heading, follow, press, sign_in
from tests.journeys.watch import Watch


@pytest.mark.parametrize(
    "scripted",
    [
        pytest.param(True, id="with script"),
        # By day, the tests of the views are without scripts.
        pytest.param(False, id="without script", marks=pytest.mark.nightly),
    ],
)
def test_somebody_changes_their_email_address(
    live_server: LiveServer, new_context: Any, scripted: bool
) -> None:
    cache.clear()
    make_page(make_user("ana@example.org"), call_me="Ana")
    context = new_context(base_url=live_server.url, java_script_enabled=scripted)
    watch = Watch(context, live_server.url)
    window = context.new_page()
    window.goto(reverse("account_login"))
    sign_in(window, "ana@example.org")
    follow(window, "Change how I sign in")
    expect_heading(window, "Your account")
    follow(window, "Change my email address")
    window.get_by_label("What is your new email address?").fill("new at example")
    press(window, "Email me a code")
    expect(window.get_by_text("Enter an email address like").first).to_be_visible()
    assert not scripted or check(window) == []
    window.get_by_label("What is your new email address?").fill("new@example.org")
    press(window, "Email me a code")
    expect(window.get_by_text("new@example.org")).to_be_visible()
    assert not scripted or check_every_way(window, 2) == []
    window.get_by_label("What is the code?").fill(code_from_email())
    press(window, "Change my address")
    expect_heading(window, "Your account")
    expect(window.get_by_text("From now on we send codes to new@example.org.")).to_be_visible()
    assert watch.problems == []
