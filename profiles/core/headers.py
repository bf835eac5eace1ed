"""Headers that every answer carries, errors too, whatever view made it: see decision 9."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Final

from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponse

HEADERS: Final = {
    "Cache-Control": "no-store",  # a view may say more, and static files say their own
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
SOON: Final = "30"  # seconds: programs that come back at once would only make it worse
SERVICE_UNAVAILABLE: Final = 503
HSTS: Final = "Strict-Transport-Security"


@cache
def every_header() -> Mapping[str, str]:
    """These, and those that Django's own middleware sets where a request came as far as that."""
    return HEADERS | {
        "Content-Security-Policy": build_policy(),
        "X-Frame-Options": settings.X_FRAME_OPTIONS,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
        "Cross-Origin-Opener-Policy": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
    }


def https_from_now_on() -> Mapping[str, str]:
    """That a browser stays with https, for what Django never sees: its own middleware says it else.

    It is no part of every header: over http it may not be said.
    """
    if not settings.SECURE_HSTS_SECONDS:
        return {}
    below = "; includeSubDomains" if settings.SECURE_HSTS_INCLUDE_SUBDOMAINS else ""
    preload = "; preload" if settings.SECURE_HSTS_PRELOAD else ""
    return {HSTS: f"max-age={settings.SECURE_HSTS_SECONDS}{below}{preload}"}


def for_every_answer(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: add each of these headers, where the view has not set its own."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in every_header().items():
            response.headers.setdefault(name, value)
        if response.status_code == SERVICE_UNAVAILABLE:
            response.headers.setdefault("Retry-After", SOON)
        return response

    return answer


def forget_here(answer: HttpResponse) -> HttpResponse:
    """Ask the browser to let go of what it kept of our pages: whoever comes next may be another.

    Never of its cookies: the choice of text and colours stays.
    """
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer
