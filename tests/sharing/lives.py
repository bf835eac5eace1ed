"""What an owner, helpers, readers and a clock can do in that world, drawn at random."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import strategies as st
from hypothesis.stateful import (
    initialize,
    precondition,
    rule,
)

from profiles.imports import actions as imports
from profiles.imports import brought
from profiles.imports.actions import ChosenWords
from profiles.imports.brought import FromFile
from profiles.pages.actions import start_page
from profiles.pages.models import Profile
from profiles.sharing import actions
from profiles.sharing.clinic import Taking
from profiles.sharing.models import Share
from profiles.supporters import actions as helping
from profiles.supporters import handing
from profiles.supporters.models import Handing, Supporter
from profiles.topics.load import load
from tests.factories import I_DECIDED, clinic_share, make_share, make_supporter, say
from tests.sharing.oracle import HELPERS, READERS, TOPICS, WORKER, Known, World

MOST_SHARES = 3
Kind = Share.Kind

a_topic = st.sampled_from(TOPICS)
some_topics = st.sets(a_topic, min_size=1)
a_reader = st.sampled_from(READERS)
a_helper = st.sampled_from(HELPERS)
a_while = st.sampled_from(
    [timedelta(minutes=5), timedelta(hours=1), timedelta(hours=2), timedelta(days=1),
     timedelta(days=20), timedelta(days=100)]
)  # fmt: skip
a_way = st.sampled_from([Kind.LINK, Kind.LINK, Kind.WORKER, Kind.CLINIC])
a_share = st.integers(0, MOST_SHARES - 1)


class Sharing(World):
    """One life after another: each rule says what it does to the page and to what is known."""

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
        way=a_way,
    )
    def shares(
        self,
        topics: set[str],
        may_print: bool,
        lasts: timedelta,
        with_passcode: bool,
        way: Kind = Kind.LINK,
    ) -> None:
        ends = datetime.now(UTC) + lasts
        if way is Kind.CLINIC:
            taking = Taking.PASSCODE if with_passcode else Taking.NOW
            share = clinic_share(self.page, topics=topics, ends_at=ends, taking=taking)
        else:
            share = make_share(
                self.page,
                topics=topics,
                may_print=may_print,
                ends_at=ends,
                with_passcode=with_passcode,
                email=self.worker.email if way is Kind.WORKER else "",
            )
        share.profile.owner = self.ana  # as it is by the time it is changed
        self.known.append(
            Known(
                share=share, topics=topics, kept=topics & self.only_me, may_print=may_print,
                ends=ends, passcode=share.passcode, is_for_worker=way is Kind.WORKER,
                link=share.clinic_link if way is Kind.CLINIC else None,
            )
        )  # fmt: skip

    def pick(self, number: int) -> Known:
        self.touched = number % len(self.known)
        return self.known[self.touched]

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
        has_one = bool(known.passcode)
        if known.is_for_worker or (known.link and not (wanted and has_one)):
            # They sign in; and a clinic's link says for good whether there is a passcode.
            refused = PermissionDenied if self.is_current(known) else Share.DoesNotExist
            with pytest.raises(refused):
                actions.change_passcode(share=known.share, by=self.ana, wanted=wanted)
            return
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
        assert helps.browser.get(f"/helping/{helps.supporter.ref}/").status_code == 410
        helps.supporter, helps.was_given, helps.may, helps.kept = None, False, "", set()

    @rule(name=a_helper, topic=a_topic, made_up=st.sampled_from(["", "", "", "1000000", "1"]))
    def writes_together(self, name: str, topic: str, made_up: str) -> None:
        """The words are on the page if they may write and see that topic; else nothing changes.

        Nor does anything if the form says that they saw what they did not.
        """
        helps = self.helpers[name]
        if helps.supporter is None:
            return
        words, part = self.new_words(topic), load().topic(topic).part
        here = f"/helping/{helps.supporter.ref}/together/{part}/{topic}/"
        said = {"words": words, "whose": "theirs", "started_from": made_up}
        if helps.may == "write" and not made_up:
            said["started_from"] = helps.browser.get(here).context["form"]["started_from"].value()
        asked = helps.browser.post(here, said)
        if helps.may != "write":
            assert asked.status_code == (403 if helps.was_given else 404)
            return
        answer = helps.browser.post(asked["Location"], {"yes_by": "said"})
        assert answer.status_code == (409 if made_up else 302)
        if made_up:
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
        may = may and (name == WORKER or not known.is_for_worker) and not known.link
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
