"""Half-typed words outlive slow servers, closed windows and second windows."""

import pytest
from playwright.sync_api import Page, Route, expect

from profiles.pages.models import Profile
from tests.factories import make_page, texts
from tests.journeys.conftest import Browsers
from tests.journeys.steps import box, choose, expect_heading, first_words, follow, press, unfold

ADDRESS = "/me/matters/important/"
SAVED = "Saved a moment ago. Not on your page until you press Save."
TEA = "Tea first, before anybody talks."


@pytest.fixture
def page(transactional_db: None) -> Profile:
    return make_page(call_me="Jo")


@pytest.fixture
def jo(browsers: Browsers, page: Profile) -> Page:
    window = browsers.open(page)
    window.goto(ADDRESS)
    return window


def expect_saved(window: Page, words: str = SAVED) -> None:
    expect(window.get_by_role("status").get_by_text(words)).to_be_visible()


def test_somebody_who_leaves_and_comes_back_finds_their_words(jo: Page, page: Profile) -> None:
    box(jo, "important").fill(TEA)
    expect_saved(jo)
    then_nothing_is_on_the_page_yet(page)
    jo.goto("/me/")
    follow(jo, "Carry on writing")
    expect(jo.get_by_text("Here are the words you typed last time.")).to_be_visible()
    expect(box(jo, "important")).to_have_value(TEA)
    press(jo, "Throw these words away")
    expect(box(jo, "important")).to_have_value("")


def then_nothing_is_on_the_page_yet(page: Profile) -> None:
    assert not page.answers.about("important").exists()


def test_the_fullness_row_says_when_the_page_is_too_long(jo: Page) -> None:
    room = jo.locator("#room")
    expect(room).to_contain_text("There is room for about")
    box(jo, "important").fill("\n".join(f"{n}. {TEA}" for n in range(60)))
    expect(room).to_contain_text("too long. Choose what to shorten.")


def test_whom_the_words_are_for_is_kept_as_well(jo: Page, page: Profile) -> None:
    with jo.expect_response(lambda answer: "only_me=yes" in (answer.request.post_data or "")):
        box(jo, "important").fill(TEA)
        unfold(jo, "Who may see this?")
        choose(jo, "Only me, for now")
    jo.reload()
    expect(box(jo, "important")).to_have_value(TEA)
    expect(jo.get_by_label("Only me, for now")).to_be_checked()
    press(jo, "Save and stop for now")
    expect_heading(jo, "Hello Jo")
    assert page.answers.about("important").get().only_me


def test_steady_typing_at_a_slow_server_loses_nothing(jo: Page, page: Profile) -> None:
    held = given_a_server_that_holds_the_first_draft(jo)
    jo.clock.install()
    when_more_is_typed(jo, "Tea first,")
    when_more_is_typed(jo, " before")
    when_more_is_typed(jo, " anybody talks.")
    assert len(held) == 1
    with jo.expect_response(lambda answer: "talks" in (answer.request.post_data or "")) as last:
        held[0].continue_()
    assert last.value.ok
    assert page.drafts.get().text == TEA


def given_a_server_that_holds_the_first_draft(window: Page) -> list[Route]:
    held: list[Route] = []

    def answer(route: Route) -> None:
        if held:
            route.continue_()
        else:
            held.append(route)

    window.route("**/draft/", answer)
    return held


def when_more_is_typed(window: Page, words: str) -> None:
    """Some words, and then the second's rest after which a draft is sent."""
    box(window, "important").press_sequentially(words)
    window.clock.fast_forward(1_000)


def test_two_windows_that_wrote_are_shown_both_texts(jo: Page, page: Profile) -> None:
    other = jo.context.new_page()
    other.goto(ADDRESS)
    box(other, "important").fill("Coffee first.")
    press(other, "Save and stop for now")
    expect_heading(other, "Hello Jo")
    box(jo, "important").fill(TEA)
    expect_saved(jo)
    press(jo, "Save and carry on")
    expect_heading(jo, "Here are both. Which is right?")
    expect(jo.locator(".words")).to_have_text([TEA, "Coffee first."])
    choose(jo, "Both, one after the other")
    press(jo, "Use this")
    expect(first_words(jo, "important")).to_have_text(f"Coffee first. {TEA}")
    assert texts(page, "important") == ["Coffee first.", f"Coffee first.\n{TEA}"]
    assert not page.drafts.exists()


def test_words_met_by_a_draft_in_another_window_are_shown_beside_it(jo: Page) -> None:
    other = jo.context.new_page()
    other.goto(ADDRESS)
    box(other, "important").fill("Coffee first.")
    expect_saved(other)
    box(jo, "important").fill(TEA)
    expect_saved(jo, "These words are also open in another window")
    press(jo, "Save and stop for now")
    expect_heading(jo, "Hello Jo")
    jo.goto(ADDRESS)
    follow(jo, "Look at both")
    expect(jo.locator(".words")).to_have_text(["Coffee first.", TEA])


def test_the_browsers_own_way_back_meets_no_conflict(jo: Page, page: Profile) -> None:
    for words in [TEA, "Coffee at 8."]:
        box(jo, "important").fill(words)
        expect_saved(jo)
        press(jo, "Save and carry on")
        expect_heading(jo, "Who are the people who matter to you?")
        jo.go_back()
        expect(box(jo, "important")).to_have_value(words)
    assert texts(page, "important") == [TEA, "Coffee at 8."]
    assert not page.drafts.exists()


def test_the_browser_keeps_no_words(jo: Page) -> None:
    box(jo, "important").fill(TEA)
    expect_saved(jo)
    press(jo, "Save and carry on")
    expect_heading(jo, "Who are the people who matter to you?")
    jo.wait_for_load_state()  # by then htmx has written down where we are
    kept = jo.evaluate(
        """async () => ({
            local: {...localStorage}, session: {...sessionStorage},
            databases: await indexedDB.databases(), caches: await caches.keys(),
        })"""
    )
    # htmx writes down where we are, however it is set; an address of ours holds no words.
    assert kept.pop("session") == {"htmx-current-path-for-history": "/me/matters/people/"}
    assert not any(kept.values())


def test_words_outlive_a_sign_in_in_another_window(jo: Page, page: Profile) -> None:
    """The other window got new cookies: what this form carries is old."""
    box(jo, "important").fill(TEA)
    expect_saved(jo)
    jo.context.clear_cookies(name="csrftoken")
    jo.context.new_page().goto("/me/")
    box(jo, "important").fill(f"{TEA} Then talk.")
    with jo.expect_response(lambda answer: "draft" in answer.url and answer.ok):
        pass
    expect_saved(jo)
    assert page.drafts.get().text == f"{TEA} Then talk."
    jo.context.clear_cookies(name="csrftoken")
    jo.context.new_page().goto("/me/")
    press(jo, "Save and stop for now")
    expect_heading(jo, "These words are not saved")
    press(jo, "Save")
    expect_heading(jo, "Hello Jo")
    assert texts(page, "important") == [f"{TEA} Then talk."]


def test_when_the_page_is_gone_from_this_browser_saving_stops_and_says_so(jo: Page) -> None:
    jo.context.clear_cookies()
    box(jo, "important").fill(TEA)
    expect_saved(jo, "Your page is not open in this browser any more.")
    press(jo, "Save and stop for now")
    expect_heading(jo, "These words are not saved")
    expect(jo.get_by_role("textbox", name="Your words")).to_have_value(TEA)
