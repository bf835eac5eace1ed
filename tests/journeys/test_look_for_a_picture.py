"""Somebody looks for a picture while they write, with script and without."""

from playwright.sync_api import Page, expect

from profiles.pages.models import Profile
from tests.accessibility import check, problems_here
from tests.drawn import NIGHTLY
from tests.factories import make_page, texts
from tests.journeys.conftest import Browsers
from tests.journeys.steps import press, unfold

ADDRESS = "/me/matters/important/"


def test_a_picture_is_looked_for_and_no_word_is_lost(browsers: Browsers, scripted: bool) -> None:
    jo = browsers.open(make_page(call_me="Jo"), java_script_enabled=scripted)
    jo.goto(ADDRESS)
    jo.locator("#id_text").fill("My dog")
    unfold(jo, "Picture")
    look = jo.get_by_role("textbox", name="Look for a picture")
    look.fill("weelchair")
    look.press("Enter")
    expect(jo.get_by_text("We do not know “weelchair”.")).to_be_visible()
    expect(jo.locator("#id_text")).to_have_value("My dog")
    look.fill("dogs")
    press(jo, "Look")
    expect(jo.get_by_text("2 pictures for “dogs”")).to_be_visible()
    if scripted:
        expect(jo.locator("#found p")).to_be_focused()
    jo.get_by_role("radio", name="Guide dog").check()
    press(jo, "Save and carry on")
    page = Profile.objects.get()
    assert texts(page, "important") == ["My dog"]
    assert page.answers.about("important").first().picture == "hi-guidedog"


LONG = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysilio"
WORDS = ("teeth", "weelchair", LONG)


def test_what_is_found_is_open_to_everybody(browsers: Browsers) -> None:
    jo = browsers.open(make_page(call_me="Jo"))
    for turn, words in enumerate(WORDS if NIGHTLY else WORDS[:2]):
        found(jo, words)
        assert problems_here(jo, turn) == [], words


def test_in_the_biggest_words_it_fits_the_smallest_screen(browsers: Browsers) -> None:
    jo = browsers.open(make_page(call_me="Jo"), viewport={"width": 320, "height": 640})
    looks = {"name": "looks", "value": "biggest.yellow.roomy", "url": browsers.address}
    jo.context.add_cookies([looks])  # type: ignore[list-item]
    for words in WORDS if NIGHTLY else [LONG]:
        found(jo, words)
        assert check(jo) == [], words


def found(window: Page, words: str) -> None:
    window.goto(ADDRESS)
    unfold(window, "Picture")
    window.get_by_role("textbox", name="Look for a picture").fill(words)
    press(window, "Look")
    expect(window.locator("#found")).to_be_visible()


def test_without_a_script_it_is_the_same(browsers: Browsers) -> None:
    jo = browsers.open(make_page(call_me="Jo"), java_script_enabled=False)
    jo.goto(ADDRESS)
    jo.locator("#id_text").fill("My dog")
    unfold(jo, "Picture")
    look = jo.get_by_role("textbox", name="Look for a picture")
    look.fill("dogs")
    look.press("Enter")
    expect(jo.get_by_text("2 pictures for “dogs”")).to_be_visible()
    expect(jo.locator("#id_text")).to_have_value("My dog")
    jo.get_by_role("radio", name="Guide dog").check()
    jo.get_by_role("textbox", name="Look for a picture").press("Enter")  # the same word: it saves
    expect(jo.get_by_text("What you wrote is saved")).to_be_visible()
    assert texts(Profile.objects.get(), "important") == ["My dog"]
