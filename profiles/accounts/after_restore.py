"""What the endings journal says of accounts and of how people sign in, and doing it again."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser

from profiles.accounts.models import Session, User
from profiles.core import addresses, codes
from profiles.core.journal import Kind, note

AN_ACCOUNT, AN_ADDRESS, A_PASSKEY = "account", "address of an account", "passkey"
NOWHERE = "@moved.invalid"  # mail to such an address goes nowhere (RFC 2606)


def named(user: User) -> str:
    """What names an account for ever: after a restore, another may get its number."""
    return codes.digest(f"{user.pk} {user.joined_at.timestamp()}", about=AN_ACCOUNT)


def account_named(ref: str, *, number: int) -> User | None:
    """The account of this name, if it is here."""
    user = User.objects.filter(pk=number).first()
    return user if user and named(user) == ref else None


def note_account(user: User) -> None:
    """An account is deleted."""
    note(Kind.ACCOUNT, named(user), number=user.pk)


def note_open(user: User, *, is_open: bool) -> None:
    """An account is closed, or open again."""
    note(Kind.CLOSED, named(user), number=user.pk, is_open=is_open)


def close_again(*, ref: str, says: dict[str, Any]) -> None:
    """Close an account again, if it was closed last. None is opened by this."""
    if not says["is_open"] and (user := account_named(ref, number=says["number"])):
        User.objects.filter(pk=user.pk).update(is_active=False)
        Session.objects.of(user).delete()


def note_address(user: User) -> None:
    """Somebody signs in with another address: which, is told by its digest alone."""
    note(Kind.ADDRESS, named(user), number=user.pk, address=_digest(user.email))


def note_sessions(rows: "list[str]") -> None:
    """Somebody is signed out in these."""
    for row in rows:
        note(Kind.SESSION, row)


def note_passkey(passkey: Authenticator) -> None:
    """A passkey is taken away."""
    note(Kind.PASSKEY, _passkey(passkey), number=passkey.pk)


def end_session(*, ref: str) -> None:
    """Sign out again."""
    Session.objects.filter(pk=ref).delete()


def remove_passkey(*, ref: str, says: dict[str, Any]) -> None:
    """Take a passkey away again."""
    for passkey in Authenticator.objects.filter(pk=says["number"]):
        if _passkey(passkey) == ref:
            passkey.delete()


def leave_address(*, ref: str, says: dict[str, Any]) -> None:
    """Let nobody in by an address that somebody left since. By the new one they get in as before.

    Which that is, nobody knows until it is typed. Until then a name of its digest stands there.
    """
    user = account_named(ref, number=says["number"])
    if user is None or says["address"] in {_digest(user.email), user.email.partition("@")[0]}:
        return
    EmailAddress.objects.filter(user=user).delete()
    user.email = f"{says['address']}{NOWHERE}"
    user.save(update_fields=["email"])
    sign_out_everywhere(user)


def sign_out_everywhere(user: "User | AnonymousUser") -> None:
    """End every session of an account."""
    Session.objects.of(user).delete()


def find_again(email: str) -> None:
    """If an account waits for this very address since a restore, it has it from now on."""
    waits = f"{_digest(email)}{NOWHERE}"
    User.objects.filter(email=waits).update(email=addresses.settled(email))


def _digest(email: str) -> str:
    return codes.digest(addresses.settled(email), about=AN_ADDRESS)


def _passkey(passkey: Authenticator) -> str:
    said = f"{passkey.pk} {passkey.created_at.timestamp()}"
    return codes.digest(said, about=A_PASSKEY)
