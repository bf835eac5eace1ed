"""Everything that changes the photo on a page. Each adds a row; the rows before stay as history."""

from typing import Any

from django.db import transaction

from profiles.core.journal import Kind, note
from profiles.pages.models import Profile
from profiles.photos.images import Crop, crop, printed
from profiles.photos.models import LONGEST_WORDS, AnswerPhoto, Photo


class PhotoMoved(Exception):
    """Another window has changed the photo since this one opened it."""


def usual_words(profile: Profile) -> str:
    """What stands for the photo when nobody has said what it shows: the name, if it is none that
    would be too long to be typed there.
    """
    name = profile.name_on_page
    words = f"A photo of {name}" if name else ""
    return words if 0 < len(words) <= LONGEST_WORDS else "A photo of me"


@transaction.atomic
def add_photo(*, profile: Profile, whole: bytes, alt: str) -> Photo:
    """Put a photo that we took in on the page, cropped in the middle until somebody chooses."""
    profile.lock()  # else two windows would give the journal one number for two photos
    return _add(profile=profile, whole=whole, how=Crop.MIDDLE, alt=alt)


@transaction.atomic
def crop_photo(*, profile: Profile, how: Crop, alt: str, started_from: int) -> Photo:
    """Show another square of the photo, or other words for it. The same again adds nothing.

    `started_from` is how many photo rows the chooser's window knew. Raises PhotoMoved when there
    are more: a crop chosen for one photo must not fall on another. Pressed twice, it is one press.
    """
    profile.lock()  # one window at a time
    photo = profile.photos.newest()
    if photo is None:
        raise PhotoMoved
    photo.profile = profile
    is_so = (photo.crop, photo.alt) == (how.value, alt)
    if profile.photos.count() != started_from:
        if is_so and _is_only_cropped_since(photo, started_from):
            return photo
        raise PhotoMoved
    return photo if is_so else _add(profile=profile, whole=photo.whole, how=how, alt=alt)


def _is_only_cropped_since(photo: Photo, number: int) -> bool:
    """Is this the photo that the row of this number had, whatever square of it is shown?"""
    rows = photo.profile.photos.order_by("pk")[max(number - 1, 0) :]
    for row in rows:
        row.profile = photo.profile
    return all(not row.is_removed and row.whole == photo.whole for row in rows)


@transaction.atomic
def remove_photo(*, profile: Profile) -> None:
    """Take the photo off the page."""
    profile.lock()  # else two windows would take it off twice
    if profile.photos.newest():
        _note_taken(profile)
        Photo.objects.create(profile=profile, is_removed=True)


@transaction.atomic
def bring_photo_back(*, profile: Profile, photo: Photo | None) -> None:
    """Show again the photo of an earlier page, or again none. The same again adds nothing."""
    profile.lock()
    now = profile.photos.newest()
    if photo is None:
        remove_photo(profile=profile)
        return
    photo.profile = profile
    if now is None or not _is_as(now, photo):
        _note_taken(profile)
        Photo.objects.create(
            profile=profile, whole=photo.whole, data=photo.data, crop=photo.crop, alt=photo.alt
        )


def _is_as(now: Photo, photo: Photo) -> bool:
    """Is this just the other, whichever row it stands in?"""
    now.profile = photo.profile
    return (now.whole, now.crop, now.alt) == (photo.whole, photo.crop, photo.alt)


def add_beside(*, profile: Profile, topic: str, whole: bytes, alt: str) -> AnswerPhoto:
    """Keep a photo that we took in for an answer. It is on the page once an answer has it."""
    return AnswerPhoto.objects.create(
        profile=profile, topic=topic, whole=whole, data=printed(whole), alt=alt
    )


def take_off_again(*, ref: str, says: dict[str, Any]) -> None:
    """After a restore: where that photo was taken off since, or another chosen, show none."""
    page = Profile.objects.select_related("data_key").filter(key=ref).first()
    if page and page.photos.count() < says["number"]:
        remove_photo(profile=page)


def _note_taken(profile: Profile) -> None:
    """Let the endings journal know that the photo there now is not to be shown any more."""
    if profile.photos.newest():
        note(Kind.PHOTO, profile.key, number=profile.photos.count() + 1)


def _add(*, profile: Profile, whole: bytes, how: Crop, alt: str) -> Photo:
    _note_taken(profile)
    return Photo.objects.create(
        profile=profile, whole=whole, data=crop(whole, how), crop=how.value, alt=alt
    )
