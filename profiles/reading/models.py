"""What readers say of themselves, and the passcodes they tried."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from profiles.core.append_only import AppendOnly, AppendOnlyQuerySet
from profiles.core.clock import APART
from profiles.core.encrypted_fields import EncryptedTextField
from profiles.pages.models import OfAPage, Profile
from profiles.sharing.models import Share

READS_FOR = timedelta(hours=2)  # after which a reader says again who they are


class IntroductionQuerySet(AppendOnlyQuerySet["Introduction"]):
    """Introductions, in the words of those who ask for them."""

    def lately(self, at: datetime | None = None) -> Self:
        """Those of readers who said a short while ago who they are."""
        now = at or timezone.now()
        return self.between(now - READS_FOR, now + APART)

    def between(self, moment: datetime, until: datetime) -> Self:
        """Those that were made after this moment, and not after that one."""
        return self.filter(introduced_at__gt=moment, introduced_at__lte=until)

    def by_passcode_of_share(self) -> Self:
        """Those of readers who came in by the passcode that their share has now; or by none, if it
        has none.
        """
        has_none = Q(passcode_number=None, share__passcode_number=None)
        return self.filter(has_none | Q(passcode_number=F("share__passcode_number")))


class Introduction(AppendOnly, OfAPage):
    """What a reader said of themself at the doorstep: kept as "said to be"."""

    profile = models.ForeignKey(Profile, models.CASCADE, related_name="introductions")
    share = models.ForeignKey(Share, models.CASCADE, related_name="introductions")
    key_digest = models.CharField(max_length=64, unique=True)  # of what their browser remembers
    name = EncryptedTextField()
    role = EncryptedTextField(default="")
    place = EncryptedTextField(default="")
    introduced_at = models.DateTimeField(default=timezone.now)
    passcode_number = models.PositiveIntegerField(null=True, blank=True)  # the share's, then

    objects = IntroductionQuerySet.as_manager()

    def __str__(self) -> str:
        return f"introduction {self.pk}"


class WrongGuess(models.Model):
    """A wrong passcode that was tried, as a digest: the same guess twice counts once."""

    share = models.ForeignKey(Share, models.CASCADE, related_name="wrong_guesses")
    guess_digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["share", "guess_digest"], name="a_guess_counts_once")
        ]

    def __str__(self) -> str:
        return f"wrong guess {self.pk}"
