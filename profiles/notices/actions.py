"""Emails that nobody waits for. They are owed with what they tell of, and sent by a worker.

Each kind is a function of its room, marked `@task`, which calls `send_notice`.
"""

import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Final

from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks.base import Task
from django_tasks_db import DatabaseBackend

from profiles.core import cached, mails
from profiles.core.clock import APART
from profiles.core.smtp import InDoubt
from profiles.notices.models import Notice
from profiles.pages.models import Profile

SOONEST, LATEST = timedelta(minutes=1), timedelta(hours=6)  # until it is tried again
MOST_FAILURES: Final = 3  # in a row: then the mail server is away, and is left alone for a while
A_BREATH: Final = 60  # seconds
AWAY: Final = "notices.failures"  # in the cache, for all workers
TAKEN_LATER: Final = timedelta(days=5)  # for so long we ask a server that says "not now"
LOST: Final = timedelta(hours=1)  # after its moment, a task that has not run will not

Sends = Task[[int, int], None]
Writes = Callable[[Notice], mails.Letter | None]

log = logging.getLogger(__name__)


class NotSent(Exception):
    """Something broke before a notice went out. It says of what kind, and never a word of it."""


def owe(sends: Sends, *, profile: Profile, about: int, at: datetime | None = None) -> None:
    """Let a worker send this notice, once what we are doing is kept. Owed again, it is the same."""
    now = at or timezone.now()
    try:
        with transaction.atomic():
            notice = Notice.objects.create(
                profile=profile, task=sends.module_path, about=about, owed_at=now, due_at=now
            )
    except IntegrityError:
        return
    _enqueue(sends, notice.pk, notice.turn)


def is_quiet(sends: Sends, *, profile: Profile, at: datetime, within: timedelta) -> bool:
    """Is one of these on its way to the person, or was one sent lately? What was lost is not."""
    mine = profile.notices.sent_by(sends.module_path)
    return mine.lately(at, within=within).exists()


def send_notice(number: int, turn: int, *, by: Sends, write: Writes) -> None:
    """Send a notice, if it is still to be sent: `write` decides. For workers, who call it in tasks.

    Of several tasks for one notice only the last counts. Raises NotSent, with no word of what
    broke: whatever is raised in a task is kept in the clear. It is tried again all the same.
    """
    try:
        _send(number, turn, by, write)
    except Exception as fault:  # noqa: BLE001  # whatever it is, its words may be somebody's
        with suppress(Exception):  # the database itself may be away: then `tidy` hands it over
            if notice := Notice.objects.waiting().filter(pk=number, turn=turn).first():
                _put_off(notice, by)
        raise NotSent(type(fault).__name__) from None


def _send(number: int, turn: int, by: Sends, write: Writes) -> None:
    now, waiting = timezone.now(), Notice.objects.waiting().filter(pk=number, turn=turn)
    whose = waiting.select_related("profile__data_key", "profile__owner", "profile__kept_by")
    notice = whose.first()
    if notice is None:  # it went with its page, or another worker has it
        return
    letter = write(notice)
    if letter is None:
        waiting.delete()
    elif _failures() >= MOST_FAILURES:
        _put_off(notice, by)
    elif waiting.update(taken_at=now):
        notice.taken_at = now
        _deliver(notice, by, letter)


def _deliver(notice: Notice, by: Sends, letter: mails.Letter) -> None:
    try:
        mails.deliver(letter)
    except mails.NoServer:
        _put_off(notice, by)  # first: what is only counted may not be there
        with suppress(*cached.faults()):
            cache.set(AWAY, _failures() + 1, A_BREATH)
        return
    except mails.NotNow:
        if timezone.now() - notice.owed_at < TAKEN_LATER:
            _put_off(notice, by)
            return
    except InDoubt:
        return  # taken for ever, and told by `manage.py doctor`
    except mails.Refused:
        pass  # and never tried again
    else:
        with suppress(*cached.faults()):
            cache.delete(AWAY)
    Notice.objects.filter(pk=notice.pk).update(ended_at=timezone.now())


def _failures() -> int:
    """How often in a row the mail server did not answer. A cache that is away stops no email."""
    with suppress(*cached.faults()):
        return int(cache.get(AWAY, 0))
    return 0


def _put_off(notice: Notice, by: Sends) -> None:
    """Try it again when it has waited for twice as long as now, within bounds: if it is ours."""
    now = timezone.now()
    due_at, turn = now + min(max(now - notice.owed_at, SOONEST), LATEST), notice.turn + 1
    with transaction.atomic():
        mine = Notice.objects.filter(pk=notice.pk, turn=notice.turn, taken_at=notice.taken_at)
        put_off = mine.update(taken_at=None, due_at=due_at, turn=turn)
        if put_off and by.get_backend().supports_defer:  # else the next `tidy` hands it over
            _enqueue(by.using(run_after=due_at), notice.pk, turn)


def _enqueue(sends: Sends, number: int, turn: int) -> None:
    """Hand it to the workers: with what we are doing, or not at all, where they share a database.

    Other backends would begin at once, before there is anything to see. So they are told when it is
    kept; and if that fails, the notice stands, and `tidy` hands it over again.
    """
    if isinstance(sends.get_backend(), DatabaseBackend):
        sends.enqueue(number, turn)
    else:
        transaction.on_commit(lambda: _tell(sends, number, turn))


def _tell(sends: Sends, number: int, turn: int) -> None:
    try:
        sends.enqueue(number, turn)
    except Exception as fault:  # noqa: BLE001  # what was done stays done
        log.error("A notice could not be handed over: %s", type(fault).__name__)


def hand_over_again(*, at: datetime) -> int:
    """Hand the notices whose task was lost to the workers anew. How many these were."""
    by_a_clock_ahead = Q(due_at__gt=at + LATEST + APART)
    lost = Notice.objects.waiting().filter(Q(due_at__lt=at - LOST) | by_a_clock_ahead)
    count = 0
    for notice in lost:
        with transaction.atomic():
            mine = lost.filter(pk=notice.pk, turn=notice.turn)
            if mine.update(due_at=at, turn=F("turn") + 1):
                _enqueue(import_string(notice.task), notice.pk, notice.turn + 1)
                count += 1
    return count
