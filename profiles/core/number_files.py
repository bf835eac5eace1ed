"""The files in which a worker of the server counts, with room that a full disk cannot take away.

prometheus-client maps them into memory and lets them grow with holes in them. Whoever writes into a
hole when the disk is full is killed at once (SIGBUS), with all that its threads are at: also with
the stop of somebody who shares. So every file is written whole before anything is counted in it.
"""

import logging
import os
import sys
from pathlib import Path
from typing import Final

FOLDER: Final = "PROMETHEUS_MULTIPROC_DIR"  # the library's own name, as are those of the files
# Each is more than there are pages, with each status that they can have, and kinds of what is made.
SIZES: Final = {"histogram": 2**23, "counter": 2**16}
USED: Final = 4  # bytes at its beginning, which say how many of it are used

log = logging.getLogger(__name__)


def reserve(pid: int) -> None:
    """Make the files of this worker. Where there is no room for them, it counts by itself."""
    folder = Path(os.environ[FOLDER])
    try:
        for kind, size in SIZES.items():
            half = folder / f"{kind}_{pid}.half"  # whoever adds up now would find it empty
            half.write_bytes(bytes(size))
            half.rename(half.with_suffix(".db"))
    except OSError as error:
        for path in folder.glob(f"*_{pid}.*"):
            path.unlink()
        del os.environ[FOLDER]
        log.error("A worker counts by itself: %s", type(error).__name__)


def give_back(pid: int) -> None:
    """Let go of the room that a worker did not need. What it counted stays in the sum.

    Of one that counted nothing no file stays: an empty one breaks the sum of all.
    """
    for kind in SIZES:
        path = Path(os.environ[FOLDER], f"{kind}_{pid}.db")
        if path.exists():
            with path.open("r+b") as file:
                used = int.from_bytes(file.read(USED), sys.byteorder)
                if used:
                    file.truncate(used)
                else:
                    path.unlink()
