"""Whoever helps suggests, writes side by side until there is a yes, and writes down a decision."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from profiles.supporters.models import Supporter
from tests.accessibility import check, problems_here
from tests.factories import make_page, make_supporter, make_user, texts
from tests.journeys.conftest import Browsers
from tests.journeys.steps import choose, expect_heading, follow, press, unfold
from tests.journeys.test_keyboard import assert_seen, go_to

PHONE, WIDE = {"width": 390, "height": 844}, {"width": 1000, "height": 900}
TEA = "Tea in my blue cup.\nSit me up first.\nI hold the spoon."
DENTIST = {
    "What was decided?": "That the dentist comes to the house.",
    "What did you try, so that they could decide it themself?": "Pictures, in the morning.",
    "Who decided? Their name, and who they are to the person": "Dr Rees, the doctor",
    "Who else was asked?": "Rose, a sister",
    "What did the person show that they want?": "A smile at the picture of the house",
    "How can the person say no to this?": "By turning away",
    "When will this be looked at again?": str(timezone.localdate() + timedelta(days=90)),
}


@pytest.fixture
def dee(transactional_db: None) -> Supporter:
    page = make_page(make_user("jo@example.org"), call_me="Jo", eating=TEA)
    return make_supporter(page, make_user("dee@example.org"))


def test_a_helper_does_what_they_came_to_do(
    browsers: Browsers, scripted: bool, dee: Supporter
) -> None:
    assert dee.user
    window = browsers.open(dee.user, viewport=PHONE, java_script_enabled=scripted)
    when_words_are_suggested_first_of_all(window, dee)
    when_both_look_at_a_question(window)
    then_only_the_words_are_there_to_say_yes_to(window, dee)
    window.set_viewport_size(WIDE)  # type: ignore[arg-type]
    when_a_decision_is_filled_in(window, dee)
    then_it_is_seen_whole_and_written_once(window, dee)


def when_words_are_suggested_first_of_all(window: Page, dee: Supporter) -> None:
    window.goto(f"/helping/{dee.ref}/")
    suggest = window.get_by_role("link", name="Suggest words")
    assert ends(suggest) < top(window.locator(".sheet"))
    suggest.click()
    follow(window, "My nights")
    assert window.locator("main input:checked").count() == 0
    window.get_by_label("Your words").fill("Window open.")
    press(window, "Suggest this")
    expect(window.locator("#suggested + ul")).to_contain_text("Window open.")


def when_both_look_at_a_question(window: Page) -> None:
    follow(window, "Write together")
    expect_heading(window, "What shall we write?")
    follow(window, "Eating and drinking: said")
    words = window.get_by_role("textbox")
    assert top(words) <= 329  # so that it is seen without moving
    assert int(words.evaluate("box => parseInt(getComputedStyle(box).fontSize)")) >= 24
    unfold(window, "Examples")
    expect(window.locator(".quote").first).to_be_visible()
    words.fill(f"{TEA}\nNo milk.")
    choose(window, "Jo’s own words")
    press(window, "Show Jo the words")


def then_only_the_words_are_there_to_say_yes_to(window: Page, dee: Supporter) -> None:
    expect_heading(window, "Is this right, Jo?")
    shown = window.locator("main").inner_text().split("\n")
    assert [line for line in shown if line.strip()] == [
        "Eating and drinking", *TEA.split("\n"), "No milk.", "Is this right, Jo?", "Jo said yes by",
        "saying it", "signing it with their hands", "pointing or looking at it",
        "pressing the button", "Yes, keep it", "No, change it",
    ]  # fmt: skip
    assert problems_here(window) == []
    window.set_viewport_size(PHONE)  # type: ignore[arg-type]
    window.go_back()
    expect(window.get_by_role("textbox")).to_have_value(f"{TEA}\nNo milk.")
    window.go_forward()
    follow(window, "No, change it")
    expect(window.get_by_role("textbox")).to_have_value(f"{TEA}\nNo milk.")
    window.get_by_role("textbox").fill(TEA.replace("blue", "red"))
    press(window, "Show Jo the words")
    expect_heading(window, "Is this right, Jo?")
    yes = window.get_by_role("button", name="Yes, keep it")
    no = window.get_by_role("link", name="No, change it")
    assert ends(yes) == ends(no) <= 844  # three lines, and the answers to them, on one screen
    choose(window, "pointing or looking at it")
    yes.click()
    expect_heading(window, "What shall we write?")
    assert texts(dee.profile, "eating")[-1] == TEA.replace("blue", "red")


def when_a_decision_is_filled_in(window: Page, dee: Supporter) -> None:
    window.goto(f"/helping/{dee.ref}/")
    follow(window, "Write down how something was decided")
    choose(window, "16 or older")
    choose(window, "A best-interests decision")
    for label, words in DENTIST.items():
        window.get_by_label(label).fill(words)
    press(window, "Carry on")


def then_it_is_seen_whole_and_written_once(window: Page, dee: Supporter) -> None:
    expect_heading(window, "Is this right?")
    expect(window.get_by_text("What was tried first: Pictures, in the morning.")).to_be_visible()
    assert problems_here(window) == []
    window.go_back()
    expect(window.get_by_label("Who else was asked?")).to_have_value("Rose, a sister")
    window.go_forward()
    follow(window, "Change")
    expect(window.get_by_label("How can the person say no to this?")).to_have_value(
        "By turning away"
    )
    window.get_by_label("Who else was asked?").fill("Nobody")
    press(window, "Carry on")
    window.get_by_role("button", name="Write it down").dblclick()
    expect_heading(window, "It is written down")
    expect(window.get_by_text("Who was asked: Nobody.")).to_be_visible()
    window.go_back()  # and there is nothing to press again
    expect_heading(window, "It is written down")
    assert dee.profile.decisions.count() == 1
    for words in ("dentist", "Rees", "Nobody"):
        assert words not in window.url


def test_two_people_write_together_from_the_keyboard_alone_and_without_pictures(
    browsers: Browsers, dee: Supporter
) -> None:
    assert dee.user
    window = browsers.open(dee.user, viewport=WIDE)
    looks = {"name": "looks", "value": "hidden", "url": browsers.address}
    window.context.add_cookies([looks])  # type: ignore[list-item]
    window.goto(f"/helping/{dee.ref}/together/help/sleep/")
    assert check(window) == []
    go_to(window, "How do you like your nights?")
    window.keyboard.type("Hall light on.")
    go_to(window, "Jo’s own words")
    window.keyboard.press("Space")
    go_to(window, "Show Jo the words")
    window.keyboard.press("Enter")
    expect_heading(window, "Is this right, Jo?")
    go_to(window, "saying it")
    window.keyboard.press("ArrowDown")
    assert_seen(window)
    go_to(window, "Yes, keep it")
    window.keyboard.press("Enter")
    expect(window.get_by_text("Kept: My nights.")).to_be_visible()
    assert texts(dee.profile, "sleep") == ["Hall light on."]


def top(element: Locator) -> float:
    """Where it begins, from the top of the page, in pixels."""
    box = element.bounding_box()
    assert box
    return box["y"]


def ends(element: Locator) -> float:
    """Where it ends."""
    box = element.bounding_box()
    assert box
    return box["y"] + box["height"]
