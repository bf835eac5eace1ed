"""Trying a passcode: at most ten different wrong ones in its life, however many try at once."""

import hmac
from enum import StrEnum

from django.db import transaction

from profiles.core import codes
from profiles.sharing.models import A_GUESS, Share


class Guess(StrEnum):
    """What came of it."""

    RIGHT = "right"
    WRONG = "wrong"
    AGAIN = "again"  # wrong, but it costs no try: no passcode at all, or one that was tried before
    LOCKED = "locked"  # tried too often: not even the right one opens it now


@transaction.atomic
def guess(share: Share, typed: str) -> Guess:
    """Try a passcode. The page is held until the try is counted: 50 at once come one by one."""
    digits = codes.digits(typed, length=codes.PASSCODE_LENGTH)
    if not digits:
        return Guess.AGAIN  # it cannot be right, so it costs nothing
    share.profile.lock()
    # Others may have tried meanwhile, and its person may have made another.
    share.refresh_from_db(fields=["passcode", "passcode_number", "wrong_tries"])
    if share.is_locked:
        return Guess.LOCKED
    if hmac.compare_digest(digits.encode(), share.passcode.encode()):
        return Guess.RIGHT
    return Guess.WRONG if _count(share, digits) else Guess.AGAIN


def _count(share: Share, digits: str) -> bool:
    """Count a wrong one. False if it was tried before, and so was counted already."""
    digest = codes.digest(f"{share.pk} {digits}", about=A_GUESS)
    _, is_new = share.wrong_guesses.get_or_create(guess_digest=digest)
    if is_new:
        share.wrong_tries += 1
        share.save(update_fields=["wrong_tries"])
    return is_new
