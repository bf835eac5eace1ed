"""The page is seen while it is written: beside the box, or one press away, as it is saved."""

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from profiles.pages.models import Profile
from tests.factories import make_page, say
from tests.journeys.conftest import Browsers
from tests.journeys.steps import box, expect_heading, press

ADDRESS = "/me/matters/important/"
WIDE, NARROW = {"width": 1000, "height": 900}, {"width": 390, "height": 844}
IS_DRAWN = "picture => picture.complete && picture.naturalWidth > 0"


@pytest.fixture
def page(transactional_db: None) -> Profile:
    return make_page(call_me="Jo", important="Tea first.")


def picture(window: Page) -> Locator:
    return window.get_by_role("img", name="The page as it prints now")


def expect_drawn(window: Page) -> None:
    """The picture is here, where room was kept for it."""
    expect(picture(window)).to_be_visible()
    drawn = picture(window).element_handle()
    window.wait_for_function(IS_DRAWN, arg=drawn)


def test_it_stands_beside_the_box_and_follows_what_is_saved(
    browsers: Browsers, page: Profile
) -> None:
    jo = browsers.open(page, viewport=WIDE)
    asked: list[int] = []
    jo.on("response", lambda answer: "page.png" in answer.url and asked.append(answer.status))
    jo.goto(ADDRESS)
    room = picture(jo).bounding_box()
    expect_drawn(jo)
    assert picture(jo).bounding_box() == room
    expect(jo.get_by_text("See the page now")).to_be_hidden()
    typed_and_drawn(jo, "Tea first. Then")
    first = picture(jo).get_attribute("src")
    say(page, "people", "My sister Dee.")  # in another window
    typed_and_drawn(jo, "Tea first. Then we talk.")
    assert picture(jo).get_attribute("src") != first
    with jo.expect_response(lambda answer: answer.status == 304):
        box(jo, "important").fill("Tea first. Then we talk!")
    assert asked == [200, 200, 200, 304]
    press(jo, "Save and carry on")
    expect_heading(jo, "Who are the people who matter to you?")
    expect_drawn(jo)


def typed_and_drawn(window: Page, words: str) -> None:
    """Some words are typed, and when they are kept the picture is drawn anew."""
    before = picture(window).get_attribute("src")
    box(window, "important").fill(words)
    expect(picture(window)).not_to_have_attribute("src", before or "")


def test_one_picture_is_asked_for_at_a_time_and_where_it_fails_it_stays(
    browsers: Browsers, page: Profile
) -> None:
    jo = browsers.open(page, viewport=WIDE)
    browsers.watches.clear()  # a server that is busy is what this is about
    jo.goto(ADDRESS)
    expect_drawn(jo)
    first = f"/me/page.png?of={page.key}"
    held: list[Route] = []
    # Playwright marks what it is given, and a list takes no mark.
    jo.route("**/page.png?*", lambda route: held.append(route))  # noqa: PLW0108
    for words in ("Tea.", "Tea!", "Tea?"):
        with jo.expect_response("**/draft/"):
            box(jo, "important").fill(words)
    assert len(held) == 1
    with jo.expect_request("**/page.png?*"):
        held[0].fulfill(status=503, headers={"Retry-After": "5"})
    expect(picture(jo)).to_have_attribute("src", first)
    held[1].continue_()
    expect(picture(jo)).not_to_have_attribute("src", first)
    expect_drawn(jo)


def test_where_there_is_no_room_it_is_one_press_away(
    browsers: Browsers, page: Profile, scripted: bool
) -> None:
    jo = browsers.open(page, viewport=NARROW, java_script_enabled=scripted)
    asked: list[str] = []
    jo.on("request", lambda request: "page.png" in request.url and asked.append(request.url))
    jo.goto(ADDRESS)
    expect(picture(jo)).to_be_hidden()
    assert asked == [] or not scripted  # without script, no browser waits with a picture
    jo.get_by_text("See the page now").click()
    expect(picture(jo)).to_be_visible()
    picture(jo).click()
    expect_heading(jo, "Hello, I’m Jo")


def test_a_press_on_the_paper_leads_to_its_question(
    browsers: Browsers, page: Profile, scripted: bool
) -> None:
    jo = browsers.open(page, java_script_enabled=scripted)
    jo.goto("/me/page/")
    jo.locator(f'svg a[href="{ADDRESS}"]').click()
    expect(box(jo, "important")).to_have_value("Tea first.")


def test_beside_a_page_that_has_room_nothing_is_said_of_other_sides(
    browsers: Browsers, page: Profile
) -> None:
    jo = browsers.open(page, viewport=WIDE)
    jo.goto(ADDRESS)
    more = jo.get_by_text("Only the first side is drawn.")
    expect(more).to_be_hidden()
    box(jo, "important").fill("\n".join(f"Line {number}." for number in range(80)))
    expect(more).to_be_visible()
