"""Security events: who came in, who was refused, and what was locked, for whoever watches over us.

They are lines of the log of their own name, with numbers of rows and never a word of a page, an
email address or a key. A network is told, and no machine in it.
"""

import logging
from enum import StrEnum
from ipaddress import ip_network
from typing import Final

from django.http import HttpRequest

from profiles.core.http import came_from

LOG: Final = "tell_it_once.security"
NETWORK: Final = {4: 24, 6: 48}  # bits of an address that say where, and not who

log = logging.getLogger(LOG)


class Event(StrEnum):
    """What can happen."""

    SIGNED_IN = "signed-in"
    SIGN_IN_REFUSED = "sign-in-refused"  # a code that did not match
    SIGN_IN_LOCKED = "sign-in-locked"  # too many codes were guessed, or asked for
    DOOR_REFUSED = "door-refused"  # a link that opens nothing
    NOT_FOUND = "not-found"  # an address of ours, by somebody signed in who has no such thing there
    PASSCODE_WRONG = "passcode-wrong"
    PASSCODE_LOCKED = "passcode-locked"
    ACCOUNT_CLOSED = "account-closed"  # these four: by whoever runs the site
    ACCOUNT_REOPENED = "account-reopened"
    COPY_SENT = "copy-sent"
    ACCOUNT_DELETED = "account-deleted"
    KEY_IN_USE = "key-in-use"
    KEY_GONE = "key-gone"


REFUSALS: Final = {
    Event.SIGN_IN_REFUSED,
    Event.SIGN_IN_LOCKED,
    Event.DOOR_REFUSED,
    Event.NOT_FOUND,
    Event.PASSCODE_WRONG,
    Event.PASSCODE_LOCKED,
}


def note(event: Event, request: HttpRequest | None = None, **about: int | str) -> None:
    """Write down that this happened; `about` names rows by number, and keys by name."""
    said = {"event": str(event), **about}
    if request is not None:
        said["network"] = network_of(request)
    level = logging.WARNING if event in REFUSALS else logging.INFO
    line = " ".join(f"{name}={value}" for name, value in said.items())
    log.log(level, "%s", line, extra={f"security_{name}": value for name, value in said.items()})


def network_of(request: HttpRequest) -> str:
    """The network that a request came from, such as 192.0.2.0/24."""
    address = came_from(request)
    if address is None:
        return "unknown"
    return str(ip_network((address, NETWORK[address.version]), strict=False))
