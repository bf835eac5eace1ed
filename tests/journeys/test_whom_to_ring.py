"""Somebody fills in whom to ring, row by row, and finds the rows again."""

from playwright.sync_api import Locator, Page, expect

from profiles.answers.models import Draft
from profiles.pages.models import Profile
from tests.factories import make_page, texts
from tests.journeys.conftest import Browsers
from tests.journeys.steps import press

ADDRESS = "/me/safe/ring_first/"
DEE = ("Dee", "my sister", "01632 960 114", "day or night")


def test_whom_to_ring_is_filled_in_row_by_row(browsers: Browsers, scripted: bool) -> None:
    jo = browsers.open(make_page(call_me="Jo"), java_script_enabled=scripted)
    jo.goto(ADDRESS)
    for person in (1, 2, 3):
        fill(jo, person, DEE)
    jo.get_by_role("textbox", name="More about ringing").fill("Please text first.")
    press(jo, "Save and carry on")
    line = ", ".join(DEE)
    saved = texts(Profile.objects.get(), "ring_first")
    assert saved == [f"{line}\n{line}\n{line}\nPlease text first."]
    jo.goto(ADDRESS)
    expect(row(jo, 3).get_by_label("Number")).to_have_value("01632 960 114")
    expect(row(jo, 4).get_by_label("Number")).to_have_value("")
    expect(row(jo, 5)).to_have_count(0)


def test_half_typed_rows_are_kept(browsers: Browsers) -> None:
    jo = browsers.open(make_page(call_me="Jo"))
    jo.goto(ADDRESS)
    fill(jo, 1, DEE)
    expect(jo.locator("#saved")).to_contain_text("Saved a moment ago")
    assert Draft.objects.get().text == ", ".join(DEE)
    jo.goto(ADDRESS)
    expect(row(jo, 1).get_by_label("Name")).to_have_value("Dee")


def row(window: Page, person: int) -> Locator:
    return window.get_by_role("group", name=f"Person {person}")


def fill(window: Page, person: int, boxes: tuple[str, ...]) -> None:
    for label, words in zip(
        ("Name", "Who they are to me", "Number", "When to ring"), boxes, strict=True
    ):
        row(window, person).get_by_label(label).fill(words)
