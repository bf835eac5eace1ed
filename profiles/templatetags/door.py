"""How full the page is, measured by the engine that prints it."""

from django import template

from profiles.answers.actions import Words
from profiles.door import door
from profiles.door.measure import room_on
from profiles.pages.models import Profile
from profiles.pdf.fit import Room
from profiles.topics.load import load
from profiles.topics.lookup import write_url

register = template.Library()


@register.simple_tag
def fullness(page: Profile, topic: str = "", words: Words | None = None) -> Room | None:
    """The room on the page, with these words on it. {% fullness page topic.key words as room %}

    None when the engine is busy or the words cannot be printed: the row then shows nothing.
    """
    if words is None:
        return room_on(door.rehearse(page))
    return room_on(door.rehearse(page, topic=topic, words=words))


@register.filter
def longest_answers(room: Room) -> list[dict[str, object]]:
    """The longest answers, each with where it is changed. {{ room|longest_answers }}"""
    topics = load()
    return [
        {"title": topics.topic(key).title, "url": write_url(topics.topic(key)), "lines": lines}
        for key, lines in room.longest
    ]
