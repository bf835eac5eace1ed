"""A part is seen at a glance, and its lines are put in order without losing one's place."""

from playwright.sync_api import expect

from profiles.topics.load import load
from tests.factories import make_page, make_share, make_user, say
from tests.journeys.conftest import Browsers
from tests.journeys.steps import lines

PHONE = {"width": 390, "height": 844}
TALL = "document.documentElement.scrollHeight"


def test_how_to_help_me_well_is_at_most_three_screens_of_a_phone(browsers: Browsers) -> None:
    jo = make_user("jo@example.org")
    page = make_page(jo, call_me="Jo")
    topics = load().part("help").topics
    assert len(topics) >= 15
    for topic in topics:
        say(page, topic.key, "Ask one thing. Count to ten. Wait for my answer.\n" * 3)
    for name in ("Ward 4, City Hospital", "Priya, Sunrise Home Care"):
        make_share(page, reader_name=name, topics=[topic.key for topic in topics])
    window = browsers.open(jo, viewport=PHONE)
    window.goto("/me/help/")
    expect(window.get_by_text("Shared with 2: Priya").first).to_be_visible()
    assert window.evaluate(TALL) <= 3 * PHONE["height"]


def test_words_from_right_to_left_stand_at_their_edge_when_put_in_order(browsers: Browsers) -> None:
    page = make_page(call_me="Jo", important="أحب الشاي أولاً.")
    jo = browsers.open(page, viewport=PHONE)
    jo.goto("/me/matters/?order=yes")
    ends = jo.locator(".line-words").evaluate(
        """words => {
          const range = document.createRange()
          range.selectNodeContents(words)
          const button = words.closest(".line").querySelector("button")
          return [range.getBoundingClientRect().right, button.getBoundingClientRect().left]
        }"""
    )
    assert 0 <= ends[1] - ends[0] < 20


def test_after_a_move_the_keyboard_is_on_the_moved_line(browsers: Browsers, scripted: bool) -> None:
    page = make_page(call_me="Jo", important="Tea.\nDog.\nBus.\nHat.\nSea.")
    jo = browsers.open(page, viewport=PHONE, java_script_enabled=scripted)
    jo.goto("/me/matters/?order=yes")
    tea = jo.locator(".line").filter(has_text="Tea.")
    down = tea.get_by_role("button", name="Move down")
    down.focus()
    for place in (2, 3, 4):
        jo.keyboard.press("Enter")
        expect(jo.get_by_role("status")).to_have_text(f"Moved to {place} of 5")
        expect(down).to_be_focused()
        expect(down).to_have_accessible_description(f"Moved to {place} of 5")
        expect(down).to_be_in_viewport()
    jo.keyboard.press("Enter")  # at the end of the way there is no such button
    expect(tea.get_by_role("button", name="Move up")).to_be_focused()
    expect(lines(jo, "important")).to_have_text(["Dog.", "Bus.", "Hat.", "Sea.", "Tea."])
