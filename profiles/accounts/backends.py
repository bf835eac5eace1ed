"""How a request finds the account that its session names."""

from typing import TYPE_CHECKING, Any

from allauth.account import auth_backends
from django.db.models import QuerySet

from profiles.accounts.models import User
from profiles.core.prepared import prepared

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


class AuthenticationBackend(auth_backends.AuthenticationBackend):
    """allauth's, but for how an account is looked up: every page asks that of whoever signed in."""

    def get_user(self, user_id: Any) -> "AbstractBaseUser | None":
        """The account with this number, if it may come in."""
        user = _numbered.first(user_id)
        return user if user and self.user_can_authenticate(user) else None


@prepared
def _numbered(number: int) -> QuerySet[User]:
    return User.objects.filter(pk=number)
