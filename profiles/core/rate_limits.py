"""How often something may be done in a while: by an address, an account, or whatever is tried.

django-allauth counts for us, in the cache. Its counter is a private module of that library: so it
is reached from here alone, and tests/core/test_rate_limits.py shows what we need of it.
"""

from collections.abc import Mapping
from typing import Any, Final

from allauth.core.internal import ratelimit
from django.core.cache import caches
from django.http import HttpRequest

APP: Final = "profiles"


class Tried:
    """One time that was counted."""

    def __init__(self, usage: Any) -> None:
        self._usage = usage

    def take_back(self) -> None:
        """Count it no more: it was right, and only wrong ones are limited."""
        self._usage.rollback()


def count(
    request: HttpRequest, action: str, limits: Mapping[str, str], *, key: str | None = None
) -> Tried | None:
    """Count one more time that this is done. None if it has been done too often already.

    `limits` says for each action how often: "60/h/ip" is sixty times an hour from one internet
    address, "10/d/user" ten times a day by one account, and "5/h/key" five times an hour for one
    `key`. Several stand with commas between them, and each holds.
    """
    usage = ratelimit.consume(
        request, app=APP, action=action, config=dict(limits), key=key, limit_get=True
    )
    return None if usage is None else Tried(usage)


# What visitors without an account may do, who cost us most: from one internet address, which may be
# a whole ward's or a school's; and all of them together, where that leaves rows behind. What only
# takes long is bounded for all of them by busy.py: there a flood keeps nobody out for an hour.
VISITORS: Final = {
    "begin": "50/h/ip,100/m/key",
    "print": "60/h/ip",
    "photo": "40/h/ip",
}


# What costs most, by one account or one browser without: it keeps no place from others for long.
# Each process of the server has places of its own to print and draw in, and counts by itself: what
# is counted for all of them is written to the database, and readers would wait for that.
A_WHILE: Final = 10 * 60  # seconds
EVERYBODY: Final = {
    "print": 60,
    "draw": 300,
}


def may_print(request: HttpRequest) -> bool:
    """Count one more time that somebody prints. False if they did too often already."""
    return _may_everybody(request, "print") and may_visitor(request, "print")


def may_draw(request: HttpRequest) -> bool:
    """The same, of pictures of pages, which come by themselves while somebody writes."""
    return _may_everybody(request, "draw")


def _may_everybody(request: HttpRequest, action: str) -> bool:
    who = f"account-{request.user.pk}" if request.user.is_authenticated else ""
    key = f"{action}-{who or request.session.session_key or 'nobody'}"
    here = caches["here"]
    if here.add(key, 1, timeout=A_WHILE):
        return True
    try:
        return here.incr(key) <= EVERYBODY[action]
    except ValueError:  # the while has just ended
        return here.add(key, 1, timeout=A_WHILE)


def may_visitor(request: HttpRequest, action: str) -> bool:
    """Count one more time that this is done by a visitor. False if it was done too often already.

    Who is signed in is not counted.
    """
    if request.user.is_authenticated:
        return True
    limits = {f"visitors_{name}": limit for name, limit in VISITORS.items()}
    return count(request, f"visitors_{action}", limits, key="everybody") is not None
