"""One topic in many windows, all saved at the same moment: no word is lost."""

import os
import re
from collections.abc import Callable

import pytest

from profiles.answers.models import Draft
from profiles.pages.models import Profile
from tests.at_once import Somebody, at_once, signed_in
from tests.factories import make_page, make_user, texts

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 40 if os.environ.get("NIGHTLY") else 2
HERE = "/me/help/sleep/"


def hidden(form: str, name: str) -> str:
    found = re.search(rf'name="{name}"(?: value="([^"]*)")?', form)
    assert found
    return found[1] or ""


def window(browser: Somebody, words: str, *, typing: bool) -> Callable[[], int]:
    """A question is opened, and words are typed there: to press the button, call it."""
    form = browser.send(HERE)[1]
    said = {
        name: hidden(form, name) for name in ("csrfmiddlewaretoken", "started_from", "draft_stamp")
    }
    said |= {"text": words, "picture": "", "only_me": "no"}

    def save() -> int:
        if typing:
            browser.send(f"{HERE}draft/", said)
        return browser.send(HERE, said)[0]

    return save


def kept(page: Profile) -> set[str]:
    draft = Draft.objects.filter(profile=page, topic="sleep").first()
    return {*texts(page, "sleep")} | ({draft.text} if draft else set())


@pytest.mark.parametrize("typing", [False, True])
@pytest.mark.parametrize("windows", [2, 3, 8])
def test_whatever_is_saved_at_once_is_kept(live_server, windows, typing):
    ana = make_user()
    page = make_page(ana, call_me="Ana")
    browsers = [signed_in(ana, live_server.url) for _ in range(windows)]
    for night in range(ROUNDS):
        words = [f"Night {night} in window {number}." for number in range(windows)]
        pressed = at_once(
            window(browser, said, typing=typing)
            for browser, said in zip(browsers, words, strict=True)
        )
        assert set(pressed) == {302}
        assert {*words} <= kept(page)
