"""What a computer says when it asks for a page: who it is, and what it can take."""

import json
from dataclasses import dataclass
from typing import Any, Final

from profiles.core.form_fields import NOT_LETTERS, TURNING
from profiles.core.letters import can_be_seen

LONGEST_BODY: Final = 16_384  # bytes: a name, a passcode and a number are far fewer
MOST_LETTERS: Final = 80  # of a recipient, as of a reader's name
MOST_LOOKED_AT: Final = 4_000  # of what stands there; the rest is no name


class Unreadable(Exception):
    """What was sent is not what a computer asks with."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """How a computer asks for a manifest."""

    recipient: str
    passcode: str = ""
    embedded_most: int = 0  # letters that it takes in the answer itself


def recipient(said: str) -> str:
    """Who a computer says it is, on one line that a person can read in their list.

    It is cleaned as the name of a reader is, and cut where that is refused: nobody is there to type
    it again, and a look without a name would tell the person less.
    """
    seen = NOT_LETTERS.sub("", TURNING.sub("", said[:MOST_LOOKED_AT]))
    line = " ".join(seen.split())[:MOST_LETTERS].strip()
    return line if can_be_seen(line) else ""


def asked(body: bytes) -> Asked:
    """What was sent to get a manifest. Raises Unreadable, also if nobody says who asks."""
    said = _json(body)
    if not isinstance(said, dict):
        raise Unreadable
    name, passcode = said.get("recipient"), said.get("passcode", "")
    most = said.get("embeddedLengthMax", 0)
    if not isinstance(name, str) or not isinstance(passcode, str):
        raise Unreadable
    if not isinstance(most, int) or isinstance(most, bool):
        raise Unreadable
    if not (who := recipient(name)):
        raise Unreadable
    return Asked(recipient=who, passcode=passcode, embedded_most=most)


def _json(body: bytes) -> Any:
    if len(body) > LONGEST_BODY:
        raise Unreadable
    try:
        return json.loads(body)
    except (RecursionError, ValueError) as error:  # too deep, no JSON, no UTF-8, too big a number
        raise Unreadable from error
