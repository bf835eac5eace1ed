"""The questions on which somebody says yes. Nothing is ticked beforehand."""

from datetime import timedelta
from typing import Any, Final, Self

from django import forms
from django.utils import timezone

from profiles.answers.several import PHOTO
from profiles.core.form_fields import EmailAddress, OneLine, SayMyName, Typed, plain_helper
from profiles.core.letters import can_be_seen
from profiles.pages.models import Profile
from profiles.sharing.clinic import AT_THE_DESK, IN_WORDS, TWO_DAYS, clinic_link_of, ends_with_a_day
from profiles.sharing.days import LONGEST, Until, end_of, ends_on, last_day, written
from profiles.sharing.decided_form import DecidedForm
from profiles.sharing.hidden import hidden_from
from profiles.sharing.models import Share
from profiles.sharing.questions import MISSING, choice, day_field, needed_then
from profiles.topics.load import load
from profiles.topics.topic import KindOfReader, Topic


def last_keeper_name(page: Profile) -> str:
    """By what name whoever keeps this page shared it the last time; "" if they never did."""
    shares = page.shares.from_keeper().order_by("-pk").with_profile(page)
    return next((str(share.keeper_name) for share in shares if share.keeper_name), "")


class WhoForm(forms.Form):
    """Who is it for, and how do they get in?"""

    LINK, PASSCODE, WORKER, CLINIC = "link", "passcode", "worker", "clinic"

    reader_name = OneLine(
        label="Who do you want to share with?",
        help_text="One person or one place. Such as: Priya from Sunrise Home Care. Or: Ward 4.",
        missing="Tell us who you want to share with",
        most=80,
    )
    way = choice(
        "How will they open it?",
        [
            (LINK, "With a link, a picture to scan, or a code you read out"),
            (PASSCODE, "With a link, and a passcode that you tell them"),
            (WORKER, "By signing in with their own email address. Nobody else can open it"),
            (CLINIC, "Show it to a hospital or clinic computer, which takes it into its records"),
        ],
        "Choose how they will open it",
    )
    worker_email = EmailAddress(
        label="What is their email address?",
        required=False,
        help_text="Only if they will sign in. It is the address they use for work.",
    )

    keeper_name = OneLine(
        label="What is your name?",
        help_text="Readers are told it: “Shared by Rosa, who keeps this page for Jo.”",
        missing="Tell them your name",
        most=60,
    )

    def __init__(self, *args: Any, page: Profile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not page.is_kept:
            del self.fields["keeper_name"]
        needed_then(self, ["worker_email"])

    def clean_keeper_name(self) -> str:
        """A name that can be seen: readers are told who shares with them."""
        name: str = self.cleaned_data["keeper_name"]
        if not can_be_seen(name):
            raise forms.ValidationError("Tell them your name")
        return name

    def clean(self) -> dict[str, Any]:
        """A worker who signs in needs an address; nobody else does."""
        given = super().clean() or {}
        if given.get("way") != self.WORKER:
            given["worker_email"] = ""
            self.errors.pop("worker_email", None)  # what is not asked cannot be wrong
        elif not given.get("worker_email") and "worker_email" not in self.errors:
            self.add_error("worker_email", "Enter the email address they sign in with")
        return given

    @classmethod
    def about(cls, page: Profile, share: Share | None, data: Any = None, *, way: str = "") -> Self:
        """The form, with what was said before if this share was begun already; and with the name
        by which a keeper shared the last time. `way` was pressed on the page before.
        """
        named = {"keeper_name": last_keeper_name(page)} if page.is_kept else {}
        if share is None or not share.reader_name:
            return cls(data, page=page, initial=named | {"way": way})
        return cls(
            data,
            page=page,
            initial=named
            | {
                "reader_name": share.reader_name,
                "way": way or cls._way_of(share),
                "worker_email": share.worker_email,
            },
        )

    @classmethod
    def _way_of(cls, share: Share) -> str:
        by_kind = {Share.Kind.WORKER: cls.WORKER, Share.Kind.CLINIC: cls.CLINIC}
        by_link = cls.PASSCODE if share.passcode_set else cls.LINK
        return by_kind.get(Share.Kind(share.kind), by_link)


class WhatForm(forms.Form):
    """Which topics may they see, and what may they do?"""

    topics = forms.MultipleChoiceField(
        label="What can they see?",
        widget=forms.CheckboxSelectMultiple,
        error_messages=dict.fromkeys(
            ["required", "invalid_choice", "invalid_list"], "Choose at least one part to share"
        ),
    )
    may = choice(
        "What can they do?",
        [
            ("read", "Read it on a screen"),
            ("print", "Read it, print it and keep a copy"),
        ],
        "Choose what they can do",
    )

    def __init__(self, *args: Any, page: Profile, for_clinic: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.page, self.for_clinic = page, for_clinic
        if for_clinic:  # its computer keeps what it takes: there is nothing to choose
            del self.fields["may"]
        said = page.answers.current().values_list("topic", "only_me")
        self.kept = {topic for topic, only_me in said if only_me}
        answered = {topic for topic, _ in said} - {"call_me"}
        self.offered: list[Topic] = [
            topic for key, topic in load().by_key.items() if key in answered
        ]
        words = "Their photo" if page.is_kept else "My photo"
        photo = [(PHOTO, words)] if page.photos.newest() else []
        self.fields["topics"].choices = [  # type: ignore[attr-defined]
            *photo,
            *((topic.key, topic.title) for topic in self.offered),
        ]

    @classmethod
    def about(cls, share: Share, data: Any = None) -> Self:
        """The form, with what this share shows already."""
        may = {None: "", True: "print", False: "read"}[share.may_print]
        form = cls(data, page=share.profile, for_clinic=share.kind == Share.Kind.CLINIC)
        # What was taken back to "only me" since is hidden from them: it is not ticked again.
        hidden = hidden_from(share, form.kept)
        seen = [topic for topic in share.topics if topic not in hidden]
        form.initial = {"topics": [*seen, *([PHOTO] if share.with_photo else [])], "may": may}
        return form

    @property
    def kinds_of_reader(self) -> tuple[KindOfReader, ...]:
        """Those for whom what they often need can be ticked at one press."""
        return load().readers

    def to_tick(self, kind: str = "") -> list[str]:
        """What is ticked at one press: all of it, or what this kind of reader needs.

        What is kept to oneself is not.
        """
        choices = self.fields["topics"].choices  # type: ignore[attr-defined]
        everything = [key for key, _ in choices]
        reader = load().reader(kind)
        needed = reader.topics if reader else everything if not kind else ()
        return [key for key, _ in choices if key in needed and key not in self.kept]

    def chosen(self) -> dict[str, Any]:
        """What was ticked, as the actions want it."""
        ticked = self.cleaned_data["topics"]
        return {
            "topics": [key for key in ticked if key != PHOTO],
            "with_photo": PHOTO in ticked,
            "may_print": self.for_clinic or self.cleaned_data["may"] == "print",
        }


LASTS: Final[dict[Until, timedelta]] = {Until.DESK: AT_THE_DESK, Until.TWO_DAYS: TWO_DAYS}


class HowLongForm(forms.Form):
    """Until when? Never for ever."""

    until = choice("How long can they see it?", (), "Choose how long they can see it")
    day = day_field("Which is the last day?", "Choose the last day", required=False)

    def __init__(
        self, *args: Any, for_clinic: bool = False, for_someone: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = timezone.localdate()
        self.for_clinic = for_clinic
        self.for_someone = for_someone
        if for_clinic:  # what was taken can be seen for longer
            self.fields["until"].label = "How long can they take it?"
            missing = "Choose how long they can take it"
            self.fields["until"].error_messages |= dict.fromkeys(MISSING, missing)
        self.fields["until"].choices = [  # type: ignore[attr-defined]
            *(self._short() if for_clinic else self._long()),
            (Until.DAY.value, "Until a day that I choose"),
        ]
        self.fields["until"].help_text = (
            "If they scan a picture now, 15 minutes is a good choice."
            if for_clinic
            else "If you are not sure, 3 months is a good start."
        )
        needed_then(self, ["day"])

    def _long(self) -> list[tuple[str, str]]:
        words = {
            Until.VISIT: "One visit: until the end of {}",
            Until.WEEK: "One week: until the end of {}",
            Until.MONTHS: "3 months: until the end of {}",
        }
        return [
            (until.value, said.format(written(ends_on(until, self.today))))
            for until, said in words.items()
        ]

    def _short(self) -> list[tuple[str, str]]:
        words = "{} from when you decide" if self.for_someone else "{} from your yes"
        return [(until.value, words.format(IN_WORDS[lasts])) for until, lasts in LASTS.items()]

    @classmethod
    def about(cls, share: Share, data: Any = None) -> Self:
        """The form, with the day that was chosen before, if that is still to come."""
        for_clinic = share.kind == Share.Kind.CLINIC
        initial: dict[str, Any] = {}
        link = clinic_link_of(share)
        if link and link.lasts and not share.given_at:
            initial = {
                "until": next((key.value for key, it in LASTS.items() if it == link.lasts), "")
            }
        elif share.ends_at and not share.has_lapsed() and ends_with_a_day(share):
            initial = {"until": Until.DAY.value, "day": last_day(share.ends_at)}
        someone = share.profile.is_kept
        return cls(data, initial=initial, for_clinic=for_clinic, for_someone=someone)

    def clean(self) -> dict[str, Any]:
        """A day that is chosen has to be there, and within a year."""
        given = super().clean() or {}
        if given.get("until") != Until.DAY:
            self.errors.pop("day", None)
            return given
        day = given.get("day")
        if day is None:
            if "day" not in self.errors:
                self.add_error("day", "Choose the last day")
        elif day < self.today:
            self.add_error("day", "Choose a day from today onwards")
        elif day > self.today + LONGEST:
            self.add_error("day", "Choose a day within a year. You can make it longer later")
        return given

    def chosen(self) -> dict[str, Any]:
        """When it ends, as the actions want it: at the end of a day, or so long after the yes."""
        until = Until(self.cleaned_data["until"])
        if until in LASTS:
            return {"lasts": LASTS[until]}
        last = self.cleaned_data["day"] if until is Until.DAY else ends_on(until, self.today)
        return {"ends_at": end_of(last)}


class NameInEmail(forms.Form):
    """Asks each time whether the email with the link may say who sent it."""

    say_name = SayMyName()
    name = ""  # of whoever shares it, as readers see it

    def from_whom(self, share: Share) -> Self:
        """The same form, knowing the name of whoever shares this."""
        self.name = share.keeper if share.by_keeper else share.profile.name_on_page
        return self

    def clean_say_name(self) -> bool:
        """Whether an email can say it is known before it is promised."""
        ticked: bool = self.cleaned_data["say_name"]
        if ticked:
            SayMyName.check(self.name)
        return ticked

    def said_name(self) -> str:
        """The name that the email says; "" if none."""
        return self.name if self.cleaned_data.get("say_name") else ""


class CheckForm(NameInEmail, DecidedForm):
    """The last question, and the fingerprint of the text that was shown with it.

    A worker gets the link by email as soon as it is shared.
    """

    shown = forms.CharField(widget=forms.HiddenInput)

    def asking(self, share: Share) -> Self:
        """As for every decision; and the name is asked about only where an email is sent."""
        if share.kind != Share.Kind.WORKER:
            del self.fields["say_name"]
        return super().asking(share).from_whom(share)

    def asked_anew(self, shown: str) -> "CheckForm":
        """The same question about another text. What was typed stands there, and nothing is ticked:
        whether this is right too, they have not said.
        """
        typed = (Typed, forms.DateField)
        given = self.cleaned_data.items()
        said = {name: value for name, value in given if isinstance(self.fields[name], typed)}
        return CheckForm(initial=said | {"shown": shown})


class ChangeWhatForm(DecidedForm, WhatForm):
    """Other topics, and how that was decided."""


class ChangeHowLongForm(DecidedForm, HowLongForm):
    """Another last day, and how that was decided."""


class SendForm(NameInEmail):
    """Where shall we send the link?"""

    email = EmailAddress(label="Their email address", missing="Enter the email address to send to")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = plain_helper("email", "say_name")
