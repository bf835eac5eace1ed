"""Who is reminded of a promise; and what stays of it."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains
from time_machine import travel

from profiles.access.actions import Reader
from profiles.access.models import Happened
from profiles.access.sentences import SENTENCES
from profiles.core.append_only import NeverChanges
from profiles.pages import actions
from profiles.workers import promise_actions
from profiles.workers.models import Promise, PromiseEvent, PromiseMaker
from profiles.workers.promise_actions import Promised
from tests.factories import make_promise
from tests.tidying import tidy
from tests.workers.promises.promised import MINE, PROMISED, RING, Kind, missed

pytestmark = pytest.mark.django_db


# ---- the reminder


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


def test_two_runs_at_once_send_one_email(share, priya, django_capture_on_commit_callbacks):
    make_promise(share, worker=priya, days=1)
    tomorrow = timezone.localdate() + timedelta(days=1)
    due = list(Promise.objects.to_remind_of(tomorrow))
    with django_capture_on_commit_callbacks(execute=True):
        assert promise_actions.remind(worker=priya, day=tomorrow)
        # The other run looked before this one wrote, and has the same promise in hand.
        assert not promise_actions._claim(due[0], timezone.now())
    assert len(mail.outbox) == 1


def test_tomorrow_is_that_of_the_sites_own_clock(share, priya, settings):
    settings.TIME_ZONE = "Pacific/Auckland"  # half past one in the night on the 26th
    promise_actions.promise(
        share=share,
        reader=Reader(name="Priya"),
        promised=Promised(words=RING, by_day=date(2026, 11, 27)),
        worker=priya,
    )
    moment = datetime(2026, 11, 25, 12, 30, tzinfo=UTC)
    with travel(moment, tick=False):
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
