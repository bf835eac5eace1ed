"""Which part and which question an address names; the kind 404 when there is none."""

from django.http import Http404
from django.urls import reverse

from profiles.topics.load import load
from profiles.topics.topic import Part, Topic


def part_called(key: str) -> Part:
    """The part with this key."""
    try:
        return load().part(key)
    except KeyError:
        raise Http404 from None


def asked_for(part: str, topic: str) -> tuple[Part, Topic]:
    """The question with this key, and the part it is asked in."""
    found = part_called(part)
    for asked in found.topics:
        if asked.key == topic:
            return found, asked
    raise Http404


def write_url(topic: Topic) -> str:
    """Where a topic is written."""
    return reverse("writing:write", kwargs={"part": topic.part, "topic": topic.key})
