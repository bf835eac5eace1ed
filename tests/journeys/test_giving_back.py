"""A worker says who she is, promises, misses it and says sorry; the person sees it all."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import Page, expect

from profiles.accounts.models import User
from profiles.sharing.models import Share
from tests.accessibility import check, check_once_more
from tests.factories import make_page, make_share, make_user
from tests.journeys.conftest import Browsers
from tests.journeys.steps import expect_heading, follow, press
from tests.pdf.reading import text_of
from tests.photos.photos import as_file, corners

RING = "I will ring you on Tuesday morning."
SORRY = "I forgot, and you waited. I am sorry."


@pytest.fixture
def jo(transactional_db: None) -> User:
    cache.clear()
    return make_user("jo@example.org")


@pytest.fixture
def priya(transactional_db: None) -> User:
    return make_user("priya@example.org")


@pytest.fixture
def share(jo: User, priya: User) -> Share:
    page = make_page(jo, call_me="Jo", important="Tea, then the Rovers.", story="I grew up by sea.")
    return make_share(page, email=priya.email, reader_name="Priya, Sunrise Home Care")


def test_from_a_hello_to_a_sorry(
    browsers: Browsers, scripted: bool, jo: User, priya: User, share: Share, tmp_path: Path
) -> None:
    person = browsers.open(jo, java_script_enabled=scripted)
    worker = browsers.open(priya, java_script_enabled=scripted)
    when_the_worker_says_who_she_is(worker, tmp_path)
    when_she_reads_the_page(worker)
    when_she_promises_something(worker)
    then_the_person_sees_the_promise(person)
    when_the_person_says_that_it_was_not_done(person)
    when_the_worker_says_sorry(worker)
    then_the_person_sees_the_sorry(person)
    then_the_person_can_print_who_she_is(person)


def when_the_worker_says_who_she_is(worker: Page, folder: Path) -> None:
    worker.goto("/with-me/")
    follow(worker, "My hello card: tell people who you are")
    expect_heading(worker, "My hello card")
    seen_by_everybody(worker)
    worker.get_by_label("Your name").fill("Priya")
    worker.get_by_label("What you do").fill("support worker")
    worker.get_by_label("What I enjoy").fill("The Rovers, and growing tomatoes.")
    press(worker, "Save my card")
    expect(worker.locator(".hello")).to_contain_text("Hello, my name is Priya")
    seen_by_everybody(worker)
    follow(worker, "Add a photo")
    seen_by_everybody(worker)
    photo = folder / "me.jpg"
    photo.write_bytes(as_file(corners()))
    worker.get_by_label("Choose a photo, or take one").set_input_files(photo)
    press(worker, "Use this photo")
    expect(worker.get_by_role("img", name="A photo of Priya")).to_be_visible()


def when_she_reads_the_page(worker: Page) -> None:
    worker.goto("/with-me/")
    worker.get_by_role("link", name="Read it").click()
    expect(worker.get_by_label("Your name")).to_have_value("Priya")
    expect(worker.get_by_label("What you do")).to_have_value("support worker")
    press(worker, "Read the page")
    expect_heading(worker, "Hello, I’m Jo")
    expect(worker.get_by_text("You both mention: Rovers.")).to_be_visible()
    seen_by_everybody(worker)


def when_she_promises_something(worker: Page) -> None:
    worker.get_by_text("Promise something by a day").click()
    worker.get_by_label("What do you promise?").fill(RING)
    press(worker, "I have read this")
    expect(worker.get_by_role("alert")).to_contain_text("Choose the day by which you will do it")
    assert check(worker) == []
    day = timezone.localdate() + timedelta(days=3)
    worker.get_by_label("By which day?").fill(day.isoformat())
    press(worker, "I have read this")
    expect_heading(worker, "Thank you, Priya")


def then_the_person_sees_the_promise(person: Page) -> None:
    person.goto("/me/")
    expect(person.locator(".promise")).to_contain_text(RING)
    seen_by_everybody(person)
    follow(person, "See every promise")
    expect_heading(person, "What was promised to you")
    seen_by_everybody(person)


def when_the_person_says_that_it_was_not_done(person: Page) -> None:
    press(person, f"Not done: {RING}")
    expect(person.locator(".promise .tag")).to_have_text("Not done")
    seen_by_everybody(person)


def when_the_worker_says_sorry(worker: Page) -> None:
    worker.goto("/with-me/")
    follow(worker, "What I promised")
    expect(worker.get_by_text("You said you would. It did not happen.")).to_be_visible()
    seen_by_everybody(worker)
    follow(worker, f"Say sorry in your own words: {RING}")
    expect_heading(worker, "You said you would. It did not happen")
    seen_by_everybody(worker)
    worker.get_by_role("textbox").fill(SORRY)
    press(worker, "Say sorry")
    expect_heading(worker, "What I promised")
    expect(worker.get_by_text(SORRY)).to_be_visible()


def then_the_person_sees_the_sorry(person: Page) -> None:
    person.goto("/me/")
    expect(person.locator(".notice", has_text=SORRY)).to_be_visible()
    follow(person, "See who has looked")
    expect(person.locator(".reader-card", has_text=SORRY)).to_contain_text("said sorry")
    follow(person, "Every look, day by day")
    expect(person.locator(".look", has_text=SORRY)).to_contain_text("said sorry")
    expect(person.locator(".look", has_text=RING)).to_contain_text("made you a promise")
    seen_by_everybody(person)


def then_the_person_can_print_who_she_is(person: Page) -> None:
    person.get_by_role("link", name="Read Priya’s hello card").first.click()
    expect_heading(person, "Priya’s hello card")
    expect(person.get_by_text("You both mention: Rovers.")).to_be_visible()
    seen_by_everybody(person)
    address = person.get_by_role("link", name="Print it as a card (PDF)").get_attribute("href")
    assert address
    # Chromium saves a PDF, so it is fetched as the person's own browser would ask for it.
    paper = person.request.get(address).body()
    assert "Hello, my name is Priya" in " ".join(text_of(paper).split())


def seen_by_everybody(window: Page) -> None:
    """Nothing on this page shuts anybody out."""
    assert check_once_more(window) == [], window.url
