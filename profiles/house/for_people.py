"""What whoever runs the site may do for somebody. None of it shows them a word of a page.

Each is written into the person's own log, and into the security events.
"""

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeVar

from django.db import transaction

from profiles.access.actions import note
from profiles.access.models import Happened
from profiles.accounts import after_restore
from profiles.accounts.actions import end_sessions
from profiles.accounts.models import User
from profiles.core import security_log
from profiles.core.crypto import CannotOpen
from profiles.core.security_log import Event
from profiles.exports.actions import ask_for_archive
from profiles.pages.actions import leave
from profiles.pages.models import Profile
from profiles.sharing import actions as sharing

log = logging.getLogger(__name__)
Found = TypeVar("Found")
LONGEST_NUMBER: Final = 18  # digits: no database counts further


class NoSuchPerson(Exception):
    """Nobody signs in with this address, or has this number."""


class Closed(Exception):
    """The account is closed: its person could not fetch anything."""


@dataclass(frozen=True, kw_only=True)
class FoundPage:
    """A page of an account, by its number, and how much of it is shared: no name, and no word."""

    number: int
    is_kept: bool
    begun_at: datetime
    open_shares: int
    paused_shares: int


@dataclass(frozen=True, kw_only=True)
class FoundAccount:
    """An account, and its pages."""

    number: int
    joined_at: datetime
    signed_in_at: datetime | None
    is_open: bool
    pages: list[FoundPage]


def person(who: str) -> User:
    """The account with this address, or of this number. Raises NoSuchPerson."""
    number = who.removeprefix("#")
    is_number = number.isdecimal() and len(number) <= LONGEST_NUMBER
    by_number = User.objects.filter(pk=int(number)).first() if is_number else None
    found = by_number or User.objects.with_address(who)
    if found is None:
        raise NoSuchPerson
    return found


def found(user: User) -> FoundAccount:
    """What may be told of an account."""
    return FoundAccount(
        number=user.pk,
        joined_at=user.joined_at,
        signed_in_at=user.last_login,
        is_open=user.is_active,
        pages=[
            FoundPage(
                number=page.pk,
                is_kept=page.is_kept,
                begun_at=page.made_at,
                open_shares=page.shares.open().count(),
                paused_shares=page.shares.current().exclude(paused_at=None).count(),
            )
            for page in Profile.objects.of(user)
        ],
    )


@transaction.atomic
def close(*, user: User) -> None:
    """Let nobody sign in to an account, or read what it shares. Nothing is deleted.

    Done again, it also pauses what was opened in between. Raises NoSuchPerson, as the others here
    do, if it was deleted meanwhile: by its person, or by somebody else who runs the site.
    """
    _still_there(User.objects.filter(pk=user.pk).update(is_active=False))
    after_restore.note_open(user, is_open=False)
    end_sessions(user=user)
    for page in Profile.objects.of(user):
        sharing.pause_for_site(profile=page)
        _note(Happened.CLOSED, page)
    security_log.note(Event.ACCOUNT_CLOSED, account=user.pk)


@transaction.atomic
def reopen(*, user: User) -> None:
    """Let somebody sign in to their account again. What they shared stays paused."""
    _still_there(User.objects.filter(pk=user.pk).update(is_active=True))
    after_restore.note_open(user, is_open=True)
    for page in Profile.objects.of(user):
        _note(Happened.REOPENED, page)
    security_log.note(Event.ACCOUNT_REOPENED, account=user.pk)


@transaction.atomic
def send_copy(*, user: User) -> int:
    """Have a copy of everything made, and email its person where to fetch it; of how many pages.

    Raises Closed. Of a page that does not open there is no copy.
    """
    now = User.objects.filter(pk=user.pk).first()
    if not _still_there(now).is_active:
        raise Closed
    pages = [page for page in Profile.objects.of(user) if _note(Happened.COPY_SENT, page)]
    for page in pages:
        ask_for_archive(page=page, by=user)
        security_log.note(Event.COPY_SENT, account=user.pk, page=page.pk)
    return len(pages)


@transaction.atomic
def delete(*, user: User) -> int:
    """Delete an account with all its pages, as its person could; how many pages.

    What is left is a number and a moment for each.
    """
    _still_there(User.objects.filter(pk=user.pk).exists())
    pages = list(Profile.objects.of(user))
    number = user.pk
    for page in pages:
        leave(profile=page, account=user)
    if not pages:
        leave(profile=None, account=user)
    security_log.note(Event.ACCOUNT_DELETED, account=number, pages=len(pages))
    return len(pages)


def _still_there(found: Found | None) -> Found:
    if not found:
        raise NoSuchPerson
    return found


def _note(happened: Happened, page: Profile) -> bool:
    """Write it into the log of a page. False if that page does not open: then nothing can be
    written there, and what was to be done is done all the same.
    """
    try:
        with transaction.atomic():
            note(happened, profile=page)
    except CannotOpen:
        log.error("Page %s does not open, and nothing was written into its log.", page.pk)
        return False
    return True
