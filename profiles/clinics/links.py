"""Which clinic link an address opens."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from profiles.core import codes
from profiles.core.prepared import prepared
from profiles.sharing import endings
from profiles.sharing.clinic import A_CLINIC, ClinicLink, Taking, clinic_link_of
from profiles.sharing.models import Share

AT_ONCE = (Taking.NOW,)
BY_PASSCODE = (Taking.PASSCODE, Taking.UPDATED)


def open_link(key: str, taken: Collection[Taking]) -> ClinicLink | None:
    """The clinic link that this key opens now, if it is taken in one of these ways.

    One query, whatever the reason there is none. Only whoever knocks first after its end has it
    written down that it is over.
    """
    now = timezone.now()
    share = _with_key.first(codes.digest(key, about=A_CLINIC), now)
    if share is None:
        return None
    if not share.shows or share.has_lapsed(now):  # type: ignore[attr-defined]
        endings.note_endings([share])
        return None
    link = clinic_link_of(share)
    if link is None or link.taking not in taken:
        return None
    # Whatever came between the two: without its passcode, such a link opens for nobody.
    return link if share.passcode_set is (link.taking in BY_PASSCODE) else None


@prepared
def _with_key(key_digest: str, now: datetime) -> QuerySet[Share]:
    opens = Share.objects.open(now).filter(pk=OuterRef("pk"))
    shares = Share.objects.given().filter(key_digest=key_digest, kind=Share.Kind.CLINIC)
    shares = shares.annotate(shows=Exists(opens))
    return shares.select_related("clinic_link", "profile__data_key", "profile__owner")
