"""Promises with a day: made by a reader, answered by the person, and sorry for when missed."""

import re
from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from profiles.access.actions import Reader
from profiles.access.models import Happened
from profiles.access.sentences import SENTENCES
from profiles.core.append_only import NeverChanges
from profiles.core.verdict import YES
from profiles.pages import actions
from profiles.sharing import actions as sharing
from profiles.sharing.models import Share
from profiles.workers import promise_actions, reader_views
from profiles.workers.models import MOST_OPEN, Promise, PromiseEvent, PromiseMaker
from profiles.workers.promise_actions import Promised
from tests import factories
from tests.factories import make_page, make_promise, make_share
from tests.readers import ReaderWithLink, address

pytestmark = pytest.mark.django_db
MINE = reverse("workers:promises")
PROMISED = reverse("workers:promised")
RING = "I will ring you on Tuesday morning."
Kind = PromiseEvent.Kind


@pytest.fixture
def share(anas_page, priya) -> Share:
    cache.clear()
    return make_share(anas_page, email=priya.email, reader_name="Priya from Sunrise")


@pytest.fixture
def worker(priyas_browser) -> ReaderWithLink:
    return ReaderWithLink(name="Priya", role="support worker", browser=priyas_browser)


@pytest.fixture
def her_share(share, priya) -> Share:
    """The share, once Priya has come in by it."""
    sharing.claim(share=share, by=priya)
    return share


def in_days(days: int) -> str:
    return str(timezone.localdate() + timedelta(days=days))


def have_read(reader: ReaderWithLink, share: Share, **said: str):
    reader.come_in(share)
    return reader._at(share.key).post(address("workers:have_read", share.key), said)


def say(browser: Client, promise: Promise, said: str):
    return browser.post(reverse("workers:answer", kwargs={"ref": promise.ref}), {"say": said})


def sorry_at(promise: Promise) -> str:
    return reverse("workers:sorry", kwargs={"ref": promise.ref})


def missed(ana, share: Share, worker=None, **said) -> Promise:
    promise = make_promise(share, worker=worker, **said)
    promise_actions.say_what_became(promise=promise, by=ana, said=Kind.NOT_DONE)
    return promise


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
    assert not share.looks.replies().exists()


def test_a_day_that_is_none_is_said(share, worker):
    answer = have_read(worker, share, promised=RING, by_day="soon")
    assertContains(answer, "Write the day like 31/12/2026", status_code=422)


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
    assert not share.looks.replies().exists()


def test_words_of_a_promise_are_sealed(share):
    make_promise(share, words="CNRY promise")
    with connection.cursor() as cursor:
        cursor.execute("SELECT words, reader_said FROM profiles_look WHERE happened = 'promise'")
        stored = b"".join(bytes(value) for value in cursor.fetchone())
    assert b"CNRY" not in stored
    assert b"Priya" not in stored


# ---- what became of it


@pytest.mark.parametrize(
    "said, word", [("done", "Done"), ("late", "Done, but late"), ("not_done", "Not done")]
)
def test_the_person_says_what_became_of_it(anas_browser, share, said, word):
    promise = make_promise(share)
    assert say(anas_browser, promise, said).status_code == 302
    assertContains(anas_browser.get(MINE), f">{word}</span>")
    assertNotContains(anas_browser.get("/me/"), "I will ring you.")


def test_they_may_change_their_mind_and_both_stay(anas_browser, share):
    promise = make_promise(share)
    for said in ("not_done", "done", "done"):
        say(anas_browser, promise, said)
    kinds = list(promise.events.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["not_done", "done"]
    assert Promise.objects.whole().get().said is Kind.DONE


def test_nothing_is_late_before_its_day_is_over(anas_browser, share):
    make_promise(share, days=0)
    assertNotContains(anas_browser.get(MINE), "Done, but late")
    assertNotContains(anas_browser.get(MINE), "Was it kept?")


def test_when_the_day_has_passed_it_asks_calmly(anas_browser, share):
    make_promise(share, days=-1)
    for page in (anas_browser.get(MINE), anas_browser.get("/me/")):
        assertContains(page, "Was it kept?")
        assertContains(page, "Done, but late")


def test_an_old_promise_leaves_the_home_and_stays_in_the_list(anas_browser, share):
    make_promise(share, days=-15)
    assertNotContains(anas_browser.get("/me/"), "I will ring you.")
    assertContains(anas_browser.get(MINE), "I will ring you.")


def test_without_promises_the_home_says_nothing_of_them(anas_browser, share):
    assertNotContains(anas_browser.get("/me/"), "promised")


@pytest.mark.parametrize("said", ["", "sorry", "reminded", "kept"])
def test_nothing_else_can_be_said(anas_browser, share, said):
    promise = make_promise(share)
    assert say(anas_browser, promise, said).status_code == 404
    assert not promise.events.exists()


def test_nobody_answers_for_somebody_else(dees_browser, dee, priyas_browser, share):
    promise = make_promise(share)
    make_page(dee, call_me="Dee")
    for browser in (dees_browser, priyas_browser):
        say(browser, promise, "done")
    assertNotContains(dees_browser.get(MINE), "I will ring you.")
    assert not promise.events.exists()


def test_after_the_share_is_stopped_the_person_still_sees_and_answers(anas_browser, ana, share):
    promise = make_promise(share)
    sharing.stop(share=share, by=ana)
    assertContains(anas_browser.get("/me/"), "I will ring you.")
    assert say(anas_browser, promise, "done").status_code == 302


# ---- the worker's side


def test_a_worker_sees_what_they_promised_to_whom_and_what_became(
    anas_browser, priyas_browser, her_share, priya
):
    promise = make_promise(her_share, worker=priya)
    assertContains(priyas_browser.get(PROMISED), "To Ana")
    assertContains(priyas_browser.get(PROMISED), "I will ring you.")
    say(anas_browser, promise, "late")
    assertContains(priyas_browser.get(PROMISED), "They said: it was done, but late.")


def test_others_promises_are_not_in_the_list(priyas_browser, dees_browser, share, priya):
    make_promise(share, worker=priya)
    make_promise(share, words="Of somebody without an account")
    assertNotContains(dees_browser.get(PROMISED), "I will ring you.")
    assertNotContains(priyas_browser.get(PROMISED), "Of somebody")


@pytest.mark.parametrize("verb", ["pause", "stop"])
def test_a_closed_page_has_no_name_there(priyas_browser, ana, her_share, priya, verb):
    make_promise(her_share, worker=priya)
    getattr(sharing, verb)(share=her_share, by=ana)
    page = priyas_browser.get(PROMISED)
    assertContains(page, "I will ring you.")
    assertNotContains(page, "Ana")


def test_a_link_shows_no_name_there_as_it_is_not_in_their_list(priyas_browser, anas_page, priya):
    make_promise(make_share(anas_page), worker=priya)
    page = priyas_browser.get(PROMISED)
    assertContains(page, "I will ring you.")
    assertNotContains(page, "Ana")


def test_a_name_that_is_kept_is_not_there(priyas_browser, anas_page, her_share, priya):
    make_promise(her_share, worker=priya)
    factories.say(anas_page, "call_me", "Ana", only_me=True)
    assertNotContains(priyas_browser.get(PROMISED), "Ana")


# ---- a sorry


def test_a_missed_promise_asks_for_a_sorry_and_the_person_sees_it(
    anas_browser, priyas_browser, ana, share, priya
):
    promise = missed(ana, share, priya)
    assertContains(priyas_browser.get(PROMISED), "You said you would. It did not happen.")
    page = priyas_browser.get(sorry_at(promise))
    assertContains(page, "I will ring you.")
    priyas_browser.post(sorry_at(promise), {"words": "I am sorry. I forgot."})
    for address_ in ("/me/", MINE, reverse("access:looked")):
        assertContains(anas_browser.get(address_), "I am sorry. I forgot.")
    assertContains(anas_browser.get(reverse("access:looked")), "said sorry for a promise")
    assertContains(priyas_browser.get(PROMISED), "You said sorry:")


def test_it_is_said_once(priyas_browser, ana, share, priya):
    promise = missed(ana, share, priya)
    priyas_browser.post(sorry_at(promise), {"words": "Sorry."})
    assert priyas_browser.post(sorry_at(promise), {"words": "Sorry again."}).status_code == 404
    assert promise.events.filter(kind=Kind.SORRY).count() == 1


def test_it_can_be_left_out_and_none_is_written_for_them(priyas_browser, ana, share, priya):
    promise = missed(ana, share, priya)
    answer = priyas_browser.post(sorry_at(promise), {"words": "  "})
    assertContains(answer, "Write your sorry, or go back without one", status_code=422)
    assert '<textarea name="words"' in answer.content.decode()
    assert not promise.sorry


@pytest.mark.parametrize("said", [None, Kind.DONE, Kind.LATE])
def test_nobody_is_asked_unless_it_was_not_done(priyas_browser, ana, share, priya, said):
    promise = make_promise(share, worker=priya, days=-1)
    if said:
        promise_actions.say_what_became(promise=promise, by=ana, said=said)
    assert priyas_browser.get(sorry_at(promise)).status_code == 404
    assertNotContains(priyas_browser.get(PROMISED), "It did not happen")


def test_only_whoever_promised_can_say_it(dees_browser, priyas_browser, ana, share, priya):
    promise = missed(ana, share, priya)
    assert dees_browser.post(sorry_at(promise), {"words": "Sorry."}).status_code == 404
    nobodys = missed(ana, share, None, words="By a reader without an account")
    assert priyas_browser.post(sorry_at(nobodys), {"words": "Sorry."}).status_code == 404


def test_a_sorry_after_the_share_has_ended_still_reaches_the_person(
    anas_browser, priyas_browser, ana, her_share, priya
):
    promise = missed(ana, her_share, priya)
    sharing.stop(share=her_share, by=ana)
    assertNotContains(priyas_browser.get(sorry_at(promise)), "Ana")
    priyas_browser.post(sorry_at(promise), {"words": "I am sorry."})
    assertContains(anas_browser.get(MINE), "I am sorry.")


# ---- the reminder


def tidy() -> str:
    said = StringIO()
    call_command("tidy", stdout=said)
    return said.getvalue()


def test_the_day_before_a_worker_is_reminded_once(share, priya):
    for words in ("I will ring you.", "I will bring the seeds."):
        make_promise(share, worker=priya, days=1, words=words)
    make_promise(share, worker=priya, days=2, words="Later.")
    make_promise(share, worker=priya, days=0, words="Today.")
    assert "for tomorrow: 1 reminded." in tidy()
    assert "for tomorrow: 0 reminded." in tidy()
    [email] = mail.outbox
    assert email.to == ["priya@example.org"]
    assert PROMISED in email.body


def test_the_email_holds_nobodys_words_and_nobodys_name(share, priya):
    make_promise(share, worker=priya, days=1, words="I will ring Ana about the CNRY.")
    tidy()
    [email] = mail.outbox
    for word in ("Ana", "Priya", "CNRY", "ring"):
        assert word not in email.subject + email.body


def test_nobody_is_reminded_of_what_has_been_answered_or_has_no_account(ana, share, priya):
    done = make_promise(share, worker=priya, days=1)
    promise_actions.say_what_became(promise=done, by=ana, said=Kind.DONE)
    make_promise(share, days=1, words="No account.")
    tidy()
    assert not mail.outbox


def test_the_emails_stop_at_one_press_without_signing_in_and_start_again(
    share, priya, priyas_browser
):
    make_promise(share, worker=priya, days=1)
    tidy()
    found = re.search(r"http://testserver(/mail/stop/\S+)", mail.outbox[0].body)
    assert found
    Client().post(found[1])
    make_promise(share, worker=priya, days=1, words="I will bring the seeds.")
    tidy()
    assert len(mail.outbox) == 1
    priyas_browser.post(reverse("workers:remind_me"), {"wanted": "yes"})
    tidy()
    assert len(mail.outbox) == 2


def test_two_runs_at_once_send_one_email(share, priya):
    make_promise(share, worker=priya, days=1)
    tomorrow = timezone.localdate() + timedelta(days=1)
    due = list(Promise.objects.to_remind_of(tomorrow))
    assert promise_actions.remind(worker=priya, day=tomorrow)
    # The other run looked before this one wrote, and has the same promise in hand.
    assert not promise_actions._claim(due[0])
    assert len(mail.outbox) == 1


def test_tomorrow_is_that_of_the_sites_own_clock(share, priya, settings, monkeypatch):
    settings.TIME_ZONE = "Pacific/Auckland"  # half past one in the night on the 26th
    promise_actions.promise(
        share=share,
        reader=Reader(name="Priya"),
        promised=Promised(words=RING, by_day=date(2026, 11, 27)),
        worker=priya,
    )
    moment = datetime(2026, 11, 25, 12, 30, tzinfo=UTC)
    monkeypatch.setattr("profiles.management.commands.tidy.timezone.now", lambda: moment)
    tidy()
    assert len(mail.outbox) == 1


# ---- history


@pytest.mark.parametrize("model", [Promise, PromiseEvent])
def test_what_was_promised_is_never_changed(ana, share, model):
    missed(ana, share)
    row = model.objects.first()
    for attempt in (row.save, row.delete, model.objects.all().delete):
        with pytest.raises(NeverChanges):
            attempt()
    with (
        pytest.raises(DatabaseError, match="only ever added to"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE {model._meta.db_table} SET id = id")


def test_a_worker_who_leaves_takes_no_promise_along(anas_browser, share, priya):
    make_promise(share, worker=priya)
    assert actions.leave(profile=None, account=priya)
    assertContains(anas_browser.get(MINE), "<bdi>Priya</bdi>")
    assert not PromiseMaker.objects.exists()


def test_deleting_the_page_takes_every_promise_along(ana, anas_page, share, priya):
    missed(ana, share, priya)
    actions.delete_page(profile=anas_page)
    assert not Promise.objects.exists()
    assert not PromiseEvent.objects.exists()
    assert not PromiseMaker.objects.exists()


def test_everything_that_can_stand_in_the_log_has_its_sentence():
    assert SENTENCES.keys() == set(Happened)
    assert all(len(kind.value) <= 8 for kind in Happened)
