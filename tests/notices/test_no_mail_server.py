"""Notices while the mail server is away, refuses, or asks us to come later."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from time_machine import travel

from profiles.access import notices as about_looks
from profiles.core import mails
from profiles.notices import actions, keeping
from profiles.notices.models import SENDING_TAKES, Notice
from tests.notices.test_notices import NOW, look, no_server
from tests.notices.worker import IN_THE_DATABASE, tasks_kept, work

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_the_database(settings):
    """Tasks wait for a worker, as they do where people are served."""
    settings.TASKS = IN_THE_DATABASE
    cache.clear()


def test_it_is_tried_again_after_longer_and_longer(share, monkeypatch):
    with travel(NOW, tick=False) as clock:
        look(share)
        asked, pauses = no_server(monkeypatch), []
        for _ in range(4):
            work()
            work()  # before its time, nothing is tried
            [notice] = Notice.objects.all()
            assert notice.taken_at is None
            pauses.append((notice.due_at - timezone.now()) // timedelta(minutes=1))
            clock.move_to(notice.due_at)
            cache.clear()
        assert (len(asked), pauses) == (4, [1, 1, 2, 4])
        monkeypatch.undo()
        work()
    assert len(mail.outbox) == 1


def test_no_pause_is_longer_than_some_hours(share, monkeypatch):
    look(share)
    Notice.objects.update(owed_at=NOW - timedelta(days=30))
    no_server(monkeypatch)
    work()
    assert Notice.objects.get().due_at <= timezone.now() + actions.LATEST


def test_a_server_that_is_away_is_left_alone_after_a_few_tries(share, monkeypatch):
    for number in range(6):
        actions.owe(about_looks.told, profile=share.profile, about=number)
    asked = no_server(monkeypatch)
    work()
    assert len(asked) == actions.MOST_FAILURES
    assert Notice.objects.waiting().filter(turn=1).count() == 6


def test_failures_that_are_not_in_a_row_leave_it_not_alone(share, monkeypatch):
    owed = actions.MOST_FAILURES * 2
    for number in range(owed):
        actions.owe(about_looks.told, profile=share.profile, about=number)
    asked: list[str] = []

    def fails_now_and_then(letter: mails.Letter) -> None:
        asked.append(letter.to)
        if len(asked) % 2:
            raise mails.NoServer

    monkeypatch.setattr("profiles.notices.actions.mails.deliver", fails_now_and_then)
    work()
    assert len(asked) == owed


def test_one_that_says_not_now_is_asked_for_some_days(share, monkeypatch):
    look(share)
    no_server(monkeypatch, mails.NotNow())
    work()
    assert Notice.objects.waiting().count() == 1
    Notice.objects.update(owed_at=NOW - actions.TAKEN_LATER)
    DBTaskResult.objects.update(run_after=NOW)
    work()
    assert not Notice.objects.waiting().exists()


def test_one_that_was_refused_or_is_in_doubt_is_never_sent_again(share, monkeypatch):
    for fault in (mails.Refused(), mails.InDoubt()):
        Notice.objects.all().delete()
        look(share)
        asked = no_server(monkeypatch, fault)
        work()
        keeping.let_go(at=timezone.now())
        actions.hand_over_again(at=timezone.now() + timedelta(days=2))
        work()
        assert len(asked) == 1
    later = timezone.now() + 2 * SENDING_TAKES
    assert "begun and never ended" in keeping.standing(later)[-1]


def test_whatever_breaks_no_word_of_it_is_kept(share, monkeypatch, caplog):
    def breaks(*given, **said):
        raise ValueError("CNRY ana@example.org")

    look(share)
    monkeypatch.setattr(about_looks, "letter_to_owner", breaks)
    work()
    task, again = tasks_kept()
    assert (task["status"], "NotSent: ValueError" in task["traceback"]) == ("FAILED", True)
    assert "CNRY" not in str(task) + caplog.text
    monkeypatch.undo()
    with travel(again["run_after"]):
        work()
    assert len(mail.outbox) == 1


def test_what_another_worker_has_taken_is_never_given_back(share, monkeypatch):
    """Two tasks for one: this one breaks while the other sends."""

    def breaks(*given, **said):
        Notice.objects.update(taken_at=NOW)
        raise ValueError

    look(share)
    monkeypatch.setattr(about_looks, "letter_to_owner", breaks)
    work()
    assert Notice.objects.get().taken_at == NOW
    assert len(tasks_kept()) == 1
