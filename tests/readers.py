"""A reader with a browser of their own, who holds a link."""

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from profiles.reading.decorators import COOKIE
from profiles.sharing.models import Share
from tests.pdf.reading import text_of

FORMATS = {
    "html": "door:read",
    "pdf": "door:read_pdf",
    "text": "exports:read_txt",
    "json": "exports:read_json",
}


@dataclass
class ReaderWithLink:
    """What somebody does who holds links."""

    name: str = "Cal"
    role: str = "night nurse"
    place: str = "Ward 4"
    browser: Client = field(default_factory=Client)
    came_in: dict[str, str] = field(default_factory=dict)  # what it remembers, by link

    def open(self, key: str) -> HttpResponse:
        """Open a link."""
        return self._at(key).get(address("reading:doorstep", key))

    def come_in(self, share: Share | str, **said: Any) -> HttpResponse:
        """Say who they are at the doorstep; the answer is where that leads."""
        key = share if isinstance(share, str) else share.key
        who = {"name": self.name, "role": self.role, "place": self.place}
        answer = self._at(key).post(address("reading:doorstep", key), who | said)
        if COOKIE in answer.cookies:
            self.came_in[key] = answer.cookies[COOKIE].value
        return answer

    def ask(self, share: Share | str, channel: str = "html", **more: str) -> HttpResponse:
        """Ask for the page in one of its formats."""
        key = share if isinstance(share, str) else share.key
        return self._at(key).get(address(FORMATS[channel], key), more)

    def read(self, share: Share | str, channel: str = "html") -> str:
        """Come in, and read the page in one of its formats; "" if it is not shown."""
        self.come_in(share)
        return words_in(self.ask(share, channel))

    def _at(self, key: str) -> Client:
        """The browser, as it is at this link: Django's client knows no paths of cookies."""
        self.browser.cookies.pop(COOKIE, None)
        if key in self.came_in:
            self.browser.cookies[COOKIE] = self.came_in[key]
        return self.browser


def address(name: str, key: str) -> str:
    """Where this is, for whoever holds the key."""
    return reverse(name, kwargs={"key": key})


def words_in(answer: HttpResponse) -> str:
    """Everything an answer says, whatever its format; "" if it is no page."""
    if answer.status_code != 200:
        return ""
    if answer["Content-Type"].startswith("application/pdf"):
        return " ".join(text_of(answer.content).split())
    return answer.content.decode()
