"""Going into hospital: what a ward asks first, what stands there already, and what is blank."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest
from django.urls import reverse

from profiles.answers.models import Answer, answers_now
from profiles.pages.models import Profile
from profiles.topics.load import load
from profiles.topics.lookup import write_url
from profiles.topics.topic import Topic

WARD: Final = "hospital"  # the change in a life, the layout, and the flag in a question's address


@dataclass(frozen=True, kw_only=True)
class Ward:
    """The topics that a ward asks first, in its order, and what is said under them."""

    topics: tuple[Topic, ...]
    answers: Mapping[str, Answer]

    @property
    def said(self) -> list[tuple[Topic, Answer]]:
        """What stands there already."""
        return [(each, self.answers[each.key]) for each in self.topics if each.key in self.answers]

    @property
    def blank(self) -> list[Topic]:
        """What nothing is said about."""
        return [each for each in self.topics if each.key not in self.answers]

    @property
    def private(self) -> list[Topic]:
        """What is said, and no ward sees unless it is ticked for it."""
        return [topic for topic, answer in self.said if answer.only_me]


def ward_of(page: Profile) -> Ward:
    """What a ward asks first of this page."""
    answers = {answer.topic: answer for answer in answers_now(page)}
    change = load().change(WARD)
    asked = [load().topic(key) for key in change.topics] if change else []
    return Ward(topics=tuple(asked), answers=answers)


def query(request: HttpRequest) -> str:
    """What keeps a question's address within the way to the ward, if it was opened on that."""
    return f"?{WARD}=yes" if WARD in request.GET else ""


def address_after(ward: Ward, topic: Topic | None) -> str:
    """Where it goes on after this topic: to the next that is blank, or to the page for the ward."""
    at = ward.topics.index(topic) + 1 if topic in ward.topics else 0
    following = next((each for each in ward.topics[at:] if each in ward.blank), None)
    return f"{write_url(following)}?{WARD}=yes" if following else reverse("moments:ready")
