"""WeasyPrint is read in by itself: no compiler is started to look for its libraries."""

import ctypes.util
import subprocess
import sys

import pytest
from django.conf import settings

from profiles.pdf.libraries import found_by_the_loader

linux = pytest.mark.skipif(sys.platform != "linux", reason="others ask where libraries are")
READ_IN = """
import sys
started = []
sys.addaudithook(lambda event, said: event == "subprocess.Popen" and started.append(said[1]))
from profiles.pdf.libraries import found_by_the_loader
with found_by_the_loader():
    from profiles.pdf import renderer
print(len(started))
"""


@linux
def test_no_other_program_is_started_to_find_a_library() -> None:
    read_in = subprocess.run(
        [sys.executable, "-c", READ_IN], cwd=settings.BASE_DIR, capture_output=True, check=True
    )
    assert read_in.stdout == b"0\n"


def test_afterwards_libraries_are_looked_for_as_before() -> None:
    find = ctypes.util.find_library
    with pytest.raises(ZeroDivisionError), found_by_the_loader():
        raise ZeroDivisionError
    assert ctypes.util.find_library is find
