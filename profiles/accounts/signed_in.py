"""Which account is signed in."""

from django.http import HttpRequest

from profiles.accounts.models import User


def account_of(request: HttpRequest) -> User | None:
    """The account that is signed in, if one is."""
    return request.user if isinstance(request.user, User) else None
