"""The forms with which a question is answered."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any, Final

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.choices import BaseChoiceIterator, flatten_choices

from profiles.answers import rules
from profiles.answers.actions import Words
from profiles.answers.forms import FOR_ME, FOR_SOMEONE, MOST_ROWS, AnswerForm, words_under
from profiles.answers.models import LONGEST_ANSWER, Answer, Draft
from profiles.answers.ring_rows import ORDER, RING, InRows, RingRows
from profiles.core.form_fields import plain_helper
from profiles.pages.models import Profile
from profiles.photos.models import AnswerPhoto
from profiles.topics.find_pictures import LONGEST_SEARCH
from profiles.topics.pictures import groups, label
from profiles.topics.topic import Topic

THEIR_NAME: Final = "What do they like to be called?"  # asked of whoever writes for somebody
LONGEST_STAMP: Final = 1_000  # a script keeps the last 40 versions that it chose
OWN: Final = "photo-"  # and its number: a photo of one's own, among the pictures


class InShape(BaseChoiceIterator):
    """Choices that have the shape Django wants: it need not look through all pictures for that,
    whenever somebody types.
    """

    def __init__(self, choices: list[tuple[str, Any]]) -> None:
        self._choices = choices

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        return iter(self._choices)


class WriteForm(AnswerForm):
    """What somebody wants to say under one topic."""

    box = "text"

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
    draft_stamp = forms.CharField(
        required=False, max_length=LONGEST_STAMP, widget=forms.HiddenInput
    )
    ring_order = forms.RegexField(
        ORDER, required=False, max_length=LONGEST_ANSWER, widget=forms.HiddenInput
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        topic: Topic,
        photos: Iterable[AnswerPhoto] = (),
        **kwargs: Any,
    ) -> None:
        self.photos = {f"{OWN}{photo.pk}": photo for photo in photos}
        self.question = topic.question
        self.ring_rows: RingRows | None = None
        if topic.key == RING:
            initial = kwargs.get("initial") or {}
            in_rows = InRows.of(str(initial.get("text", "")))
            self.ring_rows = RingRows(data, in_rows)
            order = {"text": in_rows.more, "ring_order": in_rows.order}
            kwargs["initial"] = {**initial, **order, **self.ring_rows.initial}
        super().__init__(data, topic=topic, **kwargs)
        if self.ring_rows:
            self._label_rows(self.ring_rows)
        else:
            del self.fields["ring_order"]
        self.fields["picture"].choices = InShape(self._pictures())  # type: ignore[attr-defined]
        self.helper = plain_helper("text", "picture", "only_me", "started_from", "draft_stamp")

    @property
    def asks_words_alone(self) -> bool:
        """Is there one box, which the question is about?"""
        return super().asks_words_alone and not self.ring_rows

    @property
    def rows(self) -> list[list[BoundField]]:
        """The boxes of whom to ring, row by row; none for another question."""
        names = self.ring_rows.names if self.ring_rows else []
        return [[self[name] for name in row.values()] for row in names]

    @property
    def wrong(self) -> str:
        """The first thing that is wrong with the words, for the line below them; "" for nothing."""
        typed = (self[name].errors for name in self.fields if not self[name].is_hidden)
        return next((str(errors[0]) for errors in typed if errors), "")

    @property
    def said(self) -> str:
        """What was typed, as one answer: each row is a line of it."""
        if not self.ring_rows:
            return super().said
        return InRows(
            rows=self.ring_rows.filled(self.cleaned_data),
            more=self.cleaned_data.get("text", ""),
            order=self.cleaned_data.get("ring_order", ""),
        ).text

    def clean(self) -> dict[str, Any]:
        """The rows and the box below them are one answer."""
        given = super().clean()
        photo = self.photos.get(self.cleaned_data.get("picture", ""))
        if photo and not (self.half_typed or self.errors or self.said or photo.answers.exists()):
            self.add_error(
                "text", "Say it in words too. Then people who cannot see the photo know it as well"
            )
        if self.ring_rows and not self.errors:
            verdict = rules.may_say(self.topic, self.said)
            if not verdict:
                self.add_error("text", verdict.reason)
        return given

    def _label_rows(self, rows: RingRows) -> None:
        fields = {**rows.fields(), **self.fields}  # in reading order, for what is told of errors
        self.fields = fields
        words = fields["text"]
        words.label = "More about ringing"
        words.help_text = (
            "One thing a line. Lines that you wrote in another way stand here, just as they were. "
            "Each keeps its place on the page."
        )

    def _pictures(self) -> list[tuple[str, Any]]:
        """No picture, the one that suits the topic, and the others in their groups."""
        usual = self.topic.picture
        others = [
            (
                group.title,
                [(each.code, each.label) for each in group.pictures if each.code != usual],
            )
            for group in groups()
        ]
        own = [(value, photo.alt) for value, photo in self.photos.items()]
        return [("", "No picture"), *own, (usual, label(usual)), *others]

    @property
    def shown_photos(self) -> dict[str, AnswerPhoto]:
        """The photos to choose among: the newest, and the one that is chosen."""
        newest, chosen = next(iter(self.photos), ""), self["picture"].value()
        return {value: each for value, each in self.photos.items() if value in (newest, chosen)}

    @property
    def picture_now(self) -> dict[str, Any]:
        """What is chosen to stand beside the words: a picture, a photo of one’s own, or none."""
        chosen = str(self["picture"].value() or "")
        photo = self.photos.get(chosen)
        words = photo.alt if photo else _flat(self.fields["picture"]).get(chosen, "")
        return {"words": words, "code": "" if photo else chosen, "photo": photo}

    @property
    def only_me_now(self) -> str:
        """Who is chosen to see it now; "" where that is not known."""
        return str(_flat(self.fields["only_me"]).get(self["only_me"].value(), ""))

    @classmethod
    def first_shown(
        cls,
        topic: Topic,
        answer: Answer | None,
        draft: Draft | None,
        photos: Iterable[AnswerPhoto] = (),
    ) -> "WriteForm":
        """The form as somebody meets it: with half-typed words, or with what they said before."""
        number = answer.number if answer else 0
        if draft and draft.started_from != number:
            draft = None  # older words, kept for the page that shows both: not to be typed over
        version = draft.version if draft else ""
        shown = draft or answer
        empty = shown is None or (isinstance(shown, Answer) and shown.is_clear)
        picture = topic.picture if empty or shown is None else shown.picture
        if shown and shown.photo_id:
            picture = f"{OWN}{shown.photo_id}"
        return cls(
            topic=topic,
            photos=photos,
            initial={
                "text": shown.text if shown else "",
                "picture": picture,
                "only_me": "yes" if (shown.only_me if shown else topic.starts_private) else "no",
                "started_from": number,
                "draft_stamp": version,
            },
        )

    def ask_about(self, page: Profile) -> None:
        """Ask in words that are right for whoever the page is for."""
        self.typed_in(page.language)
        if not page.for_someone:
            return
        self.fields["only_me"].choices = FOR_SOMEONE  # type: ignore[attr-defined]
        if self.asks_name:
            self.question = THEIR_NAME
            self.fields["called"].label = self.question
            self.fields["text"].label = "How to say it, and what not to call them"
            self.without_name = "Tell us the name they like to be called"

    def typed_in(self, language: str) -> None:
        """The rows of whom to ring are filled in that language too; their numbers are in none."""
        super().typed_in(language)
        for row in self.ring_rows.names if self.ring_rows else []:
            for box, name in row.items():
                if box != "number":
                    self.fields[name].widget.attrs["lang"] = language

    def clean_text(self) -> str:
        """The words, ready to be kept."""
        return words_under(self.topic, self.cleaned_data["text"])

    def words(self) -> Words:
        """What was typed, ready to be saved."""
        picture = self.cleaned_data["picture"]
        photo = self.photos.get(picture)
        return Words(
            text=self.said,
            picture=self.topic.picture if photo else picture,
            photo_id=photo.pk if photo else None,
            only_me=self.cleaned_data["only_me"] == "yes",
        )


def _flat(field: forms.Field) -> dict[str, Any]:
    """What can be chosen, out of its groups, with its words."""
    return dict(flatten_choices(field.choices))  # type: ignore[attr-defined]


def looked_for(sent: QueryDict) -> str:
    """The words that a picture was looked for with, short enough to look for."""
    return " ".join(sent.get("look_for", "").replace("\0", "").split())[:LONGEST_SEARCH]


def looks_for_picture(sent: QueryDict) -> bool:
    """Is a picture looked for, rather than the answer saved?

    Enter, in any box, saves; but where a word for a picture was typed since, it looks for that.
    """
    asked = looked_for(sent)
    return "look" in sent or ("enter" in sent and asked not in ("", sent.get("looked_for", "")))


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

    def __init__(self, *args: Any, blank: Collection[str] = (), **kwargs: Any) -> None:
        """`blank` names those of the two that say nothing: there is nothing of them to keep."""
        super().__init__(*args, **kwargs)
        if blank:
            self.fields["choice"].choices = [  # type: ignore[attr-defined]
                (value, "Leave it blank" if value in blank else words)
                for value, words in self.fields["choice"].choices  # type: ignore[attr-defined]
                if value != "both"
            ]
        self.helper = plain_helper("choice", "started_from", "draft_stamp")
