"""One code, one session: a hand that shakes presses twice, and both presses found the code waiting.

The second press is given the session that the first began. Which answer a browser keeps, nobody
knows; and one that nobody has would stand in the list of devices.
"""

from contextlib import suppress
from typing import Final

from django.contrib.auth import SESSION_KEY
from django.core.cache import cache

from profiles.accounts.models import User
from profiles.accounts.sessions import SessionStore, kept_as
from profiles.core.cached import faults
from profiles.core.clock import ONE_PRESS

CAME: Final = "came"


def began(waited: str | None, user: User) -> SessionStore | None:
    """What an earlier press began, out of the session in which this one found its code too.

    To be asked while the account is held: of two presses, one is the first.
    """
    with suppress(*faults()):
        if waited and (kept := cache.get(_name(waited))):
            session = SessionStore(SessionStore(waited).decode(kept).get(CAME))
            return session if session.get(SESSION_KEY) == str(user.pk) else None
    return None


def remember(waited: str | None, session: str | None) -> None:
    """Keep which session came of the one where the code waited, sealed under its key."""
    with suppress(*faults()):
        if waited:
            kept = SessionStore(waited).encode({CAME: session})
            cache.set(_name(waited), kept, timeout=ONE_PRESS.seconds)


def _name(waited: str) -> str:
    return f"came_of:{kept_as(waited)}"
