"""Words that are on their way when somebody leaves, or loses the connection, are not lost."""

import pytest
from playwright.sync_api import Dialog, Page, Route, expect

from profiles.pages.models import Profile
from tests.factories import make_page, make_supporter, make_user, texts
from tests.journeys.conftest import Browsers
from tests.journeys.steps import IMPORTANT, box, expect_heading, follow, press

TEA = "Tea first, before anybody talks."
MORE = f"{TEA} Then toast."


def until_kept(window: Page, visitors_page: Profile) -> None:
    """What a page sends as it ends has no answer that could be waited for."""
    for _ in range(100):
        if visitors_page.drafts.exists():
            return
        window.wait_for_timeout(50)
    raise AssertionError("no words were kept")


def expect_running(window: Page) -> None:
    """Its modules are there: they are fetched once the page stands."""
    window.wait_for_load_state("networkidle")


def never(route: Route) -> None:
    """So slow a server that no draft gets there while somebody looks."""


def forgive(browsers: Browsers) -> None:
    """What Chromium itself says of a connection that is not there, and htmx of it."""
    for watch in browsers.watches:
        assert all("net::ERR_" in each or "htmx:" in each for each in watch.problems)
        watch.problems.clear()


def test_who_leaves_within_the_second_finds_their_words(
    window: Page, visitors_page: Profile
) -> None:
    box(window, "important").fill(TEA)
    follow(window, "Back to What matters to me")
    until_kept(window, visitors_page)
    window.goto(IMPORTANT)
    expect(box(window, "important")).to_have_value(TEA)
    assert not visitors_page.answers.about("important").exists()


def test_who_only_looked_sends_nothing(window: Page, visitors_page: Profile) -> None:
    asked: list[str] = []
    window.context.on("request", lambda request: asked.append(request.method))
    follow(window, "Back to What matters to me")
    expect_heading(window, "What matters to me")
    assert "POST" not in asked


def test_what_is_not_looked_at_any_more_is_kept_at_once(
    window: Page, visitors_page: Profile
) -> None:
    window.clock.install()  # so that the second in which nothing is typed does not end
    box(window, "important").fill(TEA)
    with window.expect_response("**/draft/") as answer:
        window.evaluate(
            """() => {
                Object.defineProperty(document, "hidden", { value: true });
                document.dispatchEvent(new Event("visibilitychange"));
            }"""
        )
    assert answer.value.ok
    assert visitors_page.drafts.get().text == TEA


def test_words_thrown_away_stay_away(window: Page, visitors_page: Profile) -> None:
    box(window, "important").fill(TEA)
    expect(window.get_by_role("status").get_by_text("Saved a moment ago.")).to_be_visible()
    window.reload()
    box(window, "important").fill(MORE)
    press(window, "Throw these words away")
    expect(box(window, "important")).to_have_value("")
    assert not visitors_page.drafts.exists()


@pytest.mark.parametrize("presses_save", [False, True])
def test_what_was_typed_while_a_draft_is_on_its_way_is_not_left_behind(
    window: Page, visitors_page: Profile, presses_save: bool
) -> None:
    window.route("**/draft/", never)
    with window.expect_request("**/draft/"):
        box(window, "important").fill(TEA)
    box(window, "important").fill(MORE)
    if presses_save:
        press(window, "Save and carry on")  # which waits for the draft, for a while
    follow(window, "Back to What matters to me")
    until_kept(window, visitors_page)
    assert visitors_page.drafts.get().text == MORE


def test_save_is_sent_where_an_answer_was_lost_and_the_next_says_another_window(
    window: Page, visitors_page: Profile, browsers: Browsers
) -> None:
    window.route("**/draft/", lambda route: route.abort(), times=1)
    box(window, "important").fill(TEA)
    expect(window.get_by_role("status").get_by_text("You are not connected.")).to_be_visible()
    other = window.context.new_page()
    other.goto(IMPORTANT)
    box(other, "important").fill("Coffee first.")
    expect(other.get_by_role("status").get_by_text("Saved a moment ago.")).to_be_visible()
    box(window, "important").fill(MORE)
    expect(window.get_by_role("status").get_by_text("also open in another window")).to_be_visible()
    press(window, "Save and stop for now")
    expect_heading(window, "Hello Jo")
    assert texts(visitors_page, "important") == [MORE]
    assert visitors_page.drafts.get().text == "Coffee first."
    forgive(browsers)


def test_words_changed_after_an_answer_was_lost_are_no_other_windows(
    window: Page, visitors_page: Profile, browsers: Browsers
) -> None:
    def lose_the_answer(route: Route) -> None:
        route.fetch()
        route.abort()

    window.route("**/draft/", lose_the_answer, times=1)
    box(window, "important").fill(TEA)
    expect(window.get_by_role("status").get_by_text("You are not connected.")).to_be_visible()
    box(window, "important").fill(f"Milk, and {TEA}")
    expect(window.get_by_role("status").get_by_text("Saved a moment ago.")).to_be_visible()
    assert visitors_page.drafts.get().text == f"Milk, and {TEA}"
    press(window, "Save and stop for now")
    expect_heading(window, "Hello Jo")
    assert texts(visitors_page, "important") == [f"Milk, and {TEA}"]
    assert not visitors_page.drafts.exists()
    forgive(browsers)


def test_save_with_nobody_there_keeps_the_words_before_the_eyes(
    window: Page, visitors_page: Profile, browsers: Browsers
) -> None:
    window.route("**/draft/", lambda route: route.abort())
    box(window, "important").fill(TEA)
    expect(window.get_by_role("status").get_by_text("You are not connected.")).to_be_visible()
    press(window, "Save and stop for now")
    expect(window.get_by_role("alert")).to_contain_text("nothing was sent")
    expect(window.get_by_role("alert")).to_be_focused()
    expect(box(window, "important")).to_have_value(TEA)
    window.unroute("**/draft/")
    press(window, "Save and stop for now")
    expect_heading(window, "Hello Jo")
    assert texts(visitors_page, "important") == [TEA]
    forgive(browsers)


def test_no_form_is_sent_without_a_connection(window: Page, browsers: Browsers) -> None:
    window.goto("/me/moments/changed/")
    word = window.get_by_role("textbox").first
    word.fill("the stairs")
    window.context.set_offline(True)
    window.get_by_role("main").locator("form button").first.click()
    expect(window.get_by_role("alert")).to_contain_text("You are not connected.")
    expect(word).to_have_value("the stairs")
    window.context.set_offline(False)
    window.get_by_role("main").locator("form button").first.click()
    expect(window.get_by_role("alert")).to_have_count(0)
    forgive(browsers)


def test_a_hand_that_shakes_sends_a_form_once(window: Page) -> None:
    """Chromium leaves out a second press by itself, others do not: so nothing is sent here."""
    window.goto("/me/moments/changed/")
    expect_running(window)
    window.evaluate(
        """() => {
            window.stopped = [];
            window.addEventListener("submit", (event) => {
                window.stopped.push(event.defaultPrevented);
                event.preventDefault();
            });
        }"""
    )
    window.get_by_role("button", name="Find it").dblclick()
    assert window.evaluate("window.stopped") == [False, True]


def test_a_helper_is_asked_before_words_are_left_behind(
    browsers: Browsers, transactional_db: None
) -> None:
    dee = make_user("dee@example.org")
    helps = make_supporter(make_page(make_user("jo@example.org"), call_me="Jo"), dee)
    window = browsers.open(dee)
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    window.on("dialog", stay)
    window.goto(f"/helping/{helps.ref}/suggest/matters/important/")
    expect_running(window)
    words = window.get_by_role("textbox").first
    words.press_sequentially("She suffers from noise.")
    with window.expect_event("dialog"):
        window.get_by_role("link", name="Back", exact=True).click(no_wait_after=True)
    expect(words).to_have_value("She suffers from noise.")
    assert asked == ["beforeunload"]
    press(window, "Suggest this")  # it is looked at, and comes back with a thought about a word
    expect_running(window)
    words.click()
    with window.expect_event("dialog"):
        window.get_by_role("link", name="Back", exact=True).click(no_wait_after=True)
    expect(words).to_have_value("She suffers from noise.")
    assert asked == ["beforeunload"] * 2
    words.fill("Noise hurts.")
    press(window, "Suggest this")
    expect(words).to_have_count(0)
    assert asked == ["beforeunload"] * 2
