"""Starts Python in a process of its own that inherits nothing: no environment, no keys, no files.

What strangers send is read there. Whatever it does to its reader, it can do to nothing else.

Clearing os.environ inside a process is too late: /proc/self/environ still shows what it was started
with. And multiprocessing, which can start a process, has no public way to start it with another
environment, nor without telling it the parent's main module and arguments. So it is subprocess.
"""

import os
import resource
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from socket import SHUT_WR, socket, socketpair
from time import monotonic
from typing import Final, Self

HOME: Final = Path(__file__).parents[2]
NOTHING: Final[Mapping[str, str]] = {}
LENGTH_BYTES: Final = 8


class Ended(Exception):
    """The process at the other end of the wire ended, or said what is no message."""


class Wire:
    """One end of a wire between two processes: bytes go both ways, or whole messages do.

    TimeoutError if what is asked takes longer than `within` allows, all of it together.
    """

    def __init__(self, end: socket) -> None:
        self._end = end
        self._until: float | None = None

    @classmethod
    def to_parent(cls) -> Self:
        """The line of a process that CleanProcess started. What it prints goes nowhere after."""
        end = socket(fileno=os.dup(0))
        nowhere = os.open(os.devnull, os.O_RDWR)
        for file in (0, 1):  # so that a library that prints cannot spoil a message
            os.dup2(nowhere, file)
        os.close(nowhere)
        return cls(end)

    def within(self, seconds: float) -> None:
        """Give up so many seconds from now."""
        self._until = monotonic() + seconds

    @property
    def left(self) -> float | None:
        """How many seconds are left, if there is a limit."""
        return None if self._until is None else self._until - monotonic()

    def say(self, data: bytes) -> None:
        """Bytes as they are."""
        self._keep_time()
        try:
            self._end.sendall(data)
        except ConnectionError:
            raise Ended from None

    def say_no_more(self) -> None:
        """Let the other end know that nothing follows."""
        with suppress(OSError):
            self._end.shutdown(SHUT_WR)

    def hear(self, most: int) -> bytes:
        """What the other end says until it has said all, or so many bytes of it."""
        heard = bytearray()
        while len(heard) < most:
            self._keep_time()
            try:
                piece = self._end.recv(min(most - len(heard), 1 << 20))
            except ConnectionError:  # it ended without reading all that we said
                break
            if not piece:
                break
            heard += piece
        return bytes(heard)

    def send(self, message: bytes) -> None:
        """One message."""
        self.say(len(message).to_bytes(LENGTH_BYTES) + message)

    def receive(self, most: int) -> bytes:
        """The next message, if it is no longer than this."""
        length = int.from_bytes(self._all_of(LENGTH_BYTES))
        if length > most:
            raise Ended
        return self._all_of(length)

    def close(self) -> None:
        """Let go of the wire."""
        self._end.close()

    def _all_of(self, length: int) -> bytes:
        heard = self.hear(length)
        if len(heard) < length:
            raise Ended
        return heard

    def _keep_time(self) -> None:
        left = self.left
        if left is not None and left <= 0:
            raise TimeoutError
        self._end.settimeout(left)


def python(module: str) -> list[str]:
    """How a module of ours is started as a program."""
    return [sys.executable, "-E", "-s", "-m", module]


class CleanProcess:
    """A process that was started clean, and the wire to it."""

    def __init__(self, program: Sequence[str], environment: Mapping[str, str] = NOTHING) -> None:
        ours, theirs = socketpair()
        self.wire = Wire(ours)
        with theirs:
            try:
                self._process = subprocess.Popen(  # noqa: S603  # our own program, without a shell
                    program,
                    stdin=theirs.fileno(),
                    stdout=theirs.fileno(),
                    stderr=subprocess.DEVNULL,  # a library's complaint may hold somebody's words
                    env=environment,
                    cwd=HOME,
                    # Nothing sent to the group of its parent ends it halfway, such as Ctrl-C does.
                    # It ends when its parent lets go of the wire, and its parent's end does that.
                    start_new_session=True,
                )
            except BaseException:
                ours.close()
                raise

    @property
    def pid(self) -> int:
        """Its number."""
        return self._process.pid

    def status(self) -> int:
        """How it ended by itself, within the time that its wire has left."""
        try:
            return self._process.wait(self.wire.left)
        except subprocess.TimeoutExpired:
            raise TimeoutError from None

    def end(self) -> int:
        """End it now, with all that it may have started."""
        if self._process.returncode is None:  # after that, its number may be another's
            with suppress(ProcessLookupError, PermissionError):  # macOS says so of one that ended
                os.killpg(self._process.pid, signal.SIGKILL)
        self.wire.close()
        return self._process.wait()


def limit(*, memory: int, seconds: int, file_bytes: int | None = None) -> None:
    """Let this process use no more memory and computing time, write no larger file, leave no core.

    Called in the process itself, before it reads what strangers sent: between fork and exec,
    Python could deadlock in a parent that has threads.
    """
    _limit(resource.RLIMIT_AS, memory)
    _limit(resource.RLIMIT_CPU, seconds)
    _limit(resource.RLIMIT_CORE, 0)
    if file_bytes is not None:
        _limit(resource.RLIMIT_FSIZE, file_bytes)


def _limit(what: int, most: int) -> None:
    try:
        resource.setrlimit(what, (most, most))
    except (ValueError, OSError):
        if sys.platform == "linux":  # elsewhere, some of these limits do not exist
            raise
