"""What is asked in a moment: who comes and when, and which words have changed."""

from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.utils import timezone

from profiles.core.form_fields import OneLine
from profiles.moments.changed import LONGEST_SEARCH
from profiles.pages.models import Profile
from profiles.sharing.days import LONGEST
from profiles.sharing.forms import WhoForm, last_keeper_name
from profiles.sharing.questions import day_field

KEEPER_NAME: Final = "keeper_name"
A_STAY: Final = timedelta(days=7)  # in hospital, until its person says otherwise


class ComingForm(forms.Form):
    """To whom the page will be shown, and until which day; of a kept page: who shares it, too."""

    field_order = ("reader_name", "day", KEEPER_NAME)
    keeper_name = WhoForm.base_fields[KEEPER_NAME]

    def __init__(self, *args: Any, page: Profile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not page.is_kept:
            del self.fields[KEEPER_NAME]
        else:
            self.fields[KEEPER_NAME].initial = last_keeper_name(page)

    def clean_day(self) -> date:
        """From today on, and within a year."""
        day: date = self.cleaned_data["day"]
        if day < timezone.localdate():
            raise forms.ValidationError("Choose a day from today onwards")
        if day > timezone.localdate() + LONGEST:
            raise forms.ValidationError("Choose a day within a year")
        return day

    def clean_keeper_name(self) -> str:
        """A name that can be seen, as when somebody shares."""
        return WhoForm.clean_keeper_name(self)  # type: ignore[arg-type]  # it asks for no more


class CarerForm(ComingForm):
    """Who is coming, and on which day."""

    reader_name = OneLine(
        label="Who is coming?",
        help_text="As you know them. Such as: Priya from Sunrise Home Care.",
        missing="Tell us who is coming",
        most=80,
    )
    day = day_field("On which day?", "Choose the day of the visit")


class WardForm(ComingForm):
    """For which ward, and until when: half filled in, and to be changed."""

    reader_name = OneLine(
        label="Who is it for?",
        help_text="Such as: Ward 4, City Hospital.",
        missing="Tell us which ward it is for",
        most=80,
    )
    day = day_field("Until the end of which day?", "Choose the last day")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reader_name"].initial = "The ward"
        self.fields["day"].initial = timezone.localdate() + A_STAY


class ChangedForm(forms.Form):
    """A word of one's own, by which the answer is found that has changed."""

    words = OneLine(
        label="What has changed?",
        help_text="Type a word that is on the page, or what it is about. Such as: tea, or bed.",
        missing="Type a word",
        most=LONGEST_SEARCH,
    )
