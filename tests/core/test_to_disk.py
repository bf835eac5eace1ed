"""A disk that does not know how to keep a folder's names at once is no reason to keep nothing."""

import errno
import os
import stat
from pathlib import Path

import pytest

from profiles.core.copies import written_whole
from profiles.core.to_disk import folder_to_disk


@pytest.fixture(params=[errno.EINVAL, errno.EIO])
def fault(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """What a disk says that is asked about a folder."""
    fsync, number = os.fsync, int(request.param)

    def asked(fd: int) -> None:
        if stat.S_ISDIR(os.fstat(fd).st_mode):
            raise OSError(number, "CNRY")
        fsync(fd)

    monkeypatch.setattr(os, "fsync", asked)
    return number


def test_what_it_does_not_know_is_passed_over_and_what_breaks_is_not(
    fault: int, tmp_path: Path
) -> None:
    if fault == errno.EIO:
        with pytest.raises(OSError, match="CNRY"):
            folder_to_disk(tmp_path)
    else:
        with written_whole(tmp_path / "backup") as half:
            half.write_bytes(b"whole")
        assert (tmp_path / "backup").read_bytes() == b"whole"
