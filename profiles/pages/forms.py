"""The forms with which a page is started and deleted."""

from typing import Any

from django import forms

from profiles.core.form_fields import plain_helper

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


class DeleteForm(forms.Form):
    """Are you sure?"""

    sure = forms.BooleanField(
        label="Yes, delete it all",
        error_messages={"required": "Tick the box if you want to delete it all"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = plain_helper("sure")
