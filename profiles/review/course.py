"""How far a review has come: which topics it asks about, in which order, and what comes next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from profiles.pages.models import Profile
from profiles.review.models import Checked, Review
from profiles.review.queries import due_for_review
from profiles.topics.load import load
from profiles.topics.topic import Topic

FLAG: Final = "review"  # in the address of a question that was opened from a review


@dataclass(frozen=True, kw_only=True)
class Course:
    """The topics of one review, in the order they are asked, and what was said last of each."""

    topics: tuple[Topic, ...]
    said: Mapping[str, Checked]

    @property
    def left(self) -> tuple[Topic, ...]:
        """Those that nobody has looked at yet."""
        return tuple(topic for topic in self.topics if topic.key not in self.said)

    @property
    def put_off(self) -> tuple[Topic, ...]:
        """Those of which the last word was "not now"."""
        later = {key for key, row in self.said.items() if row.how == Checked.How.LATER}
        return tuple(topic for topic in self.topics if topic.key in later)

    @property
    def is_through(self) -> bool:
        """Has something been said of every topic?"""
        return not self.left

    @property
    def seen(self) -> int:
        """How many were looked at."""
        return len(self.topics) - len(self.left)

    def place_of(self, topic: Topic) -> int:
        """Where this topic stands, from 1."""
        return self.topics.index(topic) + 1

    def first(self) -> Topic | None:
        """Where to go on: the first that is left, else the first that was put off."""
        return next(iter((*self.left, *self.put_off)), None)

    def after(self, topic: Topic) -> Topic | None:
        """What comes after this one: what is left; then, on a second round, what was put off."""
        later = self.topics[self.place_of(topic) :] if topic in self.topics else ()
        return next(iter((*self.left, *(each for each in later if each in self.put_off))), None)


def course_of(review: Review, page: Profile) -> Course:
    """The topics that have an answer, those first that the change touches. Blanks are not asked."""
    said = review.checked.by_topic()
    answered = {*page.answers.current().values_list("topic", flat=True), *said}
    topics = load().touched_first(review.why)
    return Course(topics=tuple(topic for topic in topics if topic.key in answered), said=said)


def blanks(page: Profile) -> list[Topic]:
    """What the person has said nothing about."""
    answered = set(page.answers.current().values_list("topic", flat=True))
    asked = (topic for topic in load().by_key.values() if not topic.retired)
    return [topic for topic in asked if topic.key not in answered]


def asking(page: Profile, at: datetime) -> dict[str, Any]:
    """What home says of it: how far a review has come that was begun; else whether it is time."""
    begun = page.reviews.now_open(at)
    if begun:
        course = course_of(begun, page)
        if course.left:
            return {"course": course}
    return {"is_due": due_for_review(at).filter(pk=page.pk).exists()}


def next_address(page: Profile, topic: Topic) -> str:
    """Where a review goes on after this topic."""
    begun = page.reviews.now_open(timezone.now())
    return address_of(course_of(begun, page).after(topic) if begun else None)


def address_of(topic: Topic | None) -> str:
    """Where a review asks about this topic; for none, where it ends."""
    if topic is None:
        return reverse("review:end")
    return reverse("review:topic", kwargs={"topic": topic.key})


def query(request: HttpRequest) -> str:
    """What keeps a question's address within the review that it was opened from."""
    return f"?{FLAG}=yes" if FLAG in request.GET else ""
