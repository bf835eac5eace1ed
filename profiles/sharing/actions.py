"""Everything that changes a share after the yes. Each is one transaction, and writes its line in
the ledger.

Every change holds the person's page first, as the door does. So a look is either before the change
or sees it: nobody is shown anything after the person was told that sharing has stopped.
"""

from collections.abc import Collection
from copy import copy
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from profiles.accounts.actions import hold_account
from profiles.accounts.models import User
from profiles.core import codes
from profiles.core.crypto import CannotOpen
from profiles.pages.models import Profile
from profiles.sharing import rules
from profiles.sharing.clinic import clinic_link_of, forget_clinic_link
from profiles.sharing.decided import Decided
from profiles.sharing.ledger import By, record, stands_so, terms_of
from profiles.sharing.models import A_CODE, SPOKEN_FOR, ConsentEvent, Share
from profiles.sharing.noted import note_share
from profiles.sharing.terms import NotAsShown, choose_terms, fresh, hold, set_end, set_topics
from profiles.sharing.wording import Wording, wording_for, wording_to_keep

EventKind = ConsentEvent.Kind


@transaction.atomic
def change_what(
    *,
    share: Share,
    by: User,
    topics: Collection[str],
    with_photo: bool,
    may_print: bool,
    decided: Decided,
    shown: str = "",
) -> Share:
    """Show other topics through a share that is open or paused. Pressed twice, it is one change.

    `shown` is the fingerprint of the text that was said yes to; without one, none is kept.
    """
    share = _held(share, by)
    before = terms_of(share)
    set_topics(share, topics, with_photo=with_photo, may_print=may_print)
    if stands_so(share, decided, before=before):
        return share
    return _changed(share, decided, shown)


def if_changed(
    share: Share, *, topics: Collection[str], with_photo: bool, may_print: bool
) -> Wording:
    """What the person is to be shown before they change what a share shows. Nothing is saved."""
    asked = copy(share)
    choose_terms(asked, topics, with_photo=with_photo, may_print=may_print)
    return wording_for(asked)


def if_ends(
    share: Share, *, ends_at: datetime | None = None, lasts: timedelta | None = None
) -> Wording:
    """What the person is to be shown before a share ends at another time. Nothing is saved."""
    asked = copy(share)
    asked.ends_at = ends_at
    if link := clinic_link_of(share):
        asked.clinic_link = copy(link)
        asked.clinic_link.lasts = lasts
    return wording_for(asked)


@transaction.atomic
def change_how_long(
    *,
    share: Share,
    by: User,
    ends_at: datetime | None = None,
    lasts: timedelta | None = None,
    decided: Decided,
    shown: str = "",
) -> Share:
    """Let a share that is open or paused end at another time. Pressed twice, it is one change."""
    share = _held(share, by)
    before, wording = terms_of(share), if_ends(share, ends_at=ends_at, lasts=lasts)
    set_end(share, timezone.now() + lasts if lasts else ends_at, lasts)
    if stands_so(share, decided, before=before):
        return share
    return _changed(share, decided, shown, wording)


@transaction.atomic
def change_passcode(
    *,
    share: Share,
    by: User,
    wanted: bool = True,
    decided: Decided | None = None,
    shown: str = "",
) -> Share:
    """A new passcode, which may be tried afresh; or none any more.

    With a new one, everybody has to come in again: those who read now came in without it.
    `shown` is the fingerprint of the text that was said yes to; without one, none is kept.
    """
    share = _held(share, by)
    rules.may_have_passcode(share, wanted=wanted).or_refuse()
    share.passcode = codes.new_passcode() if wanted else ""
    share.passcode_set = wanted
    if wanted:
        share.passcode_number = (share.passcode_number or 0) + 1
    share.wrong_tries = 0
    share.save(update_fields=["passcode", "passcode_set", "passcode_number", "wrong_tries"])
    share.wrong_guesses.all().delete()
    return _changed(share, decided, shown)


def if_passcode(share: Share, *, wanted: bool) -> Wording:
    """What the person is to be shown before a passcode is added or taken away. Nothing is saved."""
    asked = copy(share)
    asked.passcode_set = wanted
    return wording_for(asked)


@transaction.atomic
def choose_layout(*, share: Share, by: User, layout: str) -> None:
    """How the page is set out for this reader; "" for as its person has theirs.

    They see the same topics either way: so it is no line in the ledger.
    """
    share = _held(share, by)
    share.layout = layout
    share.save(update_fields=["layout"])


@transaction.atomic
def pause(*, share: Share, by: User) -> bool:
    """Close a share for now. False if it was closed already."""
    share = _held(share, by)
    return _turn(share, EventKind.PAUSED, {"paused_at": None}, paused_at=timezone.now())


@transaction.atomic
def resume(*, share: Share, by: User) -> bool:
    """Open a share again that was paused. False if it was open already."""
    share = _held(share, by)
    if share.paused_at is None:
        return False
    was: dict[str, object] = {"paused_at": share.paused_at}
    return _turn(share, EventKind.RESUMED, was, paused_at=None, restored_at=None)


@transaction.atomic
def stop(*, share: Share, by: User) -> bool:
    """Stop sharing, at once and for good. False if it had ended already."""
    hold(share, by)
    return _turn(share, EventKind.WITHDRAWN, {"stopped_at": None}, stopped_at=timezone.now())


@transaction.atomic
def pause_for_its_person(*, profile: Profile) -> None:
    """A page was just taken over: what its keeper shared is closed until its person has decided.

    What the keeper had only begun to share is let go. The page is held by whoever calls this.
    """
    profile.shares.being_made().delete()
    for share in profile.shares.current().from_keeper().with_profile(profile):
        _turn(
            share,
            EventKind.PAUSED,
            {"paused_at": None},
            by=By.HANDOVER,
            paused_at=timezone.now(),
        )
        share.spoken_digest, share.spoken_until = "", None  # a code that the keeper read out
        share.save(update_fields=["spoken_digest", "spoken_until"])
        note_share(share)


@transaction.atomic
def pause_for_site(*, profile: Profile) -> None:
    """Whoever runs the site closed its account, and with it what it shares. The ledger says so.

    Where words do not open no line can be written there. They may open again: so it is paused too.
    """
    page, now = profile.lock(), timezone.now()
    for share in page.shares.open().with_profile(page):
        try:
            with transaction.atomic():
                _turn(share, EventKind.PAUSED, {"paused_at": None}, by=By.SITE, paused_at=now)
        except CannotOpen:
            Share.objects.filter(pk=share.pk).update(paused_at=now)
            note_share(share)


@transaction.atomic
def keep(*, share: Share, by: User, decided: Decided, shown: str) -> Share:
    """The person says yes to what their keeper shared: from now on it is their own, and open.

    Raises NotAsShown if it is not what they were shown, and Share.DoesNotExist if there is nothing
    to decide: it was stopped or kept on already, or its time is over.
    """
    share.profile = share.profile.lock()
    rules.is_its_person(by, share.profile).or_refuse()
    share = fresh(share, share.profile.shares.current().from_keeper())
    wording = wording_to_keep(share)
    if wording.fingerprint != shown:
        raise NotAsShown
    share.paused_at = None
    record(EventKind.GIVEN, profile=share.profile, share=share, decided=decided, wording=wording)
    share.by_keeper = share.keeper_name = share.restored_at = None
    share.save(update_fields=["paused_at", "by_keeper", "keeper_name", "restored_at"])
    return share


@transaction.atomic
def speak(*, share: Share, by: User) -> str:
    """A short code to read out. It opens the doorstep for an hour; the one before it no longer."""
    share = _held(share, by)
    rules.may_be_given_out(share).or_refuse()
    code = codes.new_code()
    share.spoken_digest = codes.digest(code, about=A_CODE)
    share.spoken_until = timezone.now() + SPOKEN_FOR
    share.save(update_fields=["spoken_digest", "spoken_until"])
    note_share(share)
    return code


def note_emailed(*, share: Share) -> None:
    """Its link has gone to its worker by email."""
    share.emailed_at = timezone.now()
    share.save(update_fields=["emailed_at"])


@transaction.atomic
def claim(*, share: Share, by: User) -> None:
    """Bind a share to the account that has signed in with the worker's address.

    Raises User.DoesNotExist if the account was deleted meanwhile.
    """
    hold_account(user=by)
    if Share.objects.filter(pk=share.pk, worker=None).update(worker=by):
        note_share(share)


def _held(share: Share, by: User) -> Share:
    """A share that is open or paused, as it is now, held for a change."""
    hold(share, by)
    now = fresh(share, share.profile.shares.current())
    rules.may_change(now).or_refuse()
    return now


def _changed(
    share: Share, decided: Decided | None, shown: str, wording: Wording | None = None
) -> Share:
    """Write it down, with the words that were shown. Raises NotAsShown if they were others."""
    wording = (wording or wording_for(share)) if shown else None
    if wording and wording.fingerprint != shown:
        raise NotAsShown
    record(EventKind.CHANGED, profile=share.profile, share=share, decided=decided, wording=wording)
    return share


def _turn(
    share: Share,
    kind: ConsentEvent.Kind,
    was: dict[str, object],
    by: By | None = None,
    **becomes: datetime | None,
) -> bool:
    """Set a moment on a share that is as it was, and write it down."""
    same = Share.objects.current().filter(pk=share.pk, **was)
    if same.update(**becomes) != 1:
        return False
    for name, value in becomes.items():
        setattr(share, name, value)
    record(kind, profile=share.profile, share=share, by=by)
    if share.stopped_at:
        forget_clinic_link(share)
    return True
