"""Lets WeasyPrint be read in without fifty other programs."""

import ctypes.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def found_by_the_loader() -> Iterator[None]:
    """WeasyPrint looks for each of its libraries under the names that many systems give it. For
    each that is not this one's, Python would start a compiler and a linker to look for it.

    Linux's own loader finds each by the name that is right: there nothing else is asked meanwhile.
    """
    if sys.platform != "linux":
        yield
        return
    find = ctypes.util.find_library
    ctypes.util.find_library = _nowhere_else
    try:
        yield
    finally:
        ctypes.util.find_library = find


def _nowhere_else(name: str) -> None:
    """The loader did not find it, so it is not here under this name."""
