"""Reminders wait for a worker too, and whether one is still to be sent is decided by then."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.utils import timezone
from time_machine import travel

from profiles.notices.models import Notice
from profiles.pages.actions import delete_page
from profiles.review import actions as review_actions
from profiles.review.models import Reminder
from profiles.workers import promise_actions
from profiles.workers.models import PromiseEvent
from tests.factories import make_page, make_promise, make_share, make_user
from tests.notices.worker import IN_THE_DATABASE, work
from tests.review.test_reminders import check_all, due_page
from tests.tidying import tidy

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_the_database(settings):
    settings.TASKS = IN_THE_DATABASE
    cache.clear()


def puts_off(page):
    review_actions.put_off(profile=page)


def wants_none(page):
    review_actions.remind_by_email(profile=page, wanted=False)


def deletes_it(page):
    delete_page(profile=page)


@pytest.mark.parametrize("meanwhile", [check_all, puts_off, wants_none, deletes_it])
def test_what_was_done_meanwhile_is_not_asked_for_and_counts_as_no_reminder(meanwhile):
    page = due_page()
    assert "wants to be checked: 1 emailed." in tidy()
    assert mail.outbox == []
    meanwhile(page)
    work()
    assert mail.outbox == []
    assert not Reminder.objects.exists()


def test_one_that_is_due_still_goes_out():
    due_page()
    tidy()
    work()
    assert [email.to for email in mail.outbox] == [["ana@example.org"]]
    assert Reminder.objects.count() == 1


# ---- promises: of several, the first speaks


@pytest.fixture
def promises(priya):
    """Two promises by Priya for tomorrow, to two people, of which `tidy` has told."""
    made = [
        make_promise(
            make_share(make_page(make_user(f"{name}@example.org"), important="Tea.")),
            worker=priya,
            days=1,
        )
        for name in ("ana", "bo")
    ]
    assert "for tomorrow: 1 reminded." in tidy()
    assert Notice.objects.count() == 2
    return made


def test_of_two_promises_for_one_day_one_email_speaks(promises):
    work()
    [email] = mail.outbox
    assert email.to == ["priya@example.org"]
    assert Notice.objects.count() == 1


@pytest.mark.parametrize("which", [0, 1])
def test_where_the_page_of_one_is_gone_the_other_speaks(promises, which):
    delete_page(profile=promises[which].profile)
    work()
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("which", [0, 1])
def test_so_it_does_where_one_was_answered(promises, which):
    kept = promises[which]
    promise_actions.say_what_became(
        promise=kept, by=kept.profile.owner, said=PromiseEvent.Kind.DONE
    )
    work()
    assert len(mail.outbox) == 1


def test_where_all_are_answered_nobody_is_told(promises):
    for kept in promises:
        promise_actions.say_what_became(
            promise=kept, by=kept.profile.owner, said=PromiseEvent.Kind.DONE
        )
    work()
    assert mail.outbox == []


def test_once_the_day_has_come_nobody_is_told_of_tomorrow(promises):
    with travel(timezone.now() + timedelta(days=1)):
        work()
    assert mail.outbox == []


def test_a_worker_who_wants_none_by_then_gets_none(promises, priya):
    promise_actions.remind_by_email(worker=priya, wanted=False)
    work()
    assert mail.outbox == []
