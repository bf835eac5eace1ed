"""Emails that are owed: which row each tells of, by numbers alone."""

from datetime import datetime, timedelta
from typing import Final, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from profiles.core.clock import APART
from profiles.pages.models import Profile

# No longer is a notice being sent. Whatever was begun longer ago, and has no end, was cut off.
SENDING_TAKES: Final = timedelta(minutes=1)


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Notices, in the words of those who ask for them."""

    def sent_by(self, path: str) -> Self:
        """Those of one kind: sent by the task that stands there."""
        return self.filter(task=path)

    def waiting(self) -> Self:
        """Those that no worker has begun to send."""
        return self.filter(taken_at=None)

    def in_doubt(self, at: datetime) -> Self:
        """Those that were begun, and never ended: they may have been sent, or not."""
        return self.filter(ended_at=None, taken_at__lt=at - SENDING_TAKES)

    def lately(self, at: datetime, *, within: timedelta) -> Self:
        """Those that are on their way, or went out lately. One that was lost is neither."""
        by_now = at + APART
        being_sent = Q(ended_at=None, taken_at__range=(at - SENDING_TAKES, by_now))
        went_out = Q(ended_at__gt=at - within, ended_at__lte=by_now)
        return self.filter(Q(taken_at=None) | being_sent | went_out)


class Notice(models.Model):
    """An email that is owed about a row. It holds no address and no word.

    It goes out once at the most. What it says, and whether it is still to be said, is decided when
    it is sent. Whoever begins to send it takes it first; only a mail server that surely did not
    take the email gives it back.
    """

    profile = models.ForeignKey(Profile, models.CASCADE, related_name="notices")
    task = models.CharField(max_length=80)  # where the function stands that sends it
    about = models.BigIntegerField()  # the number of the row that it tells of
    owed_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)  # when its task is to run
    turn = models.PositiveIntegerField(default=0)  # which task is its: only the last one counts
    taken_at = models.DateTimeField(null=True, blank=True)  # when a worker began to send it
    ended_at = models.DateTimeField(null=True, blank=True)  # when it was sent, or refused

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task", "about"], name="a_notice_is_owed_once")
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(taken_at=None), name="notices_that_wait")
        ]

    def __str__(self) -> str:
        return f"notice {self.pk}"
