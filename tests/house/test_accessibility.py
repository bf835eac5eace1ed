"""The pages that are nobody's, in a real browser: open to everybody, every way."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from profiles.core.mails import REMINDER, stop_address
from tests.accessibility import check, check_every_way
from tests.drawn import NIGHTLY

pytestmark = pytest.mark.once

ADDRESSES = [
    "/",
    "/example/",
    "/help/",
    "/help/clinic/",
    "/privacy/",
    "/accessibility/",
    "/looks/?changed=yes",
    "/start/",
    "/account/login/code/",
    "/nowhere/",
]


def test_nobody_is_shut_out(page: Page, live_server: LiveServer) -> None:
    for turn, address in enumerate(ADDRESSES):
        page.goto(live_server.url + address)
        assert check_every_way(page, turn) == [], address


def test_nobody_is_shut_out_of_stopping_emails(page: Page, live_server: LiveServer) -> None:
    address = stop_address(REMINDER, row=1, account=1).partition("//testserver")[2]
    page.goto(live_server.url + address)
    assert check_every_way(page, 0) == []
    page.get_by_role("button", name="Stop these emails").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("no more of these emails")
    assert check_every_way(page, 2) == []


def test_nobody_is_shut_out_of_any_component(
    page: Page, live_server: LiveServer, settings: Any
) -> None:
    settings.LOCAL = True
    page.goto(live_server.url + "/gallery/")
    focused = page.locator("#error-summary:focus, #kind-words:focus")  # whichever came first
    expect(focused).to_have_count(1, timeout=15_000)
    assert check_every_way(page) == []


@pytest.mark.parametrize("colours", ["light", "dark", "yellow"])
def test_every_choice_of_colours_can_be_read(
    page: Page, live_server: LiveServer, settings: Any, colours: str
) -> None:
    settings.LOCAL = True
    cookie = {"name": "looks", "value": f"{colours}.biggest.roomy.hidden", "url": live_server.url}
    page.context.add_cookies([cookie])  # type: ignore[list-item]
    others = {"light": (), "dark": ("/example/",), "yellow": ("/",)}  # by day, in their turns
    for address in ("/gallery/", *(("/example/", "/") if NIGHTLY else others[colours])):
        page.goto(live_server.url + address)
        assert check(page) == []


def test_colours_change_without_a_script(browser: Any, live_server: LiveServer) -> None:
    with browser.new_context(java_script_enabled=False) as window:
        page = window.new_page()
        page.goto(live_server.url + "/help/")
        page.get_by_role("link", name="Text and colours").first.click()
        page.get_by_label("Light words on a dark page").check()
        page.get_by_role("button", name="Use these").click()
        page.get_by_role("link", name="Go back to where I was").click()
        expect(page.locator("html")).to_have_attribute("data-colours", "dark")
        expect(page).to_have_url(live_server.url + "/help/")


FAULTS = {
    "<h1>A</h1><p id='a'>1</p><p id='a'>2</p>": 'The id "a" is there twice',
    "<h1>A</h1><p aria-describedby='b'>1</p>": 'aria-describedby points at "b"',
    "<h1>A</h1><a href='#b'>There</a>": "A link leads nowhere",
    "<h1>A</h1><label><input type=radio>A</label>": "A radio button stands outside",
    "<h1>A</h1><input aria-label=A aria-invalid=true>": "no error says why",
    "<h1>A</h1><p id=error-summary><a href='#c'>C</a> <a href='#b'>B</a></p><p id=b>B<p id=c>C": (
        "in another order than on the page"
    ),
    "<h1>A</h1><button>B</button>": "A target is small",
    "<h1>A</h1><h3>B</h3>": "A heading skips a level",
    "<p>A</p>": "A page has one h1",
    "<h1>A</h1><label for=b>B</label>": "A label belongs to nothing",
    "<h1>A</h1><p style='width:200vw'>B</p>": "scrolls sideways",
    "<h1>A</h1><p onclick='b()'>B</p>": "the security policy stops",
    "<h1>A</h1><button class=button>B</button><a class=button data-kind=main href='/'>C</a>": (
        "one filled button at most, and this one: B; C"
    ),
    "<h1>A</h1><img src='data:,'>": "axe image-alt",
    "<h1>A</h1><p style='color:#999'>Pale words</p>": "axe color-contrast",
}


def test_the_checks_find_what_they_are_for(page: Page) -> None:
    for body, problem in FAULTS.items():
        page.set_content(f"<!doctype html><html lang=en><title>A</title><main>{body}</main></html>")
        assert any(problem in found for found in check(page)), problem


def test_a_short_word_that_is_broken_where_letters_are_large_is_found(page: Page) -> None:
    style = "<style>p { overflow-wrap: anywhere; width: 120px }</style>"
    words = "<p>Something</p><p>a@something.org Somethingelse</p>"
    page.set_content(
        f"<!doctype html><html lang=en><title>A</title>{style}<main><h1>A</h1>{words}</main></html>"
    )
    assert check_every_way(page, 0) == ["320 pixels: 200 %: Short words are broken: Something"]


IN_ONE_WAY = (  # in the order of their turns
    "<style>@media (prefers-color-scheme: dark) { p { color: #ddd } }</style><p>Pale words</p>",
    "<style>@media (forced-colors: active) { button { width: 9px } }</style><button>B</button>",
    "<style>@media (min-width: 900px) { p { width: 55em } }</style><p>Wide</p>",
)


def test_what_is_wrong_in_one_way_alone_is_found_in_its_turn(page: Page) -> None:
    head = "<title>A</title><style>button { width: 80px; height: 80px }</style>"
    for turn, wrong in enumerate(IN_ONE_WAY):
        page.set_content(
            f"<!doctype html><html lang=en>{head}<main><h1>A</h1>{wrong}</main></html>"
        )
        assert check(page) == []
        assert check_every_way(page, turn) != [], wrong
        assert check_every_way(page) != [], wrong


def test_the_checks_leave_a_good_page_alone(page: Page) -> None:
    size = "width=80 height=80"  # every target is large
    picture = f"<svg {size}></svg>"
    body = (
        f"<main><h1>A</h1><p>B</p><button class=button>C{picture}</button>"
        f"<button class=button data-kind=plain>D{picture}</button>"
        "<details><summary hidden>E</summary><button class=button>F</button></details></main>"
    )
    page.set_content(f"<!doctype html><html lang=en><title>A</title>{body}</html>")
    assert check_every_way(page) == []
