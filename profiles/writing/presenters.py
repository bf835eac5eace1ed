"""What the home page and the parts say about how far a person has come. Never a score."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _

from profiles.answers.models import Answer
from profiles.core.names import CALL_ME
from profiles.topics.load import load
from profiles.topics.lookup import write_url
from profiles.topics.topic import Part, Topic

AnswersByTopic = Mapping[str, Answer]
FIRST_WORDS: Final = 120  # letters of an answer that a row is given


def step(part: Part, topic: Topic) -> str:
    """Where in the part this question stands: "What matters to me: question 2 of 6"."""
    asked = part.asked
    if topic not in asked:
        return part.title
    return f"{part.title}: question {asked.index(topic) + 1} of {len(asked)}"


def after(topic: Topic) -> str:
    """Where Save and carry on goes: the next question, of this part or the next; then home."""
    following = load().next_after(topic.key)
    return write_url(following) if following else reverse("house:me")


def part_row(part: Part, said: AnswersByTopic, drafts: AbstractSet[str]) -> dict[str, Any]:
    """One row of the list of parts: its title, how much is said in it, and the first of it."""
    answered = [said[topic.key] for topic in part.topics if topic.key in said]
    begun = any(topic.key in drafts for topic in part.topics)
    return {
        "part": part,
        "url": reverse("writing:part", kwargs={"part": part.key}),
        "words": _first_words(answered, begun),
        "count": len(answered),
    }


def _first_words(answered: list[Answer], begun: bool) -> str:
    """As much as a row can show: the stylesheet cuts it where the row ends."""
    for answer in answered:
        return " ".join(answer.lines)[:FIRST_WORDS]
    return _("Some words not saved yet") if begun else _("Nothing here yet")


def first_blank(said: AnswersByTopic, drafts: AbstractSet[str]) -> Topic | None:
    """Where to go on: the first half-typed question, else the first that says nothing yet."""
    asked = [topic for part in load().parts for topic in part.asked]
    half_typed = [topic for topic in asked if topic.key in drafts]
    unsaid = [topic for topic in asked if topic.key not in said]
    return next(iter(half_typed + unsaid), None)


def topic_row(topic: Topic, answer: Answer | None, has_draft: bool) -> dict[str, Any]:
    """One topic of a part, with each of its lines as a card."""
    lines = answer.lines if answer else []
    names = 1 if topic.key == CALL_ME and len(lines) > 1 else 0  # lines that stay first
    return {
        "topic": topic,
        "url": write_url(topic),
        "answer": answer,
        "picture": answer.picture if answer else topic.picture,
        "photo": answer.photo if answer else None,
        "number": answer.number if answer else 0,
        "lines": [
            {
                "at": at,
                "text": line,
                "name": at < names,
                "first": at in (0, names),
                "last": at == len(lines) - 1,
            }
            for at, line in enumerate(lines)
        ],
        "only_me": answer.only_me if answer else topic.starts_private,
        "draft": has_draft,
    }
