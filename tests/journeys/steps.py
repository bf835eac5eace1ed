"""What anybody does on our pages, named by what they see there."""

import re

from django.core import mail
from playwright.sync_api import Locator, Page, expect

from profiles.topics.load import load

IMPORTANT = "/me/matters/important/"  # where is asked what matters


def heading(window: Page) -> Locator:
    """The page's title, by which somebody knows where they are."""
    return window.get_by_role("heading", level=1)


def expect_heading(window: Page, words: str) -> None:
    """A page with this heading is open, and all of it is there: its stylesheet and scripts too."""
    expect(heading(window)).to_have_text(words)
    window.wait_for_load_state()


def press(window: Page, button: str) -> None:
    window.get_by_role("button", name=_said(button)).click()


def follow(window: Page, link: str) -> None:
    window.get_by_role("link", name=_said(link)).click()


def _said(name: str) -> re.Pattern[str]:
    """A whole name; words that only a screen reader is told come after a space of their own."""
    return re.compile("^" + re.escape(name).replace(":", r"\s?:") + "$")


def choose(window: Page, label: str) -> None:
    """Press the words of a radio button, or of a box to tick."""
    window.locator("label").get_by_text(label, exact=True).click()


def unfold(window: Page, words: str) -> None:
    """Press a row that opens, by the words it begins with."""
    window.locator("summary").filter(has_text=re.compile("^\\s*" + re.escape(words))).click()


def put_in(window: Page, data: bytes, name: str) -> None:
    """Put a file into the field for one."""
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": data}
    window.get_by_label("Which file?").set_input_files(file)  # type: ignore[arg-type]


def choose_file(window: Page, data: bytes, name: str = "jo.json") -> None:
    """Choose a file to bring back, and see what it would change."""
    window.goto("/me/bring/")
    put_in(window, data, name)
    press(window, "See what would change")
    expect_heading(window, "What would change")


def box(window: Page, topic: str, asked: str = "") -> Locator:
    """Where the words of a topic are typed."""
    return window.get_by_role("textbox", name=asked or load().topic(topic).question)


def say(
    window: Page, topic: str, words: str, then: str = "Save and carry on", asked: str = ""
) -> None:
    """Answer the question that is on the page: the topic's own, or as it is `asked` here."""
    expect_heading(window, asked or load().topic(topic).question)
    box(window, topic, asked).fill(words)
    press(window, then)


def lines(window: Page, topic: str) -> Locator:
    """The lines of a topic, as cards where its part is put in order."""
    return window.locator(f"#{topic} .line-words")


def first_words(window: Page, topic: str) -> Locator:
    """What a topic says, in its row on the page of its part."""
    return window.locator(f"#{topic} .topic-row-first")


def sign_in(window: Page, email: str) -> None:
    """Ask for a code, read it in the email, and type it."""
    window.get_by_label("What is your email address?").fill(email)
    press(window, "Email me a code")
    expect_heading(window, "What is the code?")
    window.get_by_label("What is the code?").fill(code_from_email())
    window.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()


def code_from_email() -> str:
    found = re.search(r"\b\d{4}-\d{4}\b", str(mail.outbox[-1].body))
    assert found, "the email has no code"
    return found[0]
