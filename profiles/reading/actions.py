"""What readers do at the doorstep and after they have read."""

from datetime import datetime, timedelta
from typing import Any, Final, Protocol

from django.db import transaction
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.utils import timezone

from profiles.access.actions import Reader, note
from profiles.access.models import Happened, Look
from profiles.core import codes
from profiles.core.prepared import prepared
from profiles.notices.actions import owe
from profiles.reading import passcodes
from profiles.reading.decorators import MOST_COME_IN, LogIsFull
from profiles.reading.models import Introduction
from profiles.reading.notices import locked
from profiles.reading.passcodes import Guess
from profiles.sharing.endings import note_ending
from profiles.sharing.models import A_READER, Share
from profiles.sharing.noted import note_share

# What readers of one share can write into its person's log, who cannot take a line out again.
A_WHILE: Final = timedelta(hours=1)
MOST_LINES: Final = 600


class CardToShow(Protocol):
    """A hello card, as the doorstep meets it. Workers keep them, in a room above this one."""

    name: str
    role: str
    place: str

    def show_through(self, share: Share) -> None:
        """Let the person see the card beside this share."""


def hold_log(share: Share) -> None:
    """Hold the page, for one more line in its log. Raises LogIsFull if there are enough.

    Whatever readers do through a share asks this, where the page is held: else all who came at the
    same moment would find room for one.
    """
    share.profile.lock()
    if _is_full(_lines_since.first(share.pk, timezone.now() - A_WHILE)):
        raise LogIsFull


def hold_open(share: Share) -> Share | None:
    """Hold the page as hold_log does; and the share as it is now, if it shows something still.

    None if it is not open any more, or has another passcode since its readers were let in.
    """
    share.profile.lock()
    at = timezone.now()
    now = _unchanged.first(share.pk, share.passcode_number, at, at - A_WHILE)
    if now is None:
        note_ending(share=share)
        return None
    if _is_full(now.lines):  # type: ignore[attr-defined]
        raise LogIsFull
    now.profile = share.profile
    return now


def _is_full(lines: int | None) -> bool:
    """Have its readers written so many lines through one share that it is enough?"""
    return lines is not None and lines >= MOST_LINES


@prepared
def _lines_since(share: int, moment: datetime) -> QuerySet[Any, int]:
    return _lines(share, moment)


@prepared
def _unchanged(
    share: int, passcode_number: int | None, now: datetime, since: datetime
) -> QuerySet[Share]:
    same = Share.objects.open(now).filter(pk=share, passcode_number=passcode_number)
    return same.annotate(lines=Subquery(_lines(OuterRef("pk"), since)))


def _lines(share: Any, since: datetime) -> QuerySet[Any, int]:
    looks = Look.objects.since(since).filter(share_id=share)
    return looks.values("share").annotate(lines=Count("pk")).values_list("lines", flat=True)


class TooManyCameIn(Exception):
    """So many have come in through one share lately that it is enough."""


@transaction.atomic
def introduce(
    *,
    share: Share,
    reader: Reader,
    card: CardToShow | None = None,
    most: int = MOST_COME_IN,
) -> tuple[Introduction, str]:
    """Keep what a reader says of themself; and the key by which their browser is known again.

    With the hello card that they choose to show to the person, if they do. Raises TooManyCameIn if
    `most` have come in lately.
    """
    share.profile.lock()
    if share.introductions.lately().count() >= most:
        raise TooManyCameIn
    if card:
        card.show_through(share)
    key = codes.new_key()
    introduction = Introduction.objects.create(
        profile=share.profile,
        share=share,
        key_digest=codes.digest(key, about=A_READER),
        name=reader.name,
        role=reader.role,
        place=reader.place,
        passcode_number=share.passcode_number,
    )
    return introduction, key


@transaction.atomic
def try_passcode(*, share: Share, typed: str, reader: Reader) -> Guess:
    """Try a passcode, and let the person see the ones that were wrong."""
    came = passcodes.guess(share, typed)
    if came is Guess.WRONG:
        note(Happened.WRONG_PASSCODE, profile=share.profile, share=share, reader=reader)
        if share.is_locked:
            note_share(share)
            look = note(Happened.LOCKED, profile=share.profile, share=share)
            owe(locked, profile=share.profile, about=look.pk)
    return came


@transaction.atomic
def say_read(*, share: Share, reader: Reader, promise: str) -> Look:
    """Somebody has read the page, and may say one thing they will do because of it."""
    hold_log(share)
    return note(Happened.HAS_READ, profile=share.profile, share=share, reader=reader, words=promise)


@transaction.atomic
def say_out_of_date(*, share: Share, reader: Reader, words: str) -> Look:
    """Somebody thinks that something on the page is not right any more. It changes nothing.

    Raises Share.DoesNotExist if sharing has stopped since they began to write.
    """
    if hold_open(share) is None:
        raise Share.DoesNotExist
    return note(
        Happened.OUT_OF_DATE, profile=share.profile, share=share, reader=reader, words=words
    )
