"""Whose a file is: root runs commands on a site, and another account serves and has to read it."""

import os
from pathlib import Path


def give_as(path: Path, like: Path) -> None:
    """Let a file belong to whom that file or folder belongs to. Only root can: what others write is
    theirs.
    """
    if os.geteuid() == 0:
        owner = like.stat()
        os.chown(path, owner.st_uid, owner.st_gid)
