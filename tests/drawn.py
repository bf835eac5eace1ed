"""How much is drawn at random: by day the same each time, at night 25 times as much, and anew."""

import os
from typing import Final

from hypothesis import settings

NIGHTLY: Final = bool(os.environ.get("NIGHTLY"))

settings.register_profile("drawn", derandomize=not NIGHTLY, database=None, deadline=None)


def times(by_day: int) -> int:
    """How many are drawn now, of what is drawn so many times by day."""
    return by_day * 25 if NIGHTLY else by_day
