"""A page is taken along in one file, and brought back somewhere else."""

from pathlib import Path

from playwright.sync_api import Page, expect

from profiles.exports.web_page import web_page
from profiles.pages.models import Profile
from profiles.photos import actions
from tests.factories import make_page, say, texts
from tests.imports.pages import JOS_PHOTO, make_sheet
from tests.journeys.conftest import Browsers
from tests.journeys.steps import choose, choose_file, expect_heading, follow, press, put_in
from tests.photos.photos import as_file, corners

MINE, NEWER = "Tea first.", "Coffee, never tea."


def test_a_page_goes_along_in_one_file_and_comes_back(browsers: Browsers, scripted: bool) -> None:
    jo = browsers.open(given_jos_page(), java_script_enabled=scripted)
    file = when_jo_takes_everything(jo)
    elsewhere = browsers.open(java_script_enabled=scripted)
    when_jo_begins_with_that_file(elsewhere, file)
    then_the_words_and_the_photo_are_there(elsewhere)


def given_jos_page() -> Profile:
    page = make_page(call_me="Jo", important=MINE)
    actions.add_photo(profile=page, whole=as_file(corners()), alt="Jo in a red hat")
    return page


def when_jo_takes_everything(jo: Page) -> bytes:
    jo.goto("/me/")
    follow(jo, "Print it, or take a copy")
    with jo.expect_download() as taken:
        follow(jo, "Take everything in one file")
    assert taken.value.suggested_filename == "tell-it-once.zip"
    return Path(taken.value.path()).read_bytes()


def when_jo_begins_with_that_file(jo: Page, file: bytes) -> None:
    jo.goto("/start/")
    choose(jo, "Me")
    press(jo, "I have a file from before")
    expect_heading(jo, "Bring a file back")
    expect(jo.get_by_role("radio", checked=True)).to_have_count(0)
    put_in(jo, file, "tell-it-once.zip")
    choose(jo, "It can go on my page")
    press(jo, "Bring it back")


def then_the_words_and_the_photo_are_there(jo: Page) -> None:
    expect_heading(jo, "Hello, I’m Jo")
    expect(jo.locator(".sheet")).to_contain_text(MINE)
    expect(jo.locator(".sheet .photo, .sheet img[alt='Jo in a red hat']").first).to_be_visible()


def test_what_changed_meanwhile_is_looked_at_again(browsers: Browsers, scripted: bool) -> None:
    page = given_jos_page()
    jo = browsers.open(page, java_script_enabled=scripted)
    file = when_jo_takes_everything(jo)
    say(page, "important", NEWER)
    choose_file(jo, file)
    expect(jo.locator(".differs [data-only]")).to_have_text(
        ["Coffee, never tea. Only here", "Tea first. Only here"]
    )
    choose(jo, "Use the file’s words")
    say(page, "important", "Milk.")
    press(jo, "Bring what I chose")
    expect(jo.get_by_text("Nothing has come from the file yet.")).to_be_visible()
    choose(jo, "Use the file’s words")
    press(jo, "Bring what I chose")
    expect_heading(jo, "Hello, I’m Jo")
    assert texts(page, "important") == [MINE, NEWER, "Milk.", MINE]


def test_a_page_that_opens_by_itself_is_printed_as_it_is_seen(page: Page) -> None:
    page.set_content(web_page(make_sheet(photo=JOS_PHOTO)))
    seen = how_it_looks(page)
    page.emulate_media(media="print")
    assert how_it_looks(page) == seen
    expect(page.locator(".part > h2").first).to_have_css("print-color-adjust", "exact")


def how_it_looks(page: Page) -> list[str]:
    """How large its photo is, where words stand beside their pictures, and their grounds."""
    looks: list[str] = page.evaluate("""() => {
      const look = (of, ...what) => what.map((each) =>
        getComputedStyle(document.querySelector(of))[each])
      return [
        ...look(".page-photo", "width", "height", "cssFloat"),
        ...look(".part > h2", "backgroundColor", "color", "paddingLeft"),
        ...look(".rows .entry.has-picture", "paddingLeft", "backgroundImage"),
        ...look(".rows", "paddingLeft"),
      ]
    }""")
    return looks
