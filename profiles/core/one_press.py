"""One press, one email: a hand that shakes presses twice, and Back leads to a form again.

Whoever presses again within two minutes gets what the first press got, and no email goes out.
"""

from contextlib import suppress
from typing import Final

from django.conf import settings
from django.core.cache import cache

from profiles.core import codes
from profiles.core.cached import faults
from profiles.core.clock import ONE_PRESS

# Longer than the mail server may take: whoever died meanwhile holds nobody up for long.
AT_MOST: Final = 2 * settings.EMAIL_TIMEOUT + 2
STILL_AT_IT: Final = (
    "We are sending it just now. Wait for a moment and press once more: then we can say whether it "
    "went. It goes once"
)


class OnePress:
    """What is sent by one press of a button, named by what makes it that one.

    Whoever begins holds it till the end, and asks only then whether it went: another press may have
    ended in between.
    """

    def __init__(self, *named: str) -> None:
        name = _digest(named)
        self._held_under, self._kept_under = f"one_press:{name}:held", f"one_press:{name}"

    def is_at_it(self) -> bool:
        """Is another press sending it in this moment?"""
        return bool(cache.get(self._held_under))

    def begins(self) -> bool:
        """Begin to send it. False if another press is sending it in this moment."""
        return bool(cache.add(self._held_under, True, timeout=AT_MOST))

    def has_sent(self, *said: str) -> bool:
        """Did it go out within these two minutes, saying just this?"""
        return bool(cache.get(self._kept_under) == _digest(said))

    def ends(self, *said: str, went: bool) -> None:
        """It went out, saying this; or it did not, and may be sent again at once."""
        with suppress(*faults()):  # whether it went is known by now, and is told
            if went and not self.has_sent(*said):
                cache.set(self._kept_under, _digest(said), timeout=ONE_PRESS.seconds)
            cache.delete(self._held_under)


def _digest(said: tuple[str, ...]) -> str:
    """So that no address and no name stands in the cache."""
    return codes.digest("\n".join(said), about="one press")
