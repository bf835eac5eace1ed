"""People who sign in, and the keys that seal people's words."""

import uuid
from datetime import datetime
from functools import cached_property
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from profiles.accounts.sessions import SessionStore
from profiles.core import addresses, crypto
from profiles.core.models import FieldKey


class UserManager(BaseUserManager["User"]):
    """Makes and finds accounts. There are no passwords: people sign in with an emailed code."""

    def new(self, email: str, **extra: Any) -> "User":
        """An account that is not saved yet."""
        user = self.model(email=addresses.settled(email), **extra)
        user.set_unusable_password()
        return user

    def create_user(self, email: str, password: None = None, **extra: Any) -> "User":
        user = self.new(email, **extra)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """The account with this address, however it is written. Raises User.DoesNotExist."""
        if (account := self.with_address(username or "")) is None:
            raise self.model.DoesNotExist
        return account

    def with_address(self, email: str) -> "User | None":
        """The account with this address. Some databases take a long s for an s."""
        settled = addresses.settled(email)
        alike = self.filter(email__iexact=settled)
        return next((user for user in alike if addresses.settled(user.email) == settled), None)

    def with_card(self, account: "User | None") -> "User | None":
        """This account, and the hello card it keeps with its key; None if there is none.

        They are read in one go: so a card that is deleted a moment later can still be shown.
        """
        found = self.select_related("hello_card__data_key")
        return found.filter(pk=account.pk).first() if account else None


class User(AbstractBaseUser):
    """Somebody who signs in, known by their email. There is no staff and no superuser."""

    email = models.EmailField(max_length=254, unique=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)
    reminds_me = models.BooleanField(default=True)  # by email, of what they promised as a worker

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="one_account_per_email")]

    def __str__(self) -> str:
        return f"account {self.pk}"  # never the email: this ends up in logs


class SessionQuerySet(models.QuerySet["Session"]):
    """Sessions, in the words of those who ask for them."""

    def of(self, user: User | AnonymousUser) -> Self:
        """Where this account is signed in, the one used last first."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(account=user).order_by("-used_at")

    def still_open(self) -> Self:
        """Those that have not ended by the clock."""
        return self.filter(expire_date__gt=timezone.now())

    def ended(self, at: datetime) -> Self:
        """Those that had ended at this moment."""
        return self.filter(expire_date__lte=at)


class Session(AbstractBaseSession):
    """What one browser is remembered by. Neither its key nor what it knows can be read here."""

    session_key = models.CharField(max_length=64, primary_key=True)  # the key's digest
    account = models.ForeignKey(User, models.CASCADE, null=True, related_name="sessions")
    browser = models.CharField(max_length=60, blank=True)  # of an account's: its kind, in words
    used_at = models.DateTimeField(default=timezone.now)  # to the hour

    objects = SessionQuerySet.as_manager()  # type: ignore[assignment,misc]  # Django's own only saves

    def __str__(self) -> str:
        return f"session of account {self.account_id}"

    @classmethod
    def get_session_store_class(cls) -> type[SessionStore]:
        return SessionStore


class DataKeyQuerySet(models.QuerySet["DataKey"]):
    """Keys, in the words of those who ask for them."""

    def of_account(self, user: User) -> Self:
        """The key of what an account keeps for itself, which is no page: its hello card."""
        return self.filter(hello_card__worker=user)

    def not_under(self, name: str) -> Self:
        """Those that another of FIELD_KEYS locks than this one."""
        return self.exclude(field_key=name)


class DataKey(models.Model):
    """The key that seals one person's words. Deleting the row makes them unreadable for ever.

    It is kept wrapped by the newest of FIELD_KEYS, which live outside the database.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wrapped = models.BinaryField()
    field_key = models.ForeignKey(FieldKey, models.PROTECT, related_name="data_keys")

    objects = DataKeyQuerySet.as_manager()

    def __str__(self) -> str:
        return f"key {self.pk}"

    @classmethod
    def make(cls) -> Self:
        """A new key, for a new page or a new hello card. Raises KeysDiffer: see FieldKey."""
        key = cls(field_key_id=FieldKey.to_lock_with())
        key.wrapped = key._wrapped_by(key.field_key_id, crypto.new_key())
        key.save()
        return key

    @property
    def name(self) -> str:
        return self.id.hex

    @cached_property
    def secret(self) -> bytes:
        """The key itself. Raises CannotOpen when none of FIELD_KEYS wrapped it."""
        return crypto.unseal(bytes(self.wrapped), keys=settings.FIELD_KEYS, about=self._about)

    def rewrap(self, name: str) -> bool:
        """Wrap under this one of FIELD_KEYS. False if the key went, or was wrapped meanwhile."""
        under_another = DataKey.objects.filter(pk=self.pk).not_under(name)
        wrapped = self._wrapped_by(name, self.secret)
        return under_another.update(wrapped=wrapped, field_key=name) == 1

    def _wrapped_by(self, name: str, secret: bytes) -> bytes:
        key = settings.FIELD_KEYS[name]
        return crypto.seal(secret, key_name=name, key=key, about=self._about)

    @property
    def _about(self) -> str:
        return f"{self._meta.db_table}.wrapped.{self.name}"
