"""A server with one place to print, in which every paper is watched as it is written down."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest

from profiles.core.busy import NoPlace, Places
from profiles.door import paper_codes
from profiles.pdf import pool


def is_free(places: Places) -> bool:
    """Could another thread than this print?"""

    def prints() -> bool:
        try:
            with places.to_print():
                return True
        except NoPlace:
            return False

    with ThreadPoolExecutor(1) as another:
        return another.submit(prints).result()


@contextmanager
def held_until_written() -> Iterator[None]:
    """One paper is written down in here, while its place is held; then that is given back."""
    places, write = Places(4), paper_codes._write
    was_free: list[bool] = []

    def watched(*args: Any, **named: Any) -> Any:
        was_free.append(is_free(places))
        return write(*args, **named)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pool, "PLACES", places)
        patch.setattr(paper_codes, "_write", watched)
        assert is_free(places)
        yield
    assert was_free == [False]
    assert is_free(places)
