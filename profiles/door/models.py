"""Paper: every printing of a page."""

from typing import Self

from django.db import models
from django.utils import timezone

from profiles.access.models import Look
from profiles.answers.models import Edition
from profiles.core.append_only import AppendOnly, AppendOnlyQuerySet
from profiles.pages.models import OfAPage, Profile


class PaperQuerySet(AppendOnlyQuerySet["Paper"]):
    """Papers, in the words of those who ask for them."""

    def coded(self, code: str) -> Self:
        """The paper with this code."""
        return self.filter(code=code)

    def handed_with(self, code: str) -> "Paper | None":
        """The paper with this code, and the look that it is."""
        return self.coded(code).select_related("look").first()

    def latest_first(self) -> Self:
        """The newest paper on top."""
        return self.order_by("-printed_at", "-pk")


class Paper(AppendOnly, OfAPage):
    """One printing of a page: what stood on it, for whom, and the code it is checked by.

    The code opens nothing. It only tells whether this is still the newest.
    """

    profile = models.ForeignKey(Profile, models.CASCADE, related_name="papers")
    share = models.ForeignKey(
        "profiles.Share", models.CASCADE, null=True, blank=True, related_name="papers"
    )  # none: the person printed it, to give to whom they like
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="papers")
    look = models.OneToOneField(
        Look, models.CASCADE, null=True, blank=True, related_name="paper"
    )  # none: the person printed it themself
    code = models.CharField(max_length=8, unique=True)
    topics = models.JSONField(default=list)  # the keys of what stood on it
    with_photo = models.BooleanField(default=False)
    layout = models.CharField(max_length=40, default="one-page")  # by which it was set out
    size = models.CharField(max_length=20, default="a4")  # what it could hold
    check_by = models.DateField()
    printed_at = models.DateTimeField(default=timezone.now)

    objects = PaperQuerySet.as_manager()

    def __str__(self) -> str:
        return f"paper {self.pk}"
