"""What the endings journal says of shares, done again after a restore.

A line says how much a share may show at most from then on. Done again, a share that came back from
an older copy shows what both agree to, the copy and the line: so never more than it did before.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from profiles.accounts.after_restore import account_named
from profiles.answers.models import ticked_among
from profiles.core import codes
from profiles.core.crypto import CannotOpen
from profiles.core.encrypted_fields import seal_for
from profiles.pages.models import Profile
from profiles.sharing.clinic import forget_clinic_link
from profiles.sharing.ledger import By, record
from profiles.sharing.models import MOST_TRIES, AskCode, ConsentEvent, Share
from profiles.sharing.noted import note_share

EventKind = ConsentEvent.Kind


def narrow(*, ref: str, says: dict[str, Any], at: datetime) -> None:
    """Let a share show no more than its last line says. The ledger tells what was done again."""
    share = _held(ref)
    if share is None:
        return
    if share.given_at is None:  # it was given and ended since; its link is with somebody
        share.delete()
        return
    if says["stopped"] or says["ended"]:
        forget_clinic_link(share)
    changes = _less(share, says, at)
    if not changes:
        return
    Share.objects.filter(pk=share.pk).update(**changes)
    kinds = [kind for column, kind in _TOLD if column in changes]
    now = Share.objects.get(pk=share.pk)
    now.profile = share.profile
    _tell(now, kinds or [EventKind.CHANGED])


_TOLD = (
    ("topics", EventKind.CHANGED),
    ("paused_at", EventKind.PAUSED),
    ("ended_at", EventKind.EXPIRED),
    ("stopped_at", EventKind.WITHDRAWN),
)


def _less(share: Share, says: dict[str, Any], at: datetime) -> dict[str, Any]:
    """What of a share has to change so that it is within a line."""
    changes: dict[str, Any] = {}
    for what in ("stopped", "ended", "paused"):
        if says[what] and getattr(share, f"{what}_at") is None:
            changes[f"{what}_at"] = at
    ends_at = parse_datetime(says["ends_at"]) if says["ends_at"] else None
    if ends_at and share.ends_at and ends_at < share.ends_at:
        changes["ends_at"] = ends_at
    if not {*share.topics} <= {*says["topics"]}:
        changes["topics"] = [topic for topic in share.topics if topic in says["topics"]]
    if {*share.shown_though_kept} - {*says["kept_topics"]}:
        changes["kept_topics"] = ticked_among(share.kept_topics, says["kept_topics"])
    if share.with_photo and not says["photo"]:
        changes["with_photo"] = False
    if share.may_print and not says["print"]:
        changes["may_print"] = False
    if share.spoken_digest and share.spoken_digest != says["spoken"]:
        changes |= {"spoken_digest": "", "spoken_until": None}
    if says["worker"] and share.worker_id is None:
        changes |= _claimed_again(share, says["worker"], at)
    return changes | _locked_again(share, says, at)


def _claimed_again(share: Share, worker: dict[str, Any], at: datetime) -> dict[str, Any]:
    """It was bound to an account, and is for no other that has the address by now. Where that
    account is gone, its person decides.
    """
    if user := account_named(worker["account"], number=worker["number"]):
        return {"worker": user}
    return {"paused_at": share.paused_at or at, "restored_at": timezone.now()}


def _locked_again(share: Share, says: dict[str, Any], at: datetime) -> dict[str, Any]:
    """Where another passcode was set since, nobody knows it any more, and the one before it must
    open nothing. So there is a third, and its person decides when it opens again.
    """
    number = share.passcode_number or 0
    newer = says["number"] > number or (says["passcode"] and not share.passcode_set)
    if not newer:
        tried = says["number"] == number and says["tries"] > share.wrong_tries
        return {"wrong_tries": min(says["tries"], MOST_TRIES)} if tried else {}
    if not (says["passcode"] or share.passcode_set):
        return {"passcode_number": says["number"]}
    return {
        **_another_passcode(share),
        "passcode_set": True,
        "passcode_number": max(number, says["number"]) + 1,
        "paused_at": share.paused_at or at,
        "restored_at": timezone.now(),
    }


def _another_passcode(share: Share) -> dict[str, Any]:
    """A third; or, where the page does not open and none can be sealed, no more tries for what
    stands there, so that its person has to make one.
    """
    try:
        return {"passcode": seal_for(share, Share, "passcode", codes.new_passcode())}
    except CannotOpen:
        return {"wrong_tries": MOST_TRIES}


def end_ticks(*, page: Profile, topic: str) -> None:
    """A topic was opened since, or kept again: no tick from before shows it to anybody."""
    for share in page.shares.all().with_profile(page):
        if topic in share.kept_topics:
            left = [other for other in share.kept_topics if other != topic]
            share.kept_topics = ticked_among(share.kept_topics, left)
            share.save(update_fields=["kept_topics"])
            if share.given_at:
                note_share(share)


def pause_all(*, page: Profile | None = None) -> None:
    """Nobody knows what was stopped since, on one page or on any: each share is paused until its
    person says otherwise.
    """
    now, shares = timezone.now(), Share.objects.filter(**({"profile": page} if page else {}))
    shares.being_made().delete()  # one that was given since may have its link with somebody
    shares.exclude(spoken_digest="").update(spoken_digest="", spoken_until=None)
    shares.open(now).update(paused_at=now, restored_at=now)
    paused = shares.filter(restored_at=now).select_related("profile__data_key")
    for share in paused.iterator():
        _tell(share, [EventKind.PAUSED])


def drop_ask_code(*, ref: str) -> None:
    """Let nobody ask by a code that was let go since."""
    AskCode.objects.filter(code_digest=ref).delete()


def pause_keepers(*, page: Profile) -> None:
    """What its keeper shared is paused: the page was handed over since."""
    for share in page.shares.open().from_keeper().with_profile(page):
        Share.objects.filter(pk=share.pk).update(paused_at=timezone.now())
        _tell(share, [EventKind.PAUSED])


def _held(ref: str) -> Share | None:
    share = Share.objects.filter(ref=ref).select_related("profile__data_key").first()
    if share:
        share.profile.lock()
    return share


def _tell(share: Share, kinds: list[ConsentEvent.Kind]) -> None:
    """Put it in the ledger, and the journal. Where words do not open, it is done all the same."""
    for kind in kinds:
        if kind is EventKind.EXPIRED and share.events.filter(kind=kind).exists():
            continue
        try:
            with transaction.atomic():
                record(kind, profile=share.profile, share=share, by=By.RESTORE)
        except CannotOpen:
            note_share(share)
