"""From a yes to a closed door: somebody shares, a nurse reads, and sharing is stopped."""

import json
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
import zxingcpp
from django.core import mail
from django.core.cache import cache
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from profiles.accounts.models import User
from profiles.door.models import Paper
from profiles.pages.models import Profile
from profiles.sharing.models import ConsentEvent, Share
from tests.accessibility import check_once_more
from tests.factories import make_page, make_share, make_user, say
from tests.journeys.conftest import Browsers
from tests.journeys.steps import choose, expect_heading, follow, heading, press
from tests.journeys.test_every_shared_page_is_accessible import come_in
from tests.pdf.reading import text_of
from tests.verapdf import validate

WARD = "Ward 4, City Hospital"
NUTS, TEA, NERVES = "Nuts close my throat.", "Tea before we talk.", "Tablets for my nerves."
PROMISE = "I will bring tea first."


@pytest.fixture
def jo(transactional_db: None) -> User:
    cache.clear()
    return make_user("jo@example.org")


@pytest.fixture
def jos_page(jo: User) -> Profile:
    page = make_page(jo, call_me="Jo", must_know=NUTS)
    say(page, "important", TEA, picture="2615")
    say(page, "health", NERVES, only_me=True)
    return page


@pytest.fixture(autouse=True)
def links_lead_here(settings, live_server) -> None:
    """What is scanned, sent and printed leads to the server of the test."""
    settings.SITE_ADDRESS = live_server.url


def test_from_a_yes_to_a_closed_door(
    browsers: Browsers, scripted: bool, jo: User, jos_page: Profile
) -> None:
    person = browsers.open(jo, java_script_enabled=scripted)
    reader = browsers.open(java_script_enabled=scripted, color_scheme="dark")
    person.goto("/me/")
    when_somebody_to_share_with_is_said(person)
    when_two_things_and_printing_are_chosen(person)
    when_a_week_is_chosen(person)
    then_what_they_will_see_is_shown_before_the_yes(person)
    when_yes_is_said(person)
    door = when_the_picture_on_the_screen_is_scanned(person)
    when_the_nurse_says_who_she_is(reader, door)
    then_she_sees_what_was_chosen_and_nothing_else(reader)
    then_the_paper_says_for_whom_it_is(reader, door)
    when_she_says_that_she_has_read_it(reader)
    when_she_says_that_something_is_out_of_date(reader)
    then_the_person_sees_who_looked_and_what_she_said(person)
    then_the_paper_is_the_newest(reader)
    when_the_person_stops_it(person)
    then_the_door_is_closed(reader, door)


def when_somebody_to_share_with_is_said(person: Page) -> None:
    follow(person, "Share it with somebody")
    expect_heading(person, "Who can see your page")
    seen_by_everybody(person)
    follow(person, "Share my page with somebody")
    expect_heading(person, "Who do you want to share with?")
    seen_by_everybody(person)
    person.get_by_role("textbox", name="Who do you want to share with?").fill(WARD)
    choose(person, "With a link, a picture to scan, or a code you read out")
    press(person, "Carry on")


def when_two_things_and_printing_are_chosen(person: Page) -> None:
    expect_heading(person, f"What can {WARD} see?")
    seen_by_everybody(person)
    assert person.locator("main input:checked").count() == 0
    private = person.locator(".choice", has_text=NERVES)
    expect(private).to_contain_text("Only you see this now")
    for words in (NUTS, TEA):
        person.locator(".choice", has_text=words).locator("label").click()
    press(person, "Read it, print it and keep a copy")


def when_a_week_is_chosen(person: Page) -> None:
    expect_heading(person, "How long can they see it?")
    seen_by_everybody(person)
    person.get_by_role("button", name="One week").click()
    expect_heading(person, "Is this right?")
    seen_by_everybody(person)


def then_what_they_will_see_is_shown_before_the_yes(person: Page) -> None:
    follow(person, "See exactly what they will see")
    expect_heading(person, "Hello, I’m Jo")
    seen_by_everybody(person)
    expect(person.locator(".sheet")).to_contain_text(TEA)
    expect(person.locator(".sheet")).not_to_contain_text(NERVES)
    paper = person.request.get("/me/sharing/new/page.pdf").body()
    assert f"Made for {WARD}" in words_on(paper)
    assert not Share.objects.given().exists()
    follow(person, "Go on")


def when_yes_is_said(person: Page) -> None:
    expect_heading(person, "Is this right?")
    choose(person, "I decided")
    press(person, "Yes, share it")
    expect_heading(person, f"Ready: {WARD} can see your page")
    seen_by_everybody(person)
    assert ConsentEvent.objects.get(kind=ConsentEvent.Kind.GIVEN).wording


def when_the_picture_on_the_screen_is_scanned(person: Page) -> str:
    """The person holds the screen out, and somebody points a phone at it."""
    follow(person, "Make it as big as the screen")
    expect_heading(person, f"For {WARD} to scan")
    seen_by_everybody(person)
    picture = person.get_by_role("img", name="as a picture to scan")
    expect(picture).to_be_visible()
    [code] = zxingcpp.read_barcodes(Image.open(BytesIO(picture.screenshot())))
    return code.text


def when_the_nurse_says_who_she_is(reader: Page, door: str) -> None:
    reader.goto(door)
    expect_heading(reader, "Hello. Who are you?")
    expect(reader.get_by_text("They will see that you looked")).to_be_visible()
    expect(reader.locator("body")).not_to_contain_text("Jo")
    seen_by_everybody(reader)
    press(reader, "Read the page")
    expect(reader.get_by_role("alert")).to_be_visible()
    seen_by_everybody(reader)
    reader.get_by_label("Your name").fill("Tess")
    reader.get_by_label("What you do").fill("night nurse")
    press(reader, "Read the page")


def then_she_sees_what_was_chosen_and_nothing_else(reader: Page) -> None:
    expect_heading(reader, "Hello, I’m Jo")
    seen_by_everybody(reader)
    sheet = reader.locator(".sheet")
    expect(sheet).to_contain_text(NUTS)
    expect(sheet).to_contain_text(TEA)
    expect(reader.locator("body")).not_to_contain_text(NERVES)
    expect(reader.get_by_text("Jo can see that you looked.")).to_be_visible()
    then_she_can_make_it_larger_and_hide_the_pictures(reader)
    assert reader.evaluate("localStorage.length + sessionStorage.length") == 0
    kept = {cookie["name"] for cookie in reader.context.cookies(reader.url)}
    assert kept == {"reading", "csrftoken"}


def then_she_can_make_it_larger_and_hide_the_pictures(reader: Page) -> None:
    words = reader.locator(".sheet").get_by_text(TEA)
    before = size_of(words)
    choose(reader, "Large print")
    assert size_of(words) > before * 1.3
    expect(reader.locator(".sheet svg, .sheet img").first).to_be_visible()
    choose(reader, "No pictures")
    expect(reader.locator(".sheet svg, .sheet img").first).to_be_hidden()


def size_of(words: Locator) -> float:
    return float(words.evaluate("words => parseFloat(getComputedStyle(words).fontSize)"))


def then_the_paper_says_for_whom_it_is(reader: Page, door: str) -> None:
    with reader.expect_download() as download:  # Alt and a click: save it, rather than look at it
        reader.get_by_role("link", name="Print it (PDF)").click(modifiers=["Alt"])
    paper = Path(download.value.path()).read_bytes()
    words = words_on(paper)
    assert f"Made for {WARD}" in words
    assert NUTS in words
    assert NERVES not in words
    assert urlsplit(door).path.strip("/").rpartition("/")[2] not in words
    [report] = validate(paper)
    assert report.passed, report


def words_on(paper: bytes) -> str:
    return " ".join(text_of(paper).split())


def when_she_says_that_she_has_read_it(reader: Page) -> None:
    reader.get_by_label("One thing I will do because I read this").fill(PROMISE)
    press(reader, "I have read this")
    expect_heading(reader, "Thank you, Tess")
    seen_by_everybody(reader)


def when_she_says_that_something_is_out_of_date(reader: Page) -> None:
    follow(reader, "Back to the page")
    follow(reader, "Something looks out of date")
    expect_heading(reader, "What looks out of date?")
    seen_by_everybody(reader)
    reader.get_by_role("textbox").fill("The ward has moved.")
    press(reader, "Tell the person")
    expect_heading(reader, "Thank you, Tess")


def then_the_person_sees_who_looked_and_what_she_said(person: Page) -> None:
    person.goto("/me/")
    expect(person.get_by_text(f"You share it with: {WARD}.")).to_be_visible()
    expect(person.locator(".home-news")).to_contain_text("Tess read your page")
    follow(person, "See who has looked")
    expect_heading(person, "Who has looked at your page")
    seen_by_everybody(person)
    expect(person.locator(".weeks-look")).to_have_count(2 + 1)
    follow(person, "All of it, day by day: Tess")
    seen_by_everybody(person)
    looks = person.locator(".look")
    expect(looks).to_have_count(4 + 1)  # she came back to the page once
    expect(looks.filter(has_text="looked at your page")).to_have_count(2)
    expect(looks.filter(has_text="took your page as a PDF")).to_have_count(1)
    expect(looks.filter(has_text=PROMISE)).to_contain_text("night nurse")
    expect(looks.filter(has_text="The ward has moved.")).to_have_count(1)


def then_the_paper_is_the_newest(reader: Page) -> None:
    code = Paper.objects.exclude(share=None).get().code
    reader.goto("/check/")
    reader.get_by_role("textbox").fill(f" {code[:4].lower()} {code[4:].lower()} ")
    press(reader, "Check it")
    expect_heading(reader, "Is this the code on the paper?")
    seen_by_everybody(reader)
    follow(reader, "Yes, check it")
    expect_heading(reader, "This is the newest page")
    seen_by_everybody(reader)


def when_the_person_stops_it(person: Page) -> None:
    person.goto("/me/sharing/")
    seen_by_everybody(person)
    follow(person, f"Stop sharing: {WARD}")
    expect(heading(person)).to_contain_text("Stop sharing")
    expect(person.locator("main")).to_contain_text("taken by Tess")
    expect(person.get_by_text("What somebody has read, they have read.")).to_be_visible()
    seen_by_everybody(person)
    press(person, f"Stop sharing with {WARD}")
    expect(heading(person)).to_contain_text("Stopped")
    seen_by_everybody(person)


def then_the_door_is_closed(reader: Page, door: str) -> None:
    for address in (f"{door}page/", door, f"{door}page.pdf"):
        answer = reader.goto(address)
        assert answer
        assert answer.status == 410
        expect(reader.locator("body")).not_to_contain_text("Jo")
        seen_by_everybody(reader)
    code = Paper.objects.exclude(share=None).get().code
    reader.goto(f"/check/{code}/")
    expect_heading(reader, "This page is no longer shared")


def test_a_code_is_read_out_and_typed(
    browsers: Browsers, scripted: bool, jo: User, jos_page: Profile
) -> None:
    share = make_share(jos_page, reader_name=WARD, with_passcode=True)
    person = browsers.open(jo, java_script_enabled=scripted)
    person.goto(f"/me/sharing/{share.ref}/")
    press(person, "Show me a code")
    expect_heading(person, "Read this code out")
    code = person.locator(".spoken").inner_text()
    reader = browsers.open(java_script_enabled=scripted)
    reader.goto("/s/")
    reader.get_by_role("textbox").fill(code.lower().replace("-", " "))
    press(reader, "Go on")
    expect_heading(reader, "Hello. Who are you?")
    come_in(reader, share, passcode=share.passcode)
    expect_heading(reader, "Hello, I’m Jo")


def test_a_worker_asks_is_told_nothing_and_reads_after_the_yes(
    browsers: Browsers, scripted: bool, jo: User, jos_page: Profile
) -> None:
    priya = make_user("priya@example.org")
    person = browsers.open(jo, java_script_enabled=scripted)
    worker = browsers.open(priya, java_script_enabled=scripted)
    person.goto("/me/sharing/")
    press(person, "Make an “ask me” code")
    code = person.locator(".spoken").inner_text()
    when_a_worker_asks(worker, code)
    when_the_person_says_yes(person)
    then_the_worker_finds_the_page_in_her_list(worker)


def when_a_worker_asks(worker: Page, code: str) -> None:
    worker.goto("/with-me/")
    expect(worker.get_by_text("Nobody shares with you")).to_be_visible()
    follow(worker, "Ask with a code")
    worker.get_by_label("The person’s “ask me” code").fill(code)
    worker.get_by_label("Your name").fill("Priya")
    worker.get_by_label("What you do").fill("support worker")
    worker.get_by_label("Why would you like to read their page?").fill("I start on Monday.")
    press(worker, "Ask")
    expect_heading(worker, "What happens now")


def when_the_person_says_yes(person: Page) -> None:
    person.goto("/me/")
    expect(person.get_by_text("Somebody asks to see your page")).to_be_visible()
    follow(person, "See who asks")
    person.get_by_role("link", name="Look at this").click()
    expect_heading(person, "Priya asks to see your page")
    expect(person.get_by_text("priya@example.org")).to_be_visible()
    press(person, "Yes, choose what they can see")
    expect(person.get_by_label("What is their email address?")).to_have_value("priya@example.org")
    press(person, "Carry on")
    expect_heading(person, "What can Priya see?")
    person.locator(".choice", has_text=TEA).locator("label").click()
    press(person, "Read it on a screen")
    person.get_by_role("button", name="3 months").click()
    choose(person, "I decided")
    press(person, "Yes, share it")
    expect_heading(person, "Ready: Priya can see your page")


def then_the_worker_finds_the_page_in_her_list(worker: Page) -> None:
    assert mail.outbox[-1].to == ["priya@example.org"]
    worker.goto("/with-me/")
    expect(worker.get_by_text("You have not read it yet.")).to_be_visible()
    worker.get_by_role("link", name="Read it").click()
    worker.get_by_label("Your name").fill("Priya")
    worker.get_by_label("What you do").fill("support worker")
    press(worker, "Read the page")
    expect_heading(worker, "Hello, I’m Jo")
    expect(worker.get_by_role("link", name="Print it (PDF)")).to_have_count(0)


SHEET = """
navigator.canShare = (given) => "url" in given;
navigator.share = async (given) => { document.title = JSON.stringify(given); };
"""


def test_a_phone_offers_its_own_ways_to_send_the_link(
    browsers: Browsers, jo: User, jos_page: Profile
) -> None:
    share = make_share(jos_page)
    person = browsers.open(
        jo, has_touch=True, is_mobile=True, viewport={"width": 390, "height": 844}
    )
    person.add_init_script(SHEET)
    person.goto(f"/me/sharing/{share.ref}/")
    text = person.get_by_role("link", name="Send a text message")
    expect(text).to_be_visible()
    press(person, "Choose how to send it")
    sent = json.loads(person.title())
    assert sent["url"].endswith(f"/s/{share.key}/")
    address = text.get_attribute("href")
    assert address and unquote(address) == f"sms:?&body={sent['text']} {sent['url']}"
    seen_by_everybody(person)


def seen_by_everybody(window: Page) -> None:
    """Nothing on this page shuts anybody out."""
    assert check_once_more(window) == [], window.url
