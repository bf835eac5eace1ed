"""What a printed page says about itself: for whom, until when, and where to check it."""

from dataclasses import replace
from datetime import date
from functools import cache, lru_cache
from typing import Final

from django.conf import settings
from django.urls import reverse

from profiles.core import codes
from profiles.core.qr import qr_code
from profiles.sheet.sheet import Sheet, Stamp

WIDEST_LETTER: Final = "W"
WIDEST_NAME: Final = " ".join([WIDEST_LETTER * 26] * 3)  # each word takes a row of its own
WIDEST_DAY: Final = date(2040, 9, 20)
WIDEST_EDITION: Final = 10_000


def stamped(sheet: Sheet, *, code: str, made_for: str, check_by: date) -> Sheet:
    """The page as it goes on paper. Its QR code holds the address of a check, and no key."""
    return replace(sheet, stamp=_stamp(code, made_for, check_by))


def with_room_for_its_foot(sheet: Sheet) -> Sheet:
    """The page with the tallest foot that it may come to have: for measuring.

    Else a page that is just full would be too long as soon as it is shared or checked. A name that
    takes more room than the one that stands in here is printed smaller (`ComposedPage.fit`).
    """
    stamp = sheet.stamp or _stand_in()
    return replace(
        sheet,
        stamp=stamp,
        edition=WIDEST_EDITION,
        updated_on=sheet.updated_on or WIDEST_DAY,
        checked_on=sheet.checked_on or WIDEST_DAY,
    )


def _stamp(code: str, made_for: str, check_by: date) -> Stamp:
    check = reverse("door:check", kwargs={"code": codes.shown(code)})
    return Stamp(
        made_for=made_for,
        check_by=check_by,
        code=codes.shown(code),
        where=_typed(reverse("door:type_check_code")),
        address=_typed(check),
        qr=_drawn(settings.SITE_ADDRESS + check),
    )


@lru_cache(64)
def _drawn(address: str) -> bytes:
    """The QR code of a check, kept while papers are printed again: its address opens nothing."""
    return qr_code(address)


def _typed(path: str) -> str:
    """The address of a page of ours as somebody types it."""
    return (settings.SITE_ADDRESS + path).partition("://")[2].rstrip("/")


@cache
def _stand_in() -> Stamp:
    return _stamp(WIDEST_LETTER * codes.CODE_LENGTH, WIDEST_NAME, WIDEST_DAY)
