"""Thinking about a share until the yes. Each is one transaction, and holds the person's page first.

Nothing is shown to anybody meanwhile, and nothing of it is in the ledger but the yes.
"""

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from profiles.accounts.models import User
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
from profiles.sharing.ledger import record
from profiles.sharing.models import A_KEY, Ask, ConsentEvent, Share, digest_of_address
from profiles.sharing.terms import Lapsed, NotAsShown, fresh, hold, set_end, set_topics
from profiles.sharing.wording import fingerprint, wording_for

THINKING_TIME = timedelta(days=30)  # for a share that was begun, before it is let go


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
    if share.kind != Share.Kind.CLINIC:
        raise Share.DoesNotExist
    link, _ = ClinicLink.objects.get_or_create(share=share, profile=share.profile)
    link.profile = share.profile
    link.taking = taking
    link.typed_at = timezone.now()
    for what, said in asdict(found_by).items():
        setattr(link, what, said)
    link.save(update_fields=["taking", "typed_at", *asdict(found_by)])
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
    set_topics(share, topics, with_photo=with_photo, may_print=may_print)


@transaction.atomic
def say_how_long(
    *, share: Share, by: User, ends_at: datetime | None = None, lasts: timedelta | None = None
) -> None:
    """Until when it lasts; or, with a clinic's computer, how long from the yes on."""
    _still_being_made(share, by)
    set_end(share, ends_at, lasts)


@transaction.atomic
def give(*, share: Share, by: User, decided: Decided, shown: str) -> Share:
    """Say yes. `shown` is the fingerprint of the text that the person has just said yes to.

    Raises NotAsShown if another window has changed the share since, Lapsed if its last day is over
    by now, and Share.DoesNotExist if it has been said already, or the page was handed over.
    """
    share.profile = share.profile.lock()
    rules.may_begin(by, share.profile).or_refuse()
    share = fresh(share, share.profile.shares.being_made())
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
    record(
        ConsentEvent.Kind.GIVEN,
        profile=share.profile,
        share=share,
        decided=decided,
        wording=wording,
    )
    return share


def is_given(*, profile: Profile, shown: str) -> bool:
    """Was the text with this fingerprint what the person said yes to last?"""
    share = profile.shares.given().latest_first().first()
    given = profile.consent_events.filter(share=share, kind=ConsentEvent.Kind.GIVEN).first()
    if share is None or given is None:
        return False
    share.profile = given.profile = profile
    return fingerprint(given.wording, wording_for(share).besides) == shown


@transaction.atomic
def let_go(*, share: Share, by: User) -> None:
    """Stop thinking about it: nothing was shared."""
    hold(share, by)
    Share.objects.being_made().filter(pk=share.pk).delete()


def forget_left(*, share: Share, before: datetime) -> bool:
    """Let go of a share that was begun and never given. False if it was given meanwhile."""
    return Share.objects.left(before).filter(pk=share.pk).delete()[0] > 0


@transaction.atomic
def forget_typed(*, share: Share) -> bool:
    """Let go of what was typed for a clinic too long ago, with no yes since. The share stays."""
    share.profile.lock()
    return ClinicLink.objects.left().filter(share=share).delete()[0] > 0


def _still_being_made(share: Share, by: User) -> None:
    """Hold the page. Raises Share.DoesNotExist if another window has said yes meanwhile."""
    hold(share, by)
    begun = share.profile.shares.being_made().filter(pk=share.pk)
    # Which kind it is now decides what else there is: another window may have chosen another.
    now = begun.values("kind", "passcode_set").get()
    share.kind, share.passcode_set = now["kind"], now["passcode_set"]


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
