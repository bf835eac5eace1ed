"""Questions as the forms of sharing ask them: a choice, a day, and what only some choices ask."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from django import forms
from django.utils import timezone

MISSING: Final = ("required", "invalid_choice")  # what Django calls it when none is chosen
# The day comes before the month, as people here write it. The year may be its last two digits.
DAY_FORMATS: Final = [
    "%Y-%m-%d",
    *(f"%d{between}%m{between}{year}" for between in "/.-" for year in ("%Y", "%y")),
    *(f"%d {month} {year}" for month in ("%B", "%b") for year in ("%Y", "%y")),
]
BESIDE_THE_DAY: Final = re.compile(r"(?<=\d)(st|nd|rd|th)\b|(?<=sep)t\b|\bof\b|,", re.IGNORECASE)
LOOKS_LIKE_A_DAY: Final = re.compile(r"\d+[/.-]\d+[/.-]\d+")


class Day(forms.DateField):
    """A day, as people type it: 4/3/27, or 4th March 2027. Where it `has_been`, "56" is 1956."""

    def __init__(self, *, has_been: bool = False, **kwargs: Any) -> None:
        super().__init__(input_formats=DAY_FORMATS, **kwargs)
        self.has_been = has_been

    def to_python(self, value: Any) -> date | None:
        """The day; None for nothing. One that is in no calendar is told apart from other words."""
        try:
            day: date | None = super().to_python(_plain(value))
        except forms.ValidationError:
            this_year = timezone.localdate().year
            said = "There is no such day. " if LOOKS_LIKE_A_DAY.search(str(value)) else ""
            raise forms.ValidationError(
                f"{said}Write the day like 31/12/{this_year}", code="invalid"
            ) from None
        short = isinstance(value, str) and not re.search(r"\d{4}", value)
        if day and short and self.has_been and day > timezone.localdate():
            return day.replace(year=day.year - 100)
        return day


def _plain(value: Any) -> Any:
    """What was typed, without what people put beside the day, the month and the year."""
    if not isinstance(value, str):
        return value
    return " ".join(BESIDE_THE_DAY.sub(" ", value).split())


def choice(label: str, choices: Any, missing: str, **kwargs: Any) -> forms.ChoiceField:
    """One of these, as radio buttons; `missing` is said when none is chosen."""
    return forms.ChoiceField(
        label=label,
        choices=choices,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(MISSING, missing),
        **kwargs,
    )


def day_field(label: str, missing: str, **kwargs: Any) -> Day:
    """A day, typed or picked."""
    return Day(
        label=label,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "autocomplete": "off"}),
        error_messages={"required": missing},
        **kwargs,
    )


def needed_then(form: forms.Form, names: Iterable[str]) -> None:
    """These go with one of the answers above them, and cannot be skipped then: do not say so."""
    for name in names:
        form.fields[name].is_needed_then = True  # type: ignore[attr-defined]
