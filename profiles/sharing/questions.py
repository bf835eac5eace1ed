"""Questions as the forms of sharing ask them: a choice, a day, and what only some choices ask."""

from collections.abc import Iterable
from typing import Any, Final

from django import forms

MISSING: Final = ("required", "invalid_choice")  # what Django calls it when none is chosen
DAY_FORMATS: Final = ["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y"]


def choice(label: str, choices: Any, missing: str, **kwargs: Any) -> forms.ChoiceField:
    """One of these, as radio buttons; `missing` is said when none is chosen."""
    return forms.ChoiceField(
        label=label,
        choices=choices,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(MISSING, missing),
        **kwargs,
    )


def day_field(label: str, missing: str, **kwargs: Any) -> forms.DateField:
    """A day, typed or picked."""
    return forms.DateField(
        label=label,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "autocomplete": "off"}),
        input_formats=DAY_FORMATS,
        error_messages={
            "required": missing,
            "invalid": "Write the day like 31/12/2026",
        },
        **kwargs,
    )


def needed_then(form: forms.Form, names: Iterable[str]) -> None:
    """These go with one of the answers above them, and cannot be skipped then: do not say so."""
    for name in names:
        form.fields[name].is_needed_then = True  # type: ignore[attr-defined]
