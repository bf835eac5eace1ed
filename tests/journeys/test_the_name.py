"""What somebody likes to be called, and how to say it, each in a box of its own."""

from playwright.sync_api import Locator, Page, expect

from profiles.pages.models import Profile
from profiles.photos.actions import add_photo
from tests.factories import make_page, texts
from tests.journeys.conftest import Browsers
from tests.journeys.steps import box, expect_heading, heading, press
from tests.photos.photos import as_file, corners

REST = "How to say it, and what not to call you"


def rest(window: Page) -> Locator:
    return window.get_by_role("textbox", name=REST)


def test_more_than_a_name_is_shown_in_both_boxes(browsers: Browsers, scripted: bool) -> None:
    page = make_page(call_me="Jo")
    jo = browsers.open(page, java_script_enabled=scripted)
    jo.goto("/me/name/call_me/")
    box(jo, "call_me").fill("Jean-Luc – say Zhon Look")
    press(jo, "Save and stop for now")
    expect(jo.get_by_text("Look at both boxes, then save.")).to_be_visible()
    expect(box(jo, "call_me")).to_have_value("Jean-Luc")
    expect(rest(jo)).to_have_value("say Zhon Look")
    press(jo, "Save and stop for now")
    expect_heading(jo, "Hello Jean-Luc")
    assert texts(page, "call_me")[-1] == "Jean-Luc\nsay Zhon Look"


def test_both_boxes_are_there_again_after_the_window_was_closed(
    browsers: Browsers, transactional_db: None
) -> None:
    page: Profile = make_page(call_me="Jo")
    jo = browsers.open(page)
    jo.goto("/me/name/call_me/")
    box(jo, "call_me").fill("")
    rest(jo).fill("Rhymes with g")
    expect(jo.get_by_role("status").get_by_text("Saved a moment ago.")).to_be_visible()
    jo.goto("/me/name/call_me/")
    expect(box(jo, "call_me")).to_have_value("")
    expect(rest(jo)).to_have_value("Rhymes with g")
    assert texts(page, "call_me") == ["Jo"]


def test_no_word_of_it_is_broken_beside_a_photo_on_the_smallest_phone(
    browsers: Browsers, transactional_db: None
) -> None:
    page = make_page(call_me="Bartholomew Oyelaran")
    add_photo(profile=page, whole=as_file(corners()), alt="Bartholomew in a red hat")
    home = browsers.open(page, viewport={"width": 320, "height": 640})
    home.goto("/me/")
    name = heading(home).get_by_text("Bartholomew Oyelaran")
    assert name.evaluate("name => name.getClientRects().length") == 2, "a row for each word"
