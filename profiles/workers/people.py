"""The people who share with a worker, as the worker sees them."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from profiles.access.models import Look
from profiles.accounts.models import User
from profiles.answers.models import Answer
from profiles.sharing.models import Share
from profiles.sharing.names import name_among, visible_through
from profiles.sharing.sentences import until
from profiles.sharing.wording import titles


def people_of(worker: User | AnonymousUser) -> dict[str, list[dict[str, Any]]]:
    """Those who share now, with what is new; and pages that are closed, without a name.

    A page that is paused looks like one that has ended: why it is closed is its person's affair.
    """
    shares = Share.objects.for_worker(worker).select_related("profile__data_key").latest_first()
    return {
        "now": [_person(share) for share in shares if share.is_open()],
        "closed": [{"given_at": share.given_at} for share in shares if not share.is_open()],
    }


def _person(share: Share) -> dict[str, Any]:
    visible = visible_through(share)
    last = share.looks.openings().latest_first().select_related("edition").first()
    return {
        "name": name_among(visible),
        "keeper": share.keeper_name if share.by_keeper else "",
        "url": reverse("reading:doorstep", kwargs={"key": share.key}),
        "until": until(share),
        "last_read": last.looked_at if last else None,
        "new": _new(share, visible, last) if last else "",
    }


def _new(share: Share, visible: list[Answer], last: Look) -> str:
    """The titles of what has changed since they last read it."""
    then = share.agreed.shown(last.edition.answers.all()) if last.edition else []
    return titles([answer.topic for answer in {*then} ^ {*visible}])
