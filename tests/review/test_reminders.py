"""Emails that say it is time to check a page: few, without a word of it, and easily stopped."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from profiles.answers.models import Answer
from profiles.pages import actions
from profiles.pages.models import Profile
from profiles.review import actions as review_actions
from profiles.review.course import course_of
from profiles.review.models import Reminder
from profiles.review.queries import to_remind
from profiles.review.rules import may_be_reminded
from tests.factories import make_page, make_user
from tests.tidying import tidy

pytestmark = pytest.mark.django_db


def due_page(email: str = "ana@example.org", days: int = 200, keeper: bool = False) -> Profile:
    """A page whose first word was said so long ago."""
    user = make_user(email)
    page = actions.start_page(for_someone=keeper, language="en", user=user)
    moment = timezone.now() - timedelta(days=days)
    Answer.objects.create(profile=page, topic="call_me", number=1, text="Anabel", said_at=moment)
    Answer.objects.create(profile=page, topic="pain", number=1, text="My left knee")
    return page


def test_only_the_account_that_a_page_is_in_may_be_emailed_about_it(
    ana, anas_page, dee, rosa, kept
):
    about = [(each, page) for page in (anas_page, kept) for each in (ana, rosa, dee, None)]
    assert [each for each in about if may_be_reminded(*each)] == [(ana, anas_page), (rosa, kept)]


def let_time_pass(days: int) -> None:
    """So many days later: what was sent was sent so many days earlier."""
    for reminder in Reminder.objects.all():
        reminder.sent_at -= timedelta(days=days)
        reminder.save()


def check_all(page: Profile) -> None:
    review = review_actions.begin(profile=page)
    for topic in course_of(review, page).topics:
        number = page.answers.about(topic.key).first().number
        review_actions.still_right(review=review, page=page, topic=topic, number=number)


def test_one_email_goes_out_when_a_check_falls_due():
    due_page()
    assert "wants to be checked: 1 emailed." in tidy()
    [email] = mail.outbox
    assert email.to == ["ana@example.org"]
    assert "http://testserver/me/review/" in email.body
    assert "http://testserver/mail/stop/" in email.body


def test_it_holds_no_word_of_the_page_and_no_name():
    due_page()
    tidy()
    [email] = mail.outbox
    for word in ("Anabel", "knee", "ana@"):
        assert word not in email.subject + email.body


def test_no_more_than_one_a_month_and_two_for_one_check():
    due_page()
    for days in (0, 1, 29, 1, 400):
        let_time_pass(days)
        tidy()
    assert len(mail.outbox) == 2


def test_after_a_check_the_next_one_has_two_of_its_own():
    page = due_page(days=500)
    tidy()
    let_time_pass(300)
    tidy()
    check_all(page)
    tidy()
    assert len(mail.outbox) == 2
    page.reviews.update(finished_at=timezone.now() - timedelta(days=190))
    let_time_pass(190)
    tidy()
    assert len(mail.outbox) == 3


def test_what_is_not_due_has_no_email():
    due_page(days=100)
    put_off = due_page("bo@example.org")
    review_actions.put_off(profile=put_off)
    stopped = due_page("cy@example.org")
    review_actions.remind_by_email(profile=stopped, wanted=False)
    make_page(call_me="Jo")
    tidy()
    assert mail.outbox == []


def test_somebody_who_keeps_a_page_for_another_is_reminded_of_it():
    due_page("ben@example.org", keeper=True)
    tidy()
    assert [email.to for email in mail.outbox] == [["ben@example.org"]]


def test_a_dry_run_sends_nothing():
    due_page()
    assert "wants to be checked: 1 would be emailed." in tidy("--dry-run")
    assert mail.outbox == []
    assert not Reminder.objects.exists()


def test_two_runs_at_once_send_one_email():
    """Both made their lists before either sent; what the first has claimed, the second finds."""
    page, now = due_page(), timezone.now()
    lists = [list(to_remind(now)) for _ in range(2)]
    sent = [review_actions.remind(profile=found, at=now) for each in lists for found in each]
    assert sent == [True, False]
    assert page.reminders.count() == 1


@pytest.mark.django_db(transaction=True)
def test_many_runs_at_once_send_one_email_to_each():
    for name in ("ana", "bo", "cy"):
        due_page(f"{name}@example.org")

    def run(_: int) -> None:
        try:
            tidy()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as runs:
        list(runs.map(run, range(4)))
    assert sorted(email.to[0][0] for email in mail.outbox) == ["a", "b", "c"]
    assert Reminder.objects.count() == 3


def test_whoever_stops_them_while_they_go_out_gets_none():
    page, now = due_page(), timezone.now()
    [listed] = to_remind(now)
    review_actions.remind_by_email(profile=page, wanted=False)
    assert not review_actions.remind(profile=listed, at=now)
