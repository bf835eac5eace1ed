"""Who looked at a page, and when."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from profiles.answers.models import Edition
from profiles.core.append_only import AppendOnly, AppendOnlyQuerySet
from profiles.core.clock import APART
from profiles.core.encrypted_fields import EncryptedTextField
from profiles.pages.models import OfAPage, Profile


class Channel(models.TextChoices):
    """How a page was opened."""

    SCREEN = "html", "on a screen"
    PAPER = "pdf", "to print"
    TEXT = "text", "as plain text"
    DATA = "json", "as a data file"
    RECORD = "shl", "into a record"


class Happened(models.TextChoices):
    """What a line of the log tells. The first five are the ways to open a page."""

    LOOKED = Channel.SCREEN.value, "looked at the page"
    PRINTED = Channel.PAPER.value, "took the page as a PDF"
    TOOK_TEXT = Channel.TEXT.value, "took the page as plain text"
    TOOK_DATA = Channel.DATA.value, "took the page as a data file"
    TOOK_RECORD = Channel.RECORD.value, "took the page into its records"
    WRONG_PASSCODE = "wrong", "tried a wrong passcode"
    LOCKED = "locked", "the passcode was tried too often"
    HAS_READ = "read", "said that they have read it"
    OUT_OF_DATE = "old", "said that something looks out of date"
    ASKED = "asked", "asked to see the page"
    PROMISED = "promise", "promised something by a day"
    SAID_SORRY = "sorry", "said sorry for a promise that was not kept"
    HELPS = "helps", "began to help"
    LEFT = "left", "stopped helping"
    SUGGESTED = "suggest", "suggested words"
    TOGETHER = "together", "wrote together with the person"
    DECIDED = "decided", "wrote down a decision"
    HANDED = "handed", "handed the page to its person"
    NO_PAPER = "nopaper", "asked for the page as a PDF, and did not get it"
    NO_RECORD = "norecord", "asked for the page for its records, and did not get it"
    CLOSED = "closed", "closed the account"  # these three: whoever runs the site
    REOPENED = "reopened", "opened the account again"
    COPY_SENT = "copysent", "had a copy made, and its person emailed"


OPENINGS = tuple(Channel.values)
# What somebody who helps did, of which the person is told at once.
TOLD = (Happened.DECIDED, Happened.TOGETHER, Happened.HELPS, Happened.LEFT)


class LookQuerySet(AppendOnlyQuerySet["Look"]):
    """Lines of the log, in the words of those who ask for them."""

    def latest_first(self) -> Self:
        """The newest line on top."""
        return self.order_by("-looked_at", "-pk")

    def openings(self) -> Self:
        """The lines that tell of a page that was shown."""
        return self.of_kinds(OPENINGS)

    def last_openings(self, shares: Collection[models.Model]) -> Self:
        """Of each of these shares, the line that tells when its page was shown last."""
        opened = self.model.objects.openings().filter(share=OuterRef("share"))
        newest = opened.latest_first().values("pk")[:1]
        return self.filter(share__in=shares, pk=Subquery(newest))

    def of_kinds(self, kinds: Collection[str]) -> Self:
        """The lines that tell of one of these."""
        return self.filter(happened__in=kinds)

    def told(self) -> Self:
        """The lines of which the person is told at once."""
        return self.of_kinds(TOLD)

    def copies(self) -> Self:
        """The lines that tell of a file that was taken along, other than paper."""
        return self.filter(happened__in=[Happened.TOOK_TEXT, Happened.TOOK_DATA])

    def before(self, look: "Look") -> Self:
        """The lines that stand below this one, newest first."""
        older = Q(looked_at=look.looked_at, pk__lt=look.pk) | Q(looked_at__lt=look.looked_at)
        return self.filter(older, looked_at__lte=look.looked_at)

    def since(self, moment: datetime) -> Self:
        """The lines written after this moment."""
        return self.filter(looked_at__gt=moment)

    def lately(self, within: timedelta) -> Self:
        """The lines written so short a while ago, by a clock that we can believe."""
        now = timezone.now()
        return self.since(now - within).filter(looked_at__lte=now + APART)

    def with_profile(self, profile: Profile) -> "list[Look]":
        """The rows, each knowing the page it is of: its key is looked up once for all."""
        looks = list(self)
        for look in looks:
            look.profile = profile
        return looks


class Look(AppendOnly, OfAPage):
    """One line of a page's log: it was opened, or somebody tried, or said something back.

    It copies what the reader said of themself, and points to nobody: a reader's leaving changes no
    history. It never holds the words that were read.
    """

    profile = models.ForeignKey(Profile, models.CASCADE, related_name="looks")
    share = models.ForeignKey(
        "profiles.Share", models.CASCADE, null=True, blank=True, related_name="looks"
    )
    edition = models.ForeignKey(
        Edition, models.CASCADE, null=True, blank=True, related_name="looks"
    )  # what stood on the page that was shown; none, if none was
    happened = models.CharField(max_length=8, choices=Happened)
    reader_said = EncryptedTextField(default="")  # their name, as they gave it
    reader_role = EncryptedTextField(null=True)  # null, as below: not said
    reader_place = EncryptedTextField(null=True)
    words = EncryptedTextField(null=True)  # what they said back
    looked_at = models.DateTimeField(default=timezone.now)

    objects = LookQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["profile", "-looked_at"], name="log_of_a_page"),
            models.Index(fields=["share", "-looked_at"], name="log_of_a_share"),
        ]

    def __str__(self) -> str:
        return f"look {self.pk}"
