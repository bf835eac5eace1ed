"""A share with a clinic's computer as a SMART Health Link, and as an address for people."""

import base64
import json
from datetime import datetime
from typing import Any, Final, cast

from django.conf import settings
from django.urls import reverse

from profiles.sharing.clinic import ClinicLink
from profiles.sharing.models import Share

LABEL: Final = "A page about me, from Tell It Once"  # the same for everybody: it names nobody
SCHEME: Final = "shlink:/"
LONGEST_SITE: Final = 80  # letters: SMART Health Links allow 128, and "/shl/" and a key take 48


def payload(share: Share, link: ClinicLink) -> dict[str, Any]:
    """What a computer is told: where to ask, until when, how, and by what it opens the answer.

    Ask it of a share that was given: only then it is known when that ends.
    """
    ends_at = cast(datetime, share.ends_at)
    return {
        "url": settings.SITE_ADDRESS + reverse("clinics:take", kwargs={"key": share.key}),
        "exp": int(ends_at.timestamp()),
        "flag": link.taking,
        "key": link.content_key,
        "label": LABEL,
    }


def shlink(share: Share, link: ClinicLink) -> str:
    """The link as computers read it."""
    said = json.dumps(payload(share, link), separators=(",", ":"))
    return SCHEME + base64.urlsafe_b64encode(said.encode()).decode().rstrip("=")


def viewer_link(share: Share, link: ClinicLink) -> str:
    """The same, as an address that a browser opens: what is after the # is never sent to us."""
    return f"{settings.SITE_ADDRESS}{reverse('clinics:viewer')}#{shlink(share, link)}"
