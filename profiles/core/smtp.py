"""Talking to the mail server for so long and no longer, whatever it does: somebody may be waiting.

A socket's own time-out begins anew with every byte that comes (hang_up.py), and for every address
of the server. Here the whole conversation has one end.
"""

import smtplib
import socket
from time import monotonic
from typing import Any

from django.core.mail.backends import smtp

from profiles.core.hang_up import HangsUp

END_OF_WORDS_AWAITED = 354  # "send the words, and end with a dot": what comes next is the verdict


class InDoubt(smtplib.SMTPException):
    """The words went out, and no verdict came back: they may have arrived, or not."""


class Conversation(smtplib.SMTP):
    """One conversation with the mail server, which ends after `timeout` seconds in all."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._hangs_up: HangsUp | None = None
        self._in_doubt = False
        super().__init__(*args, **kwargs)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        until = monotonic() + timeout
        called = _call(host, port, until)
        self._hangs_up = HangsUp(called, until)
        return called

    def getreply(self) -> tuple[int, bytes]:
        """What the server says. After the words it is the verdict on them."""
        code, said = super().getreply()
        self._in_doubt = code == END_OF_WORDS_AWAITED
        return code, said

    def sendmail(self, *args: Any, **kwargs: Any) -> dict[str, tuple[int, bytes]]:
        """Send an email. Raises InDoubt where nobody can know whether it will arrive."""
        try:
            return super().sendmail(*args, **kwargs)
        except OSError:
            if self._in_doubt:
                raise InDoubt from None
            raise

    def close(self) -> None:
        """Let go of the line, and of the clock beside it."""
        super().close()
        if self._hangs_up:
            self._hangs_up.let_go()


class EmailBackend(smtp.EmailBackend):
    """Django's own, with such conversations."""

    _partial_connection: smtplib.SMTP | None  # Django's, for one that is not whole yet

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        """Django knows a second kind for `EMAIL_USE_SSL`, which is no setting of ours."""
        return Conversation

    def open(self) -> bool | None:
        """Begin a conversation. One that is broken off while it begins is let go of."""
        try:
            return super().open()
        except OSError:
            if self._partial_connection:
                self._partial_connection.close()
                self._partial_connection = None
            raise


def _call(host: str, port: int, until: float) -> socket.socket:
    """Call one address of the server after another. Raises OSError if none answers in time."""
    failed: OSError = TimeoutError()
    for *_, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        number = str(address[0])
        left = until - monotonic()
        if left <= 0:
            raise TimeoutError
        try:
            return socket.create_connection((number, port), left)
        except OSError as error:
            failed = error
    raise failed
