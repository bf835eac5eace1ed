"""A page: whose it is, who keeps it, and what belongs to it."""

import secrets
from datetime import datetime
from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils import timezone

from profiles.accounts.models import DataKey, User
from profiles.core.prepared import prepared


def new_key() -> str:
    """A name for a page that nobody can guess."""
    return secrets.token_urlsafe(16)


class ProfileQuerySet(models.QuerySet["Profile"]):
    """Pages, in the words of those who ask for them."""

    def of(self, user: User | AnonymousUser) -> Self:
        """The pages this person made, for themselves or somebody they help; chosen one first."""
        if not user.is_authenticated:
            return self.none()
        return self.of_account(user.pk)

    def of_account(self, account: int) -> Self:
        """The same, by the account's number."""
        return self.filter(Q(owner_id=account) | Q(kept_by_id=account)).order_by("-chosen_at")

    def kept(self, user: User | AnonymousUser) -> Self:
        """The pages that this account keeps for somebody else."""
        return self.filter(kept_by=user) if user.is_authenticated else self.none()

    def called(self, key: str) -> Self:
        """The page with this name."""
        return self.filter(key=key)

    def unclaimed(self) -> Self:
        """The pages of visitors who have not signed in."""
        return self.filter(owner=None, kept_by=None)

    def forgotten(self, before: datetime) -> Self:
        """The visitors' pages that nobody has opened since that moment."""
        return self.unclaimed().filter(opened_at__lt=before)


class Profile(models.Model):
    """A person's page: whose it is, and who keeps it."""

    key = models.CharField(max_length=32, unique=True, default=new_key, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="pages"
    )
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="kept_pages"
    )
    for_someone = models.BooleanField(default=False)  # written by somebody who helps them
    language = models.CharField(max_length=12, default="en")
    layout = models.CharField(max_length=40, default="one-page")
    size = models.CharField(max_length=20, default="a4")  # of the paper it is printed on
    theme = models.CharField(max_length=20, default="notebook")  # its set of colours
    pictures = models.CharField(max_length=10, default="usual")  # none, or how large
    ask_me = models.BooleanField(default=False)  # lines to fill in by hand, where little is said
    data_key = models.OneToOneField(DataKey, models.PROTECT, related_name="profile")
    tells_me = models.BooleanField(default=False)  # by email, when somebody opened the page
    reminds_me = models.BooleanField(default=True)  # by email, when it is time to check the page
    put_off_until = models.DateTimeField(null=True, blank=True)  # "is it still right?": not now
    made_at = models.DateTimeField(default=timezone.now)
    chosen_at = models.DateTimeField(default=timezone.now)
    opened_at = models.DateTimeField(default=timezone.now)
    told_at = models.DateTimeField(null=True, blank=True)  # up to when they read what we told them

    objects = ProfileQuerySet.as_manager()

    def __str__(self) -> str:
        return f"page {self.pk}"

    def sealing_key(self) -> DataKey:
        return self.data_key

    def lock(self) -> "Profile":
        """The page as it is now. Nobody else changes or opens it until our transaction is over."""
        if held := _held.first(self.pk):
            return held
        raise Profile.DoesNotExist

    @property
    def account(self) -> User | None:
        """Whose account it is in: its person's, or its keeper's."""
        return self.owner or self.kept_by

    @property
    def is_kept(self) -> bool:
        """Is it in the account of its keeper, and not handed over to its person?"""
        return self.owner_id is None and self.kept_by_id is not None

    @property
    def is_blank(self) -> bool:
        """Has nothing been written on it yet, not even half-typed?"""
        return not (self.answers.exists() or self.drafts.exists() or self.photos.exists())

    @property
    def name(self) -> str:
        """How the person likes to be called, when they have said so: for themself."""
        return self.answers.current().name()

    @property
    def name_on_page(self) -> str:
        """The same, where they have not kept it to themself: for readers."""
        return self.answers.current().for_readers().name()


@prepared
def _held(page: int) -> models.QuerySet[Profile]:
    return Profile.objects.select_for_update().filter(pk=page)


@prepared
def chosen_page(account: int) -> models.QuerySet[Profile]:
    """The page that an account chose or began last, with its key."""
    return Profile.objects.of_account(account).select_related("data_key")[:1]


class Tombstone(models.Model):
    """What is left of a page that was deleted: its number, and when. It points to nobody.

    It is made first, and tells the database to let go of rows that are only ever added to.
    """

    page = models.BigIntegerField(primary_key=True)  # no foreign key: the page is gone
    left_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"page {self.page}, which is gone"


class OfAPage(models.Model):
    """A row that belongs to a page, and is sealed with that person's key."""

    profile: models.ForeignKey[Profile, Profile]

    class Meta:
        abstract = True

    def sealing_key(self) -> DataKey:
        return self.profile.data_key
