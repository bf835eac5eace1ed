"""Many at once, over a real server, on the database that the tests run on."""

import threading
import time
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.core.management import call_command

from profiles.access.models import Happened, Look
from profiles.accounts.models import User
from profiles.door import reader_views as sheet_views
from profiles.door.models import Paper
from profiles.pages.models import Profile
from profiles.reading import actions as reading_actions
from profiles.reading import views
from profiles.sharing import actions, new_actions
from profiles.sharing.models import MOST_TRIES, ConsentEvent, Share
from profiles.sharing.wording import wording_for, wording_to_keep
from profiles.supporters import handing
from profiles.supporters.models import Handing
from tests.at_once import Somebody, at_once, signed_in
from tests.factories import (
    I_DECIDED,
    TOLD_ROSA,
    begin_share,
    make_kept_page,
    make_page,
    make_share,
    make_user,
)
from tests.readers import FORMATS, address

pytestmark = pytest.mark.django_db(transaction=True)

GUESSERS, READERS = 50, 20
ROUNDS = 5  # of two that meet: who is first is not ours to say


@pytest.fixture
def anas() -> Profile:
    cache.clear()
    return make_page(make_user("ana@example.org"), call_me="Ana", important="CNRY-tea")


@pytest.fixture(autouse=True)
def without_limits_by_address(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everybody here comes from one machine; what is tested is the limit of the share itself."""
    monkeypatch.delitem(views.LIMITS, "passcode")
    monkeypatch.delitem(sheet_views.LIMITS, "print")
    monkeypatch.setattr(reading_actions, "MOST_LINES", 1_000_000)


def wrong(share: Share, number: int) -> str:
    return str((int(share.passcode) + number) % 1_000_000).zfill(6)


def wait_until(true: Callable[[], bool], seconds: int = 60) -> None:
    until = time.monotonic() + seconds
    while not true() and time.monotonic() < until:
        time.sleep(0.2)


def test_fifty_wrong_passcodes_at_once_are_ten(anas, live_server):
    share = make_share(anas, with_passcode=True)
    came = at_once(
        Somebody(live_server.url).ready_to_come_in(share.key, passcode=wrong(share, n))
        for n in range(1, GUESSERS + 1)
    )
    share.refresh_from_db()
    assert came.count(422) == MOST_TRIES
    assert came.count(410) == GUESSERS - MOST_TRIES
    assert share.wrong_tries == share.wrong_guesses.count() == MOST_TRIES
    assert Look.objects.filter(happened=Happened.WRONG_PASSCODE).count() == MOST_TRIES
    assert Look.objects.filter(happened=Happened.LOCKED).count() == 1
    door = address("reading:doorstep", share.key)
    assert Somebody(live_server.url).send(door)[0] == 410


def test_one_wrong_passcode_fifty_times_at_once_is_one(anas, live_server):
    share = make_share(anas, with_passcode=True)
    came = at_once(
        Somebody(live_server.url).ready_to_come_in(share.key, passcode=wrong(share, 1))
        for _ in range(GUESSERS)
    )
    share.refresh_from_db()
    assert set(came) == {422}
    assert share.wrong_tries == share.wrong_guesses.count() == 1
    right = Somebody(live_server.url).ready_to_come_in(share.key, passcode=share.passcode)
    assert right() == 302


def test_the_right_passcode_gets_in_however_many_try_it_at_once(anas, live_server):
    share = make_share(anas, with_passcode=True)
    at_once(
        Somebody(live_server.url).ready_to_come_in(share.key, passcode=share.passcode)
        for _ in range(MOST_TRIES)
    )
    share.refresh_from_db()
    assert share.wrong_tries == 0
    assert share.introductions.count() == MOST_TRIES


def test_nobody_who_asks_after_the_stop_is_answered(anas, live_server):
    share = make_share(anas)
    owner = signed_in(anas.owner, live_server.url)
    stop = f"/me/sharing/{share.ref}/stop/"
    press_stop = {"csrfmiddlewaretoken": owner.csrf(stop)}
    readers = [Somebody(live_server.url) for _ in range(READERS)]
    assert {reader.ready_to_come_in(share.key)() for reader in readers} == {302}
    asked: list[tuple[float, str, int, str]] = []
    over = threading.Event()

    def keep_reading(reader: Somebody, channel: str) -> None:
        while not over.is_set():
            moment = time.monotonic()
            status, words = reader.send(address(FORMATS[channel], share.key))
            asked.append((moment, channel, status, words))

    channels = [*FORMATS] * (READERS // len(FORMATS))
    threads = [
        threading.Thread(target=keep_reading, args=[reader, channel])
        for reader, channel in zip(readers, channels, strict=True)
    ]
    for thread in threads:
        thread.start()
    # A machine with much to do takes long over paper: what is waited for is bounded, and asserted.
    wait_until(lambda: {row[1] for row in [*asked] if row[2] == 200} == set(FORMATS))
    assert owner.send(stop, press_stop)[0] == 302
    stopped = time.monotonic()
    wait_until(lambda: sum(row[0] > stopped for row in [*asked]) >= READERS)
    over.set()
    for thread in threads:
        thread.join(60)
    before = [row for row in asked if row[0] <= stopped]
    after = [row for row in asked if row[0] > stopped]
    assert {channel for _, channel, status, _ in before if status == 200} == set(FORMATS)
    assert len(after) >= READERS
    assert {status for _, _, status, _ in after} == {410}
    assert not [words for _, _, _, words in after if "CNRY" in words]
    _the_log_tells_every_page_that_was_shown_and_no_other(share, asked)


def _the_log_tells_every_page_that_was_shown_and_no_other(
    share: Share, asked: list[tuple[float, str, int, str]]
) -> None:
    shown = [channel for _, channel, status, _ in asked if status == 200]
    for channel in ("html", "text", "json"):
        assert share.looks.filter(happened=channel).count() == shown.count(channel)
    # What one reader fetches again and again within two minutes is one paper, and one look.
    readers_of_paper = READERS // len(FORMATS)
    assert "pdf" in shown
    assert 1 <= Paper.objects.filter(share=share).count() <= readers_of_paper
    assert share.looks.filter(happened="pdf").count() == Paper.objects.count()
    ended = share.events.get(kind=ConsentEvent.Kind.WITHDRAWN).happened_at
    assert not share.looks.filter(looked_at__gt=ended).exists()


def test_tidying_twice_at_once_notes_each_ending_once(anas):
    for _ in range(10):
        make_share(anas)
    Share.objects.update(ends_at=Share.objects.first().given_at)
    at_once([lambda: call_command("tidy", stdout=StringIO())] * 4)
    noted = ConsentEvent.objects.filter(kind=ConsentEvent.Kind.EXPIRED)
    assert noted.count() == Share.objects.count() == 10


def test_a_yes_pressed_in_eight_windows_at_once_is_one(anas):
    begun = begin_share(anas)
    fingerprint = wording_for(begun).fingerprint

    def yes() -> bool:
        try:
            new_actions.give(
                share=Share.objects.select_related("profile").get(pk=begun.pk),
                by=anas.owner,
                decided=I_DECIDED,
                shown=fingerprint,
            )
        except Share.DoesNotExist:
            return False
        return True

    assert at_once([yes] * 8).count(True) == 1
    assert ConsentEvent.objects.filter(kind=ConsentEvent.Kind.GIVEN).count() == 1


def test_eight_windows_that_begin_at_once_begin_one(anas):
    begun = at_once([lambda: new_actions.begin(profile=anas, by=anas.owner).pk] * 8)
    assert len(set(begun)) == 1


@pytest.mark.parametrize("number", range(ROUNDS))
def test_a_yes_and_the_handover_at_once_leave_nothing_open(number):
    """Whichever comes first: nothing that a keeper decided is open once the page is taken over."""
    page, jo, key = offered()
    begun = begin_share(page, reader_name="The day centre")
    fingerprint = wording_for(begun).fingerprint
    rosa = page.kept_by

    def yes() -> bool:
        share = Share.objects.select_related("profile").get(pk=begun.pk)
        try:
            new_actions.give(share=share, by=rosa, decided=TOLD_ROSA, shown=fingerprint)
        except (PermissionDenied, Share.DoesNotExist):
            return False
        return True

    # When it is taken over first, there is none left to be read.
    came = at_once([or_none(yes, Share.DoesNotExist), lambda: take(key, jo)])
    assert came[1]
    assert not page.shares.open().exists()
    assert page.shares.current().from_keeper().count() == page.shares.count() == bool(came[0])


@pytest.mark.parametrize("number", range(ROUNDS))
def test_opening_it_again_and_the_handover_at_once_leave_it_closed(live_server, number):
    page, jo, key = offered()
    share, rosa = make_share(page), page.kept_by
    actions.pause(share=share, by=rosa)
    window = signed_in(rosa, live_server.url)
    token = {"csrfmiddlewaretoken": window.csrf(f"/me/sharing/{share.ref}/")}
    resume = f"/me/sharing/{share.ref}/resume/"
    came = at_once([lambda: window.send(resume, token)[0], lambda: take(key, jo)])
    assert came[0] in {302, 403} and came[1]
    assert not page.shares.open().exists()
    window.send(resume, token)
    assert not page.shares.open().exists()
    assert page.shares.current().from_keeper().count() == 1


@pytest.mark.parametrize("number", range(ROUNDS))
def test_keeping_and_stopping_at_once_end_stopped(number):
    page, jo, key = offered()
    made = make_share(page)
    assert take(key, jo)

    def fresh() -> Share:
        return Share.objects.select_related("profile").get(pk=made.pk)

    fingerprint = wording_to_keep(fresh()).fingerprint

    def keep() -> Share:
        return actions.keep(share=fresh(), by=jo, decided=I_DECIDED, shown=fingerprint)

    kept = or_none(keep, Share.DoesNotExist)
    at_once([kept, kept, lambda: actions.stop(share=fresh(), by=jo)])
    assert not page.shares.current().exists()
    kinds = list(made.events.in_order().values_list("kind", flat=True))
    assert kinds[:2] == ["given", "paused"]
    assert kinds[2:] in (["withdrawn"], ["given", "withdrawn"])


@pytest.mark.parametrize("number", range(ROUNDS))
def test_stopping_while_other_windows_open_it_and_show_more_ends_stopped(anas, number):
    made = make_share(anas, topics=["call_me"])
    actions.pause(share=made, by=anas.owner)

    def fresh() -> Share:
        return Share.objects.select_related("profile").get(pk=made.pk)

    def show_more() -> Share:
        more = {"topics": ["important"], "with_photo": False, "may_print": True}
        return actions.change_what(share=fresh(), by=anas.owner, decided=I_DECIDED, **more)

    def open_again() -> bool:
        return actions.resume(share=fresh(), by=anas.owner)

    open_it, more = (or_none(each, Share.DoesNotExist) for each in (open_again, show_more))
    at_once([open_it, more, lambda: actions.stop(share=fresh(), by=anas.owner), open_it, more])
    assert not anas.shares.current().exists()
    kinds = list(made.events.in_order().values_list("kind", flat=True))
    assert kinds[:2] == ["given", "paused"]
    assert kinds[-1] == "withdrawn"
    assert kinds.count("resumed") <= 1 and kinds.count("changed") <= 1


def test_a_reader_at_the_moment_of_the_handover_is_before_it_or_sees_nothing(live_server):
    page, jo, key = offered()
    share = make_share(page)
    readers = [Somebody(live_server.url) for _ in range(READERS // 2)]
    assert {reader.ready_to_come_in(share.key)() for reader in readers} == {302}
    there = address(FORMATS["html"], share.key)
    came = at_once(
        [lambda: take(key, jo), *(lambda reader=reader: reader.send(there) for reader in readers)]
    )
    assert came[0]
    read = [status for status, _ in came[1:]]
    assert {*read} <= {200, 410}
    paused = share.events.get(kind=ConsentEvent.Kind.PAUSED).happened_at
    looks = share.looks.filter(happened=Happened.LOOKED)
    assert looks.count() == read.count(200)
    assert not looks.filter(looked_at__gt=paused).exists()
    assert readers[0].send(there)[0] == 410


def offered() -> tuple[Profile, User, str]:
    """A kept page, whom it is about, and the key by which they take it."""
    rosa, jo = make_user("rosa@example.org"), make_user("jo@example.org")
    page = make_kept_page(rosa)
    return page, jo, handing.offer(profile=page, by=rosa, email=jo.email, keeper_name="my mum")


def take(key: str, by: User) -> bool:
    found = Handing.objects.with_key(key).select_related("profile").get()
    return handing.take(handing=found, by=by)


def or_none(call: Callable[[], Any], refused: type[Exception]) -> Callable[[], Any]:
    """The same; None where it comes too late."""

    def tried() -> Any:
        try:
            return call()
        except refused:
            return None

    return tried


def test_stopping_in_eight_windows_at_once_is_one_entry(anas):
    share = make_share(anas)
    stopped = at_once([lambda: actions.stop(share=share, by=anas.owner)] * 8)
    assert stopped.count(True) == 1
    assert share.events.filter(kind=ConsentEvent.Kind.WITHDRAWN).count() == 1
