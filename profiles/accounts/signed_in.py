"""Which account is signed in."""

from django.http import HttpRequest

from profiles.accounts.models import User


def account_of(request: HttpRequest) -> User | None:
    """The account that is signed in, if one is."""
    return request.user if isinstance(request.user, User) else None


def shown_to(request: HttpRequest) -> User | None:
    """The account that is shown what is asked for. HEAD asks about it, and shows it to nobody."""
    return None if request.method == "HEAD" else account_of(request)
