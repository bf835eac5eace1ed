"""Until when a share lasts: the days that people choose, as moments that the clock needs."""

import calendar
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from django.utils import timezone
from django.utils.formats import date_format

from profiles.core.clock import time_of_day

LONGEST: Final = timedelta(days=366)  # a share is never for ever


class Until(StrEnum):
    """The ways to say how long."""

    VISIT = "visit"
    WEEK = "week"
    MONTHS = "months"
    DAY = "day"
    DESK = "desk"  # these two from the yes on, with a clinic's computer
    TWO_DAYS = "two days"


def ends_on(until: Until, today: date) -> date:
    """The last day of a share that is made today. A visit may be tomorrow's."""
    match until:
        case Until.VISIT:
            return today + timedelta(days=1)
        case Until.WEEK:
            return today + timedelta(days=7)
        case Until.MONTHS:
            return three_months_after(today)
        case _:
            raise ValueError("That is not a day that we can reckon.")


def three_months_after(day: date) -> date:
    """The same day three months on, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + 3, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def end_of(day: date) -> datetime:
    """The moment at which this day is over, by our clock."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def last_day(moment: datetime) -> date:
    """The day that is over at this moment, or during which it falls."""
    return timezone.localtime(moment - timedelta(microseconds=1)).date()


def written(day: date) -> str:
    """A day as people write it: "Thursday 26 November 2026"."""
    return date_format(day, "l j F Y")


def is_whole_day(moment: datetime) -> bool:
    """Does a day end at this moment? By some clocks, one day a year begins at one at night."""
    return end_of(last_day(moment)).timestamp() == moment.timestamp()


def written_with_time(moment: datetime) -> str:
    """A moment as people say it: "2:35 in the afternoon on Thursday 26 November 2026"."""
    return f"{time_of_day(moment)} on {written(timezone.localdate(moment))}"
