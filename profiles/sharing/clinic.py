"""What a share with a hospital's or clinic's computer has besides: how it takes the page, and by
what it finds the person.
"""

import secrets

from django.db import models

from profiles.core.encrypted_fields import EncryptedTextField
from profiles.pages.models import OfAPage, Profile
from profiles.sharing.models import Share

A_CLINIC = "clinic"  # what the digest of a clinic link's key is about: see codes.digest


def new_secret() -> str:
    """256 random bits in 43 letters, as SMART Health Links ask for: for an address, or as a key."""
    return secrets.token_urlsafe(32)


class Taking(models.TextChoices):
    """How a computer takes the page, by the flag of its SMART Health Link."""

    NOW = "U", "it scans a picture, and takes the page at once"
    PASSCODE = "P", "it also needs a passcode"
    UPDATED = "LP", "the same, and it may come again for newer words"


class ClinicLink(OfAPage):
    """The other half of a share with a computer. It is deleted when the share ends: what was typed
    for this one link is forgotten with it, and nothing that was sent can be made again.
    """

    profile = models.ForeignKey(Profile, models.CASCADE, related_name="clinic_links")
    share = models.OneToOneField(Share, models.CASCADE, related_name="clinic_link")
    taking = models.CharField(max_length=2, choices=Taking, blank=True)
    lasts = models.DurationField(null=True, blank=True)  # from the yes on; null: until a day
    content_key = EncryptedTextField(default=new_secret)  # by which all that is sent is encrypted
    name = EncryptedTextField(default="")  # these four as the clinic has them
    birth_date = EncryptedTextField(default="")  # ISO 8601, such as 1956-03-04
    gender = EncryptedTextField(default="")  # a code of FHIR's administrative-gender
    nhs_number = EncryptedTextField(default="")  # ten digits; "": not typed

    def __str__(self) -> str:
        return f"clinic link {self.pk}"
