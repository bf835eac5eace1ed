"""Whose pages somebody has: their own, of those who share with them, and of those they help.

It decides where they land when they have signed in, and what the menu says.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Final

from django.db.models import Exists, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from profiles.accounts.models import User
from profiles.accounts.signed_in import account_of
from profiles.core.clock import APART
from profiles.core.prepared import prepared
from profiles.pages.decorators import pages_of
from profiles.pages.models import Profile
from profiles.sharing.models import Share, digest_of_address
from profiles.supporters.models import ASKED_FOR, Handing, Supporter
from profiles.workers.models import HelloCard, PromiseMaker

WITH_ME: Final = "workers:with_me"
HELPING: Final = "supporters:home"
START: Final = "pages:start"


@dataclass(frozen=True, kw_only=True)
class Lists:
    """Which of the three lists an account has anything in."""

    own: bool = False  # a page that they write
    shared_with: bool = False  # somebody shares with them now
    helps: bool = False  # they help somebody now
    was_shared_with: bool = False  # somebody did, or they are a worker by what they made here
    may_help: bool = False  # they did, or have been asked to

    @property
    def worker(self) -> bool:
        """Have they anything to do with people who share?"""
        return self.shared_with or self.was_shared_with

    @property
    def helper(self) -> bool:
        """Have they anything to do with people who are helped?"""
        return self.helps or self.may_help

    @property
    def first(self) -> str:
        """Where somebody lands who has no page of their own: at people, if there are any."""
        lists = (
            (self.shared_with, WITH_ME),
            (self.helps, HELPING),
            (self.was_shared_with, WITH_ME),
            (self.may_help, HELPING),
        )
        return next((name for has_any, name in lists if has_any), START)


def lists_of(account: User) -> Lists:
    """What this account has. One question to the database."""
    now = timezone.now()
    digest = digest_of_address(account.email)
    found = _lists.first(account.pk, digest, now, now - ASKED_FOR, now + APART)
    return Lists(**found) if found else Lists()


@prepared
def _lists(
    account: int, digest: str, now: datetime, asked_since: datetime, asked_until: datetime
) -> QuerySet[Any, dict[str, bool]]:
    shares = Share.objects.with_account(account, digest)
    theirs = Supporter.objects.filter(user_id=account)
    asked = Supporter.objects.waits_for(digest, asked_since, asked_until)
    offered = Handing.objects.waits_for(digest, asked_since, asked_until)
    made = HelloCard.objects.filter(worker_id=account)
    promised = PromiseMaker.objects.filter(worker_id=account)
    return (
        User.objects.filter(pk=account)
        .annotate(
            own=Exists(Profile.objects.of_account(account)),
            shared_with=Exists(shares.open(now)),
            helps=Exists(theirs.helping()),
            was_shared_with=Q(Exists(shares) | Exists(made) | Exists(promised)),
            may_help=Q(Exists(theirs) | Exists(asked) | Exists(offered)),
        )
        .values("own", "shared_with", "helps", "was_shared_with", "may_help")
    )


def lists_here(request: HttpRequest) -> Lists:
    """What whoever asks has, whether they are signed in or not. Asked once a request."""
    found: Lists | None = getattr(request, "lists", None)
    if found is None:
        account = account_of(request) if hasattr(request, "user") else None
        found = lists_of(account) if account else Lists()
        request.lists = found  # type: ignore[attr-defined]
    return found


def begun_here(request: HttpRequest) -> list[str]:
    """Whose pages go into the account of whoever signs in here: a name each, or "" for none.

    The next to sign in on a shared computer may be somebody else. They can open such a page
    anyhow, so its name tells them nothing new.
    """
    if account_of(request):
        return []
    return [page.name for page in pages_of(request) if not page.is_blank]


def lists(request: HttpRequest) -> dict[str, Any]:
    """The same, for every template (a context processor): asked where there is a menu."""
    return {
        "lists": SimpleLazyObject(partial(lists_here, request)),
        "begun_here": SimpleLazyObject(partial(begun_here, request)),
    }
