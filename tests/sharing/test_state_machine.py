"""Owner, readers, helpers and a clock live through months; a few lines say what each may see.

Of the two readers one has an account, and may be a named worker. Of the two helpers one kept the
page before it was handed over, and the other is asked by the person. One share was made by the
keeper: nothing opens it but the person's own yes.

The oracle shares no code with the door. It knows the answers, the shares and the introductions as
plain values, and is asked after every step, in every format: what is shown has to be exactly that,
neither more nor less. `bin/test --nightly` takes 25 times as many steps, and never the same ones.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

import pytest
import time_machine
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from profiles.accounts.models import User
from profiles.answers import actions as answers
from profiles.answers.actions import Words
from profiles.answers.models import Agreed, Answer
from profiles.core import prepared
from profiles.core.verdict import YES
from profiles.imports import actions as imports
from profiles.imports import brought
from profiles.imports.actions import ChosenWords
from profiles.imports.brought import FromFile
from profiles.pages.actions import start_page
from profiles.pages.models import Profile
from profiles.pdf import printing
from profiles.reading import passcodes
from profiles.reading.models import IntroductionQuerySet
from profiles.sharing import actions, rules
from profiles.sharing.models import Share, ShareQuerySet
from profiles.supporters import actions as helping
from profiles.supporters import handing
from profiles.supporters.models import Handing, Supporter, SupporterQuerySet
from profiles.topics.load import load
from tests.factories import I_DECIDED, make_share, make_supporter, make_user, say
from tests.readers import FORMATS, ReaderWithLink, words_in

NIGHTLY = bool(os.environ.get("NIGHTLY"))
STEPS = 10_000 if NIGHTLY else 400
A_LIFE = 40  # steps, in one world
BEGIN = datetime(2026, 11, 25, 10, tzinfo=UTC)
TOPICS = ("important", "sleep", "health")
READERS = ("Cal", "Tess")
WORKER = "Tess"  # the reader who is signed in
HELPERS = ("keeper", "sister")
MOST_SHARES = 3
FOUND = re.compile(r"CNRY\w+")

a_topic = st.sampled_from(TOPICS)
some_topics = st.sets(a_topic, min_size=1)
a_reader = st.sampled_from(READERS)
a_helper = st.sampled_from(HELPERS)
a_while = st.sampled_from(
    [timedelta(minutes=5), timedelta(hours=1), timedelta(hours=2), timedelta(days=1),
     timedelta(days=20), timedelta(days=100)]
)  # fmt: skip
a_share = st.integers(0, MOST_SHARES - 1)


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
    guesses: set[str] = field(default_factory=set)
    came_in: dict[str, datetime] = field(default_factory=dict)


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


class Sharing(RuleBasedStateMachine):
    """One world: a page, its shares, those who read and help, and time that only goes forward."""

    steps: ClassVar[int] = 0
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

    # ---- the oracle

    def may_see(self, reader: str, known: Known, channel: str) -> set[str]:
        """The words that this reader may be shown now, in this format."""
        now = datetime.now(UTC)
        if known.paused or known.stopped or now >= known.ends:
            return set()
        if known.is_for_worker and reader != WORKER:
            return set()
        if reader not in known.came_in or now - known.came_in[reader] >= timedelta(hours=2):
            return set()
        if channel != "html" and not known.may_print:
            return set()
        shown = {t for t in known.topics if t not in self.only_me or t in known.kept}
        return {one for topic in shown | {"call_me"} for one in FOUND.findall(self.words[topic])}

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
            asked = self.formats if known is self.known[self.touched] else {"html"}
            for name, reader in self.readers.items():
                for channel in sorted(asked - ({"pdf"} if name != printer else set())):
                    seen = set(FOUND.findall(words_in(reader.ask(known.share, channel))))
                    assert seen == self.may_see(name, known, channel), (name, channel)
        self.touched = (self.touched + 1) % max(1, len(self.known))

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

    # ---- the owner

    @initialize()
    def a_page(self) -> None:
        """It was kept for her at first, and handed over: her keeper waits for her yes."""
        keeper = self.helpers["keeper"].user
        page = start_page(for_someone=True, language="en", user=keeper)
        say(page, "call_me", self.words["call_me"])
        self.page = page
        for topic in TOPICS:
            self.writes(topic=topic, only_me=topic == "health")
        self.shares({"important", "sleep"}, False, timedelta(days=20), False)
        self.both_come_in(0)
        self.every_reader_sees_just_that_in_every_format()
        key = handing.offer(profile=page, by=keeper, email=self.ana.email, keeper_name="Ben")
        assert handing.take(handing=Handing.objects.with_key(key).get(), by=self.ana)
        self.page = Profile.objects.get(pk=page.pk)
        self.known[0].paused = self.known[0].waits = True
        self.helpers["keeper"].supporter = self.page.supporters.get()
        self.shares({"important", "health"}, True, timedelta(days=20), True)
        for number in range(len(self.known)):
            self.both_come_in(number)

    @rule(topic=a_topic, only_me=st.booleans())
    def writes(self, topic: str, only_me: bool) -> None:
        self.words[topic] = self.new_words(topic)
        (self.only_me.add if only_me else self.only_me.discard)(topic)
        if not only_me:  # kept again later, it is kept from those too for whom it was ticked
            for somebody in (*self.known, *self.helpers.values()):
                somebody.kept.discard(topic)
        say(self.page, topic, self.words[topic], only_me=only_me)

    def new_words(self, topic: str) -> str:
        self.written += 1
        return f"CNRY{topic}{self.written}"

    def posts(self, topic: str, where: str, said: dict[str, Any]) -> Any:
        """She sends something at a question, as her browser would."""
        return self.browser.post(f"/me/{load().topic(topic).part}/{topic}/{where}", said)

    # ---- words that return: who may see them is what she said last, whatever returns

    @rule(topic=a_topic, earlier=st.integers(0, 99))
    def brings_words_back(self, topic: str, earlier: int) -> None:
        rows = self.page.answers.about(topic).with_profile(self.page)
        row = rows[earlier % len(rows)]
        assert self.posts(topic, f"earlier/{row.number}/", {}).status_code == 302
        self.words[topic] = row.text

    @rule(earlier=st.integers(0, 99))
    def brings_a_page_back(self, earlier: int) -> None:
        editions = list(self.page.editions.order_by("number"))
        if not editions:
            return
        edition = editions[earlier % len(editions)]
        stood = edition.answers.with_profile(self.page)
        assert self.browser.post(f"/me/earlier/{edition.number}/again/").status_code == 302
        self.words |= {answer.topic: answer.text for answer in stood}

    @rule(topic=a_topic)
    def takes_a_line_off_and_puts_it_back(self, topic: str) -> None:
        number = self.page.answers.about(topic).first().number
        self.posts(topic, "line/", {"number": number, "line": 0, "do": "remove"})
        assert self.page.answers.about(topic).first().number == number + 1
        self.posts(topic, f"earlier/{number}/", {})

    @rule(topic=a_topic, text=st.booleans())
    def takes_words_from_a_file(self, topic: str, text: bool) -> None:
        said = FromFile(topic=load().topic(topic), text=self.new_words(topic))
        [change] = brought.changes(self.page, [said])
        chosen = ChosenWords(topic=change.topic, words=change.words, started_from=change.number)
        imports.bring(profile=self.page, words=[chosen], photo=None)
        self.words[topic] = said.text

    @rule(
        topic=a_topic,
        windows=st.integers(2, 3),
        only_me=st.booleans(),
        choice=st.sampled_from(["mine", "theirs", "both"]),
    )
    def writes_in_windows_that_know_nothing_of_each_other(
        self, topic: str, windows: int, only_me: bool, choice: str
    ) -> None:
        """The first saves; the others meet it. The last one's words and hers stand side by side."""
        started_from = self.page.answers.about(topic).first().number
        kept = "yes" if topic in self.only_me else "no"
        first, *others = [self.new_words(topic) for _ in range(windows)]
        said = {"picture": "", "started_from": started_from}
        self.posts(topic, "", said | {"text": first, "only_me": kept})
        for words in others:
            said |= {"text": words, "only_me": "yes" if only_me else "no"}
            assert self.posts(topic, "", said).url.endswith("/both/")
        form = self.browser.get(self.posts(topic, "", said).url).context["form"]
        asked = {name: form[name].value() for name in ("started_from", "draft_stamp")}
        assert self.posts(topic, "both/", asked | {"choice": choice}).status_code == 302
        chosen = {"mine": words, "theirs": first, "both": f"{first}\n{words}"}
        self.words[topic] = chosen[choice]
        if only_me and choice != "theirs":
            self.only_me.add(topic)
        ever = {row.text for row in self.page.answers.about(topic).with_profile(self.page)}
        assert {*others, first, self.words[topic]} - ever <= (
            {words} if choice == "both" else set()
        )

    @rule(name=a_helper, topic=a_topic, my_way=st.booleans())
    def uses_what_a_helper_suggests(self, name: str, topic: str, my_way: bool) -> None:
        helps, asked = self.helpers[name], load().topic(topic)
        if helps.supporter is None or helps.may not in {"suggest", "write"}:
            return
        words = self.new_words(topic)
        here = f"/helping/{helps.supporter.ref}/suggest/{asked.part}/{topic}/"
        assert helps.browser.post(here, {"words": words, "why": "You said."}).status_code == 302
        helps.offered.add(words)
        offer = self.page.suggestions.latest_first().first()
        number = self.page.answers.about(topic).first().number
        said = {"words": words} if my_way else {"say": "use"}
        there = f"/me/suggestions/{offer.ref}/{'my-way/' if my_way else ''}"
        assert self.browser.post(there, said | {"started_from": number}).status_code == 302
        self.words[topic] = words

    @precondition(lambda self: len(self.known) < MOST_SHARES)
    @rule(
        topics=some_topics,
        may_print=st.booleans(),
        lasts=a_while,
        with_passcode=st.booleans(),
        for_worker=st.booleans(),
    )
    def shares(
        self,
        topics: set[str],
        may_print: bool,
        lasts: timedelta,
        with_passcode: bool,
        for_worker: bool = False,
    ) -> None:
        ends = datetime.now(UTC) + lasts
        share = make_share(
            self.page,
            topics=topics,
            may_print=may_print,
            ends_at=ends,
            with_passcode=with_passcode,
            email=self.worker.email if for_worker else "",
        )
        share.profile.owner = self.ana  # as it is by the time it is changed
        self.known.append(
            Known(
                share=share, topics=topics, kept=topics & self.only_me, may_print=may_print,
                ends=ends, passcode=share.passcode, is_for_worker=for_worker,
            )
        )  # fmt: skip

    def pick(self, number: int) -> Known:
        self.touched = number % len(self.known)
        return self.known[self.touched]

    def is_current(self, known: Known) -> bool:
        return not known.stopped and datetime.now(UTC) < known.ends

    @precondition(lambda self: self.known)
    @rule(number=a_share, topics=some_topics, may_print=st.booleans())
    def changes_what(self, number: int, topics: set[str], may_print: bool) -> None:
        known = self.pick(number)
        if self._tried(
            known, actions.change_what, topics=topics, with_photo=False, may_print=may_print,
            decided=I_DECIDED,
        ):  # fmt: skip
            known.topics, known.kept = topics, topics & self.only_me
            known.may_print = may_print

    @precondition(lambda self: self.known)
    @rule(number=a_share, lasts=a_while)
    def changes_how_long(self, number: int, lasts: timedelta) -> None:
        known, ends = self.pick(number), datetime.now(UTC) + lasts
        if self._tried(known, actions.change_how_long, ends_at=ends, decided=I_DECIDED):
            known.ends = ends

    @precondition(lambda self: self.known)
    @rule(number=a_share, wanted=st.booleans())
    def changes_the_passcode(self, number: int, wanted: bool) -> None:
        known = self.pick(number)
        if self._tried(known, actions.change_passcode, wanted=wanted):
            known.passcode = Share.objects.select_related("profile").get(pk=known.share.pk).passcode
            known.guesses = set()
            if wanted:  # who came in before it comes in again
                known.came_in.clear()

    @precondition(lambda self: self.known)
    @rule(number=a_share)
    def pauses(self, number: int) -> None:
        known = self.pick(number)
        if self._tried(known, actions.pause):
            known.paused = True

    @precondition(lambda self: self.known)
    @rule(number=a_share)
    def resumes(self, number: int) -> None:
        known = self.pick(number)
        if self._tried(known, actions.resume):
            known.paused = False

    @precondition(lambda self: self.known)
    @rule(number=a_share)
    def stops(self, number: int) -> None:
        known = self.pick(number)
        current = self.is_current(known)
        assert actions.stop(share=known.share, by=self.ana) == current
        known.stopped = known.stopped or current

    @precondition(lambda self: any(known.waits for known in self.known))
    @rule()
    def lets_go_on_what_the_keeper_shared(self) -> None:
        known = next(known for known in self.known if known.waits)
        self.touched = self.known.index(known)
        here = f"/me/sharing/{known.share.ref}/keep/"
        asked = self.browser.get(here)
        assert asked.status_code == (200 if self.is_current(known) else 302)
        if self.is_current(known):
            shown = asked.context["wording"].fingerprint
            said = {"mode": "me", "shown": shown}
            assert self.browser.post(here, said).status_code == 302
            known.paused = known.waits = False

    def _tried(self, known: Known, change: Callable[..., Any], **said: Any) -> bool:
        """Make a change. One that has ended cannot be changed, nor one that waits for a yes."""
        if self.is_current(known) and not known.waits:
            change(share=known.share, by=self.ana, **said)
            return True
        refused = PermissionDenied if self.is_current(known) else Share.DoesNotExist
        try:
            change(share=known.share, by=self.ana, **said)
        except refused:
            return False
        raise AssertionError(f"{known.share} was changed")

    # ---- those who help

    def everybody_signs_in(self) -> None:
        """A session does not outlast these leaps of the clock."""
        self.browser.force_login(self.ana)
        self.readers[WORKER].browser.force_login(self.worker)
        for helps in self.helpers.values():
            helps.browser.force_login(helps.user)

    @rule(name=a_helper, may=st.sampled_from(Supporter.May.values), kept=st.sets(a_topic))
    def lets_somebody_help(self, name: str, may: str, kept: set[str]) -> None:
        """Asks them, if they do not help; else lets them do more or less."""
        helps = self.helpers[name]
        if helps.supporter is None:
            helps.supporter = make_supporter(self.page, helps.user, may, kept_topics=kept)
        else:
            helping.change(supporter=helps.supporter, by=self.ana, may=may, kept_topics=kept)
        helps.may, helps.kept, helps.was_given = may, kept & self.only_me, True

    @rule(name=a_helper)
    def stops_somebody_helping(self, name: str) -> None:
        helps = self.helpers[name]
        if helps.supporter is None:
            return
        assert helping.stop(supporter=helps.supporter, by=self.ana)
        assert helps.browser.get(f"/helping/{helps.supporter.ref}/").status_code == 404
        helps.supporter, helps.was_given, helps.may, helps.kept = None, False, "", set()

    @rule(name=a_helper, topic=a_topic, made_up=st.sampled_from(["", "", "", "1000000", "1"]))
    def writes_together(self, name: str, topic: str, made_up: str) -> None:
        """The words are on the page if they may write and see that topic; else nothing changes.

        Nor does anything if the form says that they saw what they did not.
        """
        helps = self.helpers[name]
        if helps.supporter is None:
            return
        words, asked = self.new_words(topic), load().topic(topic)
        here = f"/helping/{helps.supporter.ref}/together/{asked.part}/{topic}/"
        said = {"words": words, "whose": "theirs", "yes_by": "said", "started_from": made_up}
        if helps.may == "write" and not made_up:
            said["started_from"] = helps.browser.get(here).context["form"]["started_from"].value()
        answer = helps.browser.post(here, said)
        refused = 403 if helps.was_given else 404
        assert answer.status_code == (refused if helps.may != "write" else 409 if made_up else 302)
        if helps.may != "write" or made_up:
            return
        if topic not in self.only_me or topic in helps.kept:
            self.words[topic] = words
        else:
            helps.offered.add(words)

    # ---- the readers and the clock

    @precondition(lambda self: self.known)
    @rule(number=a_share)
    def both_come_in(self, number: int) -> None:
        for name in READERS:
            self.comes_in(number, name)

    @precondition(lambda self: self.known)
    @rule(number=a_share, name=a_reader)
    def comes_in(self, number: int, name: str) -> None:
        known = self.pick(number)
        answer = self.readers[name].come_in(known.share, passcode=known.passcode)
        locked = bool(known.passcode) and len(known.guesses) >= 10
        may = self.is_current(known) and not known.paused and not locked
        may = may and (name == WORKER or not known.is_for_worker)
        assert answer.status_code == (302 if may else 410)
        if may:
            known.came_in[name] = datetime.now(UTC)

    @precondition(lambda self: any(known.passcode for known in self.known))
    @rule(name=a_reader, offs=st.sets(st.integers(1, 14), min_size=4, max_size=9))
    def guesses(self, name: str, offs: set[int]) -> None:
        known = next(known for known in self.known if known.passcode)
        for off in offs:
            wrong = str((int(known.passcode) + off) % 1_000_000).zfill(6)
            answer = self.readers[name].come_in(known.share, passcode=wrong)
            assert answer.status_code in {422, 410}
            if answer.status_code == 422:
                known.guesses.add(wrong)
                assert len(known.guesses) <= 10

    @rule(passes=st.sampled_from([timedelta(minutes=5), timedelta(hours=1), timedelta(hours=2)]))
    def time_passes(self, passes: timedelta) -> None:
        self.now.shift(passes)
        self.everybody_signs_in()

    @rule(days=st.sampled_from([1, 20, 100]), come_back=st.booleans())
    def days_pass(self, days: int, come_back: bool) -> None:
        self.now.shift(timedelta(days=days))
        self.everybody_signs_in()
        for number in range(len(self.known) * come_back):
            self.both_come_in(number)


@contextmanager
def patched(where: Any, name: str, becomes: Any) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(where, name, becomes)
        prepared.forget()  # else the questions that were built without the fault are asked
        yield
    prepared.forget()


def live(steps: int) -> None:
    """Let worlds come and go, until so many steps were taken."""
    usual = {
        "deadline": None,
        "derandomize": not NIGHTLY,
        "database": None,
        "suppress_health_check": list(HealthCheck),
        "stateful_step_count": A_LIFE,
        "phases": [Phase.generate],  # to make an example smaller takes minutes
        "report_multiple_bugs": False,
    }
    # Printed in this process: worker processes live by the real clock, and would be ended for it.
    with patched(printing, "make_pdf", printing.make_pdf_here):
        run_state_machine_as_test(
            Sharing, settings=settings(max_examples=steps * 12 // (8 * A_LIFE), **usual)
        )


@pytest.mark.django_db
def test_each_reader_sees_just_what_was_agreed_to_at_every_step() -> None:
    # By day PostgreSQL answers the same questions half as often: what races is tried elsewhere.
    steps = STEPS if NIGHTLY or connection.vendor == "sqlite" else STEPS // 2
    Sharing.steps = 0
    live(steps)
    assert Sharing.steps >= steps


# ---- a machine that finds nothing has to show that it could


def open_without(name: str) -> Any:
    """Shares as if one of the four moments did not count."""

    def open_(self: ShareQuerySet, at: datetime | None = None) -> ShareQuerySet:
        asked = {"stopped_at": None, "paused_at": None, "ends_at__gt": at or datetime.now(UTC)}
        asked.pop(name)
        return self.given().filter(**asked)

    return open_


shown = Agreed.shown


def bring_back_as_it_was(*, answer: Answer, **said: Any) -> Answer | None:
    """Words return with whoever could see them then."""
    return answers.save_answer(words=Words.of(answer), based_on=answer, **said)


def as_for_readers(wrong: Any) -> Any:
    """What is shown, wrong for readers and right for helpers: those may see every topic."""

    def shown_so(self: Agreed, said: Iterable[Answer]) -> list[Answer]:
        return shown(self, said) if self.topics is None else [a for a in said if wrong(self, a)]

    return shown_so


def as_for_helpers() -> Any:
    """What is shown, with all that is kept for helpers, and right for readers."""

    def shown_so(self: Agreed, said: Iterable[Answer]) -> list[Answer]:
        return [*said] if self.topics is None else shown(self, said)

    return shown_so


BY_DAY = {  # found soon: one of each kind. The others are left to the nightly run
    "every topic is shown",
    "what is kept is shown to helpers",
    "what a keeper shared stays open",
}
FAULTS = {
    "a stopped share stays open": (ShareQuerySet, "open", open_without("stopped_at")),
    "a paused share stays open": (ShareQuerySet, "open", open_without("paused_at")),
    "a share that is over stays open": (ShareQuerySet, "open", open_without("ends_at__gt")),
    "what is kept is shown": (
        Agreed,
        "shown",
        as_for_readers(lambda self, answer: answer.topic in self.topics),
    ),
    "every topic is shown": (
        Agreed,
        "shown",
        as_for_readers(lambda self, answer: not answer.only_me),
    ),
    "what was ticked though kept is hidden": (
        Agreed,
        "shown",
        as_for_readers(lambda self, answer: answer.topic in self.topics and not answer.only_me),
    ),
    "what is kept is shown to helpers": (Agreed, "shown", as_for_helpers()),
    "a helper who was stopped goes on": (
        SupporterQuerySet,
        "helping",
        lambda self: self.filter(given_at__isnull=False, accepted_at__isnull=False),
    ),
    "a keeper needs no yes": (
        SupporterQuerySet,
        "helping",
        lambda self: self.current().filter(accepted_at__isnull=False),
    ),
    "what a keeper shared stays open": (handing, "pause_for_its_person", lambda profile: None),
    "what a keeper shared needs no yes": (rules, "may_change", lambda share: YES),
    "a worker's page is open to whoever has the link": (rules, "may_open", lambda user, share: YES),
    "words return with whoever could see them": (answers, "bring_back", bring_back_as_it_was),
    "everybody may print": (rules, "may_print", lambda share: True),
    "nobody has to come in again": (IntroductionQuerySet, "since", lambda self, moment: self),
    "a new passcode leaves readers in": (
        IntroductionQuerySet,
        "by_passcode",
        lambda self, number: self,
    ),
    "a passcode can be tried for ever": (passcodes, "_count", lambda share, digits: True),
}


@pytest.mark.once
@pytest.mark.django_db
@pytest.mark.parametrize("fault", [name for name in FAULTS if NIGHTLY or name in BY_DAY])
def test_the_machine_finds_this_fault(fault: str) -> None:
    formats = {"html", "text"} if fault == "everybody may print" else {"html"}  # the quick ones
    with (
        patched(Sharing, "formats", formats),
        patched(*FAULTS[fault]),
        pytest.raises((AssertionError, BaseExceptionGroup)),
    ):
        live(5_000 if NIGHTLY else 1_000)
