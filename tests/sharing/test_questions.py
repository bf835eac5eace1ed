"""A day as people type it, where no browser helps them to pick it."""

from datetime import UTC, date, datetime

import pytest
from django.forms import ValidationError
from time_machine import travel

from profiles.sharing.questions import day_field

BEFORE_NEW_YEAR = datetime(2026, 12, 31, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock():
    with travel(BEFORE_NEW_YEAR, tick=False):
        yield


@pytest.mark.parametrize(
    "typed",
    [
        "1/2/27",
        "01/02/2027",
        "1.2.27",
        "1-2-2027",
        "1 Feb 27",
        "1st February, 2027",
        " 2027-02-01 ",
    ],
)
def test_the_first_of_february(typed):
    assert day_field("", "").clean(typed) == date(2027, 2, 1)


@pytest.mark.parametrize(
    "typed, day",
    [("2nd of Sept 2027", date(2027, 9, 2)), ("29/2/28", date(2028, 2, 29))],
)
def test_other_days_as_they_are_typed(typed, day):
    assert day_field("", "").clean(typed) == day


@pytest.mark.parametrize(
    "typed, born",
    [
        ("4/3/56", date(1956, 3, 4)),
        ("31/12/26", date(2026, 12, 31)),
        ("1/1/27", date(1927, 1, 1)),
        ("1/1/2027", date(2027, 1, 1)),  # still to come, which is told
    ],
)
def test_a_year_of_two_digits_is_one_that_has_been_where_that_is_asked(typed, born):
    assert day_field("", "", has_been=True).clean(typed) == born


@pytest.mark.parametrize("typed", ["31/6/2027", "29.2.27", "12/31/2026", "2027-06-31"])
def test_a_day_that_is_in_no_calendar_is_told(typed):
    with pytest.raises(ValidationError, match="There is no such day. Write .* like 31/12/2026"):
        day_field("", "").clean(typed)


@pytest.mark.parametrize("typed", ["next Friday", "soon", "1/2", "Feb 2027"])
def test_words_that_name_no_day_are_no_guess(typed):
    with pytest.raises(ValidationError, match="^..Write the day like 31/12/2026"):
        day_field("", "").clean(typed)
