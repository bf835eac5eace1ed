"""Headers that every answer carries, errors too, whatever view made it: see decision 9."""

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse

HEADERS: Final = {
    "Cache-Control": "no-store",  # a view may say more, and static files say their own
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


def for_every_answer(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: add each of these headers, where the view has not set its own."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return answer


def forget_here(answer: HttpResponse) -> HttpResponse:
    """Ask the browser to let go of what it kept of our pages: whoever comes next may be another.

    Never of its cookies: the choice of text and colours stays.
    """
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer
