"""Tickets: where a computer that was let in fetches the files of its manifest.

They are signed and kept nowhere, so any machine can read them. One is good for ten minutes, for one
file of one share, and for whom the manifest was made for: the paper that was written down for them.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.core import signing
from django.utils import timezone

from profiles.clinics.files import File
from profiles.core.clock import APART
from profiles.door.models import Paper
from profiles.sharing.models import Share

GOOD_FOR: Final = timedelta(minutes=10)  # SMART Health Links let it be an hour at the most
LONGEST: Final = 500  # letters


@dataclass(frozen=True, kw_only=True)
class Ticket:
    """What is fetched with it, and by the code of which paper."""

    file: File
    code: str


def ticket_for(paper: Paper, share: Share, file: File) -> str:
    """A ticket to this file, for whom this paper was written down."""
    said = [file.value, paper.code, timezone.now().timestamp()]
    return signing.Signer(salt=_salt(share)).sign_object(said)


def read_ticket(typed: str, share: Share) -> Ticket | None:
    """What a ticket is for; None if it is old, tampered with, or from before another passcode.

    One from a clock that ran ahead would be good for as much too long: so it is good for nothing.
    """
    if len(typed) > LONGEST:
        return None
    try:
        file, code, made_at = signing.Signer(salt=_salt(share)).unsign_object(typed)
        age = timezone.now().timestamp() - made_at
        if not -APART.total_seconds() <= age <= GOOD_FOR.total_seconds():
            return None
        return Ticket(file=File(file), code=code)
    except (signing.BadSignature, ValueError):
        return None


def _salt(share: Share) -> str:
    """What is signed with it is of no use at another share, and after another passcode."""
    return f"clinics.ticket {share.pk} {share.passcode_number}"
