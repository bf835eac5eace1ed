"""The people who share with a worker, as the worker sees them."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from profiles.access.models import Look
from profiles.accounts.models import User
from profiles.answers.models import Agreed
from profiles.answers.several import Difference, Sight, names_in, news_in
from profiles.pages.lists import listed
from profiles.sharing.days import last_day
from profiles.sharing.endings import note_endings
from profiles.sharing.ledger import terms_then
from profiles.sharing.models import Share
from profiles.sharing.sentences import until
from profiles.sharing.wording import titles_with_photo

A_WEEK: Final = timedelta(days=7)


def people_of(worker: User | AnonymousUser, request: HttpRequest | None = None) -> dict[str, Any]:
    """Those who share now, with what is new; and whether any page is closed, and no more of it.

    A page that is paused looks like one that has ended: why it is closed is its person's affair.
    Closed pages are told of together, without a day: one by one they would say whose they were.
    """
    given = Share.objects.for_worker(worker)
    over = given.ran_out().filter(ended_at=None)
    note_endings(over.select_related("profile__data_key"))
    now = list(given.open().select_related("profile__data_key").latest_first())
    shown = listed(request, now, _searched)
    return {
        "listed": shown,
        "form": shown.form,
        "now": _people(shown.rows),
        "is_any_closed": given.count() > len(now),
    }


def _searched(shares: Sequence[Share]) -> list[str]:
    """What stands on each card: a worker searches what is told them, and no page by its words.

    That would be to look at it, and no look of it would be in the log.
    """
    names = names_in(_sight(share) for share in shares)
    return [f"{name} {share.keeper}" for share, name in zip(shares, names, strict=True)]


def _people(shares: Sequence[Share]) -> list[dict[str, Any]]:
    looks = _last_looks(shares)
    terms = terms_then(shares, {pk: look.looked_at for pk, look in looks.items()})
    news = news_in(_sight(share, looks.get(share.pk), terms.get(share.pk)) for share in shares)
    today = timezone.localdate()
    return [
        _person(share, each, looks.get(share.pk), today)
        for share, each in zip(shares, news, strict=True)
    ]


def _person(share: Share, news: Difference, look: Look | None, today: date) -> dict[str, Any]:
    """One of them, on a card. The name is "" where they do not show it."""
    return {
        "name": news.name,
        "keeper": share.keeper,
        "url": reverse("reading:doorstep", kwargs={"key": share.key}),
        "until": until(share),
        "is_ending": share.ends_at is not None and last_day(share.ends_at) < today + A_WEEK,
        "last_read": look.looked_at if look else None,
        "added": titles_with_photo(news.added),
        "changed": titles_with_photo(news.changed),
    }


def _last_looks(shares: Sequence[Share]) -> dict[int, Look]:
    """The look by which each page was opened last, by its share."""
    looks = Look.objects.last_openings(shares).select_related("edition")
    return {look.share_id: look for look in looks if look.share_id}


def _sight(share: Share, look: Look | None = None, terms: dict[str, Any] | None = None) -> Sight:
    """What a worker may see; and what they might see when they looked, if less was shared then."""
    then = Agreed(
        page=share.profile_id, topics=terms["topics"], kept_topics=terms["kept_topics"]
    ) if terms else None  # fmt: skip
    return Sight(
        page=share.profile,
        topics=share.topics,
        ticked=share.kept_topics,
        with_photo=share.with_photo,
        stood=look.edition if look else None,
        then=then,
        with_photo_then=bool(terms["photo"]) if terms else True,
    )
