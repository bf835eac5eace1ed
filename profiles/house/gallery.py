"""What the gallery page shows: every component and every kind of field, once."""

from types import SimpleNamespace
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Submit
from django import forms
from django.core.paginator import Paginator
from django.utils import timezone

from profiles.language.forms import KindWords
from profiles.pages.lists import FindForm, Listed
from profiles.topics.pictures import groups


class EveryField(forms.Form):
    """One of each kind of field, all of which have something to put right."""

    name = forms.CharField(
        label="What do you like to be called?",
        help_text="The name you like best.",
        error_messages={"required": "Tell us the name you like to be called"},
    )
    email = forms.EmailField(
        label="Your email address",
        error_messages={"invalid": "Enter an email address like name@example.com"},
    )
    day = forms.CharField(label="What makes a good day?", widget=forms.Textarea, required=False)
    talk = forms.ChoiceField(
        label="How do you like to communicate?",
        widget=forms.RadioSelect,
        choices=[("words", "With words"), ("hands", "With my hands")],
        error_messages={"required": "Choose how you like to communicate"},
    )
    parts = forms.MultipleChoiceField(
        label="Which parts may they see?",
        widget=forms.CheckboxSelectMultiple,
        choices=[("safe", "Keep me safe"), ("like", "What people like about me")],
        error_messages={"required": "Choose at least one part to share"},
    )
    language = forms.ChoiceField(label="Language", choices=[("en", "English"), ("cy", "Cymraeg")])
    photo = forms.FileField(label="Your photo", required=False)
    sure = forms.BooleanField(
        label="Yes, I am sure", error_messages={"required": "Tick the box if you are sure"}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Fieldset("About you", "name", "email"),
            "day", "talk", "parts", "language", "photo", "sure",
            Submit("next", "Save and carry on"),
            Submit("later", "Save and stop for now", data_kind="plain"),
        )  # fmt: skip


class PictureForm(forms.Form):
    """A choice among pictures."""

    picture = forms.ChoiceField(
        label="Add a picture to this",
        widget=forms.RadioSelect,
        required=False,
        choices=lambda: [
            ("", "No picture"),
            *((each.code, each.label) for group in groups() for each in group.pictures),
        ],
    )
    again = forms.CharField(label="What would you like to say?", help_text="Short is good.")


class NoteForm(KindWords):
    """A note in which there is something to think about."""

    thinks_about = ("note",)
    note = forms.CharField(label="What would you like to tell them?", widget=forms.Textarea)


def pieces() -> dict[str, Any]:
    """One of everything."""
    half = "Your page is just over half full. There is room for about 9 more lines."
    return {
        "form": EveryField({"email": "jo at example"}),
        "note": NoteForm({"note": "The client likes activities."}),
        "pictures": PictureForm(initial={"picture": "2615"}),
        "fit": SimpleNamespace(filled=6, lines_over=0, sentence=half),
        "mine": {"title": "On my page now", "text": "Tea first.\nThen we talk.", "language": "en"},
        "theirs": {
            "title": "In the file",
            "text": "Coffee first.\nThen we talk.",
            "notes": ["Said by my sister Dee"],
        },
        "share_row": share_row(),
        "looked": look_row(),
        "reader": reader_card(),
        "helper_row": helper_row(),
        "card_of_nobody": hello_card(),
        "promised": promise_row(),
        "person": {"last_read": timezone.now(), "added": "the photo", "changed": "My nights"},
        "listed": listed(FindForm({"words": "Jo"}), found=3),
        "everybody": listed(FindForm(), found=None),
        "room_over": SimpleNamespace(sentence="Your page is 4 lines too long."),
    }


def listed(form: FindForm, *, found: int | None) -> Listed[int]:
    """The second of three parts of a list of people."""
    page = Paginator(range(9), 3).get_page(2)
    return Listed(rows=list(page.object_list), page=page, form=form, found=found)


def share_row() -> dict[str, Any]:
    """A share that nobody gave."""
    return {
        "share": SimpleNamespace(reader_name="Priya, Sunrise Home Care", ref="nobody"),
        "sees": "everything except My health",
        "state": {"word": "Sharing now", "kind": "done", "said": "Until the end of Sunday."},
        "looks": 4,
        "last_look": timezone.now(),
        "open": True,
    }


def helper_row() -> dict[str, Any]:
    """Somebody who helps nobody."""
    return {
        "supporter": SimpleNamespace(name="my sister Dee", ref="nobody"),
        "may": "Can see your page and suggest words.",
        "kept": "My health",
        "state": {"word": "Helps you", "kind": "done"},
        "asks": False,
    }


def hello_card() -> SimpleNamespace:
    """The hello card of nobody."""
    return SimpleNamespace(
        name="Priya",
        role="support worker",
        place="Sunrise Home Care",
        enjoys="Growing tomatoes, and Welsh rugby.",
        works="I sit down first.",
        thanked="I am on time.",
        photo=b"",
        photo_alt="",
    )


def promise_row() -> SimpleNamespace:
    """A promise that nobody made."""
    return SimpleNamespace(
        ref="nobody",
        who="Priya",
        about="support worker",
        words="I will ring you on Tuesday morning.",
        by_day=timezone.localdate(),
        is_over=True,
        said=None,
        word="",
        kind="",
        sorry="",
        choices=[("done", "Done"), ("late", "Done, but late"), ("not_done", "Not done")],
    )


def reader_card() -> SimpleNamespace:
    """Nobody, who looked twice."""
    looks = [
        SimpleNamespace(at=timezone.now(), kind=kind, sentence=sentence)
        for kind, sentence in [
            ("html", "looked at your page."),
            ("pdf", "took it."),
        ]
    ]
    today = timezone.localdate()
    return SimpleNamespace(
        who="Priya",
        about="support worker",
        shared_with="Sunrise Home Care",
        opened=SimpleNamespace(at=timezone.now(), edition=4),
        printed=SimpleNamespace(day=today),
        said=[look_row()],
        weeks=[SimpleNamespace(begins=today, looks=looks, more=0)],
        lately=len(looks),
        looks=looks,
    )


def look_row() -> SimpleNamespace:
    """A line of nobody's log."""
    return SimpleNamespace(
        who="Priya",
        about="support worker, Sunrise Home Care",
        sentence="said: I have read this.",
        edition=None,
        kind="read",
        before_words="One thing I will do because I read this:",
        words="I will ask before I move your chair.",
        at=timezone.now(),
        day=timezone.localdate(),
        times=1,
        shared_with="Priya, Sunrise Home Care",
        by_day=None,
    )
