"""Writing the log of a page."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Model
from django.utils import timezone

from profiles.access.models import OPENINGS, TOLD, Happened, Look
from profiles.access.notices import opened, told
from profiles.answers.models import Edition
from profiles.notices.actions import is_quiet, owe
from profiles.pages.models import Profile

QUIET = timedelta(hours=1)  # between two emails about who looked


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Who somebody says they are: their name, their role, and where they work."""

    name: str = ""
    role: str = ""
    place: str = ""


NOBODY_SAID = Reader()


def note(
    happened: Happened,
    *,
    profile: Profile,
    share: Model | None = None,  # a Share: sharing stands above this room
    edition: Edition | None = None,
    reader: Reader = NOBODY_SAID,
    words: str = "",
    at: datetime | None = None,
) -> Look:
    """Write one line of the log, and tell the person by email if they asked for that.

    `at` is when it happened, where it is written down only later.
    """
    now = at or timezone.now()
    look = Look.objects.create(
        profile=profile,
        share_id=share.pk if share else None,
        edition=edition,
        happened=happened,
        reader_said=reader.name,
        reader_role=reader.role or None,
        reader_place=reader.place or None,
        words=words or None,
        looked_at=now,
    )
    if profile.tells_me and profile.owner_id:
        _tell(look, now)
    return look


def _tell(look: Look, now: datetime) -> None:
    """Not more than once in a while: twenty readers a day are not twenty emails."""
    sends = told if look.happened in TOLD else opened
    if look.happened not in TOLD and (look.happened not in OPENINGS or look.share_id is None):
        return
    if not is_quiet(sends, profile=look.profile, at=now, within=QUIET):
        owe(sends, profile=look.profile, about=look.pk, at=now)
