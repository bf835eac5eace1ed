"""What a share with a hospital's or clinic's computer has besides: how it takes the page, and by
what it finds the person.
"""

import hashlib
import json
import secrets
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Final, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from profiles.core.clock import APART
from profiles.core.encrypted_fields import EncryptedTextField
from profiles.pages.models import OfAPage, Profile
from profiles.sharing.days import is_whole_day
from profiles.sharing.models import Share

A_CLINIC = "clinic"  # what the digest of a clinic link's key is about: see codes.digest
# How long such a share can last from the yes on, and how people say it.
AT_THE_DESK, TWO_DAYS = timedelta(minutes=15), timedelta(hours=48)
KEPT_UNSAID = timedelta(days=1)  # what was typed, where no yes follows
IN_WORDS: Final = {AT_THE_DESK: "15 minutes", TWO_DAYS: "48 hours"}


def new_secret() -> str:
    """256 random bits in 43 letters, as SMART Health Links ask for: for an address, or as a key."""
    return secrets.token_urlsafe(32)


class Taking(models.TextChoices):
    """How a computer takes the page, by the flag of its SMART Health Link."""

    NOW = "U", "it scans a picture, and takes the page at once"
    PASSCODE = "P", "it also needs a passcode"
    UPDATED = "LP", "the same, and it may come again for newer words"


@dataclass(frozen=True, kw_only=True)
class FoundBy:
    """By what the computer of a clinic finds the person: as the clinic has it."""

    given_names: str  # "": somebody has only one name
    family_name: str
    birth_date: str  # ISO 8601, such as 1956-03-04
    gender: str  # a code of FHIR's administrative-gender
    nhs_number: str = ""  # ten digits; "": not typed

    @property
    def name(self) -> str:
        """The whole name, as it is written on a letter."""
        return f"{self.given_names} {self.family_name}".strip()


class ClinicLinkQuerySet(models.QuerySet["ClinicLink"]):
    """How clinic links are found."""

    def left(self, at: datetime | None = None) -> Self:
        """Those of shares without a yes, for which something was typed too long ago to keep it; or
        by a clock that ran ahead, for which it would be kept until then.
        """
        typed = Coalesce("typed_at", "share__made_at")  # it is not known of those from before
        now = at or timezone.now()
        too_long = Q(typed__lte=now - KEPT_UNSAID) | Q(typed__gt=now + APART)
        begun = self.filter(share__in=Share.objects.being_made()).exclude(taking="")
        return begun.alias(typed=typed).filter(too_long)


class ClinicLink(OfAPage):
    """The other half of a share with a computer. It is deleted when the share ends: what was typed
    for this one link is forgotten with it, and nothing that was sent can be made again.
    """

    profile = models.ForeignKey(Profile, models.CASCADE, related_name="clinic_links")
    share = models.OneToOneField(Share, models.CASCADE, related_name="clinic_link")
    taking = models.CharField(max_length=2, choices=Taking, blank=True)
    lasts = models.DurationField(null=True, blank=True)  # from the yes on; null: until a day
    content_key = EncryptedTextField(default=new_secret)  # by which all that is sent is encrypted
    given_names = EncryptedTextField(default="")  # these five as the clinic has them
    family_name = EncryptedTextField(default="")
    birth_date = EncryptedTextField(default="")  # ISO 8601, such as 1956-03-04
    gender = EncryptedTextField(default="")  # a code of FHIR's administrative-gender
    nhs_number = EncryptedTextField(default="")  # ten digits; "": not typed
    typed_at = models.DateTimeField(null=True, blank=True)  # when these were

    objects = ClinicLinkQuerySet.as_manager()

    def __str__(self) -> str:
        return f"clinic link {self.pk}"

    @property
    def found_by(self) -> FoundBy:
        """What was typed for this link, by which the person is found."""
        return FoundBy(
            given_names=self.given_names,
            family_name=self.family_name,
            birth_date=self.birth_date,
            gender=self.gender,
            nhs_number=self.nhs_number,
        )

    @property
    def fingerprint(self) -> str:
        """By which it is known whether something else was typed since."""
        return hashlib.sha256(json.dumps(asdict(self.found_by)).encode()).hexdigest()


def clinic_link_of(share: Share) -> ClinicLink | None:
    """What a share with a clinic's computer has besides; None for others, and once it has ended."""
    if share.kind != Share.Kind.CLINIC:
        return None
    link: ClinicLink | None = getattr(share, "clinic_link", None)
    if link:
        link.profile = share.profile
    return link


def ends_with_a_day(share: Share) -> bool:
    """Does it end when a day is over? Only with a clinic's computer it may end at any moment."""
    return share.kind != Share.Kind.CLINIC or share.ends_at is None or is_whole_day(share.ends_at)


def forget_clinic_link(share: Share) -> None:
    """The share is over: what was typed for it is forgotten, and what all was encrypted with."""
    if share.kind == Share.Kind.CLINIC:
        ClinicLink.objects.filter(share=share).delete()
        share._state.fields_cache.pop("clinic_link", None)
