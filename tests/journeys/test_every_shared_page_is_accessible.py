"""Whatever is met in sharing a page, and in reading one, is open to everybody, in every state."""

import re

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from profiles.access.actions import Reader, note
from profiles.access.models import Happened
from profiles.door.models import Paper
from profiles.house.example_people import Made, make_everybody
from profiles.photos import actions as photo_actions
from profiles.reading.decorators import COOKIE
from profiles.sharing import actions as sharing
from profiles.sharing.clinic import Taking
from profiles.sharing.models import Share
from profiles.workers import actions as workers
from profiles.workers import sentences
from profiles.workers.models import HelloCard
from tests.accessibility import problems_here, problems_on
from tests.factories import (
    begin_clinic_share,
    begin_share,
    clinic_share,
    make_kept_page,
    make_page,
    make_share,
    make_user,
    say,
    take_over,
)
from tests.journeys.conftest import Browsers
from tests.journeys.steps import choose, expect_heading, follow, press
from tests.photos.photos import as_file, corners

pytestmark = pytest.mark.once

TO_SHARE = [  # for a person with many shares: {ref} is one that is open
    "/me/",
    "/me/moments/carer/",
    "/me/moments/hospital/ready/",
    "/me/sharing/",
    "/me/sharing/new/who/",
    "/me/sharing/new/what/",
    "/me/sharing/new/how-long/",
    "/me/sharing/new/check/",
    "/me/sharing/new/page/",
    "/me/sharing/{ref}/",
    "/me/sharing/{ref}/show/",
    "/me/sharing/{ref}/what/",
    "/me/sharing/{ref}/how-long/",
    "/me/sharing/{ref}/passcode/",
    "/me/sharing/{ref}/email/",
    "/me/sharing/{ref}/page/",
    "/me/sharing/{ref}/style/",
    "/me/sharing/{ref}/receipt/",
    "/me/sharing/{ref}/stop/",
    "/me/looked/",
    "/me/looked/by-day/",
    "/me/looked/by-day/?name=Priya",
    "/me/promises/",
    "/me/hello/{card}/",
]
READY = ["/me/sharing/new/ready/"]
ASKED = ["/me/", "/me/sharing/", "/me/sharing/asked/{ref}/"]
NOTHING_SHARED = ["/me/sharing/", "/me/looked/"]
CHECKING = ["/check/", "/check/?typed=7KQ3-M9XT", "/check/7KQ3-M9XT/"]
AT_THE_DOOR = ["/s/", "/shl/", "/s/{key}/", "/s/nowhere/", *CHECKING]
READING = [
    "/s/{key}/page/",
    "/s/{key}/read/",
    "/s/{key}/tell/",
    "/s/{key}/thanks/",
    "/s/{key}/",
]
WITH_ME = [
    "/with-me/",
    "/with-me/ask/",
    "/with-me/asked/",
    "/with-me/hello/",
    "/with-me/promises/",
]
MY_CARD = ["/with-me/hello/photo/", "/with-me/hello/delete/", "/with-me/promises/{missed}/"]
TO_A_CLINIC = [  # for a person who began a share with one's computer, and has one: {ref}
    "/me/sharing/new/clinic/",
    "/me/sharing/new/how-long/",
    "/me/sharing/new/check/",
    "/me/sharing/new/ready/",
    "/me/sharing/{ref}/",
    "/me/sharing/{ref}/show/",
    "/me/sharing/{ref}/stop/",
]
KEPT_TO_SHARE = [  # for whoever keeps a page, with a share of it and one that was begun
    "/me/sharing/",
    "/me/sharing/new/who/",
    "/me/sharing/new/what/",
    "/me/sharing/new/check/",
    "/me/sharing/{ref}/",
    "/me/sharing/{ref}/receipt/",
    "/me/promises/",
]
TAKEN_OVER = [  # for whose page it is now; {ref} is what a keeper shared before
    "/me/sharing/handed/",
    "/me/sharing/{ref}/keep/",
    "/me/sharing/{ref}/stop/",
    "/me/",
    "/me/sharing/",
]
SHARED = [
    *TO_SHARE,
    *TO_A_CLINIC,
    *TAKEN_OVER,
    *READY,
    *ASKED,
    *NOTHING_SHARED,
    *AT_THE_DOOR,
    *READING,
    *WITH_ME,
    *MY_CARD,
]
BUS = "The bus is number 7 now."
WRONG = {  # pages, and the button that is pressed when something on them is wrong
    "/me/sharing/new/who/": "Carry on",
    "/me/sharing/new/what/": "Read it on a screen",
    "/me/sharing/new/how-long/": "Until this day",
    "/me/sharing/new/check/": "Yes, share it",
    "/me/sharing/{ref}/what/": "Change it",
    "/me/sharing/{ref}/how-long/": "Change it",
    "/me/sharing/{ref}/passcode/": "Yes, ask for a passcode",
    "/me/sharing/{ref}/email/": "Send the link",
}


def at(addresses: list[str], **given: str) -> list[str]:
    return [address.format(**given) for address in addresses]


@pytest.fixture
def people(transactional_db: None) -> dict[str, Made]:
    """The people of our examples; Jo is half-way through sharing once more."""
    cache.clear()
    made = make_everybody(canaries=False)
    jo = made["jo"].page
    assert jo
    photo_actions.add_photo(profile=jo, whole=as_file(corners()), alt="Jo in a red hat")
    begin_share(jo, reader_name="The day centre", with_photo=True)
    return made


def test_sharing_is_open_to_everybody(browsers: Browsers, people: dict[str, Made]) -> None:
    jo = people["jo"]
    window = browsers.open(jo.user)
    card = HelloCard.objects.get()
    assert problems_on(window, at(TO_SHARE, ref=jo.shares["ward"].ref, card=card.ref)) == {}
    for name in ("worker", "surgery", "paused", "stopped", "ended"):
        address = f"/me/sharing/{jo.shares[name].ref}/"
        assert problems_on(window, [address]) == {}
    for address, label in (("what", ""), ("how-long", "One week")):
        window.goto(f"/me/sharing/{jo.shares['ward'].ref}/{address}/")
        if label:
            window.locator("label", has_text=label).click()
        choose(window, "I decided")
        press(window, "Change it")
        expect(window.get_by_role("button", name="Yes, change it")).to_be_visible()
        assert problems_here(window) == []
    window.goto("/me/sharing/new/check/")
    choose(window, "I decided")
    press(window, "Yes, share it")
    assert problems_on(window, READY) == {}


def test_no_button_stands_alone_on_paper(browsers: Browsers, people: dict[str, Made]) -> None:
    window = browsers.open(people["jo"].user)
    window.goto("/me/sharing/new/check/")
    buttons = window.get_by_role("button", name=re.compile("share it"))
    expect(buttons).to_have_count(2)
    window.emulate_media(media="print")
    expect(window.get_by_text("Nobody sees anything until you say yes.")).to_be_visible()
    expect(buttons).to_have_count(0)


def test_showing_it_to_a_clinics_computer_is_open_to_everybody(browsers: Browsers) -> None:
    ana = make_user("ana@example.org")
    page = make_page(ana, call_me="Ana", important="Tea first.")
    share = clinic_share(page, taking=Taking.UPDATED)
    for name in ("City Hospital", ""):
        note(Happened.TOOK_RECORD, profile=page, share=share, reader=Reader(name=name))
    begin_clinic_share(page, nhs_number="9434765919")
    window = browsers.open(ana)
    assert problems_on(window, at(TO_A_CLINIC, ref=share.ref)) == {}
    window.goto("/me/sharing/new/clinic/")
    for words in ("your last name", "your NHS number"):
        window.get_by_label(words).fill("12")
    press(window, "Carry on")
    expect(window.get_by_role("alert")).to_be_visible()
    assert problems_here(window) == []
    say(page, "important", "Tea first, and then we talk about the weather.\n" * 80)
    window.goto("/me/sharing/new/fits/")
    expect(window.get_by_role("heading", level=1)).to_contain_text("too long")
    assert problems_here(window) == []
    window.goto(f"/me/sharing/{share.ref}/stop/")
    press(window, "Stop sharing with Ward 4, St Mary’s")
    expect_heading(window, "Ward 4, St Mary’s Stopped")
    assert problems_here(window) == []


def test_what_is_wrong_in_giving_back_is_open_to_everybody(
    browsers: Browsers, people: dict[str, Made]
) -> None:
    window = browsers.open(people["priya"].user)
    [asked] = [each for each in sentences.by(people["priya"].user) if each["asks"]]
    for address, button in (
        ("/with-me/hello/", "Save my card"),
        ("/with-me/hello/photo/", "Use this photo"),
        (f"/with-me/promises/{asked['row'].ref}/", "Say sorry"),
    ):
        window.goto(address)
        _say_nothing(window)
        press(window, button)
        expect(window.get_by_role("alert")).to_be_visible()
        assert problems_here(window) == [], address


def test_sharing_a_page_that_is_kept_is_open_to_everybody(browsers: Browsers) -> None:
    rosa, jo = make_user("rosa@example.org"), make_user("jo@example.org")
    page = make_kept_page(rosa)
    share = make_share(page, reader_name="Oak School")
    begin_share(page, reader_name="The day centre")
    window = browsers.open(rosa)
    assert problems_on(window, at(KEPT_TO_SHARE, ref=share.ref)) == {}
    window.goto("/me/sharing/new/check/")
    for way in ("They told me yes", "I decided for them, or somebody else did"):
        choose(window, way)
        assert problems_here(window) == []
        press(window, "Share it for them")
        expect(window.get_by_role("alert")).to_be_visible()
        assert problems_here(window) == []
    reader = browsers.open()
    assert problems_on(reader, at(["/s/{key}/"], key=share.key)) == {}
    come_in(reader, share)
    assert problems_on(reader, at(READING, key=share.key)) == {}
    take_over(page, jo)
    theirs = browsers.open(jo)
    assert problems_on(theirs, at(TAKEN_OVER, ref=share.ref)) == {}
    theirs.goto(f"/me/sharing/{share.ref}/keep/")
    press(theirs, "Yes, keep it")
    expect(theirs.get_by_role("alert")).to_be_visible()
    assert problems_here(theirs) == []
    choose(theirs, "I decided")
    press(theirs, "Yes, keep it")
    expect_heading(theirs, "Oak School Sharing now")
    assert problems_on(theirs, ["/me/sharing/handed/"]) == {}


def test_a_code_to_read_out_is_open_to_everybody(
    browsers: Browsers, people: dict[str, Made]
) -> None:
    window = browsers.open(people["jo"].user)
    window.goto(f"/me/sharing/{people['jo'].shares['surgery'].ref}/")
    press(window, "Show me a code")
    expect_heading(window, "Read this code out")
    assert problems_here(window) == []


def test_an_ask_is_open_to_everybody(browsers: Browsers, people: dict[str, Made]) -> None:
    page = people["tom"].page
    assert page
    window = browsers.open(people["tom"].user)
    assert problems_on(window, at(ASKED, ref=page.asks.get().ref)) == {}


def test_sharing_nothing_yet_is_open_to_everybody(browsers: Browsers) -> None:
    ana = make_user("ana@example.org")
    make_page(ana, call_me="Ana")
    assert problems_on(browsers.open(ana), NOTHING_SHARED) == {}
    assert problems_on(browsers.open(make_page(call_me="Jo")), NOTHING_SHARED) == {}


def test_pages_that_say_what_is_wrong_are_open_to_everybody(
    browsers: Browsers, people: dict[str, Made]
) -> None:
    window = browsers.open(people["jo"].user)
    for turn, (address, button) in enumerate(WRONG.items()):
        window.goto(address.format(ref=people["jo"].shares["ward"].ref))
        _say_nothing(window)
        press(window, button)
        expect(window.get_by_role("alert")).to_be_visible()
        assert problems_here(window, turn) == [], address


def _say_nothing(window: Page) -> None:
    """Empty every box, choose nothing that was not chosen, and take every tick away."""
    for words in window.get_by_role("textbox").all():
        if words.is_visible():
            words.fill("")
    ticked = window.locator("main input[type=checkbox]:checked")
    ticked.evaluate_all("boxes => boxes.forEach(box => { box.checked = false; })")
    if window.get_by_label("Until a day that I choose").count():
        choose(window, "Until a day that I choose")
    for day in window.get_by_label("Which is the last day?").all():
        day.fill("")


def test_what_each_way_to_decide_must_say_is_open_to_everybody(
    browsers: Browsers, people: dict[str, Made]
) -> None:
    window = browsers.open(people["jo"].user)
    for way in ("I decided, with help from somebody", "It was decided for me"):
        window.goto("/me/sharing/new/check/")
        choose(window, way)
        assert problems_here(window) == [], way
        press(window, "Yes, share it")
        expect(window.get_by_role("alert")).to_be_visible()
        assert problems_here(window) == [], way


def test_the_doorstep_is_open_to_everybody(browsers: Browsers, people: dict[str, Made]) -> None:
    jo = people["jo"].shares
    window = browsers.open()
    assert problems_on(window, at(AT_THE_DOOR, key=jo["ward"].key)) == {}
    assert problems_on(window, at(["/s/{key}/"], key=jo["worker"].key)) == {}
    window.goto(f"/s/{jo['surgery'].key}/")
    press(window, "Read the page")
    expect(window.get_by_role("alert")).to_be_visible()
    assert problems_here(window) == []
    come_in(window, jo["surgery"], passcode=_wrong(jo["surgery"].passcode))
    expect(window.get_by_role("alert")).to_contain_text("did not match")
    assert problems_here(window) == []


def test_words_that_are_given_back_are_open_to_everybody(browsers: Browsers) -> None:
    page = make_page(make_user("ana@example.org"), call_me="Ana", important="Tea first.")
    share, on_screen = make_share(page), make_share(page, may_print=False)
    window = browsers.open()
    come_in(window, on_screen)
    assert problems_on(window, at(["/s/{key}/page.pdf"], key=on_screen.key)) == {}
    come_in(window, share)
    _says_something(window, share)
    window.context.clear_cookies(name=COOKIE)  # as after two hours
    _are_given_back(window, "These words are not saved")
    come_in(window, share)
    _says_something(window, share)
    sharing.stop(share=share, by=page.owner)
    _are_given_back(window, "This page is not being shared any more")


def _says_something(window: Page, share: Share) -> None:
    window.goto(f"/s/{share.key}/tell/")
    window.get_by_role("textbox").fill(BUS)


def _are_given_back(window: Page, heading: str) -> None:
    press(window, "Tell the person")
    expect_heading(window, heading)
    expect(window.get_by_role("textbox")).to_have_value(BUS)
    assert problems_here(window) == [], heading


def test_reading_is_open_to_everybody(browsers: Browsers, people: dict[str, Made]) -> None:
    window = browsers.open()
    for share in (people["jo"].shares["ward"], people["amira"].shares["friend"]):
        come_in(window, share)
        assert problems_on(window, at(READING, key=share.key)) == {}
    come_in(window, people["jo"].shares["ward"])
    follow(window, "Something looks out of date")
    press(window, "Tell the person")
    expect(window.get_by_role("alert")).to_be_visible()
    assert problems_here(window) == []
    follow(window, "Back")
    press(window, "Close the page")
    expect_heading(window, "The page is closed")
    assert problems_here(window) == []


def test_a_thought_about_words_is_open_to_everybody(
    browsers: Browsers, people: dict[str, Made]
) -> None:
    window = browsers.open()
    come_in(window, people["jo"].shares["ward"], role="I care for service users")
    expect_heading(window, "Hello. Who are you?")
    assert problems_here(window) == []
    press(window, "Go on as it is")
    window.get_by_label("One thing I will do").fill("The client refuses activities.")
    press(window, "I have read this")
    expect(window.get_by_text("A thought about your words")).to_be_visible()
    assert problems_here(window) == []


def test_checking_paper_is_open_to_everybody(browsers: Browsers, people: dict[str, Made]) -> None:
    jo = people["jo"]
    reader = browsers.open()
    come_in(reader, jo.shares["ward"])
    # Chromium saves a PDF, so it is fetched as a person's own browser would ask for it.
    assert reader.request.get(f"/s/{jo.shares['ward'].key}/page.pdf").ok
    paper = Paper.objects.get(share=jo.shares["ward"])
    code = paper.code
    window = browsers.open()
    assert problems_on(window, [f"/check/{code}/"]) == {}
    expect_heading(window, "This is the newest page")
    say(jo.page, paper.topics[-1], "Coffee first.")
    assert problems_on(window, [f"/check/{code}/"]) == {}
    expect_heading(window, "There is a newer page")
    share = jo.shares["ward"]
    sharing.stop(share=share, by=jo.user)
    assert problems_on(window, [f"/check/{code}/"]) == {}
    expect_heading(window, "This page is no longer shared")


def test_a_workers_list_is_open_to_everybody(browsers: Browsers, people: dict[str, Made]) -> None:
    window = browsers.open(people["priya"].user)
    come_in(window, people["jo"].shares["worker"])
    workers.add_photo(card=HelloCard.objects.get(), whole=as_file(corners()), alt="Priya, smiling")
    [asked] = [each for each in sentences.by(people["priya"].user) if each["asks"]]
    assert problems_on(window, [*WITH_ME, *at(MY_CARD, missed=asked["row"].ref)]) == {}
    assert problems_on(browsers.open(people["sam"].user), WITH_ME) == {}
    assert problems_on(browsers.open(people["sam"].user), at(["/s/{key}/"], key=_key(people))) == {}


def _key(people: dict[str, Made]) -> str:
    return people["jo"].shares["worker"].key


def come_in(window: Page, share: Share, passcode: str = "", role: str = "nurse") -> None:
    """Say at the doorstep who they are."""
    window.goto(f"/s/{share.key}/")
    window.get_by_label("Your name").fill("Tess")
    window.get_by_label("What you do").fill(role)
    if passcode:
        window.get_by_label("The passcode").fill(passcode)
    press(window, "Read the page")


def _wrong(passcode: str) -> str:
    return str((int(passcode) + 1) % 1_000_000).zfill(6)
