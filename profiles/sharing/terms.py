"""What a share says, as it is set while its page is held: before a yes, and by a later one."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import QuerySet

from profiles.accounts.models import User
from profiles.answers.models import ticks
from profiles.sharing import rules
from profiles.sharing.clinic import ClinicLink, clinic_link_of
from profiles.sharing.models import Share


class NotAsShown(Exception):
    """The share is not what it was when its person was asked: they have to see it again."""


class Lapsed(NotAsShown):
    """Not as shown, since the last day that was chosen is over: it has to be chosen anew."""


def hold(share: Share, by: User) -> None:
    """Hold the page, and go on if they may share it now: it may have been handed over meanwhile."""
    share.profile = share.profile.lock()
    rules.may_share(by, share.profile).or_refuse()


def fresh(share: Share, among: QuerySet[Share]) -> Share:
    """The share as it is now. Raises Share.DoesNotExist if it is not among these any more."""
    now = among.get(pk=share.pk)
    now.profile = share.profile
    return now


def set_topics(share: Share, topics: Collection[str], *, with_photo: bool, may_print: bool) -> None:
    """Which topics it shows, and what the reader may do."""
    choose_terms(share, topics, with_photo=with_photo, may_print=may_print)
    share.save(update_fields=["topics", "kept_topics", "with_photo", "may_print"])


def set_end(share: Share, ends_at: datetime | None, lasts: timedelta | None) -> None:
    """Until when it lasts; or, with a clinic's computer, how long from the yes on."""
    share.ends_at = ends_at
    share.save(update_fields=["ends_at"])
    ClinicLink.objects.filter(share=share).update(lasts=lasts)
    if link := clinic_link_of(share):
        link.lasts = lasts


def choose_terms(
    share: Share, topics: Collection[str], *, with_photo: bool, may_print: bool
) -> None:
    """Choose what it shows. Nothing is saved."""
    share.topics = sorted({"call_me", *topics})  # a page without a name helps nobody
    # What was agreed to while it was on the page stays hidden if it is taken off the page later.
    share.kept_topics = ticks(share.profile, topics)
    # A computer that takes the page keeps it: nobody could promise anything else.
    share.with_photo, share.may_print = with_photo, may_print or share.kind == Share.Kind.CLINIC
