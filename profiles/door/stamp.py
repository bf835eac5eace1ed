"""What a printed page says about itself: for whom, until when, and where to check it."""

from dataclasses import replace
from datetime import date
from functools import cache

from django.conf import settings
from django.urls import reverse

from profiles.core import codes
from profiles.core.qr import qr_code
from profiles.sheet.sheet import Sheet, Stamp


def stamped(sheet: Sheet, *, code: str, made_for: str, check_by: date) -> Sheet:
    """The page as it goes on paper. Its QR code holds the address of a check, and no key."""
    return replace(sheet, stamp=_stamp(code, made_for, check_by))


def with_room_for_its_foot(sheet: Sheet) -> Sheet:
    """The page with a stamp as tall as any, and the line that says it was checked: for measuring.

    Else a page that is just full would be too long as soon as it is shared or checked.
    """
    stamp = sheet.stamp or _stand_in()
    return replace(sheet, stamp=stamp, checked_on=sheet.checked_on or stamp.check_by)


def _stamp(code: str, made_for: str, check_by: date) -> Stamp:
    address = settings.SITE_ADDRESS + reverse("door:check", kwargs={"code": codes.shown(code)})
    return Stamp(
        made_for=made_for,
        check_by=check_by,
        address=address.partition("://")[2],
        qr=qr_code(address),
    )


@cache
def _stand_in() -> Stamp:
    return _stamp("0" * codes.CODE_LENGTH, "", date(2000, 1, 1))
