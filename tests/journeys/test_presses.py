"""How many presses each thing takes that people come to do: links, buttons and ticks alike."""

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from profiles.accounts.models import User
from profiles.house.example_people import JO
from profiles.topics.load import load
from tests.factories import make_page, make_share, make_user
from tests.journeys.conftest import Browsers
from tests.journeys.steps import box, choose, expect_heading, follow, press

READER = "Priya, Sunrise Home Care"


class Hand:
    """Presses, and counts."""

    def __init__(self, window: Page) -> None:
        self.window = window
        self.presses = 0

    def follow(self, link: str) -> None:
        self.presses += 1
        follow(self.window, link)

    def press(self, button: str) -> None:
        self.presses += 1
        press(self.window, button)

    def press_beginning(self, button: str) -> None:
        """Of one that names a day."""
        self.presses += 1
        self.window.get_by_role("button", name=button).click()

    def tick(self, label: str) -> None:
        self.presses += 1
        choose(self.window, label)

    def makes_paper(self, link: str) -> bool:
        """Does this link give a PDF?"""
        self.presses += 1
        with self.window.expect_download() as made:
            follow(self.window, link)
        return made.value.suggested_filename.endswith(".pdf")


@pytest.fixture
def jo(transactional_db: None) -> User:
    cache.clear()
    return make_user("jo@example.org")


def test_from_the_front_door_to_the_first_paper(browsers: Browsers) -> None:
    hand = Hand(browsers.open())
    hand.window.goto("/")
    hand.follow("Make my page")
    hand.tick("Me")
    hand.press("Begin")
    box(hand.window, "call_me").fill("Jo")
    hand.press("Save and stop for now")
    hand.follow("See my page")
    assert hand.makes_paper("Print it (PDF)")
    assert hand.presses == 6


def test_from_sharing_to_a_link_that_is_ready(browsers: Browsers, jo: User) -> None:
    make_page(jo, call_me="Jo", important="Tea first.")
    hand = Hand(browsers.open(jo))
    hand.window.goto("/me/sharing/")
    hand.follow("Share my page with somebody")
    hand.window.get_by_label("Who do you want to share with?").fill(READER)
    hand.tick("With a link, a picture to scan, or a code you read out")
    hand.press("Carry on")
    hand.press("Tick everything that is on my page")
    hand.press("Read it, print it and keep a copy")
    hand.press_beginning("One week")
    hand.tick("I decided")
    hand.press("Yes, share it")
    expect_heading(hand.window, f"Ready: {READER} can see your page")
    assert hand.presses <= 8


def test_from_home_to_paper_for_a_ward(browsers: Browsers, jo: User) -> None:
    make_page(jo, **dict(JO.said))
    hand = Hand(browsers.open(jo))
    hand.window.goto("/me/")
    hand.follow("I am going into hospital")
    hand.follow("It is right. Carry on")
    said = dict(JO.said)
    for topic in load().change("hospital").topics:
        if topic not in said:
            hand.follow("Skip")
    assert hand.makes_paper("Print it for the ward")
    assert hand.presses <= 8


def test_from_a_link_to_reading(browsers: Browsers, jo: User) -> None:
    share = make_share(make_page(jo, call_me="Jo", important="Tea first."))
    hand = Hand(browsers.open())
    hand.window.goto(f"/s/{share.key}/")
    hand.window.get_by_label("Your name").fill("Priya")
    hand.window.get_by_label("What you do").fill("nurse")
    hand.press("Read the page")
    expect(hand.window.get_by_text("Tea first.")).to_be_visible()
    assert hand.presses == 1
