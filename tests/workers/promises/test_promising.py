"""What a worker promises after reading."""

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains

from profiles.access.models import Happened
from profiles.core.verdict import YES
from profiles.sharing import actions as sharing
from profiles.workers import promise_actions, reader_views
from profiles.workers.models import MOST_OPEN, Promise, PromiseMaker
from tests.factories import make_promise, make_share
from tests.readers import address
from tests.workers.promises.promised import MINE, RING, Kind, have_read, in_days

pytestmark = pytest.mark.django_db


# ---- promising


def test_a_worker_promises_and_the_person_sees_it(anas_browser, share, worker):
    answer = have_read(worker, share, promised=RING, by_day=in_days(3))
    assert answer.status_code == 302
    for page in (anas_browser.get("/me/"), anas_browser.get(MINE)):
        assertContains(page, RING)
        assertContains(page, "<bdi>Priya</bdi>")
    log = anas_browser.get(reverse("access:looked"))
    assertContains(log, "made you a promise.")
    assertContains(log, RING)
    assertContains(log, "said: I have read this.")


def test_the_day_is_said_as_people_say_it(anas_browser, share):
    promise = make_promise(share)
    day = f"By {promise.by_day:%A} {promise.by_day.day} {promise.by_day:%B}"
    assertContains(anas_browser.get(MINE), day)
    assertContains(anas_browser.get(reverse("access:looked")), day)


def test_having_read_it_needs_no_promise(share, worker):
    assert have_read(worker, share).status_code == 302
    assert not Promise.objects.exists()


WRONG = [
    (RING, None, "Choose the day by which you will do it"),
    ("", 1, "Say what you promise, or leave the day out"),
    (RING, -1, "Choose a day from today onwards"),
    (RING, 367, "Choose a day within a year"),
    ("a" * 301, 1, "Use 300 letters or fewer"),
]


@pytest.mark.parametrize("words, days, problem", WRONG, ids=[problem for *_, problem in WRONG])
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(share, worker, words, days, problem):
    day = "" if days is None else in_days(days)
    answer = have_read(worker, share, promise="I will knock.", promised=words, by_day=day)
    for typed in ("I will knock.", words, day, problem):
        assertContains(answer, typed, status_code=422)
    assert not Promise.objects.exists()
    assert not share.looks.of_kinds([Happened.HAS_READ, Happened.OUT_OF_DATE]).exists()


def test_a_day_that_is_none_is_said(share, worker):
    answer = have_read(worker, share, promised=RING, by_day="soon")
    assertContains(answer, "Write the day like 31/12/", status_code=422)


@pytest.mark.parametrize("days", [0, 366])
def test_today_is_soon_enough_and_a_year_is_not_too_far(share, worker, days):
    assert have_read(worker, share, promised=RING, by_day=in_days(days)).status_code == 302
    assert Promise.objects.get().by_day == timezone.localdate() + timedelta(days=days)


def test_a_second_press_of_the_button_is_the_same_promise(share, worker):
    for _ in range(2):
        have_read(worker, share, promised=RING, by_day=in_days(3))
    assert Promise.objects.count() == 1
    have_read(worker, share, promised=RING, by_day=in_days(4))
    assert Promise.objects.count() == 2


def test_a_reader_without_an_account_may_promise_and_is_told_what_we_cannot_do(
    anas_browser, anas_page, cal
):
    link = make_share(anas_page)
    assert "You are not signed in, so we cannot remind you." in cal.read(link)
    have_read(cal, link, promised=RING, by_day=in_days(1))
    assertContains(anas_browser.get(MINE), "<bdi>Cal</bdi>")
    assert not PromiseMaker.objects.exists()


def test_somebody_signed_in_is_told_that_we_remind_them(share, worker):
    assert "We send you an email the day before." in worker.read(share)


def test_there_is_a_most_and_it_is_said(share, worker, ana):
    for n in range(MOST_OPEN):
        make_promise(share, words=f"Number {n}")
    answer = have_read(worker, share, promised=RING, by_day=in_days(3))
    assertContains(answer, f"There are {MOST_OPEN} promises here", status_code=422)
    assertContains(answer, RING, status_code=422)
    with pytest.raises(promise_actions.NoMorePromises):  # whose form was opened before that
        make_promise(share, words=RING, days=3)
    assert Promise.objects.count() == MOST_OPEN
    first = Promise.objects.whole().soonest_first().first()
    promise_actions.say_what_became(promise=first, by=ana, said=Kind.DONE)
    assert have_read(worker, share, promised=RING, by_day=in_days(3)).status_code == 302


@pytest.mark.parametrize("verb", ["pause", "stop"])
def test_nobody_promises_once_sharing_has_stopped(ana, share, worker, verb):
    worker.come_in(share)
    getattr(sharing, verb)(share=share, by=ana)
    answer = worker._at(share.key).post(
        address("workers:have_read", share.key), {"promised": RING, "by_day": in_days(1)}
    )
    assert answer.status_code == 410
    assert not Promise.objects.exists()


def test_sharing_that_stops_while_it_is_sent_keeps_no_promise(ana, share, worker, monkeypatch):
    def stops_first(asked):
        sharing.stop(share=share, by=ana)
        return YES

    monkeypatch.setattr(reader_views.rules, "may_promise", stops_first)
    assert have_read(worker, share, promised=RING, by_day=in_days(1)).status_code == 410
    assert not Promise.objects.exists()
    assert not share.looks.of_kinds([Happened.HAS_READ, Happened.OUT_OF_DATE]).exists()


def test_words_of_a_promise_are_sealed(share):
    make_promise(share, words="CNRY promise")
    with connection.cursor() as cursor:
        cursor.execute("SELECT words, reader_said FROM profiles_look WHERE happened = 'promise'")
        stored = b"".join(bytes(value) for value in cursor.fetchone())
    assert b"CNRY" not in stored
    assert b"Priya" not in stored
