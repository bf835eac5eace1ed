"""The topics that whoever helps chooses from: which are said, as far as they can see."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from profiles.answers.models import Answer
from profiles.supporters.models import Supporter
from profiles.topics.topic import Part, Topic


@dataclass(frozen=True, kw_only=True)
class TopicToChoose:
    """One topic to choose. What the person keeps to themself looks as what was never said."""

    topic: Topic
    picture: str  # that of the answer, where they see it
    is_said: bool
    address: str


def choices(
    supporter: Supporter, parts: Iterable[Part], view: str
) -> list[tuple[Part, list[TopicToChoose]]]:
    """The topics of these parts, each leading to this view about it."""
    seen = _seen(supporter)
    return [(part, [_choice(supporter, each, seen, view) for each in part.asked]) for part in parts]


def _seen(supporter: Supporter) -> dict[str, Answer]:
    answers = supporter.profile.answers.current()
    return {each.topic: each for each in supporter.agreed.shown(answers)}


def _choice(
    supporter: Supporter, topic: Topic, seen: dict[str, Answer], view: str
) -> TopicToChoose:
    answer = seen.get(topic.key)
    return TopicToChoose(
        topic=topic,
        picture=(answer.picture if answer else "") or topic.picture,
        is_said=answer is not None,
        address=reverse(
            view, kwargs={"ref": supporter.ref, "part": topic.part, "topic": topic.key}
        ),
    )
