"""How full the page is, measured by the engine that prints it."""

from django import template

from profiles.answers.actions import Words
from profiles.door import door
from profiles.door.measure import room_on
from profiles.pages.models import Profile
from profiles.pdf.fit import Room

register = template.Library()


@register.simple_tag
def fullness(page: Profile, topic: str = "", words: Words | None = None) -> Room | None:
    """The room on the page, with these words on it. {% fullness page topic.key words as room %}

    None when the engine is busy or the words cannot be printed: the row then shows nothing.
    """
    if words is None:
        return room_on(door.rehearse(page))
    return room_on(door.rehearse(page, topic=topic, words=words))
