"""A worker has ten seconds and a telephone: what keeps somebody safe is seen without moving."""

from typing import Any

import pytest
from django.core.cache import cache
from playwright.sync_api import Locator, Page, ViewportSize, expect

from profiles.pages.actions import start_page
from profiles.photos.actions import add_photo
from profiles.sharing.models import Share
from profiles.topics.load import load
from tests.accessibility import BROKEN, problems_here
from tests.factories import make_page, make_share, make_user, say
from tests.journeys.conftest import Browsers
from tests.journeys.steps import follow, press
from tests.photos.photos import as_file, corners

PHONE = ViewportSize(width=390, height=844)
LONG_NAME = "Maria-Concepción Oyelaran-Hughes"
SAID = {
    "call_me": f"{LONG_NAME}\nRhymes with “go”. Please do not call me Joanna.",
    "must_know": "I am allergic to peanuts. My pen is in the blue bag by the door.\n"
    "My food must be soft (Level 5). Sit me up, and stay with me.\n"
    "I have seizures. After three minutes, ring 999.",
    "yes_no": "Eyes up is yes. Looking away is no.",
    "ring_first": "My sister Dee, 07700 900123, any time, day or night.",
    "appreciate": "I remember everyone’s birthday, and I am funny.",
    "communicate": "Ask one thing. Count to ten. My clinic is on ٠١١٧ ٤٩٦ ٠١٢٣.",
    "sleep": "Hall light on, door open a hand’s width.",
}


@pytest.fixture
def share(transactional_db: None) -> Share:
    cache.clear()
    page = make_page(make_user(), **SAID)
    add_photo(profile=page, whole=as_file(corners()), alt="Maria in a red hat")
    return make_share(page, topics=[*SAID], with_photo=True)


def read(browsers: Browsers, share: Share, called: str = LONG_NAME, **how: Any) -> Page:
    window = browsers.open(**{"viewport": PHONE} | how)
    window.goto(f"/s/{share.key}/")
    window.get_by_label("Your name").fill("Priya Nair")
    window.get_by_label("What you do").fill("nurse")
    press(window, "Read the page")
    expect(window.get_by_role("heading", level=1)).to_contain_text(called)
    return window


def top(found: Locator) -> float:
    box = found.bounding_box()
    assert box
    return box["y"]


def foot(found: Locator) -> float:
    box = found.bounding_box()
    assert box
    return box["y"] + box["height"]


def test_what_keeps_somebody_safe_is_seen_without_moving(browsers: Browsers, share: Share) -> None:
    window = read(browsers, share)
    bar = top(window.get_by_role("region", name="When you have read it"))
    photo = window.get_by_role("img", name="Maria in a red hat").bounding_box()
    assert photo
    assert (photo["width"], photo["height"]) == (72, 72)
    assert top(window.locator(".stroke", has_text=LONG_NAME)) < photo["y"] + 72  # beside it
    safe = window.get_by_role("heading", name="Keep me safe")
    assert top(safe) <= 260
    for line in SAID["must_know"].splitlines():
        assert foot(window.get_by_text(line)) <= bar
    assert foot(window.get_by_text(SAID["yes_no"])) <= bar
    ring = window.get_by_role("link", name="07700 900123")
    assert foot(window.locator(".ring")) <= bar
    box = ring.bounding_box()
    assert box
    assert box["height"] >= 48
    red = foot(window.locator("section.part").first)
    assert red <= bar
    for below in (
        window.get_by_text("is sharing this with you"),
        window.get_by_label("Large print"),
    ):
        assert top(below) > red
    assert window.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_what_never_to_do_comes_next_and_is_seen_on_most_pages(
    browsers: Browsers, transactional_db: None
) -> None:
    said = {
        "call_me": "Jo",
        "must_know": "I am allergic to peanuts. My pen is in the blue bag by the door.",
        "yes_no": "Eyes up is yes. Looking away is no.",
        "ring_first": "My sister Dee: 07700 900123. Any time.",
        "appreciate": "I am funny.",
        "do": "Knock first.",
        "do_not": "Do not move my chair while I am in it without telling me.",
    }
    page = make_page(make_user(), **said)
    share = make_share(page, topics=[*said])
    window = read(browsers, share, called="Jo")
    bar = top(window.get_by_role("region", name="When you have read it"))
    assert foot(window.locator(".half-do_not")) <= bar
    order = window.locator("main h2").all_inner_texts()
    assert order == ["Keep me safe", "Please do not", "Please do", "What people like about me"]


def test_what_we_say_is_read_from_left_to_right_beside_words_that_are_not(
    browsers: Browsers, transactional_db: None
) -> None:
    name = "أميرة"
    page = start_page(for_someone=False, language="ar", user=make_user())
    say(page, "call_me", name)
    say(page, "must_know", "المكسرات تغلق حلقي.")
    window = read(browsers, make_share(page, topics=["must_know"]), called=name)
    said = window.get_by_text("is sharing this with you")
    assert said.evaluate("element => getComputedStyle(element).direction") == "ltr"
    assert window.locator(".page").get_attribute("dir") == "rtl"


def test_printed_from_the_browser_the_photo_is_small_and_the_red_box_has_its_line(
    browsers: Browsers, share: Share
) -> None:
    window = read(browsers, share)
    window.emulate_media(media="print")
    photo = window.get_by_role("img", name="Maria in a red hat").bounding_box()
    assert photo
    assert photo["width"] < 150 > photo["height"]
    safe = window.locator("section.part").first
    expect(safe).to_have_css("border-top-style", "solid")
    assert top(safe) >= photo["y"] + photo["height"]


@pytest.mark.parametrize("how", [{"media": "print"}, {"forced_colors": "active"}])
def test_each_statement_has_its_mark_where_a_browser_draws_no_background(
    browsers: Browsers, share: Share, how: dict[str, Any]
) -> None:
    window = read(browsers, share)
    statement = window.get_by_role("listitem").filter(has_text="I have seizures.")
    expect(statement).to_have_css("list-style-type", "none")
    window.emulate_media(**how)
    expect(statement).to_have_css("list-style-type", "disc")


def test_numbers_are_there_to_be_pressed(browsers: Browsers, share: Share) -> None:
    window = read(browsers, share)
    expect(window.get_by_role("link", name="07700 900123")).to_have_attribute(
        "href", "tel:07700900123"
    )
    clinic = window.locator("a[href='tel:01174960123']")
    expect(clinic).to_have_text("٠١١٧ ٤٩٦ ٠١٢٣")
    # Without an order of their own, these digits would change places around the spaces.
    groups = clinic.evaluate(
        """link => {
          const words = link.querySelector("bdo").firstChild
          return [0, 5, 9].map((at) => {
            const range = document.createRange()
            range.setStart(words, at)
            range.setEnd(words, at + 1)
            return range.getBoundingClientRect().left
          })
        }"""
    )
    assert groups == sorted(groups)


def test_a_number_is_in_one_row_and_the_foot_at_the_edge_of_the_page(
    browsers: Browsers, transactional_db: None
) -> None:
    words = "عندي حساسية من الفول السوداني. 07700 900123"
    page = make_page(make_user(), call_me="أميرة", must_know=words)
    share = make_share(page, topics=["call_me", "must_know"])
    window = read(browsers, share, called="أميرة")
    number = window.get_by_role("link", name="07700 900123")
    for width in range(320, 480, 10):
        window.set_viewport_size(ViewportSize(width=width, height=844))
        rows = number.locator("bdo").evaluate("number => number.getClientRects().length")
        assert rows == 1, width
    window.emulate_media(media="print")
    window.set_viewport_size(ViewportSize(width=794, height=844))
    foot, head = (
        window.locator(found).evaluate("words => words.getBoundingClientRect().right")
        for found in (".page-foot p", ".page .part")
    )
    assert foot == pytest.approx(head, abs=1)


def test_the_bar_sends_what_was_typed_and_leads_to_the_promise(
    browsers: Browsers, share: Share, scripted: bool
) -> None:
    window = read(browsers, share, java_script_enabled=scripted)
    follow(window, "Make a promise")
    words = window.get_by_label("One thing I will do because I read this")
    expect(words).to_be_in_viewport()
    words.fill("I will knock.")
    press(window, "I have read this")
    expect(window.get_by_role("heading", level=1)).to_have_text("Thank you, Priya Nair")
    expect(window.get_by_text(f"{LONG_NAME} will see:")).to_be_visible()
    assert "knock" not in window.url
    window.reload()
    expect(window.get_by_text("I will knock.")).to_be_visible()
    assert problems_here(window) == []
    window.go_back()
    expect(window.get_by_role("heading", name="Keep me safe")).to_be_visible()
    assert share.looks.get(happened="read").words == "I will knock."


def test_nothing_that_has_the_focus_is_behind_the_bar(browsers: Browsers, share: Share) -> None:
    window = read(browsers, share)
    bar = window.get_by_role("region", name="When you have read it")
    seen = set()
    for _ in range(40):
        window.keyboard.press("Tab")
        focused = window.locator(":focus")
        if not focused.count() or bar.locator(":focus").count():
            continue
        seen.add(focused.evaluate("element => element.textContent || element.name"))
        assert foot(focused) <= top(bar) or top(focused) >= foot(bar)
    assert len(seen) > 5


@pytest.mark.parametrize(
    "how", [{"color_scheme": "dark"}, {"viewport": {"width": 320, "height": 640}}]
)
def test_it_is_open_to_everybody(browsers: Browsers, share: Share, how: dict[str, Any]) -> None:
    window = read(browsers, share, **how)
    assert problems_here(window) == []


def test_no_short_word_is_broken_where_letters_are_twice_as_large(
    browsers: Browsers, transactional_db: None
) -> None:
    said = SAID | {"call_me": "Jo", "do_not": "Do not move my chair."}
    page = make_page(make_user())
    for topic, text in said.items():
        say(page, topic, text, picture=load().topic(topic).picture)
    window = read(browsers, make_share(page, topics=[*said]), called="Jo")
    for width in (390, 320):
        window.set_viewport_size(ViewportSize(width=width, height=844))
        assert window.evaluate(BROKEN) == []
        window.evaluate("document.documentElement.style.fontSize = '200%'")
        assert window.evaluate(BROKEN) == [], width
        window.evaluate("document.documentElement.removeAttribute('style')")


def test_a_stop_stands_behind_the_number_where_letters_are_very_large(
    browsers: Browsers, transactional_db: None
) -> None:
    page = make_page(make_user(), call_me="Jo", ring_first="Dee: 07700 900123. Day or night.")
    share = make_share(page, topics=["call_me", "ring_first"])
    window = read(browsers, share, called="Jo", viewport={"width": 320, "height": 640})
    number = window.get_by_role("link", name="07700 900123.")
    for size in ("100%", "200%"):
        window.evaluate(f"document.documentElement.style.fontSize = '{size}'")
        apart = number.evaluate(
            """link => {
              const [digits, stop] = [link.querySelector("bdo").firstChild, link.lastChild]
              const [last, dot] = [digits, stop].map((words) => {
                const range = document.createRange()
                range.setStart(words, words.length - 1)
                range.setEnd(words, words.length)
                return range.getBoundingClientRect()
              })
              return [dot.left - last.right, dot.bottom - last.bottom]
            }"""
        )
        assert apart == pytest.approx([0, 0], abs=1), size
        box = number.bounding_box()
        assert box and box["height"] >= 48


def test_the_bar_stands_still_where_letters_are_very_large(
    browsers: Browsers, share: Share
) -> None:
    window = read(browsers, share, viewport={"width": 320, "height": 640})
    bar = window.get_by_role("region", name="When you have read it")
    expect(bar).to_have_css("position", "sticky")
    window.evaluate("document.documentElement.style.fontSize = '200%'")
    expect(bar).to_have_css("position", "static")


def test_a_sign_that_is_seen_is_not_read_out(browsers: Browsers) -> None:
    page = make_page(make_user(), call_me="Ana", do="Ask me first.", do_not="Never lift me.")
    window = read(browsers, make_share(page, topics=["do", "do_not"]), called="Ana")
    for said in ("Please do", "Please do not"):
        expect(window.get_by_role("heading", name=said, exact=True)).to_be_visible()
