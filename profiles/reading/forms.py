"""What readers are asked: who they are, before they read; and what they would like to say back."""

import re
from typing import Any, ClassVar, Final

from django import forms

from profiles.access.actions import Reader
from profiles.core import codes, pasted_links
from profiles.core.form_fields import FewLines, OneCode, OneLine, Typed, plain_helper
from profiles.core.letters import can_be_seen
from profiles.language.forms import KindWords
from profiles.sharing.models import Share

CHECKED: Final = re.compile(r"/check/([^/?#&\s]+)")


class IntroductionForm(KindWords):
    """Who are you? It is kept as "said to be", and shown to the person."""

    thinks_about: ClassVar[tuple[str, ...]] = ("role", "place")

    name = OneLine(
        label="Your name",
        missing="Tell the person your name",
        autocomplete="name",
        most=80,
    )
    role = OneLine(
        label="What you do",
        help_text="Such as: nurse, support worker, driver, friend.",
        missing="Tell the person what you do",
        autocomplete="organization-title",
        most=80,
    )
    place = OneLine(
        label="Where you work",
        help_text="Such as: Ward 4, City Hospital.",
        autocomplete="organization",
        most=120,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = plain_helper(*self.fields)

    def clean_name(self) -> str:
        """A name that can be seen: the person reads it in their list."""
        name: str = self.cleaned_data["name"]
        if not can_be_seen(name):
            raise forms.ValidationError("Tell the person your name")
        return name

    def reader(self) -> Reader:
        """What they said of themself."""
        return Reader(**{name: self.cleaned_data[name] for name in ("name", "role", "place")})


class DoorstepForm(IntroductionForm):
    """The same, and the passcode where the share has one."""

    passcode = Typed(
        label="The passcode",
        help_text="6 numbers. The person who gave you the link can tell you.",
        missing="Type the passcode",
        most=codes.LONGEST_PASTE,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )

    show_card = forms.BooleanField(
        label="Show the person my hello card",
        help_text="They see it beside what they share with you. It is never shown to others here.",
        required=False,
    )

    def __init__(self, *args: Any, share: Share, has_card: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not share.passcode_set:
            del self.fields["passcode"]
        if share.kind == Share.Kind.WORKER or not has_card:
            del self.fields["show_card"]  # a named worker's card is shown in any case
        self.helper = plain_helper(*self.fields)


class TypedCodeForm(forms.Form):
    """A code that somebody read out, or that stands on paper."""

    code = OneCode(
        label="What is the code?",
        help_text="8 letters and numbers. Capitals, spaces and dashes do not matter.",
        missing="Type the code",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = plain_helper("code")

    def typed(self) -> str:
        """The code that was meant; "" if it can be none."""
        pasted = self.cleaned_data["code"]
        readings = pasted_links.unwrapped(pasted)
        found = {codes.typed(each) for reading in readings for each in CHECKED.findall(reading)}
        return found.pop() if len(found) == 1 else codes.typed(pasted)

    def holds_an_address(self) -> bool:
        """Was the address pasted that stands on paper? Then nobody typed the code."""
        readings = pasted_links.unwrapped(self.cleaned_data["code"])
        return any(CHECKED.search(reading) for reading in readings)

    def key(self) -> str:
        """The key, for somebody who pasted a whole link; "" if it is none."""
        return pasted_links.key_in_words(self.cleaned_data["code"], place="/s/")


class TellForm(KindWords):
    """What looks out of date?"""

    thinks_about = ("words",)

    words = FewLines(
        label="What looks out of date?",
        help_text="The person sees what you write. It changes nothing on their page.",
        missing="Write what looks out of date",
        most=600,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = plain_helper("words")
