"""Signing in: one question, the email address."""

from typing import Any

from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from django import forms

from profiles.accounts import actions
from profiles.accounts.models import User


class EmailForm(RequestLoginCodeForm):
    """Where shall we send the code?

    An address we do not know gets an account and a code like any other, so that nobody has to
    choose between two forms, and nobody can find out who is known here. The account can only be
    entered with the code.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"] = forms.EmailField(
            label="What is your email address?",
            help_text="We send a code to it. There is no password to remember.",
            widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
            max_length=254,
            error_messages={
                "required": "Enter your email address",
                "invalid": "Enter an email address like name@example.com",
                "max_length": "That address is too long. Check it and try again",
            },
        )

    def clean_email(self) -> str:
        """The address, now known to us."""
        email: str = super().clean_email()
        if email and not self._user and not User.objects.filter(email__iexact=email).exists():
            self._user = actions.make_account(email=email)
        return email


class CodeForm(ConfirmLoginCodeForm):
    """What does the email say?"""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        field.label = "What is the code?"
        field.help_text = (
            "Type the code from the email. It works for one hour. You can ask for another."
        )
        field.error_messages["required"] = "Type the code from the email"
        field.widget.attrs = {"autocomplete": "one-time-code", "inputmode": "numeric"}
