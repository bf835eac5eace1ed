"""The time of day as people say it."""

from datetime import datetime
from typing import Final

from django.utils import timezone

PARTS_OF_DAY: Final = ("at night", "in the morning", "in the afternoon", "in the evening")


def time_of_day(moment: datetime) -> str:
    """The time by our clock: "6:12 in the evening"."""
    here = timezone.localtime(moment)
    hour, part = here.hour % 12 or 12, PARTS_OF_DAY[here.hour // 6]
    return f"{hour}:{here:%M} {part}"
