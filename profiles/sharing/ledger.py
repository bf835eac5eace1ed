"""The ledger: what was decided about a share, each time, as it stood then."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, cast

from profiles.pages.models import Profile
from profiles.sharing.clinic import clinic_link_of
from profiles.sharing.decided import NEVER_A_KEEPERS, Decided
from profiles.sharing.hidden import taken_back
from profiles.sharing.models import ConsentEvent, Share
from profiles.sharing.noted import note_share
from profiles.sharing.wording import Wording


class By(StrEnum):
    """Who did something to a share that a keeper began."""

    KEEPER = "keeper"  # whoever kept the page then
    HANDOVER = "handover"  # it came about as the page was taken over
    PERSON = "person"
    RESTORE = "restore"  # done again, or closed, after a restore from a backup: nobody's decision
    SITE = "site"  # whoever runs the site closed the account


NOT_THEIRS: Final = {By.RESTORE, By.SITE}  # neither the person nor their keeper did this
ITSELF: Final = {ConsentEvent.Kind.EXPIRED}  # done by nobody


def terms_of(share: Share) -> dict[str, Any]:
    """What a share says, whole: to whom, which topics, until when, and what they may do. Of what
    was typed for a clinic's link, nothing.
    """
    link, hidden = clinic_link_of(share), sorted(taken_back(share))
    return {
        "reader": share.reader_name,
        "kind": share.kind,
        "email": share.worker_email,
        "topics": share.topics,
        "kept_topics": share.shown_though_kept,
        **({"taken_back": hidden} if hidden else {}),
        "photo": share.with_photo,
        "print": share.may_print,
        "passcode": share.passcode_set,
        "ends_at": share.ends_at.isoformat() if share.ends_at else None,
        **({"taking": link.taking} if link else {}),
        **({"keeper": share.keeper_name or ""} if share.by_keeper else {}),
    }


def stands_so(share: Share, decided: Decided, *, before: dict[str, Any]) -> bool:
    """Does it say what it said `before`, and was just this decided last, in the same way? Then a
    press tells nothing new.

    What was decided last is not enough: a restore may have taken some of it back since.
    """
    if terms_of(share) != before:
        return False
    kinds = (ConsentEvent.Kind.GIVEN, ConsentEvent.Kind.CHANGED)
    last = share.events.filter(kind__in=kinds).order_by("-pk").first()
    if last is None:
        return False
    last.profile = share.profile
    said = json.loads(last.terms)
    said.pop("by", None)
    return bool(said == terms_of(share) and last.decided == decided.as_json())


def record(
    kind: ConsentEvent.Kind,
    *,
    profile: Profile,
    share: Share | None = None,
    terms: Mapping[str, Any] | None = None,
    decided: Decided | None = None,
    wording: Wording | None = None,
    at: datetime | None = None,
    by: By | None = None,
) -> ConsentEvent:
    """Write one entry. Only ever called inside the transaction of what it tells about.

    The endings journal is told how the share stands now: so write what it tells about first.
    Of a share that a keeper began it says who did this: `by`, or else whoever has the page now.
    Raises ValueError for a keeper's decision that is worded as the person's own.
    """
    said = terms_of(share) if share else dict(terms or {})
    if share:
        note_share(share)
    if by in NOT_THEIRS:
        said["by"] = by
    elif share and share.by_keeper and kind not in ITSELF:
        said["by"] = by or (By.KEEPER if profile.is_kept else By.PERSON)
    if said.get("by") == By.KEEPER and decided and decided.mode in NEVER_A_KEEPERS:
        raise ValueError("Only the person themself can say that they decided.")
    return ConsentEvent.objects.create(
        profile=profile,
        share=share,
        kind=kind,
        terms=json.dumps(said),
        decided=decided.as_json() if decided else "{}",
        wording=wording.text if wording else "",
        wording_version=wording.version if wording else "",
        wording_language=wording.language if wording else "",
        **({"happened_at": at} if at else {}),
    )


def terms_then(shares: Iterable[Share], moments: Mapping[int, datetime]) -> dict[int, Any]:
    """What a share said at its moment, by its number, of those that were changed after that."""
    profiles = {share.pk: share.profile for share in shares if share.pk in moments}
    if not profiles:
        return {}
    agreed = {ConsentEvent.Kind.GIVEN, ConsentEvent.Kind.CHANGED}
    rows = ConsentEvent.objects.filter(share__in=profiles, kind__in=agreed).in_order()
    before: dict[int, ConsentEvent] = {}
    changed: set[int] = set()
    for row in rows:
        share = cast(int, row.share_id)
        if row.happened_at <= moments[share]:
            before[share] = row
        else:
            changed.add(share)
    for share in before.keys() & changed:
        before[share].profile = profiles[share]
    return {share: json.loads(before[share].terms) for share in before.keys() & changed}


def history(page: Profile) -> Iterator[dict[str, Any]]:
    """Every entry of a page's ledger, oldest first, as the members of a JSON object each."""
    for row in page.consent_events.in_order().select_related("share"):
        row.profile = page
        yield {
            "entry": row.ref,
            "share": row.share.ref if row.share else None,
            "kind": row.kind,
            "at": row.happened_at.isoformat(),
            "terms": json.loads(row.terms),
            "decided": json.loads(row.decided),
            "wording": {
                "version": row.wording_version,
                "language": row.wording_language,
                "text": row.wording,
            },
        }
