"""How a reader comes in: which share an address opens, and who they said they are.

Everything under /s/ goes through here. It is closed to caches and search engines, tells no other
page where the reader was, and remembers the introduction in one cookie that goes nowhere else.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import wraps
from typing import Concatenate, Final, ParamSpec

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from profiles.access.actions import Reader
from profiles.core import codes, security_log
from profiles.core.clock import APART
from profiles.core.given_back import Typed, give_back, words_of
from profiles.core.http import head_keeps_nothing, too_many
from profiles.core.pasted_links import is_key, key_in_address
from profiles.core.prepared import prepared
from profiles.core.security_log import Event
from profiles.pages.gone import PageIsGone, while_it_is_there
from profiles.reading.models import READS_FOR, Introduction
from profiles.sharing import endings, rules
from profiles.sharing.models import A_KEY, A_READER, Share

P = ParamSpec("P")


class LogIsFull(Exception):
    """Readers of one share have written enough into its person's log for a while."""


COOKIE: Final[str] = settings.READING_COOKIE_NAME
MOST_COME_IN: Final = 300  # in the time for which one introduction is good
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
ViewOfShare = Callable[Concatenate[HttpRequest, Share, Reader, P], HttpResponse]


def for_readers(view: View[P]) -> View[P]:
    """A page that is read through a link: open to all, kept by nobody, and telling nobody."""
    checked = csrf_protect(view)

    @login_not_required
    @never_cache
    @csrf_exempt  # from the check before this one, which would meet `Origin: null`
    @wraps(view)
    def opened(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        _say_where_it_came_from(request)
        response = checked(request, *args, **kwargs)
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    # For the page that says that a form is too old.
    opened.is_for_readers = True  # type: ignore[attr-defined]
    return opened


def _say_where_it_came_from(request: HttpRequest) -> None:
    """Let a form that was sent from a page without a referrer be checked like any other.

    Under `no-referrer` a browser says `Origin: null`, or nothing. A browser that says the form came
    from elsewhere is believed; and the token must still match.
    """
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    if request.headers.get("Origin", "null") == "null" and site == "same-origin":
        request.META["HTTP_ORIGIN"] = f"{request.scheme}://{request.get_host()}"


def with_share(view: ViewOfShare[P]) -> Callable[..., HttpResponse]:
    """Give the view the open share of this address, and the reader who introduced themself.

    Somebody who did not is sent to the doorstep. A share that is not open is one and the same page,
    whatever the reason. What a reader had typed to say back is given back to them, where the view
    does not hear it, or raises Share.DoesNotExist: sharing has stopped while they wrote.
    """

    answered = head_keeps_nothing(view)

    @for_readers
    @wraps(view)
    def opened(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        key = str(kwargs.pop("key"))
        words = words_of(request)
        introduction = introduction_to(request, key)
        share = introduction.share if introduction else open_share(key)
        if share is None:
            return astray(request, key, words=words)
        if introduction is None and share.is_locked:
            return closed(request, words)
        if introduction is None or not rules.may_open(request.user, share):
            return _to_the_doorstep(request, key)
        try:
            with while_it_is_there(share.profile):
                return answered(request, share, reader_of(introduction), *args, **kwargs)
        except LogIsFull:
            return too_many(request)
        except (PageIsGone, Share.DoesNotExist):
            return closed(request, words)

    return opened


def _to_the_doorstep(request: HttpRequest, key: str) -> HttpResponse:
    """For a reader who has to say who they are, perhaps again: a reply may take hours to write."""
    address = reverse("reading:doorstep", kwargs={"key": key})
    why = _("Before they can be sent, we have to ask once more who you are.")
    way = address, _("Say who you are")
    return give_back(request, why, way, status=403, for_reader=True) or redirect(address)


def open_share(key: str) -> Share | None:
    """The share that this key opens now. One query, whatever the reason there is none.

    Only whoever knocks first after its last day has it written down that it is over.
    """
    share = _with_key.first(codes.digest(key, about=A_KEY), timezone.now())
    if share is None or share.shows:  # type: ignore[attr-defined]
        return share
    endings.note_endings([share])
    return None


@prepared
def _with_key(key_digest: str, now: datetime) -> QuerySet[Share]:
    shares = Share.objects.given().filter(key_digest=key_digest)
    shares = shares.annotate(shows=_shows("pk", now))
    return shares.select_related("profile__data_key", "profile__owner")


def introduction_to(request: HttpRequest, key: str) -> Introduction | None:
    """What this browser's reader said of themself a short while ago, at the doorstep of the share
    that this key opens now. It knows that share: whoever came in before is let in by one query.
    """
    browser, now = browser_of(request), timezone.now()
    if not browser:
        return None
    digests = codes.digest(browser, about=A_READER), codes.digest(key, about=A_KEY)
    found = _came_in.first(*digests, now - READS_FOR, now + APART, now)
    if found is None or not found.shows:  # type: ignore[attr-defined]
        return None
    found.profile = found.share.profile
    return found


@prepared
def _came_in(
    reader_digest: str, key_digest: str, since: datetime, until: datetime, now: datetime
) -> QuerySet[Introduction]:
    theirs = Introduction.objects.filter(key_digest=reader_digest, share__key_digest=key_digest)
    theirs = (
        theirs.between(since, until).by_passcode_of_share().annotate(shows=_shows("share_id", now))
    )
    return theirs.select_related("share__profile__data_key", "share__profile__owner")


def _shows(share: str, now: datetime) -> Exists:
    """Does the share that stands in this column show something?"""
    return Exists(Share.objects.open(now).filter(pk=OuterRef(share)))


def browser_of(request: HttpRequest) -> str:
    """By what a reader's browser is known, at the share that it came in to."""
    return request.COOKIES.get(COOKIE, "")


def reader_of(introduction: Introduction) -> Reader:
    """Who they said they are, for the log."""
    return Reader(name=introduction.name, role=introduction.role, place=introduction.place)


def remember(response: HttpResponse, key: str, reader_key: str) -> None:
    """Let this browser come back to this share alone, until it is closed."""
    response.set_cookie(
        COOKIE,
        reader_key,
        path=reverse("reading:doorstep", kwargs={"key": key}),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def forget(response: HttpResponse, key: str) -> None:
    """Let this browser forget who read here."""
    response.delete_cookie(COOKIE, path=reverse("reading:doorstep", kwargs={"key": key}))


def astray(
    request: HttpRequest, rest: str, to: str = "reading:doorstep", words: Sequence[Typed] = ()
) -> HttpResponse:
    """For an address that opens nothing: to the doorstep, if it holds a whole key and more.

    So it is for one that lost its last slash, or gained a dot. Whether there is such a key is not
    asked, and nothing that was posted goes along.
    """
    if request.method != "POST" and not is_key(rest) and (key := key_in_address(rest)):
        return redirect(to, key=key)
    return closed(request, words)


def closed(request: HttpRequest, words: Sequence[Typed] = ()) -> HttpResponse:
    """The one page for every share that shows nothing: stopped, paused, over, locked or never.

    The words are what this very request sent, and what it says is the same for every reason.
    """
    security_log.note(Event.DOOR_REFUSED, request)
    return render(request, "410.html", {"words": words}, status=410)
