"""Emails that nobody waits for: owed with what they tell of, sent once, and decided when sent."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from time_machine import travel

from profiles.access import notices as about_looks
from profiles.access.actions import QUIET, Reader, note
from profiles.access.models import Happened
from profiles.core import mails
from profiles.notices import actions, keeping
from profiles.notices.models import SENDING_TAKES, Notice
from profiles.pages.actions import delete_page
from profiles.pages.models import Profile
from profiles.reading import actions as reading
from profiles.sharing import actions as sharing
from profiles.sharing import ask_actions
from profiles.sharing.models import MOST_TRIES, Ask
from profiles.supporters import actions as helping
from profiles.supporters import suggestion_actions
from profiles.supporters.models import Suggestion
from profiles.topics.load import load
from tests.factories import make_share, make_supporter, make_user
from tests.notices.worker import IN_THE_DATABASE, tasks_kept, work

pytestmark = pytest.mark.django_db
NOW = timezone.now().replace(microsecond=0)


@pytest.fixture(autouse=True)
def in_the_database(settings):
    """Tasks wait for a worker, as they do where people are served."""
    settings.TASKS = IN_THE_DATABASE
    cache.clear()


def look(share) -> None:
    note(Happened.LOOKED, profile=share.profile, share=share, reader=Reader(name="CNRY Cal"))


def no_server(monkeypatch, fault: Exception | None = None) -> list[str]:
    """The mail server is away. Whom it was asked to write to, as often as it was asked."""
    asked: list[str] = []

    def fails(letter: mails.Letter) -> None:
        asked.append(letter.to)
        raise fault or mails.NoServer

    monkeypatch.setattr("profiles.notices.actions.mails.deliver", fails)
    return asked


def test_a_look_owes_one_email_and_a_worker_sends_it_once(share):
    look(share)
    assert mail.outbox == []
    work()
    work()
    [email] = mail.outbox
    assert (email.subject, email.to) == ("Somebody opened your page", ["ana@example.org"])
    assert "/mail/stop/" in email.extra_headers["List-Unsubscribe"]
    assert Notice.objects.get().ended_at


def test_of_two_workers_who_found_it_waiting_one_sends_it(share):
    look(share)
    notice = Notice.objects.get()

    def another_is_faster(_notice: Notice) -> mails.Letter:
        Notice.objects.update(taken_at=timezone.now())
        return mails.Letter(name="doctor", to="ana@example.org")

    actions.send_notice(notice.pk, notice.turn, by=about_looks.opened, write=another_is_faster)
    assert mail.outbox == []


def test_what_is_kept_of_it_are_numbers_alone(share):
    look(share)
    [task], [notice] = tasks_kept(), Notice.objects.all()
    assert task["args_kwargs"] == {"args": [notice.pk, 0], "kwargs": {}}
    work()
    for row in (*tasks_kept(), *Notice.objects.values()):
        for word in ("@", "example", "Ana", "Tea", "CNRY", "Cal"):
            assert word not in str(row)


def test_what_was_never_kept_owes_nothing(share):
    with transaction.atomic():
        look(share)
        assert len(tasks_kept()) == 1
        transaction.set_rollback(True)
    assert tasks_kept() == []
    assert not Notice.objects.exists()


@pytest.mark.parametrize("takes_them", [False, True])
def test_where_failures_cannot_be_counted_no_email_is_in_doubt(share, monkeypatch, takes_them):
    """The count spares the mail server, and no more. In Redis it may be away."""

    def away(*args, **kwargs):
        raise DatabaseError

    def was_there(*args):
        return 0

    nothing = SimpleNamespace(get=away if takes_them else was_there, set=away, delete=away)
    monkeypatch.setattr("profiles.notices.actions.cache", nothing)
    if not takes_them:
        no_server(monkeypatch)
    look(share)
    work()
    notice = Notice.objects.get()
    assert len(mail.outbox) == takes_them
    assert bool(notice.ended_at) is bool(notice.taken_at) is takes_them  # else it waits


def test_owed_twice_or_done_twice_it_is_sent_once(share):
    look(share)
    [notice] = Notice.objects.all()
    actions.owe(about_looks.opened, profile=share.profile, about=notice.about)
    about_looks.opened.enqueue(notice.pk, notice.turn)
    assert len(tasks_kept()) == 2
    work()
    assert len(mail.outbox) == 1
    Notice.objects.all().delete()  # after a while; and somebody does the task once more
    about_looks.opened.enqueue(notice.pk, notice.turn)
    work()
    assert len(mail.outbox) == 1


def helper_looks(page) -> None:
    note(Happened.LOOKED, profile=page, reader=Reader(name="Sam", role="helper"))


def test_what_is_no_readers_look_sends_no_email_and_keeps_none_back(share):
    helper_looks(share.profile)
    note(Happened.WRONG_PASSCODE, profile=share.profile, share=share)
    assert not Notice.objects.exists()
    look(share)
    work()
    assert len(mail.outbox) == 1


def stops_the_emails(share):
    mails.no_more(mails.Stop(mails.OPENED, share.profile.pk, share.profile.owner.pk))


def stops_before_a_helper_looks(share):
    sharing.stop(share=share, by=share.profile.owner)
    helper_looks(share.profile)


def is_given_to_another(share):
    Profile.objects.update(owner=None, kept_by=share.profile.owner)


@pytest.mark.parametrize(
    "changes",
    [
        stops_the_emails,
        is_given_to_another,
        lambda share: delete_page(profile=share.profile),
        lambda share: sharing.stop(share=share, by=share.profile.owner),
        lambda share: sharing.pause(share=share, by=share.profile.owner),
        stops_before_a_helper_looks,
    ],
)
def test_whether_it_is_sent_is_decided_when_it_is_sent(share, changes):
    look(share)
    changes(share)
    work()
    assert mail.outbox == []
    assert not Notice.objects.exists()
    assert DBTaskResult.objects.successful().count() == 1


def test_one_that_waits_speaks_for_the_looks_after_it(share):
    other = make_share(share.profile)
    look(share)
    look(other)
    sharing.stop(share=share, by=share.profile.owner)
    work()
    assert len(mail.outbox) == 1


def test_it_goes_to_the_address_that_they_have_by_then(share, ana):
    look(share)
    ana.email = "ana.new@example.org"
    ana.save()
    work()
    assert mail.outbox[0].to == ["ana.new@example.org"]


def locks(page):
    share = _locked(page)
    return lambda: sharing.stop(share=share, by=page.owner)


def locks_and_has_another_passcode(page):
    share = _locked(page)
    return lambda: sharing.change_passcode(share=share, by=page.owner)


def _locked(page):
    share = make_share(page, with_passcode=True)
    for number in range(1, MOST_TRIES + 1):
        typed = f"{(int(share.passcode) + number) % 1_000_000:06}"
        reading.try_passcode(share=share, typed=typed, reader=Reader())
    return share


def suggests(page):
    supporter = make_supporter(page, make_user("sister@example.org"))
    Notice.objects.all().delete()  # that somebody helps is told, too
    suggestion_actions.suggest(
        supporter=supporter, topic=load().topic("sleep"), text="Dark", why=""
    )
    suggestion = Suggestion.objects.get()
    return lambda: suggestion_actions.answer(
        suggestion=suggestion, by=page.owner, said=Suggestion.Reply.LATER
    )


def suggests_and_helps_no_more(page):
    suggests(page)
    return lambda: helping.stop(supporter=page.supporters.get(), by=page.owner)


def asks(page):
    code = ask_actions.make_ask_code(profile=page, by=page.owner).code
    worker = make_user("priya@example.org")
    ask_actions.ask(code=code, worker=worker, reader=Reader(name="Priya"), why="To know you.")
    return lambda: ask_actions.answer(ask=Ask.objects.get(), by=page.owner, said=Ask.Reply.LATER)


@pytest.mark.parametrize(
    "happens",
    [locks, locks_and_has_another_passcode, suggests, suggests_and_helps_no_more, asks],
)
@pytest.mark.parametrize("is_over", [True, False])
def test_so_it_is_with_the_others(told_page, happens, is_over):
    ends = happens(told_page)
    if is_over:
        ends()
    work()
    assert len(mail.outbox) == (0 if is_over else 1)


# ---- not more than once in a while


def test_within_an_hour_of_an_email_there_is_no_second_and_after_it_there_is(share):
    with travel(NOW, tick=False) as clock:
        look(share)
        look(share)
        work()
        look(share)
        work()
        assert len(mail.outbox) == 1
        clock.shift(QUIET + timedelta(seconds=1))
        look(share)
        work()
    assert len(mail.outbox) == 2


def test_an_email_that_was_lost_is_not_an_hour_of_silence(share):
    with travel(NOW, tick=False) as clock:
        look(share)
        Notice.objects.update(taken_at=NOW)  # a worker began, and was killed
        look(share)
        assert Notice.objects.count() == 1  # it may be being sent
        clock.shift(SENDING_TAKES + timedelta(seconds=1))
        look(share)
        work()
    assert len(mail.outbox) == 1


# ---- what `tidy` does, and what is told


def test_a_notice_whose_task_was_lost_is_handed_over_again_once(share):
    look(share)
    DBTaskResult.objects.all().delete()
    assert actions.hand_over_again(at=timezone.now()) == 0
    later = timezone.now() + actions.LOST + timedelta(seconds=1)
    assert [actions.hand_over_again(at=later) for _ in range(2)] == [1, 0]
    work()
    assert len(mail.outbox) == 1


def test_an_old_task_of_one_that_was_handed_over_does_nothing(share, monkeypatch):
    look(share)
    actions.hand_over_again(at=timezone.now() + timedelta(days=1))
    asked = no_server(monkeypatch)
    work()
    assert (len(asked), DBTaskResult.objects.successful().count()) == (1, 2)
    assert DBTaskResult.objects.filter(status="READY").count() == 1  # not one for each


def test_the_library_leaves_a_task_whose_worker_was_killed_for_ever_and_tidy_does_not(share):
    """Nobody does it again, and its own pruning does not see it: so ours lets it go."""
    look(share)
    long_ago = timezone.now() - timedelta(days=400)
    DBTaskResult.objects.get().claim("a worker that is no more")
    DBTaskResult.objects.update(started_at=long_ago, enqueued_at=long_ago)
    work()
    call_command("prune_db_task_results", min_age_days=0, verbosity=0)
    assert [task["status"] for task in tasks_kept()] == ["RUNNING"]
    assert mail.outbox == []
    keeping.let_go(at=timezone.now())
    assert tasks_kept() == []
    actions.hand_over_again(at=timezone.now() + timedelta(days=1))
    work()
    assert len(mail.outbox) == 1  # the notice was never begun


def test_what_went_out_is_let_go_of_after_a_day(share):
    look(share)
    work()
    keeping.let_go(at=timezone.now())
    assert (len(tasks_kept()), Notice.objects.count()) == (1, 1)
    DBTaskResult.objects.update(finished_at=timezone.now() - timedelta(days=2))
    assert keeping.let_go(at=timezone.now() + timedelta(days=2)) == 1
    assert (tasks_kept(), Notice.objects.count()) == ([], 0)


def test_it_is_told_that_no_worker_sends_or_that_no_server_takes(share):
    look(share)
    now = timezone.now()
    assert keeping.late(now) == []
    assert keeping.standing(now) == ["Emails that wait: 1, the oldest for 0 minutes."]
    Notice.objects.update(owed_at=now - timedelta(hours=3))
    assert "no mail server takes them" in keeping.late(now)[0]
    Notice.objects.update(due_at=now - timedelta(hours=1))
    assert keeping.late(now) == ["Emails wait, and no worker sends them: run manage.py db_worker."]


# ---- why other backends are told later


def test_a_backend_elsewhere_is_told_when_it_is_kept(
    share, settings, django_capture_on_commit_callbacks
):
    """The library's own begin at once, in the middle of what may never be kept."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    with transaction.atomic():
        notice = Notice.objects.create(profile=share.profile, task="x", about=1)
        about_looks.told.enqueue(notice.pk, notice.turn)
        assert len(mail.outbox) == 1
        transaction.set_rollback(True)
    with django_capture_on_commit_callbacks(execute=True):
        look(share)
        assert len(mail.outbox) == 1
    assert len(mail.outbox) == 2


def test_one_that_is_away_loses_no_notice_and_breaks_no_page(
    share, settings, django_capture_on_commit_callbacks, monkeypatch, caplog
):
    def away(*given):
        raise ConnectionError("CNRY redis://secret@example.org")

    backend = "django_tasks.backends.immediate.ImmediateBackend"
    settings.TASKS = {"default": {"BACKEND": backend}}
    monkeypatch.setattr(f"{backend}.enqueue", away)
    with django_capture_on_commit_callbacks(execute=True):
        look(share)
    assert Notice.objects.waiting().count() == 1
    assert "ConnectionError" in caplog.text
    assert "secret" not in caplog.text
