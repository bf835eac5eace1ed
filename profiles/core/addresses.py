"""When two email addresses are the same: decided here, and nowhere else.

Sign-in, shares with a worker, requests for help and limits all ask this. Were any of them to fold
letters in its own way, sam@ written with a long s could open what is meant for sam@, or a capital
could lock somebody out: so a capital A to Z is the small letter, and every other stays itself.
"""

import re
import string
import unicodedata
from typing import Final

from profiles.core.letters import UNSEEN

_AROUND: Final = re.compile(rf"^[\s{UNSEEN}]+|[\s{UNSEEN}]+$")
_SMALL: Final = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)


def settled(address: str) -> str:
    """The one way in which an address is written, kept, compared and written to.

    What comes after the @ is written as mail servers ask for it ("bücher" is "xn--bcher-kva"). An
    address that cannot be written in plain letters is left as it is, and is like no other: a form
    refuses it (`EmailAddress`).
    """
    name, at, domain = _AROUND.sub("", address).rpartition("@")
    return f"{name.translate(_SMALL)}{at}{_in_plain_letters(domain)}"


def _in_plain_letters(domain: str) -> str:
    if domain.isascii():
        return domain.translate(_SMALL)
    try:
        plain = domain.encode("idna").decode().translate(_SMALL)
        read_back = plain.encode().decode("idna")
    except UnicodeError:
        return domain
    # Python knows the rules of 2003, in which "ß" is "ss": another domain today, and another owner.
    return plain if read_back == unicodedata.normalize("NFC", domain).lower() else domain
