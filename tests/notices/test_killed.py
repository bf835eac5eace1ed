"""What is killed, and when: nothing that was kept is lost, and nothing is sent twice."""

import signal

import pytest
from django.core.cache import cache
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from profiles.access.actions import note
from profiles.access.models import Happened, Look
from profiles.notices import keeping
from profiles.notices.models import SENDING_TAKES, Notice
from profiles.sharing.models import Share
from tests.factories import make_page, make_share, make_user
from tests.notices.processes import LOOK, run, start
from tests.notices.worker import IN_THE_DATABASE, work
from tests.smtp import UNTIL_THE_WORDS, mail_server, slow_server

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def in_the_database(settings):
    settings.TASKS = IN_THE_DATABASE
    cache.clear()


def shares(*names: str) -> list[Share]:
    pages = [make_page(make_user(f"{name}@example.org"), important="Tea.") for name in names]
    for page in pages:
        page.tells_me = True
        page.save()
    return [make_share(page) for page in pages]


def look(share: Share) -> None:
    note(Happened.LOOKED, profile=share.profile, share=share)


def test_a_look_that_was_kept_is_told_though_the_server_is_killed_right_after_it(settings):
    [share] = shares("ana")
    for moment in ("before", "after"):
        assert run("-c", LOOK, str(share.pk), moment) == -signal.SIGKILL
        looks = Look.objects.count()
        assert (looks, DBTaskResult.objects.count()) == ((0, 0) if moment == "before" else (1, 1))
    with mail_server(settings) as postbox:
        work()
    assert postbox.to == [["ana@example.org"]]


def test_two_workers_at_one_time_send_each_email_once(settings):
    for share in shares("ana", "bo", "cy", "dee"):
        look(share)
    with mail_server(settings) as postbox:
        workers = [
            start("manage.py", "db_worker", "--batch", "--interval", "0.1", "--no-startup-delay",
                  mail_port=settings.EMAIL_PORT)
            for _ in range(2)
        ]  # fmt: skip
        assert [worker.wait(60) for worker in workers] == [0, 0]
    assert sorted(to for [to] in postbox.to) == [
        f"{name}@example.org" for name in ("ana", "bo", "cy", "dee")
    ]


def test_a_worker_that_is_killed_while_it_sends_leaves_it_in_doubt_and_none_sends_again(settings):
    [share] = shares("ana")
    look(share)
    with slow_server(*UNTIL_THE_WORDS, b"354 go on") as (port, heard):
        worker = start("manage.py", "db_worker", "--batch", "--no-startup-delay", mail_port=port)
        assert heard.wait(60)
        worker.kill()
        worker.wait()
    with mail_server(settings) as postbox:
        work()
        assert postbox.raw == []
    assert [task.status for task in DBTaskResult.objects.all()] == ["RUNNING"]
    later = timezone.now() + 2 * SENDING_TAKES
    assert Notice.objects.in_doubt(later).count() == 1
    assert "away: 1." in keeping.standing(later)[-1]
