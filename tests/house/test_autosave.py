"""Half-typed words are kept, and what is said about it is true."""

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from profiles.pages.models import Profile

ADDRESS = "/me/matters/important/"
SAVED = "Saved a moment ago. Not on your page until you press Save."


@pytest.mark.nightly  # by day, tests/journeys/test_autosave.py sees the same
def test_typing_is_kept_and_said_to_be(window: Page, visitors_page: Profile) -> None:
    window.goto(ADDRESS)
    window.locator("textarea").press_sequentially("Tea first.")
    expect(window.locator("#saved")).to_have_text(SAVED)
    assert visitors_page.drafts.get().text == "Tea first."
    assert window.locator("#id_draft_stamp").input_value() == visitors_page.drafts.get().version


@pytest.mark.nightly  # by day, tests/journeys/test_autosave.py sees the same
def test_the_fullness_follows_what_is_typed(window: Page) -> None:
    window.goto(ADDRESS)
    before = window.locator("#room").inner_text()
    window.locator("textarea").fill("\n".join(f"Line {n} of many" for n in range(20)))
    expect(window.locator("#room p")).not_to_have_text(before)


def test_a_second_window_is_told_and_stops(context_of_visitor: BrowserContext) -> None:
    first, second = context_of_visitor.new_page(), context_of_visitor.new_page()
    first.goto(ADDRESS)
    second.goto(ADDRESS)
    first.locator("textarea").fill("Tea first.")
    expect(first.locator("#saved")).to_have_text(SAVED)
    second.locator("textarea").fill("Coffee first.")
    expect(second.locator("#saved")).to_contain_text("also open in another window")
    sent: list[str] = []
    second.on("request", lambda request: sent.append(request.url))
    second.locator("textarea").fill("Coffee always first.")
    second.wait_for_timeout(1500)
    assert not sent


def test_being_cut_off_is_said_and_mended(window: Page, visitors_page: Profile) -> None:
    window.goto(ADDRESS)
    window.context.set_offline(True)
    window.locator("textarea").fill("Tea first.")
    expect(window.locator("#saved")).to_contain_text("You are not connected.")
    window.context.set_offline(False)
    expect(window.locator("#saved")).to_have_text(SAVED)
    assert visitors_page.drafts.get().text == "Tea first."


def test_an_answer_that_is_lost_is_no_other_window(window: Page, visitors_page: Profile) -> None:
    def lose(route: Route) -> None:
        route.fetch()  # it arrives, and nobody hears of it
        route.abort()

    window.clock.install()
    window.goto(ADDRESS)
    window.route("**/draft/", lose, times=1)
    window.locator("textarea").fill("Tea first.")
    window.clock.fast_forward(1_000)
    expect(window.locator("#saved")).to_contain_text("You are not connected.")
    window.locator("textarea").fill("Tea first. Then talk.")
    window.clock.fast_forward(1_000)
    expect(window.locator("#saved")).to_have_text(SAVED)
    assert visitors_page.drafts.get().text == "Tea first. Then talk."


def test_being_cut_off_is_said_once(window: Page) -> None:
    window.clock.install()
    window.goto(ADDRESS)
    window.context.set_offline(True)
    said = window.locator("#saved")
    for words in ("Tea first.", "Tea first. Then talk."):
        with window.expect_event("requestfailed"):
            window.locator("textarea").fill(words)
            window.clock.fast_forward(1_000)
        expect(said).to_contain_text("You are not connected.")
        expect(said).not_to_have_attribute("data-again", "")
        said.evaluate("""said => new MutationObserver(() => { said.dataset.again = ""; })
            .observe(said, { childList: true })""")


def test_whoever_is_cut_off_as_soon_as_the_page_is_there_is_told(window: Page) -> None:
    def slowly(route: Route) -> None:
        window.wait_for_timeout(700)
        route.continue_()

    window.route("**/js/autosave.js", slowly)
    window.goto(ADDRESS)
    window.context.set_offline(True)
    window.locator("textarea").fill("Tea first.")
    expect(window.locator("#saved")).to_contain_text("You are not connected.")


def test_trouble_on_our_side_is_said(window: Page) -> None:
    window.route("**/draft/", lambda route: route.fulfill(status=500))
    window.goto(ADDRESS)
    window.locator("textarea").fill("Tea first.")
    expect(window.locator("#saved")).to_contain_text("We could not save just now.")


def test_saving_while_a_draft_is_on_its_way_leaves_none_behind(
    window: Page, visitors_page: Profile
) -> None:
    def slowly(route: Route) -> None:
        window.wait_for_timeout(700)
        route.continue_()

    window.route("**/draft/", slowly)
    window.goto(ADDRESS)
    window.locator("textarea").fill("Tea first.")
    with window.expect_request("**/draft/"):
        pass
    window.get_by_role("button", name="Save and stop for now").click()
    window.wait_for_url("**/me/")
    assert not visitors_page.drafts.exists()
    assert visitors_page.answers.about("important").first().text == "Tea first."  # type: ignore[union-attr]


def test_no_draft_is_sent_after_save_is_pressed(window: Page, visitors_page: Profile) -> None:
    window.goto(ADDRESS)
    window.locator("textarea").fill("Tea first.")
    window.get_by_role("button", name="Save and stop for now").click()
    window.wait_for_url("**/me/")
    window.wait_for_timeout(1200)
    assert not visitors_page.drafts.exists()
