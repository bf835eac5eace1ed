"""What is asked before a clinic's computer may take the page. Nothing is ticked beforehand."""

from datetime import date
from typing import Any, Final, Self

from django import forms
from django.utils import timezone

from profiles.core import codes
from profiles.core.form_fields import OneLine
from profiles.sharing.clinic import FoundBy, Taking, clinic_link_of
from profiles.sharing.models import Share
from profiles.sharing.questions import choice, day_field

OLDEST: Final = date(1890, 1, 1)  # nobody alive was born before
NHS_DIGITS: Final = 10
GENDERS: Final = (  # the codes of FHIR's administrative-gender
    ("female", "Female"),
    ("male", "Male"),
    ("other", "Something else"),
    ("unknown", "I would rather not say"),
)
GENDER_WORDS: Final = {**dict(GENDERS), "unknown": "not said"}
PURPOSES: Final = {  # as browsers call them
    "given_names": "given-name",
    "family_name": "family-name",
    "birth_date": "bday",
}
# The same questions to whoever keeps the page for somebody.
KEEPERS_LABELS: Final = {
    "taking": "How does their computer take the page?",
    "given_names": "What are the person’s first names, as the hospital or clinic has them?",
    "family_name": "What is their last name?",
    "birth_date": "When was the person born?",
    "gender": "What does the hospital or clinic have as their gender?",
    "nhs_number": "What is their NHS number?",
}
KEEPERS_HELP: Final = {
    "given_names": "As on a letter. Leave it empty if they have only one name.",
    "family_name": "If they have only one name, write it here.",
    "nhs_number": "10 digits, such as 943 476 5919.",
}


class ClinicForm(forms.Form):
    """How does its computer take the page, and by what does it find the person?"""

    taking = choice(
        "How does their computer take your page?",
        [
            (Taking.NOW.value, "It scans a picture now, or somebody pastes a link"),
            (Taking.PASSCODE.value, "With a link, and a passcode that you tell them"),
            (
                Taking.UPDATED.value,
                "With a link and a passcode, and it may look again for newer words",
            ),
        ],
        "Choose how their computer takes it",
        help_text="If you are not sure, ask them.",
    )
    given_names = OneLine(
        label="What are your first names, as they have them?",
        help_text="As on a letter from them. If you have only one name, leave this empty.",
        most=80,
    )
    family_name = OneLine(
        label="What is your last name?",
        help_text="If you have only one name, write it here.",
        missing="Write the last name, as they have it",
        most=80,
    )
    birth_date = day_field(
        "When were you born?", "Write the day of birth, like 4/3/1956", has_been=True
    )
    gender = choice(
        "What do they have as your gender?",
        GENDERS,
        "Choose what they have as the gender, or “I would rather not say”",
    )
    nhs_number = OneLine(
        label="What is your NHS number?",
        help_text="10 digits, such as 943 476 5919. It is on letters from your doctor or hospital.",
        most=40,
    )

    def __init__(self, *args: Any, for_someone: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["nhs_number"].widget.attrs |= {"inputmode": "numeric", "spellcheck": "false"}
        if not for_someone:  # a browser may know these of whoever uses it
            for name, purpose in PURPOSES.items():
                self.fields[name].widget.attrs["autocomplete"] = purpose
        else:
            for name, label in KEEPERS_LABELS.items():
                self.fields[name].label = label
            theirs = [(key, words.replace("I would", "They would")) for key, words in GENDERS]
            self.fields["gender"].choices = theirs  # type: ignore[attr-defined]
            for name, help_text in KEEPERS_HELP.items():
                self.fields[name].help_text = help_text

    @classmethod
    def about(cls, share: Share, data: Any = None) -> Self:
        """The form, with what was said before."""
        link = clinic_link_of(share)
        said = {}
        if link and link.taking:
            said = {name: getattr(link, name) for name in cls.base_fields}
        return cls(data, initial=said, for_someone=share.profile.is_kept)

    def clean_family_name(self) -> str:
        """A name by which somebody can be found."""
        name: str = self.cleaned_data["family_name"]
        if not any(letter.isalpha() for letter in name):
            raise forms.ValidationError("Write the last name, as they have it")
        return name

    def clean_birth_date(self) -> date:
        """A day that has been."""
        day: date = self.cleaned_data["birth_date"]
        if day > timezone.localdate():
            raise forms.ValidationError("That day is still to come. Write the day of birth")
        if day < OLDEST:
            raise forms.ValidationError("That is too long ago. Check the year")
        return day

    def clean_nhs_number(self) -> str:
        """Ten digits of which the last is right for the others; "" if none was typed."""
        typed: str = self.cleaned_data["nhs_number"]
        if not typed:
            return ""
        number = codes.digits(typed, length=NHS_DIGITS)
        if not is_nhs_number(number):
            raise forms.ValidationError(
                "That is not an NHS number. It has 10 digits. Check them, or leave it out"
            )
        return number

    def chosen(self) -> dict[str, Any]:
        """What was said, as the action wants it."""
        given = self.cleaned_data
        return {
            "taking": Taking(given["taking"]),
            "found_by": FoundBy(
                given_names=given["given_names"],
                family_name=given["family_name"],
                birth_date=given["birth_date"].isoformat(),
                gender=given["gender"],
                nhs_number=given["nhs_number"],
            ),
        }


def is_nhs_number(digits: str) -> bool:
    """Is its last digit what the nine before it make it? Then no digit was mistyped.

    Each of the nine counts 10 times, 9 times and so on to twice; all ten come to a multiple of 11.
    Ten times the same digit do so too, and are nobody's number.
    """
    if len(digits) != NHS_DIGITS or len({*digits}) == 1:
        return False
    weights = range(NHS_DIGITS, 0, -1)
    return sum(int(d) * w for d, w in zip(digits, weights, strict=True)) % 11 == 0
