"""What asks whether we are up is no browser, and knows no name of ours."""

from collections.abc import Callable
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse

PROBES: Final = {"/up", "/ready", "/metrics"}


class AnyHost:
    """Middleware: these addresses answer whatever name they were asked by."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path in PROBES:
            request.META["HTTP_HOST"] = urlsplit(settings.SITE_ADDRESS).netloc
            request.META.pop("HTTP_X_FORWARDED_HOST", None)
        return self._get_response(request)
