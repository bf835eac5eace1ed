"""The viewer in real Chromium: it opens what is sent, and sends nothing that stands after the #."""

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import Error, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from profiles.clinics import files
from profiles.pages.models import Profile
from profiles.pdf import printing
from profiles.sharing import actions
from profiles.sharing.clinic import Taking
from profiles.sharing.shlink import payload, shlink, viewer_link
from tests.accessibility import problems_here
from tests.clinics.computer import PDF, WARD, Computer, computer, to_base64url, told, unlocked
from tests.factories import make_page, make_user
from tests.journeys.conftest import Browsers, browsers  # noqa: F401  # a fixture
from tests.journeys.steps import expect_heading, press

pytestmark = pytest.mark.once
LONG_AGO = 1_706_745_600  # a moment in 2024
HEADING = "A page to keep in a record"


@pytest.fixture
def anas(transactional_db: None, live_server: LiveServer, settings: Any) -> Profile:
    cache.clear()
    settings.SITE_ADDRESS = live_server.url
    return make_page(make_user("ana@example.org"), call_me="Ana", important="Tea first.")


@pytest.fixture
def window(browsers: Browsers) -> Page:  # noqa: F811
    return browsers.open()


@pytest.fixture
def refused(browsers: Browsers) -> Callable[[], None]:  # noqa: F811
    """Say that some of what the page asked for was refused, as it was meant to be."""

    def expected() -> None:
        for watch in browsers.watches:
            said = f"A page asked for what is not there: {watch.address}/shl/"
            seen = [each for each in watch.problems if each.startswith(said)]
            assert seen
            watch.problems = [each for each in watch.problems if each not in seen]

    return expected


def opened(window: Page, it: Computer, link: str = "") -> None:
    """The link in a window, as somebody opens it who was sent it."""
    window.goto(link or viewer_link(it.share, it.link))
    expect_heading(window, HEADING)


def pasted(window: Page, link: str) -> None:
    """Another link, put into the address of the window that is open."""
    window.evaluate("link => { location.hash = link }", link)


def fill(window: Page, passcode: str = "") -> None:
    window.get_by_label("Where do you work?").fill(WARD)
    if passcode:
        window.get_by_label("The passcode").fill(passcode)
    press(window, "Open the page")


def saved(window: Page) -> bytes:
    """What is on the disk once somebody has pressed the button."""
    expect(window.get_by_role("heading", level=2, name="Ana Ruiz")).to_be_focused()
    with window.expect_download() as download:
        window.get_by_role("link", name="Save the page as a PDF").click()
    assert download.value.suggested_filename == "about-me.pdf"
    return Path(download.value.path()).read_bytes()


def expect_trouble(window: Page, words: str) -> None:
    expect(window.get_by_role("alert")).to_contain_text(words)


def other(payload_of: dict[str, Any], **changes: Any) -> str:
    said = json.dumps(payload_of | changes)
    return f"shlink:/{to_base64url(said.encode())}"


@pytest.mark.parametrize("taking", [Taking.NOW, Taking.UPDATED])
def test_somebody_opens_it_and_saves_the_very_page_that_was_sent(
    window: Page, anas: Profile, monkeypatch: pytest.MonkeyPatch, taking: Taking, real_paper: None
) -> None:
    it, sent = computer(anas, taking=taking), []
    make_pdf = printing.make_pdf

    def watched(sheet: Any) -> Any:
        sent.append(make_pdf(sheet))
        return sent[-1]

    monkeypatch.setattr(files.printing, "make_pdf", watched)
    asked: list[str] = []
    window.on("request", lambda request: asked.append(request.url + (request.post_data or "")))
    opened(window, it)
    fill(window, it.share.passcode)
    pdf = saved(window)
    assert pdf.startswith(b"%PDF-") and [pdf] == [each.pdf for each in sent]
    assert told(it.share) == [("shl", WARD)]
    key, whole = it.link.content_key, shlink(it.share, it.link)
    assert not [each for each in asked if key in each or whole in each or "#" in each]
    assert problems_here(window) == []


def test_it_leaves_nothing_in_the_address_or_the_history(window: Page, anas: Profile) -> None:
    it = computer(anas)
    opened(window, it)
    expect(window.get_by_label("Where do you work?")).to_be_visible()
    assert window.url.endswith("/shl/") and window.evaluate("location.hash") == ""
    assert problems_here(window) == []
    window.reload()
    expect_trouble(window, "no link in the address")
    assert problems_here(window) == []


def test_a_wrong_passcode_is_told_and_the_right_one_opens_it(
    window: Page, anas: Profile, refused: Callable[[], None]
) -> None:
    it = computer(anas, taking=Taking.PASSCODE)
    opened(window, it)
    press(window, "Open the page")
    expect_trouble(window, "Tell the person where you work.")
    fill(window, " ")
    expect_trouble(window, "Type the passcode.")
    expect(window.get_by_label("The passcode")).to_be_focused()
    fill(window, str((int(it.share.passcode) + 1) % 1_000_000).zfill(6))
    expect_trouble(
        window, "That passcode did not match. Check it, and try again. Tries that are left: 9"
    )
    expect(window.get_by_label("The passcode")).to_be_focused()
    assert problems_here(window) == []
    refused()
    fill(window, it.share.passcode)
    assert saved(window) == PDF
    assert told(it.share) == [("wrong", WARD), ("shl", WARD)]


def test_what_cannot_be_opened_is_told_in_a_sentence(
    window: Page, anas: Profile, refused: Callable[[], None]
) -> None:
    it = computer(anas)
    said = payload(it.share, it.link)
    opened(window, it, "/shl/")
    for link, words in {
        "shlink:/": "not whole",
        "shlink:/abc": "not whole",
        "nothing": "not whole",
        other(said, key="short"): "not whole",
        other(said, flag="LU"): "a kind of link that we do not know",
        other(said, flag=""): "a kind of link that we do not know",
        other(said, v=2): "a kind of link that we do not know",
        other(said, url="https://elsewhere.example/shl/abc"): "leads to another place",
        other(said, url="javascript:alert(1)"): "leads to another place",
        other(said, url=said["url"].replace("/shl/", "/me/")): "leads to another place",
    }.items():
        pasted(window, link)
        expect_trouble(window, words)
        expect(window.get_by_role("button", name="Open the page")).to_be_hidden()
        assert "#" not in window.url
    assert told(it.share) == []
    pasted(window, other(said, key=to_base64url(bytes(32))))
    fill(window)
    expect_trouble(window, "not whole")
    actions.stop(share=it.share, by=it.share.profile.owner)
    pasted(window, other(said))
    fill(window)
    expect_trouble(window, "This link opens nothing now.")
    pasted(window, other(said, exp=LONG_AGO))
    fill(window)
    expect_trouble(window, "The time of this link is over")
    refused()


def test_a_clock_of_theirs_that_is_wrong_keeps_nobody_out(window: Page, anas: Profile) -> None:
    it = computer(anas)
    opened(window, it, "/shl/")
    pasted(window, other(payload(it.share, it.link), exp=LONG_AGO))
    fill(window)
    assert saved(window) == PDF


def test_skipping_to_the_main_part_keeps_the_link(window: Page, anas: Profile) -> None:
    def slowly(route: Route) -> None:
        window.wait_for_timeout(700)
        route.continue_()

    window.route("**/js/clinic-viewer.js", slowly)
    it = computer(anas)
    opened(window, it)
    window.get_by_role("link", name="Skip to the main part").press("Enter")
    fill(window)
    assert saved(window) == PDF


def test_another_link_in_the_same_window_is_another_page(window: Page, anas: Profile) -> None:
    first, second = computer(anas, given_names="Bea"), computer(anas)
    opened(window, first)
    link = "shlink:/" + viewer_link(second.share, second.link).partition("shlink:/")[2]
    pasted(window, link)
    fill(window)
    assert saved(window) == PDF
    assert (told(first.share), told(second.share)) == ([], [("shl", WARD)])


def test_what_comes_late_is_not_shown_in_place_of_another_link(window: Page, anas: Profile) -> None:
    first, second = computer(anas, given_names="Bea"), computer(anas)
    opened(window, first)
    held: list[Route] = []

    def hold(route: Route) -> None:  # a method of a list is none that Playwright can call
        held.append(route)

    window.route(f"**{first.address}*", hold)
    fill(window)
    while not held:
        window.wait_for_timeout(10)
    pasted(window, shlink(second.share, second.link))
    expect(window.get_by_role("button", name="Open the page")).to_be_disabled()
    held[0].continue_()
    fill(window)
    assert saved(window) == PDF
    assert (told(first.share), told(second.share)) == ([("shl", WARD)], [("shl", WARD)])


def test_without_a_script_it_says_what_to_do(browsers: Browsers, anas: Profile) -> None:  # noqa: F811
    window = browsers.open(java_script_enabled=False)
    window.goto(reverse("clinics:viewer"))
    expect(window.get_by_text("Give the whole address to your own system instead")).to_be_visible()
    expect(window.get_by_role("button", name="Open the page")).to_be_hidden()
    assert problems_here(window) == []


def test_it_is_the_same_page_for_everybody_and_kept_by_nobody(client, db) -> None:
    answer = client.get("/shl/")
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"] and answer["Referrer-Policy"] == "no-referrer"
    assert "Access-Control-Allow-Origin" not in answer
    assert "connect-src 'self'" in answer["Content-Security-Policy"]
    assert client.get("/shl/?recipient=x").content == answer.content
    assert client.post("/shl/").status_code == 405


class _Blank(BaseHTTPRequestHandler):
    """A page of a hospital's own, with nothing on it."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def elsewhere() -> Iterator[str]:
    """Where somebody else's page is: of another port, and so another origin."""
    with HTTPServer(("127.0.0.1", 0), _Blank) as server:
        serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        serving.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        serving.join()


FETCH = """async ([address, how]) => {
  const answer = await fetch(address, how);
  const again = answer.headers.get("Retry-After");
  return { status: answer.status, again, words: await answer.text() };
}"""


def test_a_page_of_somebody_elses_may_ask_the_data_address_and_no_other(
    window: Page,
    anas: Profile,
    browsers: Browsers,  # noqa: F811
    live_server: LiveServer,
    elsewhere: str,
) -> None:
    """The browser itself asks first (OPTIONS), and lets the page read what it may."""
    it = computer(anas, taking=Taking.UPDATED)
    window.goto(elsewhere)

    def post(passcode: str) -> Any:
        body = json.dumps({"recipient": WARD, "passcode": passcode})
        how = {"method": "POST", "headers": {"Content-Type": "application/json"}, "body": body}
        return window.evaluate(FETCH, [live_server.url + it.address, how])

    wrong = post("000000" if it.share.passcode != "000000" else "000001")
    assert wrong["status"] == 401 and json.loads(wrong["words"]) == {"remainingAttempts": 9}
    right = post(it.share.passcode)
    assert right["status"] == 200 and int(right["again"]) > 0
    [place, *_] = [each["location"] for each in json.loads(right["words"])["files"]]
    file = window.evaluate(FETCH, [place, {}])
    assert file["status"] == 200 and unlocked(file["words"], it.link.content_key)
    with pytest.raises(Error, match="Failed to fetch"):
        window.evaluate(FETCH, [f"{live_server.url}/shl/", {}])
    browsers.watches.clear()  # what was refused was meant to be
