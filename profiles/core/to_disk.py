"""Waiting until the disk has something: then it outlives a power cut."""

import errno
import os
from pathlib import Path
from typing import Final

# What disks of other machines say that know no such thing, such as folders that a virtual machine
# shares with its host.
NOT_KNOWN_THERE: Final = {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP}


def folder_to_disk(folder: Path) -> None:
    """Wait until a name that a file in it has just got is on the disk, where that can be asked."""
    fd = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(fd)
    except OSError as fault:
        if fault.errno not in NOT_KNOWN_THERE:
            raise
    finally:
        os.close(fd)
