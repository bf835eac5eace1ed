"""The time of day as people say it; and how far our clocks may be apart."""

from datetime import datetime, timedelta
from typing import Final

from django.utils import timezone

# What was written down by a clock that is further ahead than this is never taken for something of
# a moment ago: else what is good for an hour would be so for as long as that clock was ahead.
APART: Final = timedelta(minutes=5)
# What is asked for again so soon was one press of a button: a browser fetches a PDF, and its viewer
# fetches it again; or somebody pressed twice.
ONE_PRESS: Final = timedelta(minutes=2)
PARTS_OF_DAY: Final = ("at night", "in the morning", "in the afternoon", "in the evening")


def time_of_day(moment: datetime) -> str:
    """The time by our clock: "6:12 in the evening". Where it comes twice, which of the two."""
    here = timezone.localtime(moment)
    hour, part = here.hour % 12 or 12, PARTS_OF_DAY[here.hour // 6]
    said = f"{hour}:{here:%M} {part}"
    if here.replace(fold=0).utcoffset() == here.replace(fold=1).utcoffset():
        return said
    return f"{said} ({'after' if here.fold else 'before'} the clocks go back)"
