"""The forms with which a file is brought back: which file, and then what of it, one by one."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from time import monotonic
from typing import Any, Final, Self

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.html import format_html

from profiles.answers.forms import FOR_ME, FOR_SOMEONE, MOST_ROWS
from profiles.core.form_fields import plain_helper
from profiles.exports.archive import EVERYTHING, NAME
from profiles.imports.actions import ChosenWords
from profiles.imports.brought import FileChange
from profiles.imports.checking import MOST_BYTES, NotAProfile, NotOurs, parsed
from profiles.imports.portable import Portable, read, with_small_photo
from profiles.imports.unpack import portable_in
from profiles.pages.models import Profile
from profiles.photos import worker_process
from profiles.photos.images import PhotoRefused

NO_FILE: Final = "Choose a file, or go back without one"
LONGEST_IN_ALL = 30.0  # seconds, for the photos of one file; the last may take its own time
TOO_LONG: Final = (
    "the photos in this file take too long to open. Try it later, or choose a file with fewer"
)
ANOTHER_KIND: Final = (
    f"That file cannot be brought back. Choose {NAME}, or {EVERYTHING} that is in it."
)
TOO_BIG: Final = f"That file is too big. Choose one under {MOST_BYTES // 1_000_000} MB"


class FileForm(forms.Form):
    """A file that somebody saved from here, or from another copy of Tell It Once."""

    file = forms.FileField(
        label="Which file?",
        help_text=f"{NAME}, {EVERYTHING}, or another data file from Tell It Once.",
        widget=forms.FileInput(attrs={"accept": ".zip,.json,application/zip,application/json"}),
        error_messages={
            **dict.fromkeys(["required", "invalid", "missing"], NO_FILE),
            "empty": "There is nothing in that file. Choose another one",
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = plain_helper("file")

    def clean_file(self) -> tuple[Portable, str]:
        """What the file says; and its text, to go along to the next page. It is kept nowhere."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(TOO_BIG)
        try:
            data = parsed(portable_in(file.read()))
            portable = read_in_time(data)
        except NotOurs as reason:
            raise forms.ValidationError(f"{ANOTHER_KIND} {reason}") from None
        except NotAProfile as reason:
            raise forms.ValidationError(str(reason)) from None
        if not portable.photo and not any(said.text.strip() for said in portable.answers):
            raise forms.ValidationError("There are no words in that file. Choose another one")
        return portable, with_small_photo(data, portable)


def read_in_time(file: bytes | Mapping[str, Any]) -> Portable:
    """A stranger's portable file, checked. Its photos are decoded in worker processes, and all of
    them within a time in which somebody waits. Raises NotAProfile as `read` does.
    """
    until = monotonic() + LONGEST_IN_ALL

    def in_time(take_in: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
        def taken_in(photo: bytes) -> bytes:
            if monotonic() > until:
                raise PhotoRefused(TOO_LONG)
            return take_in(photo)

        return taken_in

    return read(
        file,
        take_in=in_time(worker_process.take_in),
        take_in_beside=in_time(worker_process.take_in_beside),
    )


FROM_FILE, AS_IT_IS, LEAVE_OUT = "file", "mine", "leave"
PHOTO: Final = "photo"
ALTERED: Final = "Something went wrong on the way here. Choose the file again"


class WhoMaySeeForm(forms.Form):
    """Who may see what is new? Nothing is ticked beforehand."""

    only_me = forms.ChoiceField(
        label="Who may see what is new?",
        help_text="You can change it for each question later.",
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose who may see what is new"},
    )

    def __init__(self, *args: Any, page: Profile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choices = FOR_SOMEONE if page.for_someone else FOR_ME
        self.fields["only_me"].choices = self.choices  # type: ignore[attr-defined]
        self.fields["only_me"].is_needed_then = True  # type: ignore[attr-defined]


class BringForm(WhoMaySeeForm):
    """What comes from the file? Where both say something, that is chosen, and nothing beforehand;
    what is new comes along, or is left out.
    """

    file = forms.CharField(widget=forms.HiddenInput, error_messages={"required": ALTERED})

    def __init__(
        self,
        *args: Any,
        page: Profile,
        changes: Iterable[FileChange],
        with_photo: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, page=page, **kwargs)
        self.page = page
        self.changes = [change for change in changes if not change.refusal]
        self.new = [change for change in self.changes if change.is_new]
        self.has_both = len(self.new) < len(self.changes)
        for change in self.changes:
            self._ask_about(change)
        if with_photo:
            self._ask_about_the_photo()
        self._ask_who()

    def _ask_about(self, change: FileChange) -> None:
        key = change.topic.key
        self._remember(key, change.number)
        if change.is_new:
            self.fields[f"words-{key}"] = forms.CharField(
                required=False, widget=forms.HiddenInput, initial=FROM_FILE
            )
            return
        self.fields[f"words-{key}"] = forms.ChoiceField(
            label=format_html(
                'Which words do you want here?<span class="visually-hidden"> {}</span>',
                change.topic.title,
            ),
            required=False,
            widget=forms.RadioSelect,
            choices=[
                (FROM_FILE, "Use the file’s words"),
                (AS_IT_IS, "Keep theirs" if self.page.for_someone else "Keep mine"),
            ],
            error_messages={"invalid_choice": "Choose one of these two, or neither"},
        )
        # The page says once that each can be left, and not again at every one of them.
        self.fields[f"words-{key}"].is_needed_then = True  # type: ignore[attr-defined]

    def _ask_about_the_photo(self) -> None:
        """Where nothing is there yet, the photo comes along with what else is new."""
        is_new = not self.has_both and self.page.photos.newest() is None
        self.fields[PHOTO] = forms.BooleanField(
            label="Use the file’s photo",
            required=False,
            initial=is_new,
            widget=forms.HiddenInput if is_new else forms.CheckboxInput,
        )
        self._remember(PHOTO, self.page.photos.count())

    def _ask_who(self) -> None:
        """What is private stays private, so of that alone nobody is asked who may see it."""
        choices = self.choices if any(change.asks_who for change in self.new) else self.choices[1:]
        if self.has_both:
            choices = [*choices, (LEAVE_OUT, "Leave out what is new")]
        if self.new and len(choices) > 1:
            self.fields["only_me"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["only_me"]

    def _remember(self, key: str, number: int) -> None:
        """Which row was shown: what has changed since must be looked at again."""
        self.fields[f"from-{key}"] = forms.IntegerField(
            initial=number,
            min_value=0,
            max_value=MOST_ROWS,
            widget=forms.HiddenInput,
            error_messages=dict.fromkeys(
                ["required", "invalid", "min_value", "max_value"], ALTERED
            ),
        )

    def clean(self) -> dict[str, Any]:
        """Something has to be chosen; and for what is new, who may see it."""
        given = super().clean() or {}
        chosen = self._chosen(given)
        if not chosen and not given.get(PHOTO):
            raise forms.ValidationError(
                "Choose at least one thing from the file, or leave it all as it is"
            )
        is_open = "only_me" in self.fields and "only_me" not in self.errors
        if is_open and not given.get("only_me") and any(each.is_new for each in chosen):
            self.add_error("only_me", "Choose who may see what is new")
        return given

    def words(self) -> list[ChosenWords]:
        """What was chosen, ready to be saved."""
        given = self.cleaned_data
        return [
            ChosenWords(
                topic=change.topic,
                words=replace(change.words, only_me=change.words.only_me or self._is_kept(change)),
                started_from=given[f"from-{change.topic.key}"],
                photo=change.photo,
            )
            for change in self._chosen(given)
        ]

    def all_of_it(self, only_me: str) -> dict[str, Any]:
        """What this form sends where everything in the file is chosen."""
        sent: dict[str, Any] = {name: self[name].initial for name in self.fields}
        chosen = {f"words-{change.topic.key}": FROM_FILE for change in self.changes}
        return sent | chosen | {PHOTO: PHOTO in self.fields, "only_me": only_me}

    def again(self, *, without: Collection[str] = (), with_all: bool = False) -> Self:
        """The same question with the same choices; less some, or with everything chosen."""
        chosen = {
            name: FROM_FILE if with_all else self.data.get(name, "")
            for name in self.fields
            if name.startswith("words-") and name.removeprefix("words-") not in without
        }
        photo = with_all or (PHOTO in self.data and PHOTO not in without)
        initial = chosen | {
            "file": self.data.get("file", ""),
            "only_me": self.data.get("only_me", ""),
            PHOTO: photo,
        }
        return type(self)(
            page=self.page, changes=self.changes, with_photo=PHOTO in self.fields, initial=initial
        )

    def _is_kept(self, change: FileChange) -> bool:
        return change.asks_who and self.cleaned_data.get("only_me") == "yes"

    def _chosen(self, given: dict[str, Any]) -> Sequence[FileChange]:
        left_out = given.get("only_me") == LEAVE_OUT
        return [
            change
            for change in self.changes
            if given.get(f"words-{change.topic.key}") == FROM_FILE
            and not (change.is_new and left_out)
        ]
