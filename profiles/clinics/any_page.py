"""Any page may ask where computers take a page, and may read what it is told.

It stands here, and not in the views, because what is before them answers too: that something is too
long, that the database is away, that the gate is closed. A browser hides from a hospital's page
whatever does not say that any page may read it; then "later" would look like a cable that was cut.
"""

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

METHODS: Final = ("GET", "HEAD", "POST", "OPTIONS")
# It has nothing of ours but the key in the address, and no cookie goes along.
OF_EVERY_ANSWER: Final = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Retry-After",
    "Referrer-Policy": "no-referrer",
}
PREFLIGHT: Final = {
    "Access-Control-Allow-Methods": ", ".join(METHODS),
    "Access-Control-Allow-Headers": "Content-Type",
    "Access-Control-Max-Age": "3600",  # seconds
}


def may_ask(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: say so with each answer of these addresses, and to each browser that asks first.

    A browser that asks first (OPTIONS) is answered here, before anything is known or looked up:
    were that refused while the gate is closed, it would never ask the rest.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        if not _is_for_computers(request):
            return get_response(request)
        if request.method == "OPTIONS":
            response = HttpResponse(status=204, headers=PREFLIGHT)
        else:
            response = get_response(request)
        for name, value in OF_EVERY_ANSWER.items():
            response.headers[name] = value
        response.cookies.clear()  # nor does one go back to a browser in which somebody is signed in
        return response

    return answer


def _is_for_computers(request: HttpRequest) -> bool:
    """Is it below the viewer's address? By its letters alone: some answers come before the urls."""
    viewer = reverse("clinics:viewer")
    return request.path_info.startswith(viewer) and request.path_info != viewer
