"""Who looked at a page, and when."""

from django.db import models
from django.utils import timezone

from profiles.answers.models import Edition, OfAPage, Profile
from profiles.append_only import AppendOnly, AppendOnlyQuerySet
from profiles.sealed import SealedTextField


class Channel(models.TextChoices):
    """How a page was opened."""

    SCREEN = "html", "on a screen"
    PAPER = "pdf", "to print"
    TEXT = "text", "as plain text"
    DATA = "json", "as a data file"


class Look(AppendOnly, OfAPage):
    """One opening of a page by somebody other than its person.

    It copies the reader's said name, and points to nobody: a reader's leaving changes no history.
    """

    profile = models.ForeignKey(Profile, models.CASCADE, related_name="looks")
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="looks")
    channel = models.CharField(max_length=8, choices=Channel.choices)
    reader_said = SealedTextField(default="")
    looked_at = models.DateTimeField(default=timezone.now)

    objects = AppendOnlyQuerySet.as_manager()

    def __str__(self) -> str:
        return f"look {self.pk}"
