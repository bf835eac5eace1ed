"""An archive that took long to make, kept for whoever asked for it."""

from datetime import datetime, timedelta
from typing import Final, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from profiles.accounts.models import User
from profiles.core.clock import APART
from profiles.core.encrypted_fields import EncryptedField
from profiles.pages.models import OfAPage, Profile

KEPT: Final = timedelta(days=1)  # once it is made
ASKED_FOR: Final = timedelta(days=7)  # and not made: no worker was there


class KeptArchiveQuerySet(models.QuerySet["KeptArchive"]):
    """Kept archives, in the words of those who ask for them."""

    def of(self, page: Profile, account: User | None) -> Self:
        """The one that this account asked for of this page: for nobody else."""
        return self.filter(profile=page, account=account) if account else self.none()

    def ready(self, at: datetime) -> Self:
        """Those that can be fetched."""
        return self.filter(made_at__gt=at - KEPT, made_at__lte=at + APART)

    def being_made(self) -> Self:
        """Those that no worker has made yet."""
        return self.filter(made_at=None)

    def over(self, at: datetime) -> Self:
        """Those that are kept no longer."""
        never_made = Q(made_at=None, asked_at__lte=at - ASKED_FOR)
        by_a_clock_ahead = Q(made_at__gt=at + APART)
        return self.filter(Q(made_at__lte=at - KEPT) | by_a_clock_ahead | never_made)


class KeptArchive(OfAPage):
    """An archive that took too long to wait for. It is sealed like the words in it."""

    profile = models.ForeignKey(Profile, models.CASCADE, related_name="kept_archives")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="kept_archives"
    )
    file = EncryptedField(default=b"")
    asked_at = models.DateTimeField(default=timezone.now)
    made_at = models.DateTimeField(null=True, blank=True)

    objects = KeptArchiveQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["profile", "account"], name="one_archive_is_kept")
        ]

    def __str__(self) -> str:
        return f"kept archive {self.pk}"
