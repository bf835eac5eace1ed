"""A question on a phone: the box comes first, Save is always in sight, and the rest is folded."""

import pytest
from playwright.sync_api import Page, Route, expect

from profiles.topics.load import load
from profiles.topics.lookup import write_url
from tests.factories import make_page, make_user
from tests.journeys.conftest import Browsers
from tests.journeys.steps import choose, press, unfold

PHONE = {"width": 390, "height": 844}
ADDRESS = "/me/matters/important/"
BEHIND = """() => {
  const bar = document.querySelector(".save-bar").getBoundingClientRect();
  const here = document.activeElement.getBoundingClientRect();
  return !document.activeElement.closest(".save-bar")
    && here.bottom > bar.top && here.top < bar.bottom;
}"""
MOST_STOPS = 5  # between the box and Save
MOST_ABOVE = 420  # dots of the screen above the box
HAS_KEYBOARD = "here => here === document.activeElement"


@pytest.fixture
def jo(browsers: Browsers) -> Page:
    ana = make_user("ana@example.org")
    make_page(ana, call_me="Jo", important="Tea first.\nThen we talk.")
    return browsers.open(ana, viewport=PHONE)


@pytest.fixture
def jo_without_script(browsers: Browsers) -> Page:
    ana = make_user("ana@example.org")
    make_page(ana, call_me="Jo", important="Tea first.")
    return browsers.open(ana, viewport=PHONE, java_script_enabled=False)


def top(window: Page, selector: str) -> float:
    room = window.locator(selector).bounding_box()
    assert room
    return room["y"]


BOXES = {"call_me": "#id_called", "ring_first": ".ring-row input >> nth=0"}


def test_the_box_begins_within_half_a_phone(jo: Page) -> None:
    for topic in ("important", "must_know", "health", "plans", *BOXES):
        jo.goto(write_url(load().topic(topic)))  # the longest hints are among them
        assert top(jo, BOXES.get(topic, "#id_text")) <= MOST_ABOVE, topic


def test_save_is_seen_without_moving(jo: Page) -> None:
    for topic in ("important", "ring_first", "call_me"):
        jo.goto(write_url(load().topic(topic)))
        room = jo.get_by_role("button", name="Save and carry on").bounding_box()
        assert room
        assert room["y"] + room["height"] <= PHONE["height"], topic


def test_few_stops_stand_between_the_box_and_save(jo: Page) -> None:
    jo.goto(ADDRESS)
    save = jo.get_by_role("button", name="Save and carry on")
    jo.locator("#id_text").focus()
    for _ in range(MOST_STOPS + 1):
        jo.keyboard.press("Tab")
        if save.evaluate(HAS_KEYBOARD):
            return
    raise AssertionError("Save is further away than that")


def test_what_has_the_keyboard_is_never_behind_the_bar(jo: Page) -> None:
    jo.goto(ADDRESS)
    unfold(jo, "Picture")
    jo.locator("#id_text").focus()
    save = jo.get_by_role("button", name="Save and carry on")
    while not save.evaluate(HAS_KEYBOARD):
        jo.keyboard.press("Tab")
        assert not jo.evaluate(BEHIND)


def test_a_folded_choice_says_what_is_chosen_now(jo: Page) -> None:
    jo.goto(ADDRESS)
    unfold(jo, "Who may see this?")
    choose(jo, "Only me, for now")
    unfold(jo, "Who may see this?")
    row = jo.locator("summary").filter(has_text="Who may see this?")
    expect(row.get_by_text("Only me, for now")).to_be_visible()
    expect(row.get_by_text("You chose another.")).to_be_hidden()


def test_what_was_chosen_before_its_script_came_is_said_too(jo: Page) -> None:
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    jo.route("**/setting*.js", hold)
    jo.goto(ADDRESS)
    unfold(jo, "Who may see this?")
    choose(jo, "Only me, for now")
    unfold(jo, "Who may see this?")
    row = jo.locator("summary").filter(has_text="Who may see this?")
    expect(row.get_by_text("You chose another.")).to_be_visible()
    [script] = waiting
    script.continue_()
    expect(row.get_by_text("Only me, for now")).to_be_visible()
    expect(row.get_by_text("You chose another.")).to_be_hidden()


def test_without_a_script_it_says_that_it_is_another(jo_without_script: Page) -> None:
    jo = jo_without_script
    jo.goto(ADDRESS)
    row = jo.locator("summary").filter(has_text="Who may see this?")
    expect(row.get_by_text("It can go on my page")).to_be_visible()
    unfold(jo, "Who may see this?")
    choose(jo, "Only me, for now")
    unfold(jo, "Who may see this?")
    expect(row.get_by_text("You chose another.")).to_be_visible()
    expect(row.get_by_text("It can go on my page")).to_be_hidden()
    press(jo, "Save and stop for now")
    jo.goto(ADDRESS)
    expect(row.get_by_text("Only me, for now")).to_be_visible()


def test_the_ring_of_what_opens_is_whole_in_forced_colours(jo: Page) -> None:
    """A plate that a browser puts behind letters would cover it."""
    jo.emulate_media(forced_colors="active")
    jo.goto(ADDRESS)
    ring = jo.locator("summary", has_text="What could I say?").evaluate(
        """summary => {
          const {forcedColorAdjust, color} = getComputedStyle(summary, "::before");
          return [forcedColorAdjust, color === getComputedStyle(summary).color];
        }"""
    )
    assert ring == ["none", True]
