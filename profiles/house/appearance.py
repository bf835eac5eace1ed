"""How somebody likes our pages to look: chosen on one page, kept in one cookie, no script."""

from dataclasses import dataclass
from typing import Final

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

COOKIE: Final[str] = settings.APPEARANCE_COOKIE_NAME
A_YEAR: Final = 365 * 24 * 60 * 60


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One thing that can be changed. The first option is what everybody starts with."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]

    @property
    def usual(self) -> str:
        """The option nobody has to choose."""
        return self.options[0][0]


# No word is used twice: the cookie is only a list of words, and each tells what it belongs to.
CHOICES: Final = (
    Choice(
        name="size",
        label="How big should the words be?",
        options=(("usual", "Usual size"), ("bigger", "Bigger"), ("biggest", "Biggest")),
    ),
    Choice(
        name="colours",
        label="Which colours are easiest for you?",
        options=(
            ("device", "The same as my phone or computer"),
            ("light", "Dark words on a light page"),
            ("dark", "Light words on a dark page"),
            ("yellow", "Black words on a yellow page"),
        ),
    ),
    Choice(
        name="spacing",
        label="How much space should there be between words and lines?",
        options=(("close", "Usual space"), ("roomy", "More space")),
    ),
    Choice(
        name="pictures",
        label="Do you want pictures beside the words?",
        options=(("shown", "Yes, show pictures"), ("hidden", "No, only words")),
    ),
    Choice(
        name="motion",
        label="May the page move by itself while it reads to you?",
        options=(("moving", "Yes, follow the words"), ("still", "No, keep the page still")),
    ),
)


class AppearanceForm(forms.Form):
    """The five choices, none of which has to be made."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for choice in CHOICES:
            self.fields[choice.name] = forms.ChoiceField(
                label=choice.label,
                choices=choice.options,
                widget=forms.RadioSelect,
                error_messages=dict.fromkeys(
                    ["required", "invalid_choice"], "Choose one of these answers"
                ),
            )
        self.helper = FormHelper()
        self.helper.layout = Layout(*self.fields, Submit("save", "Use these", css_id="save"))


def read(request: HttpRequest) -> dict[str, str]:
    """What this visitor has chosen. A word we do not know counts as not chosen."""
    words = set(request.COOKIES.get(COOKIE, "").split("."))
    return {
        choice.name: next((key for key, _ in choice.options if key in words), choice.usual)
        for choice in CHOICES
    }


def write(response: HttpResponse, chosen: dict[str, str]) -> None:
    """Remember what was chosen for a year, on this device only."""
    response.set_cookie(
        COOKIE,
        ".".join(chosen[choice.name] for choice in CHOICES),
        max_age=A_YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


@dataclass(frozen=True)
class Appearance:
    """What was chosen, ready to be written into a page's <html>."""

    chosen: dict[str, str]

    @property
    def attributes(self) -> SafeString:
        """Only what differs from the usual: ` data-size="bigger"`."""
        different = (
            (choice.name, self.chosen[choice.name])
            for choice in CHOICES
            if self.chosen[choice.name] != choice.usual
        )
        return format_html_join("", ' data-{}="{}"', different)
