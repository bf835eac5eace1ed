"""Until when: days as people choose them, moments as the clock needs them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from profiles.sharing.days import (
    Until,
    end_of,
    ends_on,
    is_whole_day,
    last_day,
    three_months_after,
    written,
    written_with_time,
)


@pytest.mark.parametrize(
    "until, last",
    [
        (Until.VISIT, date(2026, 11, 26)),  # a visit may be tomorrow's
        (Until.WEEK, date(2026, 12, 2)),
        (Until.MONTHS, date(2027, 2, 25)),
    ],
)
def test_each_way_has_its_last_day(until, last):
    assert ends_on(until, date(2026, 11, 25)) == last


@pytest.mark.parametrize(
    "day, later",
    [
        (date(2026, 11, 30), date(2027, 2, 28)),  # February has no 30th
        (date(2027, 11, 30), date(2028, 2, 29)),
        (date(2026, 12, 31), date(2027, 3, 31)),
        (date(2026, 9, 15), date(2026, 12, 15)),
    ],
)
def test_three_months_on_is_a_day_that_exists(day, later):
    assert three_months_after(day) == later


@pytest.mark.parametrize(
    "day, over",
    [
        (date(2026, 11, 25), datetime(2026, 11, 26, 0, tzinfo=UTC)),
        (date(2026, 7, 1), datetime(2026, 7, 1, 23, tzinfo=UTC)),  # summer time
        (date(2026, 10, 25), datetime(2026, 10, 26, 0, tzinfo=UTC)),  # the day with 25 hours
        (date(2026, 3, 29), datetime(2026, 3, 29, 23, tzinfo=UTC)),  # the day with 23
    ],
)
def test_a_day_is_over_at_midnight_by_our_clock(day, over):
    assert end_of(day) == over
    assert last_day(over) == day


def test_a_moment_in_the_day_falls_on_it():
    noon = timezone.make_aware(datetime(2026, 11, 25, 12))
    assert last_day(noon) == date(2026, 11, 25)
    assert last_day(noon + timedelta(hours=12)) == date(2026, 11, 25)


def test_a_day_is_written_as_people_write_it():
    assert written(date(2026, 11, 5)) == "Thursday 5 November 2026"


@pytest.mark.parametrize(
    "hour, said",
    [
        (0, "12:05 at night"),
        (9, "9:05 in the morning"),
        (12, "12:05 in the afternoon"),
        (20, "8:05 in the evening"),
    ],
)
def test_a_time_is_written_as_people_say_it(hour, said):
    moment = timezone.make_aware(datetime(2026, 7, 5, hour, 5))
    assert written_with_time(moment) == f"{said} on Sunday 5 July 2026"


@pytest.mark.parametrize(
    "zone, day",
    [
        ("Europe/London", date(2026, 3, 29)),
        ("Europe/London", date(2026, 10, 25)),
        ("Africa/Cairo", date(2026, 4, 23)),  # the day after it begins at one
        ("America/Havana", date(2026, 10, 31)),  # in the day after it, midnight comes twice
    ],
)
def test_a_day_ends_once_also_where_the_clocks_are_changed(zone, day):
    with timezone.override(zone):
        moment = end_of(day).astimezone(UTC)  # as the database has it
        assert last_day(moment) == day and is_whole_day(moment)
        assert not is_whole_day(moment + timedelta(hours=1))


@pytest.mark.parametrize(
    "hour, said",
    [
        (0, "1:05 at night (before the clocks go back) on"),
        (1, "1:05 at night (after the clocks go back) on"),
        (2, "2:05 at night on"),
    ],
)
def test_an_hour_that_comes_twice_is_told_apart(hour, said):
    moment = datetime(2026, 10, 25, hour, 5, tzinfo=UTC)
    assert written_with_time(moment) == f"{said} Sunday 25 October 2026"


def test_no_other_hour_is_said_to_come_twice():
    assert written_with_time(datetime(2026, 3, 29, 1, 5, tzinfo=UTC)).startswith("2:05 at night on")
