"""What is told when something broke: what did not happen, and the words that were typed."""

import errno
from contextlib import suppress
from typing import Final

from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from profiles.core import cached
from profiles.core.given_back import Typed, came_from_us, typed_in
from profiles.core.models import KeysDiffer
from profiles.core.sent_before import is_from_before

FULL_OR_LOCKED: Final = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}
# Of a press that should have stopped something, or taken it away, it is said that it goes on.
GOES_ON: Final = {
    "sharing:stop": gettext_noop("Sharing has not stopped. Whoever could see the page still can."),
    "sharing:pause": gettext_noop("Sharing has not stopped. Whoever could see the page still can."),
    "sharing:change_what": gettext_noop("Nothing has changed. They see what they saw before."),
    "sharing:change_how_long": gettext_noop("Nothing has changed. It ends when it would have."),
    "sharing:passcode": gettext_noop("Nothing has changed. They come in as they did before."),
    "supporters:stop": gettext_noop("Helping has not stopped. They can do what they could before."),
    "supporters:leave": gettext_noop(
        "You have not stopped helping. You can do what you could before."
    ),
    "supporters:helper": gettext_noop("Nothing has changed. They can do what they could before."),
    "pages:delete": gettext_noop("Nothing is deleted. Everything is as it was."),
    "workers:delete": gettext_noop("Nothing is deleted. Everything is as it was."),
    "photos:remove": gettext_noop("The photo is still there."),
    "workers:photo_remove": gettext_noop("The photo is still there."),
    "house:stop_mails": gettext_noop("These emails have not stopped."),
    "reading:leave": gettext_noop(
        "The page is not closed. Who uses this device can still read it."
    ),
    "mfa_remove_webauthn": gettext_noop("That passkey still signs in."),
    "account_logout": gettext_noop("You are still signed in on this device."),
    "account_end_device": gettext_noop("That device is still signed in."),
    "account_sign_out_elsewhere": gettext_noop("Your other devices are still signed in."),
}


def failed(request: HttpRequest, fault: BaseException | None) -> HttpResponse:
    """A 503 where trying again in a while may help, else a 500. Nothing of the form was done.

    Words are given back only to a form of ours: else a page elsewhere could show people its own.
    And only to whoever sent it first.
    """
    away: tuple[type[Exception], ...] = (DatabaseError, InterfaceError, KeysDiffer)
    away += cached.faults()
    is_away = isinstance(fault, away) or (
        isinstance(fault, OSError) and fault.errno in FULL_OR_LOCKED
    )
    place = request.resolver_match.view_name if request.resolver_match else ""
    is_sent = request.method == "POST"
    said = {
        "goes_on": _(GOES_ON[place]) if is_sent and place in GOES_ON else "",
        "words": _words_in(request) if is_sent else [],
    }
    answer = HttpResponse(render_to_string("500.html", said), status=503 if is_away else 500)
    answer.headers["Referrer-Policy"] = "no-referrer"  # it may stand where a link leads
    return answer


def _words_in(request: HttpRequest) -> list[Typed]:
    with suppress(Exception):  # what was sent, or the name it was sent to, may be what broke
        words = list(typed_in(request, request.POST)) if came_from_us(request) else []
        return [] if words and is_from_before(request) else words
    return []
