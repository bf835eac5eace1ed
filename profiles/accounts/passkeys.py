"""A passkey is a second way in, beside the emailed code."""

from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth.base_user import AbstractBaseUser


class PasskeysAdapter(DefaultMFAAdapter):
    """allauth's own doings with passkeys, except that having one asks for nothing more."""

    def is_mfa_enabled(self, user: AbstractBaseUser, types: Any = None) -> bool:
        """Never: else whoever lost the phone their passkey is on could not sign in by email."""
        return False
