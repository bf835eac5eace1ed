"""The photo on a page, and the photos beside its answers. Another photo is a new row."""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone

from profiles.core.append_only import AppendOnly, AppendOnlyQuerySet
from profiles.core.encrypted_fields import EncryptedField, EncryptedTextField
from profiles.core.prepared import prepared
from profiles.pages.models import OfAPage, Profile

LONGEST_WORDS = 200  # letters, for what a photo shows


class PhotoQuerySet(AppendOnlyQuerySet["Photo"]):
    """Photos, in the words of those who ask for them."""

    def newest(self) -> "Photo | None":
        """The photo on the page now, if there is one."""
        return _shown(self.order_by("-pk").first())

    def newest_of_each(self) -> Self:
        """The newest row of each page, which may say that it was taken off; not what it shows."""
        newer = self.model.objects.filter(profile=OuterRef("profile"), pk__gt=OuterRef("pk"))
        return self.filter(~Exists(newer)).only("profile_id", "is_removed")


class Photo(AppendOnly, OfAPage):
    """A photo of the person, remade by us. Choosing another crop is a new row."""

    profile = models.ForeignKey(Profile, models.CASCADE, related_name="photos")
    whole = EncryptedField(default=b"")  # JPEG, at most 150 KB, from which crops are made
    data = EncryptedField(default=b"")  # JPEG at print size, cropped square
    crop = models.CharField(max_length=10, default="middle")
    alt = EncryptedTextField(default="")
    is_removed = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=timezone.now)

    objects = PhotoQuerySet.as_manager()

    def __str__(self) -> str:
        return f"photo {self.pk}"


@prepared
def _newest(page: int) -> models.QuerySet[Photo]:
    return Photo.objects.filter(profile_id=page).defer("whole").order_by("-pk")[:1]


def photo_of(profile: Profile) -> Photo | None:
    """The photo on a page now, knowing it, to be shown: what crops are made from is left out."""
    photo = _shown(_newest.first(profile.pk))
    if photo:
        photo.profile = profile
    return photo


def _shown(newest: Photo | None) -> Photo | None:
    return None if newest is None or newest.is_removed else newest


class AnswerPhotoQuerySet(AppendOnlyQuerySet["AnswerPhoto"]):
    """Photos beside answers, in the words of those who ask for them."""

    def about(self, topic: str) -> Self:
        """Those that were chosen for what is said under a topic, newest first."""
        return self.filter(topic=topic).order_by("-pk")

    def with_profile(self, profile: Profile) -> "list[AnswerPhoto]":
        """The rows, each knowing the page it was asked of: its key is looked up once for all."""
        photos = list(self.defer("whole"))
        for photo in photos:
            photo.profile = profile
        return photos

    def let_go_of_unsaved(self) -> None:
        """Delete those that no answer ever had, and no half-typed words have."""
        models.QuerySet.delete(self.filter(answers=None, drafts=None))


@prepared
def _beside(page: int, topic: str) -> "models.QuerySet[AnswerPhoto]":
    return AnswerPhoto.objects.filter(profile_id=page).about(topic).defer("whole")


def photos_beside(profile: Profile, topic: str) -> "list[AnswerPhoto]":
    """The photos that were chosen for a topic of a page, newest first, each knowing the page."""
    photos = _beside(profile.pk, topic)
    for photo in photos:
        photo.profile = profile
    return photos


class AnswerPhoto(AppendOnly, OfAPage):
    """A photo that a person put beside one answer, remade by us. The answers that have it say so.

    It is never changed. Until it is saved with an answer it can go, as half-typed words can.
    """

    profile = models.ForeignKey(Profile, models.CASCADE, related_name="answer_photos")
    topic = models.CharField(max_length=40)
    whole = EncryptedField()  # JPEG, at most 40 KB
    data = EncryptedField()  # JPEG at print size, at most 6 KB
    alt = EncryptedTextField()  # what it shows, in words
    made_at = models.DateTimeField(default=timezone.now)

    objects = AnswerPhotoQuerySet.as_manager()

    def __str__(self) -> str:
        return f"photo {self.pk} beside an answer"
