"""How long what is sent may be: looked at before any of it is read.

Forms hold words, and 200 kB are more words than any of them takes. A photo, and a file that is
brought back, may be longer: their views say so, and have bounds of their own.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, Final, TypeVar
from urllib.parse import unquote_plus

from django.http import HttpRequest, HttpResponse, QueryDict, UnreadablePostError
from django.http.response import HttpResponseBase
from django.shortcuts import render

from profiles.core.given_back import Typed, came_from_us, typed_in
from profiles.core.sent_before import TOKEN, is_from_before, note

LONGEST_FORM: Final = 200 * 1024  # bytes; base.html tells it to too-long.js
LONGEST_NUMBER: Final = 12  # digits of a length: Python reads no more than some thousands
SILENCE: Final = 10.0  # seconds without a byte of what was announced, and we wait no longer
PIECE: Final = 100_000  # bytes
MOST_PIECES: Final = 500
MOST_GIVEN_BACK: Final = 5_000_000  # bytes: what is longer than a book was copied from somewhere
MOST_ESCAPES: Final = 400_000  # "%0A": each costs as much time as many letters
MOST_FIELDS: Final = 1_000
TYPED: Final = "application/x-www-form-urlencoded"
TOO_LONG, OF_NO_LENGTH, NOT_SENT = 413, 411, 408
View = TypeVar("View", bound=Callable[..., HttpResponse])


def takes_files(view: View) -> View:
    """A view that is sent files: bounded by settings, and by its own form."""
    view.takes_files = True  # type: ignore[attr-defined]
    return view


class Bodies:
    """Middleware: refuse what is too long, or of no length, before it is read and taken apart."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        socket = request.META.get("gunicorn.socket")  # it would wait without end; others do not
        if socket is None:
            return self._get_response(request)
        socket.settimeout(SILENCE)
        try:
            return self._get_response(request)
        finally:
            socket.settimeout(None)  # sending may take as long as it takes

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], *_: Any
    ) -> HttpResponse | None:
        """Called before the check of forms, which is the first to read what was sent."""
        if "chunked" in request.META.get("HTTP_TRANSFER_ENCODING", "").lower():
            return _refused(request, OF_NO_LENGTH)  # Django would take it for empty
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or len(length) > LONGEST_NUMBER:
            return _refused(request, OF_NO_LENGTH)
        if getattr(view, "takes_files", False):
            return None
        if int(length) > LONGEST_FORM:
            return _refused(request, TOO_LONG, _words_in(request, _let_pass(request)))
        return None if _came(request) else _refused(request, NOT_SENT)


def _came(request: HttpRequest) -> bool:
    """Did all that was announced come?"""
    try:
        request.body  # noqa: B018  # read, and kept for whoever takes it apart
    except UnreadablePostError:
        return False
    return True


def _let_pass(request: HttpRequest) -> bytes:
    """Take what is being sent: a browser listens only when it has sent all. Its beginning is kept.

    Of what is longer still the connection is closed, and nobody hears why.
    """
    kept = bytearray()
    with suppress(UnreadablePostError):
        for _ in range(MOST_PIECES):
            piece = request.read(PIECE)
            if not piece:
                break
            kept += piece[: MOST_GIVEN_BACK + 1 - len(kept)]
    return bytes(kept)


def _words_in(request: HttpRequest, sent: bytes) -> list[Typed]:
    """What was typed, box by box, for its writer to copy; nothing if that is too long for us.

    It is not taken apart as a form is: a browser without scripts empties the boxes, so that these
    would be lost. What another site sends in somebody's name is not shown, and what a browser sends
    once more is shown to whoever sent it first.
    """
    is_cheap = len(sent) <= MOST_GIVEN_BACK and sent.count(b"%") <= MOST_ESCAPES
    if not came_from_us(request) or not is_cheap or request.content_type != TYPED:
        return []
    fields = QueryDict(mutable=True)
    for field in sent.split(b"&", MOST_FIELDS):
        name, _, value = (
            unquote_plus(part.decode("ascii", "replace")) for part in field.partition(b"=")
        )
        fields.appendlist(name, value)
    token = fields.get(TOKEN, "")
    if is_from_before(request, token):
        return []
    note(request, token)
    return list(typed_in(request, fields))


def _refused(request: HttpRequest, status: int, words: Sequence[Typed] = ()) -> HttpResponse:
    context = {"too_long": status == TOO_LONG, "words": words}
    return render(request, "413.html", context, status=status)
