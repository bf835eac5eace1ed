"""Making accounts, and letting go of those nobody entered."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction

from profiles.accounts.models import User


def make_account(*, email: str) -> User:
    """An account that can be entered with a code sent to this address."""
    try:
        with transaction.atomic():
            user = User.objects.create_user(email)
            EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=False)
    except IntegrityError:  # asked for twice at once: the other one made it
        return User.objects.get_by_natural_key(email)
    return user


def end_sessions(*, user: User) -> None:
    """Sign this account out everywhere. Its sessions hold the email it signed in with."""
    for session in Session.objects.iterator():
        if session.get_decoded().get(SESSION_KEY) == str(user.pk):
            session.delete()


def forget_unentered(*, before: datetime) -> int:
    """Delete the accounts that were asked for and never entered. Returns how many.

    One that has a page has been entered, whatever it says: a page goes only with its person's word.
    """
    return (
        User.objects.filter(last_login=None, joined_at__lt=before, pages=None, kept_pages=None)
        .delete()[1]
        .get("profiles.User", 0)
    )
