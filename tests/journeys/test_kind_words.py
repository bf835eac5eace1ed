"""Somebody writes a word that hurts: they are told why, once, and decide."""

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from profiles.sharing.models import Share
from tests.factories import make_page, make_share, make_user
from tests.journeys.conftest import Browsers
from tests.journeys.steps import expect_heading, follow, press
from tests.journeys.test_every_shared_page_is_accessible import come_in

UNKIND, KIND = "I will tell the client first.", "I will tell Jo first."
ROLE = "carer for service users"


@pytest.fixture
def share(transactional_db: None) -> Share:
    cache.clear()
    jo = make_user("jo@example.org")
    page = make_page(jo, call_me="Jo", important="Tea first.")
    return make_share(page, with_passcode=True)


@pytest.fixture
def reader(browsers: Browsers, scripted: bool) -> Page:
    return browsers.open(java_script_enabled=scripted)


def test_words_are_changed_after_a_thought(reader: Page, scripted: bool, share: Share) -> None:
    come_in(reader, share, passcode=share.passcode)
    reader.get_by_label("One thing I will do because I read this").fill(UNKIND)
    press(reader, "I have read this")
    then_the_thought_is_shown_and_nothing_is_lost(reader, scripted)
    follow(reader, "Change my words")
    expect(reader.get_by_label("One thing I will do because I read this")).to_be_focused()
    reader.get_by_label("One thing I will do because I read this").fill(KIND)
    press(reader, "I have read this")
    expect_heading(reader, "Thank you, Tess")
    assert said(share) == KIND


def then_the_thought_is_shown_and_nothing_is_lost(reader: Page, scripted: bool) -> None:
    thought = reader.locator("#kind-words")
    expect(thought).to_contain_text("“client” – It turns a relationship into a transaction")
    expect(thought).to_contain_text("Perhaps: the person’s name.")
    expect(reader).to_have_title("A thought about your words: I have read this – Tell it once")
    expect(reader.get_by_label("One thing I will do because I read this")).to_have_value(UNKIND)
    if scripted:
        expect(thought).to_be_focused()


def test_words_are_sent_as_they_are(reader: Page, share: Share) -> None:
    come_in(reader, share, passcode=share.passcode)
    reader.get_by_label("One thing I will do because I read this").fill(UNKIND)
    press(reader, "I have read this")
    press(reader, "Send as it is")
    expect_heading(reader, "Thank you, Tess")
    assert said(share) == UNKIND


def said(share: Share) -> str:
    look = share.looks.latest("pk")
    look.profile = share.profile
    return str(look.words)


def test_at_the_doorstep_one_press_goes_on(reader: Page, share: Share) -> None:
    come_in(reader, share, passcode=share.passcode, role=ROLE)
    expect_heading(reader, "Hello. Who are you?")
    expect(reader.get_by_text("A thought about your words")).to_be_visible()
    expect(reader.get_by_label("The passcode")).to_have_value(share.passcode)
    press(reader, "Go on as it is")
    expect_heading(reader, "Hello, I’m Jo")
