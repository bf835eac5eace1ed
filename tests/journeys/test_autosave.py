"""Half-typed words outlive slow servers, closed windows and second windows."""

from playwright.sync_api import Page, Route, expect

from profiles.pages.models import Profile
from tests.factories import texts
from tests.journeys.steps import (
    IMPORTANT,
    box,
    choose,
    expect_heading,
    first_words,
    follow,
    press,
    unfold,
)

SAVED = "Saved a moment ago. Not on your page until you press Save."
TEA = "Tea first, before anybody talks."


def expect_saved(window: Page, words: str = SAVED) -> None:
    expect(window.get_by_role("status").get_by_text(words)).to_be_visible()


def test_somebody_who_leaves_and_comes_back_finds_their_words(
    window: Page, visitors_page: Profile
) -> None:
    box(window, "important").fill(TEA)
    expect_saved(window)
    then_nothing_is_on_the_page_yet(visitors_page)
    window.goto("/me/")
    follow(window, "Carry on writing")
    expect(window.get_by_text("Here are the words you typed last time.")).to_be_visible()
    expect(box(window, "important")).to_have_value(TEA)
    press(window, "Throw these words away")
    expect(box(window, "important")).to_have_value("")


def then_nothing_is_on_the_page_yet(visitors_page: Profile) -> None:
    assert not visitors_page.answers.about("important").exists()


def test_the_fullness_row_says_when_the_page_is_too_long(window: Page) -> None:
    room = window.locator("#room")
    expect(room).to_contain_text("There is room for about")
    box(window, "important").fill("\n".join(f"{n}. {TEA}" for n in range(60)))
    expect(room).to_contain_text("too long. Choose what to shorten.")
    expect(window.get_by_role("status")).to_contain_text("Your page is too long now.")


def test_what_is_said_already_is_not_read_out_again(window: Page) -> None:
    box(window, "important").fill(TEA)
    expect_saved(window)
    said = window.locator("#saved")
    said.evaluate("""said => new MutationObserver(() => { said.dataset.again = ""; })
        .observe(said, { childList: true, characterData: true, subtree: true })""")
    version = window.locator("#id_draft_stamp")  # comes with the same answer, after what is said
    before = version.input_value()
    box(window, "important").fill(f"{TEA} Then talk.")
    expect(version).not_to_have_value(before)
    expect(said).not_to_have_attribute("data-again", "")


def test_a_slow_line_is_told_and_what_comes_late_too(window: Page) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    window.clock.install()
    window.reload()
    window.route("**/draft/", hold)
    with window.expect_request("**/draft/"):
        box(window, "important").fill(TEA)
        window.clock.fast_forward(1_000)
    expect(window.locator("#saved")).to_be_empty()
    window.clock.fast_forward(4_000)
    expect_saved(window, "Still saving: the line is slow. Keep this page open.")
    held[0].continue_()
    expect_saved(window)


def test_whom_the_words_are_for_is_kept_as_well(window: Page, visitors_page: Profile) -> None:
    with window.expect_response(lambda answer: "only_me=yes" in (answer.request.post_data or "")):
        box(window, "important").fill(TEA)
        unfold(window, "Who may see this?")
        choose(window, "Only me, for now")
    window.reload()
    expect(box(window, "important")).to_have_value(TEA)
    expect(window.get_by_label("Only me, for now")).to_be_checked()
    press(window, "Save and stop for now")
    expect_heading(window, "Hello Jo")
    assert visitors_page.answers.about("important").get().only_me


def test_steady_typing_at_a_slow_server_loses_nothing(window: Page, visitors_page: Profile) -> None:
    held = given_a_server_that_holds_the_first_draft(window)
    window.clock.install()
    when_more_is_typed(window, "Tea first,")
    when_more_is_typed(window, " before")
    when_more_is_typed(window, " anybody talks.")
    assert len(held) == 1
    with window.expect_response(lambda answer: "talks" in (answer.request.post_data or "")) as last:
        held[0].continue_()
    assert last.value.ok
    assert visitors_page.drafts.get().text == TEA


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


def test_two_windows_that_wrote_are_shown_both_texts(window: Page, visitors_page: Profile) -> None:
    other = window.context.new_page()
    other.goto(IMPORTANT)
    box(other, "important").fill("Coffee first.")
    press(other, "Save and stop for now")
    expect_heading(other, "Hello Jo")
    box(window, "important").fill(TEA)
    expect_saved(window)
    press(window, "Save and carry on")
    expect_heading(window, "Here are both. Which is right?")
    expect(window.locator(".words")).to_have_text([TEA, "Coffee first."])
    choose(window, "Both, one after the other")
    press(window, "Use this")
    expect(first_words(window, "important")).to_have_text(f"Coffee first. {TEA}")
    assert texts(visitors_page, "important") == ["Coffee first.", f"Coffee first.\n{TEA}"]
    assert not visitors_page.drafts.exists()


def test_words_met_by_a_draft_in_another_window_are_shown_beside_it(window: Page) -> None:
    other = window.context.new_page()
    other.goto(IMPORTANT)
    box(other, "important").fill("Coffee first.")
    expect_saved(other)
    box(window, "important").fill(TEA)
    expect_saved(window, "These words are also open in another window")
    press(window, "Save and stop for now")
    expect_heading(window, "Hello Jo")
    window.goto(IMPORTANT)
    follow(window, "Look at both")
    expect(window.locator(".words")).to_have_text(["Coffee first.", TEA])


def test_the_browsers_own_way_back_meets_no_conflict(window: Page, visitors_page: Profile) -> None:
    for words in [TEA, "Coffee at 8."]:
        box(window, "important").fill(words)
        expect_saved(window)
        press(window, "Save and carry on")
        expect_heading(window, "Who are the people who matter to you?")
        window.go_back()
        expect(box(window, "important")).to_have_value(words)
    assert texts(visitors_page, "important") == [TEA, "Coffee at 8."]
    assert not visitors_page.drafts.exists()


def test_the_browser_keeps_no_words(window: Page) -> None:
    box(window, "important").fill(TEA)
    expect_saved(window)
    press(window, "Save and carry on")
    expect_heading(window, "Who are the people who matter to you?")
    window.wait_for_load_state()  # by then htmx has written down where we are
    kept = window.evaluate(
        """async () => ({
            local: {...localStorage}, session: {...sessionStorage},
            databases: await indexedDB.databases(), caches: await caches.keys(),
        })"""
    )
    # htmx writes down where we are, however it is set; an address of ours holds no words.
    assert kept.pop("session") == {"htmx-current-path-for-history": "/me/matters/people/"}
    assert not any(kept.values())


def test_words_outlive_a_sign_in_in_another_window(window: Page, visitors_page: Profile) -> None:
    """The other window got new cookies: what this form carries is old."""
    box(window, "important").fill(TEA)
    expect_saved(window)
    window.context.clear_cookies(name="csrftoken")
    window.context.new_page().goto("/me/")
    box(window, "important").fill(f"{TEA} Then talk.")
    with window.expect_response(lambda answer: "draft" in answer.url and answer.ok):
        pass
    expect_saved(window)
    assert visitors_page.drafts.get().text == f"{TEA} Then talk."
    window.context.clear_cookies(name="csrftoken")
    window.context.new_page().goto("/me/")
    press(window, "Save and stop for now")
    expect_heading(window, "These words are not saved")
    press(window, "Save")
    expect_heading(window, "Hello Jo")
    assert texts(visitors_page, "important") == [f"{TEA} Then talk."]


def test_when_the_page_is_gone_from_this_browser_saving_stops_and_says_so(window: Page) -> None:
    window.context.clear_cookies()
    box(window, "important").fill(TEA)
    expect_saved(window, "Your page is not open in this browser any more.")
    press(window, "Save and stop for now")
    expect_heading(window, "These words are not saved")
    expect(window.get_by_role("textbox", name="Your words")).to_have_value(TEA)
