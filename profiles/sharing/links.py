"""A share's link: where it leads, how it is drawn, and how it is sent."""

import base64
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from profiles.core.mails import sayable, send
from profiles.core.qr import qr_code
from profiles.core.rate_limits import count
from profiles.sharing import actions
from profiles.sharing.models import Share, digest_of_address

MAILS = {"send_link": "20/d/user,5/h/key"}  # of one account, and to one address


def link_of(share: Share) -> str:
    """The address that opens this share."""
    return settings.SITE_ADDRESS + reverse("reading:doorstep", kwargs={"key": share.key})


def picture_of(link: str, *, for_clinic: bool) -> str:
    """A link as a picture to scan, ready for an <img>. SMART Health Links name its level."""
    drawn = base64.b64encode(qr_code(link, exactly_m=for_clinic)).decode()
    return f"data:image/svg+xml;base64,{drawn}"


def send_link(request: HttpRequest, share: Share, to: str, *, name: str = "") -> bool:
    """Email the link, and the name of whoever shares it if they said yes to that.

    False if it could not be sent, or too many were. Where it went to the worker it is for, that is
    noted: the page says so, and only then.
    """
    paid = count(request, "send_link", MAILS, key=to)
    is_for_worker = share.kind == Share.Kind.WORKER
    kind = "link_to_worker" if is_for_worker else "link"
    said: dict[str, Any] = {
        "link": link_of(share),
        "who": sayable(name),
        "kept": bool(share.by_keeper),
    }
    if paid is None or not send(kind, to, **said):
        return False
    if is_for_worker and digest_of_address(to) == share.worker_digest:
        actions.note_emailed(share=share)
    return True
