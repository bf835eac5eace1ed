"""How often codes are sent to an address, and guessed for it: in whose browser makes a difference.

A stranger may type anybody's address. So that no stranger uses up what its owner may try, a browser
that was let in by it before has tries of its own: it keeps a cookie, signed by us, that names no
address in clear.
"""

from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.core.signing import BadSignature, dumps, loads
from django.http import HttpRequest, HttpResponse

from profiles.core import addresses, codes
from profiles.core.rate_limits import Tried, count

LIMITS: Final = {"send_code": "20/m/ip,3/15m/key", "wrong_code": "10/d/key"}
MOST_ADDRESSES: Final = 10  # that one browser is known to; then it forgets the oldest
KEPT: Final = 400 * 24 * 60 * 60  # seconds: longer, no browser keeps a cookie
COOKIE: Final[str] = settings.KNOWN_COOKIE_NAME
SALT: Final = "profiles.accounts.tries"
COUNTED: Final = "profiles.code_counted"  # beside the request: what it has used up


@dataclass(frozen=True)
class Known:
    """What a browser keeps: a name of its own, and marks of the addresses that it was let in by."""

    browser: str
    marks: tuple[str, ...] = ()

    def mark_of(self, email: str) -> str:
        """The mark of this address, which is another in each browser."""
        return codes.digest(addresses.settled(email), about=f"known to {self.browser}")[:32]


def send_code(request: HttpRequest, email: str) -> Tried | None:
    """Count one more code that is sent to this address. None if there were too many."""
    tried = count(request, "send_code", LIMITS, key=_whose(request, email))
    request.META[COUNTED] = tried
    return tried


def none_was_sent(request: HttpRequest) -> None:
    """Count the code of this request no more: we did not even try to send it."""
    if tried := request.META.pop(COUNTED, None):
        tried.take_back()


def guess(request: HttpRequest, email: str) -> Tried | None:
    """Count one more guess for this address, before it is compared. None if there were too many."""
    return count(request, "wrong_code", LIMITS, key=_whose(request, email))


def remember(request: HttpRequest, response: HttpResponse, email: str) -> None:
    """Let this browser be known as one that was let in by this address."""
    known = _known(request) or Known(codes.new_key())
    mark = known.mark_of(email)
    marks = [mark, *(each for each in known.marks if each != mark)][:MOST_ADDRESSES]
    response.set_cookie(
        COOKIE,
        dumps([known.browser, marks], salt=SALT),
        max_age=KEPT,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _whose(request: HttpRequest, email: str) -> str:
    """What is counted: the tries of every browser that this address does not know, or of one."""
    known = _known(request)
    mark = known.mark_of(email) if known else ""
    if known and mark in known.marks:
        return mark
    return codes.digest(addresses.settled(email), about="tries")


def _known(request: HttpRequest) -> Known | None:
    try:
        browser, marks = loads(request.COOKIES.get(COOKIE, ""), salt=SALT)
    except BadSignature:
        return None
    return Known(browser, tuple(marks))
