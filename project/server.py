"""How gunicorn answers what it cannot read: with our headers, and without writing it down."""

import os
from pathlib import Path
from typing import Any, Final

from gunicorn import util
from gunicorn.glogging import Logger
from gunicorn.http import errors
from gunicorn.workers.gthread import ThreadWorker

from profiles.core.headers import every_header, https_from_now_on
from profiles.core.logs import FORMATS
from project import env

ENV_FILE: Final = Path(__file__).resolve().parent.parent / ".env"

# What is not here, and is no fault of ours, is a 400.
STATUSES: Final = {
    errors.InvalidResponseHeader: 500,
    errors.InvalidResponseHeaderName: 500,
    errors.ConfigurationProblem: 500,
    errors.ForbiddenProxyRequest: 403,
    errors.LimitRequestLine: 414,
    errors.ExpectationFailed: 417,
    errors.LimitRequestHeaders: 431,
    errors.UnsupportedTransferCoding: 501,
    errors.ParseException: 400,
}
REASONS: Final = {
    400: "Bad Request",
    403: "Forbidden",
    414: "URI Too Long",
    417: "Expectation Failed",
    431: "Request Header Fields Too Large",
    500: "Internal Server Error",
    501: "Not Implemented",
}
WORDS: Final = b"We could not understand that. Go back, and try again.\n"


class Log(Logger):
    """gunicorn's own log, without the keys and codes in addresses."""

    def setup(self, cfg: Any) -> None:
        """Begin it, and let every line go through what masks our own."""
        super().setup(cfg)
        masked = FORMATS.get(_log_format(), FORMATS["text"])  # the settings say what is unusable
        for handler in (*self.error_log.handlers, *self.access_log.handlers):
            old = handler.formatter
            handler.setFormatter(masked(old._fmt, old.datefmt))


def _log_format() -> str:
    """How the log is written, as the settings have it.

    They are not imported here. gunicorn's first process, which reads this, takes no request: what
    it knew of .env, it would hand to each worker that it starts after .env was changed.
    """
    said = env.in_file(ENV_FILE) | os.environ
    return said.get("LOG_FORMAT", "").strip().lower()


class Worker(ThreadWorker):
    """gunicorn's own worker with threads, but for two things.

    Its own takes in more than its threads can answer, who then wait while another worker is free.
    And it writes the whole first line of a request that it cannot read into the log, where a link's
    key may stand.
    """

    def wait_for_and_dispatch_events(self, timeout: float) -> None:
        """Do what is next. While each thread has somebody, whoever comes is left to the others."""
        if self.alive:
            at_work = self.nr_conns - len(self.keepalived_conns) - len(self.pending_conns)
            has_room = self.nr_conns < self.worker_connections
            self.set_accept_enabled(has_room and at_work < self.cfg.threads)
        super().wait_for_and_dispatch_events(timeout)

    def handle_error(self, req: Any, client: Any, addr: Any, exc: Exception) -> None:
        """Say no, and note what kind of fault it was."""
        status = next((s for kind, s in STATUSES.items() if isinstance(exc, kind)), 500)
        if status == 500:
            self.log.exception("A request could not be answered: %s", type(exc).__name__)
        else:
            self.log.warning("A request could not be read: %s", type(exc).__name__)
        try:
            util.write_nonblock(client, refusal(status))
        except OSError:
            self.log.debug("Whoever asked had gone.")


def refusal(status: int) -> bytes:
    """The whole answer, as it goes on the wire."""
    headers = {
        **every_header(),
        **https_from_now_on(),  # whatever stands before us speaks https; over http it does nothing
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Length": str(len(WORDS)),
        "Connection": "close",
    }
    lines = [f"HTTP/1.1 {status} {REASONS[status]}", *(f"{n}: {v}" for n, v in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode() + WORDS
