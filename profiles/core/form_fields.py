"""Fields for what people type: nothing is cut, and nothing is kept that cannot be a letter."""

import re
from typing import Any, Final, cast

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.http import QueryDict

from profiles.core import addresses, codes
from profiles.core.mails import sayable

# Marks that turn the direction of what comes after them: a name must not turn the words around it.
TURNING: Final = re.compile(r"[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
NOT_LETTERS: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
ODD: Final = "There is a letter in your words that we cannot keep. Type that part again"
NO_PLAIN_LETTER: Final = (
    "There is a letter in that address that we cannot write to. "
    "Type it with plain letters, like name@example.com"
)


class Typed(forms.CharField):
    """Words of at most so many letters. Too long is said in a sentence, and never cut."""

    def __init__(self, *, most: int, missing: str = "", **kwargs: Any) -> None:
        super().__init__(
            max_length=most,
            required=bool(missing),
            error_messages={
                "required": missing,
                "max_length": f"That is too long. Use {most} letters or fewer",
                "null_characters_not_allowed": ODD,
            },
            **kwargs,
        )
        self.widget.attrs.pop("maxlength", None)  # a browser would cut without a word

    def to_python(self, value: Any) -> str:
        """The words, without marks that would turn the words around them."""
        words = str(value or "")
        if NOT_LETTERS.search(words):
            raise forms.ValidationError(ODD)
        return TURNING.sub("", words).strip()


class OneLine(Typed):
    """Words on one line: a name, a role, a place."""

    def __init__(self, *, most: int = 100, autocomplete: str = "off", **kwargs: Any) -> None:
        attrs = {"autocomplete": autocomplete, "dir": "auto"}
        super().__init__(most=most, widget=forms.TextInput(attrs=attrs), **kwargs)

    def to_python(self, value: Any) -> str:
        """The words, with single spaces between them."""
        return " ".join(super().to_python(value).split())


class OneCode(OneLine):
    """A code that somebody heard, or reads off paper: no keyboard makes a word of it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(most=codes.LONGEST_PASTE, **kwargs)
        self.widget.attrs |= {
            "autocapitalize": "characters", "autocorrect": "off", "spellcheck": "false",
        }  # fmt: skip


class FewLines(Typed):
    """Words on some lines: a note, a reason."""

    def __init__(self, *, most: int = 1_000, rows: int = 3, **kwargs: Any) -> None:
        attrs = {"rows": rows, "dir": "auto", "autocomplete": "off"}
        super().__init__(most=most, widget=forms.Textarea(attrs=attrs), **kwargs)


class EmailAddress(forms.EmailField):
    """An email address, as `addresses.settled` writes it."""

    def __init__(
        self,
        *,
        missing: str = "Enter an email address",
        autocomplete: str = "off",
        **kwargs: Any,
    ) -> None:
        attrs = {"autocomplete": autocomplete, "spellcheck": "false"}
        super().__init__(
            max_length=254,
            widget=forms.EmailInput(attrs=attrs),
            error_messages={
                "required": missing,
                "invalid": "Enter an email address like name@example.com",
                "max_length": "That address is too long. Check it and try again",
            },
            **kwargs,
        )
        self.widget.attrs.pop("maxlength", None)  # a browser would cut without a word

    def to_python(self, value: Any) -> str:
        """The address, in the one way in which it is written here."""
        address = addresses.settled(str(value or ""))
        if not address.isascii():  # it would be taken for the address of somebody else
            raise forms.ValidationError(NO_PLAIN_LETTER)
        return address


class SayMyName(forms.BooleanField):
    """May an email say whose it is? Nothing is ticked for anybody."""

    def __init__(self, also: str = "") -> None:
        super().__init__(
            label="Say my name in the email",
            help_text="If you tick this, they know at once that it comes from you. If not, no name "
            f"is in it. {also}".strip(),
            required=False,
        )

    @staticmethod
    def check(name: str) -> None:
        """Raises ValidationError, with the sentence to show, for a name that no email may say."""
        if not sayable(name):
            raise forms.ValidationError(
                "We can only say a name that is all letters. Yours is not there yet, or has "
                "something else in it. Take this tick out, or change the name"
            )


def carried(form: forms.Form, without: str = "") -> list[tuple[str, str]]:
    """Everything as it was sent, for a page on which it is looked at first, and then sent again."""
    sent = cast(QueryDict, form.data)
    names = [name for name in form.fields if name != without]
    return [(name, value) for name in names for value in sent.getlist(name)]


def plain_helper(*fields: str) -> FormHelper:
    """Draws these fields, and leaves the form's tag and buttons to the page."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True  # the page's own <form> carries the token
    helper.layout = Layout(*fields)
    return helper
