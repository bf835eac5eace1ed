"""Servers that tests start and stop themselves, each in a folder of its own."""

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from redis import Redis
from redis.exceptions import RedisError

PATIENCE: Final = 60.0  # seconds: more than a machine that is busy with other things needs


class NotThere(AssertionError):
    """It did not come in time. The message is what it wrote last."""


class Server:
    """A program that runs until it is stopped, with whatever it starts itself."""

    def __init__(
        self,
        command: Sequence[str],
        folder: Path,
        *,
        env: Mapping[str, str] | None = None,
        user: str | None = None,
    ) -> None:
        self.command, self._folder, self._env, self._user = [*command], folder, env, user
        self.log = folder / "log"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, as the head of a group of processes of its own."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command, cwd=self._folder, env=self._env, stdout=log, stderr=log,
                user=self._user, start_new_session=True,
            )  # fmt: skip

    def tell(self, what: signal.Signals) -> None:
        """Send it a signal."""
        assert self.process
        self.process.send_signal(what)

    def children(self) -> set[int]:
        """The numbers of the processes that its first one has started, and that are still there."""
        assert self.process
        pid = self.process.pid
        found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return {int(number) for number in found}

    def begin_anew(self) -> None:
        """Tell its first process to start the others anew, and wait until the old ones are gone."""
        before = self.children()
        self.tell(signal.SIGHUP)
        self.until(lambda: bool(self.children()) and not self.children() & before)

    def kill(self) -> None:
        """End it and all that it started, as a power cut does."""
        if self.process:
            with suppress(ProcessLookupError):  # all of them are gone
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def stop(self, politely: signal.Signals = signal.SIGTERM) -> None:
        """Ask it to end, and wait for it; one that does not is killed."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(politely)
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(timeout=20)
        self.kill()

    def until(self, true: Callable[[], bool]) -> None:
        """Wait until this is so. NotThere, with its log, if it ends or does not come."""
        end = time.monotonic() + PATIENCE
        while not true():
            ended = self.process is None or self.process.poll() is not None
            if ended or time.monotonic() > end:
                raise NotThere(self.log.read_text(errors="replace")[-3_000:])
            time.sleep(0.02)


def program(name: str, *folders: str) -> str:
    """Where a program is. bin/setup tests installs it."""
    found = shutil.which(name, path=os.pathsep.join([os.environ["PATH"], "/usr/sbin", *folders]))
    assert found, f"There is no {name} here. Please run: bin/setup tests"
    return found


def free_port() -> int:
    """One that nobody has on this machine just now."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        return int(door.getsockname()[1])


def answers(port: int) -> bool:
    """Does anybody listen there?"""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
    except OSError:
        return False
    return True


class RedisServer(Server):
    """A Redis that keeps nothing, on a socket in its folder."""

    def __init__(self, folder: Path) -> None:
        self.address = f"unix://{folder}/socket"
        command = [program("redis-server"), "--port", "0", "--unixsocket", f"{folder}/socket"]
        super().__init__([*command, "--save", "", "--appendonly", "no"], folder)

    def start(self) -> None:
        super().start()
        self.until(self._is_there)

    def _is_there(self) -> bool:
        with Redis.from_url(self.address) as asked:
            try:
                return bool(asked.ping())
            except RedisError:
                return False
