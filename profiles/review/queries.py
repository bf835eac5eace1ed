"""Of which pages it is time to ask: is it still right? Never stored, always asked."""

from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from profiles.answers.models import Answer, Edition
from profiles.core.clock import APART
from profiles.pages.models import Profile
from profiles.review.models import (
    A_MONTH,
    A_YEAR,
    HALF_A_YEAR,
    MOST_REMINDERS,
    Reminder,
    Review,
)


def due_for_review(at: datetime) -> QuerySet[Profile]:
    """The pages of which it is time to ask: is it still right?

    Half a year after the last check, or after the first word. Sooner, where the edition that
    readers get has turned a year old since then. Not while its person has put it off; longer than a
    month was put off by a clock ahead. Each knows `since` when nobody checked it.
    """
    checked = Review.objects.finished().values("finished_at")
    said = Answer.objects.order_by("said_at").values("said_at")
    frozen = Edition.objects.order_by("-number").values("frozen_at")
    checked_at, said_at, frozen_at = (
        Subquery(moments.filter(profile=OuterRef("pk"))[:1]) for moments in (checked, said, frozen)
    )
    long_ago = Q(since__lte=at - HALF_A_YEAR)
    turned_old = Q(edition_at__lte=at - A_YEAR, edition_at__gte=F("since") - A_YEAR)
    something_said = Exists(Answer.objects.current().filter(profile=OuterRef("pk")))
    return (
        Profile.objects.annotate(since=Coalesce(checked_at, said_at), edition_at=frozen_at)
        .filter(something_said, long_ago | turned_old, since__lte=at - A_MONTH)
        .exclude(put_off_until__gt=at, put_off_until__lte=at + A_MONTH + APART)
    )


def to_remind(at: datetime) -> QuerySet[Profile]:
    """Of the pages that are due, those whose person gets an email about it now.

    Each knows how many it has had about this check: told in the same moment as that it is due,
    so that of two who remind at once the second meets the number of the first.
    """
    reminders = Reminder.objects.filter(profile=OuterRef("pk"))
    about_this = reminders.filter(about=OuterRef("since")).order_by("-number").values("number")
    return (
        due_for_review(at)
        .annotate(sent_before=Coalesce(Subquery(about_this[:1]), 0))
        .filter(~Q(owner=None, kept_by=None), reminds_me=True, sent_before__lt=MOST_REMINDERS)
        .filter(~Exists(reminders.filter(sent_at__gt=at - A_MONTH, sent_at__lte=at + APART)))
        .select_related("owner", "kept_by")
    )
