"""A passkey is a second way in, beside the emailed code. docs/decisions/0007 says why."""

from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser

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
