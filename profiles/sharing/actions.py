"""Everything that changes a share. Each is one transaction, and writes its line in the ledger.

Every change holds the person's page first, as the door does. So a look is either before the change
or sees it: nobody is shown anything after the person was told that sharing has stopped.
"""

from collections.abc import Collection
from copy import copy
from dataclasses import asdict
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from profiles.accounts.actions import hold_account
from profiles.accounts.models import User
from profiles.answers.models import ticks
from profiles.core import codes
from profiles.pages.models import Profile
from profiles.sharing import rules
from profiles.sharing.clinic import (
    A_CLINIC,
    ClinicLink,
    FoundBy,
    Taking,
    clinic_link_of,
    forget_clinic_link,
    new_secret,
)
from profiles.sharing.decided import Decided
from profiles.sharing.ledger import By, record
from profiles.sharing.models import (
    A_CODE,
    A_KEY,
    SPOKEN_FOR,
    Ask,
    ConsentEvent,
    Share,
    digest_of_address,
)
from profiles.sharing.noted import note_share
from profiles.sharing.wording import Wording, wording_for, wording_to_keep

EventKind = ConsentEvent.Kind
THINKING_TIME = timedelta(days=30)  # for a share that was begun, before it is let go


class NotAsShown(Exception):
    """The share is not what it was when its person was asked: they have to see it again."""


class Lapsed(NotAsShown):
    """Not as shown, since the last day that was chosen is over: it has to be chosen anew."""


class NotReady(Exception):
    """Something about the share has not been said yet."""


@transaction.atomic
def begin(*, profile: Profile, by: User) -> Share:
    """The share that this person is thinking about; a new one if there is none."""
    profile = profile.lock()
    rules.may_begin(by, profile).or_refuse()
    if begun := profile.shares.being_made().first():
        return begun
    key = codes.new_key()
    return Share.objects.create(
        profile=profile,
        key_digest=codes.digest(key, about=A_KEY),
        key=key,
        by_keeper=profile.is_kept or None,
    )


@transaction.atomic
def say_who(
    *,
    share: Share,
    by: User,
    reader_name: str,
    worker_email: str = "",
    with_passcode: bool = False,
    for_clinic: bool = False,
    keeper_name: str = "",
) -> None:
    """Who it is for, and how they get in: by link, as the worker with this address, or as the
    computer of a clinic, of which `say_clinic` tells more.

    What was said of somebody else is not carried over to them. `keeper_name` is what readers
    are told of whoever keeps the page and shares it.
    """
    _still_being_made(share, by)
    was = (share.reader_name, share.worker_email, share.kind == Share.Kind.CLINIC)
    is_another = was != (reader_name, worker_email, for_clinic)
    if is_another:
        share.topics, share.kept_topics, share.with_photo, share.may_print = [], [], False, None
        share.ends_at = None
    share.reader_name = reader_name
    changed = _let_in(share, worker_email, with_passcode=with_passcode, for_clinic=for_clinic)
    share.keeper_name = keeper_name if share.by_keeper else None
    share.save(
        update_fields=[
            "reader_name", "keeper_name", "topics", "kept_topics", "with_photo", "may_print",
            "ends_at", *changed,
        ]
    )  # fmt: skip
    if for_clinic:
        ClinicLink.objects.get_or_create(share=share, profile=share.profile)
    if is_another:
        ClinicLink.objects.filter(share=share).update(lasts=None)


def _let_in(
    share: Share, worker_email: str, *, with_passcode: bool, for_clinic: bool
) -> Collection[str]:
    """Whom it lets in, and how; the columns that this changes. What is not changed is not saved:
    another window may have changed it since.

    A clinic's link has a longer key, which is found at its own address alone. So whoever chooses
    another way leaves no key behind, and nothing that was typed for a clinic.
    """
    changed = {"kind", "worker_email", "worker_digest"}
    if (share.kind == Share.Kind.CLINIC) != for_clinic:
        forget_clinic_link(share)
        share.key = new_secret() if for_clinic else codes.new_key()
        share.key_digest = codes.digest(share.key, about=A_CLINIC if for_clinic else A_KEY)
        share.passcode, share.passcode_set = "", False
        changed |= {"key", "key_digest", "passcode", "passcode_set"}
    if not for_clinic:
        share.passcode_set = with_passcode and not worker_email
        share.passcode = codes.new_passcode() if share.passcode_set else ""
        changed |= {"passcode", "passcode_set"}
    person = Share.Kind.WORKER if worker_email else Share.Kind.LINK
    share.kind = Share.Kind.CLINIC if for_clinic else person
    share.worker_email = worker_email
    share.worker_digest = digest_of_address(worker_email) if worker_email else ""
    return changed


@transaction.atomic
def say_clinic(*, share: Share, by: User, taking: Taking, found_by: FoundBy) -> None:
    """How the computer of a clinic takes the page, and by what it finds the person.

    Raises Share.DoesNotExist also if another window has chosen another way meanwhile.
    """
    _still_being_made(share, by)
    link = ClinicLink.objects.filter(share=share).first()
    if link is None:
        raise Share.DoesNotExist
    link.profile = share.profile
    link.taking = taking
    for what, said in asdict(found_by).items():
        setattr(link, what, said)
    link.save(update_fields=["taking", *asdict(found_by)])
    share.clinic_link = link
    needs_passcode = taking != Taking.NOW
    if share.passcode_set != needs_passcode:
        share.passcode_set = needs_passcode
        share.passcode = codes.new_passcode() if needs_passcode else ""
        share.save(update_fields=["passcode", "passcode_set"])


@transaction.atomic
def say_what(
    *, share: Share, by: User, topics: Collection[str], with_photo: bool, may_print: bool
) -> None:
    """Which topics it shows, and what the reader may do."""
    _still_being_made(share, by)
    _set_topics(share, topics, with_photo=with_photo, may_print=may_print)


@transaction.atomic
def say_how_long(
    *, share: Share, by: User, ends_at: datetime | None = None, lasts: timedelta | None = None
) -> None:
    """Until when it lasts; or, with a clinic's computer, how long from the yes on."""
    _still_being_made(share, by)
    _set_end(share, ends_at, lasts)


@transaction.atomic
def give(*, share: Share, by: User, decided: Decided, shown: str) -> Share:
    """Say yes. `shown` is the fingerprint of the text that the person has just said yes to.

    Raises NotAsShown if another window has changed the share since, Lapsed if its last day is over
    by now, and Share.DoesNotExist if it has been said already, or the page was handed over.
    """
    share.profile = share.profile.lock()
    rules.may_begin(by, share.profile).or_refuse()
    share = _fresh(share, share.profile.shares.being_made())
    if not share.reader_name or not share.topics or share.may_print is None:
        raise NotReady
    if share.by_keeper and not share.keeper_name:
        raise NotReady
    lasts = _lasts(share)
    if not share.ends_at and not lasts:
        raise NotReady
    if share.has_lapsed():
        raise Lapsed
    wording = wording_for(share)
    if wording.fingerprint != shown:
        raise NotAsShown
    share.given_at = timezone.now()
    share.ends_at = share.given_at + lasts if lasts else share.ends_at
    share.save(update_fields=["given_at", "ends_at"])
    if share.worker_email:
        asked = share.profile.asks.waiting().from_address(share.worker_email)
        asked.update(answer=Ask.Reply.YES, answered_at=share.given_at)
    record(EventKind.GIVEN, profile=share.profile, share=share, decided=decided, wording=wording)
    return share


@transaction.atomic
def let_go(*, share: Share, by: User) -> None:
    """Stop thinking about it: nothing was shared."""
    _hold(share, by)
    Share.objects.being_made().filter(pk=share.pk).delete()


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
    """Show other topics through a share that is open or paused.

    `shown` is the fingerprint of the text that was said yes to; without one, none is kept.
    """
    share = _held(share, by)
    _set_topics(share, topics, with_photo=with_photo, may_print=may_print)
    return _changed(share, decided, shown)


def if_changed(
    share: Share, *, topics: Collection[str], with_photo: bool, may_print: bool
) -> Wording:
    """What the person is to be shown before they change what a share shows. Nothing is saved."""
    asked = copy(share)
    _choose(asked, topics, with_photo=with_photo, may_print=may_print)
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
    """Let a share that is open or paused end at another time."""
    share = _held(share, by)
    wording = if_ends(share, ends_at=ends_at, lasts=lasts)
    _set_end(share, timezone.now() + lasts if lasts else ends_at, lasts)
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
    _hold(share, by)
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
    """Whoever runs the site closed its account, and with it what it shares. The ledger says so."""
    page = profile.lock()
    for share in page.shares.open().with_profile(page):
        _turn(share, EventKind.PAUSED, {"paused_at": None}, by=By.SITE, paused_at=timezone.now())


@transaction.atomic
def keep(*, share: Share, by: User, decided: Decided, shown: str) -> Share:
    """The person says yes to what their keeper shared: from now on it is their own, and open.

    Raises NotAsShown if it is not what they were shown, and Share.DoesNotExist if there is nothing
    to decide: it was stopped or kept on already, or its time is over.
    """
    share.profile = share.profile.lock()
    rules.is_its_person(by, share.profile).or_refuse()
    share = _fresh(share, share.profile.shares.current().from_keeper())
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


def forget_left(*, share: Share, before: datetime) -> bool:
    """Let go of a share that was begun and never given. False if it was given meanwhile."""
    return Share.objects.left(before).filter(pk=share.pk).delete()[0] > 0


@transaction.atomic
def claim(*, share: Share, by: User) -> None:
    """Bind a share to the account that has signed in with the worker's address.

    Raises User.DoesNotExist if the account was deleted meanwhile.
    """
    hold_account(user=by)
    if Share.objects.filter(pk=share.pk, worker=None).update(worker=by):
        note_share(share)


def _hold(share: Share, by: User) -> None:
    """Hold the page, and go on if they may share it now: it may have been handed over meanwhile."""
    share.profile = share.profile.lock()
    rules.may_share(by, share.profile).or_refuse()


def _still_being_made(share: Share, by: User) -> None:
    """Hold the page. Raises Share.DoesNotExist if another window has said yes meanwhile."""
    _hold(share, by)
    begun = share.profile.shares.being_made().filter(pk=share.pk)
    # Which kind it is now decides what else there is: another window may have chosen another.
    now = begun.values("kind", "passcode_set").get()
    share.kind, share.passcode_set = now["kind"], now["passcode_set"]


def _held(share: Share, by: User) -> Share:
    """A share that is open or paused, as it is now, held for a change."""
    _hold(share, by)
    now = _fresh(share, share.profile.shares.current())
    rules.may_change(now).or_refuse()
    return now


def _fresh(share: Share, among: QuerySet[Share]) -> Share:
    now = among.get(pk=share.pk)
    now.profile = share.profile
    return now


def _set_topics(
    share: Share, topics: Collection[str], *, with_photo: bool, may_print: bool
) -> None:
    _choose(share, topics, with_photo=with_photo, may_print=may_print)
    share.save(update_fields=["topics", "kept_topics", "with_photo", "may_print"])


def _set_end(share: Share, ends_at: datetime | None, lasts: timedelta | None) -> None:
    share.ends_at = ends_at
    share.save(update_fields=["ends_at"])
    ClinicLink.objects.filter(share=share).update(lasts=lasts)
    if link := clinic_link_of(share):
        link.lasts = lasts


def _lasts(share: Share) -> timedelta | None:
    """How long it is to last from the yes on, where that was chosen, and not a day.

    Raises NotReady if it is not said how a clinic's computer takes the page.
    """
    if share.kind != Share.Kind.CLINIC:
        return None
    link = clinic_link_of(share)
    if link is None or not link.taking:
        raise NotReady
    return link.lasts


def _choose(share: Share, topics: Collection[str], *, with_photo: bool, may_print: bool) -> None:
    share.topics = sorted({"call_me", *topics})  # a page without a name helps nobody
    # What was agreed to while it was on the page stays hidden if it is taken off the page later.
    share.kept_topics = ticks(share.profile, topics)
    # A computer that takes the page keeps it: nobody could promise anything else.
    share.with_photo, share.may_print = with_photo, may_print or share.kind == Share.Kind.CLINIC


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
