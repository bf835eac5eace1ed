"""The forms with which a page is started, written and deleted."""

from typing import Any

from django import forms

from profiles.answers import rules
from profiles.answers.actions import Words
from profiles.answers.models import Answer, Draft, Profile
from profiles.core.form_fields import plain_helper
from profiles.topics.pictures import PICTURES, label
from profiles.topics.topic import Topic

# Written in their own letters, so that each can be found by somebody who reads it.
LANGUAGES = [
    ("en", "English"),
    ("cy", "Cymraeg (Welsh)"),
    ("ar", "العربية (Arabic)"),
    ("bn", "বাংলা (Bengali)"),
    ("zh", "中文 (Chinese)"),
    ("fr", "Français (French)"),
    ("gu", "ગુજરાતી (Gujarati)"),
    ("ga", "Gaeilge (Irish)"),
    ("lt", "Lietuvių (Lithuanian)"),
    ("fa", "فارسی (Persian)"),
    ("pl", "Polski (Polish)"),
    ("pt", "Português (Portuguese)"),
    ("pa", "ਪੰਜਾਬੀ (Punjabi)"),
    ("ro", "Română (Romanian)"),
    ("gd", "Gàidhlig (Scottish Gaelic)"),
    ("so", "Soomaali (Somali)"),
    ("es", "Español (Spanish)"),
    ("uk", "Українська (Ukrainian)"),
    ("ur", "اردو (Urdu)"),
]


FOR_ME = [("no", "It can go on my page"), ("yes", "Only me, for now")]
FOR_SOMEONE = [("no", "It can go on their page"), ("yes", "Only them and me, for now")]
MOST_ROWS = 1_000_000  # under one topic: far more than anybody will save


def tidied(text: str) -> str:
    """Words, one thing a line, with nothing taken away but empty space at the ends."""
    return "\n".join(line.rstrip() for line in text.splitlines()).strip()


def words_under(topic: Topic, typed: str) -> str:
    """The words, one thing a line, with nothing taken away but empty space at the ends.

    Raises ValidationError, with the sentence to show, when they cannot be kept.
    """
    text = "\n".join(line.rstrip() for line in typed.splitlines()).strip()
    verdict = rules.may_say(topic, text)
    if not verdict:
        raise forms.ValidationError(verdict.reason)
    return text


class StartForm(forms.Form):
    """Who is this page for, and in which language?"""

    who = forms.ChoiceField(
        label="Who is this page for?",
        widget=forms.RadioSelect,
        choices=[("me", "Me"), ("someone", "Someone I help")],
        error_messages={
            "required": "Choose who this page is for",
            "invalid_choice": "Choose who this page is for",
        },
    )
    language = forms.ChoiceField(
        label="Which language will you write in?",
        help_text="Our questions, and the headings on the page, are in English for now.",
        choices=LANGUAGES,
        initial="en",
        error_messages={
            "required": "Choose the language you will write in",
            "invalid_choice": "Choose a language from the list",
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = plain_helper("who", "language")


class WriteForm(forms.Form):
    """What somebody wants to say under one topic."""

    text = forms.CharField(
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto", "autocomplete": "off"}),
        error_messages={
            "null_characters_not_allowed": "There is a letter in your words that we cannot keep. "
            "Type that part again."
        },
    )
    picture = forms.ChoiceField(
        label="Add a picture to this",
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose one of these pictures, or no picture"},
    )
    only_me = forms.ChoiceField(
        label="Who may see this?",
        widget=forms.RadioSelect,
        choices=FOR_ME,
        error_messages={
            "required": "Choose who may see this",
            "invalid_choice": "Choose who may see this",
        },
    )
    started_from = forms.IntegerField(min_value=0, max_value=MOST_ROWS, widget=forms.HiddenInput)
    draft_stamp = forms.CharField(required=False, max_length=24, widget=forms.HiddenInput)

    def __init__(self, *args: Any, topic: Topic, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.topic = topic
        self.fields["text"].label = topic.question
        self.fields["text"].help_text = topic.hint
        self.fields["picture"].choices = self._pictures()  # type: ignore[attr-defined]
        self.helper = plain_helper("text", "picture", "only_me", "started_from", "draft_stamp")

    def _pictures(self) -> list[tuple[str, Any]]:
        """No picture, the one that suits the topic, and the others in their groups."""
        usual = self.topic.picture
        groups = [
            (title, [(code, label) for code, label in pictures if code != usual])
            for title, pictures in PICTURES
        ]
        return [("", "No picture"), (usual, label(usual)), *groups]

    @classmethod
    def first_shown(cls, topic: Topic, answer: Answer | None, draft: Draft | None) -> "WriteForm":
        """The form as somebody meets it: with half-typed words, or with what they said before."""
        number = answer.number if answer else 0
        if draft and draft.started_from != number:
            draft = None  # older words, kept for the page that shows both: not to be typed over
        stamp = draft.stamp if draft else ""
        shown = draft or answer
        empty = shown is None or (isinstance(shown, Answer) and shown.is_clear)
        return cls(
            topic=topic,
            initial={
                "text": shown.text if shown else "",
                "picture": topic.picture if empty or shown is None else shown.picture,
                "only_me": "yes" if (shown.only_me if shown else topic.starts_private) else "no",
                "started_from": number,
                "draft_stamp": stamp,
            },
        )

    def ask_about(self, page: Profile) -> None:
        """Ask in words that are right for whoever the page is for."""
        if page.for_someone:
            self.fields["only_me"].choices = FOR_SOMEONE  # type: ignore[attr-defined]

    def clean_text(self) -> str:
        """The words, ready to be kept."""
        return words_under(self.topic, self.cleaned_data["text"])

    def words(self) -> Words:
        """What was typed, ready to be saved."""
        return Words(
            text=self.cleaned_data["text"],
            picture=self.cleaned_data["picture"],
            only_me=self.cleaned_data["only_me"] == "yes",
        )


class BothForm(forms.Form):
    """Which of two texts is right?"""

    choice = forms.ChoiceField(
        label="Which is right?",
        widget=forms.RadioSelect,
        choices=[
            ("mine", "What I typed and did not save"),
            ("theirs", "What was saved last"),
            ("both", "Both, one after the other"),
        ],
        error_messages={
            "required": "Choose which words are right",
            "invalid_choice": "Choose which words are right",
        },
    )
    started_from = forms.IntegerField(min_value=0, max_value=MOST_ROWS, widget=forms.HiddenInput)
    draft_stamp = forms.CharField(max_length=24, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = plain_helper("choice", "started_from", "draft_stamp")


class DeleteForm(forms.Form):
    """Are you sure?"""

    sure = forms.BooleanField(
        label="Yes, delete it all",
        error_messages={"required": "Tick the box if you want to delete it all"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = plain_helper("sure")
