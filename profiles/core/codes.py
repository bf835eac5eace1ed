"""Keys that open things, and codes that people type: how they are made, typed and kept.

A key goes in an address: 128 random bits, which nobody can guess. A code is short, so that it can
be read out and typed, and opens nothing for long. The database holds a key's digest, by which it
is found; a stolen database opens nothing.
"""

import hmac
import re
import secrets
import unicodedata
from typing import Final

from django.conf import settings

from profiles.core.letters import UNSEEN

# Crockford's base 32: no I, L, O or U, so that none is taken for 1, 0 or V.
LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH: Final = 8
PASSCODE_LENGTH: Final = 6
EMAILED_LENGTH: Final = 8
_LOOK_ALIKES: Final = str.maketrans("OILU", "011V")
LONGEST_PASTE: Final = 4_000  # a whole message, or an address that a mail program has wrapped

# Marks without width, and those that put a digit into a box or make it a picture.
_NO_WIDTH: Final = dict.fromkeys(map(ord, UNSEEN + "\u20e3\ufe0e\ufe0f"))
# Whatever people and programs put between the halves of a code, or around it. The last is a dash
# on Japanese keyboards. What cannot be typed is no such thing.
_BETWEEN: Final = r"(?:[^\w\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]|[_ー])"
_NO_LETTER: Final = re.compile(_BETWEEN)
_DIGITS: Final = re.compile(rf"[0-9](?:(?:(?!:){_BETWEEN})*[0-9])*")
_HALF: Final = rf"[A-Z0-9]{{{CODE_LENGTH // 2}}}"
_IN_WORDS: Final = re.compile(  # also such as overlap
    rf"(?:^|(?<={_BETWEEN}))(?=({_HALF}{_BETWEEN}{{0,3}}{_HALF})(?:{_BETWEEN}|$))"
)


def new_key() -> str:
    """A key: 128 random bits, safe in an address."""
    return secrets.token_urlsafe(16)


def new_code() -> str:
    """A code of 40 random bits, for what opens nothing, or not for long."""
    return "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))


def code_from(secret: str, *, about: str) -> str:
    """A code that is the same whenever it is asked for: nobody can guess it either."""
    number = int(digest(secret, about=about), 16)
    return "".join(LETTERS[number >> 5 * place & 31] for place in range(CODE_LENGTH))


def new_passcode() -> str:
    """A number to be told by mouth."""
    return "".join(secrets.choice("0123456789") for _ in range(PASSCODE_LENGTH))


def shown(code: str) -> str:
    """A code in two halves, as it is printed and read out: "7KQ3-M9XT"."""
    half = len(code) // 2
    return f"{code[:half]}-{code[half:]}"


def typed(words: str) -> str:
    """The code somebody meant, whatever case, spaces and look-alike letters; "" if it is none.

    It may stand in a sentence, or at the end of an address: the code is what looks most like one.
    """
    plain = _plain(words)
    for part in (plain, plain.rpartition(":")[2]):
        if _is_code(alone := _NO_LETTER.sub("", part)):
            return _meant(alone)
    found = [each for each in _IN_WORDS.finditer(plain) if _is_code(_NO_LETTER.sub("", each[1]))]
    most = max((_looks_like_one(each[1]) for each in found), default=0)
    best = [each for each in found if _looks_like_one(each[1]) == most]
    # Of two that overlap, as in "code 7KQ3 MNXT", the first begins with the word before the code.
    apart = {_meant(each[1]) for each in best if each.end(1) <= best[-1].start(1)}
    return _meant(best[-1][1]) if best and apart <= {_meant(best[-1][1])} else ""


def digits(words: str, *, length: int) -> str:
    """The number of so many digits that somebody meant, in whatever script; "" if it is none.

    It may stand in a sentence: "your code is 1234-5678, for 1 hour".
    """
    runs = {_NO_LETTER.sub("", run) for run in _DIGITS.findall(_plain(words))}
    fitting = [run for run in runs if len(run) == length]
    return fitting[0] if len(fitting) == 1 else ""


def _plain(words: str) -> str:
    """Words in capitals, with digits 0 to 9, and without what has no width."""
    wide = unicodedata.normalize("NFKC", words).translate(_NO_WIDTH)
    return "".join(_digit_or(letter) for letter in wide).upper()


def _digit_or(letter: str) -> str:
    digit = unicodedata.decimal(letter, None)
    return letter if digit is None else str(digit)


def _meant(code: str) -> str:
    return _NO_LETTER.sub("", code).translate(_LOOK_ALIKES)


def _is_code(words: str) -> bool:
    """Could this be a code, as somebody read it? Only in letters A to Z and digits."""
    return len(words) == CODE_LENGTH and set(_meant(words)) <= set(LETTERS)


def _looks_like_one(found: str) -> int:
    """How much this looks like a code, and not like words: "your code" is one by its letters."""
    halves = (found[: CODE_LENGTH // 2], found[-CODE_LENGTH // 2 :])
    with_digit = sum(any(letter.isdecimal() for letter in half) for half in halves)
    return 2 * with_digit + (not found.isalnum() and " " not in found)


def digest(secret: str, *, about: str) -> str:
    """What the database keeps of a secret: it finds the row, and cannot be turned back.

    `about` keeps apart what is kept in different columns: alike secrets have different digests.
    """
    message = f"{about}\n{secret}".encode("utf-8", "replace")
    return hmac.digest(settings.SHARE_KEY_SECRET.encode(), message, "sha256").hex()
