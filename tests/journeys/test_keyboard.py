"""Somebody who has no mouse writes, moves and reads their page, and always sees where they are."""

from collections.abc import Iterator

from playwright.sync_api import Page, expect

from tests.factories import begin_share, make_page, make_share, make_user
from tests.journeys.conftest import Browsers
from tests.journeys.steps import expect_heading, lines

MOST_STOPS = 60  # presses of Tab on one page; more, and somebody would give up
# The words of what has the keyboard: its label's if it has one.
WORDS = """() => {
  const here = document.activeElement;
  const words = here.labels?.length ? here.labels[0].innerText : here.innerText;
  return words.replace(/\\s+/g, " ").trim();
}"""
# Is the keyboard's place drawn? A line of three pixels, round the control or the box it stands in.
IS_SEEN = """() => {
  const here = document.activeElement;
  const drawn = (element) => {
    const {outlineStyle, outlineWidth, opacity} = getComputedStyle(element);
    const {width, height} = element.getBoundingClientRect();
    return outlineStyle !== "none" && parseFloat(outlineWidth) >= 3
      && opacity !== "0" && width > 0 && height > 0;
  };
  const around = here.closest(".choice, .picture-choice, .part-row, .topic-row");
  return drawn(here) || (around !== null && drawn(around));
}"""


def test_a_page_is_written_from_the_keyboard_alone(browsers: Browsers) -> None:
    jo = browsers.open()
    jo.goto("/")
    go_to(jo, "Make my page")
    jo.keyboard.press("Enter")
    expect_heading(jo, "Who is this page for?")
    go_to(jo, "Me")
    jo.keyboard.press("Space")
    go_to(jo, "Begin")
    jo.keyboard.press("Enter")
    when_the_name_is_typed_and_a_picture_chosen(jo)
    when_the_next_question_is_answered_in_two_lines(jo)
    then_lines_are_moved_and_removed(jo)
    then_the_page_can_be_read(jo)


def when_the_name_is_typed_and_a_picture_chosen(jo: Page) -> None:
    expect_heading(jo, "What do you like to be called?")
    go_to(jo, "What do you like to be called?")
    jo.keyboard.type("Jo")
    go_to(jo, "Examples")
    jo.keyboard.press("Enter")
    expect(jo.get_by_text("This could be anyone’s:")).to_be_visible()
    go_to(jo, "Picture: Hello Change")
    jo.keyboard.press("Enter")
    go_to(jo, "Hello")
    jo.keyboard.press("ArrowRight")
    expect(jo.get_by_label("Talking", exact=True)).to_be_checked()
    assert_seen(jo)
    go_to(jo, "Save and carry on")
    jo.keyboard.press("Enter")


def when_the_next_question_is_answered_in_two_lines(jo: Page) -> None:
    expect_heading(jo, "If someone has only ten seconds, what must they know?")
    go_to(jo, "If someone has only ten seconds, what must they know?")
    jo.keyboard.type("Nuts close my throat.")
    jo.keyboard.press("Enter")
    jo.keyboard.type("Ask me first.")
    go_to(jo, "Save and stop for now")
    jo.keyboard.press("Space")
    expect_heading(jo, "Hello Jo")


def then_lines_are_moved_and_removed(jo: Page) -> None:
    go_to(jo, "Keep me safe")
    jo.keyboard.press("Enter")
    expect_heading(jo, "Keep me safe")
    go_to(jo, "Put in order")
    jo.keyboard.press("Enter")
    expect_heading(jo, "Put in order: Keep me safe")
    go_to(jo, "Move down: Nuts close my throat.")
    jo.keyboard.press("Enter")
    expect(lines(jo, "must_know")).to_have_text(["Ask me first.", "Nuts close my throat."])
    go_to(jo, "Remove: Nuts close my throat.")  # the keyboard is on that line still
    jo.keyboard.press("Enter")
    expect(lines(jo, "must_know")).to_have_text(["Ask me first."])
    go_to(jo, "Put it back")
    jo.keyboard.press("Enter")
    expect(lines(jo, "must_know")).to_have_text(["Ask me first.", "Nuts close my throat."])
    go_to(jo, "It is in order now")
    jo.keyboard.press("Enter")
    expect_heading(jo, "Keep me safe")


def then_the_page_can_be_read(jo: Page) -> None:
    go_to(jo, "See my page")
    jo.keyboard.press("Enter")
    expect_heading(jo, "Hello, I’m Jo")
    go_to(jo, "Change: What you must know")
    jo.keyboard.press("Enter")
    expect_heading(jo, "If someone has only ten seconds, what must they know?")


def test_the_first_stop_skips_to_the_main_part(browsers: Browsers) -> None:
    jo = browsers.open(make_page(call_me="Jo"))
    jo.goto("/me/")
    jo.keyboard.press("Tab")
    assert jo.evaluate(WORDS) == "Skip to the main part"
    assert_seen(jo)
    jo.keyboard.press("Enter")
    expect(jo.locator("#main")).to_be_focused()
    jo.keyboard.press("Tab")
    assert jo.evaluate(WORDS) == "See my page"


def test_what_is_wrong_has_the_keyboard_first(browsers: Browsers) -> None:
    jo = browsers.open()
    jo.goto("/start/")
    go_to(jo, "Begin")
    jo.keyboard.press("Enter")
    expect(jo.locator("#error-summary")).to_be_focused()
    assert jo.title().startswith("Problem: ")
    assert_seen(jo)
    jo.keyboard.press("Tab")
    assert jo.evaluate(WORDS) == "Choose who this page is for"
    jo.keyboard.press("Enter")
    expect(jo.get_by_label("Me", exact=True)).to_be_focused()


def test_the_keyboard_can_leave_every_stop_of_a_question(browsers: Browsers) -> None:
    jo = browsers.open(make_page(call_me="Jo"))
    jo.goto("/me/matters/important/")
    stops = list(every_stop(jo))
    assert stops[0] == "Skip to the main part"
    assert stops[-1] == "Health Icons"
    assert "Save and carry on" in stops


def test_each_place_in_a_box_for_a_day_is_seen(browsers: Browsers) -> None:
    ana = make_user("ana@example.org")
    make_page(ana, call_me="Ana", important="Tea first.")
    window = browsers.open(ana)
    window.goto("/me/moments/carer/")
    assert "On which day?" in list(every_stop(window))


def test_enter_ticks_nothing_that_nobody_ticked(browsers: Browsers) -> None:
    ana = make_user("ana@example.org")
    page = make_page(ana, call_me="Ana", important="Tea first.", sleep="Light on.")
    share = make_share(page, topics=("sleep",))
    begin_share(page, reader_name="Sam", topics=("sleep",))
    window = browsers.open(ana)
    for address in ("/me/sharing/new/what/", f"/me/sharing/{share.ref}/what/"):
        window.goto(address)
        window.get_by_label("My nights").press("Enter")  # instead of the space bar
        expect(window.get_by_role("alert")).to_be_visible()  # what is still to be said
        expect(window.get_by_label("My nights")).to_be_checked()
        expect(window.get_by_label("What matters most to me")).not_to_be_checked()


def test_enter_sends_words_that_were_changed_to_be_thought_about_again(browsers: Browsers) -> None:
    share = make_share(make_page(make_user("ana@example.org"), call_me="Ana"))
    cal = browsers.open()
    cal.goto(f"/s/{share.key}/")
    cal.get_by_label("Your name").fill("Cal")
    what = cal.get_by_label("What you do")
    for hurts in ("service users", "wheelchair bound"):
        what.fill(f"I help {hurts}")
        what.press("Enter")
        expect(cal.locator("#kind-words")).to_contain_text(f"“{hurts}”")


def go_to(window: Page, words: str) -> None:
    """Press Tab until the keyboard is there, going round once at most."""
    for stop in every_stop(window):
        if stop.replace(" :", ":") == words:
            return
    raise AssertionError(f"Tab never comes to {words!r}")


def every_stop(window: Page) -> Iterator[str]:
    """Press Tab, and say the words of each place; it has to be seen."""
    # Until a page has come whole, it may still take the keyboard to the part its address names.
    window.wait_for_load_state("load")
    window.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
    for _ in range(MOST_STOPS):
        window.keyboard.press("Tab")
        if window.evaluate("document.activeElement === document.body"):
            return
        assert_seen(window)
        yield window.evaluate(WORDS)


def assert_seen(window: Page) -> None:
    assert window.evaluate(IS_SEEN), (
        f"nobody sees that the keyboard is on {window.evaluate(WORDS)!r}"
    )
