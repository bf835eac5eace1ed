"""Handing a page that somebody kept to the person it is about, for an account of their own."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from profiles.access.actions import Reader, note
from profiles.access.models import Happened
from profiles.accounts import after_restore
from profiles.accounts.models import User
from profiles.core import codes, journal
from profiles.core.clock import APART
from profiles.core.crypto import CannotOpen
from profiles.core.journal import Kind
from profiles.pages.models import Profile
from profiles.sharing.actions import pause_for_its_person
from profiles.sharing.after_restore import pause_keepers
from profiles.sharing.models import digest_of_address
from profiles.supporters import rules
from profiles.supporters.actions import HELPER
from profiles.supporters.models import (
    A_HANDING,
    AN_INVITATION,
    ASKED_FOR,
    Handing,
    HandingQuerySet,
    Supporter,
)


@transaction.atomic
def offer(*, profile: Profile, by: User, email: str, keeper_name: str) -> str:
    """Offer the page to its person. Returns the key of the link by which they take it.

    An offer made before is over: the link that was sent last is the one that works.
    """
    profile = profile.lock()
    rules.may_hand_over(by, profile).or_refuse()
    rules.may_be_handed(email, profile).or_refuse()
    take_back(profile=profile, by=by)
    key = codes.new_key()
    Handing.objects.create(
        profile=profile,
        email=email,
        email_digest=digest_of_address(email),
        keeper_name=keeper_name,
        key_digest=codes.digest(key, about=A_HANDING),
    )
    return key


@transaction.atomic
def take_back(*, profile: Profile, by: User) -> None:
    """Let nobody take the page with the link that was sent."""
    rules.may_hand_over(by, profile).or_refuse()
    _end(profile.handings.standing())


def _end(offers: HandingQuerySet) -> int:
    """Let these offers be over, also after a restore; how many there were."""
    for offer in offers:
        journal.note(Kind.OFFER, offer.key_digest)
    return offers.update(ended_at=timezone.now())


def note_not_taken(handings: HandingQuerySet) -> int:
    """Of these, let no offer be taken that is over by now, even if the clock goes back; how many
    there were.
    """
    return handings.not_taken().update(ended_at=timezone.now())


@transaction.atomic
def decline(*, handing: Handing, by: User) -> bool:
    """Say no to a page that was offered: it stays with whoever keeps it, and nothing of it changes.

    False if the offer is over, or was made to another address. It needs no reason.
    """
    handing.profile.lock()
    mine = Handing.objects.open().filter(pk=handing.pk, email_digest=digest_of_address(by.email))
    return bool(_end(mine))


@transaction.atomic
def take(*, handing: Handing, by: User) -> bool:
    """The page becomes its person's own. Whoever kept it has to be let help from now on, and what
    they shared is paused until its person has kept or stopped each.

    False if the offer is over, or was made to another address.
    """
    profile = handing.profile.lock()
    keeper = profile.kept_by
    mine = Handing.objects.open().filter(pk=handing.pk, email_digest=digest_of_address(by.email))
    if keeper is None or keeper == by or not mine.update(ended_at=timezone.now()):
        return False
    journal.note(
        Kind.HANDED,
        profile.key,
        offer=handing.key_digest,
        number=by.pk,
        account=after_restore.named(by),
    )
    _hand_over(profile, handing=handing, keeper=keeper, to=by)
    said_by = Reader(name=handing.keeper_name, role=HELPER)
    note(Happened.HANDED, profile=profile, reader=said_by)
    return True


def _give_to(profile: Profile, *, to: User) -> None:
    profile.owner, profile.kept_by, profile.for_someone = to, None, False
    profile.chosen_at = timezone.now()
    profile.reminds_me = True  # if the keeper wanted no emails, that was for the keeper
    profile.save(update_fields=["owner", "kept_by", "for_someone", "chosen_at", "reminds_me"])


def _hand_over(profile: Profile, *, handing: Handing, keeper: User, to: User) -> None:
    _give_to(profile, to=to)
    Supporter.objects.create(
        profile=profile,
        user=keeper,
        name=handing.keeper_name,
        email=keeper.email,
        email_digest=digest_of_address(keeper.email),
        may=Supporter.May.WRITE,
        key_digest=codes.digest(codes.new_key(), about=AN_INVITATION),  # nobody was sent this one
        accepted_at=timezone.now(),
    )
    pause_for_its_person(profile=profile)


@transaction.atomic
def hand_over_again(*, ref: str, says: dict[str, Any]) -> None:
    """After a restore: the page is its person's own, who took it over since.

    Where their account is gone too, it stays with its keeper, who can offer it again; but what the
    keeper shared is paused.
    """
    found = Profile.objects.filter(key=ref).first()
    profile = found.lock() if found else None
    if profile is None or profile.kept_by is None:
        return
    to = after_restore.account_named(says["account"], number=says["number"])
    handing = profile.handings.filter(key_digest=says["offer"]).first()
    if to and handing:
        profile.handings.filter(pk=handing.pk).update(ended_at=timezone.now())
        handing.profile, keeper = profile, profile.kept_by
        try:
            with transaction.atomic():
                _hand_over(profile, handing=handing, keeper=keeper, to=to)
        except CannotOpen:  # who kept it cannot be written down: they are just no keeper any more
            _give_to(profile, to=to)
            pause_keepers(page=profile)
    else:
        pause_keepers(page=profile)


def end_offer_again(*, ref: str) -> None:
    """After a restore: nobody takes a page by an offer that was ended since."""
    Handing.objects.standing().filter(key_digest=ref).update(ended_at=timezone.now())


def waits_for(account: User | None) -> bool:
    """Does a link in an email wait for this account's answer: to help, or to take a page?"""
    if account is None:
        return False
    now = timezone.now()
    about = digest_of_address(account.email), now - ASKED_FOR, now + APART
    return any(kind.waits_for(*about).exists() for kind in (Supporter.objects, Handing.objects))
