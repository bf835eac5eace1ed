"""Everything that changes who helps. Each is one transaction, and writes its line in the ledger.

Every change holds the person's page first, as the door does: a look is before it, or sees it.
"""

from collections.abc import Collection
from contextlib import suppress
from typing import Any

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Concat
from django.utils import timezone

from profiles.access.actions import Reader, note
from profiles.access.models import Happened
from profiles.accounts.models import User
from profiles.answers.models import Answer, ticks
from profiles.core import codes, journal
from profiles.core.crypto import CannotOpen
from profiles.core.journal import Kind
from profiles.pages.models import Profile
from profiles.sharing.ledger import By, record
from profiles.sharing.models import NO_KEY, ConsentEvent, digest_of_address
from profiles.sharing.rules import is_its_person
from profiles.supporters import rules
from profiles.supporters.models import AN_INVITATION, Supporter, SupporterQuerySet
from profiles.supporters.wording import wording_for

EventKind = ConsentEvent.Kind
WORDS_SEEN = "words that a supporter saw"
HELPER = "helper"  # the role under which the log tells of a supporter


@transaction.atomic
def ask(
    *,
    profile: Profile,
    by: User,
    name: str,
    email: str,
    may: str,
    kept_topics: Collection[str],
    names_in_emails: bool = False,
) -> str:
    """Ask somebody to help. Returns the key of the link that the invitation is answered by."""
    profile.lock()
    rules.may_ask_for_help(by, profile).or_refuse()
    rules.may_be_asked(email, profile).or_refuse()
    key = codes.new_key()
    supporter = Supporter.objects.create(
        profile=profile,
        name=name,
        email=email,
        email_digest=digest_of_address(email),
        may=may,
        kept_topics=ticks(profile, kept_topics),
        names_in_emails=names_in_emails,
        key_digest=codes.digest(key, about=AN_INVITATION),
        given_at=timezone.now(),
    )
    record_help(EventKind.GIVEN, supporter)
    return key


@transaction.atomic
def accept(*, supporter: Supporter, by: User) -> bool:
    """Say yes to helping. False if the invitation is over, or is for another address."""
    supporter.profile.lock()
    mine = Supporter.objects.current().with_a_key().with_address(by.email)
    if not mine.filter(pk=supporter.pk, accepted_at=None).update(
        user=by, accepted_at=timezone.now()
    ):
        return False
    note(Happened.HELPS, profile=supporter.profile, reader=as_reader(supporter))
    return True


def note_not_answered(supporters: SupporterQuerySet) -> int:
    """Of these, let no invitation be answered that is over by now, even if the clock goes back.

    Its key is let go; who was asked stays. Returns how many there were.
    """
    over = supporters.not_answered().with_a_key()
    return over.update(key_digest=Concat(Value(NO_KEY), F("ref")))


@transaction.atomic
def change(
    *,
    supporter: Supporter,
    by: User,
    may: str,
    kept_topics: Collection[str],
    names_in_emails: bool = False,
) -> None:
    """Let a supporter do more or less; or say yes to one who kept this page before.

    Raises Supporter.DoesNotExist if their help has ended meanwhile.
    """
    supporter.profile.lock()
    is_its_person(by, supporter.profile).or_refuse()
    now = Supporter.objects.current().get(pk=supporter.pk)
    now.profile = supporter.profile
    kind = EventKind.CHANGED if now.given_at else EventKind.GIVEN
    now.may, now.kept_topics = may, ticks(supporter.profile, kept_topics)
    now.names_in_emails = names_in_emails
    now.given_at = now.given_at or timezone.now()
    now.save(update_fields=["may", "kept_topics", "names_in_emails", "given_at"])
    record_help(kind, now)


@transaction.atomic
def stop(*, supporter: Supporter, by: User) -> bool:
    """Stop somebody's help, at once; or say no to one who asks to. False if it had ended."""
    supporter.profile.lock()
    is_its_person(by, supporter.profile).or_refuse()
    return _end(supporter)


@transaction.atomic
def leave(*, supporter: Supporter, by: User) -> bool:
    """A supporter stops helping. The person is not asked why, and nor are they."""
    supporter.profile.lock()
    if not Supporter.objects.of(by).filter(pk=supporter.pk).exists() or not _end(supporter):
        return False
    note(Happened.LEFT, profile=supporter.profile, reader=as_reader(supporter))
    return True


@transaction.atomic
def gone(*, supporter: Supporter) -> None:
    """Somebody who helps has deleted their account. For the person it is as if they had left.

    Where the page does not open, nothing can be written on it: their help ends all the same.
    """
    with suppress(CannotOpen), transaction.atomic():
        supporter.profile.lock()
        if _end(supporter) and supporter.accepted_at and supporter.given_at:
            note(Happened.LEFT, profile=supporter.profile, reader=as_reader(supporter))
    Supporter.objects.current().filter(pk=supporter.pk).update(ended_at=timezone.now())


@transaction.atomic
def decline(*, supporter: Supporter, by: User) -> bool:
    """Say no to helping. It needs no reason."""
    supporter.profile.lock()
    mine = Supporter.objects.current().with_address(by.email).filter(accepted_at=None)
    return mine.filter(pk=supporter.pk).exists() and _end(supporter)


@transaction.atomic
def look_at(supporter: Supporter, *, topic: str) -> Answer | None:
    """The words under one topic that a supporter may see, and a look in the log if there are any.

    Whether there are others, which the person keeps to themself, is not told.
    """
    supporter.profile.lock()
    now = Supporter.objects.helping().filter(pk=supporter.pk).first()
    if now is None:
        return None
    seen = visible(now, profile=supporter.profile, topic=topic)
    if seen:
        note(Happened.LOOKED, profile=supporter.profile, reader=as_reader(supporter))
    return seen


def visible(supporter: Supporter, *, profile: Profile, topic: str) -> Answer | None:
    """The words under one topic that a supporter may see: none if they are kept, or were never."""
    answers = profile.answers.current().about(topic).with_profile(profile)
    return next(iter(supporter.agreed.shown(answers)), None)


def sees_something(supporter: Supporter) -> bool:
    """Is anything on the page that a supporter may see?"""
    return bool(supporter.agreed.shown(supporter.profile.answers.current()))


def mark(supporter: Supporter, seen: Answer | None) -> str:
    """What a form of theirs carries for the words they saw, or for none.

    The number of the row would tell how often something was said, also while it was kept.
    """
    return codes.digest(f"{supporter.pk} {seen.pk if seen else ''}", about=WORDS_SEEN)


def as_reader(supporter: Supporter) -> Reader:
    """Who they are, for the log: by the name that the person gave them."""
    return Reader(name=supporter.name, role=HELPER)


def _end(supporter: Supporter) -> bool:
    if not Supporter.objects.current().filter(pk=supporter.pk).update(ended_at=timezone.now()):
        return False
    record_help(EventKind.WITHDRAWN if supporter.given_at else EventKind.REFUSED, supporter)
    return True


def record_help(kind: ConsentEvent.Kind, supporter: Supporter, *, by: By | None = None) -> None:
    """Write it in the ledger, with the words that were shown where something was agreed to. The
    endings journal is told how much they may do now.
    """
    note_helper(supporter)
    terms: dict[str, Any] = {
        "helper": supporter.name,
        "email": supporter.email,
        "may": supporter.may,
        "kept_topics": supporter.shown_though_kept,
    }
    agreed = kind in {EventKind.GIVEN, EventKind.CHANGED}
    may, kept = Supporter.May(supporter.may), supporter.shown_though_kept
    wording = wording_for(may, kept) if agreed and by is None else None
    record(kind, profile=supporter.profile, terms=terms, wording=wording, by=by)


def note_helper(supporter: Supporter) -> None:
    """Let the endings journal know how much somebody may do, who helps or was asked to."""
    now = Supporter.objects.get(pk=supporter.pk)
    journal.note(
        Kind.HELPER,
        now.ref,
        ended=now.ended_at is not None,
        given=now.given_at is not None,
        may=now.may,
        kept_topics=now.shown_though_kept,
        names=now.names_in_emails,
    )
