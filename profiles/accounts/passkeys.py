"""A passkey is a second way in, beside the emailed code. docs/decisions/0007 says why."""

from typing import Any

from allauth.mfa import app_settings
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from fido2.utils import websafe_decode
from fido2.webauthn import CollectedClientData

DID_NOT_WORK = "That did not work, and nothing has changed. You can try again"


class PasskeysAdapter(DefaultMFAAdapter):
    """allauth's own doings with passkeys, except that having one asks for nothing more."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": DID_NOT_WORK,
        "unverified_email": "First type the code that we sent to your email address",
    }

    def is_mfa_enabled(self, user: AbstractBaseUser, types: Any = None) -> bool:
        """Never: else whoever lost the phone their passkey is on could not sign in by email."""
        return False

    def generate_authenticator_name(self, user: AbstractBaseUser, *_kind: Any) -> str:
        """What a passkey is called when nobody gave it a name."""
        count = Authenticator.objects.filter(user_id=user.pk).count()
        return f"My passkey {count + 1}" if count else "My passkey"

    def get_public_key_credential_user_entity(self, user: AbstractBaseUser) -> dict[str, Any]:
        """How a device names the account when it asks which passkey to use: by its email."""
        entity: dict[str, Any] = super().get_public_key_credential_user_entity(user)
        return entity | {"display_name": entity["name"]}

    def _get_site_name(self) -> str:
        return "Tell it once"


def passkeys_of(user: AbstractBaseUser | AnonymousUser) -> list[Authenticator]:
    """Somebody's passkeys, oldest first. Nothing else is an authenticator here."""
    return list(Authenticator.objects.filter(user_id=user.pk).order_by("created_at"))


def is_said_to_us(answer: dict[str, Any], request: HttpRequest) -> bool:
    """Was a passkey used on a page of this very name?

    A browser lets a page below our name ask for our passkeys too, and fido2 takes what is said
    there. But such a name may be somebody else's.
    """
    said = CollectedClientData(websafe_decode(answer["response"]["clientDataJSON"])).origin
    ours = {settings.SITE_ADDRESS, f"{request.scheme}://{request.get_host()}"}
    return said in ours or app_settings.WEBAUTHN_ALLOW_INSECURE_ORIGIN
