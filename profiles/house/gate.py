"""Nobody is let in before this database knows all that was taken away."""

import logging
import time
from collections.abc import Callable
from contextlib import suppress
from threading import Lock

from django.conf import settings
from django.db import Error, OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

from profiles.core.journal import KeyIsMissing
from profiles.core.journal_places import CannotReach
from profiles.house.failed import failed
from profiles.house.probes import PROBES
from profiles.house.replay import catch_up, is_level

SOON = 30  # seconds, after which a browser may ask again

log = logging.getLogger(__name__)


class Gate:
    """Middleware: whatever the database was put back from, and by whom, is met here.

    A process asks before the first page that it shows, and then every few seconds: for somebody may
    put another database in the place of ours while we serve. Where what was taken away cannot be
    done again, or nobody can say what it was for now, nothing is shown; typed words are given back.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response
        self._one_asks = Lock()
        self._asked_at: float | None = None  # None: never, or the answer was no

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.WATCH_ENDINGS and request.path not in PROBES and not self._is_level():
            with suppress(Resolver404):  # by its name, a stop is told that nothing has stopped
                request.resolver_match = resolve(request.path_info)
            answer = failed(request, OperationalError())
            answer["Retry-After"] = str(SOON)
            return answer
        return self._get_response(request)

    def _is_level(self) -> bool:
        if self._was_lately():
            return True
        with self._one_asks:
            if not self._was_lately():
                once = self._asked_at is not None
                self._asked_at = time.monotonic() if _is_level_now(once=once) else None
            return self._asked_at is not None

    def _was_lately(self) -> bool:
        at = self._asked_at
        return at is not None and time.monotonic() - at < settings.WATCH_ENDINGS


def _is_level_now(*, once: bool) -> bool:
    """Is all done that was taken away? It is done now, if it is not. `once` it was, a journal that
    cannot be reached closes nothing: people go on, and can stop sharing, while /ready is red.
    """
    try:
        if not is_level():
            catch_up()
        return True
    except CannotReach:
        log.error("The endings journal cannot be reached.")
        return once
    except (KeyIsMissing, Error) as fault:
        log.error("The endings journal cannot be asked: %s", type(fault).__name__)
        return False
