"""Writing the log of a page."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from profiles.access.models import OPENINGS, TOLD, Happened, Look
from profiles.answers.models import Edition
from profiles.core.mails import OPENED, notify, stop_address
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
    told = next((kind for kind in (OPENINGS, TOLD) if happened in kind), ())
    asked = happened in TOLD or share is not None
    tell = told and asked and _wants_to_hear(profile, told, now - QUIET)
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
    if tell and profile.owner:
        address = profile.owner.email
        stop = stop_address(OPENED, row=profile.pk, account=profile.owner.pk)
        name = "told" if happened in TOLD else "opened"
        transaction.on_commit(lambda: notify(name, address, stop=stop))
    return look


def _wants_to_hear(profile: Profile, kinds: Collection[str], since: datetime) -> bool:
    """Not more than once in a while: twenty readers a day are not twenty emails."""
    return profile.tells_me and not profile.looks.of_kinds(kinds).since(since).exists()
