"""Making accounts, letting go of them, and destroying keys."""

from datetime import datetime
from typing import Any, Final

from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from profiles.accounts.after_restore import find_again, note_account, note_sessions
from profiles.accounts.models import DataKey, Session, SessionQuerySet, User
from profiles.accounts.sessions import SessionStore, kept_as
from profiles.core import addresses
from profiles.core.clock import APART

AT_ONCE: Final = 500  # accounts that are deleted in one go


@transaction.atomic
def make_account(*, email: str) -> User:
    """The account that can be entered with a code sent to this address, made if there is none.

    The statements are the same either way, so how long they take tells nobody who has an account.
    An address counts as verified from the start: nobody enters but with a code that went there.
    """
    find_again(email)
    User.objects.bulk_create([User.objects.new(email)], ignore_conflicts=True)
    user = User.objects.get_by_natural_key(email)
    settled = addresses.settled(user.email)
    address = EmailAddress(user=user, email=settled, primary=True, verified=True)
    EmailAddress.objects.bulk_create([address], ignore_conflicts=True)
    _settle_address(user)
    return user


def _settle_address(user: User) -> None:
    """Write an account's address as we write addresses now: allauth finds no code for a capital."""
    settled = addresses.settled(user.email)
    rows = EmailAddress.objects.filter(user=user)
    if user.email == settled and rows.filter(email=settled).exists():
        return
    user.email = settled
    user.save(update_fields=["email"])
    best_first = rows.order_by("-verified", "-primary", "pk")
    same = [row for row in best_first if addresses.settled(row.email) == settled]
    for row in same[1:]:
        row.delete()
    kept = same[0] if same else EmailAddress(user=user)
    kept.email = settled
    kept.primary = not rows.filter(primary=True).exclude(pk=kept.pk).exists()
    kept.save()


def hold_account(*, user: User) -> User:
    """The account as it is now. Nobody else holds it until our transaction is over.

    Raises User.DoesNotExist if it was deleted meanwhile.
    """
    return User.objects.select_for_update().get(pk=user.pk)


def hold_session(*, key: str | None) -> dict[str, Any] | None:
    """What a visitor's session remembers now, held as an account is; None if there is none yet."""
    row = Session.objects.select_for_update().filter(pk=kept_as(key)).first() if key else None
    return SessionStore(key).decode(row.session_data) if row else None


@transaction.atomic
def end_sessions(*, user: User | AnonymousUser, but: str = "") -> None:
    """Sign this account out everywhere, but for the session in this row."""
    _end(Session.objects.of(user).exclude(pk=but))


@transaction.atomic
def end_session(*, user: User | AnonymousUser, row: str) -> None:
    """Sign this account out on one device. If it is not signed in there, nothing happens."""
    _end(Session.objects.of(user).filter(pk=row))


def _end(sessions: SessionQuerySet) -> None:
    note_sessions([session.pk for session in sessions])
    sessions.delete()


@transaction.atomic
def delete_account(*, user: User) -> None:
    """Delete an account that has no page any more, and the key of what it kept for itself.

    It is signed out everywhere: its sessions go with it. Whom it helped, it helps no more, and they
    are told so.
    """
    user.helping.leave()
    note_account(user)
    keys = list(DataKey.objects.of_account(user))
    user.delete()
    for key in keys:
        destroy_key(key=key)


@transaction.atomic
def destroy_key(*, key: DataKey) -> None:
    """Let nobody ever read again what this key sealed."""
    key.delete()
    transaction.on_commit(_empty_the_log)


def _empty_the_log() -> None:
    """What SQLite's write-ahead log still holds is not deleted until it is emptied."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def forget_unentered(*, before: datetime) -> int:
    """Delete the accounts that were asked for and never entered. Returns how many.

    One that has a page or a hello card has been entered, whatever it says: these go only with the
    word of whose they are. One from a clock that ran ahead is kept from now on, as long as any.
    """
    now, unentered = timezone.now(), User.objects.filter(last_login=None)
    unentered.filter(joined_at__gt=now + APART).update(joined_at=now)
    unentered = unentered.filter(joined_at__lt=before)
    left = unentered.filter(pages=None, kept_pages=None, hello_card=None).order_by("pk")
    count = 0
    while some := _forget_some(left):
        count += some
    return count


@transaction.atomic
def _forget_some(left: QuerySet[User]) -> int:
    """They are held before they are deleted: whoever signs in at this moment is not among them."""
    held = [user.pk for user in left.select_for_update(of=("self",))[:AT_ONCE]]
    return User.objects.filter(pk__in=held).delete()[1].get("profiles.User", 0)
