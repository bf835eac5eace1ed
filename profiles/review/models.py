"""Is it still right? What was checked, when, and what was asked by email."""

from datetime import date, datetime, timedelta
from typing import Final, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from profiles.core.append_only import AppendOnly, AppendOnlyQuerySet
from profiles.core.clock import APART
from profiles.core.prepared import prepared
from profiles.pages.models import Profile

HALF_A_YEAR: Final = timedelta(days=182)  # after which a page wants to be checked
A_YEAR: Final = timedelta(days=365)  # the oldest edition that readers should be given unchecked
A_MONTH: Final = timedelta(days=30)  # nobody is asked again, or emailed again, sooner than this
OPEN_FOR: Final = timedelta(days=90)  # "still right" from longer ago is not an answer for today
MOST_REMINDERS: Final = 2  # emails for one check that is due


class ReviewQuerySet(models.QuerySet["Review"]):
    """Reviews, in the words of those who ask for them."""

    def finished(self) -> Self:
        """Those in which every topic was looked at, the newest first: one after another is begun,
        whatever clocks say.
        """
        return self.exclude(finished_at=None).order_by("-pk")

    def now_open(self, at: datetime) -> "Review | None":
        """The one that was begun last, if it can be gone on with; none from a clock ahead."""
        newest = self.filter(begun_at__lte=at + APART).order_by("-begun_at", "-pk").first()
        if newest is None or newest.finished_at or newest.begun_at <= at - OPEN_FOR:
            return None
        return newest


@prepared
def newest_finished(page: int) -> models.QuerySet["Review"]:
    """The last review of a page in which every topic was looked at."""
    return Review.objects.finished().filter(profile_id=page)[:1]


class Review(models.Model):
    """One going through a page: is it still right? Begun once, and finished, or left."""

    profile = models.ForeignKey(Profile, models.CASCADE, related_name="reviews")
    why = models.CharField(max_length=20, blank=True)  # a Change's key; "": it was time
    with_person = models.BooleanField()  # or by whoever keeps the page for them
    begun_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = ReviewQuerySet.as_manager()

    def __str__(self) -> str:
        return f"review {self.pk}"

    @property
    def day(self) -> date | None:
        """The day on which it was finished, by our clock."""
        return timezone.localtime(self.finished_at).date() if self.finished_at else None


class CheckedQuerySet(AppendOnlyQuerySet["Checked"]):
    """What was said of topics in reviews, in the words of those who ask for it."""

    def by_topic(self) -> "dict[str, Checked]":
        """What was said last of each topic."""
        return {row.topic: row for row in self.order_by("pk")}


class Checked(AppendOnly):
    """What was said of one topic in a review: that this answer is still right, or not now."""

    class How(models.TextChoices):
        """What was said."""

        RIGHT = "right", "still right"
        CHANGED = "changed", "changed"
        LATER = "later", "not now"

    profile = models.ForeignKey(Profile, models.CASCADE, related_name="checked")
    review = models.ForeignKey(Review, models.CASCADE, related_name="checked")
    topic = models.CharField(max_length=40)
    number = models.PositiveIntegerField()  # of the answer that was looked at
    how = models.CharField(max_length=8, choices=How)
    checked_at = models.DateTimeField(default=timezone.now)

    objects = CheckedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"checked {self.topic} {self.number}"


class Reminder(models.Model):
    """An email that said it is time to check a page."""

    profile = models.ForeignKey(Profile, models.CASCADE, related_name="reminders")
    about = models.DateTimeField()  # since when nobody had checked it: which check is meant
    number = models.PositiveSmallIntegerField()  # from 1, of that check
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            # Two runs of `tidy` at once meet here: the second sends nothing.
            models.UniqueConstraint(
                fields=["profile", "about", "number"], name="a_reminder_goes_out_once"
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=MOST_REMINDERS), name="two_reminders_at_most"
            ),
        ]

    def __str__(self) -> str:
        return f"reminder {self.number}"
