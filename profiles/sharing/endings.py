"""That a share's time is over, written down by whoever sees it first: from then on it is, for ever.

See docs/decisions/0037-ended-is-for-ever.md.
"""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from profiles.core.crypto import CannotOpen
from profiles.pages.models import Profile
from profiles.sharing.clinic import forget_clinic_link
from profiles.sharing.ledger import record
from profiles.sharing.models import NO_KEY, ConsentEvent, Share, ShareQuerySet
from profiles.sharing.noted import note_share

KEYS_KEPT = timedelta(days=90)  # after a share has ended


def note_ending(*, share: Share) -> bool:
    """Write down that a share's time is over: it is from then on, even if the clock goes back.

    Whoever sees first that it is over calls this: a reader, its person or `tidy`. False if there is
    nothing to write: its time is not over, or it was stopped before, or that is written already.
    Raises CannotOpen if its words do not open; it is over all the same.
    """
    now = timezone.now()
    if share.stopped_at or not share.has_lapsed(now):
        return False
    marked = _mark_ended(share, now)
    try:
        return _put_ending_in_ledger(share) or marked
    except IntegrityError:  # somebody else was faster
        return marked


@transaction.atomic
def _mark_ended(share: Share, now: datetime) -> bool:
    """It is over for ever. No words are opened for that: so nothing can be wrong with them."""
    share.profile.lock()
    over = Share.objects.ran_out(now).filter(pk=share.pk)  # it may have been made longer meanwhile
    marked = over.filter(ended_at=None).update(ended_at=now)
    share.refresh_from_db(fields=["ends_at", "ended_at", "stopped_at"])
    if marked:
        note_share(share)
    if share.ended_at:
        forget_clinic_link(share)
    return marked == 1


@transaction.atomic
def _put_ending_in_ledger(share: Share) -> bool:
    if not Share.objects.ran_out().not_noted().filter(pk=share.pk, ended_at__isnull=False):
        return False
    ended = min(filter(None, (share.ends_at, share.ended_at)))  # it may be from a clock ahead
    record(ConsentEvent.Kind.EXPIRED, profile=share.profile, share=share, at=ended)
    return True


def note_endings(shares: Iterable[Share]) -> None:
    """Write down of each of these whose time is over that it is, for whoever has just seen that.

    What cannot be put in the ledger now is left to `tidy`.
    """
    for share in shares:
        if share.ended_at is None:
            with suppress(Profile.DoesNotExist, Share.DoesNotExist, CannotOpen):
                note_ending(share=share)


def note_endings_of(profile: Profile) -> None:
    """Write down of each share of a page that is over that it is."""
    note_endings(profile.shares.ran_out().filter(ended_at=None).with_profile(profile))


def note_code_over(*, code: str) -> None:
    """Somebody typed a code that opens nothing: if it is over by now, it is for ever."""
    spoken = Share.objects.given().spoken(code).select_related("profile__data_key").first()
    if spoken:
        note_endings([spoken])
        forget_spoken(among=Share.objects.filter(pk=spoken.pk))


@transaction.atomic
def forget_key(*, share: Share) -> None:
    """Let go of the key of a share that ended long ago. What it was stays in the ledger."""
    share.key = share.passcode = ""
    share.key_digest = f"{NO_KEY}{share.ref}"
    share.save(update_fields=["key", "passcode", "key_digest"])


def forget_spoken(*, among: ShareQuerySet) -> int:
    """Let go of the codes that were read out too long ago to work; how many."""
    return among.spoken_long_ago().update(spoken_digest="", spoken_until=None)
