"""The question how it was decided. Nothing is ticked beforehand."""

from datetime import date
from typing import Any, Final, Self

from django import forms
from django.utils import timezone

from profiles.core.form_fields import FewLines, OneLine
from profiles.sharing.days import LONGEST
from profiles.sharing.decided import (
    AUTHORITY,
    HELP,
    SHOWN,
    THEY_HELP,
    THEY_SHOWED,
    Decided,
    Mode,
)
from profiles.sharing.models import Share
from profiles.sharing.questions import choice, day_field, needed_then

KEEPERS_LABELS: Final = {
    "mode": "How was it decided?",
    "help": "How did you help them to understand?",
    "shown_by": "How did they say yes?",
}


class DecidedForm(forms.Form):
    """How did you decide? Each way has its own things to write down."""

    mode = choice(
        "How did you decide?",
        [
            (Mode.ME.value, "I decided"),
            (Mode.HELPED.value, "I decided, with help from somebody"),
            (Mode.FOR_ME.value, "It was decided for me"),
        ],
        "Choose how you decided",
    )
    helper_name = OneLine(label="Who helped you?", most=80)
    help = forms.MultipleChoiceField(
        label="How did they help?",
        choices=list(HELP.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    shown_by = choice("How did you say yes?", list(SHOWN.items()), "", required=False)
    authority = choice(
        "What gives somebody the right to decide this?",
        list(AUTHORITY.items()),
        "",
        required=False,
        help_text="These are the rules in England and Wales.",
    )
    reference = OneLine(label="Its number, if it has one", most=60)
    decided_by = OneLine(label="Who decided? Their name, and who they are to the person", most=120)
    asked = OneLine(label="Who else was asked?", most=200)
    person_showed = FewLines(label="What did the person show that they want?", most=500)
    can_object = OneLine(label="How can the person say no to this?", most=200)
    review_on = day_field("When will this be looked at again?", "", required=False)

    NEEDED: Final = {
        Mode.HELPED: {
            "helper_name": "Tell us who helped you",
            "help": "Choose how they helped",
            "shown_by": "Choose how you said yes",
        },
        Mode.TOLD: {"shown_by": "Choose how they said yes"},
        Mode.FOR_ME: {
            "authority": "Choose what gives the right to decide",
            "decided_by": "Tell us who decided",
            "asked": "Tell us who else was asked. If nobody was, say so",
            "person_showed": "Tell us what the person showed that they want",
            "can_object": "Tell us how the person can say no",
            "review_on": "Choose the day on which this will be looked at again",
        },
    }
    FOR_MODE: Final = {
        Mode.HELPED: ("helper_name", "help", "shown_by"),
        Mode.TOLD: ("help", "shown_by"),
        Mode.FOR_ME: (
            "authority", "reference", "decided_by", "asked", "person_showed", "can_object",
            "review_on",
        ),
    }  # fmt: skip

    KEEPERS_WAYS: Final = (
        (Mode.TOLD.value, "They told me yes"),
        (Mode.FOR_ME.value, "I decided for them, or somebody else did"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keeper_name = ""  # of whoever is asked for somebody else: see `asking`
        needed_then(self, [name for needed in self.NEEDED.values() for name in needed])

    def asking(self, share: Share) -> Self:
        """The same question, to whoever is asked about this share: its keeper can say neither
        "I decided" nor "with help", which only the person can.
        """
        if not share.by_keeper:
            return self
        self.keeper_name = share.keeper_name or ""
        said: dict[str, Any] = {"mode": self.KEEPERS_WAYS}
        said |= {"help": list(THEY_HELP.items()), "shown_by": list(THEY_SHOWED.items())}
        for name, choices in said.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        for name, label in KEEPERS_LABELS.items():
            self.fields[name].label = label
        return self

    def clean(self) -> dict[str, Any]:
        """What belongs to the chosen way has to be said; the rest is let go."""
        given = super().clean() or {}
        mode = Mode(given["mode"]) if given.get("mode") else None
        mine = self.FOR_MODE.get(mode, ()) if mode else ()
        for name in {name for names in self.FOR_MODE.values() for name in names} - {*mine}:
            given.pop(name, None)
            self.errors.pop(name, None)
        for name, missing in self.NEEDED.get(mode, {}).items() if mode else ():
            if not given.get(name) and name not in self.errors:
                self.add_error(name, missing)
        self._check_review(given.get("review_on"))
        return given

    def decided(self) -> Decided:
        """The decision, ready for the ledger."""
        given, mode = self.cleaned_data, Mode(self.cleaned_data["mode"])
        for_them = [name for name in self.FOR_MODE[Mode.FOR_ME] if name != "review_on"]
        said = {name: given.get(name) or "" for name in for_them}
        if mode is Mode.TOLD:
            said["decided_by"] = self.keeper_name
        return Decided(
            mode=mode,
            helper=given.get("helper_name", ""),
            help=tuple(given.get("help", ())),
            shown=given.get("shown_by", ""),
            **said,
            review_on=given.get("review_on"),
        )

    def _check_review(self, day: date | None) -> None:
        today = timezone.localdate()
        if day and not today < day <= today + LONGEST:
            self.add_error("review_on", "Choose a day after today, and within a year")
