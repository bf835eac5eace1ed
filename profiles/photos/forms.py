"""The forms with which a photo is chosen and cropped."""

import base64
import binascii
from contextlib import suppress
from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.http import QueryDict

from profiles.core.form_fields import plain_helper
from profiles.photos import worker_process
from profiles.photos.actions import usual_words
from profiles.photos.images import (
    KEPT_BYTES,
    MOST_BYTES,
    NOT_A_PHOTO,
    TOO_BIG,
    Crop,
    PhotoRefused,
    is_tall,
)
from profiles.photos.models import LONGEST_WORDS, AnswerPhoto, Photo

LONGEST_KEPT = 4 * (KEPT_BYTES // 3 + 1)  # of a photo as we keep it, in base64

WIDE_CROPS = [
    (Crop.LEFT.value, "Left"),
    (Crop.MIDDLE.value, "Middle"),
    (Crop.RIGHT.value, "Right"),
    (Crop.CLOSER.value, "Closer"),
    (Crop.FURTHER.value, "Further away"),
]
TALL_CROPS = [
    (Crop.LEFT.value, "Top"),
    WIDE_CROPS[1],
    (Crop.RIGHT.value, "Bottom"),
    *WIDE_CROPS[3:],
]


class WordsField(forms.CharField):
    """What somebody would see in the photo, said in words."""

    def __init__(self) -> None:
        super().__init__(
            label="What does the photo show?",
            help_text="For people who cannot see the photo. For example: Jo in a red hat, smiling",
            required=False,
            max_length=LONGEST_WORDS,
            widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
            error_messages={
                "max_length": "Use %(limit_value)d letters or fewer. "
                "You have used %(show_value)d, and they are still in the box",
                "null_characters_not_allowed": "There is a letter in your words that we cannot "
                "keep. Type that part again",
            },
        )
        del self.widget.attrs["maxlength"]  # browsers cut pasted words short, and do not say so

    def clean(self, value: Any) -> str:
        """The words on one line."""
        return " ".join(str(super().clean(value)).split())


class PhotoForm(forms.Form):
    """A photo from the camera, or from among the files."""

    photo = forms.FileField(
        label="Choose a photo, or take one",
        help_text="Most photos from a phone will do. Under 15 MB: JPG, PNG or HEIC.",
        widget=forms.FileInput(attrs={"accept": "image/*"}),  # offers the camera, and the album
        error_messages={
            "required": "Choose a photo, or go back without one",
            "invalid": "Choose a photo, or go back without one",
            "missing": "Choose a photo, or go back without one",
            "empty": NOT_A_PHOTO,
        },
    )
    alt = WordsField()
    kept = forms.CharField(required=False, max_length=LONGEST_KEPT, widget=forms.HiddenInput)

    def __init__(
        self,
        data: QueryDict | None = None,
        *args: Any,
        usual: str,
        refusal: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(data.copy() if data is not None else None, *args, **kwargs)
        self.refusal = refusal  # why no photo can be taken in just now, if none can
        self.usual = usual  # what stands for the photo when nobody says what it shows
        self.helper = plain_helper("photo", "alt", "kept")
        self.fields["photo"].required = False
        self.fields["photo"].is_needed_then = True  # type: ignore[attr-defined]

    def clean_photo(self) -> bytes:
        """The photo as we keep it. The file itself, and its name, go no further than here."""
        file: UploadedFile | None = self.cleaned_data["photo"]
        sent = str(self.data.get("kept", ""))[:LONGEST_KEPT]
        if not file and sent:
            with suppress(binascii.Error, ValueError):
                file = SimpleUploadedFile("photo", base64.b64decode(sent, validate=True))
        if not file:
            return self.without_file()
        whole = self._taken_in(file)
        # A browser lets go of a chosen file: where something else is to be mended, it comes
        # along in the form. Like any other photo that is sent, it is made anew.
        cast(QueryDict, self.data)["kept"] = base64.b64encode(whole).decode()
        return whole

    def take_in(self, data: bytes) -> bytes:
        """What we keep of a file. Raises PhotoRefused with a sentence."""
        return worker_process.take_in(data)

    def without_file(self) -> bytes:
        """The photo where none is sent. Raises ValidationError if there has to be one."""
        raise forms.ValidationError(self.fields["photo"].error_messages["required"])

    @property
    def chosen(self) -> bytes:
        """A photo that was chosen, and came along in the form: to be shown again."""
        whole: bytes = self.cleaned_data.get("photo", b"") if self.is_bound else b""
        return whole if self.data.get("kept") else b""

    def _taken_in(self, file: UploadedFile) -> bytes:
        """The photo in this file, as it is kept. Raises ValidationError with a sentence."""
        if self.refusal:
            raise forms.ValidationError(self.refusal)
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(TOO_BIG)
        try:
            return self.take_in(file.read())
        except PhotoRefused as refused:
            raise forms.ValidationError(str(refused)) from None

    def clean_alt(self) -> str:
        return self.cleaned_data["alt"] or self.usual


class BesideForm(PhotoForm):
    """A photo to stand beside an answer, and what it shows; or other words for the one there."""

    def __init__(
        self, data: QueryDict | None = None, *args: Any, now: AnswerPhoto | None, **kwargs: Any
    ) -> None:
        initial = {"alt": now.alt if now else ""}
        super().__init__(data, *args, usual="", initial=initial, **kwargs)
        self.now = now
        self.fields["photo"].is_needed_then = now is None  # type: ignore[attr-defined]
        self.fields["alt"].required = True
        self.fields[
            "alt"
        ].help_text = (
            "For people who cannot see the photo. For example: my blue cup, with two handles"
        )
        self.fields["alt"].error_messages["required"] = "Say in a few words what the photo shows"

    def take_in(self, data: bytes) -> bytes:
        """The same, smaller: it stands beside words."""
        return worker_process.take_in_beside(data)

    def without_file(self) -> bytes:
        """The photo that is there already, if only its words change."""
        return bytes(self.now.whole) if self.now else super().without_file()


class CropForm(forms.Form):
    """Which square of the photo goes on the page?"""

    crop = forms.ChoiceField(
        label="Which part of the photo shall we show?",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose one of these five",
            "invalid_choice": "Choose one of these five",
        },
    )
    alt = WordsField()
    started_from = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, photo: Photo, number: int, **kwargs: Any) -> None:
        kwargs["initial"] = {"crop": photo.crop, "alt": photo.alt, "started_from": number}
        super().__init__(*args, **kwargs)
        self.profile = photo.profile
        crops = TALL_CROPS if is_tall(photo.whole) else WIDE_CROPS
        self.fields["crop"].choices = crops  # type: ignore[attr-defined]

    def clean_crop(self) -> Crop:
        return Crop(self.cleaned_data["crop"])

    def clean_alt(self) -> str:
        return self.cleaned_data["alt"] or usual_words(self.profile)
