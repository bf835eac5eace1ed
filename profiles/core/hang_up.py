"""One end for a whole conversation, whatever the other side does: somebody may be waiting.

A socket's own time-out begins anew with every byte that comes. So a server that lets a byte drop
now and then could hold a thread of ours for ever.
"""

import socket
from contextlib import suppress
from threading import Timer
from time import monotonic


class HangsUp:
    """Cuts a line at this moment, by the clock of `monotonic`: whoever waits on it wakes up."""

    def __init__(self, called: socket.socket, until: float) -> None:
        # A handle of our own: with TLS the first becomes another object.
        self._line = called.dup()
        self._clock = Timer(max(0, until - monotonic()), self._cut)
        self._clock.daemon = True
        self._clock.start()

    def let_go(self) -> None:
        """The conversation is over: no clock runs on. It is safe to say twice."""
        self._clock.cancel()
        self._clock.join()  # before its handle is closed, whose number could be given anew
        self._line.close()

    def _cut(self) -> None:
        with suppress(OSError):  # it may be over already
            self._line.shutdown(socket.SHUT_RDWR)
