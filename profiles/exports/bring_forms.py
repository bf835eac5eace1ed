"""The form with which somebody chooses a file to bring back."""

from typing import Any, Final

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.core.files.uploadedfile import UploadedFile

from profiles.exports.archive import EVERYTHING
from profiles.exports.checking import MOST_BYTES
from profiles.exports.portable import NotAProfile, Portable, parsed, read, with_small_photo
from profiles.exports.unpack import portable_in
from profiles.photos import worker_process

NO_FILE: Final = "Choose a file, or go back without one"
TOO_BIG: Final = f"That file is too big. Choose one under {MOST_BYTES // 1_000_000} MB"


class FileForm(forms.Form):
    """A file that somebody saved from here, or from another copy of Tell It Once."""

    file = forms.FileField(
        label="Which file?",
        help_text=f"tell-it-once.zip, {EVERYTHING}, or another data file from Tell It Once.",
        widget=forms.FileInput(attrs={"accept": ".zip,.json,application/zip,application/json"}),
        error_messages={
            **dict.fromkeys(["required", "invalid", "missing"], NO_FILE),
            "empty": "There is nothing in that file. Choose another one",
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout("file")

    def clean_file(self) -> tuple[Portable, str]:
        """What the file says; and its text, to go along to the next page. It is kept nowhere."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(TOO_BIG)
        try:
            data = parsed(portable_in(file.read()))
            portable = read(data, take_in=worker_process.take_in)
        except NotAProfile as reason:
            raise forms.ValidationError(str(reason)) from None
        if not portable.photo and not any(said.text.strip() for said in portable.answers):
            raise forms.ValidationError("There are no words in that file. Choose another one")
        return portable, with_small_photo(data, portable)
