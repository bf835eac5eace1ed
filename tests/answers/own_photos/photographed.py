"""What the tests beside this have in common."""

from profiles.answers import actions, draft_actions
from profiles.answers.actions import Words
from profiles.answers.models import Answer, Draft
from profiles.pages.models import Profile
from profiles.photos import images
from profiles.photos.images import MOST_PHOTOS
from profiles.topics.load import load
from tests.factories import (
    put_beside,
    say,
)
from tests.photos.photos import as_file, corners

IMPORTANT = load().topic("important")


TOPICS = [key for key in load().by_key if key != "call_me"]


def a_photo() -> bytes:
    return images.take_in(as_file(corners()), images.BESIDE)


def put(anas: Profile, topic: str = "important", alt: str = "My blue cup") -> None:
    draft_actions.put_photo(profile=anas, topic=load().topic(topic), whole=a_photo(), alt=alt)


def stands(anas: Profile, topic: str = "important") -> Answer:
    [answer] = anas.answers.newest().filter(topic=topic).with_profile(anas)
    return answer


def shown(anas: Profile, topic: str = "important") -> str:
    """What the photo beside an answer shows, now; "" for none."""
    photo = stands(anas, topic).photo
    return photo.alt if photo else ""


def draft_of(anas: Profile) -> Draft:
    [draft] = anas.drafts.about("important").with_profile(anas)
    return draft


def save_draft_as_answer(anas: Profile) -> Answer | None:
    draft = draft_of(anas)
    return actions.save_answer(
        profile=anas,
        topic=IMPORTANT,
        words=Words.typed(draft),
        started_from=draft.started_from,
        draft_version=draft.version,
    )


def full_of_photos(anas: Profile) -> list[str]:
    """Twelve answers with a photo each; their topics."""
    topics = TOPICS[:MOST_PHOTOS]
    for topic in topics:
        say(anas, topic, "My rosary.")
        put_beside(anas, topic)
    return topics
