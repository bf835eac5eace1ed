"""Making accounts, and letting go of those nobody entered."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction

from profiles.accounts.models import User


@transaction.atomic
def make_account(*, email: str) -> User:
    """An account that can be entered with a code sent to this address."""
    user = User.objects.create_user(email)
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=False)
    return user


def forget_unentered(*, before: datetime) -> int:
    """Delete the accounts that were asked for and never entered. Returns how many."""
    return (
        User.objects.filter(last_login=None, joined_at__lt=before)
        .delete()[1]
        .get("profiles.User", 0)
    )
