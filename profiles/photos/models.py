"""The photo on a page. Another photo, or another crop, is a new row."""

from django.db import models
from django.utils import timezone

from profiles.core.append_only import AppendOnly, AppendOnlyQuerySet
from profiles.core.encrypted_fields import EncryptedField, EncryptedTextField
from profiles.pages.models import OfAPage, Profile


class PhotoQuerySet(AppendOnlyQuerySet["Photo"]):
    """Photos, in the words of those who ask for them."""

    def newest(self) -> "Photo | None":
        """The photo on the page now, if there is one."""
        photo = self.order_by("-pk").first()
        return None if photo is None or photo.is_removed else photo


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
