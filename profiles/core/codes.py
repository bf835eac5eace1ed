"""Keys that open things, and codes that people type: how they are made, typed and kept.

A key goes in an address: 128 random bits, which nobody can guess. A code is short, so that it can
be read out and typed, and opens nothing for long. The database holds a key's digest, by which it
is found; a stolen database opens nothing.
"""

import hmac
import re
import secrets
from typing import Final

from django.conf import settings

# Crockford's base 32: no I, L, O or U, so that none is taken for 1, 0 or V.
LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH: Final = 8
PASSCODE_LENGTH: Final = 6
_LOOK_ALIKES: Final = str.maketrans("OILU", "011V")


def new_key() -> str:
    """A key: 128 random bits, safe in an address."""
    return secrets.token_urlsafe(16)


def new_code() -> str:
    """A code of 40 random bits, for what opens nothing, or not for long."""
    return "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))


def new_passcode() -> str:
    """A number to be told by mouth."""
    return "".join(secrets.choice("0123456789") for _ in range(PASSCODE_LENGTH))


def shown(code: str) -> str:
    """A code in two halves, as it is printed and read out: "7KQ3-M9XT"."""
    half = len(code) // 2
    return f"{code[:half]}-{code[half:]}"


def typed(words: str) -> str:
    """The code somebody meant, whatever case, spaces and look-alike letters; "" if it is none."""
    code = re.sub(r"[\s.\-–_]", "", words).upper().translate(_LOOK_ALIKES)
    return code if len(code) == CODE_LENGTH and set(code) <= set(LETTERS) else ""


def digest(secret: str, *, about: str) -> str:
    """What the database keeps of a secret: it finds the row, and cannot be turned back.

    `about` keeps apart what is kept in different columns: alike secrets have different digests.
    """
    message = f"{about}\n{secret}".encode("utf-8", "replace")
    return hmac.digest(settings.SHARE_KEY_SECRET.encode(), message, "sha256").hex()
