"""What is asked about helping: who may do what, what to suggest, and how a decision was made."""

from typing import Any, Final, cast

from django import forms
from django.http import QueryDict
from django.utils.html import format_html

from profiles.answers.forms import MOST_ROWS, AnswerForm, RaiseForm, words_under
from profiles.answers.models import YesBy
from profiles.core.form_fields import (
    EmailAddress,
    FewLines,
    OneLine,
    SayMyName,
    carried,
    plain_helper,
)
from profiles.language.forms import KindWords
from profiles.pages.models import Profile
from profiles.sharing.decided import AUTHORITY, Mode
from profiles.sharing.decided_form import DecidedForm
from profiles.sharing.questions import choice
from profiles.supporters import rules
from profiles.supporters.models import Supporter
from profiles.templatetags.words import in_sentence
from profiles.topics.load import load

MAY: Final = [
    (Supporter.May.SEE, "They can see my page"),
    (Supporter.May.SUGGEST, "They can see it, and suggest words. I decide about each"),
    (Supporter.May.WRITE, "They can do that, and write with me when we are together"),
]


class MayForm(forms.Form):
    """What may this helper do, and what that nobody else sees may they see?"""

    may = choice("What can they do?", MAY, "Choose what they can do")
    kept_topics = forms.MultipleChoiceField(
        label="What you keep to yourself: may they see any of it?",
        help_text="Nothing is ticked for you. You can leave it all out.",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages=dict.fromkeys(
            ["invalid_choice", "invalid_list"], "Choose from what is in the list"
        ),
    )
    shown = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, page: Profile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.page = page
        kept = set(page.answers.current().only_for_them().values_list("topic", flat=True))
        titles = [(key, topic.title) for key, topic in load().by_key.items() if key in kept]
        if titles:
            self.fields["kept_topics"].choices = titles  # type: ignore[attr-defined]
        else:
            del self.fields["kept_topics"]
        # Not the fingerprint: it comes with the button under the sentences, and only with that.
        self.helper = plain_helper(*(name for name in self.fields if name != "shown"))

    @property
    def carried(self) -> list[tuple[str, str]]:
        """Everything as it was chosen, for the page on which the person says yes to it."""
        return carried(self, without="shown")

    def chosen(self) -> dict[str, Any]:
        """What was chosen, as the actions want it."""
        return {
            "may": self.cleaned_data["may"],
            "kept_topics": self.cleaned_data.get("kept_topics", []),
        }


class ChangeHelpForm(MayForm):
    """What may they do from now on?"""

    names_in_emails = forms.BooleanField(
        label="Say their name in emails to me",
        help_text="If you tick this, our email to you says who it is from when they suggest words.",
        required=False,
    )

    def chosen(self) -> dict[str, Any]:
        """What was chosen, with what emails may say."""
        return super().chosen() | {"names_in_emails": self.cleaned_data["names_in_emails"]}


class AskForHelpForm(MayForm):
    """Who do you want to help you?"""

    name = OneLine(
        label="What do you call them?",
        help_text="Such as: my sister Dee. Your page says so where it shows their words.",
        missing="Tell us what you call them",
        most=60,
    )
    email = EmailAddress(
        label="Their email address", missing="Enter the email address they sign in with"
    )
    names_in_emails = SayMyName(also="When they suggest words, our email to you says their name.")
    field_order = ("name", "email", "may", "kept_topics", "names_in_emails", "shown")

    def clean_names_in_emails(self) -> bool:
        """Their own name, as it stands on their page."""
        ticked: bool = self.cleaned_data["names_in_emails"]
        if ticked:
            SayMyName.check(self.page.name_on_page)
        return ticked

    def clean_email(self) -> str:
        """Not one's own, and not one that was asked already."""
        email: str = self.cleaned_data["email"]
        verdict = rules.may_be_asked(email, self.page)
        if not verdict:
            raise forms.ValidationError(verdict.reason)
        return email

    def chosen(self) -> dict[str, Any]:
        """What was chosen, and who is asked."""
        who = {name: self.cleaned_data[name] for name in ("name", "email", "names_in_emails")}
        return super().chosen() | who


class WordsForm(AnswerForm):
    """Words for one topic, as long as an answer may be."""

    box = "words"
    may_be_blank = False

    words = forms.CharField(
        strip=False,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto", "autocomplete": "off"}),
        error_messages={
            "required": "Write some words first",
            "null_characters_not_allowed": "There is a letter in your words that we cannot keep. "
            "Type that part again.",
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = plain_helper(*self.fields)

    def clean_words(self) -> str:
        """The words, ready to be kept. There have to be some."""
        text = words_under(self.topic, self.cleaned_data["words"])
        if not text and not self.asks_name:
            raise forms.ValidationError("Write some words first")
        return text


class SavedForm(WordsForm):
    """Words that are saved, and which answer the writer saw."""

    def start_from(self, seen: str) -> None:
        """Show the same words again, for somebody who has now seen another answer."""
        data = cast(QueryDict, self.data).copy()
        data["started_from"] = seen
        self.data = data


class SuggestForm(KindWords, WordsForm):
    """Which words do you suggest, and why?"""

    thinks_about = ("called", "words", "why")
    without_name = "Tell us the name they like to be called"

    why = FewLines(
        label="Why do you suggest this?",
        help_text="The person sees this beside your words.",
        most=300,
        rows=2,
    )
    field_order = ("called", "words", "why")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.asks_name:
            self.fields["called"].label = "The name they like"
            self.fields["words"].label = "How to say it, and what not to call them"
        else:
            self.fields["words"].label = "Your words"
        self.fields["words"].help_text = "Write it as the person would say it. One thing a line."


class MyWayForm(SavedForm):
    """The person's own words, in place of a suggestion."""

    started_from = forms.IntegerField(min_value=0, max_value=MOST_ROWS, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].help_text = "This is what goes on your page. One thing a line."


class TogetherForm(SavedForm):
    """What do you say together, and whose words are they?"""

    started_from = forms.CharField(max_length=64, widget=forms.HiddenInput)  # a mark, and no number

    whose = choice(
        "Whose words are these?",
        [("theirs", "The person’s own words"), ("mine", "My words. I read them to the person")],
        "Choose whose words these are",
    )

    def __init__(self, *args: Any, name: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].help_text = "Look at it together. You type what the person says."
        if name:
            who = in_sentence(name)
            said = format_html("Look at it together. You type what {} says.", who)
            self.fields["words"].help_text = said
            self.fields["whose"].choices = [  # type: ignore[attr-defined]
                ("theirs", format_html("{}’s own words", who)),
                ("mine", format_html("My words. I read them to {}", who)),
            ]


class SaidYesForm(forms.Form):
    """How did the person say yes to the words that they are shown?"""

    yes_by = choice(
        "The person said yes by",
        YesBy.choices,
        "Choose how the person said yes. If they did not, press “No, change it”",
    )

    def __init__(self, *args: Any, name: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if name:
            self.fields["yes_by"].label = format_html("{} said yes by", in_sentence(name))
        self.helper = plain_helper(*self.fields)


class RaiseTogetherForm(RaiseForm):
    """Which of these lines should stand at the top too, and how did the person say yes?"""

    yes_by = choice(
        "The person said yes by",
        YesBy.choices,
        "Choose how the person said yes. If they did not, press “They said no” or “Not now”",
        help_text="Read the words to the person first, or show them. Then ask.",
    )


class DecisionForm(KindWords, DecidedForm):
    """A decision that others made for the person: what, by what right, and what they showed."""

    thinks_about = ("about", "tried", "person_showed", "can_object")

    ADULT, CHILD = "adult", "child"

    age = choice(
        "How old is the person?",
        [(ADULT, "16 or older"), (CHILD, "Under 16")],
        "Choose how old the person is",
        help_text="From 16 on, the Mental Capacity Act is the rule in England and Wales.",
    )
    about = FewLines(
        label="What was decided?",
        help_text="Such as: that this page is written for them, and shown to the day centre.",
        missing="Tell us what was decided",
        most=300,
        rows=2,
    )
    tried = FewLines(
        label="What did you try, so that they could decide it themself?",
        help_text="Such as: pictures, a good time of day, somebody they trust.",
        missing="Tell us what you tried first",
        most=300,
        rows=2,
    )
    FOR_AGE: Final = {ADULT: ("attorney", "deputy", "best_interests"), CHILD: ("parent",)}
    ASKED: Final = (
        "age", "about", "tried", "authority", "reference", "decided_by", "asked",
        "person_showed", "can_object", "review_on",
    )  # fmt: skip
    field_order = ASKED

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        if data is not None:
            data = data.copy()
            data["mode"] = Mode.FOR_ME.value  # it is what this page is for
        super().__init__(data, **kwargs)
        self.fields["authority"].choices = list(AUTHORITY.items())  # type: ignore[attr-defined]
        self.helper = plain_helper(*self.ASKED)

    def clean(self) -> dict[str, Any]:
        """Who may decide for an adult may not be who may decide for a child."""
        given = super().clean()
        right = given.get("authority")
        if right and given.get("age") and right not in self.FOR_AGE[given["age"]]:
            self.add_error(
                "authority",
                "Parents decide for somebody under 16. From 16 on it is one of the others"
                if given["age"] == self.ADULT
                else "Under 16, it is whoever has parental responsibility",
            )
        return given

    def said(self) -> dict[str, Any]:
        """The decision, as the actions want it."""
        given = self.cleaned_data
        return {"about": given["about"], "tried": given["tried"], "decided": self.decided()}


class HandOverForm(forms.Form):
    """Who is the page about, and what do they call you?"""

    email = EmailAddress(
        label="Their own email address", missing="Enter the email address they sign in with"
    )
    keeper_name = OneLine(
        label="What do they call you?",
        help_text="Such as: my grandson Amir.",
        missing="Tell us what they call you",
        most=60,
    )
    say_name = SayMyName()

    def __init__(self, *args: Any, page: Profile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.page = page
        self.fields[
            "say_name"
        ].help_text = (
            "In the words that they call you by. If you do not tick this, no name is in it."
        )
        self.helper = plain_helper("email", "keeper_name", "say_name")

    def clean_say_name(self) -> bool:
        """What they call whoever kept the page for them."""
        ticked: bool = self.cleaned_data["say_name"]
        if ticked:
            SayMyName.check(self.cleaned_data.get("keeper_name", ""))
        return ticked

    def clean_email(self) -> str:
        """Not one's own: nobody could take the page then."""
        email: str = self.cleaned_data["email"]
        verdict = rules.may_be_handed(email, self.page)
        if not verdict:
            raise forms.ValidationError(verdict.reason)
        return email
