"""What cannot be read is turned away at the entrance, before anybody makes anything of it."""

import codecs
from collections.abc import Callable
from typing import Any, Final

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, UnreadablePostError

# Our forms send these. In other letters, words could not be shown again as they were typed, and
# halves of letters could come in, which no database takes.
READABLE: Final = {"utf-8", "ascii"}
NUL: Final = ("\x00", "%00")  # no database takes it, and nothing of ours is ever called so


class ReadableOnly:
    """Middleware: a request that cannot be read gets a 400, whoever sends it and wherever to."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        _look_at(request)
        return self._get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> None:
        """Take apart what was sent: after its length was looked at, before CSRF reads it."""
        try:
            request.POST  # noqa: B018  # read now, while a fault in it can still be told kindly
        except (LookupError, RecursionError, UnreadablePostError, ValueError) as error:
            raise BadRequest("What was sent cannot be taken apart.") from error


def _look_at(request: HttpRequest) -> None:
    if any(nul in request.META.get("QUERY_STRING", "") for nul in NUL):
        raise BadRequest("A NUL in the address.")
    if (charset := (request.content_params or {}).get("charset")) is not None:
        if _name_of(charset) not in READABLE:
            raise BadRequest("What was sent is in other letters than ours.")
        request.encoding = "utf-8"  # Django knows it by this one name alone


def _name_of(charset: str) -> str:
    try:
        return codecs.lookup(charset).name
    except (LookupError, ValueError):
        return ""


def type_to_read(content_type: str) -> str:
    """A Content-Type as it may be handed to Django, which takes it apart before any middleware.

    RFC 2231, which says a value's letters inside it, is for mail. Nobody sends it here to be kind.
    """
    if content_type.isascii() and content_type.isprintable() and "*" not in content_type:
        return content_type
    return "text/plain; charset=unreadable"
