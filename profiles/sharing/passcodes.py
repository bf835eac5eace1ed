"""Trying a passcode: at most ten different wrong ones in its life, however many try at once."""

import hmac
import re
from enum import StrEnum

from django.db import IntegrityError, transaction
from django.db.models import F

from profiles import codes
from profiles.sharing.models import A_GUESS, MOST_TRIES, Share, WrongGuess


class Guess(StrEnum):
    """What came of it."""

    RIGHT = "right"
    WRONG = "wrong"
    AGAIN = "again"  # wrong, but it costs no try: no passcode at all, or one that was tried before
    LOCKED = "locked"  # tried too often: not even the right one opens it now


def guess(share: Share, typed: str) -> Guess:
    """Try a passcode. Each try is paid for before it is compared, and given back if it is right.

    Counting after the comparison lets parallel tries by: 50 at once were 50 tries.
    """
    digits = re.sub(r"[^0-9]", "", typed)
    if len(digits) != codes.PASSCODE_LENGTH:
        return Guess.AGAIN  # it cannot be right, so it costs nothing
    mine = WrongGuess(share=share, guess_digest=codes.digest(f"{share.pk} {digits}", about=A_GUESS))
    if share.wrong_guesses.filter(guess_digest=mine.guess_digest).exists():
        return Guess.LOCKED if share.is_locked else Guess.AGAIN
    if not _pay(share):
        return Guess.LOCKED
    share.refresh_from_db(fields=["passcode"])  # there may be a new one since this one was read
    if hmac.compare_digest(digits.encode(), share.passcode.encode()):
        _give_back(share)
        return Guess.RIGHT
    try:
        with transaction.atomic():
            mine.save()
    except IntegrityError:  # the same wrong one, tried twice at the same moment
        _give_back(share)
        return Guess.AGAIN
    return Guess.WRONG


def just_locked(share: Share) -> bool:
    """Was the try before this the last one there was?"""
    return share.wrong_guesses.count() >= MOST_TRIES


def _pay(share: Share) -> bool:
    tries = Share.objects.filter(pk=share.pk, wrong_tries__lt=MOST_TRIES)
    return tries.update(wrong_tries=F("wrong_tries") + 1) == 1


def _give_back(share: Share) -> None:
    Share.objects.filter(pk=share.pk, wrong_tries__gt=0).update(wrong_tries=F("wrong_tries") - 1)
