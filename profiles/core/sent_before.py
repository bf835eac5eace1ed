"""Forms that a browser keeps, and sends once more when somebody goes back to what it answered.

On a shared computer that may be whoever comes next: the words are given back to nobody else than
whoever sent them first. See docs/decisions/0045-sent-once-more-by-somebody-else.md.
"""

from collections.abc import Callable
from contextlib import suppress
from typing import Final

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.core.cache import cache, caches
from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse

from profiles.core import codes
from profiles.core.cached import faults

TOKEN: Final = "csrfmiddlewaretoken"  # noqa: S105, the name of a field; each form has one of its own
A_DAY: Final = 24 * 60 * 60
LED_AWAY: Final = range(300, 400)  # then a browser keeps nothing to send once more
PAGE: Final = b"<!doctype html"


def noted(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: note who sent a form that is answered with a page, which a browser goes back to.

    Such are few: whatever is done leads away. What a script sends stands in no way back.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        # What passed no check of forms may be longer than anybody should take apart.
        was_read = getattr(request, "csrf_processing_done", False)
        if request.method == "POST" and was_read and _may_be_sent_again(request, response):
            note(request)
        return response

    return answer


def note(request: HttpRequest, token: str | None = None) -> None:
    """Note who sent this form first, if somebody did who can be told from others.

    `token` is the form's own, where it was read by whoever asks: what is too long is taken apart
    by nobody else.
    """
    with suppress(*_away()):
        if (name := _name(request, token)) and (who := _who(request)):
            try:
                cache.add(name, who, timeout=A_DAY)
            except faults():  # where a disk is full, at least this process knows
                caches["here"].add(name, who, timeout=A_DAY)


def is_from_before(request: HttpRequest, token: str | None = None) -> bool:
    """Did somebody else send this very form already, or the same person before they signed out?"""
    with suppress(*_away()):
        name = _name(request, token)
        before = (caches["here"].get(name) or cache.get(name)) if name else None
        return before is not None and before != _who(request)
    return False  # nobody can say, and words that are lost are worse


def _away() -> tuple[type[Exception], ...]:
    """What is raised where the cache is away, or the session that says who this is."""
    return (*faults(), DatabaseError, InterfaceError)


def _may_be_sent_again(request: HttpRequest, response: HttpResponse) -> bool:
    by_hand = request.headers.get("Sec-Fetch-Dest", "document") == "document"
    return by_hand and response.status_code not in LED_AWAY and _is_page(response)


def _is_page(response: HttpResponse) -> bool:
    """A whole page: no file, and none of the pieces that scripts are given, as autosave is."""
    return not response.streaming and response.content.lstrip()[: len(PAGE)].lower() == PAGE


def _name(request: HttpRequest, token: str | None) -> str:
    """Under what it is noted that this form was sent; "" for one that names no token."""
    token = request.POST.get(TOKEN, "") if token is None else token
    return f"sent_before:{codes.digest(token, about='a form')}" if token else ""


def _who(request: HttpRequest) -> str:
    """Whoever this is: an account, a visitor or a reader. "" for somebody who is none of them."""
    account = request.session.get(SESSION_KEY) or request.session.session_key or ""
    reads = request.COOKIES.get(settings.READING_COOKIE_NAME, "")
    found = f"{account} {reads}".strip()
    return codes.digest(found, about="who sent a form") if found else ""
