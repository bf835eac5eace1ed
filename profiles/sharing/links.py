"""A share's link: where it leads, how it is drawn, and how it is sent."""

import base64
from enum import Enum
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from profiles.core.mails import sayable, send
from profiles.core.one_press import OnePress
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


class Sent(Enum):
    """What became of an email with a link."""

    YES = "yes"  # by this press, or by one a moment ago
    NO = "no"  # it could not be sent, or too many were
    AT_IT = "at it"  # another press is sending it in this moment


def send_link(request: HttpRequest, share: Share, to: str, *, name: str = "") -> Sent:
    """Email the link, and the name of whoever shares it if they said yes to that; once a press.

    Where it went to the worker it is for, that is noted: the page says so, and only then.
    """
    press = _press(share, to)
    if not press.begins():
        return Sent.AT_IT
    went = False
    try:
        went = press.has_sent(name) or _send_now(request, share, to, name=name)
    finally:
        press.ends(name, went=went)
    return Sent.YES if went else Sent.NO


def is_being_sent(share: Share) -> bool:
    """Is the link on its way to its worker in this moment?"""
    return bool(share.worker_email) and _press(share, share.worker_email).is_at_it()


def _press(share: Share, to: str) -> OnePress:
    return OnePress("link", share.ref, digest_of_address(to))


def _send_now(request: HttpRequest, share: Share, to: str, *, name: str) -> bool:
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
