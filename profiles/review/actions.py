"""What a review writes down: that it was begun, what was said of each topic, and its end."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from profiles.answers.models import Answer
from profiles.core import mails
from profiles.notices.actions import owe
from profiles.pages.models import Profile
from profiles.review import rules
from profiles.review.course import course_of
from profiles.review.models import A_MONTH, Checked, Reminder, Review
from profiles.review.notices import reminder
from profiles.review.queries import to_remind
from profiles.topics.topic import Topic


class WordsChanged(Exception):
    """The words under this topic are not the ones that were looked at."""


@transaction.atomic
def begin(*, profile: Profile, why: str = "", at: datetime | None = None) -> Review:
    """Begin to check a page, or go on with what was begun for the same reason."""
    rules.may_review(profile).or_refuse()
    moment = at or timezone.now()
    profile.lock()  # pressed twice, it is one review
    review, with_person = profile.reviews.now_open(moment), not profile.for_someone
    if review and why in ("", review.why) and review.with_person == with_person:
        return review
    return profile.reviews.create(why=why, with_person=with_person, begun_at=moment)


@transaction.atomic
def still_right(
    *, review: Review, page: Profile, topic: Topic, number: int, at: datetime | None = None
) -> None:
    """The person says that what stands there is right. Raises WordsChanged if it is not that."""
    newest = page.answers.about(topic.key).first()
    if newest is None or newest.number != number:
        raise WordsChanged
    _note(review, page, topic, newest, Checked.How.RIGHT, at)


@transaction.atomic
def not_now(*, review: Review, page: Profile, topic: Topic, at: datetime | None = None) -> None:
    """The person puts this topic off."""
    if newest := page.answers.about(topic.key).first():
        _note(review, page, topic, newest, Checked.How.LATER, at)


@transaction.atomic
def written(
    *,
    page: Profile,
    topic: Topic,
    saved: Answer | None,
    started_from: int,
    at: datetime | None = None,
) -> None:
    """Somebody went from a review to the question, and saved what they wrote, or left it."""
    review = page.reviews.now_open(at or timezone.now())
    if review and saved:
        is_same = saved.number == started_from
        _note(review, page, topic, saved, Checked.How.RIGHT if is_same else Checked.How.CHANGED, at)


def _note(
    review: Review,
    page: Profile,
    topic: Topic,
    answer: Answer,
    how: Checked.How,
    at: datetime | None,
) -> None:
    moment = at or timezone.now()
    last = review.checked.by_topic().get(topic.key)
    if last is None or (last.number, last.how) != (answer.number, how):
        review.checked.create(
            profile=page, topic=topic.key, number=answer.number, how=how, checked_at=moment
        )
    end_if_through(review=review, page=page, at=moment)


def end_if_through(*, review: Review, page: Profile, at: datetime | None = None) -> None:
    """It counts when every topic was looked at. With some put off, we ask again in a month."""
    moment, course = at or timezone.now(), course_of(review, page)
    if not course.is_through:
        return
    if course.put_off:
        put_off(profile=page, at=moment)
    elif Review.objects.filter(pk=review.pk, finished_at=None).update(finished_at=moment):
        Profile.objects.filter(pk=page.pk).update(put_off_until=None)


def put_off(*, profile: Profile, at: datetime | None = None) -> None:
    """Not now: nobody asks again for a month."""
    until = (at or timezone.now()) + A_MONTH
    Profile.objects.filter(pk=profile.pk).update(put_off_until=until)


@transaction.atomic
def remind_by_email(*, profile: Profile, wanted: bool) -> None:
    """Email the person when it is time to check their page, or stop doing that."""
    Profile.objects.filter(pk=profile.pk).update(reminds_me=wanted)
    if not wanted:
        mails.note_no_more(mails.REMINDER, profile.pk)


@transaction.atomic
def remind(*, profile: Profile, at: datetime) -> bool:
    """Let a person be told that it is time. It is claimed first: two runs at once send one email.

    An address that was refused is not tried again before the next reminder.
    """
    page = to_remind(at).filter(pk=profile.pk).first()
    if page is None:
        return False  # checked, put off, stopped or left since the list was made
    about, number = page.since, page.sent_before + 1  # type: ignore[attr-defined]
    try:
        with transaction.atomic():
            claim = Reminder.objects.create(profile=page, about=about, number=number, sent_at=at)
    except IntegrityError:
        return False
    owe(reminder, profile=page, about=claim.pk, at=at)
    return True
