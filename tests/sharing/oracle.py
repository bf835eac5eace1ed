"""A world in which a page is shared, and what each in it may see, as plain values."""

import json
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from math import inf
from typing import ClassVar

import time_machine
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
)

from profiles.accounts.models import User
from profiles.sharing.clinic import ClinicLink
from profiles.sharing.models import Share
from profiles.supporters.models import Supporter
from profiles.topics.load import load
from tests.clinics.computer import Computer, pdf_in, unlocked
from tests.factories import make_user
from tests.pdf.reading import text_of
from tests.readers import FORMATS, ReaderWithLink, words_in

BEGIN = datetime(2026, 11, 25, 10, tzinfo=UTC)
TOPICS = ("important", "sleep", "health")
READERS = ("Cal", "Tess")
WORKER = "Tess"  # the reader who is signed in
HELPERS = ("keeper", "sister")
FOUND = re.compile(r"CNRY\w+")


@dataclass
class Known:
    """What the oracle knows of one share."""

    share: Share
    topics: set[str]
    kept: set[str]
    may_print: bool
    ends: datetime
    paused: bool = False
    waits: bool = False  # a keeper made it, and the person has not said yes to it
    stopped: bool = False
    passcode: str = ""
    is_for_worker: bool = False
    link: ClinicLink | None = None  # a clinic's computer has it, and takes it: no reader comes in
    guesses: set[str] = field(default_factory=set)
    came_in: dict[str, datetime] = field(default_factory=dict)


def words_taken(computer: Computer, jose: bytes) -> set[str]:
    """The words in a file: on its paper, or heading by heading."""
    bundle = unlocked(jose.decode(), computer.link.content_key)
    paper = text_of(pdf_in(bundle)) if bundle["type"] == "collection" else ""
    return {*FOUND.findall(" ".join(paper.split()))} | {*FOUND.findall(json.dumps(bundle))}


@dataclass
class Helps:
    """What the oracle knows of one helper: none of it while `supporter` is none."""

    browser: Client
    user: User
    supporter: Supporter | None = None
    was_given: bool = False
    may: str = ""
    kept: set[str] = field(default_factory=set)
    offered: set[str] = field(default_factory=set)  # their own words, which wait for the person


class World(RuleBasedStateMachine):
    """One world: a page, its shares, those who read and help, and time that only goes forward."""

    steps: ClassVar[int] = 0
    enough: ClassVar[float] = inf  # after so many steps, nobody looks any more
    formats: ClassVar[set[str]] = {*FORMATS}

    def __init__(self) -> None:
        super().__init__()
        self.world = transaction.atomic()
        self.world.__enter__()
        self.clock = time_machine.travel(BEGIN, tick=False)
        self.now = self.clock.start()
        self.ana = make_user("ana@example.org")
        self.readers = {name: ReaderWithLink(name=name) for name in READERS}
        self.browser = Client()
        self.worker = make_user("tess@example.org")
        self.helpers = {
            name: Helps(browser=Client(), user=make_user(f"{name}@example.org")) for name in HELPERS
        }
        self.everybody_signs_in()
        self.words = {"call_me": "CNRYname"}
        self.only_me: set[str] = set()
        self.known: list[Known] = []
        self.written = 0
        self.touched = 0  # which share is asked about in every format after this step
        self.asked = 0
        self.has_begun = False

    def teardown(self) -> None:
        """Nothing of this world stays."""
        self.clock.stop()
        transaction.set_rollback(True)
        self.world.__exit__(None, None, None)

    def everybody_signs_in(self) -> None:
        """A session does not outlast these leaps of the clock."""
        self.browser.force_login(self.ana)
        self.readers[WORKER].browser.force_login(self.worker)
        for helps in self.helpers.values():
            helps.browser.force_login(helps.user)

    # ---- the oracle

    def may_see(self, reader: str, known: Known, channel: str) -> set[str]:
        """The words that this reader may be shown now, in this format."""
        now = datetime.now(UTC)
        if known.paused or known.stopped or now >= known.ends or known.link:
            return set()
        if known.is_for_worker and reader != WORKER:
            return set()
        if reader not in known.came_in or now - known.came_in[reader] >= timedelta(hours=2):
            return set()
        if channel != "html" and not known.may_print:
            return set()
        shown = {t for t in known.topics if t not in self.only_me or t in known.kept}
        return {one for topic in shown | {"call_me"} for one in FOUND.findall(self.words[topic])}

    def may_take(self, known: Known) -> set[str]:
        """The words that a clinic's computer may take now."""
        if known.paused or not self.is_current(known):
            return set()
        shown = {t for t in known.topics if t not in self.only_me or t in known.kept}
        return {one for topic in shown | {"call_me"} for one in FOUND.findall(self.words[topic])}

    def taken_by_a_computer(self, known: Known, link: ClinicLink) -> set[str]:
        """The words in what it gets, opened with the key that it was given at first."""
        computer = Computer(known.share, link)
        if not known.passcode:
            answer = computer.get(recipient="City Hospital")
            return words_taken(computer, answer.content) if answer.status_code == 200 else set()
        answer = computer.post(passcode=known.passcode, embeddedLengthMax=10_000_000)
        taken = answer.json()["files"] if answer.status_code == 200 else []
        return {one for file in taken for one in words_taken(computer, file["embedded"].encode())}

    def is_current(self, known: Known) -> bool:
        return not known.stopped and datetime.now(UTC) < known.ends

    def may_help_with(self, helps: Helps) -> set[str]:
        """The words that this helper may be shown now."""
        if helps.supporter is None or not helps.was_given:
            return set()
        return {
            one
            for topic, words in self.words.items()
            if topic not in self.only_me or topic in helps.kept
            for one in FOUND.findall(words)
        }

    @precondition(lambda self: self.steps < self.enough)
    @invariant()
    def a_helper_sees_just_that_and_suggests_only_if_they_may(self) -> None:
        """They take turns: their page, or the one on which they would suggest words."""
        topic = load().topic(TOPICS[self.asked % len(TOPICS)])
        helps = self.helpers[HELPERS[self.asked % len(HELPERS)]]
        if helps.supporter is None:
            return
        may, here = self.may_help_with(helps), f"/helping/{helps.supporter.ref}/"
        if self.asked % 4 < 2:
            seen = set(FOUND.findall(words_in(helps.browser.get(here))))
            assert seen - (helps.offered - may) == may
        else:
            beside = helps.browser.get(f"{here}suggest/{topic.part}/{topic.key}/")
            here = f"{self.words[topic.key]} {self.words['call_me']}" if helps.may != "see" else ""
            assert set(FOUND.findall(words_in(beside))) == {*FOUND.findall(here)} & may

    @precondition(lambda self: self.steps < self.enough)
    @invariant()
    def every_reader_sees_just_that_in_every_format(self) -> None:
        """Ask for it all: more is a leak, and less is a broken promise.

        Of the share that was just changed, or else one in its turn, each format is asked for; of
        the others, the page on a screen. Paper takes longest: the readers take turns at it.
        """
        cache.clear()  # how often something may be asked is tested elsewhere
        printer = READERS[self.asked % 2]
        self.asked += 1
        for known in self.known:
            asked = self.formats if known is self.known[self.touched] else {"html"} & self.formats
            for name, reader in self.readers.items():
                for channel in sorted(asked - ({"pdf"} if name != printer else set())):
                    seen = set(FOUND.findall(words_in(reader.ask(known.share, channel))))
                    assert seen == self.may_see(name, known, channel), (name, channel)
        if "pdf" in self.formats and self.known and (link := self.known[self.touched].link):
            known = self.known[self.touched]
            assert self.taken_by_a_computer(known, link) == self.may_take(known)
        self.touched = (self.touched + 1) % max(1, len(self.known))

    @invariant()
    def what_was_typed_for_a_clinic_is_there_just_as_long(self) -> None:
        """Till it is stopped, or somebody sees that it is over."""
        kept = {*ClinicLink.objects.values_list("share", flat=True)}
        may = {known.share.pk for known in self.known if known.link and not known.stopped}
        goes_on = {k.share.pk for k in self.known if k.share.pk in may and self.is_current(k)}
        assert goes_on <= kept <= may

    @invariant()
    def the_ledger_alone_tells_how_each_share_stands(self) -> None:
        """Its entries, read in order, come to the same."""
        for known in self.known:
            paused = stopped = False
            for kind in known.share.events.in_order().values_list("kind", flat=True):
                paused = {"paused": True, "resumed": False, "given": False}.get(kind, paused)
                stopped = stopped or kind == "withdrawn"
            assert (paused, stopped) == (known.paused, known.stopped)
        type(self).steps += self.has_begun
        self.has_begun = True
