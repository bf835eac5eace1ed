"""A page that broke is told to whoever runs the site, by email or to an address of theirs.

What is told: which page, what kind of fault, and the number by which it is found in the log. Never
an address, which may be a secret, and never anybody's words.
"""

import json
import logging
from contextlib import ExitStack
from functools import partial
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from time import monotonic
from typing import Any, Final
from urllib.request import (
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    Request,
    build_opener,
)

from django.conf import settings
from django_guid import get_guid

from profiles.core.hang_up import HangsUp

OFTEN: Final = 600.0  # seconds before the same fault of one page is told again, by one process
PATIENCE: Final = 4  # seconds in all: whoever met the fault waits for this too

log = logging.getLogger(__name__)


class _Briefly(HTTPConnection):
    """A conversation with one end, as ours with the mail server is (smtp.py)."""

    over: ExitStack  # ends what runs beside the conversation

    def connect(self) -> None:
        until = monotonic() + PATIENCE
        super().connect()
        self.over.callback(HangsUp(self.sock, until).let_go)


class _BrieflyInTls(HTTPSConnection, _Briefly):
    """The same, for what is said in it: it is cut below the TLS."""


class _Calls(HTTPHandler, HTTPSHandler):
    """Opens such conversations, and lets this end what runs beside them."""

    def __init__(self, over: ExitStack) -> None:
        super().__init__()
        self._over = over

    def http_open(self, asked: Request) -> HTTPResponse:
        return self.do_open(partial(self._begun, _Briefly), asked)

    def https_open(self, asked: Request) -> HTTPResponse:
        return self.do_open(partial(self._begun, _BrieflyInTls), asked)

    def _begun(self, kind: type[_Briefly], *where: Any, **how: Any) -> _Briefly:
        conversation = kind(*where, **how)
        conversation.over = self._over
        return conversation


class _Nowhere(HTTPRedirectHandler):
    """An address that sends us on is not followed: it was not the one that was set."""

    def redirect_request(self, *_: object) -> None:
        return None


class TellsFaults(logging.Handler):
    """Hands on what Django logs of a page that broke, to each of TELL_FAULTS_TO."""

    def __init__(self) -> None:
        super().__init__(level=logging.ERROR)
        self._told: dict[tuple[str, str], float] = {}

    def createLock(self) -> None:  # noqa: N802  # the library calls it so
        """None: while a place is slow, whoever meets another fault need not wait for this one."""
        self.lock = None

    def emit(self, record: logging.LogRecord) -> None:
        """Tell it, unless the same was told a short while ago. It never makes things worse."""
        fault = _fault(record)
        is_fault = record.exc_info or fault["status"] == "500"  # else we only said "not now"
        if is_fault and self._is_new(fault["page"], fault["kind"]):
            for place in settings.TELL_FAULTS_TO:
                try:
                    _tell(place, fault)
                except Exception as error:  # noqa: BLE001  # a page broke, and must be answered
                    # Not by handleError, which shows the whole record: the address is in it.
                    log.warning("A fault was not told: %s", type(error).__name__)

    def _is_new(self, page: str, kind: str) -> bool:
        now = monotonic()
        last = self._told.get((page, kind))
        if last is not None and now - last < OFTEN:
            return False
        self._told[page, kind] = now
        return True


def _fault(record: logging.LogRecord) -> dict[str, str]:
    match = getattr(getattr(record, "request", None), "resolver_match", None)
    kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else "no answer"
    return {
        "site": settings.SITE_ADDRESS,
        "page": match.view_name if match else "an unknown page",
        "kind": kind,
        "status": str(getattr(record, "status_code", 500)),
        "number": get_guid() or "none",
    }


def _tell(place: str, fault: dict[str, str]) -> None:
    if "://" not in place:
        from profiles.core.mails import send  # here and not above: it is the log that loads us

        send("fault", place, **fault)
        return
    said = "{site}: {page} broke ({kind}, {status}). In the log: {number}".format(**fault)
    body = json.dumps({"text": said, **fault}).encode()
    asked = Request(place, body, {"Content-Type": "application/json"})  # noqa: S310  # https: see settings
    # An error in this is no fault of a page: it would be told again, and again.
    with ExitStack() as over:
        build_opener(_Nowhere, _Calls(over)).open(asked, timeout=PATIENCE).close()
