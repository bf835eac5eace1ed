"""What a reader has just said to the person, shown to them again once it has gone.

A browser's lines of the log are remembered by their numbers, as long as its introduction is good.
The words stay in the log alone: no address and no cookie carries them, so a reload shows the same.
"""

from collections.abc import Iterable
from contextlib import suppress

from django.core.cache import cache
from django.http import HttpRequest

from profiles.access.models import Look
from profiles.access.sentences import LogRow, row_for
from profiles.core import cached, codes
from profiles.reading.decorators import browser_of
from profiles.reading.models import READS_FOR
from profiles.sharing.models import Share

HAS_SAID = "said"  # what a digest is about: see codes.digest


def remember_said(request: HttpRequest, looks: Iterable[Look]) -> None:
    """Let this browser be shown these lines, which its reader has just added to the log.

    They are in the log. A cache that is away only keeps them from being shown again.
    """
    with suppress(*cached.faults()):
        cache.set(_place(request), [look.pk for look in looks], READS_FOR.total_seconds())


def just_said(request: HttpRequest, share: Share) -> list[LogRow]:
    """The last that this browser's reader said through this share; nothing, if it is long ago."""
    numbers: list[int] = []
    if browser_of(request):
        with suppress(*cached.faults()):
            numbers = cache.get(_place(request), [])
    lines = share.looks.filter(pk__in=numbers).select_related("share", "edition", "promise")
    return [row_for(look) for look in lines.order_by("pk").with_profile(share.profile)]


def _place(request: HttpRequest) -> str:
    return f"said:{codes.digest(browser_of(request), about=HAS_SAID)}"
