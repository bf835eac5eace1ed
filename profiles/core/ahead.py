"""What a browser fetches ahead, while somebody types an address or before they press a link.

Nobody has seen it, and perhaps nobody will. A person would be told of a look that there was not.
"""

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse

AHEAD: Final = "prefetch"  # also where the page is drawn ahead: "prefetch;prerender"
NOT_NOW: Final = 503  # what browsers take for "ask when somebody is there"


def refused(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: nothing of ours is fetched ahead, but for what is no page."""

    def answer(request: HttpRequest) -> HttpResponse:
        if request.headers.get("Sec-Purpose", "").strip().lower().startswith(AHEAD):
            return HttpResponse(status=NOT_NOW, content_type="text/plain; charset=utf-8")
        return get_response(request)

    return answer
