"""Somebody pastes a whole book: they are told, and their words stay with them."""

import pytest
from playwright.sync_api import expect

from profiles.core.bodies import LONGEST_FORM
from profiles.pages.models import Profile
from tests.factories import make_page
from tests.journeys.conftest import Browsers

pytestmark = pytest.mark.django_db(transaction=True)
BOOK = "Tea first. " * (LONGEST_FORM // 10)


@pytest.fixture
def jos_page() -> Profile:
    return make_page(call_me="Jo")


def test_a_book_is_refused_in_words_and_stays_with_them(
    browsers: Browsers, jos_page: Profile, scripted: bool
) -> None:
    window = browsers.open(jos_page, java_script_enabled=scripted)
    window.goto("/me/matters/important/")
    if scripted:
        window.wait_for_load_state("networkidle")
    box = window.get_by_role("textbox").first
    box.fill(BOOK)
    window.get_by_role("button", name="Save and carry on").click()
    expect(
        window.get_by_text("too long to send at one time" if scripted else "more than we can take")
    ).to_be_visible()
    kept = window.get_by_role("textbox").first.input_value()
    assert len(kept) == len(BOOK)  # a whole book is no message of a test that fails
    assert kept.startswith("Tea first. Tea first.")
