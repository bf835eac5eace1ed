"""People who write and people who read, as fast as they are answered, and what they were told."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle
from threading import Event, Thread
from typing import Final

from tests.drawn import NIGHTLY
from tests.many.browser import Answer, Browser, Door, Form, heading_of
from tests.many.site import Clerk

WRITE: Final = "/me/matters/important/"
FORMATS: Final = ("page/", "page.txt", "page.json")
SESSION: Final = "__Host-sessionid"
BETWEEN_READS: Final = 0.5 if NIGHTLY else 0.1  # an hour's log holds 600 lines of one reader
A_MOMENT: Final = 0.1  # seconds between two that one of them asks: the machine has other work


@dataclass
class Saver:
    """Somebody who writes words, each once, and holds as saved what was said to be."""

    browser: Browser
    page: int
    tried: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    refused: list[Answer] = field(default_factory=list)

    def once(self) -> None:
        """Write one thing more."""
        shown = self.browser.get(WRITE)
        if shown.status != 200:
            self.refused.append(shown)
            return
        words = f"Tea, number {len(self.tried)}."
        self.tried.append(words)
        said = Form(shown.text, "text").carries | {"text": words, "only_me": "no"}
        saved = self.browser.post(WRITE, said)
        if saved.status == 302 and saved.leads_to.startswith("/me/"):
            assert "/both/" not in saved.leads_to
            self.kept.append(words)
        else:
            self.refused.append(saved)

    def check(self, clerk: Clerk) -> None:
        """What was said to be saved is there, once and in order, and nothing else is."""
        said = clerk.ask("said", self.page)
        lost = [words for words in self.kept if words not in said]
        assert not lost, f"Said to be saved, and lost: {lost}"
        written = [words for words in said if words in self.tried]
        assert written == [words for words in self.tried if words in written]


@dataclass
class Reader:
    """Somebody who holds a link, and counts the pages that they were shown."""

    browser: Browser
    key: str
    share: int
    read: int = 0
    refused: list[Answer] = field(default_factory=list)

    def __post_init__(self) -> None:
        door = f"/s/{self.key}/"
        came = self.browser.fill(door, name="Cal", role="nurse", place="Ward 4")
        assert came.status == 302, came
        self._ways = cycle(f"{door}{way}" for way in FORMATS)

    def once(self) -> None:
        """Read it once more, in the next of its formats."""
        shown = self.browser.get(next(self._ways))
        if shown.status == 200:
            assert "Tea" in shown.text
            self.read += 1
        else:
            self.refused.append(shown)

    def check(self, clerk: Clerk, broken_off: int = 0) -> None:
        """The log tells of every page that was shown.

        Of others it tells only where a machine was killed between the line and its page.
        """
        looks = clerk.ask("looks", self.share)
        assert self.read <= looks, f"{self.read - looks} pages were shown and are not in the log"
        most = self.read + len(self.refused) + broken_off
        assert looks <= most, f"{looks} looks of {most} pages"


def said_of(refused: list[Answer]) -> list[tuple[int, str]]:
    """What was answered last, in short."""
    return [(answer.status, heading_of(answer.text)) for answer in refused[-3:]]


@dataclass
class Crowd:
    """All of them."""

    savers: list[Saver]
    readers: list[Reader]
    pause: float = A_MOMENT
    faults: list[BaseException] = field(default_factory=list)

    @classmethod
    def of(
        cls,
        clerk: Clerk,
        door: Door,
        *,
        savers: int,
        readers: int,
        name: str,
        pause: float = A_MOMENT,
    ) -> "Crowd":
        """New people, with pages of their own."""
        crowd = cls([], [], pause)
        for number in range(max(savers, readers)):
            person = clerk.ask("person", f"{name}{number}@example.org")
            own = Browser(door, cookies={SESSION: person["session"]})
            if number < savers:
                crowd.savers.append(Saver(own, person["page"]))
            if number < readers:
                crowd.readers.append(Reader(Browser(door), person["open"], person["open_share"]))
        return crowd

    @property
    def refused(self) -> list[Answer]:
        """Whatever was answered with something else than was asked for."""
        return [answer for each in (*self.savers, *self.readers) for answer in each.refused]

    @property
    def done(self) -> int:
        """How much was saved and read so far."""
        kept = sum(len(saver.kept) for saver in self.savers)
        return kept + sum(reader.read for reader in self.readers)

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Let all of them write and read, meanwhile."""
        over = Event()
        threads = [
            Thread(target=self._go_on, args=[each, over], daemon=True)
            for each in (*self.savers, *self.readers)
        ]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            over.set()
            for thread in threads:
                thread.join(timeout=90)
        assert not self.faults, self.faults

    def go_on_until(self, more: int) -> None:
        """Wait until each of them has saved or read so often since now."""
        then = [self._of(each) for each in (*self.savers, *self.readers)]
        end = time.monotonic() + 60
        while True:
            now = [self._of(each) for each in (*self.savers, *self.readers)]
            if all(b - a >= more for a, b in zip(then, now, strict=True)):
                return
            assert not self.faults, self.faults
            assert time.monotonic() < end, f"They came no further: {said_of(self.refused)}"
            time.sleep(0.02)

    def check(self, clerk: Clerk, broken_off: int = 0) -> None:
        """Nothing is lost, and the log is right."""
        for saver in self.savers:
            saver.check(clerk)
        for reader in self.readers:
            reader.check(clerk, broken_off)

    @staticmethod
    def _of(each: Saver | Reader) -> int:
        return len(each.kept) if isinstance(each, Saver) else each.read

    def _go_on(self, each: Saver | Reader, over: Event) -> None:
        try:
            while not over.is_set():
                each.once()
                over.wait(self.pause if isinstance(each, Saver) else BETWEEN_READS)
        except BaseException as fault:  # noqa: BLE001  # said at the end
            self.faults.append(fault)
