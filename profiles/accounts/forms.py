"""Signing in, and changing what somebody signs in with. One question each."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import (
    AddEmailForm,
    ConfirmEmailVerificationCodeForm,
    ConfirmLoginCodeForm,
    RequestLoginCodeForm,
)
from allauth.account.internal.stagekit import unstash_login
from allauth.core import context
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm, LoginWebAuthnForm
from django import forms
from django.db import transaction

from profiles.accounts import actions, tries
from profiles.accounts.models import User
from profiles.accounts.passkeys import DID_NOT_WORK, is_said_to_us
from profiles.core import codes, security_log
from profiles.core.form_fields import EmailAddress
from profiles.core.security_log import Event

TOO_MANY = (
    "That was a lot of tries for one day. Try again tomorrow, or use a passkey, or a device that "
    "you signed in on before. Nothing is lost"
)
NO_CODE = "We cannot find a code in that. Type the 8 numbers from the email"
# What fido2 raises at odd JSON.
MALFORMED = (AttributeError, KeyError, RecursionError, TypeError, ValueError)


def _never_cut(field: forms.CharField) -> forms.CharField:
    """Too long is said in our words. A browser given `maxlength` cuts without a word."""
    field.widget.attrs.pop("maxlength", None)
    return field


def _email_field(label: str, help_text: str) -> EmailAddress:
    return EmailAddress(
        label=label,
        help_text=help_text,
        missing="Enter your email address",
        autocomplete="email",
    )


class EmailForm(RequestLoginCodeForm):
    """Where shall we send the code?

    An address we do not know gets an account and a code like any other, so that nobody has to
    choose between two forms, and nobody can find out who is known here. The account can only be
    entered with the code.
    """

    _user: User | None  # allauth sets it, while it cleans the address

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"] = _email_field(
            "What is your email address?", "We send a code to it. There is no password to remember."
        )

    def clean_email(self) -> str:
        """The address, now known to us.

        allauth looks at an address that it knows in another way than at one that it does not. What
        is written here is written in one go, whichever it is.
        """
        email: str = self.cleaned_data["email"]
        with transaction.atomic():
            allowed = tries.send_code(context.request, email)
            user = actions.make_account(email=email) if allowed else None
        if user is None:
            security_log.note(Event.SIGN_IN_LOCKED, context.request)
            raise get_adapter().validation_error("code_rate_limited")
        self._user = user if user.is_active else None
        return email


class NewEmailForm(AddEmailForm):
    """Which address instead? Nothing changes until a code that we send there is typed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"] = _email_field(
            "What is your new email address?",
            "We send a code to it. Until you type the code, nothing changes.",
        )


class AskForCode(forms.Form):
    """What is the code that we emailed? Only what holds one is a try."""

    was_compared = False  # with the code that was sent: else it was no try

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        field.label = "What is the code?"
        field.help_text = (
            "Type the code from the email. It works for one hour. You can ask for another."
        )
        field.error_messages["required"] = "Type the code from the email"
        field.widget.attrs = {"autocomplete": "one-time-code", "inputmode": "numeric"}

    def clean_code(self) -> str:
        """The code they were sent, however they typed or pasted it."""
        self.cleaned_data["code"] = self.found_code()
        self.was_compared = True
        return super().clean_code()  # type: ignore[misc,no-any-return]  # allauth's, beside this

    def found_code(self) -> str:
        """The code in what they typed. Raises ValidationError if there is none, or a second."""
        code = codes.digits(self.cleaned_data["code"], length=codes.EMAILED_LENGTH)
        if not code:
            raise forms.ValidationError(NO_CODE)
        return code


class SignInCodeForm(AskForCode, ConfirmLoginCodeForm):
    """What does the email say? Then they are signed in."""

    def clean_code(self) -> str:
        """The right code. Every guess is counted before it is compared, and a right one is not."""
        self.found_code()  # what holds none is no guess
        waiting = unstash_login(context.request, peek=True)
        guess = tries.guess(context.request, waiting.email) if waiting else None
        if guess is None:
            security_log.note(Event.SIGN_IN_LOCKED, context.request)
            raise forms.ValidationError(TOO_MANY)
        try:
            code: str = super().clean_code()
        except forms.ValidationError:
            security_log.note(Event.SIGN_IN_REFUSED, context.request)
            raise
        guess.take_back()
        return code


class NewEmailCodeForm(AskForCode, ConfirmEmailVerificationCodeForm):
    """What does the email say? Then their address is changed."""

    def clean_code(self) -> str:
        """The code, if no other account has this address: allauth finds none with a capital."""
        code = super().clean_code()
        if (other := User.objects.with_address(self.email)) and other != self.user:
            raise get_adapter().validation_error("email_taken")
        return code


class _NamedPasskey(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name = forms.CharField(
            label="What shall we call it?",
            help_text="Name the device it is on, such as “my phone”.",
            max_length=60,
            required=self.fields["name"].required,
            error_messages={
                "required": "Give it a name",
                "max_length": "That name is too long. Use 60 letters or fewer",
            },
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
        )
        self.fields["name"] = _never_cut(name)


class _Answer(forms.JSONField):
    """What a device answered: JSON, but deeper than any that a device makes cannot be read."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        """What it says: it needs no escaped letters, among which could be some of no database."""
        if "\\u" in (value or ""):
            raise forms.ValidationError(DID_NOT_WORK)
        try:
            return super().to_python(value)
        except (RecursionError, ValueError) as error:
            raise forms.ValidationError(DID_NOT_WORK) from error

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Nothing: it answered a question that is asked once, and is not to be sent again."""
        return initial


class AddPasskeyForm(_NamedPasskey, AddWebAuthnForm):
    """A passkey that a device has just made, and a name for it."""

    credential = _Answer()

    def clean(self) -> dict[str, Any]:
        """The passkey, if the device made it for us just now."""
        try:
            return super().clean() or {}
        except MALFORMED as error:
            raise forms.ValidationError(DID_NOT_WORK) from error


class PasskeyNameForm(_NamedPasskey, EditWebAuthnForm):
    """Another name for a passkey."""


class PasskeyForm(LoginWebAuthnForm):
    """Signing in with a passkey: what the device answered."""

    credential = _Answer()

    def clean_credential(self) -> Authenticator:
        """The passkey, if it is one of ours and answers us what we asked just now."""
        answer = self.cleaned_data["credential"]
        try:
            passkey: Authenticator = super().clean_credential()
            if not is_said_to_us(answer, context.request):
                raise forms.ValidationError(DID_NOT_WORK)
            return passkey
        except forms.ValidationError:
            security_log.note(Event.SIGN_IN_REFUSED, context.request)
            raise
        except MALFORMED as error:
            security_log.note(Event.SIGN_IN_REFUSED, context.request)
            raise forms.ValidationError(DID_NOT_WORK) from error
