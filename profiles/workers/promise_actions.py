"""Everything that is done about a promise. Each adds a row: no promise is ever changed."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from profiles.access.actions import Reader, note
from profiles.access.models import Happened, Look
from profiles.accounts.models import User
from profiles.core.mails import PROMISED, note_no_more
from profiles.notices.actions import owe
from profiles.reading.actions import hold_log, say_read
from profiles.sharing import rules as sharing_rules
from profiles.sharing.models import Share
from profiles.workers import rules
from profiles.workers.models import Promise, PromiseEvent, PromiseMaker
from profiles.workers.notices import promised as tell_of_tomorrow


@dataclass(frozen=True, kw_only=True)
class Promised:
    """What somebody promises to do, and by which day."""

    words: str
    by_day: date


class NoMorePromises(PermissionDenied):
    """As many promises wait for their day as we can keep. Its message is a sentence."""


@transaction.atomic
def say_read_and_promise(
    *,
    share: Share,
    reader: Reader,
    one_thing: str,
    promised: Promised | None,
    worker: User | None,
) -> list[Look]:
    """ "I have read this", and what the reader promises, if they do: the lines that say so.

    Raises Share.DoesNotExist if sharing has stopped since they began to write.
    """
    share.profile.lock()
    Share.objects.open().get(pk=share.pk)
    said = [say_read(share=share, reader=reader, promise=one_thing)]
    if promised:
        made = promise(share=share, reader=reader, promised=promised, worker=worker)
        said.append(made.look)
    return said


@transaction.atomic
def promise(*, share: Share, reader: Reader, promised: Promised, worker: User | None) -> Promise:
    """Keep a promise as a line of the log, with its day. The same again is the same promise.

    With an account, whoever promised can be reminded, and can say sorry. Raises NoMorePromises if
    others have promised so much meanwhile.
    """
    hold_log(share)
    if same := _same(share, reader, promised):
        return same
    if not (verdict := rules.may_promise(share)):
        raise NoMorePromises(verdict.reason)
    look = note(
        Happened.PROMISED,
        profile=share.profile,
        share=share,
        reader=reader,
        words=promised.words,
    )
    made = Promise.objects.create(profile=share.profile, look=look, by_day=promised.by_day)
    if worker:
        PromiseMaker.objects.create(promise=made, worker=worker)
    return made


@transaction.atomic
def say_what_became(*, promise: Promise, by: User, said: PromiseEvent.Kind) -> None:
    """Done, late or not done. The person may change their mind: then it is said anew."""
    sharing_rules.is_its_person(by, promise.profile).or_refuse()
    if _fresh(promise).said is not said:
        PromiseEvent.objects.create(profile=promise.profile, promise=promise, kind=said)


@transaction.atomic
def say_sorry(*, promise: Promise, worker: User, words: str) -> None:
    """Show the person a worker's own words for a promise that was not kept."""
    now = _fresh(promise)
    rules.may_say_sorry(worker, now).or_refuse()
    look = note(
        Happened.SAID_SORRY,
        profile=now.profile,
        share=now.look.share,
        reader=Reader(
            name=now.look.reader_said,
            role=now.look.reader_role or "",
            place=now.look.reader_place or "",
        ),
        words=words,
    )
    PromiseEvent.objects.create(
        profile=now.profile, promise=now, kind=PromiseEvent.Kind.SORRY, look=look
    )


def to_remind(day: date) -> QuerySet[User]:
    """The workers who promised something for this day, have not been told, and want to be."""
    makers = PromiseMaker.objects.filter(promise__in=Promise.objects.to_remind_of(day))
    return User.objects.filter(pk__in=makers.values("worker"), reminds_me=True)


@transaction.atomic
def remind_by_email(*, worker: User, wanted: bool) -> None:
    """Email a worker the day before something they promised, or stop doing that."""
    User.objects.filter(pk=worker.pk).update(reminds_me=wanted)
    if not wanted:
        note_no_more(PROMISED, worker.pk)


@transaction.atomic
def remind(*, worker: User, day: date) -> bool:
    """Let a worker be told that something they promised is for this day. False if they were before.

    Each promise is claimed first, by a row that only one run of `tidy` can add: so they are told of
    none twice.
    """
    due, now = Promise.objects.made_by(worker).to_remind_of(day), timezone.now()
    claims = [_claim(promise, now) for promise in due.select_related("profile")]
    claimed = [event for event in claims if event]
    for event in claimed:
        owe(tell_of_tomorrow, profile=event.profile, about=event.pk, at=now)
    return bool(claimed)


def _claim(promise: Promise, at: datetime) -> PromiseEvent | None:
    try:
        with transaction.atomic():
            return PromiseEvent.objects.create(
                profile=promise.profile,
                promise=promise,
                kind=PromiseEvent.Kind.REMINDED,
                happened_at=at,
            )
    except IntegrityError:  # another run of `tidy` was faster
        return None


def _fresh(promise: Promise) -> Promise:
    """The promise with everything that became of it by now, held."""
    promise.profile.lock()
    now = Promise.objects.whole().get(pk=promise.pk)
    now.know(promise.profile)
    return now


def _same(share: Share, reader: Reader, promised: Promised) -> Promise | None:
    """The promise of a second press of the button."""
    on_that_day = Promise.objects.through(share).open().due_on(promised.by_day).whole()
    for other in on_that_day.with_profile(share.profile):
        if (other.look.reader_said, other.look.words) == (reader.name, promised.words):
            return other
    return None
