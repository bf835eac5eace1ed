"""Whose words a page holds: where one voice said most of it, its head tells so once."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from profiles.core.names import AND_CHECKED
from profiles.core.stops import ended

ME: Final = "me"  # whose page it is
OWN_WORDS: Final = "In my own words."

# At half of a page, or a little more, its person's own words would be the exception on a page that
# is theirs; and as many marks would be needed as before.
MOST: Final = Fraction(2, 3)
FEWEST: Final = 2  # of one answer, it is told where it stands


@dataclass(frozen=True)
class Voice:
    """Somebody who said most of a page, and whether its person said yes to their words."""

    name: str
    is_checked: bool = False

    @property
    def whose(self) -> str:
        """As it stands with an answer that is in these words."""
        return f"{self.name}{AND_CHECKED}" if self.is_checked else self.name

    @property
    def sentence(self) -> str:
        """As the head of a page tells it."""
        return ended(f"Written by {self.whose}")


def voice_of_most(said_by: Sequence[str]) -> Voice | None:
    """Who said most of these answers, where it was somebody else than the person ("").

    Words that were checked with the person and words that were not are of one voice. What is told
    of it holds for more of its answers, or claims less; the others tell at their lines.
    """
    if not said_by:
        return None
    name, count = Counter(each.removesuffix(AND_CHECKED) for each in said_by).most_common(1)[0]
    if not name or count < FEWEST or count < MOST * len(said_by):
        return None
    checked = said_by.count(f"{name}{AND_CHECKED}")
    return Voice(name, is_checked=2 * checked > count)


def told_at_the_line(said_by: str) -> str:
    """The words that stand under an answer of this voice."""
    return OWN_WORDS if said_by == ME else ended(f"Said by {said_by}")
