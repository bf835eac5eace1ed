"""The folders that worker processes keep their fonts in: each goes with whoever made it.

Whoever ends as it should takes its folders away, and a worker process whose parent was killed takes
its own. Where both were killed, nobody is left to do it: so whoever starts the next one looks for
folders that no living process holds. The kernel lets go of a lock when its holder ends, however.
"""

import fcntl
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Final

MADE: Final = "tell-it-once-"
BEING_MADE: Final = "making-tell-it-once-"  # another name, until it is locked


class Folder:
    """A folder of our own, held by this process for as long as it lives."""

    def __init__(self) -> None:
        made = tempfile.mkdtemp(prefix=BEING_MADE)
        self._lock = os.open(made, os.O_RDONLY | os.O_DIRECTORY)
        fcntl.flock(self._lock, fcntl.LOCK_SH)
        self.path = made.replace(BEING_MADE, MADE)
        Path(made).rename(self.path)

    def take_away(self) -> None:
        """Delete it, with all that is in it."""
        shutil.rmtree(self.path, ignore_errors=True)
        lock, self._lock = self._lock, -1
        if lock >= 0:  # once only: the number may be another file's by now
            os.close(lock)


def take_away_left() -> None:
    """Delete the folders of processes that are no more."""
    for folder in Path(tempfile.gettempdir()).glob(f"{MADE}*"):
        with suppress(OSError):  # somebody else's, no folder, still held, or gone just now
            _take_away_if_left(folder)


def _take_away_if_left(folder: Path) -> None:
    lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        if os.fstat(lock).st_uid == os.getuid():
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)
    finally:
        os.close(lock)
