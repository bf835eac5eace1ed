"""What workers are asked: about themselves, what they promise, and a sorry when it was missed."""

from dataclasses import asdict
from functools import cache
from typing import Any, Final, cast

from django import forms
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from profiles.core.form_fields import FewLines, OneCode, OneLine, plain_helper
from profiles.language.forms import KindWords
from profiles.reading.forms import IntroductionForm, TypedCodeForm
from profiles.sharing.days import LONGEST
from profiles.sharing.questions import day_field, needed_then
from profiles.workers.about import About
from profiles.workers.models import HelloCard
from profiles.workers.promise_actions import Promised

# So that the fullest card still fits on its paper in the widest letters: tests/door/test_hello.py.
LONGEST_NAME: Final = 40
LONGEST_ROLE: Final = 60
LONGEST_PLACE: Final = 80
LONGEST_WORDS: Final = 140


class InShort(FewLines):
    """A few words on one line, with room to see them while they are typed."""

    def to_python(self, value: Any) -> str:
        """The words, with single spaces between them."""
        return " ".join(super().to_python(value).split())


class CardForm(KindWords):
    """Who you are, for the people you work with."""

    thinks_about = ("role", "enjoys", "works", "thanked")

    name = OneLine(
        label="Your name",
        help_text="As you like to be called.",
        missing="Tell people your name",
        autocomplete="name",
        most=LONGEST_NAME,
    )
    role = OneLine(
        label="What you do",
        help_text="Such as: support worker, nurse, driver.",
        autocomplete="organization-title",
        most=LONGEST_ROLE,
    )
    place = OneLine(
        label="Where you work",
        help_text="Such as: Sunrise Home Care.",
        autocomplete="organization",
        most=LONGEST_PLACE,
    )
    enjoys = InShort(
        label="What I enjoy",
        help_text="Such as: growing tomatoes, Welsh rugby, bad jokes.",
        most=LONGEST_WORDS,
        rows=2,
    )
    works = InShort(
        label="How I like to work",
        help_text="Such as: I sit down first, and I ask before I help.",
        most=LONGEST_WORDS,
        rows=2,
    )
    thanked = InShort(
        label="What people thank me for",
        help_text="Such as: I am on time, and I remember the dog’s name.",
        most=LONGEST_WORDS,
        rows=2,
    )

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = plain_helper(*self.fields)

    @classmethod
    def about(cls, card: HelloCard | None, data: Any = None) -> "CardForm":
        """The form, with what the card says already."""
        return cls(data, initial=asdict(card.about) | {"seen": card.mark} if card else {})

    def said(self) -> About:
        """What they say of themself."""
        said = {name: words for name, words in self.cleaned_data.items() if name != "seen"}
        return About(**said)

    def start_from(self, card: HelloCard) -> None:
        """Show the same words again, for somebody who has now seen what the card says."""
        data = cast(QueryDict, self.data).copy()
        data["seen"] = card.mark
        self.data = data


class HaveReadForm(KindWords):
    """One thing I will do because I read this; and perhaps a promise with a day."""

    thinks_about = ("promise", "promised")

    promise = FewLines(
        label="One thing I will do because I read this",
        help_text="Such as: I will ask before I move your chair. The person sees it.",
        most=300,
        rows=2,
    )
    promised = FewLines(
        label="What do you promise?",
        help_text="Such as: I will ring you on Tuesday morning. The person sees it.",
        most=300,
        rows=2,
    )
    by_day = day_field("By which day?", "Choose the day", required=False)

    def __init__(self, *args: Any, can_remind: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = timezone.localdate()
        needed_then(self, ["by_day"])
        self.fields["by_day"].help_text = (
            "We send you an email the day before."
            if can_remind
            else "You are not signed in, so we cannot remind you. Write it down for yourself too."
        )

    def clean(self) -> dict[str, Any]:
        """A promise has words and a day: from today on, and within a year."""
        given = super().clean() or {}
        if self.errors.keys() & {"promised", "by_day"}:
            return given
        words, day = given.get("promised"), given.get("by_day")
        if words and day is None:
            self.add_error("by_day", "Choose the day by which you will do it")
        elif day and not words:
            self.add_error("promised", "Say what you promise, or leave the day out")
        elif day and day < self.today:
            self.add_error("by_day", "Choose a day from today onwards")
        elif day and day > self.today + LONGEST:
            self.add_error("by_day", "Choose a day within a year")
        return given

    def promise_made(self) -> Promised | None:
        """What was promised, if anything was."""
        words, day = self.cleaned_data["promised"], self.cleaned_data["by_day"]
        return Promised(words=words, by_day=day) if words else None


@cache
def nothing_said_yet(*, can_remind: bool) -> SafeString:
    """The fields of HaveReadForm before anybody types: the same on every page that is read."""
    form = HaveReadForm(can_remind=can_remind)
    return render_to_string("workers/have_read_fields.html", {"form": form})


class SorryForm(KindWords):
    """A sorry, in one's own words. There are none of ours."""

    thinks_about = ("words",)

    words = FewLines(
        label="Say sorry in your own words, if you want to",
        help_text="The person sees it, once. You can leave it out.",
        missing="Write your sorry, or go back without one",
        most=300,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = plain_helper("words")


class AskToReadForm(TypedCodeForm, IntroductionForm):
    """May I read your page?"""

    thinks_about = ("role", "place", "why")

    code = OneCode(
        label="The person’s “ask me” code",
        help_text="8 letters and numbers. They, or somebody with them, can give it to you.",
        missing="Type the code",
    )
    why = FewLines(
        label="Why would you like to read their page?",
        help_text="The person sees this.",
        most=300,
    )
    field_order = ("code", "name", "role", "place", "why")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = plain_helper(*self.fields)
