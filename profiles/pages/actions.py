"""Everything that changes whose a page is, and whether there is one."""

from datetime import datetime, timedelta
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from profiles.accounts.actions import delete_account, destroy_key, hold_account
from profiles.accounts.models import DataKey, User
from profiles.core.clock import APART
from profiles.core.journal import Kind, note
from profiles.core.mails import OPENED, note_no_more
from profiles.pages import rules
from profiles.pages.models import Profile, Tombstone

A_MOMENT: Final = timedelta(microseconds=1)


class TooManyPages(PermissionDenied):
    """There are as many pages as we can keep. Its message is a sentence."""


@transaction.atomic
def start_page(*, for_someone: bool, language: str, user: User | None) -> Profile:
    """A new, empty page, with a key of its own to seal what will be said on it.

    Raises TooManyPages if this account has as many as we can keep.
    """
    if user:
        hold_account(user=user)
        ask_for_another(Profile.objects.of(user).count(), most=rules.MOST_PAGES)
    mine = user if user and not for_someone else None
    kept = user if user and for_someone else None
    return Profile.objects.create(
        data_key=DataKey.make(),
        for_someone=for_someone,
        language=language,
        owner=mine,
        kept_by=kept,
    )


@transaction.atomic
def choose_style(
    profile: Profile,
    *,
    layout: str,
    size: str,
    theme: str,
    pictures: str = "usual",
    ask_me: bool = False,
) -> None:
    """How the page is set out: on what paper, in which colours, with which pictures, and whether
    with lines to fill in.
    """
    profile.lock()
    profile.layout, profile.size, profile.theme = layout, size, theme
    profile.pictures, profile.ask_me = pictures, ask_me
    profile.save(update_fields=["layout", "size", "theme", "pictures", "ask_me"])


def ask_for_another(pages: int, *, most: int) -> None:
    """Go on, or raise TooManyPages, for somebody who has so many."""
    if not (verdict := rules.may_begin_another(pages, most=most)):
        raise TooManyPages(verdict.reason)


@transaction.atomic
def adopt(*, profile: Profile, by: User) -> bool:
    """Move a visitor's page into the account they signed in to. False if it was not moved.

    However many pages the account has, no word is left behind: see rules.py. The page is held
    before it is looked at, so that what another window saves at that moment is not taken for blank.
    """
    try:
        profile = profile.lock()
    except Profile.DoesNotExist:
        return False
    if profile.is_blank and Profile.objects.of(by).exists():
        delete_page(profile=profile)  # begun and left: nothing to choose between
        return False
    field = "kept_by" if profile.for_someone else "owner"
    return (
        Profile.objects.unclaimed()
        .filter(pk=profile.pk)
        .update(**{field: by}, chosen_at=timezone.now())
        == 1
    )


@transaction.atomic
def tell_by_email(*, profile: Profile, wanted: bool) -> None:
    """Email the person when somebody opens their page, or stop doing that."""
    Profile.objects.filter(pk=profile.pk).update(tells_me=wanted)
    if not wanted:
        note_no_more(OPENED, profile.pk)


@transaction.atomic
def choose(*, profile: Profile) -> None:
    """Make this the page that opens first, whatever clock chose another. The others stay."""
    now = timezone.now()
    if account := profile.owner_id or profile.kept_by_id:
        theirs = Profile.objects.of_account(account)
        theirs.filter(chosen_at__gte=now).update(chosen_at=now - A_MOMENT)
    Profile.objects.filter(pk=profile.pk).update(chosen_at=now)


def believe_no_clock_ahead(*, at: datetime) -> int:
    """A visitor's page that was opened by a clock that ran ahead is kept from now on: as long as
    any, and no longer.
    """
    ahead = Profile.objects.unclaimed().filter(opened_at__gt=at + APART)
    return ahead.update(opened_at=at)


@transaction.atomic
def delete_page(*, profile: Profile) -> None:
    """Delete a page: every word, photo and look, and then the key that could read them."""
    profile.lock()  # first, as everybody does who writes on it: else each could wait for the other
    key = profile.data_key
    note(Kind.PAGE, profile.key)
    Tombstone.objects.get_or_create(page=profile.pk)
    profile.delete()
    destroy_key(key=key)


@transaction.atomic
def forget_page(*, key: str, before: datetime) -> bool:
    """Delete a visitor's page, unless they came back or signed in since. Says whether it went."""
    pages = Profile.objects.forgotten(before).select_for_update()
    page = pages.filter(key=key).first()
    if page is None:
        return False
    delete_page(profile=page)
    return True


@transaction.atomic
def leave(*, profile: Profile | None, account: User | None) -> bool:
    """Delete a page; with the last page of an account, the account too. True if it went.

    The account is held before its pages are counted: one that is begun in another window at this
    moment would go with it.
    """
    if profile:
        delete_page(profile=profile)
    if account is None:
        return False
    try:
        account = hold_account(user=account)
    except User.DoesNotExist:  # deleted in another window meanwhile
        return True
    if Profile.objects.of(account).exists():
        return False
    delete_account(user=account)
    return True


def read_what_was_told(*, profile: Profile, until: datetime) -> None:
    """The person has read what they were told, up to what happened then, by whatever clock.

    What came later is told still.
    """
    Profile.objects.filter(pk=profile.pk).update(told_at=until)
