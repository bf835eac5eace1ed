"""Putting on a page what somebody chose from a file: all that they chose, or nothing."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from django.db import transaction

from profiles.answers.actions import Conflict, Words, save_answer
from profiles.imports.brought import shows
from profiles.imports.portable import PhotoBeside, WholePhoto
from profiles.pages.models import Profile
from profiles.photos.actions import add_beside, add_photo
from profiles.topics.topic import Topic


class Moved(Exception):
    """What was chosen among has changed since it was shown. Nothing was brought."""

    def __init__(self, topics: AbstractSet[str], *, photo: bool = False) -> None:
        super().__init__("The page changed while somebody was choosing.")
        self.topics = topics
        self.photo = photo


@dataclass(frozen=True, kw_only=True)
class ChosenWords:
    """Words from a file, and the number of the answer that they were chosen over."""

    topic: Topic
    words: Words
    started_from: int
    photo: PhotoBeside | None = None  # to stand beside them


@dataclass(frozen=True, kw_only=True)
class ChosenPhoto:
    """The photo of a file, and how many photo rows the chooser's window knew."""

    photo: WholePhoto
    started_from: int


@transaction.atomic
def bring(*, profile: Profile, words: Sequence[ChosenWords], photo: ChosenPhoto | None) -> None:
    """Save each as a new row. Raises Moved, and saves nothing, when any of it was changed.

    What stands there already adds nothing, so a second press of the button is harmless. Raises
    PermissionDenied for more photos than a page can hold.
    """
    profile.lock()  # one window at a time
    newest = {answer.topic: answer for answer in profile.answers.newest().with_profile(profile)}
    numbers = {topic: answer.number for topic, answer in newest.items()}
    wanted = [
        each for each in words if each.photo or not each.words.same_as(newest.get(each.topic.key))
    ]
    photo = None if photo and shows(profile, photo.photo) else photo
    moved = {
        each.topic.key for each in wanted if each.started_from != numbers.get(each.topic.key, 0)
    }
    photo_moved = photo is not None and photo.started_from != profile.photos.count()
    if moved or photo_moved:
        raise Moved(moved, photo=photo_moved)
    for each in wanted:
        _save(profile, each)
    if photo:
        add_photo(profile=profile, whole=photo.photo.data, alt=photo.photo.alt)


def _save(profile: Profile, chosen: ChosenWords) -> None:
    words, photo = chosen.words, chosen.photo
    if photo:
        row = add_beside(profile=profile, topic=chosen.topic.key, whole=photo.whole, alt=photo.alt)
        words = replace(words, picture=chosen.topic.picture, photo_id=row.pk)
    try:
        save_answer(
            profile=profile,
            topic=chosen.topic,
            words=words,
            started_from=chosen.started_from,
        )
    except Conflict:  # somebody saved between the look above and this
        raise Moved({chosen.topic.key}) from None
